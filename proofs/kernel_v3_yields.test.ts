/** Yields in mode v3: who catches them, and how what is paused goes on. */

import type { Instance } from "../model/kernel_v3_values.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, type Line, SLOT } from "./_kit/kernel_programs.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import {
  bare,
  catching,
  continues,
  data,
  endOf,
  goes,
  handler,
  IDLE,
  imageWith,
  PAUSED,
  postOf,
  YIELDER,
} from "./_kit/kernel_v3_guest.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { PLAIN_LIMITS } from "./_kit/kernel_v3_lockstep.ts";
import { register } from "./_kit/register.ts";
import { PLAIN_CALL } from "./_kit/kernel_v3_scene.ts";

const SPEC = "the kernel, mode v3: Yields";
const YIELDS = "src/kernel/v3/yields.ts";
const CALLS = "src/kernel/v3/operations/calls.ts";
const RESUME = "src/kernel/v3/resume.ts";
const PAUSE = "src/kernel/v3/pause.ts";
const LEAVE = "src/kernel/v3/leave.ts";

const [MARKER = IDLE, OTHER = IDLE] = MARKERS;
/** A yielder with a catcher of its own, which does not count. */
const SELFISH = bare(
  imageWith([ask(16, [SLOT.marker]), { kind: "show" }], { mappings: [], pinsData: [] }),
  [[SLOT.catcher, catching(OTHER, MARKER)], [SLOT.marker, MARKER]],
);

/** Instances that call each other; each has a catcher, the innermost yields. */
function nested(
  lists: readonly (readonly Instance[] | undefined)[],
  lines: readonly Line[],
): Instance {
  return lists.reduceRight<Instance>((child, markers) =>
    bare(handler(...lines), [
      [SLOT.child, child],
      ...(markers === undefined ? [] : [[SLOT.catcher, catching(...markers)] as const]),
    ]), SELFISH);
}

const LISTS: readonly (readonly Instance[] | undefined)[] = [
  undefined,
  [OTHER],
  [OTHER, MARKER],
];

