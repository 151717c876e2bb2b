/**
 * Shifts and rotations of 64-bit words, by an amount taken modulo 64.
 *
 * The bits that cross from one half into the other move by 32 less the amount. JavaScript takes
 * shift amounts modulo 32, so that an amount of 0 would not move them out: they go one place first,
 * and 31 less the amount after, which is `~count` modulo 32.
 */

/** Writes `a` moved up by `count` bits to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (ishl). */
export function shl(aLo: number, aHi: number, count: number, out: Int32Array, at: number): void {
  if ((count & 32) === 0) {
    out[at] = aLo << count;
    out[at + 1] = (aHi << count) | (aLo >>> 1 >>> ~count);
  } else {
    out[at] = 0;
    out[at + 1] = aLo << count;
  }
}

/**
 * Writes `a` moved down by `count` bits, zeros coming in, to `out[at]` (low half) and `out[at + 1]`.
 * Wasm core 2.0, 4.3.2 (ishr_u).
 */
export function shrU(aLo: number, aHi: number, count: number, out: Int32Array, at: number): void {
  if ((count & 32) === 0) {
    out[at] = (aLo >>> count) | (aHi << 1 << ~count);
    out[at + 1] = aHi >>> count;
  } else {
    out[at] = aHi >>> count;
    out[at + 1] = 0;
  }
}

/**
 * Writes `a` moved down by `count` bits, copies of the sign coming in, to `out[at]` (low half) and
 * `out[at + 1]`. Wasm core 2.0, 4.3.2 (ishr_s).
 */
export function shrS(aLo: number, aHi: number, count: number, out: Int32Array, at: number): void {
  if ((count & 32) === 0) {
    out[at] = (aLo >>> count) | (aHi << 1 << ~count);
    out[at + 1] = aHi >> count;
  } else {
    out[at] = aHi >> count;
    out[at + 1] = aHi >> 31;
  }
}

/**
 * Writes `a` turned up by `count` bits to `out[at]` (low half) and `out[at + 1]`: the bits that leave
 * at the top come in below. Wasm core 2.0, 4.3.2 (irotl).
 */
export function rotl(aLo: number, aHi: number, count: number, out: Int32Array, at: number): void {
  // By 32 bits the halves change places.
  const lo = (count & 32) === 0 ? aLo : aHi;
  const hi = (count & 32) === 0 ? aHi : aLo;
  const rest = ~count;
  out[at] = (lo << count) | (hi >>> 1 >>> rest);
  out[at + 1] = (hi << count) | (lo >>> 1 >>> rest);
}

/**
 * Writes `a` turned down by `count` bits to `out[at]` (low half) and `out[at + 1]`: the bits that
 * leave at the bottom come in above. Wasm core 2.0, 4.3.2 (irotr).
 */
export function rotr(aLo: number, aHi: number, count: number, out: Int32Array, at: number): void {
  rotl(aLo, aHi, -count, out, at);
}
