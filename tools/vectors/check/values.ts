/** Reading values out of parsed vectors, and telling how two values differ. */

import { wholeOf } from "../../../src/cli/exact_json.ts";

/** A value of parsed JSON whose fields are not known yet. */
export type Given = unknown;

/** A field of an object; nothing when there is none. */
export function field(value: Given, name: string): Given {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** The items of a list; none for what is no list. */
export function list(value: Given): readonly Given[] {
  return Array.isArray(value) ? value : [];
}

/** The items of the list in a field. */
export function listIn(value: Given, name: string): readonly Given[] {
  return list(field(value, name));
}

/** A text; throws for anything else, which the schema has excluded. */
export function text(value: Given): string {
  if (typeof value !== "string") throw new Error(`no text: ${show(value)}`);
  return value;
}

/** A whole number that a double holds; throws for anything else. */
export function number(value: Given): number {
  const whole = wholeOf(value, BigInt(Number.MIN_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER));
  if (whole === undefined) throw new Error(`no number: ${show(value)}`);
  return Number(whole);
}

const U64_MAX = 2n ** 64n - 1n;

/** A whole number of 64 bits that was read exactly; throws for anything else. */
export function exact(value: Given): bigint {
  const whole = wholeOf(value, 0n, U64_MAX);
  if (whole === undefined) throw new Error("no whole number of 64 bits");
  return whole;
}

/** The same as a number. */
export const small = (value: Given): number => Number(exact(value));

/** A decimal string as an integer. */
export function decimal(value: Given): bigint {
  return BigInt(text(value));
}

/** Hexadecimal text as bytes. */
export function bytes(value: Given): Uint8Array {
  return Uint8Array.from((text(value).match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

/** Bytes as hexadecimal text. */
export function hex(value: Iterable<number>): string {
  return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A value in a few words. */
export function show(value: Given): string {
  const whole = typeof value === "bigint" ? `${value}` : JSON.stringify(value) ?? "nothing";
  return whole.length > 80 ? `${whole.slice(0, 77)}…` : whole;
}

/** Where two values differ first; nothing when they do not. Fields that are undefined are not there. */
export function difference(actual: Given, expected: Given, at = ""): string | undefined {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length) {
      return `${at}: ${actual.length} items, not ${expected.length}`;
    }
    for (const [i, item] of actual.entries()) {
      const found = difference(item, expected[i], `${at}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const areObjects = typeof actual === "object" && typeof expected === "object" &&
    actual !== null && expected !== null && !Array.isArray(actual) && !Array.isArray(expected);
  if (areObjects) {
    for (const name of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
      const found = difference(field(actual, name), field(expected, name), `${at}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return Object.is(actual, expected)
    ? undefined
    : `${at} is ${show(actual)}, not ${show(expected)}`;
}

/** The value of a result that has to be a success. */
export function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | {
    readonly ok: false;
    readonly error: unknown;
  },
  what: string,
): T {
  if (!result.ok) throw new Error(`${what}: ${show(field(result.error, "kind"))}`);
  return result.value;
}

/** Bytes that are not 0, as states list them. */
export function runs(memory: Uint8Array): readonly { address: number; bytes: string }[] {
  const found: { address: number; length: number }[] = [];
  for (const [at, byte] of memory.entries()) {
    if (byte === 0) continue;
    const last = found.at(-1);
    if (last === undefined || at - last.address - last.length >= 8) {
      found.push({ address: at, length: 1 });
    } else last.length = at - last.address + 1;
  }
  return found.map(({ address, length }) => ({
    address,
    bytes: hex(memory.subarray(address, address + length)),
  }));
}
