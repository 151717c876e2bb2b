/** The encoding of capabilities and images: one for each, both ways, and nothing else is read. */

import fc from "fast-check";
import { type Cap, capHash } from "../model/kernel_caps.ts";
import { serialize } from "../model/kernel_ssz.ts";
import { deserialize } from "../model/kernel_ssz_read.ts";
import { ANY_CAP } from "../model/kernel_v3_caps.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { mutant, plainCap, realCap, sha, valueOf } from "./_kit/kernel.ts";
import { cap } from "./_kit/kernel_arbitrary.ts";
import { register } from "./_kit/register.ts";

const SPEC = "SSZ; capabilities, 2.3 and 2.8";
const BASIC = "src/kernel/ssz/basic.ts";
const COMPOSITE = "src/kernel/ssz/composite.ts";
const CONTAINER = "src/kernel/ssz/container.ts";
const MERKLE = "src/kernel/ssz/merkle.ts";
const CNODE = "src/kernel/cnode_codec.ts";
const DATA = "src/kernel/data_codec.ts";
const IMAGE = "src/kernel/image_codec.ts";

const KINDS = ["instance", "image", "data", "cnode", "type"];

/** Small encodings of every kind, for damage. */
const SMALL: readonly Cap[] = [
  [4n, ["ab".repeat(32)]],
  [3n, [2n, [[1n, 0n, "11".repeat(32)], [3n, 1n, "22".repeat(32)]]]],
  [2n, [[0n, [1n, 0n, 2n]]]],
  [2n, [[1n, [2n, [[0n]]]]]],
  [2n, [[1n, [2n, [[0n], [1n, [5n, 0n]], [2n, "11".repeat(32)]]]]]],
  [1n, [
    [10n, 0n],
    [1n],
    [0n, 4n],
    [],
    [[1n, 2n, [3n, 0n, 0n, 0n, 0n, 0n, 0n, 0n], 1n]],
    [[
      3n,
      "11".repeat(32),
    ]],
    [],
    [1n, 9n],
  ]],
];

/** What a byte is changed to. */
const DAMAGE = [0, 1, 2, 3, 4, 5, 8, 9, 16, 33, 64, 128, 255];

