/** Pages and bytes of PVM vectors: what can be there, and what has to be there. */

import type { Memory } from "../../../src/paged/mod.ts";
import { field, type Given, list, small, valueOf } from "./values.ts";

const PAGE = 4096;
const ADDRESSES = 2 ** 32;
/** The most bytes that a case may map. */
const MAPPED_MAX = 2 ** 28;

/** Pages of one kind. */
export interface Region {
  readonly address: number;
  readonly length: number;
  readonly access: "read-only" | "read-write";
}

/** Bytes in memory. */
export const bytesOf = (value: Given): Uint8Array => Uint8Array.from(list(value), small);

/** Regions; throws where they are no whole pages, lie in one another, or are too many. */
export function regionsOf(value: Given): readonly Region[] {
  const regions = list(value).map((each): Region => ({
    address: small(field(each, "address")),
    length: small(field(each, "length")),
    access: field(each, "is-writable") === true ? "read-write" : "read-only",
  }));
  let mapped = 0;
  let end = 0;
  for (const { address, length } of regions.toSorted((a, b) => a.address - b.address)) {
    if (address % PAGE !== 0 || length % PAGE !== 0) {
      throw new Error(`no whole pages: ${length} bytes at ${address}`);
    }
    if (address < end) throw new Error(`the page ${address} is there twice`);
    end = address + length;
    if (end > ADDRESSES) throw new Error(`pages beyond the last address: ${address}`);
    mapped += length;
  }
  if (mapped > MAPPED_MAX) throw new Error(`${mapped} bytes of pages are too many`);
  return regions;
}

/** Maps regions and puts bytes there, past all permissions. */
export function fill(memory: Memory, regions: readonly Region[], chunks: readonly Given[]): void {
  for (const { address, length, access } of regions) {
    valueOf(memory.mapRegion(address, length, access), "pages cannot be mapped");
  }
  const accesses = chunks.length === 0
    ? new Map<number, Region["access"]>()
    : new Map(Array.from(memory.pages(), ({ address, access }) => [Number(address), access]));
  for (const chunk of chunks) {
    const address = small(field(chunk, "address"));
    const contents = bytesOf(field(chunk, "contents"));
    const first = address - address % PAGE;
    for (let page = first; page < address + contents.length; page += PAGE) {
      valueOf(memory.protectRegion(page, PAGE, "read-write"), "bytes where no page is");
    }
    valueOf(memory.write(address, contents), "bytes cannot be written");
    for (let page = first; page < address + contents.length; page += PAGE) {
      const access = accesses.get(page) ?? "read-write";
      valueOf(memory.protectRegion(page, PAGE, access), "bytes where no page is");
    }
  }
}

/** The pages that there have to be, each as text; with the bytes that the chunks put there. */
export function pagesExpected(
  regions: readonly Region[],
  chunks: readonly Given[],
): readonly string[] {
  const pages = new Map<number, Uint8Array>();
  const accesses = new Map<number, string>();
  for (const { address, length, access } of regions) {
    for (let page = address; page < address + length; page += PAGE) {
      pages.set(page, new Uint8Array(PAGE));
      accesses.set(page, access);
    }
  }
  for (const chunk of chunks) {
    const address = small(field(chunk, "address"));
    for (const [i, byte] of bytesOf(field(chunk, "contents")).entries()) {
      const at = address + i;
      const page = pages.get(at - at % PAGE);
      if (page === undefined) throw new Error(`a byte is expected at ${at}, where no page is`);
      page[at % PAGE] = byte;
    }
  }
  return [...pages].sort(([a], [b]) => a - b).map(([at, bytes]) =>
    `${at} ${accesses.get(at)} ${bytes.join()}`
  );
}

/** The pages that a memory has, each as text. */
export function pagesThere(memory: Memory): readonly string[] {
  return Array.from(
    memory.pages(),
    ({ address, access, bytes }) => `${address} ${access} ${bytes.join()}`,
  );
}
