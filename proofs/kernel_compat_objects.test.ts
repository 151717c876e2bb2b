/** The original's unit tests of images, types, data, files and calls, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  type Bench,
  benchOf,
  CHAIN,
  type ended,
  instanceAt,
  kindOf,
  leftBy,
  putCnode,
  putData,
  putImage,
  putInstance,
  ran,
  slotsLeft,
} from "./_kit/kernel_compat_unit.ts";
import { ecalli, load, loadByte, operation, small, storeByte, TRAP } from "./_kit/kernel_guest.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const ENTER = "src/kernel/compat/enter.ts";
const SPAWN = "src/kernel/compat/spawn.ts";
const DATA = "src/kernel/compat/data.ts";
const subject = ["Vm.invokeCached"];
const PAGE = { memSize: 4096 };

/** What r7 is after an operation. */
function returned(result: ReturnType<typeof ended>): bigint | string {
  return result.kind === "halt" ? result.returnValue : kindOf(result);
}

/** Two Instances of one image, of which one has another state or chain. */
function twoInstances(bench: Bench, more: Parameters<typeof putInstance>[3]): [string, string] {
  const parts = { lines: [TRAP] };
  return [putInstance(bench, parts), putInstance(bench, parts, {}, more)];
}

function opened(face: Face): string | undefined {
  const bench = benchOf(face);
  bench.assist.registerFile(9n, putData(bench, "hello"));
  const left = slotsLeft(bench, ran(bench, { lines: operation(24, 9, 6) }));
  return agrees(left.get(6), putData(bench, "hello"));
}

