/** The methods of paged memories, and how to call them past the type checker. */

import type * as paged from "../../src/paged/mod.ts";

/** The bytes among the arguments. */
export const BYTES: Uint8Array = Uint8Array.of(1, 2);
/** Valid arguments for each function; a hostile value takes the place of one of them. */
export const CALLS: readonly (readonly [name: keyof paged.Memory, ...valid: unknown[]])[] = [
  ["permOf", 0],
  ["readU8", 0],
  ["readU16", 0],
  ["readU32", 0],
  ["readU64", 0],
  ["writeU8", 0, 1],
  ["writeU16", 0, 1],
  ["writeU32", 0, 1],
  ["writeU64", 0, 1n],
  ["read", 0, 2],
  ["write", 0, BYTES],
  ["canRead", 0, 2],
  ["canWrite", 0, 2],
  ["mapRegion", 0, 4, "read-write", BYTES],
  ["resetRegion", 0, 4, "read-only"],
  ["protectRegion", 0, 4, "read-only"],
  ["setHeap", 0, 4, 1],
  ["sbrk", 4],
];
/** Likewise of the unboxed tier; "out" stands for an array for the halves. */
export const UNBOXED: readonly (readonly [name: keyof paged.Memory, ...valid: unknown[]])[] = [
  ["loadU8", 0, "out", 0],
  ["loadU16", 0, "out", 0],
  ["loadU32", 0, "out", 0],
  ["loadU64", 0, "out", 0],
  ["storeU8", 0, 5],
  ["storeU16", 0, 5],
  ["storeU32", 0, 5],
  ["storeU64", 0, 5, 6],
];

/** Calls a method with any arguments. */
export function call(
  real: paged.Memory,
  name: keyof paged.Memory,
  args: readonly unknown[],
): unknown {
  const method: unknown = real[name];
  return typeof method === "function" ? Reflect.apply(method, real, args) : undefined;
}
