/** Biased inputs: which edges are drawn, to the last, and nothing else near them. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const BIASED = "src/proof/biased.ts";

function draw<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): readonly T[] {
  return fc.sample(arbitrary, { seed: 1, numRuns });
}

/** The numbers that are drawn at least so often, in their order. */
function often(drawn: readonly number[], times: number): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of drawn) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= times).map(([value]) => value)
    .sort((a, b) => a - b);
}

function integers(lo: number, hi: number): readonly number[] {
  return Array.from({ length: hi - lo + 1 }, (_, at) => lo + at);
}

/** Sizes of a memory, good and bad, and what each is taken for. */
const SIZES: readonly (readonly [given: number, size: number])[] = [
  [2 ** 40, 2 ** 40],
  [2 ** 52 + 1, 2 ** 52 + 1],
  [1, 1],
  [0, 0],
  [-1, 0],
  [-5, 0],
  [0.5, 0],
  [2 ** 53, 0],
];

/** Lengths of byte strings, good and bad, and what each is taken for. */
const LENGTHS: readonly (readonly [given: number, lengthMax: number])[] = [
  [2 ** 17, 2 ** 16],
  [2 ** 16, 2 ** 16],
  [1, 1],
  [0, 0],
  [-1, 0],
  [0.5, 0],
  [NaN, 0],
  [Infinity, 0],
];

