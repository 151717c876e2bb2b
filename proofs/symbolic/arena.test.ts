/** The arithmetic of the guest arena: places, alignment, packed pointers, bounds. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { conditionOf, type Row, rowProof } from "../_kit/symbolic_rows.ts";

const BUMP = "src/arena/bump.ts";
const PACKED = "src/arena/packed.ts";
/** Every integer that a number holds exactly. */
const WHOLE = s.range(-(2n ** 53n), 2n ** 53n);
const SIZE = s.range(0, 2n ** 53n);
const OFFSET = s.range(0, 2n ** 33n);
const ABI = "guest arena ABI";

const WORD_MIN = -(2n ** 31n);
const WORD_MAX = 2n ** 32n - 1n;

const isPlaced = (place: s.IntTerm) => s.not(s.equal(place, 0n));

const ARENA: readonly Row[] = [
  {
    id: "arena_sizeOf",
    says: "an allocation asks for its size if that is from 1 to the greatest i32, else for nothing",
    subject: "GuestArena.alloc",
    spec: ABI,
    file: BUMP,
    function: "sizeOf",
    inputs: { size: WHOLE },
    shows: (g, { value }) =>
      s.equal(
        value.integer,
        s.choose(s.within(g("size"), 1n, 2n ** 31n - 1n), g("size"), 0n),
      ),
    from: "size <= SIZE_MAX",
    to: "size < SIZE_MAX",
  },
  {
    id: "arena_align",
    says: "alignment gives the first multiple of 8 that is no less",
    subject: "GuestArena.alloc",
    spec: ABI,
    file: BUMP,
    function: "alignedFrom",
    inputs: { next: OFFSET },
    shows: (g, { value }) =>
      s.and(
        s.equal(s.modulo(value.integer, 8n), 0n),
        s.within(value.integer, g("next"), s.add(g("next"), 7n)),
      ),
    from: "Math.ceil(next / ARENA_ALIGNMENT) * ARENA_ALIGNMENT",
    to: "((next + 7) & ~7) >>> 0",
  },
  {
    id: "arena_left",
    says: "what is left is what lies behind the next aligned offset",
    subject: "GuestArena.remainingBytes",
    spec: ABI,
    file: BUMP,
    function: "leftAfter",
    inputs: { next: OFFSET, capacity: OFFSET },
    shows: (g, { value }) => {
      const aligned = s.multiply(s.divide(s.add(g("next"), 7n), 8n), 8n);
      const left = s.subtract(g("capacity"), aligned);
      return s.equal(value.integer, s.choose(s.less(left, 0n), 0n, left));
    },
    from: "Math.max(capacity - alignedFrom(next), 0)",
    to: "Math.max(capacity - next, 0)",
  },
  {
    id: "arena_place",
    says:
      "an allocation lies wholly inside, aligned and behind the earlier ones, if it fits; else nowhere",
    subject: "GuestArena.alloc",
    spec: ABI,
    file: BUMP,
    function: "placeAfter",
    inputs: { next: s.range(8, 2n ** 33n), size: s.range(0, 2n ** 31n - 1n), capacity: OFFSET },
    shows: (g, { value }) => {
      const aligned = s.multiply(s.divide(s.add(g("next"), 7n), 8n), 8n);
      const fits = s.atMost(s.add(aligned, g("size")), g("capacity"));
      const placed = s.and(s.less(0n, g("size")), fits);
      return s.equal(value.integer, s.choose(placed, aligned, 0n));
    },
    from: "size <= leftAfter(next, capacity)",
    to: "size <= leftAfter(next, capacity) + 1",
  },
  {
    id: "arena_disjoint",
    says: "of two allocations the second begins where the first ends or later, and both lie inside",
    subject: "GuestArena.alloc",
    spec: ABI,
    file: BUMP,
    function: "twice",
    harness: `export function twice(next, size, other, capacity) {
      const first = placeAfter(next, size, capacity);
      return [first, first === 0 ? 0 : placeAfter(first + size, other, capacity)];
    }`,
    inputs: {
      next: s.range(8, 2n ** 33n),
      size: s.range(0, 2n ** 31n - 1n),
      other: s.range(0, 2n ** 31n - 1n),
      capacity: s.range(0, 2n ** 32n),
    },
    shows: (g, { value }) => {
      const [first, second] = [value.item(0).integer, value.item(1).integer];
      const end = s.add(first, g("size"));
      return s.and(
        s.implies(isPlaced(first), s.and(s.atMost(g("next"), first), s.atMost(end, g("capacity")))),
        s.implies(
          isPlaced(second),
          s.and(s.atMost(end, second), s.atMost(s.add(second, g("other")), g("capacity"))),
        ),
      );
    },
    from: "alignedFrom(next) : 0",
    to: "alignedFrom(next - 8) : 0",
  },
  {
    id: "arena_wordOf",
    says:
      "a word is any integer of 32 bits in either reading, and stands for its bits; nothing else is",
    subject: "encodePtrLenHalves",
    spec: ABI,
    file: PACKED,
    function: "wordOf",
    inputs: { value: WHOLE },
    shows: (g, { value }) => {
      const valid = s.within(g("value"), WORD_MIN, WORD_MAX);
      return s.and(
        s.iff(value.isUndefined, s.not(valid)),
        s.implies(valid, s.equal(value.integer, s.unsigned(32, g("value")))),
      );
    },
    from: "asU32(value >>> 0)",
    to: "asU32(value & 0x7fff_ffff)",
  },
  {
    id: "arena_pack",
    says: "a packed value is the pointer times 2^32 and the length",
    subject: "encodePtrLen",
    spec: ABI,
    file: PACKED,
    function: "packed",
    harness: `export function packed(ptr, len) {
      const result = encodePtrLen(ptr, len);
      return result.ok ? result.value : 0n;
    }`,
    inputs: { ptr: s.range(WORD_MIN, WORD_MAX), len: s.range(WORD_MIN, WORD_MAX) },
    shows: (g, { value }) =>
      s.equal(
        value.integer,
        s.add(s.multiply(s.unsigned(32, g("ptr")), 2n ** 32n), s.unsigned(32, g("len"))),
      ),
    from: "BigInt(words.value[0]) << 32n) | BigInt(words.value[1])",
    to: "BigInt(words.value[1]) << 32n) | BigInt(words.value[0])",
  },
  {
    id: "arena_unpack",
    says:
      "what is unpacked, packed again, is the same 64 bits: for all 2^64 of them, in either reading",
    subject: "decodePtrLen",
    spec: ABI,
    file: PACKED,
    function: "repacked",
    harness: `export function repacked(value) {
      const parts = decodePtrLen(value);
      if (!parts.ok) return 0n;
      const result = encodePtrLen(parts.value.ptr, parts.value.len);
      return result.ok ? result.value : 0n;
    }`,
    inputs: { value: s.range(-(2n ** 63n), 2n ** 64n - 1n) },
    given: (g) => ({ value: s.big(g("value")) }),
    shows: (g, { value }) => s.equal(value.integer, s.unsigned(64, g("value"))),
    from: "Number(value & 0xffff_ffffn)",
    to: "Number(value & 0x7fff_ffffn)",
  },
  {
    id: "arena_halves",
    says: "the halves of a packed value come back from it as they went in",
    subject: "decodePtrLenHalves",
    spec: ABI,
    file: PACKED,
    function: "halved",
    harness: `export function halved(ptr, len) {
      const halves = encodePtrLenHalves(ptr, len);
      if (!halves.ok) return [0, 0];
      const parts = decodePtrLenHalves(halves.value.lo, halves.value.hi);
      return parts.ok ? [parts.value.ptr, parts.value.len] : [0, 0];
    }`,
    inputs: { ptr: s.range(WORD_MIN, WORD_MAX), len: s.range(WORD_MIN, WORD_MAX) },
    shows: (g, { value }) =>
      s.and(
        s.equal(value.item(0).integer, s.unsigned(32, g("ptr"))),
        s.equal(value.item(1).integer, s.unsigned(32, g("len"))),
      ),
    from: "ok({ ptr: words.value[1], len: words.value[0] })",
    to: "ok({ ptr: words.value[0], len: words.value[1] })",
  },
  {
    id: "arena_outside",
    says:
      "a range is refused if and only if it has bytes of which the last lies outside of the store",
    subject: "GuestArena.read",
    spec: ABI,
    file: "src/arena/access.ts",
    function: "refuses",
    harness: `export function refuses(size, pointer, length) {
      return outside({ sizeBytes: () => size }, pointer, length) !== undefined;
    }`,
    inputs: { size: SIZE, pointer: s.uint(32), length: s.uint(32) },
    shows: (g, { value }) =>
      s.iff(
        value.truth,
        s.and(
          s.less(0n, g("length")),
          s.less(g("size"), s.add(g("pointer"), g("length"))),
        ),
      ),
    from: "lengthBytes > sizeBytes - pointer",
    to: "lengthBytes > sizeBytes - pointer + 1",
  },
  {
    id: "arena_placement",
    says:
      "an arena over a memory is refused if and only if it ends behind the memory or the pointers",
    subject: "GuestArena.over",
    spec: ABI,
    file: "src/arena/placement.ts",
    function: "refuses",
    harness: conditionOf("refuses", "base, capacity, sizeBytes", /return (.*)\n {4}\? err\(/),
    inputs: { base: s.uint(32), capacity: s.range(1, 2n ** 32n), size: SIZE },
    given: (g) => ({ self: {}, base: g("base"), capacity: g("capacity"), sizeBytes: g("size") }),
    shows: (g, { value }) => {
      const end = s.add(g("base"), g("capacity"));
      return s.iff(value.truth, s.or(s.less(g("size"), end), s.less(2n ** 32n, end)));
    },
    from: "base + capacity > Math.min",
    to: "(base + capacity) >>> 0 > Math.min",
  },
];

export const proofs: readonly Proof[] = ARENA.map(rowProof);

register(proofs);