const TESTS: Readonly<Record<string, Unit>> = {
  set_image_extends_chain_hash: {
    subject,
    mutant: mutant(ENTER, "extended(frame.now.imageHashChain, imageHash)", "imageHash"),
    check(face) {
      const bench = benchOf(face);
      const next = putImage(bench, { lines: [small(7, 1), ecalli(27), ecalli(27), ecalli(0)] });
      const left = leftBy(bench, ran(bench, { lines: operation(17, 2) }, { 2: next }));
      return agrees(
        [left.fields.imageHash, { ok: true, value: left.fields.imageHashChain }],
        [next, face.chainExtend(CHAIN, next)],
      );
    },
  },
  set_image_reloads_program_from_cache: {
    subject,
    mutant: mutant(
      ENTER,
      "withProgram(frame.now.machine, program.value)",
      "withProgram(frame.now.machine, frame.now.program)",
    ),
    check(face) {
      const bench = benchOf(face);
      const next = putImage(bench, { lines: [small(7, 9), ecalli(27), small(7, 42)] });
      // The new code goes on at the old offset: behind the first five bytes.
      return agrees(returned(ran(bench, { lines: operation(17, 2) }, { 2: next })), 42n);
    },
  },
  derive_spawn_mints_extended_chain_target: {
    subject,
    mutant: mutant(SPAWN, "bind(frame, slotOf(frame, 8), undefined);", ""),
    check(face) {
      const bench = benchOf(face);
      const [image, cnode] = [putImage(bench, { lines: [] }), putCnode(bench, { 3: AA })];
      const result = ran(bench, { lines: operation(18, 2, 3, 4) }, { 2: image, 3: cnode });
      const left = slotsLeft(bench, result);
      const chain = instanceAt(bench, left.get(4))?.fields.imageHashChain;
      return agrees(
        [left.get(2), left.get(3), { ok: true, value: chain }],
        [image, undefined, face.chainExtend(CHAIN, image)],
      );
    },
  },
  derive_spawn_cached_publishes_child_instance: {
    subject,
    mutant: mutant(SPAWN, "if (cnode.get(slot) !== undefined) continue;", ""),
    check(face) {
      const bench = benchOf(face);
      const [hello, other] = [putData(bench, "hello"), putData(bench, "other")];
      const image = putImage(bench, {
        lines: [],
        source: { memoryMappings: [{ start: 4096n, size: 4096n, source: [5] }] },
        pinned: { 5: hello },
        initial: { 3: other, 6: other },
      });
      const cnode = putCnode(bench, { 3: AA, 5: BB });
      const result = ran(bench, { lines: operation(18, 2, 3, 4) }, { 2: image, 3: cnode });
      const child = instanceAt(bench, slotsLeft(bench, result).get(4))?.fields;
      const overlays = child?.rwOverlays.map(({ start, bytes }) => [start, bytes.at(1)]);
      return agrees([child?.rootCnode, child?.memSize, overlays], [
        putCnode(bench, { 3: AA, 5: hello, 6: other }),
        8192,
        [[4096, 101]],
      ]);
    },
  },
  host_same_type_compares_chain: {
    subject,
    mutant: mutant(
      DATA,
      "x.value.fields.imageHashChain === y.value.fields.imageHashChain",
      "a === b",
    ),
    check(face) {
      const bench = benchOf(face);
      const [one, later] = twoInstances(bench, { pc: 5n });
      const [, other] = twoInstances(bench, { imageHashChain: AA });
      const lines = operation(20, 2, 3);
      const same = (a: string, b: string) => returned(ran(bench, { lines }, { 2: a, 3: b }));
      const got = [same(AA, AA), same(AA, BB), same(one, later), same(one, other)];
      return agrees(got, [1n, 0n, 1n, 0n]);
    },
  },
  host_type_of_publishes_type_cap: {
    subject,
    mutant: mutant(
      DATA,
      "TypeCap.create(cap.value.fields.imageHashChain)",
      "TypeCap.create(cap.value.fields.imageHash)",
    ),
    check(face) {
      const bench = benchOf(face);
      const child = putInstance(bench, { lines: [] }, {}, { imageHashChain: "42".repeat(32) });
      const left = slotsLeft(bench, ran(bench, { lines: operation(21, 2, 5) }, { 2: child }));
      const type = bench.directory.get(left.get(5) ?? "");
      return agrees(type?.kind === "type" && type.imageHashChain, "42".repeat(32));
    },
  },
  host_read_data_cap_copies_bytes_from_cache: {
    subject,
    mutant: mutant(DATA, "memory.write(start + done,", "memory.write(start + done + 1,"),
    check(face) {
      const bench = benchOf(face);
      const read = [small(7, 2), load(8, 16n), load(9, 8n), ecalli(22)];
      const slots = { 2: putData(bench, "hello") };
      return allOf(
        agrees(returned(ran(bench, { lines: read }, slots, PAGE)), 8n),
        agrees(returned(ran(bench, { lines: [...read, loadByte(7, 16)] }, slots, PAGE)), 104n),
        agrees(returned(ran(bench, { lines: [...read, loadByte(7, 21)] }, slots, PAGE)), 0n),
      );
    },
  },
  host_mint_data_cap_publishes_page_padded_bytes: {
    subject,
    mutant: mutant(DATA, "quota.value - cost)", "quota.value - length)"),
    check(face) {
      const bench = benchOf(face);
      bench.assist.storageQuotaSet(3n, 8192n);
      const lines = [
        load(7, 104n),
        storeByte(7, 16),
        load(7, 16n),
        load(8, 5n),
        small(9, 3),
        small(10, 6),
        ecalli(23),
      ];
      const left = slotsLeft(bench, ran(bench, { lines }, {}, PAGE));
      return agrees([left.get(6), bench.assist.storageQuotaGet(3n)], [putData(bench, "h"), 4096n]);
    },
  },
  host_open_places_registered_file_data_in_slot: {
    subject,
    mutant: mutant(DATA, "hostOpen(frame.now.machine.register(7))", "hostOpen(0n)"),
    check: opened,
  },
  host_save_debits_actual_data_size_and_returns_file_id: {
    subject,
    mutant: mutant(
      DATA,
      "hostSave(target, frame.now.machine.register(8), size)",
      "hostSave(target, frame.now.machine.register(8), 5n)",
    ),
    check(face) {
      const bench = benchOf(face);
      bench.assist.storageQuotaSet(3n, 8192n);
      const hello = putData(bench, "hello");
      const file = returned(ran(bench, { lines: operation(25, 2, 3) }, { 2: hello }));
      const { assist } = bench;
      return agrees([file, assist.storageQuotaGet(3n), assist.hostOpen(1n)], [1n, 4096n, hello]);
    },
  },
  host_call_cached_pushes_child_and_moves_slot0: {
    subject: ["Vm.invokeCached", "Vm.stack"],
    mutant: mutant(ENTER, "passSlot0(frame, child.value);", ""),
    check(face) {
      const bench = benchOf(face);
      const [catcher, marker] = [bench.assist.yieldCatcherNew(), BB];
      bench.assist.yieldCatcherAdd(catcher, marker);
      // The child stops at a yield, so that the stack can be looked at.
      const child = putInstance(bench, { lines: operation(16, 3) }, { 3: marker });
      const parent = { lines: operation(26, 4, 0), source: { yieldMarkerSlot: 6 } };
      const result = ran(bench, parent, { 0: AA, 4: child, 6: catcher });
      const entries = bench.vm.stack.entries();
      const slot0 = entries.map((e) => e.kind === "instance" ? e.frame.rootCnode.get(0) : "yield");
      const status = entries.map((entry) => entry.status);
      return agrees([kindOf(result), slot0, status], [
        "paused",
        [undefined, AA, "yield"],
        ["waiting", "waiting", "running"],
      ]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unit(name, "capabilities, 3.6 and 4.3", test)
);

register(proofs);
