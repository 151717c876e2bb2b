/**
 * The reference model of integer operations, by their definitions over any number of bits
 * (Wasm core 2.0, 4.3.2). An integer of `n` bits is a bigint; its signedness is a way to read it.
 *
 * @module
 */

/** What an operation gives: a value, a trap, or the name of the argument that is no valid value. */
export type Outcome<T> =
  | { readonly ok: T }
  | { readonly trap: string }
  | { readonly invalid: string };

/** The integer of `n` bits read as unsigned: its residue modulo 2^n. */
export function unsigned(n: bigint, i: bigint): bigint {
  return ((i % 2n ** n) + 2n ** n) % 2n ** n;
}

/** The integer of `n` bits read as signed. */
export function signed(n: bigint, i: bigint): bigint {
  const u = unsigned(n, i);
  return u < 2n ** (n - 1n) ? u : u - 2n ** n;
}

/** The greatest integer that is no greater than a quotient; the divisor is positive. */
export function floorOf(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return quotient * divisor > dividend ? quotient - 1n : quotient;
}

/** The `n` binary digits, the most significant first. */
function digits(n: bigint, i: bigint): string[] {
  return [...unsigned(n, i).toString(2).padStart(Number(n), "0")];
}

/** The number that some binary digits write. */
function numberOf(binary: readonly string[]): bigint {
  return BigInt(`0b${binary.join("")}`);
}

/** An operation on two integers of `n` bits. */
export type Binary = (n: bigint, a: bigint, b: bigint) => Outcome<bigint>;

/** Division, which JavaScript's bigint truncates toward zero, as WebAssembly does. */
function quotient(n: bigint, a: bigint, b: bigint, end: bigint): Outcome<bigint> {
  if (b === 0n) return { trap: "division-by-zero" };
  return a / b === end ? { trap: "integer-overflow" } : { ok: unsigned(n, a / b) };
}

function remainder(a: bigint, b: bigint): Outcome<bigint> {
  return b === 0n ? { trap: "division-by-zero" } : { ok: a - b * (a / b) };
}

const rotated = (n: bigint, i: bigint, left: bigint): bigint => {
  const binary = digits(n, i);
  const at = Number(left);
  return numberOf([...binary.slice(at), ...binary.slice(0, at)]);
};

/** The operations on two integers, by name. */
export const BINARY: Readonly<Record<string, Binary>> = {
  divS: (n, a, b) => quotient(n, signed(n, a), signed(n, b), 2n ** (n - 1n)),
  divU: (n, a, b) => quotient(n, unsigned(n, a), unsigned(n, b), 2n ** n),
  remS: (n, a, b) => remainder(signed(n, a), signed(n, b)),
  remU: (n, a, b) => remainder(unsigned(n, a), unsigned(n, b)),
  shl: (n, a, b) => ({ ok: unsigned(n, a * 2n ** (unsigned(n, b) % n)) }),
  shrS: (n, a, b) => ({ ok: floorOf(signed(n, a), 2n ** (unsigned(n, b) % n)) }),
  shrU: (n, a, b) => ({ ok: floorOf(unsigned(n, a), 2n ** (unsigned(n, b) % n)) }),
  rotl: (n, a, b) => ({ ok: rotated(n, a, unsigned(n, b) % n) }),
  rotr: (n, a, b) => ({ ok: rotated(n, a, n - unsigned(n, b) % n) }),
};

const zerosBefore = (binary: readonly string[]): bigint => {
  const first = binary.indexOf("1");
  return BigInt(first < 0 ? binary.length : first);
};

/** The operations on one integer, by name. */
export const UNARY: Readonly<Record<string, (n: bigint, i: bigint) => bigint>> = {
  clz: (n, i) => zerosBefore(digits(n, i)),
  ctz: (n, i) => zerosBefore(digits(n, i).toReversed()),
  popcnt: (n, i) => BigInt(digits(n, i).filter((digit) => digit === "1").length),
  extend8S: (_n, i) => signed(8n, i),
  extend16S: (_n, i) => signed(16n, i),
  extend32S: (_n, i) => signed(32n, i),
};
