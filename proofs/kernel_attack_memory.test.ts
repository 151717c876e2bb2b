/** Attacks on memory and slots: what one Instance leaves behind, and what another finds. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { imageOf, instanceOf, kindOf, NO_ARGS } from "./_kit/kernel_attack.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  guest,
  type Line,
  loadByte,
  operation,
  REPLY,
  small,
  storeByte,
} from "./_kit/kernel_guest.ts";
import { benchOf } from "./_kit/kernel_compat_unit.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/kernel/v3/run.ts";
const MEMORY = "src/kernel/v3/memory.ts";
const START = 0x10000;
const OPTIONS = { quota: 2n ** 40n };

const ephemeral = (pages: number) => ({
  memoryMappings: [{ start: BigInt(START), size: 4096n * BigInt(pages), source: [] }],
});
const persistent = { memoryMappings: [{ start: BigInt(START), size: 4096n, source: [9] }] };

/** CALL of a slot, without arguments. */
const callOf = (slot: number): readonly Line[] => operation(26, slot, 0, 0, 0, 0);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_memory_of_one_instance_is_zero_for_the_next",
    claim:
      "what an Instance wrote is not there for one that is called afterwards, and room comes back",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "The capability kernel, Calls",
    strength: "bounded",
    domain: domain.product({ pages: domain.range(1, 3), source: domain.of("nothing", "a slot") }),
    reaches: ["halt"],
    implementation: kernel,
    mutants: [
      mutant(RUN, "    run.mapped -= entry.frame.image.mappedBytes;\n", ""),
      mutant(RUN, 'resetRegion(start, bytes, "none").ok) return;', "canRead(start, 1)) return;"),
    ],
    check({ pages, source }, reach, face) {
      const directory = new face.CacheDirectory();
      const last = START + 4096 * pages - 1;
      const writes = [small(2, 77), storeByte(2, START), storeByte(2, last)];
      const writer = instanceOf(face, directory, writes, ephemeral(pages));
      const special = source === "nothing" ? ephemeral(pages) : {
        memoryMappings: [{ start: BigInt(START), size: 4096n * BigInt(pages), source: [9] }],
      };
      const reader = instanceOf(face, directory, [loadByte(7, START)], special);
      const end = instanceOf(face, directory, [loadByte(7, last)], special);
      const found = (slot: number, at: number): readonly Line[] => [
        ...callOf(slot),
        storeByte(7, at),
        storeByte(8, at + 1),
      ];
      const lines = [...callOf(5), ...found(6, START), ...found(7, START + 2)];
      const top = instanceOf(face, directory, lines, persistent, [
        { slot: 5, target: writer },
        { slot: 6, target: reader },
        { slot: 7, target: end },
      ]);
      const vm = valueOf(face.Vm.create({ memoryBytes: 4096 * (pages + 1) }));
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 100_000n, OPTIONS);
      reach(kindOf(result));
      const post = result.ok && result.value.kind === "halt" ? result.value.postInstanceHash : "";
      const cap = directory.get(post);
      const root = face.InstanceCapV3.is(cap) ? directory.get(cap.fields.rootCnode) : undefined;
      const left = face.CNodeCap.is(root) ? root.get(9) : "";
      return agrees(left, undefined); // 0 and halted each time: no page differs
    },
  }),
  defineProof({
    id: "kernel/v3_data_as_long_as_its_mapping_is_mapped",
    claim: "Data up to the length of the mapping is shown whole, and longer Data is not",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "The capability kernel, Calls",
    strength: "bounded",
    domain: domain.range(4095, 4097),
    reaches: ["halt", "faulted"],
    implementation: kernel,
    mutants: [
      mutant(MEMORY, "length.value > bytes", "length.value >= bytes"),
      mutant(MEMORY, "length.value > bytes", "length.value > bytes + 1"),
    ],
    check(length, reach, face) {
      const directory = new face.CacheDirectory();
      const bytes = new Uint8Array(length).fill(5);
      const target = valueOf(directory.putCap(valueOf(face.DataCap.inline(bytes))));
      const lines = [loadByte(7, START + 4094)];
      const top = instanceOf(face, directory, lines, persistent, [{ slot: 9, target }]);
      const vm = valueOf(face.Vm.create());
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 1000n);
      reach(kindOf(result));
      const value = result.ok && result.value.kind === "halt"
        ? result.value.returnValue
        : undefined;
      return agrees(value, length > 4096 ? undefined : 5n);
    },
  }),
  defineProof({
    id: "kernel/v3_no_mapping_writes_what_is_pinned_by_now",
    claim:
      "a mapping whose source a new image pins is not written back, also when it holds the same",
    subject: ["Vm.invokeCached", "publishImageV3"],
    spec: "The capability kernel, SET_IMAGE",
    strength: "bounded",
    domain: domain.of(true, false),
    reaches: ["pinned", "not pinned"],
    implementation: kernel,
    mutants: [
      mutant(MEMORY, " || frame.pinned.has(region.path[0] ?? 0)", ""),
      mutant(
        "src/kernel/v3/operations/images.ts",
        "  frame.pinned = pinnedBy(image.value.cap);\n",
        "",
      ),
    ],
    check(pins, reach, face) {
      const directory = new face.CacheDirectory();
      const content = Uint8Array.of(5);
      const target = valueOf(directory.putCap(valueOf(face.DataCap.inline(content))));
      const pinnedSlots = pins ? [{ slot: 9, contentHash: target }] : [];
      const image = imageOf(face, directory, [], { pinnedSlots });
      const drops = pins ? operation(3, 9) : [];
      const lines = [...drops, ...operation(17, 4), small(2, 77), storeByte(2, START)];
      const top = instanceOf(face, directory, lines, persistent, [
        { slot: 9, target },
        { slot: 4, target: image },
      ]);
      const vm = valueOf(face.Vm.create());
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 1000n, OPTIONS);
      reach(pins ? "pinned" : "not pinned");
      const post = result.ok && result.value.kind === "halt" ? result.value.postInstanceHash : "";
      const cap = directory.get(post);
      const root = face.InstanceCapV3.is(cap) ? directory.get(cap.fields.rootCnode) : undefined;
      const left = face.CNodeCap.is(root) ? root.get(9) : undefined;
      return allOf(agrees(kindOf(result), "halt"), agrees(left === target, pins));
    },
  }),
  defineProof({
    id: "kernel/v3_a_paused_memory_shares_the_pages_that_it_did_not_change",
    claim: "a page of a large Data that a paused Instance maps and did not change is the same page",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "this library: a pause costs what was changed",
    strength: "bounded",
    domain: domain.range(0, 3),
    reaches: ["paused"],
    implementation: kernel,
    mutants: [
      mutant(
        MEMORY,
        "contentOf(frame.machine.memory, region, region.shown)",
        "contentOf(frame.machine.memory, region, undefined)",
      ),
    ],
    check(changed, reach, face) {
      const directory = new face.CacheDirectory();
      const pages = Array.from({ length: 4 }, (_, i) => new Uint8Array(4096).fill(i + 1));
      const data = valueOf(face.DataCap.paged(4096, pages));
      const target = valueOf(directory.putCap(data));
      const marker = valueOf(face.issueKernelInstance(directory, "mint_gas"));
      const lines = [small(2, 77), storeByte(2, START + 4096 * changed), ...operation(16, 3)];
      const memoryMappings = [{ start: BigInt(START), size: 16384n, source: [9] }];
      const top = instanceOf(face, directory, lines, { memoryMappings }, [
        { slot: 9, target },
        { slot: 3, target: marker },
      ]);
      const vm = valueOf(face.Vm.create({ hostMarkers: [marker] }));
      const result = vm.invokeCached(directory, top, 0, NO_ARGS, 1000n);
      reach(kindOf(result));
      const post = result.ok && result.value.kind === "paused"
        ? result.value.pausedInstanceHash
        : "";
      const cap = directory.get(post ?? "");
      const status = face.InstanceCapV3.is(cap) ? cap.fields.status : undefined;
      const region = status?.state === "paused" ? status.pause.regions[0] : undefined;
      const now = directory.get(region?.content ?? "");
      if (!face.DataCap.is(now)) return "no Data";
      return agrees(
        [0, 1, 2, 3].map((page) => now.page(page) === data.page(page)),
        [0, 1, 2, 3].map((page) => page !== changed),
      );
    },
  }),
  defineProof({
    id: "kernel/compat_handles_stay_when_the_store_fails_at_the_end",
    claim:
      "an invocation whose result cannot be stored leaves the handles of the directory as they were",
    subject: ["Vm.invokeCached", "CacheDirectory.putInstance"],
    spec: "this library: a failed operation leaves the state as it was",
    strength: "bounded",
    domain: domain.range(0, 3),
    reaches: ["store-failed", "halt"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/compat/workspace.ts",
        "this.settle(ref, this.#withHashes(cap))",
        "this.#directory.settle(ref).ok ? this.settle(ref, this.#withHashes(cap)) : DONE",
      ),
    ],
    check(puts, reach, face) {
      const rows = new Map<string, Uint8Array>();
      const left = { puts: Infinity };
      const directory = valueOf(face.CacheDirectory.create({
        store: {
          get: (hash) => ({ ok: true, value: rows.get(hash) }),
          has: (hash) => ({ ok: true, value: rows.has(hash) }),
          count: () => ({ ok: true, value: rows.size }),
          hashes: () => ({ ok: true, value: [...rows.keys()].sort() }),
          put: (entries) => {
            if (left.puts-- <= 0) return { ok: false, error: "full" };
            for (const { hash, bytes } of entries) rows.set(hash, bytes.slice());
            return { ok: true, value: undefined };
          },
        },
      }));
      const bench = benchOf(face, {}, directory);
      const source = valueOf(
        face.ImageSource.create({ ...guest([REPLY]), endpoints: [{ index: 0, entryPc: 0n }] }),
      );
      const image = valueOf(face.publishImage(directory, source));
      const inner = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(3))));
      const root = valueOf(face.CNodeCap.create(8, [{ slot: 4, target: inner }]));
      const instance = valueOf(directory.putInstance(valueOf(face.InstanceCap.create({
        imageHashChain: image,
        imageHash: image,
        rootCnode: valueOf(directory.putInstance(root)),
      }))));
      const before = [directory.instanceCount, rows.size];
      left.puts = puts;
      const result = bench.vm.invokeCached(directory, instance, 0, NO_ARGS, 1000n);
      reach(kindOf(result));
      const after = [directory.instanceCount, rows.size];
      const isThere = directory.get(inner) !== undefined;
      return agrees(
        result.ok ? [isThere] : [isThere, ...after],
        result.ok ? [false] : [true, ...before],
      );
    },
  }),
];

register(proofs);