/** Whether bytes are read as by the model, and what was read is written as those bytes. */
function readsAsModel(face: typeof kernel, bytes: Uint8Array, reach: (name: string) => void) {
  const read = face.decodeCap(bytes);
  const expected = deserialize(ANY_CAP, [...bytes]);
  if (!read.ok) {
    reach("refused");
    if (read.error.kind !== "malformed") return `a ${read.error.kind}`;
    const { field, offset } = read.error;
    const inside = offset <= bytes.length && field.startsWith("cap");
    return allOf(agrees(expected, undefined), agrees(inside, true));
  }
  reach("read");
  return allOf(
    agrees(plainCap(read.value), expected?.value),
    agrees(valueOf(face.encodeCap(read.value)), bytes),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/encodings_and_hashes_agree_with_model",
    claim: "a capability has the model's encoding, is read back from it, and has the model's hash",
    subject: [
      ...["encodeCap", "decodeCap", "capHash", "CNodeCap.sizeLog", "DataCap.content"],
      ...["InstanceCap.fields", "ImageCap.fields", "TypeCap.imageHashChain"],
      ...["CNodeCap", "DataCap", "ImageCap", "InstanceCap", "TypeCap"].map((name) =>
        `${name}.kind`
      ),
    ],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(cap, { runs: 500, describe: "capabilities of every kind without handles" }),
    reaches: KINDS,
    implementation: kernel,
    mutants: [
      mutant(BASIC, "view.setUint32(at, value, true)", "view.setUint32(at, value)"),
      mutant(BASIC, "view.setBigUint64(at, value, true)", "view.setBigUint64(at, value)"),
      mutant(BASIC, "LIST_LIMIT / HASH_BYTES", "LIST_LIMIT"),
      mutant(COMPOSITE, "setUint32(head, tail - at, true)", "setUint32(head, tail, true)"),
      mutant(COMPOSITE, "const depth = depthOf(type, LIST_LIMIT);", "const depth = 32;"),
      mutant(CONTAINER, "return mixIn(inner.root(), selector);", "return inner.root();"),
      mutant(MERKLE, "zeroHash(level)", "zeroHash(0)"),
      mutant(MERKLE, "while (2 ** depth < leaves)", "while (2 ** depth <= leaves)"),
      mutant(MERKLE, "BigInt(number), true", "BigInt(number), false"),
      mutant(CNODE, "mixIn(slotsRootOf(cnode), cnode.length)", "slotsRootOf(cnode)"),
      mutant(CNODE, 'asU8("missing" in entry ? 1 : 0)', "asU8(0)"),
      mutant(DATA, "mixIn(root, count)", "mixIn(root, tree.length)"),
      mutant(DATA, "depth < LIST_DEPTH", "depth < LIST_DEPTH - 1"),
      mutant("src/kernel/page.ts", "depthFor(chunks.length / 32)", "depthFor(chunks.length)"),
      mutant("src/kernel/ssz/sparse_tree.ts", "return index + 1;", "return index;"),
    ],
    check(value, reach, face) {
      const real = realCap(face, value);
      reach(real.kind);
      const bytes = valueOf(face.encodeCap(real));
      const again = valueOf(face.decodeCap(bytes));
      return allOf(
        agrees(plainCap(real), value),
        agrees([...bytes], serialize(ANY_CAP, value)),
        agrees(plainCap(again), value),
        agrees(valueOf(face.capHash(real)), capHash(sha, value)),
        agrees(valueOf(face.capHash(again)), valueOf(face.capHash(real))),
      );
    },
  }),
  defineProof({
    id: "kernel/damaged_encodings_are_read_as_the_model_reads_them",
    claim:
      "an encoding cut short, with a byte more or with a byte changed is refused or another capability's, as in the model",
    subject: ["decodeCap", "encodeCap"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.tuple(
        cap,
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom("cut", "more", "flip"),
      ),
      { runs: 1500, describe: "random capabilities, each damaged in a random place" },
    ),
    reaches: ["read", "refused"],
    implementation: kernel,
    mutants: [
      mutant(COMPOSITE, 'if (start > to) return malformed(head, "an offset beyond the end");', ""),
      mutant(CONTAINER, "from === to ? ok(make)", "from <= to ? ok(make)"),
    ],
    check([value, place, byte, how], reach, face) {
      const bytes = valueOf(face.encodeCap(realCap(face, value)));
      const at = place % bytes.length;
      const damaged = how === "cut"
        ? bytes.slice(0, at)
        : how === "more"
        ? Uint8Array.of(...bytes, byte)
        : bytes.with(at, byte);
      return readsAsModel(face, damaged, reach);
    },
  }),
  defineProof({
    id: "kernel/every_damage_to_small_encodings_is_read_as_the_model_reads_it",
    claim: "every truncation and every changed byte of six small encodings is read as by the model",
    subject: ["decodeCap"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.from({
      describe: "every place of six encodings: cut there, or one of 13 bytes there",
      size: SMALL.reduce(
        (sum, value) => sum + serialize(ANY_CAP, value).length * (1 + DAMAGE.length),
        0,
      ),
      *values() {
        for (const value of SMALL) {
          const bytes = Uint8Array.from(serialize(ANY_CAP, value));
          for (let at = 0; at < bytes.length; at++) {
            yield bytes.slice(0, at);
            for (const byte of DAMAGE) {
              yield bytes.with(at, byte);
            }
          }
        }
      },
    }),
    reaches: ["read", "refused"],
    implementation: kernel,
    mutants: [
      mutant(COMPOSITE, "const first = ends.length === 0;", "const first = false;"),
      mutant(CNODE, "sizeLog > CNODE_SIZE_LOG_MAX", "sizeLog > 99"),
      mutant(CNODE, "missing > 1", "missing > 5"),
      mutant(CNODE, "slot > (slots[i - 1]?.slot ?? slot)", "slot >= (slots[i - 1]?.slot ?? slot)"),
      mutant(DATA, "if (pageSize === 0)", "if (pageSize === 99)"),
      mutant("src/kernel/data_cap.ts", "bytes[bytes.length - 1] !== 0;", "bytes.length > 0;"),
      mutant(IMAGE, "if (sourcePathLength > MAX_SOURCE_DEPTH)", "if (sourcePathLength > 99)"),
      mutant(IMAGE, "index < sourcePathLength || step === 0", "index >= 0"),
      mutant(COMPOSITE, "if ((to - from) % size !== 0)", "if (size === 0)"),
      mutant(COMPOSITE, "first % OFFSET_BYTES !== 0 ||", ""),
    ],
    check: (bytes, reach, face) => readsAsModel(face, bytes, reach),
  }),
];

register(proofs);
