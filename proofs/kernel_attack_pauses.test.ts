/** Attacks with pauses and yields: who goes on, with what, and what is stored. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { imageOf, instanceOf, kindOf, leftBy, NO_ARGS } from "./_kit/kernel_attack.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ecalli, type Line, load, operation } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const RESUME = "src/kernel/v3/resume.ts";
const CALLS = "src/kernel/v3/operations/calls.ts";
const GAS = 100_000n;

/** CALL of a slot, without arguments. */
const callOf = (slot: number): readonly Line[] => operation(26, slot, 0, 0, 0, 0);
/** YIELD with the marker in slot 3. */
const YIELD = operation(16, 3);

interface World {
  readonly directory: kernel.CacheDirectory;
  readonly marker: string;
}

/** A directory with a marker. */
function worldOf(face: Face): World {
  const directory = new face.CacheDirectory();
  return { directory, marker: valueOf(face.issueKernelInstance(directory, "mint_gas")) };
}

/** A paused Instance that waits for its child, which yielded to the host and maps two pages. */
function pausedPair(face: Face, { directory, marker }: World): string {
  const memoryMappings = [{ start: 0x10000n, size: 8192n, source: [] }];
  const yielder = instanceOf(face, directory, YIELD, { memoryMappings }, [
    { slot: 3, target: marker },
  ]);
  const waits = instanceOf(face, directory, callOf(5), {}, [{ slot: 5, target: yielder }]);
  const vm = valueOf(face.Vm.create({ hostMarkers: [marker] }));
  return leftBy(vm.invokeCached(directory, waits, 0, NO_ARGS, GAS)) ?? "";
}

