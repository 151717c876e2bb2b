/**
 * The values of options.
 *
 * @module
 */

import { asU64, asUsize } from "../int/mod.ts";
import type { U64, Usize } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Problem, usageProblem } from "./problem.ts";

const NUMBER = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/;
const NUMBER_LENGTH_MAX = 40;

/** A natural number in decimal or hexadecimal digits, up to `max`. */
function natural(option: string, text: string, max: bigint): Result<bigint, Problem> {
  const digits = text.replaceAll("_", "");
  const value = NUMBER.test(digits) && digits.length <= NUMBER_LENGTH_MAX
    ? BigInt(digits)
    : max + 1n;
  return value > max
    ? usageProblem(`${option}: "${text}" is not a whole number from 0 to ${max}`)
    : ok(value);
}

/** A number of 64 bits, such as an amount of gas. */
export function readU64(option: string, text: string): Result<U64, Problem> {
  const value = natural(option, text, 2n ** 64n - 1n);
  return value.ok ? ok(asU64(value.value)) : value;
}

/** A number that a double holds, such as a code offset. */
export function readUsize(option: string, text: string): Result<Usize, Problem> {
  const value = natural(option, text, 2n ** 53n - 1n);
  return value.ok ? ok(asUsize(Number(value.value))) : value;
}

/** Bytes in hexadecimal digits, with or without `0x`. */
export function readHex(option: string, text: string): Result<Uint8Array, Problem> {
  const digits = text.replace(/^0[xX]/, "").replaceAll(/[\s_]/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    return usageProblem(`${option}: "${text}" is not an even number of hexadecimal digits`);
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return ok(bytes);
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One of a few words. */
export function readChoice<T extends string>(
  option: string,
  text: string,
  choices: readonly T[],
): Result<T, Problem> {
  const found = choices.find((choice) => choice === text);
  return found === undefined
    ? usageProblem(`${option}: "${text}" is none of ${choices.join(", ")}`)
    : ok(found);
}

/** Registers that are set, as `NUMBER=VALUE`. */
export function readRegisters(
  option: string,
  texts: readonly string[],
): Result<ReadonlyMap<number, U64>, Problem> {
  const registers = new Map<number, U64>();
  for (const text of texts) {
    const parts = /^r?(1[0-2]|[0-9])=(.*)$/.exec(text);
    if (parts === null) return usageProblem(`${option}: "${text}" is not of the form NUMBER=VALUE`);
    const value = readU64(option, parts[2] ?? "");
    if (!value.ok) return value;
    registers.set(Number(parts[1]), value.value);
  }
  return ok(registers);
}
