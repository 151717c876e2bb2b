/**
 * Watching a machine, instruction by instruction. A machine that nobody watches pays nothing for it:
 * this is another way to run it, not a hook in the usual one.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import type { Exit } from "./exit.ts";
import { interpret } from "./interpreter.ts";
import { machineParts } from "./machine.ts";
import type { Machine } from "./machine.ts";

/** The hook threw. The machine stands at the instruction that it was called for. */
export interface HookThrew {
  /** Tells this outcome from the others. */
  readonly kind: "hook-threw";
  /** What it threw: any value, untouched. */
  readonly thrown: unknown;
}

/**
 * Runs a machine as `run` does, and calls a hook before each instruction.
 *
 * The hook sees the machine as it stands, and may change it as its host may between two runs. It
 * is called for the instruction that exits too, and for one that the gas does not suffice for.
 *
 * @param machine The machine.
 * @param hook Called before each instruction, with the machine.
 * @returns Why the machine stopped. Errors: `hook-threw`; `invalid-argument` when one of the two is
 * something else, and then nothing was run.
 *
 * @example The places that a program goes through
 * ```ts
 * import { decodeBlob, Machine, Program, runTraced } from "@ringfence/core/pvm";
 * import { SparseMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const code = decodeBlob(Uint8Array.of(0, 0, 3, 1, 1, 0, 0b111)); // fallthrough twice, trap
 * assert(code.ok);
 * const program = Program.create(code.value);
 * const memory = SparseMemory.create({ reservedBytes: 65_536 });
 * assert(program.ok && memory.ok);
 * const machine = Machine.create(program.value, { memory: memory.value, gas: 100n });
 * assert(machine.ok);
 *
 * const places: number[] = [];
 * assertEquals(runTraced(machine.value, ({ pc }) => places.push(pc)), { kind: "panic" });
 * assertEquals(places, [0, 1, 2]);
 * ```
 */
export function runTraced(
  machine: Machine,
  hook: (machine: Machine) => unknown,
): Exit | HookThrew | InvalidArgument {
  const parts = machineParts(machine);
  if (parts === undefined) return invalidArgument("machine", "a Machine", machine).error;
  if (typeof hook !== "function") return invalidArgument("hook", "a function", hook).error;
  for (;;) {
    try {
      hook(machine);
    } catch (thrown) {
      return { kind: "hook-threw", thrown };
    }
    const exit = interpret(parts.state, parts.prepared, "single");
    if (exit !== undefined) return exit;
  }
}
