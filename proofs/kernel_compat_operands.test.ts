/** What operations of compat make of slots, files and memory that do not fit. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  type Bench,
  benchOf,
  CHAIN,
  invoke,
  kindOf,
  leftBy,
  type put,
  putCnode,
  putData,
  putImage,
  putInstance,
  ran,
  ruling,
  slotsLeft,
} from "./_kit/kernel_compat_unit.ts";
import { type Line, loadByte, operation, small } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const COMPAT = "src/kernel/compat/";
const subject = ["Vm.invokeCached"];

/** A working instance of a program, which can hold handles. */
function working(bench: Bench, lines: readonly Line[], slots: Readonly<Record<number, string>>) {
  const { face, directory } = bench;
  const target = (cap: Parameters<typeof put>[1]) => valueOf(directory.putInstance(cap));
  const handle = target(valueOf(face.DataCap.inline(Uint8Array.of(1, 2))));
  const held = Object.entries(slots).map(([slot, to]) => ({ slot: Number(slot), target: to }));
  const cnode = target(valueOf(face.CNodeCap.create(4)));
  const handles = [{ slot: 2, target: handle }, { slot: 10, target: cnode }];
  const root = face.CNodeCap.create(4, [...held, ...handles]);
  const options = {
    imageHashChain: CHAIN,
    imageHash: putImage(bench, { lines }),
    rootCnode: target(valueOf(root)),
  };
  return target(valueOf(face.InstanceCap.create(options)));
}