/** What a fault says: its reason, and the number of a failed operation. */
function reasonOf(result: kernel.Result<kernel.CallResult, { readonly kind: string }>) {
  if (!result.ok || result.value.kind !== "faulted") return kindOf(result);
  const { reason } = result.value;
  return reason.kind === "operation-failed" ? `operation ${reason.operation}` : reason.kind;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_what_waits_needs_room_on_the_stack_too",
    claim:
      "a paused Instance goes on where the stack has room for it and for all that it waits for",
    subject: ["Vm.create", "Vm.callResume"],
    spec: "The capability kernel, Yields",
    strength: "bounded",
    domain: domain.range(1, 3),
    reaches: ["halt", "call-stack-full"],
    implementation: kernel,
    mutants: [
      mutant(RESUME, "hasRoom(run, links.length + 1)", "hasRoom(run, links.length)"),
      mutant(RESUME, "hasRoom(run, links.length + 1)", "hasRoom(run, links.length + 2)"),
    ],
    check(maxDepth, reach, face) {
      const world = worldOf(face);
      const instance = pausedPair(face, world);
      const vm = valueOf(face.Vm.create({ maxDepth }));
      const kind = kindOf(vm.callResume(world.directory, { instance, gas: GAS }));
      reach(kind);
      return agrees(kind, maxDepth < 2 ? "call-stack-full" : "halt");
    },
  }),
  defineProof({
    id: "kernel/v3_a_refused_resumption_leaves_the_caller_alone",
    claim: "CALL_RESUME of what can be entered in part only goes on behind it in the caller",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "The capability kernel, Yields",
    strength: "bounded",
    domain: domain.of(4096, 8192),
    reaches: ["refused", "resumed"],
    implementation: kernel,
    mutants: [mutant(CALLS, "    cut(run, length);\n", "")],
    check(memoryBytes, reach, face) {
      const world = worldOf(face);
      const target = pausedPair(face, world);
      const slots = [{ slot: 5, target }];
      const top = instanceOf(face, world.directory, operation(27, 5), {}, slots);
      const vm = valueOf(face.Vm.create({ memoryBytes }));
      const result = vm.invokeCached(world.directory, top, 0, NO_ARGS, GAS);
      reach(memoryBytes < 8192 ? "refused" : "resumed");
      const value = result.ok && result.value.kind === "halt" ? result.value.returnValue : 1n;
      return agrees(value, memoryBytes < 8192 ? 6n + 256n * 4n : 0n);
    },
  }),
  defineProof({
    id: "kernel/v3_a_pause_keeps_the_code_that_runs_and_the_pins_that_hold",
    claim:
      "after SET_IMAGE and a pause the old code goes on, and what the new image pins is pinned",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "The capability kernel, SET_IMAGE",
    strength: "bounded",
    domain: domain.of(12, 13),
    reaches: ["operation 3", "halt"],
    implementation: kernel,
    mutants: [
      mutant(
        RESUME,
        "pinnedOf(run, link.instance.fields.imageHash)",
        "pinnedOf(run, link.pause.image)",
      ),
      mutant("src/kernel/v3/pause.ts", "image: image.hash,", "image: imageHash,"),
    ],
    check(slot, reach, face) {
      const { directory, marker } = worldOf(face);
      const pinned = valueOf(directory.putCap(valueOf(face.DataCap.inline(Uint8Array.of(1)))));
      const pinnedSlots = [{ slot: 12, contentHash: pinned }];
      const target = imageOf(face, directory, [], { pinnedSlots });
      const lines = [...operation(17, 4), ...YIELD, ...operation(3, slot)];
      const top = instanceOf(face, directory, lines, {}, [
        { slot: 3, target: marker },
        { slot: 4, target },
      ]);
      const vm = valueOf(face.Vm.create({ hostMarkers: [marker] }));
      const instance = leftBy(vm.invokeCached(directory, top, 0, NO_ARGS, GAS)) ?? "";
      const reason = reasonOf(vm.callResume(directory, { instance, gas: GAS }));
      reach(reason);
      return agrees(reason, slot === 12 ? "operation 3" : "halt");
    },
  }),
  defineProof({
    id: "kernel/v3_all_that_a_pause_names_is_stored",
    claim: "the marker and the Gas of a yield that the kernel raised are in the directory",
    subject: ["Vm.invokeCached", "CacheDirectory.containsBlob"],
    spec: "The capability kernel, What is stored",
    strength: "bounded",
    domain: domain.of(0n, 1n),
    reaches: ["paused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/workspace.ts",
        "return [...own, image, marker, ...sources,",
        "return [...own, image, ...sources,",
      ),
    ],
    check(gas, reach, face) {
      const { directory } = worldOf(face);
      const top = instanceOf(face, directory, []);
      const vm = valueOf(face.Vm.create());
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, gas);
      reach(kindOf(result));
      if (!result.ok || result.value.kind !== "paused") return "it did not pause";
      const { marker, markerPayload } = result.value;
      const hashes = [marker, typeof markerPayload === "string" ? markerPayload : undefined];
      return agrees(hashes.map((hash) => directory.containsBlob(hash ?? "")), [true, true]);
    },
  }),
  defineProof({
    id: "kernel/v3_slot_0_is_not_called_and_no_other_instance_catches",
    claim:
      "what is in slot 0 is neither called nor dropped, and only a catcher of the kernel catches",
    subject: ["Vm.invokeCached"],
    spec: "The capability kernel, Calls",
    strength: "bounded",
    domain: domain.of<number | string>(26, 27, 28, "catcher", "spawn"),
    reaches: ["operation 26", "operation 27", "operation 28", "halt", "operation 18"],
    implementation: kernel,
    mutants: [
      mutant(CALLS, "path[0] === 0 || !mayChange", "!mayChange"),
      mutant("src/kernel/v3/yields.ts", ' || !isOfKernel(catcher.value, "yieldcatcher")', ""),
      mutant(
        "src/kernel/v3/operations/images.ts",
        "  if (!outlives(destination.value, path)) return FAILED;\n",
        "",
      ),
    ],
    check(what, reach, face) {
      const world = worldOf(face);
      const { directory, marker } = world;
      const vm = valueOf(face.Vm.create());
      const [top, slot0] = what === "catcher"
        ? [notCaught(face, world), undefined]
        : what === "spawn"
        ? [spawnsInto(face, world), undefined]
        : [
          instanceOf(face, directory, operation(Number(what), 0, 0)),
          what === 26 ? instanceOf(face, directory, []) : pausedPair(face, world),
        ];
      const options = slot0 === undefined ? {} : { slot0 };
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, GAS, options);
      const reason = reasonOf(result);
      reach(reason);
      const value = result.ok && result.value.kind === "halt" ? result.value.returnValue : 0n;
      const number = what === "spawn" ? 18 : what;
      return allOf(
        agrees(reason, what === "catcher" ? "halt" : `operation ${number}`),
        agrees(value, what === "catcher" ? 5n : 0n),
        agrees(directory.containsBlob(marker), true),
      );
    },
  }),
];

/** Calls a yielder, with an Instance that lists the marker but is no catcher in the catcher's slot. */
function notCaught(face: Face, { directory, marker }: World): string {
  const target = instanceOf(face, directory, YIELD, {}, [{ slot: 3, target: marker }]);
  const lists = instanceOf(face, directory, [], {}, [{ slot: 1, target: marker }]);
  return instanceOf(face, directory, callOf(5), { yieldMarkerSlot: 8 }, [
    { slot: 5, target },
    { slot: 8, target: lists },
  ]);
}

/** Spawns from the cnode in slot 7 into a slot of it. */
function spawnsInto(face: Face, { directory }: World): string {
  const path = Uint8Array.of(7, 0, 0, 0, 3);
  const data = valueOf(directory.putCap(valueOf(face.DataCap.inline(path))));
  const cnode = valueOf(directory.putCap(valueOf(face.CNodeCap.create(8))));
  const memoryMappings = [{ start: 0x10000n, size: 4096n, source: [9] }];
  const lines = [...operation(0, 4, 7).slice(0, 2), load(9, 2n ** 63n + 2n ** 33n + 0x10000n)];
  return instanceOf(face, directory, [...lines, ecalli(18)], { memoryMappings }, [
    { slot: 4, target: imageOf(face, directory, []) },
    { slot: 7, target: cnode },
    { slot: 9, target: data },
  ]);
}

register(proofs);
