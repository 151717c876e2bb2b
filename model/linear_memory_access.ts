/**
 * The loads and stores of linear memory, by name: each is a width, and what its bytes mean
 * (Wasm core 2.0, 4.4.7).
 *
 * @module
 */

import { type Memory, type Outcome, read, type Step, write } from "./linear_memory.ts";
import {
  bitsOfFloat,
  bytesOf,
  FLOAT32,
  FLOAT64,
  floatOf,
  longOf,
  pairOf,
  signed,
  unsigned,
  wordOf,
} from "./linear_memory_value.ts";

/** A load: how many bytes it reads, and the value that they stand for. */
export interface Load {
  /** How many bytes it reads. */
  readonly width: number;
  /** The value that the bytes stand for. */
  readonly value: (bytes: readonly number[]) => unknown;
}

/** A store: how many bytes it writes, and the bits of its operands, or the name of the wrong one. */
export interface Store {
  /** How many bytes it writes. */
  readonly width: number;
  /** The bits of the operands, or the name of the wrong one. */
  readonly bits: (...operands: readonly unknown[]) => bigint | string;
}

const word = (value: unknown): bigint | string => wordOf(value) ?? "value";
const long = (value: unknown): bigint | string => longOf(value) ?? "value";
const smallUnsigned = (bytes: readonly number[]): number => Number(unsigned(bytes));
const smallSigned = (bytes: readonly number[]): number => Number(signed(bytes));

/** The name of a load. */
export type LoadName =
  | "loadU8"
  | "loadU16"
  | "loadI32"
  | "loadI64"
  | "loadF32"
  | "loadF64"
  | "loadF32Bits"
  | "loadF64Bits"
  | "loadI64Halves"
  | `loadI32From${"8S" | "8U" | "16S" | "16U"}`
  | `loadI64From${"8S" | "8U" | "16S" | "16U" | "32S" | "32U"}`;

/** The name of a store. */
export type StoreName =
  | "storeU8"
  | "storeU16"
  | "storeI32"
  | "storeI64"
  | "storeF32"
  | "storeF64"
  | "storeF32Bits"
  | "storeF64Bits"
  | "storeI64Halves"
  | `storeI32As${"8" | "16"}`
  | `storeI64As${"8" | "16" | "32"}`;

/** Every load. */
export const LOADS: Readonly<Record<LoadName, Load>> = {
  loadU8: { width: 1, value: smallUnsigned },
  loadU16: { width: 2, value: smallUnsigned },
  loadI32: { width: 4, value: smallSigned },
  loadI64: { width: 8, value: signed },
  loadF32: { width: 4, value: (bytes) => floatOf(unsigned(bytes), FLOAT32) },
  loadF64: { width: 8, value: (bytes) => floatOf(unsigned(bytes), FLOAT64) },
  loadF32Bits: { width: 4, value: smallUnsigned },
  loadF64Bits: { width: 8, value: unsigned },
  loadI64Halves: {
    width: 8,
    value: (bytes) => ({ lo: smallSigned(bytes.slice(0, 4)), hi: smallSigned(bytes.slice(4)) }),
  },
  loadI32From8S: { width: 1, value: smallSigned },
  loadI32From8U: { width: 1, value: smallUnsigned },
  loadI32From16S: { width: 2, value: smallSigned },
  loadI32From16U: { width: 2, value: smallUnsigned },
  loadI64From8S: { width: 1, value: signed },
  loadI64From8U: { width: 1, value: unsigned },
  loadI64From16S: { width: 2, value: signed },
  loadI64From16U: { width: 2, value: unsigned },
  loadI64From32S: { width: 4, value: signed },
  loadI64From32U: { width: 4, value: unsigned },
};

/** Every store. */
export const STORES: Readonly<Record<StoreName, Store>> = {
  storeU8: { width: 1, bits: word },
  storeU16: { width: 2, bits: word },
  storeI32: { width: 4, bits: word },
  storeI64: { width: 8, bits: long },
  storeF32: { width: 4, bits: (value) => floatBits(value, FLOAT32) },
  storeF64: { width: 8, bits: (value) => floatBits(value, FLOAT64) },
  storeF32Bits: { width: 4, bits: (value) => wordOf(value) ?? "bits" },
  storeF64Bits: { width: 8, bits: (value) => longOf(value) ?? "bits" },
  storeI64Halves: { width: 8, bits: pairOf },
  storeI32As8: { width: 1, bits: word },
  storeI32As16: { width: 2, bits: word },
  storeI64As8: { width: 1, bits: long },
  storeI64As16: { width: 2, bits: long },
  storeI64As32: { width: 4, bits: long },
};

function floatBits(value: unknown, format: typeof FLOAT32): bigint | string {
  return typeof value === "number" ? bitsOfFloat(value, format) : "value";
}

/** Runs a load. */
export function load(memory: Memory, name: LoadName, offset: unknown): Outcome<unknown> {
  const { width, value } = LOADS[name];
  const found = read(memory, offset, width);
  return "ok" in found ? { ok: value(found.ok) } : found;
}

/** Runs a store: an offset out of bounds is found before a wrong operand. */
export function store(
  memory: Memory,
  name: StoreName,
  offset: unknown,
  ...operands: readonly unknown[]
): Step<null> {
  const { width, bits: bitsOf } = STORES[name];
  const room = read(memory, offset, width);
  if (!("ok" in room)) return { state: memory, outcome: room };
  const bits = bitsOf(...operands);
  return typeof bits === "string"
    ? { state: memory, outcome: { invalid: bits } }
    : write(memory, offset, bytesOf(bits, width));
}
