/** Instances and images of version 3 as capabilities: encoding, hash, parts and handles. */

import type { Cap } from "../model/kernel_caps.ts";
import { hexText, serialize } from "../model/kernel_ssz.ts";
import { deserialize } from "../model/kernel_ssz_read.ts";
import { root } from "../model/kernel_ssz_root.ts";
import { ANY_CAP, INSTANCE_V3 } from "../model/kernel_v3_caps.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { mutant, plainCap, realCap, sha, valueOf } from "./_kit/kernel.ts";
import { capV3 } from "./_kit/kernel_v3_arbitrary.ts";
import {
  DAMAGE,
  optionsOf,
  SMALL_V3,
  smallDamage,
  wildInstance,
} from "./_kit/kernel_v3_instances.ts";
import { register } from "./_kit/register.ts";

const SPEC = "The capability kernel, Images and Instances; SSZ";
const CAP = "src/kernel/cap.ts";
const IMAGE = "src/kernel/image_v3_codec.ts";
const INSTANCE = "src/kernel/instance_v3_codec.ts";
const PARTS = "src/kernel/instance_v3.ts";
const ONES = "11".repeat(32);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/capabilities_of_version_3_agree_with_model",
    claim: "an image or Instance of version 3 has the model's encoding and hash, and is read back",
    subject: [
      ...["encodeCap", "decodeCap", "capHash", "ImageCapV3.fields", "InstanceCapV3.fields"],
      ...["InstanceCapV3.kind", "ImageCapV3.kind"],
    ],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(capV3, { runs: 300, describe: "images and Instances of version 3" }),
    reaches: ["image", "instance"],
    implementation: kernel,
    mutants: [
      mutant(INSTANCE, "asU8(value ? 1 : 0)", "asU8(0)"),
      mutant(INSTANCE, "ok(value === 1)", "ok(value === 0)"),
      mutant(
        INSTANCE,
        "source: optional(hash32), content: hash32",
        "content: hash32, source: optional(hash32)",
      ),
      mutant(INSTANCE, "  pc: uint64,\n  marker: hash32,", "  marker: hash32,\n  pc: uint64,"),
      mutant(
        IMAGE,
        "gasSlots: list(uint32),\n    quotaSlots: list(uint32),",
        "quotaSlots: list(uint32),\n    gasSlots: list(uint32),",
      ),
      mutant(
        IMAGE,
        "argRegisters: uint8,\n  argCnodeSize: uint8,",
        "argCnodeSize: uint8,\n  argRegisters: uint8,",
      ),
      mutant(
        CAP,
        'option("imageV3"',
        'option("imageV3", imageV3Ssz, () => undefined, (cap) => cap),\n  option("imageV3"',
      ),
    ],
    check(value, reach, face) {
      const real = realCap(face, value);
      reach(real.kind);
      const bytes = valueOf(face.encodeCap(real));
      return allOf(
        agrees(plainCap(real), value),
        agrees([...bytes], serialize(ANY_CAP, value)),
        agrees(plainCap(valueOf(face.decodeCap(bytes))), value),
        agrees(valueOf(face.capHash(real)), hexText(root(sha, ANY_CAP, value))),
      );
    },
  }),
  defineProof({
    id: "kernel/every_damage_to_small_encodings_of_version_3_is_read_as_the_model_reads_it",
    claim: "every truncation and every changed byte of small encodings is read as by the model",
    subject: ["decodeCap", "encodeCap"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.from({
      describe:
        `every place of ${SMALL_V3.length} encodings: cut there, or one of some bytes there`,
      size: SMALL_V3.reduce(
        (sum, value) => sum + serialize(ANY_CAP, value).length * (1 + DAMAGE.length),
        0,
      ),
      values: smallDamage,
    }),
    reaches: ["read", "refused"],
    implementation: kernel,
    mutants: [
      mutant(INSTANCE, "value > 1 ? err", "value > 5 ? err"),
      mutant(INSTANCE, "isCallee(steps) ? undefined", "steps ? undefined"),
      mutant(PARTS, "i === 0 ? step > 0 && step < ROOT_SLOTS", "i === 0 ? step < ROOT_SLOTS"),
      mutant(PARTS, "step > 0 && step < ROOT_SLOTS", "step > 0"),
      mutant(PARTS, ": step < MAX_CNODE_SLOTS", ": step >= 0"),
      mutant(
        IMAGE,
        "endpoints: keyed(endpoint, ({ index }) => index)",
        "endpoints: list(endpoint)",
      ),
      mutant(
        IMAGE,
        "pinned: keyed(slotEntrySsz, ({ slot }) => slot)",
        "pinned: list(slotEntrySsz)",
      ),
    ],
    check(bytes, reach, face) {
      const read = face.decodeCap(bytes);
      const expected = deserialize(ANY_CAP, [...bytes]);
      reach(read.ok ? "read" : "refused");
      if (!read.ok) return agrees([read.error.kind, expected], ["malformed", undefined]);
      return allOf(
        agrees(plainCap(read.value), expected?.value),
        agrees(valueOf(face.encodeCap(read.value)), bytes),
      );
    },
  }),
  defineProof({
    id: "kernel/instances_of_version_3_are_made_of_well_formed_parts",
    claim:
      "an Instance is made exactly of what the model reads, and holds it; another root cnode changes nothing else",
    subject: ["InstanceCapV3.create", "InstanceCapV3.withRootCnode", "InstanceCapV3.is"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(wildInstance, {
      runs: 400,
      describe: "Instances, some with a callee that cannot be",
    }),
    reaches: ["idle", "paused", "faulted", "refused"],
    implementation: kernel,
    mutants: [
      mutant(PARTS, "steps.length > MAX_SOURCE_DEPTH", "steps.length > MAX_SOURCE_DEPTH - 1"),
      mutant(
        PARTS,
        'if (state === "faulted") return ok(FAULTED);',
        'if (state === "faulted") return ok(IDLE);',
      ),
      mutant(PARTS, "status: orElse(parseStatus, IDLE)", "status: () => ok(IDLE)"),
      mutant(
        PARTS,
        "{ ...this.#fields, rootCnode: target.value }",
        "{ ...this.#fields, status: IDLE, rootCnode: target.value }",
      ),
      mutant(PARTS, "source: orElse(parseHash, undefined)", "source: () => ok(undefined)"),
    ],
    check(fields, reach, face) {
      const cap: Cap = [INSTANCE_V3, fields];
      const made = face.InstanceCapV3.create(optionsOf(fields));
      const expected = deserialize(ANY_CAP, serialize(ANY_CAP, cap));
      reach(made.ok ? made.value.fields.status.state : "refused");
      if (!made.ok) return agrees([made.error.kind, expected], ["invalid-argument", undefined]);
      const other = made.value.withRootCnode(ONES);
      return allOf(
        agrees(plainCap(made.value), expected?.value),
        agrees(face.InstanceCapV3.is(made.value), true),
        agrees(other.ok && plainCap(other.value), [INSTANCE_V3, fields.with(2, ONES)]),
      );
    },
  }),
  defineProof({
    id: "kernel/handles_of_instances_of_version_3_are_settled",
    claim: "a handle to a cnode in an Instance of version 3 is held, is no hash, and becomes one",
    subject: ["CacheDirectory.settle", "CacheDirectory.holders", "capHash", "isCap"],
    spec: "Capabilities, 2.7",
    strength: "bounded",
    domain: domain.of("idle", "faulted"),
    reaches: ["settled"],
    implementation: kernel,
    mutants: [
      mutant(
        CAP,
        "if (InstanceCap.is(cap) || InstanceCapV3.is(cap)) {",
        "if (InstanceCap.is(cap)) {",
      ),
      mutant(
        "src/kernel/settle.ts",
        "if (InstanceCapV3.is(cap)) instances.rewrite(id, cap);\n    else ",
        "",
      ),
      mutant(
        "src/kernel/settle.ts",
        "{ ...fields, rootCnode: settledTarget(fields.rootCnode, settled) }",
        "fields",
      ),
      mutant(CAP, " || InstanceCapV3.is(value)", ""),
    ],
    check(state, reach, face) {
      const directory = new face.CacheDirectory();
      const cnode = valueOf(face.CNodeCap.create(8));
      const ref = valueOf(directory.putInstance(cnode));
      const options = { imageHashChain: ONES, imageHash: ONES, rootCnode: ref };
      const status = { state: state === "idle" ? "idle" : "faulted" } as const;
      const cap = valueOf(face.InstanceCapV3.create({ ...options, status }));
      const unsettled = face.capHash(cap);
      const handle = valueOf(directory.putInstance(cap));
      const held = directory.holders(ref);
      const hash = valueOf(directory.settle(handle));
      reach("settled");
      const now = directory.get(handle);
      const rootCnode = valueOf(face.capHash(cnode));
      const stored = directory.get(hash);
      return allOf(
        agrees([face.isCap(cap), unsettled.ok], [true, false]),
        agrees(held, { ok: true, value: 3 }),
        agrees(now && plainCap(now), stored && plainCap(stored)),
        agrees(stored && plainCap(stored), [
          INSTANCE_V3,
          [ONES, ONES, rootCnode, [state === "idle" ? 0n : 2n]],
        ]),
        agrees(now && face.capHash(now), { ok: true, value: hash }),
      );
    },
  }),
];

register(proofs);
