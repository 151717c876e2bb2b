/** Paged memories and their model side by side: how to make, to drive and to see them. */

import type * as model from "../../model/paged.ts";
import { change, empty, type Settings } from "../../model/paged_regions.ts";
import type * as paged from "../../src/paged/mod.ts";
import type { Result } from "../../src/result.ts";

/** The face under proof. */
export type Face = typeof paged;

/** Both backends. */
export const BACKENDS = ["flat", "sparse"] as const;
/** What a page can allow. */
export const ACCESSES = ["none", "read-only", "read-write"] as const;
/** The widths of typed accesses, in bytes. */
export const WIDTHS = [1, 2, 4, 8] as const;

/** Settings with which most proofs work. */
export function settings(backend: "flat" | "sparse", pageSize: number, more = {}): Settings {
  const limitBytes = 2n ** 20n;
  const others = { limitBytes, reservedBytes: 0n, wraps: true, ...more };
  return { backend, pageSize: BigInt(pageSize), ...others };
}

/** The value of a success; a proof that meets a failure here fails. */
export function value<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`unexpected failure: ${JSON.stringify(result.error)}`);
}

/** Numbers as bigints and bytes as lists of them, as the model writes them. */
export function plain(given: unknown): unknown {
  if (typeof given === "number") return BigInt(given);
  if (given instanceof Uint8Array) return Array.from(given, BigInt);
  return given;
}

/** A result as the model writes outcomes. The words of an invalid argument are not compared. */
export function outcomeOf(result: Result<unknown, object>): unknown {
  if (result.ok) return { ok: plain(result.value) };
  const fields = Object.entries(result.error).filter(([key]) =>
    key !== "expected" && key !== "given"
  );
  return { error: Object.fromEntries(fields.map(([key, field]) => [key, plain(field)])) };
}

/** Makes an empty memory. */
export function make(face: Face, given: Settings): paged.Memory {
  const options = {
    pageSize: Number(given.pageSize),
    limitBytes: Number(given.limitBytes),
    reservedBytes: Number(given.reservedBytes),
    wraps: given.wraps,
  };
  return given.backend === "flat"
    ? value(face.FlatMemory.create(options))
    : value(face.SparseMemory.create(options));
}

/** A page to begin with. */
export interface Start {
  readonly start: number;
  readonly access: model.Access;
}

/** A byte that tells where it is. */
const mark = (address: number): number => (address * 37 + 11) % 256;

/** The telling bytes of a page. */
function marks(start: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => mark(start + i));
}

/** Models are values: one that was built serves every case that begins with it. */
const models = new Map<string, model.Memory>();

/** The model with some pages mapped and filled with telling bytes. */
export function buildModel(given: Settings, pages: readonly Start[]): model.Memory {
  const { backend, pageSize, limitBytes, reservedBytes, wraps } = given;
  const key = [backend, pageSize, limitBytes, reservedBytes, wraps, JSON.stringify(pages)].join();
  const known = models.get(key);
  if (known !== undefined) return known;
  let state = empty(given);
  for (const { start, access } of pages) {
    const bytes = Array.from(marks(start, Number(pageSize)), BigInt);
    state = change(state, "map", start, Number(pageSize), access, bytes).state;
  }
  models.set(key, state);
  return state;
}

/** A memory and its model with some pages mapped and filled with telling bytes. */
export function build(
  face: Face,
  given: Settings,
  pages: readonly Start[],
): { readonly real: paged.Memory; readonly model: model.Memory } {
  const real = make(face, given);
  const size = Number(given.pageSize);
  for (const { start, access } of pages) {
    if (access !== "none") value(real.mapRegion(start, size, access, marks(start, size)));
  }
  return { real, model: buildModel(given, pages) };
}

/** The first pages with these accesses. */
export function layout(pageSize: number, accesses: readonly model.Access[]): readonly Start[] {
  return accesses.map((access, i) => ({ start: i * pageSize, access }));
}

/** The whole state of a memory. */
export function stateOf(real: paged.Memory): unknown {
  return {
    length: BigInt(real.lengthBytes),
    mapped: BigInt(real.mappedBytes),
    pages: Array.from(real.pages(), ({ address, access, bytes }) => ({
      start: BigInt(address),
      access,
      bytes: Array.from(bytes, BigInt),
    })),
    heap: {
      base: BigInt(real.heapBase),
      top: BigInt(real.heapTop),
      maxPages: BigInt(real.maxHeapPages),
    },
  };
}

/** The whole state of the model, likewise. */
export function stateOfModel(memory: model.Memory): unknown {
  const { backend, length, pages, heap, pageSize } = memory;
  const mapped = backend === "flat" ? length : BigInt(pages.length) * pageSize;
  return { length, mapped, pages, heap };
}

/** A typed read of the API. */
export function readTyped(
  real: paged.Memory,
  width: number,
  address: number,
): Result<unknown, object> {
  switch (width) {
    case 1:
      return real.readU8(address);
    case 2:
      return real.readU16(address);
    case 4:
      return real.readU32(address);
    default:
      return real.readU64(address);
  }
}

/** A typed write of the API, of the low bytes of a bigint. */
export function writeTyped(
  real: paged.Memory,
  width: number,
  address: number,
  bits: bigint,
): Result<unknown, object> {
  switch (width) {
    case 1:
      return real.writeU8(address, Number(bits & 0xffff_ffffn));
    case 2:
      return real.writeU16(address, Number(bits & 0xffff_ffffn));
    case 4:
      return real.writeU32(address, Number(bits & 0xffff_ffffn));
    default:
      return real.writeU64(address, bits);
  }
}

/** A load of the unboxed tier into `out[1]` and `out[2]`. */
export function loadUnboxed(
  real: paged.Memory,
  width: number,
  address: number,
  out: Int32Array,
): number {
  switch (width) {
    case 1:
      return real.loadU8(address, out, 1);
    case 2:
      return real.loadU16(address, out, 1);
    case 4:
      return real.loadU32(address, out, 1);
    default:
      return real.loadU64(address, out, 1);
  }
}

/** A store of the unboxed tier, of the low bytes of a bigint. */
export function storeUnboxed(
  real: paged.Memory,
  width: number,
  address: number,
  bits: bigint,
): number {
  const low = Number(BigInt.asIntN(32, bits));
  switch (width) {
    case 1:
      return real.storeU8(address, low);
    case 2:
      return real.storeU16(address, low);
    case 4:
      return real.storeU32(address, low);
    default:
      return real.storeU64(address, low, Number(BigInt.asIntN(32, bits >> 32n)));
  }
}

/** A status as the model writes the outcome; `loaded` is what a load gave. */
export function outcomeOfStatus(
  face: Face,
  real: paged.Memory,
  status: number,
  start: number,
  loaded: unknown,
): unknown {
  const { kind, address } = face.readStatus(status);
  if (kind === "ok") return { ok: loaded };
  const isReserved = kind === "page-fault" && address < real.reservedBytes;
  const where = { address: BigInt(address), start: BigInt(start) };
  return { error: { kind: isReserved ? "reserved" : kind, ...where } };
}

/** The name of an outcome: `ok` or the kind of the error. */
export function nameOf(outcome: unknown): string {
  if (typeof outcome !== "object" || outcome === null || !("error" in outcome)) return "ok";
  const { error } = outcome;
  const kind = typeof error === "object" && error !== null && "kind" in error ? error.kind : "";
  return String(kind);
}
