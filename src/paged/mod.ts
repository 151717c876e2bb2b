/**
 * Paged memory for the PVM: 2^32 bytes in pages that allow nothing, reading, or reading and writing.
 *
 * Two backends with the same operations: `FlatMemory` is one buffer, `SparseMemory` holds pages on
 * demand. Both have an API whose every operation returns, and under it loads and stores for
 * interpreters that allocate nothing (see `UnboxedMemory`).
 *
 * @module
 */

export type {
  AccessFault,
  CreateError,
  HeapExhausted,
  LimitExceeded,
  NoRoom,
  PagedFault,
  PageFault,
  ReadError,
  RegionError,
  RegionOverflow,
  Reserved,
  StatusReport,
  TransferError,
  UnalignedSize,
  UnalignedStart,
  WriteProtected,
} from "./fault.ts";
export { readStatus, STATUS_INVALID, STATUS_NO_ROOM, STATUS_OK } from "./fault.ts";
export { FlatMemory } from "./flat_memory.ts";
export { GUEST_LAYOUT } from "./guest_space.ts";
export type { GuestSpace, Window } from "./guest_space.ts";
export { isMemory } from "./memory.ts";
export type { Memory } from "./memory.ts";
export { LIMIT_BYTES_DEFAULT, LIMIT_BYTES_MAX } from "./options.ts";
export type { PagedOptions } from "./options.ts";
export { PAGE_SIZE, PAGE_SIZE_MAX, PAGE_SIZE_MIN } from "./page.ts";
export type { Access, MappedAccess } from "./page.ts";
export type { MappedPage, MappedRegion } from "./snapshot.ts";
export { emptyMemory, guestSpaceOf, SparseMemory } from "./sparse_memory.ts";
export type { TypedMemory } from "./typed_memory.ts";
export type { UnboxedMemory } from "./unboxed.ts";
