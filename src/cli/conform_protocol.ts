/**
 * The protocol of the conformance driver: its messages as lines of JSON. `docs/conformance.md` is
 * what implementations are written by.
 *
 * @module
 */

import type { DialectName } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { PAGE_BYTES } from "./conform_case.ts";
import type { Case, CaseBytes, CaseHeap, CasePages, Metering } from "./conform_case.ts";
import { parseExact, textOf, wholeOf } from "./exact_json.ts";
import { hexOf } from "./values.ts";

/** The name of the protocol. */
export const PROTOCOL = "ringfence-conform";
/** Its version. */
export const PROTOCOL_VERSION = 1;
/** The longest line that is taken, in bytes. */
export const LINE_BYTES_MAX: number = 2 ** 24;

const U32_MAX = 2n ** 32n - 1n;
const U64_MAX = 2n ** 64n - 1n;
const PC_MAX = 2n ** 53n - 1n;
/** How many addresses there are. */
const ADDRESSES = 2n ** 32n;
const REGISTERS = 13;

/** What an implementation can do. */
export interface Capabilities {
  readonly dialects: readonly DialectName[];
  readonly gasModels: readonly Metering[];
  readonly readOnlyStore: readonly Case["readOnlyStore"][];
  /** Whether it stops at a host call and says which. */
  readonly hostCalls: boolean;
  /** Whether it can be told where the heap is. */
  readonly heap: boolean;
  /** Whether it says that a blob is malformed. */
  readonly malformed: boolean;
  /** Whether it can be told how many instructions to do. */
  readonly steps: boolean;
  /** The most gas that it can be given. */
  readonly gasMax: bigint;
}

/** Who an implementation is. */
export interface Hello {
  readonly name: string;
  /** Its version; empty when it does not say. */
  readonly release: string;
  readonly capabilities: Capabilities;
}

/** A message as fields. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of an object; nothing for any other value. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

/** The fields of a line of JSON that is an object. */
export function fieldsOfLine(line: string): Result<Fields, string> {
  const parsed = parseExact(line);
  if (!parsed.ok) return err(`no JSON: ${parsed.error.detail}`);
  const fields = fieldsOf(parsed.value);
  return fields === undefined ? err("no JSON object") : ok(fields);
}

/** A whole number, also as a string of digits. */
export function numberOf(value: unknown, max: bigint): bigint | undefined {
  const whole = wholeOf(value, 0n, max);
  if (whole !== undefined) return whole;
  const text = textOf(value);
  if (
    text === undefined || !/^(?:[0-9]{1,20}|0x[0-9a-fA-F]{1,16})$/.test(text)
  ) return undefined;
  const number = BigInt(text);
  return number <= max ? number : undefined;
}

/** A number of 32 bits. */
export function u32From(value: unknown): number | undefined {
  const whole = wholeOf(value, 0n, U32_MAX);
  return whole === undefined ? undefined : Number(whole);
}

/** A number of 64 bits. */
export function u64From(value: unknown): bigint | undefined {
  return numberOf(value, U64_MAX);
}

/** A code offset. */
export function pcFrom(value: unknown): number | undefined {
  const whole = numberOf(value, PC_MAX);
  return whole === undefined ? undefined : Number(whole);
}

/** Bytes as hexadecimal digits. */
export function hexFrom(value: unknown): Uint8Array | undefined {
  const text = textOf(value);
  if (
    text === undefined || text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)
  ) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}

/** A list, of which every item can be read. */
export function listFrom<T>(
  value: unknown,
  read: (item: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const one = read(item);
    if (one === undefined) return undefined;
    items.push(one);
  }
  return items;
}

/** The 13 registers. */
export function registersFrom(value: unknown): readonly bigint[] | undefined {
  const registers = listFrom(value, u64From);
  return registers?.length === REGISTERS ? registers : undefined;
}

