/** Single rules of mode v3 about the values that it stores and the room that it has. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { type Line, load, operation, storeByte, TRAP } from "./_kit/kernel_guest.ts";
import {
  called,
  endOf,
  heldBy,
  instanceAt,
  issued,
  move,
  postOf,
  putCNode,
  putData,
  putImage,
  putInstance,
  tablesOf,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const IMAGES = "src/kernel/v3/operations/images.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const CALLS = "src/kernel/v3/operations/calls.ts";
const [DROP, MINT_CNODE, YIELD, SET_IMAGE, SPAWN, TYPE_OF, CALL, RESUME] = [
  3,
  5,
  16,
  17,
  18,
  21,
  26,
  27,
];
const [CHILD, SECOND, QUOTA, GAS, CATCHER, MARKER, GAS_TOO] = [6, 7, 8, 9, 10, 12, 16];

/** What needs room on the stack: how many entries there are before it, and how many it needs. */
const NEEDS: Readonly<Record<string, readonly [entries: number, lines: readonly Line[]]>> = {
  // A call needs one entry.
  call: [2, operation(CALL, SECOND, 0)],
  // A handler that calls: itself, the yielder, the reference, and the callee.
  "call by a handler": [4, [...operation(CALL, CHILD, 0), ...operation(CALL, SECOND, 0)]],
  // What is paused comes back with all that it waits for.
  resume: [3, operation(RESUME, MARKER + 1)],
  // A yield needs one entry more for the reference; without it nobody catches it.
  yield: [3, operation(CALL, CHILD, 0)],
};

