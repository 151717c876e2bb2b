/**
 * The hash tree root of a value: a fold over its shape.
 *
 * @module
 */

import {
  type Hash,
  hexBytes,
  littleEndian,
  partsOf,
  type Shape,
  type Value,
} from "./kernel_ssz.ts";

const LIST_LIMIT = 2 ** 32;
const ZERO = Array.from({ length: 32 }, () => 0);

/** The root of a tree of the given depth: the chunks at its first leaves, zeros at the others. */
export function tree(
  hash: Hash,
  chunks: readonly (readonly number[])[],
  depth: number,
): readonly number[] {
  let [level, zero]: [readonly (readonly number[])[], readonly number[]] = [chunks, ZERO];
  for (let i = 0; i < depth; i++) {
    const below = [level, zero] as const;
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, pair) => {
      const right = below[0][2 * pair + 1] ?? below[1];
      return hash([...below[0][2 * pair] ?? below[1], ...right]);
    });
    zero = hash([...zero, ...zero]);
  }
  return level[0] ?? zero;
}

/** The least depth whose tree has that many leaves. */
export function depthFor(leaves: number): number {
  return leaves <= 1 ? 0 : 1 + depthFor(Math.ceil(leaves / 2));
}

/** Bytes in chunks of 32, the last one filled with zeros. */
export function chunksOf(bytes: readonly number[]): readonly (readonly number[])[] {
  const starts = Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => i * 32);
  return starts.map((at) => [...bytes.slice(at, at + 32), ...ZERO].slice(0, 32));
}

/** A root with a number hashed in: the length of a list, or the selector of a union. */
export function mixIn(hash: Hash, root: readonly number[], n: bigint): readonly number[] {
  return hash([...root, ...littleEndian(n, 32)]);
}

function rootOfMany(hash: Hash, of: Shape, values: readonly Value[], limit: number) {
  if (of.is !== "uint") return tree(hash, values.map((v) => root(hash, of, v)), depthFor(limit));
  const bytes = values.flatMap((value) => littleEndian(value, of.bytes));
  return tree(hash, chunksOf(bytes), depthFor(Math.ceil((limit * of.bytes) / 32)));
}

/** The hash tree root of a value. */
export function root(hash: Hash, shape: Shape, value: Value): readonly number[] {
  const parts = partsOf(value);
  switch (shape.is) {
    case "uint":
      return littleEndian(value, 32);
    case "hash":
      return hexBytes(value);
    case "custom":
      return shape.root === undefined ? root(hash, shape.as, value) : shape.root(hash, value);
    case "vector":
      return rootOfMany(hash, shape.of, parts, shape.length);
    case "list":
      return mixIn(hash, rootOfMany(hash, shape.of, parts, LIST_LIMIT), BigInt(parts.length));
    case "container": {
      const roots = shape.fields.map((field, i) => root(hash, field, parts[i] ?? []));
      return tree(hash, roots, depthFor(roots.length));
    }
    default: {
      const [selector = 0n, payload = []] = parts;
      const option = shape.options[Number(selector)];
      const inner = option === undefined ? ZERO : root(hash, option, payload);
      return mixIn(hash, inner, typeof selector === "bigint" ? selector : 0n);
    }
  }
}
