/** Images in their authoring form: turned into capabilities, written, hashed and published. */

import fc from "fast-check";
import { convert, HOST_IMAGE } from "../model/kernel_image.ts";
import { at, big } from "../model/kernel_shapes.ts";
import { hexText, partsOf, serialize, type Value } from "../model/kernel_ssz.ts";
import { deserialize } from "../model/kernel_ssz_read.ts";
import { root } from "../model/kernel_ssz_root.ts";
import * as kernel from "../src/kernel/mod.ts";
import type { ImageSource } from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { bytesOf, mutant, num, plainCap, sha, text, valueOf } from "./_kit/kernel.ts";
import { hash, hostImage, list, u32 } from "./_kit/kernel_arbitrary.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 2.6";
const CONVERT = "src/kernel/image_convert.ts";
const CODEC = "src/kernel/image_codec.ts";
const PUBLISH = "src/kernel/publish.ts";

function dataOf(slot: Value, content: Value) {
  return { slot: num(slot), content: bytesOf(at(content, 0)), size: big(at(content, 1)) };
}

/** An image of the model as its author would write it, lists with keys backwards. */
function sourceOf({ ImageSource }: typeof kernel, v: Value): ImageSource {
  const yieldSlot = at(v, 9);
  return valueOf(ImageSource.create({
    code: bytesOf(at(v, 0)),
    packedBitmask: bytesOf(at(v, 1)),
    jumpTable: partsOf(at(v, 2)).map(num),
    endpoints: partsOf(at(v, 3)).toReversed().map((entry) => ({
      index: num(at(entry, 0)),
      entryPc: big(at(at(entry, 1), 0)),
      argRegisters: num(at(at(entry, 1), 1)),
      argCnodeSize: num(at(at(entry, 1), 2)),
      initialRegs: partsOf(at(at(entry, 1), 3)).toReversed().map((r) => ({
        register: num(at(r, 0)),
        value: big(at(r, 1)),
      })),
    })),
    memoryMappings: partsOf(at(v, 4)).map((m) => ({
      start: big(at(m, 0)),
      size: big(at(m, 1)),
      source: partsOf(at(at(m, 2), 0)).map(num),
    })),
    gasSlots: partsOf(at(v, 5)).map(num),
    quotaSlots: partsOf(at(v, 6)).map(num),
    pinnedSlots: partsOf(at(v, 7)).toReversed().map((entry) => {
      const pin = at(entry, 1);
      return at(pin, 0) === 0n
        ? dataOf(at(entry, 0), at(pin, 1))
        : { slot: num(at(entry, 0)), contentHash: text(at(at(pin, 1), 0)) };
    }),
    initialSlots: partsOf(at(v, 8)).toReversed().map((e) => dataOf(at(e, 0), at(e, 1))),
    ...at(yieldSlot, 0) === 0n ? {} : { yieldMarkerSlot: num(at(yieldSlot, 1)) },
  }));
}

const entries = list(fc.tuple(u32, hash));

