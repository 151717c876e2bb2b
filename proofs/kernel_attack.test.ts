/** Attacks on the Vm: hosts that lie, handles of the wrong kind, an engine without room. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { instanceOf, kindOf, NO_ARGS } from "./_kit/kernel_attack.ts";
import { type Line, load, operation, storeByte } from "./_kit/kernel_guest.ts";
import { benchOf, invoke, putInstance } from "./_kit/kernel_compat_unit.ts";
import { register } from "./_kit/register.ts";

const METERS = "src/kernel/v3/meters.ts";
const VM = "src/kernel/vm.ts";
const IMAGE = "src/kernel/v3/image.ts";
const MODES = ["v3", "compat"] as const;

type Assist = Record<keyof kernel.KernelAssist, () => unknown>;

/** An assist that gives 0 for everything, but for some methods. */
function assistWith(own: Partial<Assist>): kernel.KernelAssist {
  const nothing = () => 0n;
  const all: Assist = {
    gasMeterGet: nothing,
    gasMeterSet: nothing,
    storageQuotaGet: nothing,
    storageQuotaSet: nothing,
    yieldCatcherMarkers: nothing,
    yieldCatcherAdd: nothing,
    yieldCatcherRemove: nothing,
    yieldCatcherNew: nothing,
    hostOpen: nothing,
    hostSave: nothing,
    ...own,
  };
  const assist: unknown = all;
  return isAssist(assist) ? assist : new kernel.InProcessKernelAssist();
}

function isAssist(value: unknown): value is kernel.KernelAssist {
  return typeof value === "object";
}

/** What a method that counts its calls gives, until it gives up. */
function counted(most: number, give: (call: number) => bigint): () => bigint {
  let calls = 0;
  return () => {
    calls++;
    if (calls > most) throw new Error("called too often");
    return give(calls);
  };
}

/** Operations without end: a jump back over a DROP. */
const ENDLESS: readonly Line[] = [...operation(3, 5), [40, 251]];

/** What a meter gives at each call, whatever was put into it. */
const LIES: Readonly<Record<string, (call: number) => bigint>> = {
  always: () => 1000n,
  more: (call) => 1000n * BigInt(call),
};

