/** The original's unit tests of the operations on images, by their names, in mode v3. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ecalli, guest, type Line, load, operation } from "./_kit/kernel_guest.ts";
import { type UnitV3, unitV3 } from "./_kit/kernel_v3_unit.ts";
import {
  called,
  endOf,
  heldBy,
  instanceAt,
  postOf,
  putCNode,
  putData,
  putImage,
  putInstance,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const IMAGES = "src/kernel/v3/operations/images.ts";
const subject = ["Vm.create", "Vm.invokeCached"];
const S: readonly Line[] = [load(7, 42n)];

/** A child that was spawned, as it is stored, and that it runs. */
function spawned(face: Face): string | undefined {
  const world = worldOf(face);
  const pins = { pinnedSlots: [{ slot: 30, content: Uint8Array.of(3) }] };
  const held = {
    4: putImage(world, S, pins),
    5: putCNode(world, 8, { 2: putData(world, 1), 30: putData(world, 2) }),
  };
  const lines = [...operation(18, 4, 5, 20), ...operation(26, 20, 0)];
  const instance = putInstance(world, lines, held);
  const result = called(world, instance);
  const child = heldBy(world, postOf(result), 20);
  const { imageHashChain, imageHash, status } = instanceAt(world, child).fields;
  const genesis = instanceAt(world, instance).fields.imageHashChain;
  const chain = valueOf(face.chainExtend(genesis, held[4]));
  return allOf(
    agrees([imageHashChain, imageHash, status.state], [chain, held[4], "idle"]),
    agrees([2, 30].map((slot) => heldBy(world, child, slot)), [1, 3].map((n) => putData(world, n))),
    agrees([endOf(result), heldBy(world, postOf(result), 5)], [42n, undefined]),
  );
}

const TESTS: Readonly<Record<string, UnitV3>> = {
  set_image_extends_chain_hash: {
    differs: "the same; what is named has to be an Image in a slot",
    subject: [...subject, "chainExtend"],
    mutant: mutant(IMAGES, "  frame.chain = extended(frame.chain, hash.value);\n", ""),
    check(face) {
      const world = worldOf(face);
      const held = { 4: putImage(world, S), 5: putData(world, 1) };
      const instance = putInstance(world, operation(17, 4), held);
      const { fields } = instanceAt(world, postOf(called(world, instance)));
      const genesis = instanceAt(world, instance).fields.imageHashChain;
      const wrong = called(world, putInstance(world, operation(17, 5), held));
      return allOf(
        agrees(fields.imageHashChain, valueOf(face.chainExtend(genesis, held[4]))),
        agrees(endOf(wrong), "operation-failed"),
      );
    },
  },
  set_image_reloads_program_from_cache: {
    differs: "the code that runs stays until the next call, which runs the new image",
    subject,
    mutant: mutant(IMAGES, "  frame.imageHash = hash.value;\n", ""),
    check(face) {
      const world = worldOf(face);
      const held = { 4: putImage(world, S) };
      const first = called(world, putInstance(world, [...operation(17, 4), load(7, 5n)], held));
      return agrees([endOf(first), endOf(called(world, postOf(first)))], [5n, 42n]);
    },
  },
  derive_spawn_mints_extended_chain_target: {
    differs: "the cnode has 256 slots, and the child is an idle Instance",
    subject: [...subject, "chainExtend"],
    mutant: mutant(IMAGES, "imageHashChain: extended(frame.chain", "imageHashChain: (frame.chain"),
    check: (face) => spawned(face),
  },
  derive_spawn_cached_publishes_child_instance: {
    differs: "the child is published when the call ends, with what its image pins above the cnode",
    subject: [...subject, "chainExtend"],
    mutant: mutant(IMAGES, "withSlot(under, slot, capHash)", "under"),
    check: (face) => spawned(face),
  },
  make_image_stubbed_traps: {
    differs: "it makes an Image of the encoded authored image",
    subject: [...subject, "encodeImageSource"],
    mutant: mutant(IMAGES, "19: makeImage", "119: makeImage"),
    check(face) {
      const world = worldOf(face);
      const endpoints = [{ index: 0, entryPc: 0n }];
      const source = valueOf(face.ImageSource.create({ ...guest([...S, ecalli(0)]), endpoints }));
      const bytes = valueOf(face.encodeImageSource(source));
      const held = { 3: putData(world, ...bytes) };
      const mappings = [{ start: 0x1_0000n, size: 4096n, source: [3] }];
      const lines = [load(7, 0x1_0000n), load(8, BigInt(bytes.length)), load(9, 2n ** 64n - 1n)];
      const instance = putInstance(world, [...lines, [51, 10, 20], ecalli(19)], held, {
        memoryMappings: mappings,
      });
      const made = heldBy(world, postOf(called(world, instance, { quota: 1000n })), 20);
      return agrees(made, putImage(world, S));
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unitV3(name, test)
);

register(proofs);
