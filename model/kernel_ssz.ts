/**
 * SSZ in its plainest form: a shape says what a value is made of, and folds over the shape give
 * its bytes, and in files of their own the value of some bytes and the hash tree root.
 *
 * Numbers are bigints, hashes are text of 64 hex digits, everything else is a list: the elements, the
 * fields in their order, or the selector and the value of a union. Bytes are a list of uint8. The
 * hash function is handed in, as a function of lists of bytes.
 *
 * @module
 */

/** A hash function, from bytes to 32 bytes. */
export type Hash = (bytes: readonly number[]) => readonly number[];

/** A value of some shape. */
export type Value = bigint | string | readonly Value[];

/** What a value is made of. A custom shape is written as another one, but has a root of its own. */
export type Shape =
  | { readonly is: "uint"; readonly bytes: number }
  | { readonly is: "hash" }
  | { readonly is: "list"; readonly of: Shape }
  | { readonly is: "vector"; readonly of: Shape; readonly length: number }
  | { readonly is: "container"; readonly fields: readonly Shape[] }
  | { readonly is: "union"; readonly options: readonly (Shape | undefined)[] }
  | {
    readonly is: "custom";
    readonly as: Shape;
    readonly root?: (hash: Hash, value: Value) => readonly number[];
    readonly valid?: (value: Value) => boolean;
  };

/** The parts of a value that is no number and no text. */
export function partsOf(value: Value): readonly Value[] {
  return typeof value === "object" ? value : [];
}

/** A number in `size` bytes, the least significant first. */
export function littleEndian(value: Value, size: number): readonly number[] {
  const n = typeof value === "bigint" ? value : 0n;
  return Array.from({ length: size }, (_, i) => Number((n / 256n ** BigInt(i)) % 256n));
}

/** The number that bytes hold, the least significant first. */
export function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduceRight((n, byte) => n * 256n + BigInt(byte), 0n);
}

/** Text of hex digits as bytes. */
export function hexBytes(text: Value): readonly number[] {
  const pairs = typeof text === "string" ? text.match(/../g) ?? [] : [];
  return pairs.map((pair) => parseInt(pair, 16));
}

/** Bytes as text of hex digits. */
export function hexText(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The size of every value of a shape, where they all have the same. */
export function fixedSize(shape: Shape): number | undefined {
  if (shape.is === "uint") return shape.bytes;
  if (shape.is === "hash") return 32;
  if (shape.is === "custom") return fixedSize(shape.as);
  const parts = shape.is === "container"
    ? shape.fields
    : shape.is === "vector"
    ? Array.from({ length: shape.length }, () => shape.of)
    : undefined;
  return parts?.reduce<number | undefined>((sum, part) => {
    const size = fixedSize(part);
    return sum === undefined || size === undefined ? undefined : sum + size;
  }, 0);
}

function serializeParts(shapes: readonly Shape[], values: readonly Value[]): readonly number[] {
  const bodies = shapes.map((shape, i) => serialize(shape, values[i] ?? []));
  const fixed = shapes.map((shape) => fixedSize(shape) !== undefined);
  const headSize = bodies.reduce((sum, body, i) => sum + (fixed[i] ? body.length : 4), 0);
  const tails = bodies.map((body, i) => fixed[i] ? [] : body);
  const heads = bodies.map((body, i) => {
    const before = tails.slice(0, i).reduce((sum, tail) => sum + tail.length, 0);
    return fixed[i] ? body : littleEndian(BigInt(headSize + before), 4);
  });
  return [...heads.flat(), ...tails.flat()];
}

/** The bytes of a value. */
export function serialize(shape: Shape, value: Value): readonly number[] {
  switch (shape.is) {
    case "uint":
      return littleEndian(value, shape.bytes);
    case "hash":
      return hexBytes(value);
    case "custom":
      return serialize(shape.as, value);
    case "container":
      return serializeParts(shape.fields, partsOf(value));
    case "union": {
      const [selector = 0n, payload = []] = partsOf(value);
      const option = shape.options[Number(selector)];
      return [Number(selector), ...option === undefined ? [] : serialize(option, payload)];
    }
    default:
      return serializeParts(partsOf(value).map(() => shape.of), partsOf(value));
  }
}