const TESTS: Readonly<Record<string, Unit>> = {
  compat_a_handle_is_no_hash: {
    subject: [...subject, "CacheDirectory.putInstance"],
    mutant: mutant(
      `${COMPAT}spawn.ts`,
      "if (imageHash === undefined || hashIn(frame, 8) === undefined) return TRAP;",
      "if (imageHash === undefined) return TRAP;",
    ),
    check(face) {
      const bench = benchOf(face);
      const slots = {
        1: putData(bench, "hello"),
        3: putCnode(bench),
        4: putImage(bench, { lines: [] }),
      };
      const programs = [
        operation(16, 2), // a marker
        operation(17, 2), // an image
        operation(18, 2, 3, 9), // an image
        operation(18, 4, 10, 9), // a cnode
        operation(20, 2, 1),
        operation(20, 1, 2),
        operation(21, 2, 9),
        operation(22, 2, 0, 0),
        operation(1, 2, 9),
      ];
      const kinds = programs.map((lines) =>
        kindOf(valueOf(invoke(bench, working(bench, lines, slots))))
      );
      return agrees(kinds, [...Array.from({ length: 7 }, () => "trap"), "halt", "halt"]);
    },
  },
  compat_handles_are_settled_when_an_instance_ends: {
    subject: [...subject, "CacheDirectory.putInstance"],
    mutant: mutant(
      `${COMPAT}workspace.ts`,
      "let ref = open.at(-1); ref",
      "let ref = open.at(-0); ref",
    ),
    check(face) {
      const bench = benchOf(face);
      const { directory } = bench;
      const target = (cap: Parameters<typeof put>[1]) => valueOf(directory.putInstance(cap));
      const data = (byte: number) => valueOf(face.DataCap.inline(Uint8Array.of(byte)));
      const [one, two, three] = [1, 2, 3].map((byte) => target(data(byte)));
      const held = [one, two, three].flatMap((each, i) =>
        each === undefined ? [] : [{ slot: i + 1, target: each }]
      );
      const inner = target(valueOf(face.CNodeCap.create(4, held)));
      const child = target(valueOf(face.InstanceCap.create({
        imageHashChain: CHAIN,
        imageHash: putImage(bench, { lines: [] }),
        rootCnode: inner,
      })));
      const others = [1, 2, 3].map((byte) => ({ slot: byte, target: target(data(byte)) }));
      const slots = [...others, { slot: 4, target: inner }, { slot: 5, target: child }];
      const top = target(valueOf(face.InstanceCap.create({
        imageHashChain: CHAIN,
        imageHash: putImage(bench, { lines: [] }),
        rootCnode: target(valueOf(face.CNodeCap.create(4, slots))),
      })));
      const result = valueOf(invoke(bench, top));
      const left = slotsLeft(bench, result);
      const hashes = [1, 2, 3].map((byte) => valueOf(face.capHash(data(byte))));
      const of = (cnode: typeof left) => [1, 2, 3].map((slot) => cnode.get(slot));
      const nested = [4, 5].map((slot) => {
        const target = left.get(slot);
        const cap = target === undefined ? undefined : directory.get(target);
        const root = face.InstanceCap.is(cap) ? directory.get(cap.fields.rootCnode) : cap;
        return root?.kind === "cnode" ? of(root) : kindOf(result);
      });
      return agrees([of(left), nested], [hashes, [hashes, hashes]]);
    },
  },
  compat_an_empty_slot_is_nothing_to_work_with: {
    subject,
    mutant: mutant(
      `${COMPAT}data.ts`,
      "if (!DataCap.is(cap.value)) return TRAP;",
      "if (!DataCap.is(cap.value)) return CONTINUE;",
    ),
    check(face) {
      const programs = [16, 17, 18, 20, 21, 22, 25, 26].map((number) =>
        operation(number, 9, 9, 10)
      );
      const kinds = programs.map((lines) => kindOf(ran(benchOf(face), { lines })));
      return agrees(kinds, programs.map(() => "trap"));
    },
  },
  compat_files_are_data: {
    subject: [...subject, "InProcessKernelAssist.registerFile"],
    mutant: mutant(
      `${COMPAT}data.ts`,
      "  if (!DataCap.is(data.value)) return TRAP;\n  const hash",
      "  if (data.value === undefined) return TRAP;\n  const hash",
    ),
    check(face) {
      const bench = benchOf(face);
      const { directory, assist } = bench;
      const data = valueOf(face.DataCap.inline(Uint8Array.of(1, 2)));
      assist.registerFile(1n, putData(bench, "hello"));
      assist.registerFile(2n, putCnode(bench));
      assist.registerFile(3n, AA);
      assist.registerFile(4n, valueOf(directory.putInstance(data)));
      const results = [1, 2, 3, 4, 5].map((file) => ran(bench, { lines: operation(24, file, 9) }));
      const opened = [0, 3].map((at) => {
        const result = results[at];
        return result === undefined ? undefined : slotsLeft(bench, result).get(9);
      });
      return agrees([results.map(kindOf), opened], [
        ["halt", "trap", "trap", "halt", "trap"],
        [putData(bench, "hello"), valueOf(face.capHash(data))],
      ]);
    },
  },
  compat_a_file_is_saved_as_far_as_the_quota_goes: {
    subject: [...subject, "InProcessKernelAssist.storageQuotaGet"],
    mutant: mutant(
      `${COMPAT}data.ts`,
      "  if (file.value === undefined) return TRAP;\n  setRegister",
      "  if (file.value === undefined) return CONTINUE;\n  setRegister",
    ),
    check(face) {
      const ends = [4095n, 4096n, 4097n].map((quota) => {
        const bench = benchOf(face);
        bench.assist.storageQuotaSet(0n, quota);
        const kind = kindOf(
          ran(bench, { lines: operation(25, 1, 0) }, { 1: putData(bench, "hello") }),
        );
        return [kind, bench.assist.storageQuotaGet(0n)];
      });
      return agrees(ends, [["trap", 4095n], ["halt", 0n], ["halt", 1n]]);
    },
  },
  compat_a_yield_on_a_full_stack_traps: {
    subject: [...subject, "Vm.stack"],
    mutant: mutant(`${COMPAT}enter.ts`, '? ok("yield") : TRAP;', '? ok("yield") : ok("yield");'),
    check(face) {
      const ends = [2, 3].map((maxDepth) => {
        const bench = benchOf(face, { maxDepth });
        const catcher = bench.assist.yieldCatcherNew();
        bench.assist.yieldCatcherAdd(catcher, BB);
        const child = putInstance(bench, { lines: operation(16, 3) }, { 3: BB });
        const outer = { lines: operation(26, 4, 0), source: { yieldMarkerSlot: 6 } };
        const result = valueOf(invoke(bench, putInstance(bench, outer, { 4: child, 6: catcher })));
        return [kindOf(result), Number(bench.vm.stack.length)];
      });
      return agrees(ends, [["trap", 0], ["paused", 3]]);
    },
  },
  compat_an_overlay_of_nothing_maps_nothing: {
    subject,
    mutant: mutant(`${COMPAT}build.ts`, "    if (bytes.length === 0) continue;\n", ""),
    check(face) {
      const rwOverlays = [{ start: 1, bytes: new Uint8Array(0) }];
      const lines = [loadByte(9, 0), small(7, 3)];
      const results = [0, 4096].map((memSize) =>
        ran(benchOf(face), { lines }, {}, { rwOverlays, memSize })
      );
      return agrees(results.map(kindOf), ["page-fault", "halt"]);
    },
  },
  compat_what_is_left_of_overlapping_mappings_is_bounded: {
    subject,
    mutant: mutant(
      `${COMPAT}settle.ts`,
      "if (total > run.host.memoryBytes) {",
      "if (total > run.host.memoryBytes + 1) {",
    ),
    check(face) {
      const ends = [8192, 8191].map((memoryBytes) => {
        const bench = benchOf(face, { memoryBytes });
        const mapping = { start: 0n, size: 4096n, source: [1] };
        const parts = { lines: [], source: { memoryMappings: [mapping, mapping] } };
        const result = invoke(bench, putInstance(bench, parts, {}, { memSize: 4096 }));
        return result.ok ? leftBy(bench, result.value).fields.rwOverlays.length : result.error;
      });
      return agrees(ends, [2, { kind: "too-large", bytes: 8192, limitBytes: 8191 }]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
