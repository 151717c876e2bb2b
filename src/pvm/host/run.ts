/**
 * Running a machine together with its host.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { machineParts } from "../machine.ts";
import type { Machine } from "../machine.ts";
import { failedWith, outcomeOf } from "./answer.ts";
import type { Call, HostAnswer, HostHandler, HostOutcome } from "./answer.ts";

/** Why the two cannot be run together; nothing when they can. */
function misuse(machine: unknown, handler: unknown): InvalidArgument | undefined {
  if (machineParts(machine) === undefined) {
    return invalidArgument("machine", "a Machine", machine).error;
  }
  return typeof handler === "function"
    ? undefined
    : invalidArgument("handler", "a function", handler).error;
}

/** Has a call done. What comes of it, or nothing when the machine goes on. */
function answerTo(call: Call, machine: Machine, handler: HostHandler): HostOutcome | undefined {
  try {
    return outcomeOf(handler(call, machine), call);
  } catch (thrown) {
    return failedWith(thrown, call);
  }
}

/**
 * Runs a machine, and has its host do the calls, until something other than a call stops it
 * (Gray Paper, appendix A.6, `Psi_H`).
 *
 * A handler is free in what it does with the machine: when it says that the machine goes on, it goes
 * on from where it then stands, which is behind the call unless the handler moved it. When it
 * says anything else, the machine stays as the handler left it. A handler that throws, or that gives
 * no answer, ends the run and nothing more: the machine can go on behind the call.
 *
 * @param machine The machine.
 * @param handler What does the calls.
 * @returns Why it stopped; `invalid-argument` when one of the two is something else.
 *
 * @example A call that adds two registers
 * ```ts
 * import { decodeBlob, Machine, Program, runWithHost } from "@ringfence/core/pvm";
 * import { SparseMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const code = decodeBlob(Uint8Array.of(0, 0, 3, 10, 1, 0, 0b101)); // ecalli 1, trap
 * assert(code.ok);
 * const program = Program.create(code.value);
 * const memory = SparseMemory.create({ reservedBytes: 65_536 });
 * assert(program.ok && memory.ok);
 * const registers = [2n, 3n];
 * const machine = Machine.create(program.value, { memory: memory.value, gas: 100n, registers });
 * assert(machine.ok);
 *
 * const outcome = runWithHost(machine.value, (_call, caller) => {
 *   caller.setRegister(7, caller.register(0) + caller.register(1));
 *   return { kind: "continue" };
 * });
 * assertEquals(outcome, { kind: "panic" });
 * assertEquals(machine.value.register(7), 5n);
 * ```
 */
export function runWithHost(machine: Machine, handler: HostHandler): HostOutcome {
  const wrong = misuse(machine, handler);
  if (wrong !== undefined) return wrong;
  for (;;) {
    const exit = machine.run();
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;
    const outcome = answerTo(exit, machine, handler);
    if (outcome !== undefined) return outcome;
  }
}

/**
 * Runs a machine as {@link runWithHost} does, with a host that may take its time: an answer can be a
 * promise, which is awaited. One that is rejected counts as thrown; one that never settles holds the
 * run up for ever, and nothing else.
 *
 * @param machine The machine; while an answer is awaited, nobody else should run it.
 * @param handler What does the calls.
 * @returns Why it stopped, in a promise that is never rejected.
 */
export async function runWithAsyncHost(
  machine: Machine,
  handler: HostHandler<HostAnswer | PromiseLike<HostAnswer>>,
): Promise<HostOutcome> {
  const wrong = misuse(machine, handler);
  if (wrong !== undefined) return wrong;
  for (;;) {
    const exit = machine.run();
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;
    try {
      const outcome = outcomeOf(await handler(exit, machine), exit);
      if (outcome !== undefined) return outcome;
    } catch (thrown) {
      return failedWith(thrown, exit);
    }
  }
}
