/** What the kernel's vectors share: hash functions, small guests, capabilities as they are written. */

import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Cap } from "../../model/kernel_caps.ts";
import { type Hash, serialize, type Value } from "../../model/kernel_ssz.ts";
import { root } from "../../model/kernel_ssz_root.ts";
import { ANY_CAP } from "../../model/kernel_v3_caps.ts";
import { hex, type Json, type JsonObject } from "./json.ts";
import { type Line, op } from "./pvm_code.ts";

const known = new Map<string, readonly number[]>();
const KNOWN_MAX = 100_000;

/** SHA-256. */
export const sha: Hash = (bytes) => {
  const key = String.fromCharCode(...bytes);
  const before = known.get(key);
  if (before !== undefined) return before;
  const digest = [...sha256(Uint8Array.from(bytes))];
  if (known.size < KNOWN_MAX && bytes.length === 64) known.set(key, digest);
  return digest;
};

/** Blake2b-256. */
export const blake: Hash = (bytes) => [...blake2b(Uint8Array.from(bytes), { dkLen: 32 })];

const hashes = new WeakMap<Cap, string>();
const encodings = new WeakMap<Cap, string>();

/** The hash of a capability that is encoded. */
export function hashOf(cap: Cap): string {
  const hash = hashes.get(cap) ?? hex(root(sha, ANY_CAP, cap));
  hashes.set(cap, hash);
  return hash;
}

/** A capability as it is written: its hash and its encoding. */
export function capJson(hash: string, cap: Cap): JsonObject {
  const ssz = encodings.get(cap) ?? hex(serialize(ANY_CAP, cap));
  encodings.set(cap, ssz);
  return { hash, ssz };
}

/** A register takes a value. */
export function load(register: number, value: bigint | number): Line {
  const x = BigInt(value);
  return x < 2n ** 31n ? op("load_imm", { a: register, x }) : op("load_imm_64", { a: register, x });
}

/** An operation of the kernel with what goes into r7 and the registers behind it. */
export function ask(number: number, ...operands: readonly (bigint | number)[]): readonly Line[] {
  return [...operands.map((value, i) => load(7 + i, value)), op("ecalli", { x: BigInt(number) })];
}

/** Folds r8 into r7, so that the value of a halt tells both. */
export const SHOW: readonly Line[] = [
  op("mul_imm_64", { a: 7, b: 7, x: 16n }),
  op("add_64", { a: 7, b: 8, d: 7 }),
];

/** A byte of memory is written. */
export function put(address: number, value: number): Line {
  return op("store_imm_u8", { x: BigInt(address), y: BigInt(value) });
}

/** Bytes of memory are written. */
export function putAll(address: number, bytes: readonly number[]): readonly Line[] {
  return bytes.map((byte, i) => put(address + i, byte));
}

/** Lines as code and packed mask. */
export function packed(lines: readonly Line[]): {
  readonly code: readonly bigint[];
  readonly mask: readonly bigint[];
} {
  const starts = lines.flatMap((line) => line.map((_, at): number => at === 0 ? 1 : 0));
  const mask = Array.from(
    { length: Math.ceil(starts.length / 8) },
    (_, i) => starts.slice(8 * i, 8 * i + 8).reduceRight((sum, bit) => 2 * sum + bit, 0),
  );
  return { code: lines.flat().map(BigInt), mask: mask.map(BigInt) };
}

/** Rows of a table as they are written: ascending, without those that are 0. */
export function rowsJson(rows: readonly (readonly [id: bigint, value: bigint])[]): Json {
  return [...rows].filter(([, value]) => value !== 0n).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([id, value]) => [id.toString(), value.toString()]);
}

/** A value of the model as it is written. */
export function valueJson(value: Value): Json {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "string" ? value : value.map(valueJson);
}

/** Thirteen zeros. */
export const NO_REGISTERS: readonly bigint[] = Array.from({ length: 13 }, () => 0n);
