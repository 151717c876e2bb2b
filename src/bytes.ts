/**
 * Byte arguments, read through the intrinsics alone, so that no caller's code runs: a subclass with
 * its own `length`, a proxy, a detached or a resizable buffer are all told apart here.
 *
 * @module
 */

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const tagOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get;
const lengthOf = Object.getOwnPropertyDescriptor(typedArray, "byteLength")?.get;

/**
 * The length in bytes of a `Uint8Array`, or nothing for every other value.
 *
 * A view of a detached buffer has length 0, as the platform says.
 */
export function byteLengthOf(value: unknown): number | undefined {
  if (tagOf === undefined || lengthOf === undefined) return undefined;
  // The tag getter reads an internal slot: a proxy or a look-alike has none and gives undefined.
  if (Reflect.apply(tagOf, value, []) !== "Uint8Array") return undefined;
  const length: unknown = Reflect.apply(lengthOf, value, []);
  return typeof length === "number" ? length : undefined;
}

function isUint8Array(value: unknown): value is Uint8Array {
  return byteLengthOf(value) !== undefined;
}

/**
 * A private copy of the bytes of a `Uint8Array`, or nothing for every other value and for a view of
 * a detached buffer or of one that shrank away under it.
 */
export function copyBytes(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (!isUint8Array(value)) return undefined;
  const length = byteLengthOf(value);
  try {
    const copy = new Uint8Array(length ?? 0);
    copy.set(value); // reads internal slots; throws when the source is detached
    return copy;
  } catch {
    return undefined;
  }
}

/** Byte strings, one after the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
