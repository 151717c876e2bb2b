/**
 * The value of some bytes, strictly: every byte belongs to the value, and no other bytes give the
 * same value.
 *
 * @module
 */

import { fixedSize, hexText, numberOf, type Shape, type Value } from "./kernel_ssz.ts";

/** The value, or nothing when the bytes are those of no value. */
export type Read = { readonly value: Value } | undefined;

function all(reads: readonly Read[]): Read {
  const values = reads.flatMap((read) => read === undefined ? [] : [read.value]);
  return values.length === reads.length ? { value: values } : undefined;
}

/** Fields one after the other: those without a fixed size stand behind, at an offset. */
function readFields(fields: readonly Shape[], bytes: readonly number[]): Read {
  const sizes = fields.map((field) => fixedSize(field));
  const starts = sizes.map((_, i) =>
    sizes.slice(0, i).reduce<number>((sum, s) => sum + (s ?? 4), 0)
  );
  const headSize = sizes.reduce<number>((sum, size) => sum + (size ?? 4), 0);
  if (bytes.length < headSize) return undefined;
  const offsets = fields.flatMap((_, i) => {
    const at = starts[i] ?? 0;
    return sizes[i] === undefined ? [Number(numberOf(bytes.slice(at, at + 4)))] : [];
  });
  const ends = [...offsets.slice(1), bytes.length];
  const first = offsets[0] ?? bytes.length;
  if (first !== headSize || offsets.some((offset, i) => offset > (ends[i] ?? 0))) return undefined;
  let tail = 0;
  return all(fields.map((field, i) => {
    const at = starts[i] ?? 0;
    const size = sizes[i];
    if (size !== undefined) return deserialize(field, bytes.slice(at, at + size));
    const [from, to] = [offsets[tail], ends[tail]];
    tail += 1;
    return deserialize(field, bytes.slice(from, to));
  }));
}

function readList(of: Shape, bytes: readonly number[]): Read {
  const size = fixedSize(of);
  if (size === undefined) {
    if (bytes.length === 0) return { value: [] };
    const first = Number(numberOf(bytes.slice(0, 4)));
    if (first === 0 || first % 4 !== 0 || first > bytes.length) return undefined;
    return readFields(Array.from({ length: first / 4 }, () => of), bytes);
  }
  if (bytes.length % size !== 0) return undefined;
  const starts = Array.from({ length: bytes.length / size }, (_, i) => i * size);
  return all(starts.map((at) => deserialize(of, bytes.slice(at, at + size))));
}

/** The value of some bytes. */
export function deserialize(shape: Shape, bytes: readonly number[]): Read {
  switch (shape.is) {
    case "uint":
      return bytes.length === shape.bytes ? { value: numberOf(bytes) } : undefined;
    case "hash":
      return bytes.length === 32 ? { value: hexText(bytes) } : undefined;
    case "vector":
      return readFields(Array.from({ length: shape.length }, () => shape.of), bytes);
    case "container":
      return readFields(shape.fields, bytes);
    case "list":
      return readList(shape.of, bytes);
    case "custom": {
      const read = deserialize(shape.as, bytes);
      return read === undefined || shape.valid?.(read.value) === false ? undefined : read;
    }
    default: {
      const [selector, ...rest] = bytes;
      if (selector === undefined || selector >= shape.options.length) return undefined;
      const option = shape.options[selector];
      if (option === undefined) {
        return rest.length === 0 ? { value: [BigInt(selector)] } : undefined;
      }
      const read = deserialize(option, rest);
      return read === undefined ? undefined : { value: [BigInt(selector), read.value] };
    }
  }
}
