/**
 * The operations of a paged memory, the same for every backend.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32, asUsize } from "../int/mod.ts";
import type { U32, Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { storeOf } from "./any_store.ts";
import { can, read, readAddress, write } from "./bulk.ts";
import { NO_ROOM } from "./fault.ts";
import type { HeapExhausted, NoRoom, RegionError, TransferError } from "./fault.ts";
import { sbrk, setHeap } from "./heap.ts";
import { type Access, accessOf, type MappedAccess } from "./page.ts";
import { mapRegion, protectRegion, resetRegion } from "./region.ts";
import { type MappedPage, type MappedRegion, pagesOf, regionsOf } from "./snapshot.ts";
import type { PageStore } from "./store.ts";
import { TypedMemory } from "./typed_memory.ts";

/** Whether a value is a memory of this library; runs no code of its own. */
export let isMemory: (value: unknown) => value is Memory;

/**
 * A paged memory: an address space of 2^32 bytes in pages, each of which allows nothing, reading, or
 * reading and writing (Gray Paper, appendix A; JAVM `Memory`).
 *
 * What a page allows is enforced on every access, typed or not; the first byte, in the order in which
 * an access touches them, whose page does not allow it decides how it fails, and a failed operation
 * changes nothing. Bytes of inaccessible pages are zero: unmapping a page forgets its bytes.
 *
 * Where the JAVM original was partial or lax, this is what it does instead: permissions bind typed
 * accesses too; an empty write succeeds up to the end of the buffer, whatever its page allows; a
 * region that ends beyond 2^32 is an `overflow`, one beyond the limit `limit-exceeded`; a region
 * of size 0 is checked and changes nothing. As in the original, mapping a page again keeps its bytes
 * where `init` does not reach.
 */
export abstract class Memory extends TypedMemory {
  readonly #store: PageStore;

  static {
    isMemory = (value): value is Memory =>
      typeof value === "object" && value !== null && #store in value;
  }

  /** Made by the `create` of each backend alone: anything else gives an empty memory. */
  constructor(store: PageStore) {
    const own = storeOf(store);
    super(own);
    this.#store = own;
  }

  /** A copy that shares nothing with this memory. Errors: `no-room`. */
  clone(): Result<Memory, NoRoom> {
    return err(NO_ROOM); // for what is of no backend, which only reflection can make
  }

