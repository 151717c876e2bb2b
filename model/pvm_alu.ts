/**
 * The reference model of the PVM: what its operations compute, at any width (Gray Paper, appendix
 * A.5).
 *
 * @module
 */

import { signed } from "./pvm_decode.ts";

/**
 * An operation on words of `width` bits: operands and result are from 0 to 2^width - 1.
 *
 * `old` is what the destination holds.
 */
export type Operation = (width: bigint, a: bigint, b: bigint, old: bigint) => bigint;

/** An integer modulo 2^width. */
function low(width: bigint, value: bigint): bigint {
  return BigInt.asUintN(Number(width), value);
}

function bit(condition: boolean): bigint {
  return condition ? 1n : 0n;
}

/** The bits of a word, the lowest first. */
function bits(width: bigint, value: bigint): readonly bigint[] {
  return Array.from({ length: Number(width) }, (_, place) => value / 2n ** BigInt(place) % 2n);
}

/** How many zeros there are before the first 1. */
function zeros(digits: readonly bigint[]): bigint {
  const first = digits.indexOf(1n);
  return BigInt(first === -1 ? digits.length : first);
}

/** The largest integer not above the quotient. */
function floorDivide(a: bigint, b: bigint): bigint {
  return (a - ((a % b) + b) % b) / b;
}

function rotateLeft(width: bigint, value: bigint, count: bigint): bigint {
  return low(width, value * 2n ** count) + value / 2n ** (width - count);
}

const complement = (width: bigint, value: bigint): bigint => 2n ** width - 1n - value;

const quotient: Operation = (w, a, b) =>
  // Division of bigints truncates. The quotient of the least number by -1 wraps to the dividend.
  b === 0n ? 2n ** w - 1n : low(w, signed(a, w) / signed(b, w));

/** Every operation, by the mnemonic that does it without its width. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  move_reg: (_w, a) => a,
  count_set_bits: (w, a) => bits(w, a).reduce((sum, digit) => sum + digit, 0n),
  leading_zero_bits: (w, a) => zeros(bits(w, a).toReversed()),
  trailing_zero_bits: (w, a) => zeros(bits(w, a)),
  sign_extend_8: (w, a) => low(w, signed(a, 8n)),
  sign_extend_16: (w, a) => low(w, signed(a, 16n)),
  zero_extend_16: (_w, a) => a % 2n ** 16n,
  reverse_bytes: (w, a) => {
    let reversed = 0n;
    for (let i = 0n; i < w; i += 8n) reversed = reversed * 256n + a / 2n ** i % 256n;
    return reversed;
  },
  add: (w, a, b) => low(w, a + b),
  sub: (w, a, b) => low(w, a - b),
  mul: (w, a, b) => low(w, a * b),
  div_u: (w, a, b) => b === 0n ? 2n ** w - 1n : a / b,
  div_s: quotient,
  rem_u: (_w, a, b) => b === 0n ? a : a % b,
  rem_s: (w, a, b) => b === 0n ? a : low(w, signed(a, w) % signed(b, w)),
  shlo_l: (w, a, b) => low(w, a * 2n ** (b % w)),
  shlo_r: (w, a, b) => a / 2n ** (b % w),
  shar_r: (w, a, b) => low(w, floorDivide(signed(a, w), 2n ** (b % w))),
  and: (_w, a, b) => a & b,
  xor: (_w, a, b) => a ^ b,
  or: (_w, a, b) => a | b,
  mul_upper_s_s: (w, a, b) => low(w, floorDivide(signed(a, w) * signed(b, w), 2n ** w)),
  mul_upper_u_u: (w, a, b) => a * b / 2n ** w,
  mul_upper_s_u: (w, a, b) => low(w, floorDivide(signed(a, w) * b, 2n ** w)),
  set_lt_u: (_w, a, b) => bit(a < b),
  set_lt_s: (w, a, b) => bit(signed(a, w) < signed(b, w)),
  set_gt_u: (_w, a, b) => bit(a > b),
  set_gt_s: (w, a, b) => bit(signed(a, w) > signed(b, w)),
  cmov_iz: (_w, a, b, old) => b === 0n ? a : old,
  cmov_nz: (_w, a, b, old) => b !== 0n ? a : old,
  rot_l: (w, a, b) => rotateLeft(w, a, b % w),
  rot_r: (w, a, b) => rotateLeft(w, a, (w - b % w) % w),
  and_inv: (w, a, b) => a & complement(w, b),
  or_inv: (w, a, b) => a | complement(w, b),
  xnor: (w, a, b) => complement(w, a ^ b),
  max: (w, a, b) => signed(a, w) > signed(b, w) ? a : b,
  max_u: (_w, a, b) => a > b ? a : b,
  min: (w, a, b) => signed(a, w) < signed(b, w) ? a : b,
  min_u: (_w, a, b) => a < b ? a : b,
};

/** An operation of the machine on registers: one on words of 32 bits extends their sign to 64. */
export function onRegisters(
  operation: Operation,
  width: bigint,
  a: bigint,
  b: bigint,
  old: bigint,
): bigint {
  return low(64n, signed(operation(width, low(width, a), low(width, b), low(width, old)), width));
}
