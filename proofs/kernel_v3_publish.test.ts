/** Publishing in version 3: images with what they pin, and first Instances. */

import fc from "fast-check";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { contentOf } from "./_kit/kernel_v3_data.ts";
import { register } from "./_kit/register.ts";

const SPEC = "The capability kernel, Images and Instances";
const CANONICAL = "src/kernel/canonical_data.ts";
const PUBLISH = "src/kernel/publish_v3.ts";
const ONES = "11".repeat(32);

const sourceOf = (face: Face, options: Parameters<Face["ImageSource"]["create"]>[0] = {}) =>
  valueOf(face.ImageSource.create({
    code: Uint8Array.of(0),
    packedBitmask: Uint8Array.of(1),
    ...options,
  }));

/** Bytes of some length, zero but at a few places. */
const sparse = fc.tuple(
  fc.constantFrom(0, 1, 4095, 4096, 4097, 8192, 8193, 12_300, 20_480),
  fc.array(fc.nat(20_479), { maxLength: 3 }),
  fc.boolean(),
).map(([length, places, last]) => {
  const bytes = new Uint8Array(length);
  for (const place of places) if (place < length) bytes[place] = 1 + place % 255;
  if (last && length > 0) bytes[length - 1] = 9;
  return bytes;
});

/** The content that canonical Data of bytes has: in one piece, or for each page its bytes or none. */
function canonical(bytes: Uint8Array): unknown {
  const length = bytes.findLastIndex((byte) => byte !== 0) + 1;
  if (length <= 4096) return [...bytes.subarray(0, length)];
  return Array.from({ length: Math.ceil(length / 4096) }, (_, page) => {
    const own = Array.from({ length: 4096 }, (_, i) => bytes[4096 * page + i] ?? 0);
    return own.every((byte) => byte === 0) ? "empty" : own;
  });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/what_is_pinned_is_published_in_canonical_form",
    claim:
      "an image is published with the canonical Data that it pins, and its first Instance holds that over what it is given",
    subject: ["publishImageV3", "genesisInstance"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(sparse, { runs: 150, describe: "up to five pages, most of them zeros" }),
    reaches: ["inline", "paged"],
    implementation: kernel,
    mutants: [
      mutant(CANONICAL, "length <= PAGE_SIZE", "length < PAGE_SIZE"),
      mutant(CANONICAL, "if (strippedLength(bytes) === 0) return EMPTY_PAGE;", ""),
      mutant(
        CANONICAL,
        "const length = strippedLength(bytes);\n  if (length",
        "const { length } = bytes;\n  if (length",
      ),
      mutant(CANONICAL, "Math.min(at + PAGE_SIZE, length)", "Math.min(at + PAGE_SIZE - 1, length)"),
      mutant(PUBLISH, "[...caps, image.value]", "[image.value]"),
      mutant(PUBLISH, "for (const { slot, capHash: hash } of pinned) filled.set(slot, hash);", ""),
      mutant(PUBLISH, "imageHashChain: hash.value,", "imageHashChain: rootCnode.value,"),
    ],
    check(content, reach, face) {
      const directory = new face.CacheDirectory();
      const source = sourceOf(face, { pinnedSlots: [{ slot: 3, content }] });
      const hash = valueOf(face.publishImageV3(directory, source));
      const slots = [{ slot: 0, target: ONES }, { slot: 3, target: ONES }];
      const first = directory.get(valueOf(face.genesisInstance(directory, hash, slots)));
      const image = directory.get(hash);
      const pinned = face.ImageCapV3.is(image) ? image.fields.pinned[0]?.capHash ?? "" : "";
      const fields = face.InstanceCapV3.is(first) ? first.fields : undefined;
      const cnode = fields && directory.get(fields.rootCnode);
      const data = directory.get(pinned);
      reach(data?.kind === "data" && data.content.form === "inline" ? "inline" : "paged");
      return allOf(
        agrees(contentOf(data), canonical(content)),
        agrees(
          [fields?.imageHash, fields?.imageHashChain, fields?.status],
          [hash, hash, { state: "idle" }],
        ),
        agrees(cnode?.kind === "cnode" && [Number(cnode.sizeLog), cnode.entries()], [
          8,
          [{ slot: 0, target: ONES }, { slot: 3, target: pinned }],
        ]),
      );
    },
  }),
  defineProof({
    id: "kernel/what_cannot_be_published_puts_nothing",
    claim:
      "an image that pins what is not there, or is neither Data nor an image of version 3, and an Instance of no such image, are refused",
    subject: ["publishImageV3", "genesisInstance"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(
      ...["absent", "type", "data", "image", "rule", "no image", "old image", "slot", "handle"],
      "twice",
    ),
    reaches: ["blob-missing", "slot-kind-mismatch", "done", "slot-reserved", "image-not-found"]
      .concat("slot-out-of-range", "unresolved-ref", "invalid-argument"),
    implementation: kernel,
    mutants: [
      mutant(
        PUBLISH,
        "if (!DataCap.is(there.value) && !ImageCapV3.is(there.value))",
        "if (!DataCap.is(there.value))",
      ),
      mutant(
        PUBLISH,
        "if (!DataCap.is(there.value) && !ImageCapV3.is(there.value))",
        "if (!ImageCapV3.is(there.value))",
      ),
      mutant(
        PUBLISH,
        "if (there.value === undefined) return err",
        "if (there.value === null) return err",
      ),
      mutant(
        PUBLISH,
        "if (image.value === undefined) return err",
        "if (image.value === null) return err",
      ),
      mutant(
        PUBLISH,
        "if (!image.ok) return image;\n  const caps",
        "if (!image.ok) return directory.putCap(CNodeCap.create(0).value) && image;\n  const caps",
      ),
      mutant(
        PUBLISH,
        "if (!rootCnode.ok) return rootCnode;",
        "directory.putCap(CNodeCap.create(0).value);\n  if (!rootCnode.ok) return rootCnode;",
      ),
    ],
    check(name, reach, face) {
      const directory = new face.CacheDirectory();
      const type = valueOf(directory.putCap(valueOf(face.TypeCap.create(ONES))));
      const data = valueOf(directory.putCap(valueOf(face.DataCap.inline(Uint8Array.of(1)))));
      const image = valueOf(face.publishImageV3(directory, sourceOf(face)));
      const old = valueOf(face.publishImage(directory, sourceOf(face)));
      const ref = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(0))));
      const before: number = directory.blobCount;
      const pins = (contentHash: string, slot = 5) =>
        face.publishImageV3(directory, sourceOf(face, { pinnedSlots: [{ slot, contentHash }] }));
      const first = (hash: string, slot = 5, target: kernel.CapTarget = ONES) =>
        face.genesisInstance(directory, hash, [{ slot, target }]);
      const attempts: Readonly<Record<string, () => kernel.Result<string, { kind: string }>>> = {
        absent: () => pins(ONES),
        type: () => pins(type),
        data: () => pins(data),
        image: () => pins(image),
        rule: () => pins(data, 0),
        "no image": () => first(ONES),
        "old image": () => first(old),
        slot: () => first(image, 256),
        handle: () => first(image, 5, ref),
        twice: () =>
          face.genesisInstance(directory, image, [5, 5].map((slot) => ({ slot, target: ONES }))),
      };
      const kinds: Readonly<Record<string, string>> = {
        absent: "blob-missing",
        type: "slot-kind-mismatch",
        rule: "slot-reserved",
        "no image": "blob-missing",
        "old image": "image-not-found",
        slot: "slot-out-of-range",
        handle: "unresolved-ref",
        twice: "invalid-argument",
      };
      const done = attempts[name]?.();
      const kind = done?.ok === false ? done.error.kind : "done";
      reach(kind);
      return allOf(
        agrees(kind, kinds[name] ?? "done"),
        agrees(Number(directory.blobCount) - before, kind === "done" ? 1 : 0),
      );
    },
  }),
];

register(proofs);
