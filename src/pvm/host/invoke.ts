/**
 * Running a standard program with arguments, from its first step to the bytes that it gives.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { byteLengthOf } from "../../bytes.ts";
import { asU64, U64 as u64, Usize as usize } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";
import type { CreateError, RegionError } from "../../paged/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { decodeBlob } from "../blob.ts";
import type { Halt, NoRoomExit, OutOfGas, Panic } from "../exit.ts";
import { initialState } from "../initial_state.ts";
import { Machine } from "../machine.ts";
import { Program } from "../program.ts";
import { decodeStandardProgram } from "../standard_program.ts";
import type { StandardProgram } from "../standard_program.ts";
import type { HostAnswer, HostFailed, HostHandler, HostOutcome } from "./answer.ts";
import { unknownCall } from "./charge.ts";
import { runWithAsyncHost, runWithHost } from "./run.ts";

/** How a program is invoked. */
export interface InvokeOptions<A = HostAnswer> {
  /** The gas it may use, 0 to 2^64 - 1. */
  readonly gas: bigint;
  /** The argument bytes, up to 2^24; none when left out. */
  readonly args?: Uint8Array | undefined;
  /** The code offset it starts at, 0 to 2^53 - 1; 0 when left out. */
  readonly pc?: number | undefined;
  /** Does its host calls; when left out, each costs 10 and gives `WHAT`. */
  readonly handler?: HostHandler<A> | undefined;
  /** The most bytes of memory that may be mapped; as `SparseMemory.create` has it when left out. */
  readonly limitBytes?: number | undefined;
}

