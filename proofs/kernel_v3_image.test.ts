/** Images of version 3: every rule of them, beside the model, when they are made and when read. */

import { serialize } from "../model/kernel_ssz.ts";
import { ANY_CAP } from "../model/kernel_v3_caps.ts";
import { brokenRule } from "../model/kernel_v3_images.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { mutant, plainCap, valueOf } from "./_kit/kernel.ts";
import { capOf, faulty, pinsOf, sourceOf } from "./_kit/kernel_v3_faults.ts";
import { register } from "./_kit/register.ts";

const SPEC = "The capability kernel, Images";
const RULES = "src/kernel/image_v3_rules.ts";
const IMAGE = "src/kernel/image_v3.ts";
const CODEC = "src/kernel/image_v3_codec.ts";

/** An error of an image as the model tells it. */
function told(error: object): unknown {
  const { kind: name, ...detail } = { kind: "", ...error };
  return { error: name, detail: Object.values(detail).map((part: unknown) => BigInt(`${part}`)) };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/images_of_version_3_keep_every_rule",
    claim:
      "an image is made, and read, exactly when it keeps every rule; otherwise the error is the model's first broken rule",
    subject: ["ImageCapV3.create", "ImageCapV3.fields", "ImageCapV3.kind", "decodeCap"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(faulty, { runs: 700, describe: "images with up to two things wrong" }),
    reaches: [
      ...["made", "malformed-code", "endpoint-not-an-instruction", "register-index-out-of-range"],
      ...["unaligned-mapping", "empty-mapping", "mapping-overflow", "mapping-overlap"],
      ...["mapping-source-twice", "source-path-too-deep", "slot-out-of-range", "slot-reserved"],
      "initial-slots-unsupported",
    ],
    implementation: kernel,
    mutants: [
      mutant(RULES, "if (mask.length !== Math.ceil(length / 8)) return length;", ""),
      mutant(
        RULES,
        "if (mask.length !== Math.ceil(length / 8)) return length;",
        "if (mask.length < length / 8) return length;",
      ),
      mutant(RULES, "length % 8 !== 0 && (mask", "length % 8 === 1 && (mask"),
      mutant(RULES, ">> (length % 8) !== 0)", ">> (length % 8) > 1)"),
      mutant(RULES, "if (!isStart(mask, 0)) return 0;", "if (length === 0) return 1;"),
      mutant(RULES, "if (!JAVM_OPCODES.has(bytes[start] ?? 0)) return start;", ""),
      mutant(RULES, 'dialects.includes("javm")', 'dialects.includes("gray-paper")'),
      mutant(
        RULES,
        "next - start > INSTRUCTION_BYTES_MAX",
        "next - start >= INSTRUCTION_BYTES_MAX",
      ),
      mutant(RULES, "INSTRUCTION_BYTES_MAX = 25", "INSTRUCTION_BYTES_MAX = 26"),
      mutant(RULES, "entryPc >= BigInt(code.length) ||", ""),
      mutant(RULES, "|| !isStart(rawBytes(bitmask), Number(entryPc))", ""),
      mutant(RULES, "register >= REGISTERS", "register > REGISTERS"),
      mutant(RULES, "path.length > MAX_SOURCE_DEPTH", "path.length > 99"),
      mutant(RULES, "index === 0 ? ROOT_SIZE_LOG : asU8(CNODE_SIZE_LOG_MAX)", "ROOT_SIZE_LOG"),
      mutant(
        RULES,
        "index === 0 ? ROOT_SIZE_LOG : asU8(CNODE_SIZE_LOG_MAX)",
        "asU8(CNODE_SIZE_LOG_MAX)",
      ),
      mutant(RULES, "if (start % page !== 0n)", "if (start % page > 1n)"),
      mutant(RULES, 'if (size === 0n) return { kind: "empty-mapping", mapping };', ""),
      mutant(RULES, "start + size > MEMORY_END", "start + size >= MEMORY_END"),
      mutant(RULES, "start + size > MEMORY_END", "start + size > MEMORY_END + 1n"),
      mutant(RULES, "(start + size + page - 1n) / page", "(start + size) / page"),
      mutant(RULES, "(start + size + page - 1n) / page", "(start + size + page) / page"),
      mutant(RULES, "pages.fill(1);", ""),
      mutant(RULES, "path.length > 0 && sources.has(source)", "sources.has(source)"),
      mutant(RULES, "sources.add(source);", ""),
      mutant(
        RULES,
        "[gasSlots, quotaSlots, pinnedSlots, catcher]",
        "[quotaSlots, pinnedSlots, catcher]",
      ),
      mutant(
        RULES,
        "[gasSlots, quotaSlots, pinnedSlots, catcher]",
        "[gasSlots, pinnedSlots, catcher]",
      ),
      mutant(
        RULES,
        "[gasSlots, quotaSlots, pinnedSlots, catcher]",
        "[gasSlots, quotaSlots, catcher]",
      ),
      mutant(
        RULES,
        "[gasSlots, quotaSlots, pinnedSlots, catcher]",
        "[gasSlots, quotaSlots, pinnedSlots]",
      ),
      mutant(RULES, "pinnedSlots.some((slot) => slot === 0)", "pinnedSlots.length > 99"),
      mutant(RULES, "parts.initialSlots > 0", "parts.initialSlots > 1"),
      mutant(
        RULES,
        "endpointsProblem(parts) ?? mappingsProblem(parts)",
        "mappingsProblem(parts) ?? endpointsProblem(parts)",
      ),
      mutant(
        RULES,
        "mappingsProblem(parts) ?? slotsProblem(parts)",
        "slotsProblem(parts) ?? mappingsProblem(parts)",
      ),
      mutant(IMAGE, "initialSlots: fields.initialSlots.length", "initialSlots: 0"),
      mutant(IMAGE, "registers.get(register) ?? asU64(0n)", "asU64(0n)"),
      mutant(
        IMAGE,
        "quotaSlots: fields.quotaSlots,\n      pinned",
        "quotaSlots: fields.gasSlots,\n      pinned",
      ),
      mutant(
        CODEC,
        "return problem === undefined ? ok(imageV3Of(fields)) : err(problem.kind);",
        "return ok(imageV3Of(fields)) ?? err(problem);",
      ),
      mutant(CODEC, "pinnedSlots: fields.pinned.map(({ slot }) => slot)", "pinnedSlots: []"),
      mutant(CODEC, "path: mappingPath(mapping)", "path: []"),
    ],
    check(parts, reach, face) {
      const broken = brokenRule(parts);
      const made = face.ImageCapV3.create(sourceOf(face, parts), pinsOf(parts));
      reach(made.ok ? "made" : made.error.kind);
      const cap = capOf(parts);
      const readable = parts.initial === 0 && parts.mappings.every(({ path }) => path.length <= 8);
      const registers = parts.endpoints.flatMap((endpoint) => endpoint.registers);
      const bytes = Uint8Array.from(serialize(ANY_CAP, cap));
      const read = face.decodeCap(bytes);
      if (!made.ok) {
        const visible = readable && registers.every((register) => register < 13n);
        return allOf(
          agrees(told(made.error), broken),
          visible ? agrees(read.ok, false) : undefined,
        );
      }
      return allOf(
        agrees(broken, undefined),
        agrees(made.value.kind, "image"),
        agrees(plainCap(made.value), cap),
        agrees(read.ok && plainCap(read.value), cap),
      );
    },
  }),
  defineProof({
    id: "kernel/images_keep_what_their_author_wrote",
    claim:
      "an image has the jump table, registers and sizes of its source, and what is pinned in order",
    subject: ["ImageCapV3.create", "ImageCapV3.fields", "ImageCapV3.is"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ twice: domain.of(false, true), index: domain.of(0, 255) }),
    reaches: ["made", "twice"],
    implementation: kernel,
    mutants: [
      mutant(
        IMAGE,
        "jumpTable: fields.jumpTable,\n      endpoints",
        "jumpTable: [],\n      endpoints",
      ),
      mutant(
        IMAGE,
        "return Object.freeze({ index, entryPc, argRegisters, argCnodeSize,",
        "return Object.freeze({ index, entryPc, argRegisters, argCnodeSize: argRegisters,",
      ),
      mutant(
        "src/kernel/parse.ts",
        "key(entry) !== key(entries[i - 1] ?? entry)",
        "entry !== undefined",
      ),
    ],
    check({ twice, index }, reach, face) {
      const source = valueOf(face.ImageSource.create({
        code: Uint8Array.of(0),
        packedBitmask: Uint8Array.of(1),
        jumpTable: [7, 2 ** 32 - 1],
        endpoints: [{ index, argRegisters: 4, argCnodeSize: 9 }],
        yieldMarkerSlot: 255,
      }));
      const pins = [5, twice ? 5 : 2].map((slot) => ({ slot, capHash: "11".repeat(32) }));
      const made = face.ImageCapV3.create(source, pins);
      reach(made.ok ? "made" : "twice");
      if (!made.ok) return agrees([twice, made.error.kind], [true, "invalid-argument"]);
      const { jumpTable, endpoints, pinned, yieldMarkerSlot } = made.value.fields;
      const endpoint = endpoints[0];
      return allOf(
        agrees([twice, face.ImageCapV3.is(made.value), face.ImageCapV3.is(source)], [
          false,
          true,
          false,
        ]),
        agrees(jumpTable, [7, 2 ** 32 - 1]),
        agrees(
          [endpoints.length, endpoint?.index, endpoint?.argRegisters, endpoint?.argCnodeSize],
          [1, index, 4, 9],
        ),
        agrees([pinned.map(({ slot }) => slot), yieldMarkerSlot], [[2, 5], 255]),
      );
    },
  }),
];

register(proofs);
