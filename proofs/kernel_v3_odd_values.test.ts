/** Values of mode v3 that no program makes, but that a store can have: what comes of them. */

import { rootOf } from "../model/kernel_v3_kernel.ts";
import { dataOf } from "../model/kernel_v3_memory.ts";
import type { Cap, CNode, Instance, Pause } from "../model/kernel_v3_values.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, SLOT } from "./_kit/kernel_programs.ts";
import { withSlot } from "../model/kernel_v3_slots.ts";
import { WAITING } from "./_kit/kernel_v3_busy.ts";
import { bare, catching, data, endOf, goes, handler, IDLE, LEAF } from "./_kit/kernel_v3_guest.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { PLAIN_LIMITS } from "./_kit/kernel_v3_lockstep.ts";
import { register } from "./_kit/register.ts";

const SUBJECT = ["Vm.create", "Vm.invokeCached", "Vm.callResume"];
const RESUME = "src/kernel/v3/resume.ts";
const MEMORY = "src/kernel/v3/memory.ts";
const [MARKER = IDLE] = MARKERS;

const asCNode = (cap: Cap | undefined): CNode => cap?.is === "cnode" ? cap : rootOf([]);
const asInstance = (cap: Cap | undefined): Instance => cap?.is === "instance" ? cap : IDLE;

/** A paused Instance with another pause, or other slots. */
function repaused(instance: Instance, pause: Partial<Pause>, root: Cap = instance.root): Instance {
  const { status } = instance;
  return typeof status === "string"
    ? instance
    : { ...instance, root, status: { ...status, ...pause } };
}

const heldBy = ({ root }: Instance, slot: number): Cap | undefined =>
  asCNode(root).slots.find(([at]) => at === slot)?.[1];

function holding(instance: Instance, slot: number, cap: Cap | undefined): Instance {
  const root = asCNode(instance.root);
  return { ...instance, root: { ...root, slots: withSlot(root.slots, slot, cap) } };
}

/** The callee that the paused Instance waits for: it yielded, and has memory. */
const YIELDED = asInstance(heldBy(WAITING, SLOT.child));
const inner = (callee: Cap | undefined): Instance => holding(WAITING, SLOT.child, callee);

const regionsOf = ({ status }: Instance) => typeof status === "string" ? [] : status.regions;
const contents = (content: Cap) => regionsOf(YIELDED).map((each) => ({ ...each, content }));

const RAISED = [true, false].flatMap((outer) =>
  [true, false].map((own): readonly [string, Instance] => [
    `raised ${outer} above ${own}`,
    repaused(inner(repaused(YIELDED, { raised: own })), { raised: outer }),
  ])
);

/** Paused Instances with something odd about them, all but the first few of which cannot go on. */
const ODD: ReadonlyMap<string, Instance> = new Map([
  ["plain", WAITING],
  ...RAISED,
  ["a callee that is idle", inner(IDLE)],
  ["a callee that is faulted", inner({ ...YIELDED, status: "faulted" })],
  ["a callee that is Data", inner(data(1))],
  ["no callee", inner(undefined)],
  ["a callee far away", repaused(WAITING, { callee: [SLOT.child, 1] })],
  ["a callee in its CNode", repaused(WAITING, { callee: [SLOT.cnode, 3, 4] })],
  [
    "a root cnode that is too small",
    inner({ ...YIELDED, root: { ...asCNode(YIELDED.root), sizeLog: 7 } }),
  ],
  ["a root cnode that is Data", inner({ ...YIELDED, root: data(1) })],
  ["an image that is Data", inner({ ...YIELDED, image: data(1) })],
  ["another image", inner({ ...YIELDED, image: LEAF })],
  ["runs Data", inner(repaused(YIELDED, { image: data(1) }))],
  ["runs an image of no mapping", inner(repaused(YIELDED, { image: LEAF }))],
  ["no regions", inner(repaused(YIELDED, { regions: [] }))],
  [
    "a region too many",
    inner(repaused(YIELDED, { regions: [...regionsOf(YIELDED), ...regionsOf(YIELDED)] })),
  ],
  ["regions of a cnode", inner(repaused(YIELDED, { regions: contents(rootOf([])) }))],
  [
    "regions too long",
    inner(repaused(YIELDED, { regions: contents(dataOf(Array.from({ length: 4097 }, () => 1n))) })),
  ],
  [
    "regions of a page",
    inner(repaused(YIELDED, { regions: contents(dataOf(Array.from({ length: 4096 }, () => 1n))) })),
  ],
  ["a pc behind the code", inner(repaused(YIELDED, { pc: 9999n }))],
  ["a pc far behind the code", inner(repaused(YIELDED, { pc: 2n ** 53n }))],
  ["the last pc", inner(repaused(YIELDED, { pc: 2n ** 64n - 1n }))],
  [
    "a source that is another",
    inner(repaused(YIELDED, {
      regions: regionsOf(YIELDED).map((each) => ({ ...each, source: data(77) })),
    })),
  ],
]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_odd_pauses_go_on_as_the_model_says",
    claim:
      "paused Instances with any part exchanged go on, by the host or by a program, as the model says; what does not fit is not entered",
    subject: SUBJECT,
    spec: "the kernel, mode v3: Yields",
    strength: "bounded",
    domain: domain.product({
      by: domain.of("host", "program", "dropped"),
      odd: domain.of(...ODD.keys()),
    }),
    reaches: ["halt", "faulted", "paused"],
    implementation: kernel,
    mutants: [
      mutant(RESUME, "    raised = link.pause.raised;\n", "    raised ||= link.pause.raised;\n"),
      mutant(
        RESUME,
        "    raised = link.pause.raised;\n",
        "    if (index === 0) raised = link.pause.raised;\n",
      ),
      mutant(
        RESUME,
        "return ok(InstanceCapV3.is(cap.value) ? cap.value : undefined);",
        "return ok(InstanceCapV3.is(cap.value) ? cap.value : link.instance);",
      ),
      mutant(
        RESUME,
        "image.value === undefined || pinned.value === undefined",
        "image.value === undefined",
      ),
      mutant(
        RESUME,
        "    if (root.value === undefined) return refused(NOT_ENTERED.image);\n",
        "    if (root.value === undefined) return refused(NOT_ENTERED.memory);\n",
      ),
      mutant(
        MEMORY,
        "if (writable.length !== paused.length) return ok(undefined);",
        "if (writable.length > paused.length) return ok(undefined);",
      ),
      mutant(
        MEMORY,
        "return ok({ ...shown.value, source: paused.source });",
        "return ok(shown.value);",
      ),
      mutant(
        MEMORY,
        "if (length.value > bytes) return ok(undefined);",
        "if (length.value >= bytes) return ok(undefined);",
      ),
    ],
    check({ by, odd }, reach, face) {
      const paused = ODD.get(odd);
      if (paused === undefined) return "no such pause";
      const top = bare(
        handler(ask(by === "program" ? 27 : 28, [SLOT.second])),
        [[SLOT.child, IDLE], [SLOT.second, paused], [SLOT.catcher, catching(MARKER)]],
      );
      const limits = { ...PLAIN_LIMITS, hostMarkers: [HASHES.of(MARKER)] };
      const went = by === "host"
        ? goes(face, paused, { kind: "resume", slot0: data(6) }, limits)
        : goes(face, top, { slot0: data(6) }, limits);
      reach(endOf(went));
      return went.failure;
    },
  }),
];

register(proofs);