function convertedOf(result: ReturnType<typeof kernel.ImageCap.fromSource>): unknown {
  if (result.ok) return { ok: plainCap(result.value) };
  const { kind, ...data } = result.error;
  const { index, steps } = { index: undefined, steps: undefined, ...data };
  const detail = index ?? steps;
  return detail === undefined ? { error: kind } : { error: kind, detail: BigInt(detail) };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/images_are_converted_as_by_the_model",
    claim: "an image becomes the model's capability, or the model's first error",
    subject: ["ImageSource.create", "ImageCap.fromSource"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.tuple(hostImage, entries, entries), {
      runs: 600,
      describe: "images with up to four of everything",
    }),
    reaches: [
      "converted",
      "endpoint-index-out-of-range",
      "register-index-out-of-range",
      "source-path-empty",
      "source-path-too-deep",
    ],
    implementation: kernel,
    mutants: [
      mutant(CONVERT, "if (index >= count)", "if (index > count)"),
      mutant(CONVERT, "register >= REGISTER_COUNT", "register > REGISTER_COUNT"),
      mutant(CONVERT, "steps.length > MAX_SOURCE_DEPTH", "steps.length >= MAX_SOURCE_DEPTH"),
      mutant(CONVERT, "if (steps.length === 0)", "if (steps.length === 99)"),
      mutant(CONVERT, "entryPc: source.entryPc", "entryPc: asU64(0n)"),
      mutant("src/kernel/parse.ts", "key(a) - key(b)", "key(b) - key(a)"),
      mutant("src/kernel/image_cap.ts", "initial: initials.value", "initial: pins.value"),
    ],
    check([image, pinned, initial], reach, face) {
      const source = sourceOf(face, image);
      const slots = (of: readonly (readonly [bigint, string])[]) =>
        of.map(([slot, capHash]) => ({ slot: Number(slot), capHash }));
      const result = face.ImageCap.fromSource(source, slots(pinned), slots(initial));
      reach(result.ok ? "converted" : result.error.kind);
      return agrees(convertedOf(result), convert(image, pinned, initial));
    },
  }),
  defineProof({
    id: "kernel/image_sources_are_written_and_hashed_as_by_the_model",
    claim:
      "an image has the model's encoding and content hash whatever the order of its lists, and damage is read as by the model",
    subject: ["encodeImageSource", "decodeImageSource", "imageContentHash", "chainGenesis"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.tuple(hostImage, fc.nat(), fc.integer({ min: 0, max: 255 })), {
      runs: 200,
      describe: "images with up to four of everything, one byte of each changed",
    }),
    reaches: ["read", "refused"],
    implementation: kernel,
    mutants: [
      mutant(CODEC, "key(before) < key(entry)", "key(before) <= key(entry)"),
      mutant("src/kernel/image_chain.ts", "hashOfBytes(imageSourceSsz.root(image.value))", '"00"'),
    ],
    check([image, place, byte], reach, face) {
      const source = sourceOf(face, image);
      const bytes = valueOf(face.encodeImageSource(source));
      const hash = hexText(root(sha, HOST_IMAGE, image));
      const again = valueOf(face.decodeImageSource(bytes));
      const damaged = bytes.with(place % bytes.length, byte);
      const read = face.decodeImageSource(damaged);
      const expected = deserialize(HOST_IMAGE, [...damaged]);
      reach(read.ok ? "read" : "refused");
      const twice = partsOf(image).map((field, i): Value =>
        [3, 7, 8].includes(i) ? partsOf(field).flatMap((entry) => [entry, entry]) : field
      );
      const repeated = serialize(HOST_IMAGE, twice);
      return allOf(
        agrees([...bytes], serialize(HOST_IMAGE, image)),
        agrees(face.imageContentHash(source), { ok: true, value: hash }),
        agrees(face.chainGenesis(again), { ok: true, value: hash }),
        agrees(read.ok, expected !== undefined),
        agrees(
          face.decodeImageSource(Uint8Array.from(repeated)).ok,
          deserialize(HOST_IMAGE, repeated) !== undefined,
        ),
        read.ok ? agrees(valueOf(face.encodeImageSource(read.value)), damaged) : undefined,
      );
    },
  }),
  defineProof({
    id: "kernel/publishing_puts_all_or_nothing",
    claim: "publishing an image puts its data and itself, or nothing when it cannot be converted",
    subject: ["publishImage", "CacheDirectory.containsBlob"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      pinsImage: domain.of("none", "there", "missing"),
      endpoint: domain.of(7, 200),
      size: domain.of(0n, 5000n, 2n ** 60n),
    }),
    reaches: ["published", "blob-missing", "too-large", "endpoint-index-out-of-range"],
    implementation: kernel,
    mutants: [
      mutant(
        PUBLISH,
        "if (there.value === undefined)",
        "if (contentHash === undefined)",
      ),
      mutant(
        PUBLISH,
        "directory.putAll([...caps, image.value])",
        "directory.putAll([image.value])",
      ),
      mutant(PUBLISH, "DataCap.inline(content, { size: bytes })", "DataCap.inline(content)"),
    ],
    check({ pinsImage, endpoint, size }, reach, face) {
      const directory = new face.CacheDirectory();
      const below = valueOf(face.ImageSource.create());
      const there = pinsImage === "there"
        ? valueOf(face.publishImage(directory, below))
        : "ab".repeat(32);
      const content = new TextEncoder().encode("hello");
      const image = pinsImage === "none" ? [] : [{ slot: 1, contentHash: there }];
      const source = valueOf(face.ImageSource.create({
        endpoints: [{ index: endpoint }],
        pinnedSlots: [{ slot: 3, content }, ...image],
        initialSlots: [{ slot: 7, content, size }],
      }));
      const before: number = directory.blobCount;
      const done = face.publishImage(directory, source);
      reach(done.ok ? "published" : done.error.kind);
      if (!done.ok) return agrees(Number(directory.blobCount), before);
      const cap = directory.getBlob(done.value);
      const fields = face.ImageCap.is(cap) ? cap.fields : undefined;
      const held = [...fields?.pinned ?? [], ...fields?.initial ?? []].map((e) => e.capHash);
      const initial = directory.getBlob(held.at(-1) ?? "");
      return allOf(
        agrees(held.every((hash) => directory.containsBlob(hash)), true),
        agrees(held.length, image.length + 2),
        agrees(
          initial?.kind === "data" ? Number(initial.contentLength) : 0,
          size === 0n ? 4096 : 8192,
        ),
      );
    },
  }),
];

register(proofs);
