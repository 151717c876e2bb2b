/** Comparison of 64-bit words. */

/** Whether two words are equal. Wasm core 2.0, 4.3.2 (ieq). */
export function eq(aLo: number, aHi: number, bLo: number, bHi: number): boolean {
  return ((aLo ^ bLo) | (aHi ^ bHi)) === 0;
}

/** Whether `a` is less than `b`, both unsigned. Wasm core 2.0, 4.3.2 (ilt_u). */
export function ltU(aLo: number, aHi: number, bLo: number, bHi: number): boolean {
  const a = aHi >>> 0;
  const b = bHi >>> 0;
  return a === b ? (aLo >>> 0) < (bLo >>> 0) : a < b;
}

/** Whether `a` is less than `b`, both signed. Wasm core 2.0, 4.3.2 (ilt_s). */
export function ltS(aLo: number, aHi: number, bLo: number, bHi: number): boolean {
  const a = aHi | 0;
  const b = bHi | 0;
  return a === b ? (aLo >>> 0) < (bLo >>> 0) : a < b;
}
