/** How much an image of version 3 can have. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { guest, type Line, REPLY } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const RULES = "src/kernel/image_v3_rules.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_images_have_long_code_and_tables",
    claim: "code and jump tables of any length that programs have are those of an image",
    subject: ["ImageCapV3.create"],
    spec: "the kernel, mode v3: Images",
    strength: "bounded",
    domain: domain.product({
      entries: domain.of(0, 1, 44, 45, 300),
      instructions: domain.of(0, 51, 52, 300),
    }),
    reaches: ["made"],
    implementation: kernel,
    mutants: [
      mutant(RULES, "TABLE_ENTRIES_MAX = 2 ** 22", "TABLE_ENTRIES_MAX = 2 * 22"),
      mutant(RULES, "CODE_BYTES_MAX = 2 ** 26", "CODE_BYTES_MAX = 2 * 26"),
    ],
    check({ entries, instructions }, reach, { ImageSource, ImageCapV3 }) {
      const lines: readonly Line[] = [...Array.from({ length: instructions }, () => [1]), REPLY];
      const source = valueOf(ImageSource.create({
        ...guest(lines),
        jumpTable: Array.from({ length: entries }, () => 0),
      }));
      const image = ImageCapV3.create(source);
      reach("made");
      return agrees(
        image.ok
          ? [image.value.fields.code.length, image.value.fields.jumpTable.length]
          : image.error,
        [instructions + 2, entries],
      );
    },
  }),
];

register(proofs);
