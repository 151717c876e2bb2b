/** Attacks with values at the border: exact rows, pauses that a host made up, numbers used twice. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { imageOf, instanceOf, kindOf, leftBy, NO_ARGS } from "./_kit/kernel_attack.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ecalli, type Line, load, operation, small, storeByte } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const MEMORY = "src/kernel/v3/memory.ts";
const METERS = "src/kernel/v3/meters.ts";
const START = 0x10000;
const PAGE = 4096n;
const persistent = { memoryMappings: [{ start: BigInt(START), size: PAGE, source: [9] }] };
const WRITES: readonly Line[] = [small(2, 77), storeByte(2, START)];

/** What a slot of an Instance holds. */
function slotOf(
  face: Face,
  directory: kernel.CacheDirectory,
  hash: string | undefined,
  slot: number,
): kernel.CapTarget | undefined {
  const cap = directory.get(hash ?? "");
  const root = face.InstanceCapV3.is(cap) ? directory.get(cap.fields.rootCnode) : undefined;
  return face.CNodeCap.is(root) ? root.get(slot) : undefined;
}

/** An Instance that wrote into its mapping and then yielded to the host. */
function pausedIn(face: Face, directory: kernel.CacheDirectory) {
  const marker = valueOf(face.issueKernelInstance(directory, "mint_gas"));
  const target = valueOf(directory.putCap(valueOf(face.DataCap.inline(Uint8Array.of(5)))));
  const slots = [{ slot: 9, target }, { slot: 3, target: marker }];
  const instance = instanceOf(face, directory, [...WRITES, ...operation(16, 3)], persistent, slots);
  const vm = valueOf(face.Vm.create({ hostMarkers: [marker] }));
  const first = vm.invokeCached(directory, instance, 0, NO_ARGS, 10_000n, { quota: 2n * PAGE });
  return { vm, target, hash: leftBy(first) ?? "" };
}

/** What is made up of a pause, and the detail of the fault that it gives. */
const CRAFTED: Readonly<
  Record<string, (pause: kernel.Pause, label: string) => readonly [object, object, number]>
