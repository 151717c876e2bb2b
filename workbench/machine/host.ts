/** The host of a guest: does the calls that it knows, and keeps a list of all of them. */

import { gasCall, HOST_CALL, Log, unknownCall } from "../../src/pvm/mod.ts";
import type { Call, HostAnswer, LogRecord, Machine } from "../../src/pvm/mod.ts";
import type { UnknownCalls } from "./form.ts";

/** So many calls are kept, the last ones. */
export const CALLS_KEPT = 500;
/** So much of a message is kept. */
const MESSAGE_LENGTH_MAX = 2_000;

/** A call, as the page shows it. */
export interface CallRecord {
  /** Which call it was since the start, counted from 1. */
  readonly number: number;
  /** The number of the call; nothing for `ecall`. */
  readonly id: bigint | undefined;
  /** The code offset of the instruction. */
  readonly pc: number;
  /** Registers 7 to 12, as the call found them. */
  readonly given: readonly bigint[];
  /** Register 7 afterwards. */
  readonly result: bigint;
  /** What was done. */
  readonly did: string;
  readonly gasLeft: bigint;
}

function logText({ level, target, message }: LogRecord): string {
  const text = `log ${level}${target === "" ? "" : ` ${target}`}: ${message}`;
  return text.length > MESSAGE_LENGTH_MAX ? `${text.slice(0, MESSAGE_LENGTH_MAX)}…` : text;
}

/** The host of one machine. */
export class Host {
  readonly #unknown: UnknownCalls;
  readonly #log = Log.create();
  #calls: CallRecord[] = [];
  #count = 0;

  constructor(unknown: UnknownCalls) {
    this.#unknown = unknown;
  }

  /** The calls that are kept, the oldest first. */
  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  /** How many there were in all. */
  get count(): number {
    return this.#count;
  }

  /** Does a call; gives nothing where the machine is to stop at it. */
  answer(call: Call, machine: Machine, pc: number): HostAnswer | undefined {
    const given = machine.registers.slice(7);
    const [answer, did] = this.#do(call, machine);
    this.#count++;
    this.#calls.push({
      number: this.#count,
      id: call.kind === "ecall" ? undefined : call.id,
      pc,
      given,
      result: machine.register(7),
      did,
      gasLeft: machine.gas,
    });
    // Cut now and then, so that a guest that calls for ever costs little.
    if (this.#calls.length > 2 * CALLS_KEPT) this.#calls = this.#calls.slice(-CALLS_KEPT);
    return answer;
  }

  #do(call: Call, machine: Machine): readonly [HostAnswer | undefined, string] {
    const id = call.kind === "ecall" ? undefined : Number(call.id);
    if (id === HOST_CALL.log && this.#log.ok) {
      const answer = this.#log.value.handler(call, machine);
      const [record] = this.#log.value.take();
      return [answer, record === undefined ? "log: cannot be read" : logText(record)];
    }
    if (id === HOST_CALL.gas) return [gasCall(call, machine), "gas: gave what is left"];
    if (this.#unknown === "answer") return [unknownCall(call, machine), "not known: gave WHAT"];
    return [undefined, "not known: stopped"];
  }
}
