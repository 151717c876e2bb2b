/** Single rules of mode v3 about calls and yields, told by what is stored and counted afterwards. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { type Line, operation } from "./_kit/kernel_guest.ts";
import {
  called,
  endOf,
  heldBy,
  instanceAt,
  issued,
  move,
  postOf,
  putData,
  putInstance,
  wentOn,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Calls and Yields";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const CALLS = "src/kernel/v3/operations/calls.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const [YIELD, CALL, RESUME, DROP_PAUSED] = [16, 26, 27, 28];
const [CHILD, SECOND, CATCHER, MARKER, OTHER] = [6, 7, 10, 12, 13];
const special = { yieldMarkerSlot: CATCHER };

/** What markers are in slots of a world, and a catcher that lists the first. */
function markersOf(world: World): Readonly<Record<number, string>> {
  const [one, other] = [77n, 78n].map((id) => issued(world, "gas", { id }));
  const markers = one === undefined ? [] : [one];
  return {
    [CATCHER]: issued(world, "yieldcatcher", { markers }),
    [MARKER]: one ?? "",
    [OTHER]: other ?? "",
  };
}

const otherMarker = (face: typeof kernel): string => issued(worldOf(face), "gas", { id: 78n });

/** Gives slot 0 away: to one that is called, to a yielder on the stack, to one that was stored. */
const GIVES: Readonly<Record<string, readonly Line[]>> = {
  called: operation(CALL, SECOND, 0),
  handled: [...operation(CALL, CHILD, 0), ...operation(RESUME, CHILD)],
  stored: operation(RESUME, SECOND),
};

