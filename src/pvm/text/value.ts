/**
 * Values in instructions: 0 to 4 bytes with a sign, or 8 bytes.
 *
 * @module
 */

/** The fewest bytes that hold a 32-bit number with its sign; none hold 0. */
export function shortest(value: number): number {
  if (value === 0) return 0;
  const bits = 33 - Math.clz32(value < 0 ? ~value : value);
  return Math.ceil(bits / 8);
}

/** The low `length` bytes of a value, little-endian. */
export function littleEndian(value: bigint | number, length: number): readonly number[] {
  const wide = BigInt(value);
  return Array.from(
    { length },
    (_, place) => Number(BigInt.asUintN(8, wide >> BigInt(8 * place))),
  );
}

/**
 * The 32-bit number with a sign that a value stands for; nothing when it stands for none.
 *
 * @param value The value: with its sign, or modulo 2^64.
 * @param loose Whether only the low 32 bits count: then the value may be modulo 2^32 too.
 */
export function signed32(value: bigint, loose: boolean): number | undefined {
  const whole = value >= 2n ** 63n ? value - 2n ** 64n : value;
  const number = loose && whole >= 2n ** 31n && whole < 2n ** 32n ? whole - 2n ** 32n : whole;
  return BigInt.asIntN(32, number) === number ? Number(number) : undefined;
}
