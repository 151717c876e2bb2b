/**
 * The memory and the registers of random cases.
 *
 * @module
 */

import type { DialectName } from "../pvm/mod.ts";
import type { CaseBytes, CaseHeap, CasePages } from "./conform_case.ts";
import { HALT_REGISTER, INDEX_REGISTER, PLACES, POINTERS } from "./conform_lines.ts";
import { anyWord, type Random } from "./conform_random.ts";

const REGISTERS = 13;
const HALT_ADDRESS = 0xffff_0000n;
const HEAP_BASE = 0x5_0000;

/** A heap of any size behind the pages. */
export function anyHeap(random: Random): CaseHeap {
  const top = HEAP_BASE + random.pick([0, 1, 0x1000, 0x1801]);
  return { base: HEAP_BASE, top, maxPages: random.pick([1, 4, 4, 4096]) };
}

/** The pages of random cases: of every kind, with others beside them. */
export function pagesFor(
  random: Random,
  dialect: DialectName,
  heap: CaseHeap | undefined,
): CasePages[] {
  const pages: CasePages[] = [
    { address: 0x1_0000, length: 0x1000, access: "read-only" },
    { address: 0x2_0000, length: 0x2000, access: "read-write" },
    { address: 0x2_2000, length: 0x1000, access: "read-only" },
    { address: 0x3_0000, length: 0x1000, access: "read-write" },
  ];
  if (heap !== undefined && heap.top > heap.base) {
    const length = Math.ceil((heap.top - heap.base) / 4096) * 4096;
    pages.push({ address: heap.base, length, access: "read-write" });
  }
  if (dialect === "javm" && random.once(4)) {
    pages.unshift({ address: 0, length: 0x1000, access: "read-write" });
  }
  if (random.once(16)) {
    pages.push({ address: 0xffff_f000, length: 0x1000, access: "read-write" });
  }
  return pages;
}

/** Bytes at both ends of some pages. */
export function memoryFor(random: Random, pages: readonly CasePages[]): CaseBytes[] {
  return pages.flatMap(({ address, length }) => {
    if (random.once(2)) return [];
    const bytes = () => Uint8Array.from({ length: 8 }, () => 128 + random.below(128));
    return [{ address, bytes: bytes() }, {
      address: address + length - 8,
      bytes: bytes(),
    }];
  });
}

/** The registers: addresses where programs look for them, values at their edges elsewhere. */
export function registersFor(random: Random): readonly bigint[] {
  return Array.from({ length: REGISTERS }, (_, index) => {
    if (index === HALT_REGISTER && !random.once(4)) return HALT_ADDRESS;
    if (index === INDEX_REGISTER && !random.once(4)) {
      return BigInt(random.below(12));
    }
    if (POINTERS.includes(index) && !random.once(8)) {
      return BigInt(random.pick(PLACES) + random.below(3)) +
        (random.once(16) ? 2n ** 32n : 0n);
    }
    return anyWord(random);
  });
}
