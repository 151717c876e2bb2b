/**
 * Operations on ranges of bytes, and the size of a memory.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import { byteLengthOf } from "../bytes.ts";
import { asI32, asU32, asUsize } from "../int/mod.ts";
import type { I32, U32, Usize } from "../int/mod.ts";
import * as result from "../result.ts";
import type { Result } from "../result.ts";
import { Window } from "./backing.ts";
import * as bounds from "./bounds.ts";
import type { MemoryFault } from "./fault.ts";
import type { AllocationFailed } from "./limits.ts";
import { windowIn } from "./load.ts";
import { segmentBytes } from "./segment.ts";
import type { DataSegment } from "./segment.ts";
import { type AccessError, StoreAccess } from "./store.ts";
import { OUT_OF_BOUNDS } from "./trap.ts";

// Local constants: V8 reads an imported binding anew at every use (about 0.6 ns), and folds these.
const fits = bounds.fits;
const isNatural = bounds.isNatural;
const isWord = bounds.isWord;
const rangeFits = bounds.rangeFits;
const WORD = bounds.WORD;
const err = result.err;
const ok = result.ok;

/** The greatest number of pages that `grow` can be asked for. */
const DELTA_MAX = 0xffff_ffff;

/** Every operation that a memory and a lease of it share. */
export class MemoryAccess extends StoreAccess {
  readonly #window: Window;

  /** Made by `IsolatedMemory.create` and `lend` alone: anything else gives an expired access. */
  constructor(window: Window) {
    super(window);
    this.#window = Window.from(window);
  }