/** Bytes within the address space. */
export function chunkFrom(address: unknown, bytes: Uint8Array | undefined): CaseBytes | undefined {
  const start = u32From(address);
  return start === undefined || bytes === undefined || start + bytes.length > Number(ADDRESSES)
    ? undefined
    : { address: start, bytes };
}

/** Chunks of memory. */
export function chunksFrom(value: unknown): readonly CaseBytes[] | undefined {
  return listFrom(value, (item) => {
    const fields = fieldsOf(item);
    return chunkFrom(fields?.get("address"), hexFrom(fields?.get("bytes")));
  });
}

/** A region of whole pages within the address space. */
export function regionFrom(
  address: unknown,
  length: unknown,
  access: CasePages["access"] | undefined,
): CasePages | undefined {
  const [start, size] = [u32From(address), numberOf(length, ADDRESSES)];
  if (start === undefined || size === undefined || access === undefined) return undefined;
  const [bytes, end] = [Number(size), start + Number(size)];
  const isWhole = start % PAGE_BYTES === 0 && bytes % PAGE_BYTES === 0 && end <= Number(ADDRESSES);
  return isWhole ? { address: start, length: bytes, access } : undefined;
}

/** Mapped pages, by what reads one region; none lies in two of them. */
export function regionsFrom(
  value: unknown,
  read: (item: unknown) => CasePages | undefined,
): readonly CasePages[] | undefined {
  const regions = listFrom(value, read);
  const ascending = regions?.toSorted((a, b) => a.address - b.address);
  const isApart = ascending?.every(({ address }, index) => {
    const before = ascending[index - 1];
    return before === undefined || before.address + before.length <= address;
  });
  return isApart === true ? regions : undefined;
}

/** Mapped pages. */
export function pagesFrom(value: unknown): readonly CasePages[] | undefined {
  return regionsFrom(value, (item) => {
    const fields = fieldsOf(item);
    const access = wordFrom(fields?.get("access"), ["read-only", "read-write"] as const);
    return regionFrom(fields?.get("address"), fields?.get("length"), access);
  });
}

/** Where the heap is; `most` is what the number of its pages is called. */
export function heapFrom(value: unknown, most: string): CaseHeap | undefined {
  const fields = fieldsOf(value);
  const [base, maxPages] = [u32From(fields?.get("base")), u32From(fields?.get(most))];
  const top = numberOf(fields?.get("top"), ADDRESSES);
  return base === undefined || top === undefined || maxPages === undefined
    ? undefined
    : { base, top: Number(top), maxPages };
}

/** One of a few words. */
export function wordFrom<T extends string>(
  value: unknown,
  words: readonly T[],
): T | undefined {
  return words.find((word) => word === value);
}

/** The first line that the driver sends. */
export function helloRequest(): string {
  return JSON.stringify({
    type: "hello",
    protocol: PROTOCOL,
    version: PROTOCOL_VERSION,
  });
}

/** Chunks of memory, as they are sent. */
export function chunksOut(chunks: readonly CaseBytes[]): readonly object[] {
  return chunks.map(({ address, bytes }) => ({ address, bytes: hexOf(bytes) }));
}

/** A case without its name, as it is sent. */
export function caseOut(input: Case): object {
  const {
    dialect,
    gasModel,
    readOnlyStore,
    program,
    registers,
    pc,
    gas,
    pages,
  } = input;
  return {
    dialect,
    gasModel,
    readOnlyStore,
    program: hexOf(program),
    registers: registers.map(String),
    pc,
    gas: `${gas}`,
    pages: pages.map(({ address, length, access }) => ({
      address,
      length,
      access,
    })),
    memory: chunksOut(input.memory),
    heap: input.heap ?? null,
    steps: input.steps ?? null,
  };
}

/** The line that asks to run a case. */
export function runRequest(
  id: number,
  input: Case,
  milliseconds: number,
): string {
  const limits = { milliseconds, lineBytes: LINE_BYTES_MAX };
  return JSON.stringify({
    type: "run",
    id,
    family: "pvm",
    ...caseOut(input),
    limits,
  });
}
