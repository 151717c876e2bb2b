/**
 * The reference model of paged memory, continued: ranges of bytes, regions of pages, the heap
 * (Gray Paper, appendix A and the host calls of refine; JAVM `map_region`, `read`, `write`).
 *
 * @module
 */

import { byteAt, firstFault, integer, invalid, pageAt, pageStart } from "./paged.ts";
import { SPACE, USIZE_MAX, withByte } from "./paged.ts";
import type { Access, Memory, Outcome, Step } from "./paged.ts";

/** How to make a memory. */
export interface Settings {
  /** Which of the two memories it is. */
  readonly backend: "flat" | "sparse";
  /** The size of a page, in bytes. */
  readonly pageSize: bigint;
  /** The most bytes that may be mapped. */
  readonly limitBytes: bigint;
  /** The addresses below this one are never mapped. */
  readonly reservedBytes: bigint;
  /** Whether an access wraps from the last address to the first. */
  readonly wraps: boolean;
}

/** A memory without accessible pages. */
export function empty(settings: Settings): Memory {
  const length = settings.backend === "flat" ? 0n : SPACE;
  const most = settings.pageSize * 2n ** 20n; // no memory has more pages
  const limitBytes = settings.limitBytes < most ? settings.limitBytes : most;
  return { ...settings, limitBytes, length, pages: [], heap: { base: 0n, top: 0n, maxPages: 0n } };
}

/** Why a range of bytes cannot be used. An empty one can, up to the end of what there is. */
function rangeFault(memory: Memory, start: bigint, count: bigint, wants: "read" | "write") {
  if (count > 0n || start <= memory.length) return firstFault(memory, start, count, wants, false);
  const kind = start < memory.reservedBytes ? "reserved" : "page-fault";
  return { error: { kind, address: pageStart(memory, start), start } };
}

/** Reads a range of bytes. */
export function read(memory: Memory, address: unknown, length: unknown): Outcome {
  const start = integer(address, 0n, SPACE - 1n);
  if (start === undefined) return invalid("address");
  const count = integer(length, 0n, USIZE_MAX);
  if (count === undefined) return invalid("length");
  const fault = rangeFault(memory, start, count, "read");
  if (fault !== undefined) return fault;
  return { ok: Array.from({ length: Number(count) }, (_, i) => byteAt(memory, start + BigInt(i))) };
}

/** Writes a range of bytes (`undefined` stands for an argument that is no bytes): all or none. */
export function write(
  memory: Memory,
  address: unknown,
  data: readonly bigint[] | undefined,
): Step {
  const start = integer(address, 0n, SPACE - 1n);
  if (start === undefined) return { state: memory, outcome: invalid("address") };
  if (data === undefined) return { state: memory, outcome: invalid("data") };
  const fault = rangeFault(memory, start, BigInt(data.length), "write");
  if (fault !== undefined) return { state: memory, outcome: fault };
  const state = data.reduce((next, byte, i) => withByte(next, start + BigInt(i), byte), memory);
  return { state, outcome: { ok: undefined } };
}

/** Whether a host call may use the range; numbers and bigints, and nothing else, are its bounds. */
export function can(
  memory: Memory,
  wants: "read" | "write",
  address: unknown,
  length: unknown,
): boolean {
  const start = typeof address === "bigint" ? address : integer(address, 0n, USIZE_MAX);
  const count = typeof length === "bigint" ? length : integer(length, 0n, USIZE_MAX);
  if (start === undefined || count === undefined || start < 0n || count < 0n) return false;
  if (count === 0n) return memory.backend === "sparse" || start <= memory.length;
  return start < SPACE && firstFault(memory, start, count, wants, false) === undefined;
}

/** The bytes that count against the limit once the pages of `[start, end)` were accessible too. */
function neededBytes(memory: Memory, start: bigint, end: bigint): bigint {
  if (memory.backend === "flat") return end > memory.length ? end : memory.length;
  const others = memory.pages.filter((page) => page.start < start || page.start >= end);
  return BigInt(others.length) * memory.pageSize + end - start;
}

/** The memory in which the pages of `[start, end)` have an access; fresh ones, or all, are zero. */
function withPages(
  memory: Memory,
  start: bigint,
  end: bigint,
  access: Access,
  zero: boolean,
): Memory {
  const blank = Array.from({ length: Number(memory.pageSize) }, () => 0n);
  const others = memory.pages.filter((page) => page.start < start || page.start >= end);
  if (access === "none") return { ...memory, pages: others };
  const count = Number((end - start) / memory.pageSize);
  const changed = Array.from({ length: count }, (_, i) => {
    const from = start + BigInt(i) * memory.pageSize;
    return { start: from, access, bytes: zero ? blank : pageAt(memory, from)?.bytes ?? blank };
  });
  const pages = [...others, ...changed].sort((a, b) => (a.start < b.start ? -1 : 1));
  return { ...memory, pages, length: end > memory.length ? end : memory.length };
}

/** What a change of a region does: `map` keeps bytes, `reset` zeroes, `protect` wants pages mapped. */
export type Change = "map" | "reset" | "protect";

/** Changes the access of a region of whole pages. */
export function change(
  memory: Memory,
  how: Change,
  start: unknown,
  size: unknown,
  access: unknown,
  init: readonly bigint[] | "absent" | undefined = "absent",
): Step {
  const refuse = (outcome: Outcome): Step => ({ state: memory, outcome });
  const error = (kind: string, data: Readonly<Record<string, bigint>>): Step =>
    refuse({ error: { kind, ...data } });
  const from = integer(start, 0n, USIZE_MAX);
  if (from === undefined) return refuse(invalid("start"));
  const count = integer(size, 0n, USIZE_MAX);
  if (count === undefined) return refuse(invalid("size"));
  const accesses: readonly Access[] = ["read-only", "read-write", "none"];
  const wanted = accesses.find((each) => each === access);
  if (wanted === undefined || (how !== "reset" && wanted === "none")) {
    return refuse(invalid("access"));
  }
  if (init === undefined) return refuse(invalid("init"));
  if (from % memory.pageSize !== 0n) return error("unaligned-start", { start: from });
  if (count % memory.pageSize !== 0n) return error("unaligned-size", { size: count });
  if (from + count > SPACE) return error("overflow", { start: from, size: count });
  if (count === 0n) return refuse({ ok: undefined });
  if (wanted !== "none" && from < memory.reservedBytes) {
    return error("reserved", { address: from, start: from });
  }
  const fault = how === "protect" ? firstFault(memory, from, count, "read", false) : undefined;
  if (fault !== undefined) return refuse(fault);
  const end = from + count;
  const needed = wanted === "none" || how === "protect" ? 0n : neededBytes(memory, from, end);
  if (needed > memory.limitBytes) {
    return error("limit-exceeded", { neededBytes: needed, limitBytes: memory.limitBytes });
  }
  const data = init === "absent" ? [] : init.slice(0, Number(count));
  const mapped = withPages(memory, from, end, wanted, how === "reset");
  const state = data.reduce((next, byte, i) => withByte(next, from + BigInt(i), byte), mapped);
  return { state, outcome: { ok: undefined } };
}
