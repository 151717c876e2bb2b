/**
 * The guest arena and the host's side of its ABI: bump allocation, packed pointers and lengths,
 * guest strings, hexadecimal text.
 *
 * Spec: guest arena ABI.
 *
 * @module
 */

export type { InvalidArgument } from "../argument.ts";
export type { IntegerType, OutOfRange, Overflow, U32, U64, Usize } from "../int/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
export { Arena } from "./arena.ts";
export { CheckedArena } from "./checked.ts";
export type { HandleError } from "./checked.ts";
export {
  ARENA_ALIGNMENT,
  ARENA_CAPACITY_BYTES_DEFAULT,
  ARENA_CAPACITY_BYTES_MAX,
  ARENA_FIRST_OFFSET,
} from "./bump.ts";
export type {
  AccessError,
  ArenaAllocationFailed,
  ArenaBusy,
  ArenaFull,
  ArenaOutsideMemory,
  ArenaOverError,
  BadDigit,
  ChangeError,
  HandleTooSmall,
  InvalidUtf8,
  MemoryFailed,
  OddLength,
  OutsideMemory,
  StaleHandle,
  TooLong,
  UnknownHandle,
} from "./errors.ts";
export type { GuestMemory } from "./guest_memory.ts";
export type { ArenaHandle } from "./handle.ts";
export { hexDecode, hexEncode } from "./hex.ts";
export type { ArenaOptions, ArenaOverOptions, ResetOptions } from "./options.ts";
export { decodePtrLen, decodePtrLenHalves, encodePtrLen, encodePtrLenHalves } from "./packed.ts";
export type { PackedHalves, PtrLen } from "./packed.ts";
export { STRING_BYTES_MAX } from "./utf8.ts";
