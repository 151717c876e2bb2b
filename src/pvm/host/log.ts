/**
 * The call by which guests write a log (JIP-1).
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { asUsize } from "../../int/mod.ts";
import type { U64, Usize } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { Machine } from "../machine.ts";
import { isWhole } from "../whole.ts";
import { CONTINUE } from "./answer.ts";
import type { Call, HostAnswer, HostHandler } from "./answer.ts";
import { charge, give } from "./charge.ts";
import { HOST_RESULT } from "./result.ts";

/** A line of the log. */
export interface LogRecord {
  /** How important it is: 0 fatal, 1 warning, 2 important, 3 helpful, 4 pedantic; others as given. */
  readonly level: U64;
  /** What it is about; often empty. Bytes that are no UTF-8 are U+FFFD. */
  readonly target: string;
  /** What it says, likewise. */
  readonly message: string;
}

/** How much of a log is kept, and what the call gives. */
export interface LogOptions {
  /** The most records that are kept, 0 to 2^32 - 1; 1,000 when left out. */
  readonly records?: number | undefined;
  /** The most bytes of targets and messages that are kept, 0 to 2^32 - 1; 1 MiB when left out. */
  readonly bytes?: number | undefined;
  /**
   * What the call gives in register 7: `WHAT`, as nodes that have no log do, `OK`, or nothing, so
   * that the register stays as it is. `"what"` when left out.
   */
  readonly answer?: "what" | "ok" | "nothing" | undefined;
}

const U32_MAX = 2 ** 32 - 1;
const RECORDS = 1_000;
const BYTES = 2 ** 20;

/** The options made complete. */
interface Settings {
  readonly records: number;
  readonly bytes: number;
  readonly answer: "what" | "ok" | "nothing";
}

/** The options made complete; nothing when one of them is impossible. */
function settingsOf(options: unknown): Settings | undefined {
  if (options !== undefined && (typeof options !== "object" || options === null)) return undefined;
  try {
    const from = options ?? {};
    const records: unknown = Reflect.get(from, "records") ?? RECORDS;
    const bytes: unknown = Reflect.get(from, "bytes") ?? BYTES;
    const answer: unknown = Reflect.get(from, "answer") ?? "what";
    if (answer !== "what" && answer !== "ok" && answer !== "nothing") return undefined;
    return isWhole(records, 0, U32_MAX) && isWhole(bytes, 0, U32_MAX)
      ? { records, bytes, answer }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Collects what guests write with the call `log`, number 100 (JIP-1), up to a limit.
 *
 * The call costs 10. Its level is in register 7, its target in 8 and 9, its message in 10 and 11, each
 * as pointer and length. A record that cannot be read is none; one that would be too many, or
 * too long, is counted and left out.
 *
 * @example A handler with a log
 * ```ts
 * import { hostCalls, Log } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const log = Log.create({ records: 100 });
 * assert(log.ok);
 * assert(hostCalls({ 100: log.value.handler }).ok);
 * assertEquals(log.value.records, []);
 * ```
 */
export class Log {
  readonly #settings: Settings;
  #records: LogRecord[] = [];
  #bytesLeft: number;
  #dropped = 0;

  /** Does the call. */
  readonly handler: HostHandler;

  private constructor(settings: Settings) {
    this.#settings = settings;
    this.#bytesLeft = settings.bytes;
    this.handler = (_call: Call, machine: Machine): HostAnswer => {
      const unpaid = charge(machine);
      if (unpaid !== undefined) return unpaid;
      this.#write(machine);
      const { answer } = this.#settings;
      if (answer === "nothing") return CONTINUE;
      return give(machine, answer === "ok" ? HOST_RESULT.OK : HOST_RESULT.WHAT);
    };
  }

  /** Makes an empty log. Fault: `invalid-argument`. */
  static create(options?: LogOptions): Result<Log, InvalidArgument> {
    const settings = settingsOf(options);
    return settings === undefined
      ? invalidArgument("options", "limits up to 2^32 - 1, and an answer", options)
      : ok(new Log(settings));
  }

  /** What was written so far and is kept, the oldest first. */
  get records(): readonly LogRecord[] {
    return [...this.#records];
  }

  /** How many records were left out because they were too many, or too long. */
  get dropped(): Usize {
    return asUsize(this.#dropped);
  }

  /** Takes all records out: there is room for as many again. */
  take(): readonly LogRecord[] {
    const taken = this.#records;
    this.#records = [];
    this.#bytesLeft = this.#settings.bytes;
    this.#dropped = 0;
    return taken;
  }

  #write(machine: Machine): void {
    const { memory } = machine;
    const [targetAt, targetBytes] = [machine.register(8), machine.register(9)];
    const [messageAt, messageBytes] = [machine.register(10), machine.register(11)];
    if (!memory.canRead(targetAt, targetBytes) || !memory.canRead(messageAt, messageBytes)) return;
    const bytes = targetBytes + messageBytes;
    if (this.#records.length >= this.#settings.records || bytes > this.#bytesLeft) {
      this.#dropped++;
      return;
    }
    this.#bytesLeft -= Number(bytes);
    this.#records.push({
      level: machine.register(7),
      target: textAt(memory, targetAt, targetBytes),
      message: textAt(memory, messageAt, messageBytes),
    });
  }
}

/** The text of a range that can be read. */
function textAt(memory: Machine["memory"], address: bigint, length: bigint): string {
  if (length === 0n) return "";
  const bytes = memory.read(Number(address), Number(length));
  return bytes.ok ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.value) : "";
}
