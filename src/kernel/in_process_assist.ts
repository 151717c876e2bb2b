/**
 * A {@link KernelAssist} that keeps everything in the memory of its process.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU64, U64 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { isTarget, parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { blake2b256, isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import type { KernelAssist } from "./kernel_assist.ts";
import { parseU64 } from "./parse.ts";

const ZERO = asU64(0n);

/** Rows of numbers by id; what is not there counts as 0. */
class Table {
  readonly #rows = new Map<bigint, U64>();

  get(id: bigint): U64 {
    return this.#rows.get(id) ?? ZERO;
  }

  set(id: bigint, value: bigint): U64 {
    const before = this.get(id);
    if (U64.is(id) && U64.is(value)) this.#rows.set(id, value);
    return before;
  }

  clear(): void {
    this.#rows.clear();
  }
}

/** The hash that names a catcher: that of its number as 8 little-endian bytes. */
function catcherName(number: bigint): CapHash {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number, true);
  return blake2b256(bytes);
}

/**
 * A {@link KernelAssist} that keeps everything in the memory of its process. An argument that is no
 * value of its type changes nothing, and gives what a row that is not there gives.
 */
export class InProcessKernelAssist implements KernelAssist {
  readonly #meters: Table = new Table();
  readonly #quotas: Table = new Table();
  readonly #catchers: Map<CapHash, CapHash[]> = new Map();
  readonly #files: Map<bigint, CapTarget> = new Map();
  readonly #next = { catcher: 0n, file: 1n };

  /**
   * An assist without meters, quotas, catchers and files.
   *
   * @example A meter
   * ```ts
   * import { InProcessKernelAssist } from "@ringfence/core/kernel";
   * import { assertEquals } from "@std/assert";
   *
   * const assist = new InProcessKernelAssist();
   * assertEquals<bigint>(assist.gasMeterSet(7n, 100n), 0n);
   * assertEquals<bigint>(assist.gasMeterGet(7n), 100n);
   * ```
   */
  constructor() {
    Object.freeze(this);
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is InProcessKernelAssist {
    return typeof value === "object" && value !== null && #meters in value;
  }

  /**
   * The gas in a meter.
   *
   * @param id The meter; 0 when there is none of the id.
   */
  gasMeterGet(id: bigint): U64 {
    return this.#meters.get(id);
  }

  /**
   * Puts gas into a meter, which is made when there is none.
   *
   * @param id The meter: 0 to 2^64 - 1.
   * @param value The gas in it from now on: 0 to 2^64 - 1.
   * @returns The gas in it before.
   */
  gasMeterSet(id: bigint, value: bigint): U64 {
    return this.#meters.set(id, value);
  }

  /**
   * The bytes that are left of a quota.
   *
   * @param id The quota; 0 when there is none of the id.
   */
  storageQuotaGet(id: bigint): U64 {
    return this.#quotas.get(id);
  }

  /**
   * Sets a quota, which is made when there is none.
   *
   * @param id The quota: 0 to 2^64 - 1.
   * @param value The bytes that are left of it from now on: 0 to 2^64 - 1.
   * @returns The bytes that were left before.
   */
  storageQuotaSet(id: bigint, value: bigint): U64 {
    return this.#quotas.set(id, value);
  }

  /**
   * The markers that a catcher lists, in the order in which they were added.
   *
   * @param catcher The hash that names the catcher; none are listed when there is no such catcher.
   */
  yieldCatcherMarkers(catcher: CapHash): readonly CapHash[] {
    return [...this.#catchers.get(catcher) ?? []];
  }

  /**
   * Lists a marker, behind the others; one that is listed already stays where it is.
   *
   * @param catcher The hash that names the catcher; it is made when there is none.
   * @param marker The marker.
   */
  yieldCatcherAdd(catcher: CapHash, marker: CapHash): void {
    if (!isCapHash(catcher) || !isCapHash(marker)) return;
    const markers = this.#catchers.get(catcher) ?? [];
    if (!markers.includes(marker)) markers.push(marker);
    this.#catchers.set(catcher, markers);
  }

  /**
   * Lists a marker no longer.
   *
   * @param catcher The hash that names the catcher.
   * @param marker The marker; nothing happens when it is not listed.
   */
  yieldCatcherRemove(catcher: CapHash, marker: CapHash): void {
    const markers = this.#catchers.get(catcher);
    const index = markers?.indexOf(marker) ?? -1;
    if (index >= 0) markers?.splice(index, 1);
  }

  /** Makes a catcher that lists nothing, and gives the hash that names it: each time another. */
  yieldCatcherNew(): CapHash {
    const name = catcherName(this.#next.catcher);
    this.#next.catcher += 1n;
    this.#catchers.set(name, []);
    return name;
  }

  /**
   * What a file holds.
   *
   * @param file The file; nothing when there is none of the number.
   */
  hostOpen(file: bigint): CapTarget | undefined {
    return this.#files.get(file);
  }

  /**
   * Makes a file, and takes its bytes off a quota.
   *
   * @param data What the file holds.
   * @param quota The quota that pays.
   * @param size How many bytes it costs.
   * @returns The file: 1 first, then the next above all others. Nothing, and nothing is taken, when
   *   less is left of the quota, or the numbers of files are used up.
   */
  hostSave(data: CapTarget, quota: bigint, size: bigint): U64 | undefined {
    const left = this.#quotas.get(quota);
    const file = this.#next.file;
    if (!isTarget(data) || !U64.is(size) || !U64.is(file) || left < size) return undefined;
    this.#quotas.set(quota, left - size);
    this.#keep(file, data);
    return file;
  }

  /**
   * Puts a file there, in the place of one of that number if there is one.
   *
   * @param file The file: 0 to 2^64 - 1. Files that are made later have greater numbers.
   * @param target What it holds.
   * @returns Nothing. Errors: `invalid-argument`.
   */
  registerFile(file: bigint, target: CapTarget): Result<undefined, InvalidArgument> {
    const number = parseU64(file, "file");
    if (!number.ok) return number;
    const held = parseTarget(target, "target");
    if (!held.ok) return held;
    this.#keep(number.value, held.value);
    return ok(undefined);
  }

  #keep(file: bigint, target: CapTarget): void {
    this.#files.set(file, target);
    if (file >= this.#next.file) this.#next.file = file + 1n;
  }

  /** Forgets meters, quotas and catchers; files stay, and no number is given out again. */
  resetBlockState(): void {
    this.#meters.clear();
    this.#quotas.clear();
    this.#catchers.clear();
  }
}
