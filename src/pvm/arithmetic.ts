/**
 * The operations on registers that programs do rarely, kept out of the inner loop so that it stays
 * small enough to be compiled well.
 *
 * @module
 */

import { wide } from "../int/mod.ts";

/** Divides 32-bit words (Gray Paper, appendix A.5: `div_u_32` to `rem_s_32`). */
function divide32(operation: number, a: number, b: number): number {
  const [ua, ub] = [a >>> 0, b >>> 0];
  switch (operation) {
    case 193: // div_u_32
      return b === 0 ? -1 : Math.floor(ua / ub) | 0;
    case 194: // div_s_32; the quotient of -2^31 by -1 is 2^31, which wraps to the dividend
      return b === 0 ? -1 : (a / b) | 0;
    case 195: // rem_u_32
      return b === 0 ? a : (ua % ub) | 0;
    default: // rem_s_32; -0 becomes 0
      return b === 0 ? a : (a % b) | 0;
  }
}

function rotateLeft32(word: number, count: number): number {
  return (word << count) | (word >>> 1 >>> (31 - (count & 31)));
}

function put(words: Int32Array, d: number, low: number, high: number): void {
  words[d] = low;
  words[d + 1] = high;
}

/**
 * Does an operation that the inner loop does not do itself: 64-bit operands at the places `a` and
 * `b`, the result at `d` (Gray Paper, appendix A.5).
 */
export function arithmetic(
  words: Int32Array,
  operation: number,
  d: number,
  a: number,
  b: number,
): void {
  const al = words[a] ?? 0;
  const ah = words[a + 1] ?? 0;
  const bl = words[b] ?? 0;
  const bh = words[b + 1] ?? 0;
  switch (operation) {
    case 102: // count_set_bits_64
      return put(words, d, wide.popcnt(al, ah), 0);
    case 103: // count_set_bits_32
      return put(words, d, wide.popcnt(al, 0), 0);
    case 104: // leading_zero_bits_64
      return put(words, d, wide.clz(al, ah), 0);
    case 105: // leading_zero_bits_32
      return put(words, d, Math.clz32(al), 0);
    case 106: // trailing_zero_bits_64
      return put(words, d, wide.ctz(al, ah), 0);
    case 107: // trailing_zero_bits_32: a bit above the word bounds the count
      return put(words, d, wide.ctz(al, 1), 0);
    case 108: // sign_extend_8
      return wide.extend8S(al, words, d);
    case 109: // sign_extend_16
      return wide.extend16S(al, words, d);
    case 110: // zero_extend_16
      return put(words, d, al & 0xffff, 0);
    case 111: // reverse_bytes
      return wide.byteSwap(al, ah, words, d);
    case 193: // div_u_32
    case 194: // div_s_32
    case 195: // rem_u_32
    case 196: // rem_s_32
      return wide.extend32S(divide32(operation, al, bl), words, d);
    case 203: // div_u_64
      return wide.divU(al, ah, bl, bh, words, d);
    case 204: // div_s_64
      return wide.divS(al, ah, bl, bh, words, d);
    case 205: // rem_u_64
      return wide.remU(al, ah, bl, bh, words, d);
    case 206: // rem_s_64
      return wide.remS(al, ah, bl, bh, words, d);
    case 213: // mul_upper_s_s
      return wide.mulUpperSS(al, ah, bl, bh, words, d);
    case 214: // mul_upper_u_u
      return wide.mulUpperUU(al, ah, bl, bh, words, d);
    case 215: // mul_upper_s_u
      return wide.mulUpperSU(al, ah, bl, bh, words, d);
    case 220: // rot_l_64
      return wide.rotl(al, ah, bl, words, d);
    case 221: // rot_l_32
      return wide.extend32S(rotateLeft32(al, bl), words, d);
    case 222: // rot_r_64
      return wide.rotr(al, ah, bl, words, d);
    case 223: // rot_r_32
      return wide.extend32S(rotateLeft32(al, -bl), words, d);
    case 224: // and_inv
      return put(words, d, al & ~bl, ah & ~bh);
    case 225: // or_inv
      return put(words, d, al | ~bl, ah | ~bh);
    case 226: // xnor
      return put(words, d, ~(al ^ bl), ~(ah ^ bh));
    case 227: // max
      return wide.ltS(al, ah, bl, bh) ? put(words, d, bl, bh) : put(words, d, al, ah);
    case 228: // max_u
      return wide.ltU(al, ah, bl, bh) ? put(words, d, bl, bh) : put(words, d, al, ah);
    case 229: // min
      return wide.ltS(al, ah, bl, bh) ? put(words, d, al, ah) : put(words, d, bl, bh);
    default: // min_u
      return wide.ltU(al, ah, bl, bh) ? put(words, d, al, ah) : put(words, d, bl, bh);
  }
}