  /** The size of a page in bytes. */
  get pageSize(): U32 {
    return asU32(this.#store.settings.pageSize);
  }

  /** Addresses below this one can never be mapped. */
  get reservedBytes(): Usize {
    return asUsize(this.#store.settings.reservedBytes);
  }

  /** The most bytes that may be mapped: what was asked for, but 2^20 pages at most. */
  get limitBytes(): Usize {
    return asUsize(this.#store.settings.limitBytes);
  }

  /** The bytes that count against the limit: mapped pages, or the whole buffer of a flat memory. */
  get mappedBytes(): Usize {
    return asUsize(this.#store.mappedBytes);
  }

  /** Up to where an empty range may lie: the end of a flat memory's buffer, 2^32 in a sparse one. */
  get lengthBytes(): Usize {
    return asUsize(this.#store.lengthBytes);
  }

  /** Where the heap begins. */
  get heapBase(): U32 {
    return asU32(this.#store.heap.base);
  }

  /** Where the heap ends: the address that `sbrk(0)` gives. */
  get heapTop(): Usize {
    return asUsize(this.#store.heap.top);
  }

  /** The most pages that the heap may have, counted from its base. */
  get maxHeapPages(): U32 {
    return asU32(this.#store.heap.maxPages);
  }

  /**
   * What the page of an address allows.
   *
   * @param address From 0 to 2^32 - 1.
   * @returns The access, or `invalid-argument`.
   */
  permOf(address: number): Result<Access, InvalidArgument> {
    const at = readAddress(address);
    if (!at.ok) return at;
    return ok(
      accessOf(this.#store.permission(Math.floor(at.value / this.#store.settings.pageSize))),
    );
  }

  /**
   * Reads a range of bytes. It does not wrap: what would lie beyond 2^32 counts as on page 0 and
   * inaccessible.
   *
   * @param address The first byte, from 0 to 2^32 - 1.
   * @param length How many bytes, from 0 to 2^53 - 1. An empty range needs no permission.
   * @returns A private copy. Errors: `page-fault`, `reserved`, `no-room`, `invalid-argument`.
   */
  read(address: number, length: number): Result<Uint8Array<ArrayBuffer>, TransferError> {
    return read(this.#store, address, length);
  }

  /**
   * Writes a range of bytes: all of them or none. It does not wrap.
   *
   * @param address The first byte, from 0 to 2^32 - 1.
   * @param data The bytes, which are copied. No bytes need no permission.
   * @returns Nothing. Errors: `page-fault`, `write-protected`, `reserved`, `no-room`,
   *   `invalid-argument`.
   */
  write(address: number, data: Uint8Array): Result<void, TransferError> {
    return write(this.#store, address, data);
  }

  /**
   * Whether every byte of a range can be read, as host calls ask: nothing beyond 2^32 can.
   *
   * @param address The first byte: a natural number, as number or bigint.
   * @param length How many bytes, likewise.
   * @returns True or false; false for anything that is no natural number.
   */
  canRead(address: number | bigint, length: number | bigint): boolean {
    return can(this.#store, address, length, false);
  }

  /** Whether every byte of a range can be written; as `canRead` otherwise. */
  canWrite(address: number | bigint, length: number | bigint): boolean {
    return can(this.#store, address, length, true);
  }

  /**
   * Maps a region. Fresh pages are zero; pages that were mapped keep their bytes.
   *
   * @param start A multiple of the page size.
   * @param size In bytes, a multiple of the page size; 0 changes nothing.
   * @param access What the pages allow from now on.
   * @param init The first bytes of the region; what does not fit is ignored.
   * @returns Nothing. Errors: `invalid-argument`, then `unaligned-start`, `unaligned-size`,
   *   `overflow`, `reserved`, `limit-exceeded`, in this order; `no-room`.
   *
   * @example A region that can only be read
   * ```ts
   * import { SparseMemory } from "@ringfence/core/paged";
   * import { assert, assertEquals } from "@std/assert";
   *
   * const made = SparseMemory.create();
   * assert(made.ok);
   * const memory = made.value;
   * assert(memory.mapRegion(0x1_0000, 4096, "read-only", Uint8Array.of(7)).ok);
   * assertEquals<unknown>(memory.readU32(0x1_0000), { ok: true, value: 7 });
   * assertEquals<unknown>(memory.writeU8(0x1_0001, 1), {
   *   ok: false,
   *   error: { kind: "write-protected", address: 0x1_0000, start: 0x1_0001 },
   * });
   * ```
   */
  mapRegion(
    start: number,
    size: number,
    access: MappedAccess,
    init?: Uint8Array,
  ): Result<void, RegionError> {
    return mapRegion(this.#store, start, size, access, init);
  }

  /**
   * Makes every byte of a region zero and sets what its pages allow; `"none"` unmaps them. With it
   * the Gray Paper's `pages` call does its kinds 0 to 2.
   *
   * @param start A multiple of the page size.
   * @param size In bytes, a multiple of the page size; 0 changes nothing.
   * @param access What the pages allow from now on.
   * @returns Nothing. Errors: those of `mapRegion`.
   */
  resetRegion(start: number, size: number, access: Access): Result<void, RegionError> {
    return resetRegion(this.#store, start, size, access);
  }

  /**
   * Sets what the pages of a region allow and keeps its bytes; every page must be mapped. With it
   * the Gray Paper's `pages` call does its kinds 3 and 4.
   *
   * @param start A multiple of the page size.
   * @param size In bytes, a multiple of the page size; 0 changes nothing.
   * @param access What the pages allow from now on.
   * @returns Nothing. Errors: those of `mapRegion` but for the last two, and `page-fault`.
   */
  protectRegion(start: number, size: number, access: MappedAccess): Result<void, RegionError> {
    return protectRegion(this.#store, start, size, access);
  }

  /**
   * Says where the heap is; it maps nothing.
   *
   * @param base Where it begins, from 0 to 2^32 - 1.
   * @param top Where it ends, from `base` to 2^32; any byte.
   * @param maxPages The most pages it may have, counted from `base`: the limit of `sbrk`.
   * @returns Nothing. Errors: `invalid-argument`.
   */
  setHeap(base: number, top: number, maxPages: number): Result<void, InvalidArgument> {
    return setHeap(this.#store, base, top, maxPages);
  }

  /**
   * Moves the end of the heap up, and maps the pages that it covers and that are not mapped yet as
   * zeros to read and write.
   *
   * @param size By how many bytes, from 0 to 2^32 - 1; 0 only asks.
   * @returns The old end. Errors: `heap-exhausted` (the instruction then gives 0), also when the
   *   limit on mapped bytes, a reserved page or the engine's memory is in the way;
   *   `invalid-argument`.
   */
  sbrk(size: number): Result<Usize, HeapExhausted | InvalidArgument> {
    return sbrk(this.#store, size);
  }

  /** The mapped pages, merged into the longest regions of one access, in ascending order. */
  regions(): readonly MappedRegion[] {
    return regionsOf(this.#store);
  }

  /** The mapped pages one by one with a copy of their bytes, in ascending order. */
  pages(): Iterable<MappedPage> {
    return pagesOf(this.#store);
  }

  /** Unmaps everything, forgets the heap, and gives the room back. */
  clear(): void {
    this.#store.clear();
  }
}