/** Some work that leaves traces everywhere: memory, quotas, meters, slots. */
function work(world: World): unknown {
  const { assist } = world;
  for (const id of [1n, 2n]) {
    assist.gasMeterSet(id, 1000n / id);
    assist.storageQuotaSet(id, 5000n);
  }
  const child = putInstance(world, [load(7, 3n), storeByte(7, 0x1_0000), ...operation(DROP, 20)], {
    [QUOTA]: issued(world, "quota", { id: 1n }),
  }, { memoryMappings: [{ start: 0x1_0000n, size: 4096n, source: [3] }], quotaSlots: [QUOTA] });
  const top = putInstance(
    world,
    [
      ...operation(CALL, CHILD, 0),
      ...operation(DROP, 20),
      ...operation(MINT_CNODE, 20, 4, QUOTA),
      ...operation(CALL, SECOND, 0),
      storeByte(7, 0x2_0000),
    ],
    {
      2: putData(world, 1, 2, 3),
      [CHILD]: child,
      [SECOND]: putInstance(world, [TRAP]),
      [QUOTA]: issued(world, "quota", { id: 2n }),
      [GAS]: issued(world, "gas", { id: 1n }),
      [GAS_TOO]: issued(world, "gas", { id: 2n }),
    },
    {
      memoryMappings: [
        { start: 0x1_0000n, size: 4096n, source: [3] },
        { start: 0x2_0000n, size: 4096n, source: [2] },
      ],
      quotaSlots: [QUOTA],
      gasSlots: [GAS_TOO, GAS],
    },
  );
  const results = [called(world, top, { gas: 1000n, quota: 9000n })];
  for (const result of [...results]) results.push(called(world, postOf(result), { gas: 50n }));
  return [results, tablesOf(world), valueOf(world.directory.blobHashes()).toSorted()];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_new_images_are_stored_and_run",
    claim:
      "after SET_IMAGE the next call runs the new image, and what was spawned runs its own; both are stored with the hash of the image and the longer chain",
    subject: [...SUBJECT, "chainExtend"],
    spec: "the kernel, mode v3: Operands",
    strength: "bounded",
    domain: domain.of("set", "spawned"),
    reaches: ["set", "spawned"],
    implementation: kernel,
    mutants: [
      mutant(IMAGES, "  frame.imageHash = hash.value;\n", ""),
      mutant(IMAGES, "  frame.chain = extended(frame.chain, hash.value);\n", ""),
      mutant(
        IMAGES,
        "  frame.chain = extended(frame.chain, hash.value);\n",
        "  frame.chain = hash.value;\n",
      ),
      mutant(IMAGES, "    imageHash: hash.value,\n", "    imageHash: frame.imageHash,\n"),
      mutant(
        IMAGES,
        "imageHashChain: extended(frame.chain, hash.value)",
        "imageHashChain: extended(hash.value, frame.chain)",
      ),
      mutant(IMAGES, "  frame.cnode = cnode;\n", ""),
      mutant(
        LEAVE,
        "imageHashChain: chain, imageHash,",
        "imageHashChain: chain, imageHash: chain,",
      ),
    ],
    check(how, reach, face) {
      const world = worldOf(face);
      const pins = { pinnedSlots: [{ slot: 30, content: Uint8Array.of(3), size: 1n }] };
      const held = { 4: putImage(world, [[51, 7, 77]], pins), 5: putCNode(world, 8) };
      const lines = how === "set"
        ? [...operation(SET_IMAGE, 4), ...operation(DROP, 5)]
        : operation(SPAWN, 4, 5, 20);
      const first = called(world, putInstance(world, lines, held));
      const { imageHash: before } = instanceAt(world, putInstance(world, lines, held)).fields;
      const made = how === "set" ? postOf(first) : heldBy(world, postOf(first), 20);
      const { imageHash, imageHashChain, status } = instanceAt(world, made).fields;
      reach(how);
      const calls = [...operation(TYPE_OF, CHILD, 21), ...operation(CALL, CHILD, 0)];
      const child = { [CHILD]: typeof made === "string" ? made : "" };
      const second = called(world, putInstance(world, calls, child));
      const type = heldBy(world, postOf(second), 21);
      const cap = type === undefined ? undefined : world.directory.get(type);
      const chain = valueOf(face.chainExtend(before, held[4]));
      return allOf(
        agrees([imageHash, imageHashChain, status.state], [held[4], chain, "idle"]),
        agrees(endOf(second), 77n),
        agrees(cap?.kind === "type" ? cap.imageHashChain : undefined, chain),
        agrees(heldBy(world, postOf(first), 5), undefined),
        agrees(heldBy(world, made, 30), putData(world, 3)),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_the_same_again_is_the_same",
    claim:
      "the same calls in two directories with two Vms, one of which did something else before, have the same results, hashes, gas and tables",
    subject: SUBJECT,
    spec: "the kernel, mode v3",
    strength: "bounded",
    domain: domain.range(0, 2),
    reaches: ["same"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/content.ts",
        "  BEFORE.fill(0, known.value?.length ?? 0, length);\n",
        "",
      ),
    ],
    check(others, reach, face) {
      const first = work(worldOf(face));
      for (let i = 0; i < others; i++) work(worldOf(face, { maxDepth: 5 }));
      reach("same");
      return agrees(work(worldOf(face)), first);
    },
  }),
  defineProof({
    id: "kernel/v3_a_full_stack_refuses",
    claim:
      "references take room on the stack like Instances; on a full one CALL and CALL_RESUME fail, and a yield is caught by nobody",
    subject: SUBJECT,
    spec: "the kernel, mode v3: The stack",
    strength: "bounded",
    domain: domain.product({ what: domain.of(...Object.keys(NEEDS)), spare: domain.range(-1, 1) }),
    reaches: ["done", "refused"],
    implementation: kernel,
    mutants: [
      mutant(CALLS, "  if (!hasRoom(run, 1)) return FAILED;\n", ""),
      mutant("src/kernel/v3/run.ts", "entries <= stack.maxDepth", "entries < stack.maxDepth"),
      mutant("src/kernel/v3/run.ts", "entries <= stack.maxDepth", "entries <= stack.maxDepth + 1"),
      mutant(
        "src/kernel/v3/yields.ts",
        "hasRoom(run, 1) ? { frame, slot: slot.value } : undefined",
        "{ frame, slot: slot.value }",
      ),
      mutant(
        "src/kernel/v3/resume.ts",
        "hasRoom(run, links.length + 1)",
        "hasRoom(run, links.length)",
      ),
    ],
    check({ what, spare }, reach, face) {
      const [entries, lines] = NEEDS[what] ?? [0, []];
      const roomy = worldOf(face);
      const marker = issued(roomy, "gas", { id: 77n });
      const catcher = issued(roomy, "yieldcatcher", { markers: [marker] });
      const yielder = putInstance(roomy, operation(YIELD, MARKER), { [MARKER]: marker });
      const waits = putInstance(roomy, operation(CALL, CHILD, 0), { [CHILD]: yielder });
      const held = { [CHILD]: yielder, [SECOND]: putInstance(roomy, []), [CATCHER]: catcher };
      const special = { yieldMarkerSlot: CATCHER };
      const pauses = putInstance(
        roomy,
        operation(CALL, CHILD, 0),
        { ...held, [CHILD]: waits },
        special,
      );
      const paused = heldBy(roomy, postOf(called(roomy, pauses)), CHILD);
      const slots = { ...held, [MARKER + 1]: typeof paused === "string" ? paused : "" };
      const top = putInstance(roomy, [...lines, move(7, 8)], slots, special);
      const { vm } = worldOf(face, { maxDepth: entries + spare });
      const result = called({ ...roomy, vm }, top);
      const isDone = spare >= 0;
      reach(isDone ? "done" : "refused");
      if (what === "yield") return agrees(endOf(result), isDone ? 1n : 2n);
      return agrees(endOf(result), isDone ? 0n : "operation-failed");
    },
  }),
];

register(proofs);
