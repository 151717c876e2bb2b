/** Counts of bits, sign extension and reversal of the bytes of 64-bit words. */

/** How many zero bits come before the highest one: 0..64. Wasm core 2.0, 4.3.2 (iclz). */
export function clz(aLo: number, aHi: number): number {
  return (aHi | 0) === 0 ? 32 + Math.clz32(aLo) : Math.clz32(aHi);
}

/** How many zero bits come below the lowest one, in one half: 0..32. */
function ctz32(a: number): number {
  return (a | 0) === 0 ? 32 : 31 - Math.clz32(a & -a);
}

/** How many zero bits come below the lowest one: 0..64. Wasm core 2.0, 4.3.2 (ictz). */
export function ctz(aLo: number, aHi: number): number {
  return (aLo | 0) === 0 ? 32 + ctz32(aHi) : ctz32(aLo);
}

/** How many bits of one half are set, summed side by side in fields of 2, 4 and 8 bits: 0..32. */
function popcnt32(a: number): number {
  const pairs = (a & 0x55555555) + ((a >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bytes, 0x01010101) >>> 24;
}

/** How many bits are set: 0..64. Wasm core 2.0, 4.3.2 (ipopcnt). */
export function popcnt(aLo: number, aHi: number): number {
  return popcnt32(aLo) + popcnt32(aHi);
}

/** Writes the low 8 bits, read as signed, to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (iextend8_s). */
export function extend8S(aLo: number, out: Int32Array, at: number): void {
  const lo = aLo << 24 >> 24;
  out[at] = lo;
  out[at + 1] = lo >> 31;
}

/** Writes the low 16 bits, read as signed, to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (iextend16_s). */
export function extend16S(aLo: number, out: Int32Array, at: number): void {
  const lo = aLo << 16 >> 16;
  out[at] = lo;
  out[at + 1] = lo >> 31;
}

/** Writes the low half, read as signed, to `out[at]` (low half) and `out[at + 1]`. Wasm core 2.0, 4.3.2 (iextend32_s). */
export function extend32S(aLo: number, out: Int32Array, at: number): void {
  out[at] = aLo;
  out[at + 1] = aLo >> 31;
}

/** One half with its four bytes in reverse. */
function byteSwap32(a: number): number {
  return (a << 24) | ((a & 0xff00) << 8) | ((a >>> 8) & 0xff00) | (a >>> 24);
}

/** Writes `a` with its eight bytes in reverse to `out[at]` (low half) and `out[at + 1]`. Gray Paper, appendix A.5 (`reverse_bytes`). */
export function byteSwap(aLo: number, aHi: number, out: Int32Array, at: number): void {
  const lo = byteSwap32(aHi);
  out[at + 1] = byteSwap32(aLo);
  out[at] = lo;
}