/** What a handler does with what it caught. */
const HANDLERS: Readonly<Record<string, readonly Line[]>> = {
  yields: [ask(16, [SLOT.marker]), ask(27, [SLOT.child])],
  halts: [],
  resumes: [ask(27, [SLOT.child])],
  "resumes while paused": [ask(27, [SLOT.child], "while paused")],
  drops: [ask(28, [SLOT.child])],
  "drops and resumes": [ask(28, [SLOT.child]), ask(27, [SLOT.child])],
  moves: [ask(2, [SLOT.child, 20])],
  copies: [ask(1, [SLOT.child, 20]), ask(27, [20])],
  "calls again": [ask(26, [SLOT.child, 0])],
  "calls another": [ask(26, [SLOT.second, 0]), ask(27, [SLOT.second]), ask(27, [SLOT.child])],
  "resumes the first": [ask(26, [SLOT.second, 0]), ask(27, [SLOT.child])],
  "resumes another": [ask(27, [SLOT.marker + 1]), ask(27, [SLOT.child])],
  traps: [{ kind: "trap" }],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_a_yield_reaches_the_nearest_catcher",
    claim:
      "of those that called the yielder, the nearest whose catcher lists the marker handles it, and no other; else the host or nobody",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      lists: domain.words(domain.of(...LISTS), 3),
      host: domain.of(true, false),
      maxDepth: domain.of(256, 4),
    }),
    reaches: ["handled", "host", "nobody"],
    implementation: kernel,
    mutants: [
      mutant(
        CALLS,
        "      setSlot0(frame, undefined);\n      frame.outstanding",
        "      frame.outstanding",
      ),
      mutant(
        YIELDS,
        "let frame = yielder.caller; frame !== undefined",
        "let frame: Frame | undefined = yielder; frame !== undefined",
      ),
      mutant(
        YIELDS,
        "hasRoom(run, 1) ? { frame, slot: slot.value } : undefined",
        "{ frame, slot: slot.value }",
      ),
      mutant(YIELDS, "slots.push(index + 1)", "slots.push(index)"),
      mutant(
        YIELDS,
        "if (held.value === undefined) break;",
        "if (held.value === undefined || slot > 1) break;",
      ),
      mutant(YIELDS, "setSlot0(frame, payload);", ""),
      mutant(
        YIELDS,
        "frame.machine.setRegister(STATUS, YIELDED);",
        "frame.machine.setRegister(STATUS, 0n);",
      ),
      mutant(YIELDS, "run.host.hostMarkers.includes(marker.value)", "true"),
    ],
    check({ lists, host, maxDepth }, reach, face) {
      const top = nested(lists, []);
      const limits = { ...PLAIN_LIMITS, maxDepth, hostMarkers: host ? [HASHES.of(MARKER)] : [] };
      const went = goes(face, top, { slot0: data(5) }, limits);
      const nearest = lists.findLastIndex((markers) => markers?.includes(MARKER));
      const isFull = lists.length + 1 > maxDepth - 1;
      const expected = nearest >= 0 && !isFull ? "handled" : host ? "host" : "nobody";
      reach(expected);
      // The handler halts at once with what it was told: the slot of the marker in its catcher.
      const below = nearest === 0 || lists.length === 0 ? went.end : undefined;
      const value = below !== undefined && !("kind" in below) && below.ending?.kind === "halt"
        ? below.ending.value
        : undefined;
      const isTold = expected === "handled" && nearest === 0;
      return allOf(
        went.failure,
        agrees(endOf(went) === "paused", expected === "host"),
        isTold ? agrees(value, 16n * 2n + 1n) : undefined,
      );
    },
  }),
  defineProof({
    id: "kernel/v3_what_is_caught_goes_on_or_is_stored",
    claim:
      "whatever a handler does with what yielded, and the call of its result after that, is as the model says",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      what: domain.of(...Object.keys(HANDLERS)),
      depth: domain.range(0, 2),
      host: domain.of(true, false),
    }),
    reaches: ["halt", "faulted", "paused"],
    implementation: kernel,
    mutants: [
      mutant(CALLS, "handled.handles = undefined;", ""),
      mutant(RESUME, "yielder.machine.setRegister(STATUS, 0n);", ""),
      mutant(PAUSE, "const by = call.handles ?? own;", "const by = own ?? call.handles;"),
      mutant(PAUSE, "(waitsFor(frame)?.path ?? [])", "(frame.outstanding.at(-1)?.path ?? [])"),
      mutant(
        LEAVE,
        "const stored = storeCallees(run, frame, undefined);",
        "const stored = ok(undefined);",
      ),
      mutant(
        "src/kernel/v3/slots.ts",
        "return !isPinned(frame, path) && !isInFlight(frame, path);",
        "return !isPinned(frame, path);",
      ),
    ],
    check({ what, depth, host }, reach, face) {
      const slots = [
        [SLOT.second, YIELDER],
        [SLOT.catcher, catching(MARKER)],
        [SLOT.marker, OTHER],
        [SLOT.marker + 1, PAUSED],
      ] as const;
      let child: Instance = YIELDER;
      for (let i = 0; i < depth; i++) child = bare(handler(), [[SLOT.child, child]]);
      const inner = bare(handler(...HANDLERS[what] ?? []), [[SLOT.child, child], ...slots]);
      const top = bare(handler(ask(27, [SLOT.child])), [
        [SLOT.child, inner],
        [SLOT.second, IDLE],
        [SLOT.catcher, catching(OTHER)],
      ]);
      const limits = { ...PLAIN_LIMITS, maxDepth: 7, hostMarkers: host ? [HASHES.of(OTHER)] : [] };
      const first = goes(face, host ? inner : top, { slot0: data(5) }, limits);
      reach(endOf(first));
      const post = postOf(first);
      if (first.failure !== undefined || post === undefined) return first.failure;
      const kind = endOf(first) === "paused" ? "resume" : "invoke";
      const again = continues(first.pair, { ...PLAIN_CALL, kind, instance: post, slot0: data(6) });
      return again.failure && `afterwards: ${again.failure}`;
    },
  }),
];

register(proofs);
