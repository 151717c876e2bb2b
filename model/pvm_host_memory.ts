/**
 * The reference model of memory as host calls use it (Gray Paper, appendix A and B): which pages allow
 * what, and the bytes that are not zero.
 *
 * @module
 */

/** What a page that is mapped allows. */
export type Access = "read-only" | "read-write";

/** The whole state of a memory, both lists in ascending order. */
export interface HostMemory {
  /** What each mapped page allows. */
  readonly pages: readonly { readonly page: bigint; readonly access: Access }[];
  /** The bytes. */
  readonly bytes: readonly { readonly at: bigint; readonly byte: bigint }[];
}

/** A memory without accessible pages. */
export const BLANK: HostMemory = { pages: [], bytes: [] };

/** The size of a page in bytes. */
export const PAGE: bigint = 4096n;

const SPACE = 2n ** 32n;

/** What the page of an address allows; nothing when it is inaccessible or beyond the space. */
export function accessAt(memory: HostMemory, address: bigint): Access | undefined {
  if (address >= SPACE) return undefined;
  return memory.pages.find(({ page }) => page === address / PAGE)?.access;
}

/** Whether every byte of a range allows reading, or writing too. It does not wrap. */
export function allows(
  memory: HostMemory,
  wants: "read" | "write",
  start: bigint,
  count: bigint,
): boolean {
  for (let at = start; at < start + count; at = (at / PAGE + 1n) * PAGE) {
    const access = accessAt(memory, at);
    if (access === undefined || (wants === "write" && access !== "read-write")) return false;
  }
  return true;
}

/** The bytes of a range that can be read. */
export function bytesOf(memory: HostMemory, start: bigint, count: bigint): readonly bigint[] {
  const inRange = memory.bytes.filter(({ at }) => at >= start && at < start + count);
  return Array.from(
    { length: Number(count) },
    (_, i) => inRange.find(({ at }) => at === start + BigInt(i))?.byte ?? 0n,
  );
}

/** The memory with the bytes of a range replaced. */
export function withBytes(
  memory: HostMemory,
  start: bigint,
  bytes: readonly bigint[],
): HostMemory {
  const end = start + BigInt(bytes.length);
  const placed = bytes.map((byte, i) => ({ at: start + BigInt(i), byte }));
  return {
    pages: memory.pages,
    bytes: [
      ...memory.bytes.filter(({ at }) => at < start),
      ...placed.filter(({ byte }) => byte !== 0n),
      ...memory.bytes.filter(({ at }) => at >= end),
    ],
  };
}

/** The memory whose pages from `first` on allow something else, their bytes kept or made zero. */
export function withPages(
  memory: HostMemory,
  first: bigint,
  count: bigint,
  access: Access | "none",
  keep: boolean,
): HostMemory {
  const end = first + count;
  const isOutside = (page: bigint) => page < first || page >= end;
  const pages = memory.pages.filter(({ page }) => isOutside(page));
  const changed = access === "none"
    ? []
    : Array.from({ length: Number(count) }, (_, i) => ({ page: first + BigInt(i), access }));
  return {
    pages: [...pages, ...changed].sort((a, b) => (a.page < b.page ? -1 : 1)),
    bytes: keep ? memory.bytes : memory.bytes.filter(({ at }) => isOutside(at / PAGE)),
  };
}

/** The number that bytes stand for, the lowest first. */
export function numberOf(bytes: readonly bigint[]): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + byte, 0n);
}

/** The eight bytes of a number, the lowest first. */
export function bytesOfNumber(value: bigint): readonly bigint[] {
  return Array.from({ length: 8 }, (_, i) => value / 256n ** BigInt(i) % 256n);
}
