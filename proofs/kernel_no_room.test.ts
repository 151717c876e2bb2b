/** An engine that refuses one of the larger buffers that a call needs. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { BUSY, type Busy } from "./_kit/kernel_v3_busy.ts";
import { TABLES } from "./_kit/kernel_v3_guest.ts";
import { type Pair, pairOf, realCall } from "./_kit/kernel_v3_lockstep.ts";
import { publish } from "./_kit/kernel_v3_real.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { NO_ARGS } from "./_kit/kernel_attack.ts";
import { ecalli, type Line, load, operation, storeByte } from "./_kit/kernel_guest.ts";
import {
  type Held,
  issued,
  PLENTY,
  putInstance,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const CONTENT = "src/kernel/v3/content.ts";
const [YIELD, MINT, CALL] = [16, 23, 26];

/** Buffers of so many elements are large: pages, and what holds several. */
const LARGE = 1000;

/** Runs something while the engine refuses the large buffer of a number; whether it came so far. */
function withoutBuffer<T>(
  number: number,
  run: () => T,
): { readonly value: T; readonly hit: boolean } {
  let [made, hit] = [0, false];
  const value = withEngine((_name, size) => {
    if (typeof size !== "number" || size < LARGE || made++ !== number) return;
    hit = true;
    throw new RangeError("no room");
  }, run);
  return { value, hit };
}

/** A Vm and a directory with what a call needs. */
function readyFor(face: Face, { call, limits }: Busy): Pair {
  const pair = pairOf(face, limits, TABLES);
  for (const cap of [call.instance, call.slot0]) publish(face, pair.directory, cap);
  return pair;
}

/** Writes to its pages, which it maps, before it goes on. */
const writes = { memoryMappings: [{ start: 0x10000n, size: 8192n, source: [3] }] };
const stores: readonly Line[] = [[51, 7, 1], storeByte(7, 0x10000), storeByte(7, 0x11000)];

/** Small programs that leave pages behind. */
const SMALL: Readonly<Record<string, (world: World) => string>> = {
  "a yield to the host": (world) =>
    putInstance(world, [...stores, ...operation(YIELD, 12)], markers(world), writes),
  "a callee that stays paused": (world) => {
    const child = putInstance(world, [...stores, ...operation(YIELD, 12)], markers(world), writes);
    const held = { ...markers(world), 6: child };
    return putInstance(world, operation(CALL, 6, 0), held, { yieldMarkerSlot: 10 });
  },
  "a page that becomes Data": (world) => {
    const operands = [load(7, 0x10000n), load(8, 4096n), load(9, 5n), load(10, 20n)];
    const held = { 5: issued(world, "quota", { id: 0n }) };
    return putInstance(world, [...stores, ...operands, ecalli(MINT)], held, writes);
  },
};

/** A marker, and a catcher of it. */
function markers(world: World): Held {
  const marker = issued(world, "gas", { id: 77n });
  return { 10: issued(world, "yieldcatcher", { markers: [marker] }), 12: marker };
}

/** Calls a small program, with or without one of the larger buffers. */
function smallCall(face: Face, name: string, number: number) {
  const marker = markers(worldOf(face))[12] ?? "";
  const world = worldOf(face, { hostMarkers: name === "a yield to the host" ? [marker] : [] });
  const instance = SMALL[name]?.(world) ?? "";
  const { vm, directory } = world;
  const before = valueOf(directory.blobHashes()).toSorted();
  const { value, hit } = withoutBuffer(
    number,
    () => vm.invokeCached(directory, instance, 0, NO_ARGS, PLENTY, { quota: 100_000n }),
  );
  const others = valueOf(directory.blobHashes()).filter((hash) => !before.includes(hash));
  return { value, hit, others: others.length };
}

const contentOf = ({ directory }: Pair): readonly string[] =>
  valueOf(directory.blobHashes()).toSorted();

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_calls_without_room_for_a_page_are_errors",
    claim:
      "whichever page or larger buffer of a call the engine has no room for: the call gives the " +
      "error for that, or its result, and stores nothing else",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume"],
    spec: "this library: nothing throws",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(BUSY)),
    reaches: ["no-room", "result"],
    implementation: kernel,
    mutants: [
      mutant(CONTENT, 'if (!written.ok) return failure({ kind: "no-room" });', ""),
    ],
    check(what, reach, face) {
      const busy = BUSY[what];
      if (busy === undefined) return `no call ${what}`;
      const clean = readyFor(face, busy);
      const result = realCall(clean, busy.call);
      for (let number = 0; number < 100; number++) {
        const pair = readyFor(face, busy);
        const before = contentOf(pair);
        const { value, hit } = withoutBuffer(number, () => realCall(pair, busy.call));
        reach(value.ok ? "result" : value.error.kind);
        if (!hit) return agrees([value, contentOf(pair)], [result, contentOf(clean)]);
        // What was saved is a file at once, and stays one.
        const others = contentOf(pair).filter((hash) => !before.includes(hash))
          .filter((hash) => pair.directory.get(hash)?.kind !== "data");
        const failure = value.ok
          ? agrees([value, contentOf(pair)], [result, contentOf(clean)])
          : allOf(agrees(value.error, { kind: "no-room" }), agrees(others, []));
        if (failure !== undefined) return `buffer ${number}: ${failure}`;
      }
      return "it needs more than 100 buffers";
    },
  }),
  defineProof({
    id: "kernel/v3_pages_left_behind_need_room",
    claim:
      "a call whose pages have no room where they are stored, paused or made Data is an error, " +
      "which stores nothing",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "this library: nothing throws",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SMALL)),
    reaches: ["no-room", "result"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/leave.ts",
        "  if (!stored.ok) return stored;\n  const slot0",
        "  const slot0",
      ),
      mutant(
        "src/kernel/v3/yields.ts",
        "const value = pausedValue(run, outermost, yielded);\n  if (!value.ok) return value;",
        "const value = pausedValue(run, outermost, yielded);\n  if (!value.ok) return ok(undefined);",
      ),
      mutant(
        "src/kernel/v3/transfer.ts",
        'read.error.kind === "no-room" ? failure({ kind: "no-room" }) : FAILED',
        "FAILED",
      ),
    ],
    check(name, reach, face) {
      const whole = smallCall(face, name, Infinity);
      if (!whole.value.ok || whole.value.value.kind === "faulted") return "it faults with room";
      for (let number = 0; number < 100; number++) {
        const { value, hit, others } = smallCall(face, name, number);
        reach(value.ok ? "result" : value.error.kind);
        const failure = value.ok
          ? agrees([value, others], [whole.value, whole.others])
          : agrees([value.error, others], [{ kind: "no-room" }, 0]);
        if (failure !== undefined || !hit) return failure;
      }
      return "it needs more than 100 buffers";
    },
  }),
];

register(proofs);
