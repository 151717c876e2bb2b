/**
 * The official test vectors of the PVM, version 0.4: one JSON file for each case.
 *
 * @module
 */

import { asU32, asU64 } from "../int/mod.ts";
import type { U32, U64 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseExact, wholeOf } from "./exact_json.ts";

/** Pages that a case starts with. */
export interface VectorPages {
  /** The first byte. */
  readonly address: U32;
  /** The size in bytes. */
  readonly length: U32;
  /** Whether the guest may write there. */
  readonly writable: boolean;
}

/** Bytes in the memory of a case. */
export interface VectorBytes {
  /** The first byte. */
  readonly address: U32;
  /** The bytes. */
  readonly contents: Uint8Array;
}

/** What the machine has to be like after a case. */
export interface VectorEnd {
  /** How it has to stop. */
  readonly status: "halt" | "panic" | "page-fault";
  /** The page that faults; nothing where no page does. */
  readonly faultAddress: U32 | undefined;
  /** The 13 registers. */
  readonly registers: readonly U64[];
  /** Where it stands. */
  readonly pc: U32;
  /** Every byte that is not zero lies in one of these. */
  readonly memory: readonly VectorBytes[];
  /** The gas that is left. */
  readonly gas: U64;
}

/** A case. */
export interface Vector {
  /** The name, which is also that of its file. */
  readonly name: string;
  /** The program blob. */
  readonly program: Uint8Array;
  /** The 13 registers at the start. */
  readonly registers: readonly U64[];
  /** Where it starts. */
  readonly pc: U32;
  /** The gas at the start. */
  readonly gas: U64;
  /** The pages at the start; all others are inaccessible. */
  readonly pages: readonly VectorPages[];
  /** What they hold, where that is not zero. */
  readonly memory: readonly VectorBytes[];
  /** What must come out. */
  readonly expected: VectorEnd;
}

/** A file that is no vector. */
export interface NotAVector {
  /** Tells this error from the others. */
  readonly kind: "not-a-vector";
  /** What is wrong: the field, or what the JSON parser said. */
  readonly detail: string;
}

const U32_MAX = 2n ** 32n - 1n;
const U64_MAX = 2n ** 64n - 1n;
const REGISTERS = 13;
const PAGE_SIZE = 4096;
const ADDRESSES = 2 ** 32;
const FIELDS: ReadonlySet<string> = new Set([
  ...["name", "program", "initial-regs", "initial-pc", "initial-page-map", "initial-memory"],
  ...["initial-gas", "expected-status", "expected-regs", "expected-pc", "expected-memory"],
  ...["expected-gas", "expected-page-fault-address"],
]);

/** Reads the fields of a case; the first that is wrong is noted, and the case then counts for nothing. */
class Fields {
  readonly #fields: ReadonlyMap<string, unknown>;
  wrong: string | undefined;

  constructor(value: unknown) {
    const isCase = typeof value === "object" && value !== null && !Array.isArray(value);
    this.#fields = new Map(isCase ? Object.entries(value) : []);
    if (!isCase) this.wrong = "it is no object";
    for (const name of this.#fields.keys()) {
      if (!FIELDS.has(name)) this.wrong ??= `"${name}" is no field of a vector`;
    }
  }

  #need<T>(name: string, value: T | undefined, otherwise: T): T {
    if (value === undefined) this.wrong ??= `"${name}" is missing or malformed`;
    return value ?? otherwise;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  text(name: string): string {
    const value = this.#fields.get(name);
    return this.#need(name, typeof value === "string" ? value : undefined, "");
  }

  u32(name: string): U32 {
    return this.#need(name, u32Of(this.#fields.get(name)), asU32(0));
  }

  u64(name: string): U64 {
    return this.#need(name, u64Of(this.#fields.get(name)), asU64(0n));
  }

  pages(name: string): readonly VectorPages[] {
    return this.#need(name, mapOf(this.#fields.get(name)), []);
  }

  chunks(name: string): readonly VectorBytes[] {
    return this.#need(name, listOf(this.#fields.get(name), chunkOf), []);
  }

