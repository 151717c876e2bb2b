/**
 * Packed pointers and hexadecimal digits (guest arena ABI: packed result, `hexDecode`).
 *
 * @module
 */

/** What an operation gives: a value, or an error with its data. */
export type Outcome<T> = { readonly ok: T } | { readonly error: ArenaError };

/** Why an operation gave no value: its kind, and the data of the kind. */
export interface ArenaError {
  /** The kind of the error. */
  readonly kind: string;
  /** The data of its kind. */
  readonly [data: string]: unknown;
}

/** A pointer and a length. */
export interface PtrLen {
  /** The pointer. */
  readonly ptr: bigint;
  /** The length in bytes. */
  readonly len: bigint;
}

const TWO_32 = 4_294_967_296n;

/** The error for an argument that is no value of its parameter. */
export function invalid(parameter: string): { readonly error: ArenaError } {
  return { error: { kind: "invalid-argument", parameter } };
}

/** The 32-bit word that an argument stands for, signed or unsigned; nothing when it stands for none. */
export function word(value: unknown): bigint | undefined {
  if (typeof value !== "number" || !Number.isInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  const integer = BigInt(value);
  if (integer < -TWO_32 / 2n || integer >= TWO_32) return undefined;
  return integer < 0n ? integer + TWO_32 : integer;
}

/** Pointer and length in one number: the pointer in the high half. */
export function encode(ptr: unknown, len: unknown): Outcome<bigint> {
  const high = word(ptr);
  if (high === undefined) return invalid("ptr");
  const low = word(len);
  return low === undefined ? invalid("len") : { ok: high * TWO_32 + low };
}

/** Pointer and length out of one number, signed or unsigned. */
export function decode(packed: unknown): Outcome<PtrLen> {
  const range = TWO_32 * TWO_32;
  if (typeof packed !== "bigint" || packed < -range / 2n || packed >= range) {
    return invalid("packed");
  }
  const unsigned = packed < 0n ? packed + range : packed;
  return { ok: { ptr: unsigned / TWO_32, len: unsigned % TWO_32 } };
}

const LOWER = "0123456789abcdef";
const UPPER = "0123456789ABCDEF";

function digit(character: string): bigint | undefined {
  const place = Math.max(LOWER.indexOf(character), UPPER.indexOf(character));
  return place < 0 ? undefined : BigInt(place);
}

/** The bytes that hexadecimal digits stand for, two digits each. */
export function hexDecode(hex: unknown): Outcome<bigint[]> {
  if (typeof hex !== "string") return invalid("hex");
  if (hex.length % 2 !== 0) {
    return { error: { kind: "odd-length", lengthCharacters: BigInt(hex.length) } };
  }
  const digits = hex.split("").map(digit);
  const bad = digits.indexOf(undefined);
  if (bad >= 0) return { error: { kind: "bad-digit", position: BigInt(bad) } };
  const bytes: bigint[] = [];
  for (let place = 0; place < digits.length; place += 2) {
    bytes.push((digits[place] ?? 0n) * 16n + (digits[place + 1] ?? 0n));
  }
  return { ok: bytes };
}

/** The digits of bytes, in lower case. */
export function hexEncode(bytes: readonly bigint[]): string {
  return bytes.map((byte) => LOWER.charAt(Number(byte / 16n)) + LOWER.charAt(Number(byte % 16n)))
    .join("");
}