/** A yielder: it yields so often, and halts with 42. */
const yields = (...slots: readonly number[]): readonly Line[] => [
  ...slots.flatMap((slot) => operation(YIELD, slot)),
  [51, 7, 42],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_slot_0_is_given_away",
    claim:
      "while a callee or a resumed yielder has what slot 0 held, slot 0 of its caller is empty",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(GIVES)),
    reaches: Object.keys(GIVES),
    implementation: kernel,
    mutants: [
      mutant(
        CALLS,
        "    setSlot0(frame, undefined);\n    answerYielder(yielded.yielder",
        "    answerYielder(yielded.yielder",
      ),
      mutant(
        CALLS,
        "    setSlot0(frame, undefined);\n    answerYielder(yielder,",
        "    answerYielder(yielder,",
      ),
      mutant(
        CALLS,
        "      setSlot0(frame, undefined);\n      frame.outstanding",
        "      frame.outstanding",
      ),
    ],
    check(how, reach, face) {
      const world = worldOf(face, { hostMarkers: [otherMarker(face)] });
      const held = markersOf(world);
      const once = putInstance(world, yields(OTHER), held);
      const twice = putInstance(world, yields(MARKER, OTHER), held);
      const stored = postOf(called(world, putInstance(world, yields(OTHER, OTHER), held)));
      const second = how === "stored" ? stored : once;
      const top = putInstance(
        world,
        GIVES[how] ?? [],
        { ...held, [CHILD]: twice, [SECOND]: second },
        special,
      );
      const slot0 = putData(world, 5);
      const result = called(world, top, { slot0 });
      if (result.kind !== "paused") return `it ended: ${endOf(result)}`;
      reach(how);
      const callee = heldBy(world, postOf(result), how === "handled" ? CHILD : SECOND);
      return allOf(
        agrees(result.markerPayload, slot0), // it came to the yielder, and with its yield to the host
        agrees(heldBy(world, postOf(result), 0), undefined),
        agrees(heldBy(world, callee, 0), undefined),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_what_is_dropped_leaves_the_stack",
    claim: "a yielder that its handler drops takes no room on the stack and no memory any more",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ limit: domain.of("depth", "memory"), times: domain.range(0, 3) }),
    reaches: ["depth", "memory"],
    implementation: kernel,
    mutants: [
      mutant(CALLS, "    cut(run, handled.callee.base);\n", ""),
      mutant(CALLS, "cut(run, handled.callee.base);", "cut(run, run.stack.length - 1);"),
      mutant("src/kernel/v3/run.ts", "    run.mapped -= entry.frame.image.mappedBytes;\n", ""),
    ],
    check({ limit, times }, reach, face) {
      // Three entries: the handler, the yielder, and the reference to the handler.
      const limits = limit === "depth" ? { maxDepth: 3 } : { memoryBytes: 4096 };
      const world = worldOf(face, limits);
      const held = markersOf(world);
      const mappings = { memoryMappings: [{ start: 0x10000n, size: 4096n, source: [3] }] };
      const yielder = putInstance(world, yields(MARKER, MARKER), held, mappings);
      const drops = Array.from({ length: times }, (_, i) => [
        ...operation(CALL, 20 + i, 0),
        ...operation(DROP_PAUSED, 20 + i),
      ]);
      const yielders = Object.fromEntries(drops.map((_, i) => [20 + i, yielder]));
      const last = [...operation(CALL, CHILD, 0), move(7, 8)];
      const slots = { ...held, ...yielders, [CHILD]: yielder };
      const top = putInstance(
        world,
        [...drops.flat(), ...last],
        slots,
        special,
      );
      const result = called(world, top);
      reach(limit);
      const left = drops.map((_, i) => heldBy(world, postOf(result), 20 + i));
      return allOf(agrees(endOf(result), 1n), agrees(left, drops.map(() => undefined)));
    },
  }),
  defineProof({
    id: "kernel/v3_what_is_never_resumed_stays_paused",
    claim:
      "a yielder that its handler leaves alone is a paused Instance in its slot, and goes on from there later, by the caller or by the host",
    subject: [...SUBJECT, "Vm.callResume"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ depth: domain.range(1, 3), by: domain.of("caller", "host") }),
    reaches: ["caller", "host"],
    implementation: kernel,
    mutants: [
      mutant(
        LEAVE,
        "const stored = storeCallees(run, frame, undefined);",
        "const stored = ok(undefined);",
      ),
      mutant(CALLS, "    answerYielder(yielder, payload.value);\n", ""),
      mutant(
        "src/kernel/v3/pause.ts",
        "const { registers: regs } = machine;",
        "const regs = [...machine.registers].fill(0n);",
      ),
      mutant("src/kernel/v3/resume.ts", "pc: pcOf(pause),", "pc: 0,"),
      mutant(
        "src/kernel/v3/resume.ts",
        "if (path !== undefined) {",
        "if (path !== undefined && index > 1) {",
      ),
    ],
    check({ depth, by }, reach, face) {
      const world = worldOf(face);
      const held = markersOf(world);
      // The yielder keeps 40 in r5, and halts with r5, and what it was told in r7 and r8.
      const tells: readonly Line[] = [[51, 5, 40], ...operation(YIELD, MARKER), [200, 0x75, 7], [
        200,
        0x87,
        7,
      ]];
      let child = putInstance(world, tells, held);
      for (let i = 1; i < depth; i++) {
        child = putInstance(world, operation(CALL, CHILD, 0), { [CHILD]: child });
      }
      const calls: readonly Line[] = [...operation(CALL, CHILD, 0), move(7, 8)];
      const first = called(world, putInstance(world, calls, { ...held, [CHILD]: child }, special));
      const paused = heldBy(world, postOf(first), CHILD);
      const { status } = instanceAt(world, paused).fields;
      if (status.state !== "paused" || typeof paused !== "string") return `it is ${status.state}`;
      const slot0 = putData(world, 6);
      const caller = putInstance(world, operation(RESUME, CHILD), { [CHILD]: paused });
      const result = by === "host"
        ? wentOn(world, paused, { slot0, gas: 1000n })
        : called(world, caller, { slot0 });
      reach(by);
      const after = by === "host" ? postOf(result) : heldBy(world, postOf(result), CHILD);
      const below = depth > 1 ? heldBy(world, after, CHILD) : after;
      return allOf(
        agrees(endOf(first), 1n),
        agrees(status.pause.callee.length, depth > 1 ? 1 : 0),
        agrees([endOf(result), instanceAt(world, after).fields.status.state], [40n, "idle"]),
        agrees(instanceAt(world, below).fields.status.state, "idle"),
        agrees(result.kind === "halt" ? result.reflectedSlot0 : undefined, slot0),
      );
    },
  }),
];

register(proofs);
