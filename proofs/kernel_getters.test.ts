/** What capabilities, paths and images say of themselves. */

import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { mutant, realCap, valueOf } from "./_kit/kernel.ts";
import { cap } from "./_kit/kernel_arbitrary.ts";
import { register } from "./_kit/register.ts";

/** The greatest slot in use and one more. */
function lengthOf(entries: readonly { readonly slot: number }[]): number {
  return entries.reduce((length, { slot }) => Math.max(length, slot + 1), 0);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/sizes_are_those_of_the_content",
    claim: "the sizes that a cnode and a data capability tell are those of what they hold",
    subject: [
      ...["capacity", "length", "refCount"].map((name) => `CNodeCap.${name}`),
      "DataCap.contentLength",
    ],
    spec: "Capabilities, 2.3",
    strength: "sampled",
    domain: sampled(cap, { runs: 300, describe: "capabilities of every kind without handles" }),
    reaches: ["cnode", "data"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/cnode_cap.ts", "2 ** this.#sizeLog", "this.#sizeLog"),
      mutant(
        "src/kernel/data_cap.ts",
        "asUsize(content.pageSize * content.count)",
        "asUsize(content.count)",
      ),
    ],
    check(value, reach, face) {
      const real = realCap(face, value);
      if (real.kind === "cnode") {
        reach("cnode");
        return agrees(
          [real.capacity, real.length, real.refCount],
          [2 ** real.sizeLog, lengthOf(real.entries()), 0],
        );
      }
      if (real.kind !== "data") return undefined;
      reach("data");
      const { content } = real;
      const length = content.form === "inline"
        ? content.bytes.toBytes().length
        : content.pageSize * content.pageCount;
      return agrees(real.contentLength, length);
    },
  }),
  defineProof({
    id: "kernel/paths_are_their_steps",
    claim: "a path tells its steps, the last and the others, and whether it has only one",
    subject: ["steps", "isRootSlot", "target", "prefix"].map((name) => `SlotPath.${name}`),
    spec: "Capabilities, 2.1",
    strength: "bounded",
    domain: domain.words(domain.of(0, 1, 7, 2 ** 32 - 1), 4),
    reaches: ["root", "deep", "none"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/slot.ts", "this.#steps.length === 1", "this.#steps.length <= 2"),
      mutant("src/kernel/slot.ts", "this.#steps.slice(0, -1)", "this.#steps.slice(1)"),
    ],
    check(steps, reach, { SlotPath }) {
      const path = SlotPath.create(steps);
      reach(steps.length === 0 ? "none" : steps.length === 1 ? "root" : "deep");
      if (!path.ok) return agrees(steps.length, 0);
      const { steps: own, isRootSlot, target, prefix } = path.value;
      return agrees(
        [own, isRootSlot, target, prefix],
        [steps, steps.length === 1, steps.at(-1), steps.slice(0, -1)],
      );
    },
  }),
  defineProof({
    id: "kernel/byte_strings_have_their_length",
    claim: "byte strings, and the images made of them, hold the bytes that they were given",
    subject: ["ByteString.length", "ImageSource.fields"],
    spec: "Capabilities, 2.8",
    strength: "sampled",
    domain: sampled(biased.bytes(70), { runs: 300, describe: "up to 70 bytes" }),
    reaches: ["held"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/byte_string.ts", "asUsize(this.#bytes.length)", "asUsize(0)"),
      mutant(
        "src/kernel/image_source.ts",
        "    return this.#fields;",
        "    return { ...this.#fields, code: this.#fields.packedBitmask };",
      ),
    ],
    check(bytes, reach, { ByteString, ImageSource }) {
      const string = ByteString.from(bytes);
      if (string === undefined) return "it is not made";
      const source = valueOf(
        ImageSource.create({ code: string, packedBitmask: new Uint8Array(1) }),
      );
      reach("held");
      return allOf(
        agrees([string.length, string.toBytes()], [bytes.length, bytes]),
        agrees(source.fields.code.toBytes(), bytes),
      );
    },
  }),
];

register(proofs);
