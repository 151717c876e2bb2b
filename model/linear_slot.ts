/**
 * What the arguments of table operations stand for: natural numbers, slots, lists of slots.
 *
 * @module
 */

/** What a slot refers to: a function and its type. */
export interface Entry {
  /** The type of the function. */
  readonly typeIndex: bigint;
  /** The function. */
  readonly funcIndex: bigint;
}

/** A slot: an entry, or nothing. */
export type Slot = Entry | null;

/** What an operation gives: a value, a trap, or the name of the argument that is no valid value. */
export type Outcome<T> =
  | { readonly ok: T }
  | { readonly trap: string }
  | { readonly invalid: string };

/** The most slots that a table or a segment may have (Wasm JavaScript interface, limits). */
export const SLOTS_MAX = 10_000_000n;

/** The greatest index that WebAssembly has. */
export const U32_MAX: bigint = 2n ** 32n - 1n;

/** The greatest offset that a number holds exactly. */
export const USIZE_MAX: bigint = 2n ** 53n - 1n;

/** The natural number that an argument stands for, up to `max`; nothing when it stands for none. */
export function natural(value: unknown, max: bigint): bigint | undefined {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  return value < 0 || BigInt(value) > max ? undefined : BigInt(value);
}

/** The slot that an argument stands for; `undefined` when it stands for none. */
export function slotOf(value: unknown): Slot | undefined {
  if (value === null) return null;
  if (typeof value !== "object") return undefined;
  try {
    const typeIndex = natural(Reflect.get(value, "typeIndex"), U32_MAX);
    const funcIndex = natural(Reflect.get(value, "funcIndex"), U32_MAX);
    return typeIndex === undefined || funcIndex === undefined
      ? undefined
      : { typeIndex, funcIndex };
  } catch {
    return undefined; // its code threw: it cannot be read
  }
}

/** How many items an argument has, when it is an array whose length can be read. */
export function lengthOf(value: unknown): bigint | undefined {
  try {
    return Array.isArray(value) ? natural(value.length, USIZE_MAX) : undefined;
  } catch {
    return undefined;
  }
}

/** The slots that the first `length` items of an array stand for; nothing when one stands for none. */
export function slotsOf(value: unknown, length: bigint): readonly Slot[] | undefined {
  try {
    if (!Array.isArray(value)) return undefined;
    const slots: Slot[] = [];
    for (let index = 0n; index < length; index++) {
      const slot = slotOf(value[Number(index)]);
      if (slot === undefined) return undefined;
      slots.push(slot);
    }
    return slots;
  } catch {
    return undefined;
  }
}