const EDGE_BYTES: readonly number[] = [0x00, 0x01, 0x7f, 0x80, 0xff];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/biased_integers_stand_around_every_power_of_two",
    claim: "a power of two of the width is drawn, and what is one less and one more",
    subject: ["biased.unsigned", "biased.signed"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.of(3, 4, 8, 31, 32, 61),
    reaches: ["power"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "[power - 1n, power, power + 1n]", "[power - 1n, power]"),
      mutant(BIASED, "[power - 1n, power, power + 1n]", "[power, power + 1n]"),
      mutant(BIASED, "bit <= BigInt(bits)", "bit + 3n <= BigInt(bits)"),
      mutant(BIASED, "let bit = 0n;", "let bit = 5n;"),
    ],
    check(bit, reach, { biased }) {
      const power = 2n ** BigInt(bit);
      const around = [power - 1n, power, power + 1n];
      const unsigned = new Set(draw(biased.unsigned(bit + 2), 2_000));
      const signed = new Set(draw(biased.signed(bit + 2), 4_000));
      reach("power");
      return allOf(
        agrees(around.filter((value) => !unsigned.has(value)), []),
        agrees(around.filter((value) => !signed.has(value) || !signed.has(-value)), []),
      );
    },
  }),
  defineProof({
    id: "proof/biased_widths_are_cut",
    claim: "widths are 1 to 4096 bits: a smaller one is 1, a larger one 4096, and what is none 64",
    subject: ["biased.unsigned", "biased.signed"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.of<readonly [given: number, width: number]>(
      ...[[-1, 1], [0, 1], [1, 1], [2, 2], [4_095, 4_095], [4_096, 4_096]] as const,
      ...[[4_097, 4_096], [1e9, 4_096], [0.5, 64], [NaN, 64]] as const,
    ),
    reaches: ["width"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "Math.max(bits, 1), 4096)", "Math.max(bits, 1), 4095)"),
      mutant(BIASED, "Math.max(bits, 1), 4096)", "Math.max(bits, 0), 4096)"),
      mutant(BIASED, ", 4096) : 64", ", 4096) : 63"),
    ],
    check([given, width], reach, { biased }) {
      const bits = (drawn: readonly bigint[]) => {
        const most = drawn.reduce((a, b) => a > b ? a : b, -1n);
        return most === 0n ? 0 : most.toString(2).length;
      };
      reach("width");
      return agrees(
        [bits(draw(biased.unsigned(given), 200)), bits(draw(biased.signed(given), 200))],
        [width, width - 1],
      );
    },
  }),
  defineProof({
    id: "proof/biased_offsets_are_nine_on_both_sides",
    claim:
      "around the end nine offsets on either side are drawn, the far ones too, and any in between; " +
      "what is no size is taken for 0",
    subject: ["biased.index"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.of(...SIZES),
    reaches: ["size", "no size"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "delta = -9;", "delta = -8;"),
      mutant(BIASED, "delta = -9;", "delta = -10;"),
      mutant(BIASED, "delta <= 9;", "delta <= 8;"),
      mutant(BIASED, "delta <= 9;", "delta <= 10;"),
      mutant(BIASED, "sizeBytes > 0 ?", "sizeBytes > 1 ?"),
      mutant(BIASED, "sizeBytes > 0 ? sizeBytes : 0", "sizeBytes > 0 ? sizeBytes : 1"),
      mutant(BIASED, "edge - 8, edge - 4, edge - 1", "edge - 7, edge - 4, edge - 1"),
      mutant(BIASED, "edge - 8, edge - 4, edge - 1", "edge - 8, edge - 4, edge"),
      mutant(BIASED, "{ weight: 1, arbitrary: maxSafeInteger().map(Math.abs) },", ""),
      mutant(BIASED, "Math.min(size, 2 ** 31 - 1) })", "Math.min(size, 2 ** 30 - 1) })"),
      mutant(BIASED, "Math.min(size, 2 ** 31 - 1) })", "0 })"),
    ],
    check([given, size], reach, { biased }) {
      const drawn = draw(biased.index(given), 6_000);
      const near = drawn.filter((value) => Math.abs(value - size) <= 1_000);
      const far = [2 ** 31, 2 ** 32, 2 ** 53].flatMap((edge) => [8, 4, 1, 0].map((d) => edge - d));
      const between = (lo: number, hi: number) => drawn.some((value) => value > lo && value < hi);
      reach(given === size ? "size" : "no size");
      return allOf(
        agrees(often(near, 40), integers(Math.max(0, size - 9), size + 9)),
        agrees(far.filter((edge) => !drawn.includes(edge)), []),
        between(2 ** 45, 2 ** 51) ? undefined : "none is drawn far out",
        size <= 2 ** 31 || between(2 ** 30, 2 ** 31 - 8) ? undefined : "none is drawn inside",
        agrees(drawn.filter((value) => value < 0), []),
      );
    },
  }),
  defineProof({
    id: "proof/biased_bytes_keep_their_length",
    claim: "byte strings are drawn up to their length, which is cut at 2^16; what is none is 0",
    subject: ["biased.bytes"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.of(...LENGTHS),
    reaches: ["length"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "BYTES_MAX = 2 ** 16", "BYTES_MAX = 2 ** 17"),
      mutant(BIASED, "BYTES_MAX = 2 ** 16", "BYTES_MAX = 2 ** 15"),
      mutant(BIASED, "BYTES_MAX) : 0", "BYTES_MAX) : 1"),
    ],
    check([given, lengthMax], reach, { biased }) {
      const longest = draw(biased.bytes(given), 12)
        .reduce((most, { length }) => Math.max(most, length), 0);
      reach("length");
      return longest > lengthMax || longest <= lengthMax / 2 && lengthMax > 0
        ? `draws up to ${longest}`
        : undefined;
    },
  }),
  defineProof({
    id: "proof/biased_bytes_are_often_edge_bytes",
    claim: "among byte strings are those of 0x00, 0x01, 0x7f, 0x80 and 0xff alone, and all others",
    subject: ["biased.bytes"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.of(...EDGE_BYTES),
    reaches: ["edge"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "0x01, 0x7f", "0x00, 0x7f"),
      mutant(BIASED, "0x80, 0xff)", "0x7f, 0xff)"),
      mutant(BIASED, "0x80, 0xff)", "0x80, 0xfe)"),
      mutant(BIASED, '    uint8Array({ maxLength, size: "max" }),\n', ""),
    ],
    check(edge, reach, { biased }) {
      const long = draw(biased.bytes(40), 300).filter(({ length }) => length > 20);
      const ofEdges = long.filter((bytes) => bytes.every((byte) => EDGE_BYTES.includes(byte)));
      reach("edge");
      return allOf(
        ofEdges.some((bytes) => bytes.includes(edge)) ? undefined : "is in no string of edges",
        ofEdges.length < long.length ? undefined : "nothing but edges is drawn",
      );
    },
  }),
];

register(proofs);