/** Calls a function where the stack of the engine ends, and once at each of some places before. */
function withoutRoom(call: () => unknown, places: number): void {
  let left = places;
  const descend = (): void => {
    try {
      descend();
    } catch {
      // it is as deep as it goes
    }
    if (left <= 0) return;
    left--;
    try {
      call();
    } catch {
      // not even its arguments could be looked at
    }
  };
  descend();
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_an_assist_cannot_give_gas_back",
    claim: "an assist whose meter has more than was put there ends the invocation with an error",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "The capability kernel, Gas and quota",
    strength: "bounded",
    domain: domain.product({
      lie: domain.of(...Object.keys(LIES)),
      runs: domain.of("operations", "instructions"),
    }),
    reaches: ["operations", "instructions"],
    implementation: kernel,
    mutants: [
      mutant(METERS, "|| left.value <= known) return left;", "|| left.ok) return left;"),
      mutant(METERS, "  meters.set(id, value);\n", ""),
    ],
    check({ lie, runs }, reach, face) {
      const directory = new face.CacheDirectory();
      const lines: readonly Line[] = runs === "operations" ? ENDLESS : [[40, 0]];
      const instance = instanceOf(face, directory, lines);
      const gasMeterGet = counted(50, LIES[lie] ?? (() => 0n));
      const vm = valueOf(face.Vm.create({ assist: assistWith({ gasMeterGet }) }));
      const result = vm.invokeCached(directory, instance, 0, NO_ARGS, 1000n);
      reach(runs);
      const text = result.ok || result.error.kind !== "assist-failed" ? "" : result.error.text;
      return agrees(text.startsWith("gave "), true) ?? agrees(directory.blobCount, 3);
    },
  }),
  defineProof({
    id: "kernel/v3_a_handle_of_no_instance_stays",
    claim: "to invoke a handle of anything but an Instance is refused and leaves the handle alone",
    subject: ["Vm.invokeCached", "CacheDirectory.putInstance"],
    spec: "this library: a failed operation leaves the state as it was",
    strength: "bounded",
    domain: domain.of("cnode", "data", "type"),
    reaches: ["instance-not-found"],
    implementation: kernel,
    mutants: [
      mutant(VM, "held !== undefined && !InstanceCapV3.is(held)", "held === 0.5"),
    ],
    check(kind, reach, face) {
      const directory = new face.CacheDirectory();
      const caps: Readonly<Record<string, kernel.Cap>> = {
        cnode: valueOf(face.CNodeCap.create(8)),
        data: valueOf(face.DataCap.inline(Uint8Array.of(1))),
        type: valueOf(face.TypeCap.create("11".repeat(32))),
      };
      const cap = caps[kind];
      if (cap === undefined) return "no such capability";
      const handle = valueOf(directory.putInstance(cap));
      const vm = valueOf(face.Vm.create());
      const result = kindOf(vm.invokeCached(directory, handle, 0, NO_ARGS, 1000n));
      reach(result);
      return allOf(
        agrees(directory.get(handle) === cap, true),
        agrees([directory.instanceCount, directory.blobCount], [1, 0]),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_what_another_directory_has_is_not_known",
    claim:
      "a Gas whose parts a directory lacks ends in an error, also when they were read elsewhere",
    subject: ["Vm.invokeCached", "issueKernelInstance"],
    spec: "The capability kernel, What is stored",
    strength: "bounded",
    domain: domain.of("gas", "quota"),
    reaches: ["blob-missing"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/run.ts",
        "    ids: new Map(),\n",
        "    ids: Object.assign(startRun, { ids: Reflect.get(startRun, 'ids') ?? new Map() }).ids,\n",
      ),
    ],
    check(row, reach, face) {
      const [full, poor] = [new face.CacheDirectory(), new face.CacheDirectory()];
      const vm = valueOf(face.Vm.create());
      const hash = valueOf(face.issueKernelInstance(full, row, {}));
      const cap = full.get(hash);
      if (cap === undefined) return "it was not issued";
      valueOf(poor.putCap(cap));
      const slots = [{ slot: 5, target: hash }, { slot: 6, target: hash }];
      const lines = row === "gas" ? [] : operation(5, 7, 0, 6);
      const special = row === "gas" ? { gasSlots: [5] } : {};
      const ends = [full, poor].map((directory) => {
        const instance = instanceOf(face, directory, lines, special, slots);
        return kindOf(vm.invokeCached(directory, instance, 0, NO_ARGS, 1000n, { quota: 100n }));
      });
      reach(`${ends[1]}`);
      return agrees(ends, ["halt", "blob-missing"]);
    },
  }),
  defineProof({
    id: "kernel/v3_a_slot_that_is_named_often_is_looked_at_once",
    claim:
      "gas slots and quota slots that an image names again and again cost no more than named once",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "The capability kernel, Gas and quota",
    strength: "bounded",
    domain: domain.of("gas", "quota"),
    reaches: ["gas", "quota"],
    implementation: kernel,
    mutants: [
      mutant(IMAGE, "[...new Set(fields.gasSlots)]", "fields.gasSlots"),
      mutant(IMAGE, "[...new Set(fields.quotaSlots)]", "fields.quotaSlots"),
      mutant(IMAGE, "[...new Set(fields.gasSlots)]", "[...new Set(fields.gasSlots)].toReversed()"),
    ],
    check(kind, reach, face) {
      const directory = new face.CacheDirectory();
      const target = valueOf(face.issueKernelInstance(directory, kind, { id: 7n }));
      const other = valueOf(face.issueKernelInstance(directory, kind, { id: 8n }));
      const often = Array.from({ length: 5000 }, () => 5);
      const special = kind === "gas" ? { gasSlots: [...often, 6] } : { quotaSlots: [...often, 6] };
      const lines = [load(8, 1n), storeByte(8, 0x10000)];
      const instance = instanceOf(face, directory, lines, {
        ...special,
        memoryMappings: [{ start: 0x10000n, size: 4096n, source: [9] }],
      }, [{ slot: 5, target }, { slot: 6, target: other }]);
      const gasMeterGet = counted(20, () => 0n);
      const storageQuotaGet = counted(20, () => 0n);
      const assist = assistWith(
        kind === "gas" ? { gasMeterGet } : {
          storageQuotaGet,
          gasMeterGet: () => 1000n,
        },
      );
      const vm = valueOf(face.Vm.create({ assist }));
      const result = vm.invokeCached(directory, instance, 0, NO_ARGS, 1000n);
      reach(kind);
      const payload = result.ok && result.value.kind === "paused" ? result.value.markerPayload : "";
      return agrees(payload, target);
    },
  }),
  defineProof({
    id: "kernel/vm_works_after_the_engine_had_no_room",
    claim: "a call where the engine's own stack ends leaves the Vm and its stack as they were",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.of(...MODES),
    reaches: [...MODES],
    implementation: kernel,
    mutants: [
      mutant(
        VM,
        "finally {\n      parts.busy = false;",
        "finally {\n      parts.busy = parts.busy;",
      ),
    ],
    check(mode, reach, face) {
      const bench = benchOf(face, { mode });
      const { directory, vm } = bench;
      const instance = mode === "v3"
        ? instanceOf(face, directory, [])
        : putInstance(bench, { lines: [] });
      const first = kindOf(invoke(bench, instance));
      withoutRoom(() => invoke(bench, instance), 200);
      reach(mode);
      return allOf(
        agrees([first, kindOf(invoke(bench, instance))], ["halt", "halt"]),
        agrees(vm.stack.isEmpty, true),
      );
    },
  }),
];

register(proofs);