/** The program halted. */
export interface Returned extends Halt {
  /** What it gives: the bytes that it says, or none when it may not read them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What became of a program. */
export interface Invocation {
  /** The gas it used. */
  readonly gasUsed: U64;
  /** How it ended. A page fault is a panic; `host-failed` and `no-room` are the host's own trouble. */
  readonly outcome: Returned | Panic | OutOfGas | HostFailed | NoRoomExit;
  /** The machine as it ended; nothing when the program is malformed, so that there was none. */
  readonly machine: Machine | undefined;
}

/** Why a program could not be invoked, which is no fault of its own. */
export type InvokeError = CreateError | RegionError | InvalidArgument;

const MALFORMED = "malformed";
type Parts = StandardProgram | typeof MALFORMED;

/** Options as they stand. */
interface Settings<A> {
  readonly gas: bigint;
  readonly args: Uint8Array;
  readonly pc: number;
  readonly handler: HostHandler<A | HostAnswer>;
  readonly limitBytes: number | undefined;
}

function isHandler<A>(value: unknown): value is HostHandler<A> {
  return typeof value === "function";
}

/** The options made complete; nothing when reading them fails. The limit is looked at later. */
function settingsOf<A>(options: unknown): Result<Settings<A>, InvalidArgument> {
  if (typeof options !== "object" || options === null) {
    return invalidArgument("options", "the options of an invocation", options);
  }
  try {
    const gas: unknown = Reflect.get(options, "gas");
    if (!u64.is(gas)) return invalidArgument("gas", "a bigint from 0 to 2^64 - 1", gas);
    const args: unknown = Reflect.get(options, "args") ?? new Uint8Array(0);
    if (!isBytes(args)) return invalidArgument("args", "a Uint8Array of up to 2^24 bytes", args);
    const pc: unknown = Reflect.get(options, "pc") ?? 0;
    if (!usize.is(pc)) return invalidArgument("pc", "a whole number from 0 to 2^53 - 1", pc);
    const handler: unknown = Reflect.get(options, "handler") ?? unknownCall;
    if (!isHandler<A | HostAnswer>(handler)) {
      return invalidArgument("handler", "a function", handler);
    }
    const limitBytes: unknown = Reflect.get(options, "limitBytes") ?? undefined;
    return limitBytes === undefined || typeof limitBytes === "number"
      ? ok({ gas, args, pc, handler, limitBytes })
      : invalidArgument("limitBytes", "a whole number from 0 to 2,147,418,112", limitBytes);
  } catch {
    return invalidArgument("options", "options that can be read", options);
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return byteLengthOf(value) !== undefined;
}

/** A program's parts; those of bytes that are none are malformed. */
function partsOf(program: Uint8Array | StandardProgram): Parts {
  if (!isBytes(program)) return program;
  const decoded = decodeStandardProgram(program);
  return decoded.ok ? decoded.value : MALFORMED;
}

/** The machine of a program before its first step; nothing for a malformed one. */
function machineFor<A>(
  parts: Parts,
  { args, gas, pc, limitBytes }: Settings<A>,
): Result<Machine | undefined, InvokeError> {
  if (parts === MALFORMED) return ok(undefined);
  const state = initialState(parts, args, limitBytes);
  if (!state.ok) return state;
  const code = decodeBlob(parts.blob);
  if (!code.ok) return ok(undefined);
  const program = Program.create(code.value);
  return program.ok ? Machine.create(program.value, { ...state.value, gas, pc }) : program;
}

/** What a machine that halted gives. */
function returned(machine: Machine): Returned {
  const [address, length] = [machine.register(7), machine.register(8)];
  const bytes = length > 0n && machine.memory.canRead(address, length)
    ? machine.memory.read(Number(address), Number(length))
    : undefined;
  return { kind: "halt", bytes: bytes?.ok ? bytes.value : new Uint8Array(0) };
}

/** What became of a program whose run came to this. */
function invocationOf(
  machine: Machine,
  gas: bigint,
  outcome: HostOutcome,
): Result<Invocation, InvalidArgument> {
  const left = machine.gas;
  const gasUsed = asU64(left < gas ? gas - left : 0n); // a handler may have given more than there was
  switch (outcome.kind) {
    case "invalid-argument":
      return invalidArgument("handler", outcome.expected, outcome.given);
    case "halt":
      return ok({ gasUsed, outcome: returned(machine), machine });
    case "out-of-gas":
    case "host-failed":
    case "no-room":
      return ok({ gasUsed, outcome, machine });
    default: // panic, page fault
      return ok({ gasUsed, outcome: { kind: "panic" }, machine });
  }
}

/** A malformed program panics before its first step. */
function notStarted(): Invocation {
  return { gasUsed: asU64(0n), outcome: { kind: "panic" }, machine: undefined };
}

/**
 * Runs a standard program with arguments, and gives what it returns
 * (Gray Paper, appendix A.8, `Psi_M`).
 *
 * @param program Its bytes, or its parts. Malformed ones panic, and use no gas.
 * @param options Gas, arguments, where it starts, who does its calls.
 * @returns What became of it. Faults: `invalid-argument`; `limit-exceeded` and `no-room` when
 * its memory cannot be made.
 *
 * @example A program that is malformed
 * ```ts
 * import { invoke } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const invoked = invoke(Uint8Array.of(1, 2, 3), { gas: 1_000n });
 * assert(invoked.ok);
 * assertEquals(invoked.value.outcome, { kind: "panic" });
 * assertEquals(invoked.value.gasUsed, 0n);
 * ```
 */
export function invoke(
  program: Uint8Array | StandardProgram,
  options: InvokeOptions,
): Result<Invocation, InvokeError> {
  const settings = settingsOf<HostAnswer>(options);
  if (!settings.ok) return settings;
  const machine = machineFor(partsOf(program), settings.value);
  if (!machine.ok) return machine;
  if (machine.value === undefined) return ok(notStarted());
  const outcome = runWithHost(machine.value, settings.value.handler);
  return invocationOf(machine.value, settings.value.gas, outcome);
}

/**
 * Runs a standard program as {@link invoke} does, with a host whose answers may be promises.
 *
 * @returns What became of it, in a promise that is never rejected.
 */
export async function invokeAsync(
  program: Uint8Array | StandardProgram,
  options: InvokeOptions<HostAnswer | PromiseLike<HostAnswer>>,
): Promise<Result<Invocation, InvokeError>> {
  const settings = settingsOf<HostAnswer | PromiseLike<HostAnswer>>(options);
  if (!settings.ok) return settings;
  const machine = machineFor(partsOf(program), settings.value);
  if (!machine.ok) return machine;
  if (machine.value === undefined) return ok(notStarted());
  const outcome = await runWithAsyncHost(machine.value, settings.value.handler);
  return invocationOf(machine.value, settings.value.gas, outcome);
}
