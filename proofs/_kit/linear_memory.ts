/** What the proofs of linear memory share: a memory beside its model, and how the two compare. */

import { Buffer } from "node:buffer";
import { place } from "../../model/linear_memory.ts";
import type { Memory as Model, Outcome } from "../../model/linear_memory.ts";
import { type StoreName, STORES } from "../../model/linear_memory_access.ts";
import { bytesOf } from "../../model/linear_memory_value.ts";
import * as linear from "../../src/linear/mod.ts";
import * as numeric from "../../src/linear/numeric/mod.ts";
import * as unboxed from "../../src/linear/unboxed.ts";
import * as unchecked from "../../src/linear/unchecked.ts";
import { type Domain, domain, type Mutant } from "../../src/proof/mod.ts";
import { modelErrorOf } from "./linear_errors.ts";
import { sourceMutants } from "./mutants.ts";

/** The memory with all its tiers of access, and the operations that share its traps. */
export type Face = typeof linear & typeof numeric & typeof unboxed & typeof unchecked;

export const implementation: Face = { ...linear, ...numeric, ...unboxed, ...unchecked };

/** A memory, whichever copy of the source it comes from. */
export type Real = linear.IsolatedMemory;

const make = sourceMutants<Face>([
  "src/linear/mod.ts",
  "src/linear/numeric/mod.ts",
  "src/linear/unboxed.ts",
  "src/linear/unchecked.ts",
]);

/** A variant of one file of the room, `from` made `to`, which a proof must reject. */
export function mutant(file: string, from: string, to: string): Mutant<Face> {
  return make(`src/linear/${file}`, from, to);
}

/** A variant that nothing can tell from the original. */
export function equivalent(file: string, from: string, to: string, reason: string): Mutant<Face> {
  return make.equivalent(`src/linear/${file}`, from, to, reason);
}

/** The bounds check off by one in either direction, and one that lets only the first byte be. */
export const BOUNDS: readonly Mutant<Face>[] = [
  mutant("bounds.ts", "isNatural(offset, size - width)", "isNatural(offset, size - width + 1)"),
  mutant("bounds.ts", "isNatural(offset, size - width)", "isNatural(offset, size - width - 1)"),
  mutant("bounds.ts", "isNatural(offset, size - width)", "offset === 0 && width <= size"),
];

/** How a memory is made. */
export interface Shape {
  readonly pages: number;
  readonly max: number;
  readonly pageBytes: number;
}

/** A memory and its model, with the same bytes. */
export interface Pair {
  readonly real: Real;
  readonly model: Model;
}

/** Bytes of which neighbours differ, every value occurs, and no page is like another. */
export function pattern(length: number): number[] {
  return Array.from({ length }, (_, at) => (at * 151 + (at >> 8) * 89 + 7) & 0xff);
}

/** Makes a memory of the face; a face that cannot make one fails the proof. */
export function memory(face: Face, { pages, max, pageBytes }: Shape): Real {
  const made = face.IsolatedMemory.create(pages, max, { pageSizeBytes: pageBytes });
  if (!made.ok) throw new Error(`no memory: ${made.error.kind}`);
  return made.value;
}

/** Makes a memory and its model, both filled with the pattern. */
export function pair(face: Face, shape: Shape): Pair {
  const real = memory(face, shape);
  const bytes = pattern(shape.pages * shape.pageBytes);
  real.asSlice().set(bytes);
  return { real, model: { bytes, pageBytes: shape.pageBytes, maxPages: shape.max } };
}

/** A pair for each face, made once: for proofs whose every case leaves it as it was. */
export function kept(shape: Shape): (face: Face) => Pair & { readonly bytes: Uint8Array } {
  const pairs = new WeakMap<Face, Pair & { readonly bytes: Uint8Array }>();
  return (face) => {
    const found = pairs.get(face);
    if (found !== undefined) return found;
    const made = pair(face, shape);
    const entry = { ...made, bytes: Uint8Array.from(made.model.bytes) };
    pairs.set(face, entry);
    return entry;
  };
}

/** Calls a method with arguments that its types may not allow. */
export function call(target: object, method: string, args: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(target, method), target, args);
}

/** What a call gave, in the form of the model; what is no `Result` stands for itself. */
export function outcomeOf(given: unknown): unknown {
  if (typeof given !== "object" || given === null || !("ok" in given)) return given;
  const keys = Object.keys(given).join();
  if (given.ok === true && keys === "ok,value") return { ok: Reflect.get(given, "value") ?? null };
  if (given.ok !== false || keys !== "ok,error") throw new Error(`malformed result: ${keys}`);
  return modelErrorOf(Reflect.get(given, "error"));
}

/** The kind of an outcome of the model, as proofs report it. */
export function kindOf(outcome: Outcome<unknown>): string {
  if ("trap" in outcome) return outcome.trap;
  return "invalid" in outcome ? "invalid-argument" : "value";
}

/** The whole state of a memory. */
export function stateOf(real: Real): unknown {
  const { activeSize, maxPages, pageCount, pageSizeBytes } = real;
  const bytes = real.asSlice();
  return { bytes, activeSize, maxPages, pageCount, pageSizeBytes, size: real.size() };
}

/** The same of a model. */
export function stateOfModel({ bytes, maxPages, pageBytes }: Model): unknown {
  const pages = bytes.length / pageBytes;
  return {
    bytes,
    activeSize: bytes.length,
    maxPages,
    pageCount: pages,
    pageSizeBytes: pageBytes,
    size: pages,
  };
}

/** Whether many bytes are the same, quickly. */
export function differ(actual: Uint8Array, expected: Uint8Array): string | undefined {
  const wrap = ({ buffer, byteOffset, length }: Uint8Array) =>
    Buffer.from(buffer, byteOffset, length);
  return Buffer.compare(wrap(actual), wrap(expected)) === 0 ? undefined : "the bytes differ";
}

/** The model's store on a plain array in place: a real page is too long to copy for each case. */
export function storeInPlace(
  bytes: Uint8Array,
  name: StoreName,
  offset: unknown,
  operands: readonly unknown[],
): Outcome<null> {
  const { width, bits: bitsOf } = STORES[name];
  const at = place(bytes.length, offset, width);
  if (at === undefined) return { trap: "out-of-bounds" };
  const bits = bitsOf(...operands);
  if (typeof bits === "string") return { invalid: bits };
  bytes.set(bytesOf(bits, width), at[0]);
  return { ok: null };
}

/** Numbers that are no offset into anything, and both sides of where sums wrap or round. */
export const FAR: readonly number[] = [
  ...[31, 32, 53].flatMap((bits) => [-8, -4, -2, -1, 0, 1, 4].map((by) => 2 ** bits + by)),
  ...[-1, -0, -8, -(2 ** 31), -(2 ** 32), -(2 ** 53), 0.5, 1.5, -0.5, 1e-300, 2 ** 52 + 0.5],
  ...[NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 64, 2 ** 64 - 4096],
];

/** Every offset of `size` bytes, those up to 8 beyond, and the far ones. */
export function offsets(size: number): Domain<number> {
  return domain.named(
    `offsets 0..${size + 8} and ${FAR.length} far or impossible ones`,
    domain.union(domain.range(0, size + 8), domain.of(...FAR)),
  );
}
