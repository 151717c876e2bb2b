/** Known hashes, which an independent model gave. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ECALLI_0, hashOf, image, KNOWN, LABELS, ONES } from "./_kit/kernel_known.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 6.2";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/known_capability_hashes",
    claim: "the capabilities of the known answers have the known hashes",
    subject: [
      "capHash",
      "CNodeCap.create",
      "DataCap.inline",
      "DataCap.paged",
      "ImageCap.fromSource",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...KNOWN),
    reaches: KNOWN.map(({ name }) => name),
    implementation: kernel,
    mutants: [
      mutant("src/kernel/image_cap.ts", "MAX_ENDPOINTS = 64", "MAX_ENDPOINTS = 63"),
      mutant("src/kernel/image_convert.ts", "STACK_REGISTER = 1", "STACK_REGISTER = 2"),
      mutant(
        "src/kernel/data_cap.ts",
        "Math.max(raw.length, size, 1)",
        "Math.max(raw.length, size)",
      ),
      mutant("src/kernel/cnode_cap.ts", "new SparseTree(CNODE_SIZE_LOG_MAX", "new SparseTree(8"),
      mutant("src/kernel/ssz/merkle.ts", "both.set(left);", "both.set(right);"),
    ],
    check({ name, hash, make }, reach, face) {
      reach(name);
      return agrees(hashOf(face, make(face)), hash);
    },
  }),
  defineProof({
    id: "kernel/known_kernel_labels",
    claim: "each kernel image has the known hash, is recognized by it, and nothing else is",
    subject: ["kernelImageHash", "recognizeKernelImage"],
    spec: "capabilities, 3.4 and 6.2",
    strength: "exhaustive",
    domain: domain.of(...kernel.KERNEL_IMAGES),
    reaches: ["known"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/kernel_image.ts", "`kernel:${image}`", "`kernel-${image}`"),
      mutant("src/kernel/kernel_image.ts", "if (own === hash) return image;", "return image;"),
      mutant("src/kernel/hash.ts", "{ dkLen: HASH_BYTES }", "{ dkLen: 64 }"),
    ],
    check(image, reach, { kernelImageHash, recognizeKernelImage, KERNEL_IMAGES }) {
      reach("known");
      return allOf(
        agrees(kernelImageHash(image), { ok: true, value: LABELS[image] }),
        agrees(recognizeKernelImage(LABELS[image] ?? ""), image),
        agrees(recognizeKernelImage(ONES), undefined),
        agrees(KERNEL_IMAGES.length, Object.keys(LABELS).length),
      );
    },
  }),
  defineProof({
    id: "kernel/known_chain_extension",
    claim: "a chain extended by an image's hash is the known one",
    subject: ["chainExtend"],
    spec: "capabilities, 2.6 and 6.2",
    strength: "bounded",
    domain: domain.of("c1".repeat(32)),
    reaches: ["extended"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/image_chain.ts",
        "both.set(bytesOfHash(chain));",
        "both.set(bytesOfHash(imageHash));",
      ),
    ],
    check(chain, reach, face) {
      reach("extended");
      const known = "53e66febce420a5608f8dac93ffb55b36cf6aa2fab28acf5da0164544c4ffa72";
      const hash = hashOf(face, image(face, ECALLI_0));
      return agrees(face.chainExtend(chain, hash), { ok: true, value: known });
    },
  }),
];

register(proofs);
