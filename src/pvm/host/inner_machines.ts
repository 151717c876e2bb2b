/**
 * Machines that a machine makes and runs inside (Gray Paper, appendix B.8).
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { asUsize, Usize as usize } from "../../int/mod.ts";
import type { U64, Usize } from "../../int/mod.ts";
import type { Memory } from "../../paged/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { Machine } from "../machine.ts";
import type { HostHandler } from "./answer.ts";
import { charge } from "./charge.ts";
import {
  expungeCall,
  invokeCall,
  machineCall,
  pagesCall,
  peekCall,
  pokeCall,
} from "./inner_calls.ts";
import type { InnerCall } from "./inner_calls.ts";
import { innerSettings } from "./inner_limits.ts";
import type { InnerMachinesOptions } from "./inner_limits.ts";
import { InnerSlots } from "./inner_slots.ts";

/** The calls by their numbers. */
export type InnerMachineCalls = Readonly<Record<8 | 9 | 10 | 11 | 12 | 13, HostHandler>>;

/** One machine inside, as the host sees it. */
export interface InnerMachine {
  /** The code offset that it goes on at. */
  readonly pc: U64;
  /** Its memory. */
  readonly memory: Memory;
  /** The size of its program blob in bytes. */
  readonly codeBytes: Usize;
}

/**
 * The machines that a machine makes and runs inside by the calls `machine` (8), `peek` (9), `poke`
 * (10), `pages` (11), `invoke` (12) and `expunge` (13); each costs 10 (Gray Paper, appendix B.8).
 *
 * They run the Gray Paper dialect, and pay for each instruction. A call costs 10 however much it
 * copies or maps, and the gas of an `invoke` is what the caller says: a host that must bound the work
 * of a guest keeps the limits low, or charges for it in a handler of its own around these. A machine
 * that ran out of gas has 0 left.
 *
 * Limits: where one more machine, or its blob, or what `pages` would map is too much, the call
 * gives `FULL` and does nothing. `machine` finds that out once it has made sure that the blob
 * can be read, before it looks at the blob; `pages` last of all. Where the engine has no room
 * for what is within the limits, the answer is `no-room`, and the call did nothing, except that an
 * `invoke` during which the inner machine had no room was made.
 *
 * @example A handler for the calls
 * ```ts
 * import { gasCall, hostCalls, InnerMachines } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const inner = InnerMachines.create({ machines: 4 });
 * assert(inner.ok);
 * assert(hostCalls({ 0: gasCall, ...inner.value.handlers }).ok);
 * assertEquals(inner.value.numbers, []);
 * ```
 */
export class InnerMachines {
  readonly #slots: InnerSlots;

  /** What does the calls, by their numbers: a part of a table for `hostCalls`. */
  readonly handlers: InnerMachineCalls;

  private constructor(slots: InnerSlots) {
    this.#slots = slots;
    const paid = (call: InnerCall): HostHandler => (_call, machine: Machine) =>
      charge(machine) ?? call(slots, machine);
    this.handlers = Object.freeze({
      8: paid(machineCall),
      9: paid(peekCall),
      10: paid(pokeCall),
      11: paid(pagesCall),
      12: paid(invokeCall),
      13: paid(expungeCall),
    });
  }

  /** Makes room for machines; there are none yet. Fault: `invalid-argument`. */
  static create(options?: InnerMachinesOptions): Result<InnerMachines, InvalidArgument> {
    const settings = innerSettings(options);
    return settings === undefined
      ? invalidArgument("options", "limits within their ranges", options)
      : ok(new InnerMachines(new InnerSlots(settings)));
  }

  /** The numbers that have a machine, in ascending order. */
  get numbers(): readonly Usize[] {
    return this.#slots.numbers.map((n) => asUsize(n));
  }

  /** The machine of a number; nothing when there is none. */
  at(n: number): InnerMachine | undefined {
    const inner = usize.is(n) ? this.#slots.at(BigInt(n)) : undefined;
    if (inner === undefined) return undefined;
    const { machine: { memory }, pc, codeBytes } = inner;
    return { pc, memory, codeBytes: asUsize(codeBytes) };
  }
}