  bytes(name: string): Uint8Array {
    return this.#need(name, bytesOf(this.#fields.get(name)), new Uint8Array(0));
  }

  registers(name: string): readonly U64[] {
    const values = listOf(this.#fields.get(name), u64Of);
    return this.#need(name, values?.length === REGISTERS ? values : undefined, []);
  }

  status(name: string): VectorEnd["status"] {
    const value = this.#fields.get(name);
    const known = value === "halt" || value === "panic" || value === "page-fault";
    return this.#need(name, known ? value : undefined, "halt");
  }
}

function u32Of(value: unknown): U32 | undefined {
  const whole = wholeOf(value, 0n, U32_MAX);
  return whole === undefined ? undefined : asU32(Number(whole));
}

function u64Of(value: unknown): U64 | undefined {
  const whole = wholeOf(value, 0n, U64_MAX);
  return whole === undefined ? undefined : asU64(whole);
}

function listOf<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const read1 = read(item);
    if (read1 === undefined) return undefined;
    items.push(read1);
  }
  return items;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  const bytes = listOf(value, (item) => wholeOf(item, 0n, 255n));
  return bytes === undefined ? undefined : Uint8Array.from(bytes, Number);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function pagesOf(value: unknown): VectorPages | undefined {
  const address = u32Of(fieldOf(value, "address"));
  const length = u32Of(fieldOf(value, "length"));
  const writable = fieldOf(value, "is-writable");
  if (address === undefined || length === undefined || typeof writable !== "boolean") {
    return undefined;
  }
  const isWhole = address % PAGE_SIZE === 0 && length % PAGE_SIZE === 0;
  return isWhole && address + length <= ADDRESSES ? { address, length, writable } : undefined;
}

/** Regions, none of which lies in another. */
function mapOf(value: unknown): readonly VectorPages[] | undefined {
  const pages = listOf(value, pagesOf);
  const ascending = pages?.toSorted((a, b) => a.address - b.address) ?? [];
  const isApart = ascending.every(({ address }, index) => {
    const before = ascending[index - 1];
    return before === undefined || before.address + before.length <= address;
  });
  return isApart ? pages : undefined;
}

function chunkOf(value: unknown): VectorBytes | undefined {
  const address = u32Of(fieldOf(value, "address"));
  const contents = bytesOf(fieldOf(value, "contents"));
  if (address === undefined || contents === undefined) return undefined;
  return address + contents.length <= ADDRESSES ? { address, contents } : undefined;
}

/** Whether a text is meant to be a vector: a JSON object. */
export function looksLikeVector(text: string): boolean {
  return /^\s*\{\s*"/.test(text);
}

/**
 * Reads a vector, strictly: every field is there and within its range, and no other one is.
 *
 * @param text The JSON text. Whole numbers are read exactly.
 * @returns The vector. Fault: `not-a-vector`, saying what is wrong.
 */
export function readVector(text: string): Result<Vector, NotAVector> {
  const parsed = parseExact(text);
  if (!parsed.ok) return err({ kind: "not-a-vector", detail: parsed.error.detail });
  const fields = new Fields(parsed.value);
  const status = fields.status("expected-status");
  const faults = status === "page-fault";
  if (!faults && fields.has("expected-page-fault-address")) {
    fields.wrong ??= `"expected-page-fault-address" stands where no page faults`;
  }
  const vector: Vector = {
    name: fields.text("name"),
    program: fields.bytes("program"),
    registers: fields.registers("initial-regs"),
    pc: fields.u32("initial-pc"),
    gas: fields.u64("initial-gas"),
    pages: fields.pages("initial-page-map"),
    memory: fields.chunks("initial-memory"),
    expected: {
      status,
      faultAddress: faults ? fields.u32("expected-page-fault-address") : undefined,
      registers: fields.registers("expected-regs"),
      pc: fields.u32("expected-pc"),
      memory: fields.chunks("expected-memory"),
      gas: fields.u64("expected-gas"),
    },
  };
  return fields.wrong === undefined
    ? ok(vector)
    : err({ kind: "not-a-vector", detail: fields.wrong });
}