  /** The active pages: 0 to `maxPages`, and 0 once a lease has expired. */
  get pageCount(): U32 {
    return asU32(this.#window.backing?.pages ?? 0);
  }

  /** The most pages: 0 to 65,536, and 0 once a lease has expired. */
  get maxPages(): U32 {
    return asU32(this.#window.backing?.maxPages ?? 0);
  }

  /** The size of a page in bytes: 65,536 unless made otherwise, and 0 once a lease has expired. */
  get pageSizeBytes(): U32 {
    return asU32(this.#window.backing?.pageBytes ?? 0);
  }

  /** The active bytes, `pageCount` pages: 0 to 2^32, and 0 once a lease has expired. */
  get activeSize(): Usize {
    return asUsize(Math.max(this.#window.size, 0));
  }

  /**
   * The active pages (`memory.size`).
   *
   * @returns `pageCount`, or -1 once a lease has expired. Spec: Wasm core 2.0, 4.4.7.
   */
  size(): I32 {
    return asI32(this.#window.backing?.pages ?? -1);
  }

  /**
   * Adds pages of zeros (`memory.grow`).
   *
   * Views from `asSlice` become empty when the engine moves the bytes; accesses go on working.
   *
   * @param delta The pages to add: 0 to 2^32 - 1.
   * @returns The old page count, or -1 and no change: beyond `maxPages`, no such number, an expired
   * lease, or no room in the engine. Spec: Wasm core 2.0, 4.4.7.
   */
  grow(delta: number): I32 {
    const { backing } = this.#window;
    if (backing === undefined || !isNatural(delta, DELTA_MAX)) return asI32(-1);
    const old = backing.pages;
    return asI32(backing.grow(delta) ? old : -1);
  }

  /**
   * Copies bytes within the memory, as if through a buffer (`memory.copy`).
   *
   * @param dst The first byte written: 0 to `activeSize - len`.
   * @param src The first byte read: 0 to `activeSize - len`.
   * @param len The bytes copied: 0 to `activeSize`.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  copy(dst: number, src: number, len: number): Result<void, MemoryFault> {
    const { size, bytes, fault } = this.#window;
    if (!rangeFits(size, dst, len) || !rangeFits(size, src, len)) return err(fault);
    bytes.copyWithin(dst, src, src + len);
    return ok(undefined);
  }

  /**
   * Copies bytes of a memory, which may be this one, into this one (`memory.copy` with two memories).
   *
   * @param source The memory read, or a lease of one.
   * @param dst The first byte written here: 0 to `activeSize - len`.
   * @param src The first byte read there: 0 to its `activeSize - len`.
   * @param len The bytes copied.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired` (of either),
   * `invalid-argument`. Spec: Wasm core 2.0, 4.4.7.
   */
  copyFrom(
    source: MemoryAccess,
    dst: number,
    src: number,
    len: number,
  ): Result<void, AccessError> {
    const at = this.#window;
    if (!rangeFits(at.size, dst, len)) return err(at.fault);
    const from = windowIn(source);
    if (from === undefined) return invalidArgument("source", "a memory or a lease", source);
    if (!rangeFits(from.size, src, len)) return err(from.fault);
    at.bytes.set(from.bytes.subarray(src, src + len), dst);
    return ok(undefined);
  }

  /**
   * Sets every byte of a range (`memory.fill`).
   *
   * @param offset The first byte: 0 to `activeSize - len`.
   * @param byte -2^31 to 2^32 - 1, of which the low 8 bits are stored.
   * @param len The bytes set: 0 to `activeSize`.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  fill(offset: number, byte: number, len: number): Result<void, AccessError> {
    const { size, bytes, fault } = this.#window;
    if (!rangeFits(size, offset, len)) return err(fault);
    if (!isWord(byte)) return invalidArgument("byte", WORD, byte);
    bytes.fill(byte, offset, offset + len);
    return ok(undefined);
  }

  /**
   * Copies bytes of a data segment into the memory (`memory.init`).
   *
   * @param segment The segment read; a dropped one has no bytes.
   * @param dst The first byte written: 0 to `activeSize - len`.
   * @param src The first byte read: 0 to the segment's `length - len`.
   * @param len The bytes copied.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`.
   * Spec: Wasm core 2.0, 4.4.7.
   */
  initSegment(
    segment: DataSegment,
    dst: number,
    src: number,
    len: number,
  ): Result<void, AccessError> {
    const at = this.#window;
    if (!rangeFits(at.size, dst, len)) return err(at.fault);
    const from = segmentBytes(segment);
    if (from === undefined) return invalidArgument("segment", "a DataSegment", segment);
    if (!rangeFits(from.length, src, len)) return err(OUT_OF_BOUNDS);
    // A view costs as much as copying some hundred bytes; all of a segment needs none.
    at.bytes.set(len === from.length ? from : from.subarray(src, src + len), dst);
    return ok(undefined);
  }

  /**
   * Writes bytes given by the host (an active data segment).
   *
   * @param offset The first byte written: 0 to `activeSize - bytes.length`.
   * @param bytes The bytes; a view of a memory, also of this one, is fine.
   * @returns Nothing. Errors, nothing written: `out-of-bounds`, `lease-expired`, `invalid-argument`
   * for anything but a `Uint8Array` whose buffer is there.
   * Spec: Wasm core 2.0, 4.5.4.
   */
  initData(offset: number, bytes: Uint8Array): Result<void, AccessError> {
    const at = this.#window;
    const length = byteLengthOf(bytes);
    if (!fits(at.size, offset, length ?? 0)) return err(at.fault);
    if (length === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);
    try {
      at.bytes.set(bytes, offset); // by internal slots alone: none of the caller's code runs
    } catch {
      return invalidArgument("bytes", "a Uint8Array with a buffer", bytes);
    }
    return ok(undefined);
  }

  /**
   * Reads a range of bytes.
   *
   * @param offset The first byte: 0 to `activeSize - len`.
   * @param len The bytes read: 0 to `activeSize`.
   * @returns A copy. Errors: `out-of-bounds`, `lease-expired`, and `allocation-failed` when the engine
   * has no room for the copy.
   */
  read(
    offset: number,
    len: number,
  ): Result<Uint8Array<ArrayBuffer>, MemoryFault | AllocationFailed> {
    const { size, bytes, fault } = this.#window;
    if (!rangeFits(size, offset, len)) return err(fault);
    try {
      const copy = new Uint8Array(len);
      copy.set(bytes.subarray(offset, offset + len));
      return ok(copy);
    } catch {
      return err({ kind: "allocation-failed", bytes: len });
    }
  }

  /** The same as {@link initData}, for those who are not initialising. */
  write(offset: number, bytes: Uint8Array): Result<void, AccessError> {
    return this.initData(offset, bytes);
  }
}