> = {
  "one region more": ({ regions }) => [{}, { regions: [...regions, ...regions] }, 4],
  "no region": () => [{}, { regions: [] }, 4],
  "an image of the kernel": (_, label) => [{ imageHash: label }, {}, 2],
  "a kernel image that runs": (_, label) => [{}, { image: label }, 2],
  "a callee in an empty slot": () => [{}, { callee: [77] }, 1],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_a_quota_suffices_to_the_byte",
    claim: "a quota of any id pays a cost that it just suffices for, and no greater one",
    subject: ["Vm.invokeCached", "InProcessKernelAssist.storageQuotaSet"],
    spec: "The capability kernel, Gas and quota",
    strength: "bounded",
    domain: domain.product({
      id: domain.of(0n, 1n, 2n ** 56n, 2n ** 64n - 1n),
      left: domain.of(PAGE - 1n, PAGE, PAGE + 1n),
    }),
    reaches: ["halt", "paused"],
    implementation: kernel,
    mutants: [
      mutant(METERS, "length.value > ID_BYTES", "length.value >= ID_BYTES"),
      mutant(
        METERS,
        "if (left.value >= cost) return ok({ id: id.value",
        "if (left.value > cost) return ok({ id: id.value",
      ),
    ],
    check({ id, left }, reach, face) {
      const directory = new face.CacheDirectory();
      const assist = new face.InProcessKernelAssist();
      assist.storageQuotaSet(id, left);
      const target = valueOf(face.issueKernelInstance(directory, "quota", { id }));
      const special = { ...persistent, quotaSlots: [5] };
      const top = instanceOf(face, directory, WRITES, special, [{ slot: 5, target }]);
      const vm = valueOf(face.Vm.create({ assist }));
      const kind = kindOf(vm.invokeCached(directory, top, 0, NO_ARGS, 1000n));
      reach(kind);
      const suffices = left >= PAGE;
      return allOf(
        agrees(kind, suffices ? "halt" : "paused"),
        agrees(assist.storageQuotaGet(id), suffices ? left - PAGE : left),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_what_was_written_before_a_pause_is_written_back_after_it",
    claim: "a mapping that changed before a pause is Data in its source when the Instance halts",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "The capability kernel, Instances",
    strength: "bounded",
    domain: domain.of("once"),
    reaches: ["halt"],
    implementation: kernel,
    mutants: [
      mutant(MEMORY, "return ok({ ...shown.value, source: paused.source });", "return shown;"),
      mutant(MEMORY, "found.push({ source: source.value,", "found.push({ source: undefined,"),
    ],
    check(_, reach, face) {
      const directory = new face.CacheDirectory();
      const { vm, target, hash } = pausedIn(face, directory);
      const before = slotOf(face, directory, hash, 9);
      const result = vm.callResume(directory, { instance: hash, gas: 1000n });
      reach(kindOf(result));
      const left = slotOf(face, directory, leftBy(result), 9);
      const data = left === undefined ? undefined : directory.get(left);
      const byte = face.DataCap.is(data) ? valueOf(data.read(0, 1)) : [];
      return allOf(agrees(before, target), agrees([...byte], [77]));
    },
  }),
  defineProof({
    id: "kernel/v3_a_pause_that_is_made_up_is_not_entered",
    claim: "a paused Instance that no pause of the kernel's can give is refused with its detail",
    subject: ["Vm.callResume", "InstanceCapV3.create"],
    spec: "The capability kernel, Calls",
    strength: "bounded",
    domain: domain.of(...Object.keys(CRAFTED)),
    reaches: ["1", "2", "4"],
    implementation: kernel,
    mutants: [
      mutant(MEMORY, "if (writable.length !== paused.length) return ok(undefined);", ""),
      mutant(
        "src/kernel/v3/enter.ts",
        "if (kernelImageAt(hash) !== undefined) return ok(undefined);",
        "",
      ),
    ],
    check(name, reach, face) {
      const directory = new face.CacheDirectory();
      const { vm, hash } = pausedIn(face, directory);
      const cap = directory.get(hash);
      const fields = face.InstanceCapV3.is(cap) ? cap.fields : undefined;
      if (fields?.status.state !== "paused") return "it did not pause";
      const { pause } = fields.status;
      const craft = CRAFTED[name];
      if (craft === undefined) return "nothing is made up";
      const [own, other, detail] = craft(pause, valueOf(face.kernelImageHash("gas")));
      const status = { state: "paused", pause: { ...pause, ...other } } as const;
      const crafted = valueOf(face.InstanceCapV3.create({ ...fields, status, ...own }));
      const instance = valueOf(directory.putCap(crafted));
      const count = directory.blobCount;
      const result = vm.callResume(directory, { instance, gas: 1000n });
      reach(`${detail}`);
      const reason = result.ok && result.value.kind === "faulted" ? result.value.reason : undefined;
      return allOf(
        agrees(reason?.kind === "not-entered" ? Number(reason.detail) : kindOf(result), detail),
        agrees(directory.blobCount, count),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_every_mapping_is_compared_with_its_own_data",
    claim: "a mapping that nothing was written to stays as it is, whatever the one before it shows",
    subject: ["Vm.invokeCached", "InProcessKernelAssist.storageQuotaGet"],
    spec: "The capability kernel, Halt",
    strength: "bounded",
    domain: domain.of(1, 4096),
    reaches: ["halt"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/content.ts",
        "  BEFORE.fill(0, known.value?.length ?? 0, length);\n",
        "",
      ),
    ],
    check(length, reach, face) {
      const directory = new face.CacheDirectory();
      const assist = new face.InProcessKernelAssist();
      const bytes = new Uint8Array(length).fill(5);
      const target = valueOf(directory.putCap(valueOf(face.DataCap.inline(bytes))));
      const top = instanceOf(face, directory, [], {
        memoryMappings: [9, 10].map((slot, index) => ({
          start: BigInt(START) + PAGE * BigInt(index),
          size: PAGE,
          source: [slot],
        })),
      }, [{ slot: 9, target }]);
      const vm = valueOf(face.Vm.create({ assist }));
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 1000n, { quota: PAGE });
      reach(kindOf(result));
      return allOf(
        agrees(slotOf(face, directory, leftBy(result), 10), undefined),
        agrees(assist.storageQuotaGet(0n), PAGE),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_a_pinned_number_is_free_in_other_cnodes",
    claim:
      "a slot of a cnode below may be filled though the root cnode's slot of its number is pinned",
    subject: ["Vm.invokeCached", "publishImageV3"],
    spec: "The capability kernel, Operands",
    strength: "bounded",
    domain: domain.of(12, 13),
    reaches: ["halt"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/slots.ts",
        "pinned.has(path[0] ?? 0)",
        "pinned.has(path.at(-1) ?? 0)",
      ),
    ],
    check(slot, reach, face) {
      const directory = new face.CacheDirectory();
      const data = (...bytes: readonly number[]) =>
        valueOf(directory.putCap(valueOf(face.DataCap.inline(Uint8Array.from(bytes)))));
      const target = data(7, 0, 0, 0, slot, 0, 0, 0);
      const image = imageOf(face, directory, [
        small(7, 9),
        load(8, 2n ** 63n + 2n ** 33n + BigInt(START)),
        ecalli(1),
      ], { ...persistent, pinnedSlots: [{ slot: 12, contentHash: target }] });
      const cnode = valueOf(directory.putCap(valueOf(face.CNodeCap.create(4))));
      const top = valueOf(face.genesisInstance(directory, image, [
        { slot: 7, target: cnode },
        { slot: 9, target },
      ]));
      const vm = valueOf(face.Vm.create());
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 1000n);
      reach(kindOf(result));
      const held = directory.get(slotOf(face, directory, leftBy(result), 7) ?? "");
      return agrees(face.CNodeCap.is(held) ? held.get(slot) : undefined, target);
    },
  }),
];

register(proofs);
