/** The original's unit tests of Merkle trees, by their names. */

import { Buffer } from "node:buffer";
import * as merkle from "../src/kernel/ssz/merkle.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof merkle;
const FILE = "src/kernel/ssz/merkle.ts";
const mutant = sourceMutants<Face>(FILE);

const chunk = (byte: number) => new Uint8Array(32).fill(byte);

interface Test {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  check(face: Face): string | undefined;
}

const TESTS: Readonly<Record<string, Test>> = {
  zero_hash_depth_0_is_zero: {
    subject: "zeroHash",
    from: "ZEROS[depth] ?? ZERO",
    to: "ZEROS[depth + 1] ?? ZERO",
    check: ({ zeroHash }) => agrees(zeroHash(0), chunk(0)),
  },
  zero_hash_depth_1_is_h00: {
    subject: "zeroHash",
    from: "root = hashPair(root, root);",
    to: "root = hashPair(root, ZERO.subarray(1));",
    check: ({ zeroHash }) =>
      agrees(
        [1, 16].map((level) => Buffer.from(zeroHash(level)).toString("hex")),
        [
          "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b",
          "8fe6b1689256c0d385f42f5bbe2027a22c1996e110ba97c171d3e5948de92beb",
        ],
      ),
  },
  merkleize_single_chunk_returns_chunk: {
    subject: "merkleize",
    from: "level < depth; level++",
    to: "level <= depth; level++",
    check: (face) => agrees(face.merkleize(chunk(7), 0), chunk(7)),
  },
  merkleize_two_chunks: {
    subject: "merkleize",
    from: "at + 2 * HASH_BYTES))",
    to: "at + HASH_BYTES))",
    check: (face) =>
      agrees(
        face.merkleize(face.chunksOf([chunk(1), chunk(2)]), 1),
        face.hashPair(chunk(1), chunk(2)),
      ),
  },
  merkleize_empty_with_large_limit_is_zero_subtree: {
    subject: "merkleize",
    from: "if (count === 0) return zeroHash(depth);",
    to: "if (count === 0) return zeroHash(0);",
    check: (face) => agrees(face.merkleize(new Uint8Array(0), 32), face.zeroHash(32)),
  },
  merkleize_padded_with_zero_hashes: {
    subject: "merkleize",
    from: "zeroHash(level)",
    to: "zeroHash(0)",
    check: (face) =>
      agrees(
        face.merkleize(chunk(1), 2),
        face.hashPair(face.hashPair(chunk(1), chunk(0)), face.zeroHash(1)),
      ),
  },
  merkleize_three_chunks_with_large_limit: {
    subject: "merkleize",
    from: "2 * pair + 1 < count",
    to: "2 * pair + 1 <= count",
    check(face) {
      const [a, b, c, zero] = [1, 2, 3, 0].map(chunk);
      if (a === undefined || b === undefined || c === undefined || zero === undefined) return "?";
      const four = face.hashPair(face.hashPair(a, b), face.hashPair(c, zero));
      return agrees(
        face.merkleize(face.chunksOf([a, b, c]), 4),
        face.hashPair(face.hashPair(four, face.zeroHash(2)), face.zeroHash(3)),
      );
    },
  },
  pack_bytes_pads_tail_with_zeros: {
    subject: "pack",
    from: "Math.ceil(bytes.length / HASH_BYTES)",
    to: "Math.floor(bytes.length / HASH_BYTES + 1)",
    check: ({ pack }) =>
      agrees(
        [pack(Uint8Array.of(5)), pack(chunk(9)).length, pack(new Uint8Array(33)).length],
        [Uint8Array.from({ length: 32 }, (_, i) => i === 0 ? 5 : 0), 32, 64],
      ),
  },
  ceil_log2_examples: {
    subject: "depthFor",
    from: "2 ** depth < leaves",
    to: "2 ** depth <= leaves",
    check: ({ depthFor }) =>
      allOf(
        agrees([0, 1, 2, 3, 4, 5, 8, 9].map(depthFor), [0, 0, 1, 2, 2, 3, 3, 4]),
        agrees(depthFor(2 ** 32), 32),
      ),
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  defineProof({
    id: `kernel/${name}`,
    claim: `the original's unit test ${name.replaceAll("_", " ")} holds`,
    subject: [test.subject],
    spec: "capabilities, 2.8 and 4.2",
    strength: "bounded",
    domain: domain.of(name),
    reaches: ["checked"],
    implementation: merkle,
    mutants: [mutant(FILE, test.from, test.to)],
    check(_name, reach, face) {
      reach("checked");
      return test.check(face);
    },
  })
);

register(proofs);
