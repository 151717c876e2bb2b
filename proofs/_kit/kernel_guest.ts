/** Guest programs of the kernel, as code and mask. */

/** Code and where its instructions begin, one bit for each byte. */
export interface Guest {
  readonly code: Uint8Array;
  readonly packedBitmask: Uint8Array;
}

/** An instruction: its bytes. */
export type Line = readonly number[];

/** A register takes a value of 64 bits. */
export function load(register: number, value: bigint): Line {
  const bytes = Array.from(
    { length: 8 },
    (_, i) => Number(BigInt.asUintN(8, value >> BigInt(8 * i))),
  );
  return [20, register, ...bytes];
}

/** A register takes a value of 0 to 127. */
export function small(register: number, value: number): Line {
  return [51, register, value];
}

/** An operation by its number, 0 to 32,767. */
export function ecalli(number: number): Line {
  return number < 128 ? [10, number] : [10, number & 0xff, number >> 8];
}

/** The operation whose number is in r11. */
export const ECALL: Line = [3];
export const TRAP: Line = [0];
export const FALLTHROUGH: Line = [1];
export const REPLY: Line = ecalli(0);

/** A byte of a register is stored at an address below 2^31. */
export function storeByte(register: number, address: number): Line {
  return [59, register, ...word(address)];
}

/** A register takes the byte at an address below 2^31. */
export function loadByte(register: number, address: number): Line {
  return [52, register, ...word(address)];
}

function word(value: number): Line {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
}

/** An operation with values of 0 to 127 in r7 and on. */
export function operation(number: number, ...operands: readonly number[]): readonly Line[] {
  return [...operands.map((value, i) => small(7 + i, value)), ecalli(number)];
}

/** A program of instructions. */
export function guest(lines: readonly Line[]): Guest {
  const code = Uint8Array.from(lines.flat());
  const packedBitmask = new Uint8Array(Math.ceil(code.length / 8));
  let at = 0;
  for (const line of lines) {
    packedBitmask[at >> 3] = (packedBitmask[at >> 3] ?? 0) | (1 << (at & 7));
    at += line.length;
  }
  return { code, packedBitmask };
}
