/**
 * The memory and the registers that a standard program starts with.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asU64 } from "../int/mod.ts";
import type { U64 } from "../int/mod.ts";
import { PAGE_SIZE, SparseMemory } from "../paged/mod.ts";
import type { CreateError, Memory, RegionError } from "../paged/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { copyStandardProgram, EXPECTED_STANDARD_PROGRAM } from "./standard_program.ts";
import type { StandardProgram } from "./standard_program.ts";

/** The size of a zone in bytes: regions begin at multiples of it, with a zone between them. */
export const PROGRAM_ZONE = 65_536;
/** The most argument bytes (Gray Paper, appendix A.7). */
const ARGUMENT_BYTES_MAX = 2 ** 24;
/** Where the arguments begin. */
const ARGUMENTS_START = 2 ** 32 - PROGRAM_ZONE - ARGUMENT_BYTES_MAX;
/** Where the stack ends. */
const STACK_END = ARGUMENTS_START - PROGRAM_ZONE;
/** The address that a program halts at. */
const HALT_ADDRESS = 2 ** 32 - PROGRAM_ZONE;

/** What a machine starts with. */
export interface InitialState {
  /** Its memory, regions mapped and filled. */
  readonly memory: Memory;
  /** Its 13 registers. */
  readonly registers: readonly U64[];
}

/** The least multiple of `to` that is no less. */
export function roundUp(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}

/** Maps the regions of a standard program, until one of them fails. */
function mapRegions(
  memory: Memory,
  program: StandardProgram,
  args: Uint8Array,
): Result<void, RegionError | InvalidArgument> {
  const { readOnlyData, readWriteData, heapPages, stackBytes } = program;
  const heapStart = 2 * PROGRAM_ZONE + roundUp(readOnlyData.length, PROGRAM_ZONE);
  const heapBytes = roundUp(readWriteData.length, PAGE_SIZE) + heapPages * PAGE_SIZE;
  const stack = roundUp(stackBytes, PAGE_SIZE);
  const heapEnd = heapStart + heapBytes;
  const readOnlyBytes = roundUp(readOnlyData.length, PAGE_SIZE);
  const argumentBytes = roundUp(args.length, PAGE_SIZE);
  const steps = [
    () => memory.mapRegion(PROGRAM_ZONE, readOnlyBytes, "read-only", readOnlyData),
    () => memory.mapRegion(heapStart, heapBytes, "read-write", readWriteData),
    () => memory.mapRegion(STACK_END - stack, stack, "read-write"),
    () => memory.mapRegion(ARGUMENTS_START, argumentBytes, "read-only", args),
    () => memory.setHeap(heapStart, heapEnd, (STACK_END - stack - heapStart) / PAGE_SIZE),
  ];
  for (const step of steps) {
    const done = step();
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/**
 * Makes the state in which a standard program starts (Gray Paper, appendix A.7, `Y`).
 *
 * @param program The program.
 * @param args The argument bytes, up to 2^24.
 * @param limitBytes The most bytes that may be mapped, as `SparseMemory.create` takes it.
 * @returns Memory and registers. Faults: why the memory could not be made, and `invalid-argument`.
 */
export function initialState(
  program: StandardProgram,
  args: Uint8Array,
  limitBytes?: number,
): Result<InitialState, CreateError | RegionError | InvalidArgument> {
  const copy = copyStandardProgram(program);
  if (copy === undefined) return invalidArgument("program", EXPECTED_STANDARD_PROGRAM, program);
  const bytes = copyBytes(args);
  if (bytes === undefined || bytes.length > ARGUMENT_BYTES_MAX) {
    return invalidArgument("args", "a Uint8Array of up to 2^24 bytes", args);
  }
  const memory = SparseMemory.create(
    limitBytes === undefined
      ? { reservedBytes: PROGRAM_ZONE }
      : { limitBytes, reservedBytes: PROGRAM_ZONE },
  );
  if (!memory.ok) return memory;
  const mapped = mapRegions(memory.value, copy, bytes);
  if (!mapped.ok) return mapped;
  const registers = Array.from({ length: 13 }, () => asU64(0n));
  registers[0] = asU64(BigInt(HALT_ADDRESS));
  registers[1] = asU64(BigInt(STACK_END));
  registers[7] = asU64(BigInt(ARGUMENTS_START));
  registers[8] = asU64(BigInt(bytes.length));
  return ok({ memory: memory.value, registers });
}
