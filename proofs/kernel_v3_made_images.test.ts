/** Images that a program makes of what it made before. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ecalli, load, operation, small } from "./_kit/kernel_guest.ts";
import { AUTHORED } from "./_kit/kernel_programs_worlds.ts";
import {
  called,
  endOf,
  heldBy,
  issued,
  postOf,
  putCNode,
  putData,
  putInstance,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const [DROP, MAKE_IMAGE, MINT_DATA] = [3, 19, 23];
const [SOURCE, PINS, IMAGE, QUOTA] = [2, 20, 21, 8];
const ADDRESS = 0x1_0000n;
/** The path to the slot of what is pinned stands in front of the image's source: two steps. */
const PINNED = 1;
const PATH_BYTES = 8n;
const PATH = 2n ** 63n | 2n << 32n | ADDRESS;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_what_a_new_image_pins_is_stored",
    claim: "an image that a program made is stored with the Data that it made before and pinned",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "the kernel, mode v3: Operands",
    strength: "bounded",
    domain: domain.of("kept", "dropped"),
    reaches: ["kept", "dropped"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/workspace.ts",
        "if (ImageCapV3.is(cap)) return cap.fields.pinned.map(({ capHash }) => capHash);",
        "",
      ),
    ],
    check(how, reach, face) {
      const world = worldOf(face);
      world.assist.storageQuotaSet(1n, 9000n);
      const steps = [PINS, 0, 0, 0, PINNED, 0, 0, 0];
      const source = putData(world, ...steps, ...AUTHORED.map(Number));
      const lines = [
        ...[load(7, ADDRESS), load(8, PATH_BYTES), small(9, QUOTA), load(10, PATH)],
        ecalli(MINT_DATA),
        ...[load(7, ADDRESS + PATH_BYTES), load(8, BigInt(AUTHORED.length))],
        ...[small(9, PINS), small(10, IMAGE), ecalli(MAKE_IMAGE)],
        ...(how === "dropped" ? operation(DROP, PINS) : []),
        load(7, 77n),
      ];
      const held = {
        [SOURCE]: source,
        [PINS]: putCNode(world, 4),
        [QUOTA]: issued(world, "quota", { id: 1n }),
      };
      const special = { memoryMappings: [{ start: ADDRESS, size: 4096n, source: [SOURCE] }] };
      const result = called(world, putInstance(world, lines, held, special), { quota: 9000n });
      const ending = agrees(endOf(result), 77n);
      if (ending !== undefined) return ending;
      reach(how);
      const made = heldBy(world, postOf(result), IMAGE);
      const image = made === undefined ? undefined : world.directory.get(made);
      if (!face.ImageCapV3.is(image)) return "no image was made";
      const [pin] = image.fields.pinned;
      const data = pin === undefined ? undefined : world.directory.get(pin.capHash);
      return allOf(
        agrees(pin?.slot, PINNED),
        agrees(pin?.capHash, putDataHash(face, steps)),
        agrees(data?.kind, "data"),
      );
    },
  }),
];

/** The hash of Data of some bytes. */
function putDataHash(face: typeof kernel, bytes: readonly number[]): string {
  return putData(worldOf(face), ...bytes);
}

register(proofs);
