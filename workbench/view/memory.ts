/** The memory: its regions, and the bytes of a part of it. */

import type { Memory } from "../../src/paged/mod.ts";
import type { Pages } from "../machine/snapshot.ts";
import { address, byte, size } from "./numbers.ts";

/** So many regions are shown. */
const REGIONS_MAX = 200;

/** A run of pages that allow the same. */
export interface RegionRow {
  readonly start: number;
  /** The last byte. */
  readonly end: number;
  readonly from: string;
  readonly to: string;
  readonly size: string;
  readonly access: string;
  /** The first byte that changed; nothing when none did. */
  readonly changedAt: number | undefined;
  /** In how many pages bytes changed. */
  readonly changed: number;
}

/** The regions of a memory. */
export function regionRows(memory: Memory, changed: readonly number[]): readonly RegionRow[] {
  return memory.regions().slice(0, REGIONS_MAX).map(({ start, size: bytes, access }) => {
    const inside = changed.filter((page) => page >= start && page < start + bytes);
    return {
      start,
      end: start + bytes - 1,
      from: address(start),
      to: address(start + bytes - 1),
      size: size(bytes),
      access: access === "read-write" ? "rw" : "r-",
      changedAt: inside[0],
      changed: inside.length,
    };
  });
}

/** A byte, as the page shows it. */
export interface Cell {
  readonly text: string;
  readonly isChanged: boolean;
  readonly isZero: boolean;
}

/** Some bytes in a row. */
export interface ByteRow {
  readonly address: string;
  readonly cells: readonly Cell[];
  readonly text: string;
}

function printable(value: number): string {
  return value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : "·";
}

/** What a range needs to be shown. */
export interface Part {
  readonly start: number;
  readonly rows: number;
  readonly width: number;
}

/** The bytes of a part of memory; nothing stands where nothing is mapped. */
export function byteRows(
  memory: Memory,
  before: Pages | undefined,
  { start, rows, width }: Part,
): readonly ByteRow[] {
  const { pageSize } = memory;
  return Array.from({ length: rows }, (_, row) => {
    const from = start + row * width;
    const read = from < 2 ** 32 ? memory.read(from, width) : undefined;
    const bytes = read?.ok === true ? [...read.value] : [];
    const page = from - from % pageSize;
    const old = before?.get(page);
    const isKnown = before !== undefined;
    return {
      address: address(from),
      cells: Array.from({ length: width }, (_, at) => {
        const value = bytes[at];
        if (value === undefined) return { text: "··", isChanged: false, isZero: true };
        const isChanged = isKnown && value !== (old?.[from - page + at] ?? 0);
        return { text: byte(value), isChanged, isZero: value === 0 };
      }),
      text: bytes.map(printable).join(""),
    };
  });
}

/** Reads an address that somebody typed, or the name of a register that holds one. */
export function addressFrom(text: string, registers: readonly bigint[]): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const register = /^r(1[0-2]|[0-9])$/.exec(trimmed);
  if (register !== null) return Number(BigInt.asUintN(32, registers[Number(register[1])] ?? 0n));
  const digits = /^(?:0x)?([0-9a-f]{1,8})$/.exec(trimmed.replaceAll("_", ""));
  return digits === null ? undefined : Number.parseInt(digits[1] ?? "", 16);
}
