/** What the host calls in mode v3, and what its assist gives as files. */

import type { CapTarget, KernelAssist } from "../src/kernel/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { NO_ARGS } from "./_kit/kernel_attack.ts";
import { assistWith } from "./_kit/kernel_compat_unit.ts";
import { operation } from "./_kit/kernel_guest.ts";
import {
  called,
  endOf,
  heldBy,
  instanceAt,
  issued,
  PLENTY,
  postOf,
  put,
  putCNode,
  putData,
  putImage,
  putInstance,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const FILES = "src/kernel/v3/files.ts";
const MOD = "src/kernel/v3/mod.ts";
const [OPEN, YIELD, CALL] = [24, 16, 26];
const [CHILD, SECOND, MARKER] = [6, 7, 12];
const AA = "aa".repeat(32);

/** What an assist gives as a file, and how opening it ends. */
const OPENED: Readonly<Record<string, readonly [(world: World) => CapTarget, ends: string]>> = {
  data: [(world) => putData(world, 5), "halt"],
  "a handle of Data": [
    ({ face, directory }) =>
      valueOf(
        directory.putInstance(valueOf(face.DataCap.inline(Uint8Array.of(5), { form: "stripped" }))),
      ),
    "halt",
  ],
  "a cnode": [(world) => putCNode(world, 3), "assist-failed"],
  "an image": [(world) => putImage(world, []), "assist-failed"],
  nothing: [() => AA, "blob-missing"],
  "a handle of another directory": [
    ({ face }) => valueOf(new face.CacheDirectory().putInstance(valueOf(face.CNodeCap.create(3)))),
    "foreign-ref",
  ],
};

/** Calls the host can make that do not begin, or end at once. */
const HOST: Readonly<Record<string, readonly [(world: World) => unknown, expected: unknown]>> = {
  "a Gas is minted": [(world) => {
    const result = valueOf(
      world.vm.invokeCached(world.directory, issued(world, "mint_gas"), 0, [5n, 0n, 0n, 0n], 1n),
    );
    return [endOf(result), result.kind === "halt" && result.reflectedSlot0, Number(result.gasUsed)];
  }, [0n, "gas 5", 0]],
  "a meter is set": [(world) => {
    const args = [3n, 70n, 0n, 0n];
    const target = issued(world, "set_gas_meter");
    const result = valueOf(world.vm.invokeCached(world.directory, target, 0, args, 1n));
    return [endOf(result), postOf(result) === target, BigInt(world.assist.gasMeterGet(3n))];
  }, [0n, true, 70n]],
  "a kernel Instance has no such endpoint": [(world) => {
    const target = issued(world, "mint_gas");
    return endOf(valueOf(world.vm.invokeCached(world.directory, target, 1, NO_ARGS, 1n)));
  }, "not-entered"],
  "what is no kernel Instance's Image": [(world) => {
    const { face } = world;
    const imageHash = valueOf(face.kernelImageHash("gas"));
    const rootCnode = putCNode(world, 8);
    const pause = {
      image: imageHash,
      regs: Array.from({ length: 13 }, () => 0n),
      pc: 0n,
      marker: AA,
      raised: false,
      callee: [],
      regions: [],
    };
    const hash = put(
      world,
      valueOf(face.InstanceCapV3.create({
        imageHashChain: imageHash,
        imageHash,
        rootCnode,
        status: { state: "paused", pause },
      })),
    );
    return endOf(valueOf(world.vm.callResume(world.directory, { instance: hash, gas: 9n })));
  }, "not-entered"],
  "nothing of that hash": [({ vm, directory }) => {
    const result = vm.invokeCached(directory, AA, 0, NO_ARGS, 1n);
    const resumed = vm.callResume(directory, { instance: AA });
    const dropped = vm.dropPaused(directory, AA);
    return [result, resumed, dropped].map((each) => each.ok ? "ok" : each.error.kind);
  }, ["instance-not-found", "instance-not-found", "instance-not-found"]],
  "Data in the place of an Instance": [(world) => {
    const hash = putData(world, 1);
    const { vm, directory } = world;
    const result = vm.invokeCached(directory, hash, 0, NO_ARGS, 1n);
    const resumed = vm.callResume(directory, { instance: hash });
    const dropped = vm.dropPaused(directory, hash);
    return [result, resumed, dropped].map((each) => each.ok ? "ok" : each.error.kind);
  }, ["instance-not-found", "instance-not-found", "instance-not-found"]],
  "an idle Instance is not resumed": [(world) => {
    const hash = putInstance(world, []);
    const resumed = world.vm.callResume(world.directory, { instance: hash });
    const dropped = world.vm.dropPaused(world.directory, hash);
    return [resumed, dropped].map((each) => each.ok ? "ok" : each.error.kind);
  }, ["not-paused", "not-paused"]],
  "a slot 0 of another directory": [(world) => {
    const { face, vm, directory } = world;
    const slot0 = valueOf(new face.CacheDirectory().putInstance(valueOf(face.CNodeCap.create(3))));
    const result = vm.invokeCached(directory, putInstance(world, []), 0, NO_ARGS, 1n, { slot0 });
    return result.ok ? "ok" : result.error.kind;
  }, "foreign-ref"],
  "no room on the stack for what is resumed": [(world) => {
    const marker = issued(world, "gas", { id: 77n });
    const child = putInstance(world, operation(YIELD, MARKER), { [MARKER]: marker });
    const top = putInstance(world, operation(CALL, CHILD, 0), { [CHILD]: child });
    const roomy = { ...world, vm: worldOf(world.face, { hostMarkers: [marker] }).vm };
    const paused = postOf(called(roomy, top));
    const ends = [1, 2].map((maxDepth) => {
      const { vm } = worldOf(world.face, { maxDepth });
      const result = vm.callResume(world.directory, { instance: paused, gas: PLENTY });
      return result.ok
        ? result.value.kind
        : [result.error.kind, Reflect.get(result.error, "maxDepth")];
    });
    return [ends, world.vm.dropPaused(world.directory, paused).ok];
  }, [[["call-stack-full", 1], "halt"], true]],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_a_file_is_data_that_is_there",
    claim:
      "what an assist gives as a file is Data of the directory, by hash or handle; anything else ends the invocation with an error, by OPEN and by host_open",
    subject: SUBJECT,
    spec: "the kernel, mode v3: Operands",
    strength: "bounded",
    domain: domain.product({
      what: domain.of(...Object.keys(OPENED)),
      by: domain.of("operation", "call"),
    }),
    reaches: ["halt", "assist-failed", "blob-missing", "foreign-ref"],
    implementation: kernel,
    mutants: [
      mutant(FILES, "  if (DataCap.is(data.value)) return target;\n", "  return target;\n"),
      mutant(
        FILES,
        "  if (!target.ok) return target;\n",
        "  if (!target.ok) return ok(undefined);\n",
      ),
      mutant(
        "src/kernel/v3/settled.ts",
        'error.kind === "invalid-argument" ?',
        'error.kind !== "invalid-argument" ?',
      ),
    ],
    check({ what, by }, reach, face) {
      const [give, expected] = OPENED[what] ?? [() => AA, ""];
      let given: CapTarget = AA;
      const own = new face.InProcessKernelAssist();
      const assist: KernelAssist = assistWith(own, {
        hostOpen: (file) => file === 4n ? given : undefined,
      });
      const world = { ...worldOf(face), vm: valueOf(face.Vm.create({ assist })) };
      given = give(world);
      const lines = by === "operation"
        ? operation(OPEN, 4, 20)
        : [...operation(CALL, SECOND, 0, 4)];
      const top = putInstance(world, lines, { [SECOND]: issued(world, "host_open") });
      const result = world.vm.invokeCached(world.directory, top, 0, NO_ARGS, PLENTY);
      reach(result.ok ? result.value.kind : result.error.kind);
      const held = result.ok
        ? by === "operation"
          ? heldBy(world, postOf(result.value), 20)
          : result.value.kind === "halt" && result.value.reflectedSlot0
        : undefined;
      return allOf(
        agrees(result.ok ? result.value.kind : result.error.kind, expected),
        agrees(held, expected === "halt" ? putData(world, 5) : undefined),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_what_the_host_calls",
    claim:
      "the host can call Instances of the kernel as programs do; what is not there, is no Instance, does not wait, or does not fit on the stack is an error",
    subject: [...SUBJECT, "Vm.callResume", "Vm.dropPaused"],
    spec: "the kernel, mode v3",
    strength: "bounded",
    domain: domain.of(...Object.keys(HOST)),
    reaches: Object.keys(HOST),
    implementation: kernel,
    mutants: [
      mutant(
        MOD,
        "return endHalted(run, entered.value, entered.slot0, entered.target);",
        "return endHalted(run, entered.value, undefined, entered.target);",
      ),
      mutant(MOD, 'return failure({ kind: "not-paused", hash });', "return cap;"),
      mutant(
        "src/kernel/v3/enter.ts",
        "  if (kernelImageAt(hash) !== undefined) return ok(undefined);\n",
        "",
      ),
      mutant("src/kernel/v3/resume.ts", "return ok(FULL);", "return refused(NOT_ENTERED.status);"),
    ],
    check(what, reach, face) {
      const [call, expected] = HOST[what] ?? [() => "no such call", ""];
      const world = worldOf(face);
      reach(what);
      const told = call(world);
      const gas = issued(world, "gas", { id: 5n });
      const named = Array.isArray(told) ? told.map((each) => each === gas ? "gas 5" : each) : told;
      return allOf(agrees(named, expected), agrees(instanceAt(world, gas).kind, "instance"));
    },
  }),
];

register(proofs);
