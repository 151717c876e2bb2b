/**
 * Data segments: bytes that `memory.init` copies from, until they are dropped.
 *
 * @module
 */

import { type InvalidArgument, invalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";

/** The bytes of a segment, for the bulk operations; nothing for a value that is no segment. */
export let segmentBytes: (value: unknown) => Uint8Array | undefined;

/**
 * A passive data segment (Wasm core 2.0, 2.5.7).
 *
 * @example Initialise once, then drop
 * ```ts
 * import { DataSegment, IsolatedMemory } from "@ringfence/core/linear";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const memory = IsolatedMemory.create(1, 1);
 * const segment = DataSegment.create(Uint8Array.of(1, 2, 3));
 * assert(memory.ok && segment.ok);
 * assert(memory.value.initSegment(segment.value, 8, 1, 2).ok);
 * assertEquals<unknown>(memory.value.loadU16(8), { ok: true, value: 0x0302 });
 * segment.value.drop();
 * assertEquals(memory.value.initSegment(segment.value, 8, 1, 2).ok, false);
 * ```
 */
export class DataSegment {
  #bytes: Uint8Array | undefined;

  static {
    segmentBytes = (value) =>
      typeof value === "object" && value !== null && #bytes in value ? value.#bytes : undefined;
  }

  // Reachable with anything, past the type checker: without bytes of its own it is no segment.
  private constructor(bytes: Uint8Array) {
    this.#bytes = copyBytes(bytes);
  }

  /**
   * Makes a segment of a copy of some bytes.
   *
   * @param bytes The bytes, any number of them.
   * @returns The segment. Errors: `invalid-argument` for anything else, a detached array included.
   * Spec: Wasm core 2.0, 4.5.3.7.
   */
  static create(bytes: Uint8Array): Result<DataSegment, InvalidArgument> {
    const segment = new DataSegment(bytes);
    return segment.#bytes === undefined
      ? invalidArgument("bytes", "a Uint8Array", bytes)
      : ok(segment);
  }

  /** The bytes that it still holds: 0 once it has been dropped. */
  get length(): Usize {
    return asUsize(this.#bytes?.length ?? 0);
  }

  /** Drops its bytes (`data.drop`): from then on it has length 0. Dropping again changes nothing. */
  drop(): void {
    this.#bytes = new Uint8Array(0);
  }
}
