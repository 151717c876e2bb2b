/** Operations of mode v3 on images and types, with operands out of a small set. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ADDRESS, number, type Operand, SLOT } from "./_kit/kernel_programs.ts";
import { COLLIDES, done, EMPTIES, FITS, numbers, ROOT, single } from "./_kit/kernel_v3_single.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Operands";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const OP_IMAGES = "src/kernel/v3/operations/images.ts";
const OP_TYPES = "src/kernel/v3/operations/types.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_images_and_types",
    claim: "SET_IMAGE, DERIVE_SPAWN, MAKE_IMAGE and the operations on types do what the model does",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.map(
        domain.product({ count: numbers(0, 1, 3, 256, 257), from: numbers(SLOT.type, SLOT.child) }),
        ({ count, from }) => ({
          code: 30,
          operands: [from, number(ADDRESS.data), count, number(SLOT.other)],
        }),
      ),
      domain.map(numbers(0, 1, 257), (count) => ({
        code: 29,
        operands: [number(SLOT.child), number(SLOT.child), number(ADDRESS.data), count],
      })),
      domain.map(
        numbers(SLOT.image, COLLIDES, FITS, SLOT.data, SLOT.other),
        (slot) => ({ code: 17, operands: [slot] }),
      ),
      domain.map(
        domain.product({
          length: domain.of<Operand>({ kind: "authoredLength" }, number(5), number(2 ** 24 + 1)),
          pins: numbers(SLOT.cnode, 2n ** 64n - 1n, SLOT.data),
          to: EMPTIES,
        }),
        ({ length, pins, to }) => ({
          code: 19,
          operands: [number(ADDRESS.authored), length, pins, to],
        }),
      ),
      domain.map(
        domain.product({
          image: numbers(SLOT.image, SLOT.data),
          cnode: numbers(ROOT, SLOT.cnode, SLOT.data),
          to: EMPTIES,
        }),
        ({ image, cnode, to }) => ({ code: 18, operands: [image, cnode, to] }),
      ),
      domain.map(
        domain.product({
          a: numbers(SLOT.second, SLOT.child, SLOT.type, SLOT.data),
          b: numbers(SLOT.child, SLOT.type, SLOT.gasToo, SLOT.other),
          code: domain.of(20, 21, 31),
        }),
        ({ code, a, b }) => ({ code, operands: [a, b] }),
      ),
    ),
    reaches: done(17, 18, 19, 20, 21, 29, 30, 31),
    implementation: kernel,
    mutants: [
      mutant(OP_IMAGES, "if (held.value !== undefined) return FAILED;\n", ""),
      mutant(OP_IMAGES, "frame.chain = extended(frame.chain, hash.value);", ""),
      mutant(
        OP_IMAGES,
        "for (const slot of frame.pinned) cnode = withSlot(cnode, slot, undefined);",
        "",
      ),
      mutant(OP_IMAGES, "cap.sizeLog !== ROOT_SIZE_LOG || ", ""),
      mutant(
        OP_IMAGES,
        "imageHashChain: extended(frame.chain, hash.value)",
        "imageHashChain: frame.chain",
      ),
      mutant(
        OP_IMAGES,
        "const isPin = DataCap.is(cap.value) || ImageCapV3.is(cap.value);",
        "const isPin = DataCap.is(cap.value);",
      ),
      mutant(OP_TYPES, "one.value.cap.imageHashChain === other.value.cap.imageHashChain", "true"),
      mutant(OP_TYPES, "const IMAGES_MAX = 256;", "const IMAGES_MAX = 255;"),
      mutant(
        OP_TYPES,
        "    last = extended(last, image.value);",
        "    last = extended(chain, image.value);",
      ),
    ],
    check: (each, reach, face) => single(face, each, reach),
  }),
];

register(proofs);
