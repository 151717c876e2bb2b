/** Theorems about mode v3, told of the values that the Vm stores. */

import type { Cap, Instance } from "../model/kernel_v3_values.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import { ask, type Line, SLOT } from "./_kit/kernel_programs.ts";
import {
  bare,
  data,
  goes,
  IDLE,
  imageWith,
  instanceWith,
  LEAF,
  postOf,
  slotIn,
} from "./_kit/kernel_v3_guest.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { pairOf, realCall } from "./_kit/kernel_v3_lockstep.ts";
import { publish, valueIn } from "./_kit/kernel_v3_real.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];

/** The instance that a call of the host leaves in the directory, as the directory has it. */
function stored(
  face: Face,
  top: Instance,
): { readonly post: Cap | undefined; readonly count: number; readonly before: number } {
  const pair = pairOf(face);
  publish(face, pair.directory, top);
  const before = Number(pair.directory.blobCount);
  const result = realCall(pair, {
    kind: "invoke",
    instance: top,
    endpoint: 0,
    args: [1n, 2n, 3n, 4n],
    gas: 5000n,
    quota: 20_000n,
    slot0: undefined,
  });
  const count = Number(pair.directory.blobCount);
  const hash = result.ok && result.value.kind === "halt"
    ? result.value.postInstanceHash
    : undefined;
  return {
    post: hash === undefined ? undefined : valueIn(face, pair.directory, hash),
    count,
    before,
  };
}

const slotsOf = (cap: Cap | undefined) =>
  cap?.is === "instance" && cap.root.is === "cnode" ? cap.root.slots : [];
const at = (cap: Cap | undefined, slot: number) => {
  const held = slotsOf(cap).find(([each]) => each === slot)?.[1];
  return held === undefined ? undefined : HASHES.of(held);
};

/** Operations that would touch a slot, by what they are given. */
const TOUCHES = (slot: number): readonly Line[] => [
  ask(1, [slot, 20]),
  ask(1, [SLOT.data, slot]),
  ask(2, [slot, 20]),
  ask(3, [slot]),
  ask(4, [slot, SLOT.data]),
  ask(4, [SLOT.data, slot]),
  ask(5, [slot, 4, SLOT.quota]),
  ask(21, [SLOT.child, slot]),
  ask(24, [2, slot]),
  ask(26, [slot, 0]),
];

/** What changes a chain, and what does not. */
const CHAINED: readonly Line[] = [
  ask(17, [SLOT.image]),
  ask(1, [SLOT.child, 20]),
  ask(18, [SLOT.image, 23, 21]),
  ask(26, [SLOT.child, 0]),
  ask(21, [SLOT.child, 22]),
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_pinned_slots_never_change",
    claim: "no operation but SET_IMAGE changes what a pinned slot holds",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.map(domain.range(0, TOUCHES(SLOT.pinned).length - 1), (which) => ({ which })),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/slots.ts", "return pinned.has(path[0] ?? 0);", "return false;"),
    ],
    check({ which }, reach, face) {
      const line = TOUCHES(SLOT.pinned)[which];
      const top = instanceWith(imageWith(line === undefined ? [] : [line]));
      const { post } = stored(face, top);
      if (post === undefined) {
        reach("refused");
        return undefined;
      }
      return agrees(at(post, SLOT.pinned), at(top, SLOT.pinned)) ?? `operation ${which} was done`;
    },
  }),
  defineProof({
    id: "kernel/v3_a_fault_changes_nothing",
    claim:
      "after a fault of any depth the directory holds what it held, and the callers' slots but the callee's are as before",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ inner: domain.of(true, false), work: domain.range(0, 3) }),
    reaches: ["caught", "outermost"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/leave.ts", "    target: undefined,\n", "    target: frame.chain,\n"),
      mutant("src/kernel/v3/leave.ts", "  cut(run, callee.base);\n", ""),
    ],
    check({ inner, work }, reach, face) {
      const does = [ask(1, [SLOT.data, 20]), ask(3, [SLOT.data]), ask(21, [SLOT.child, 21])];
      const faulty = imageWith([...does.slice(0, work), { kind: "trap" }], { mappings: [] });
      const child = instanceWith(faulty);
      const top = inner
        ? instanceWith(imageWith([ask(26, [SLOT.child, 0])]), { [SLOT.child]: child })
        : child;
      const { post, count, before } = stored(face, top);
      if (!inner) {
        reach("outermost");
        return allOf(agrees(post, undefined), agrees(count, before));
      }
      reach("caught");
      const others = slotsOf(top).filter(([slot]) => slot !== SLOT.child && slot !== SLOT.payload);
      return agrees(
        slotsOf(post).map(([slot, cap]) => [slot, HASHES.of(cap)]),
        others.map(([slot, cap]) => [slot, HASHES.of(cap)]),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_chains_come_from_three_places",
    claim:
      "a chain is that of genesis, or extended by SET_IMAGE or DERIVE_SPAWN; calls and copies keep it",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, CHAINED.length - 1),
    reaches: ["extended", "kept"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/leave.ts", "imageHashChain: chain,", "imageHashChain: imageHash,"),
      mutant(
        "src/kernel/v3/operations/images.ts",
        "frame.chain = extended(frame.chain, hash.value);",
        "frame.chain = hash.value;",
      ),
    ],
    check(which, reach, face) {
      const line = CHAINED[which];
      const child: Instance = { ...IDLE, chain: "22".repeat(32) };
      const image = imageWith(line === undefined ? [] : [line], { pinsData: [] });
      const plain = instanceWith(image, {
        [SLOT.child]: child,
        [SLOT.image]: LEAF,
        [23]: { is: "cnode", sizeLog: 8, slots: [] },
      });
      const top: Instance = { ...plain, chain: "33".repeat(32) };
      const went = goes(face, top);
      const post = postOf(went);
      const chains = [post, slotIn(went, SLOT.child), slotIn(went, 20), slotIn(went, 21)].flatMap((
        cap,
      ) => cap?.is === "instance" ? [cap.chain] : []);
      reach(
        chains.every((chain) => chain === top.chain || chain === child.chain) ? "kept" : "extended",
      );
      return went.failure;
    },
  }),
  defineProof({
    id: "kernel/v3_copies_diverge",
    claim:
      "what becomes of a copy, of an Instance that is called or a cnode that is changed, does not show in the other",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(0, 1),
    reaches: ["diverged"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/leave.ts",
        "const put = putAt(run, caller, path, ending.target);",
        "const put = putAt(run, caller, [20], ending.target);",
      ),
    ],
    check(which, reach, face) {
      const changing = bare(imageWith([ask(3, [SLOT.data])], { mappings: [], pinsData: [] }), [[
        SLOT.data,
        data(1),
      ]]);
      const lines = which === 0
        ? [ask(1, [SLOT.child, 20]), ask(26, [SLOT.child, 0])]
        : [ask(1, [SLOT.cnode, 20]), ask(3, [SLOT.cnode])];
      const top = instanceWith(imageWith(lines), { [SLOT.child]: changing });
      const { post } = stored(face, top);
      reach("diverged");
      const slot = which === 0 ? SLOT.child : SLOT.cnode;
      return allOf(
        agrees(at(post, 20), at(top, slot)),
        agrees(at(post, slot) === at(top, slot), false),
      );
    },
  }),
];

register(proofs);
