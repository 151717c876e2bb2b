/** The rulings on what the original does wrong: data, slots, memory and the parts around. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  benchOf,
  invoke,
  kindOf,
  type Parts,
  put,
  putCnode,
  putData,
  putImage,
  putInstance,
  ran,
  ruling,
} from "./_kit/kernel_compat_unit.ts";
import { ecalli, type Line, load, loadByte, operation, small } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DATA = "src/kernel/compat/data.ts";
const BUILD = "src/kernel/compat/build.ts";
const SPAWN = "src/kernel/compat/spawn.ts";
const subject = ["Vm.invokeCached"];
const read = (to: bigint, count: bigint): readonly Line[] => [
  small(7, 2),
  load(8, to),
  load(9, count),
  ecalli(22),
];
/** How a program ends that begins with some slots. */
function ends(face: Parameters<Unit["check"]>[0], parts: Parts, slots = {}, more = {}): string {
  return kindOf(ran(benchOf(face), parts, slots, more));
}

const TESTS: Readonly<Record<string, Unit>> = {
  compat_ruling_02_an_empty_write_needs_no_page: {
    subject,
    mutant: mutant(
      DATA,
      "if (!memory.canWrite(start, count))",
      "if (!memory.canWrite(start, count + 1))",
    ),
    check(face) {
      const bench = benchOf(face);
      const slots = { 2: putData(bench, "hello") };
      const kinds = [0n, 5000n].map((to) => kindOf(ran(bench, { lines: read(to, 0n) }, slots)));
      return agrees(kinds, ["halt", "halt"]);
    },
  },
  compat_ruling_03_a_short_mask_has_zeros_behind_it: {
    subject,
    mutant: mutant(BUILD, "(mask[i >> 3] ?? 0)", "(mask[i >> 3] ?? 255)"),
    check(face) {
      const source = {
        code: Uint8Array.of(10, 0, 0, 0, 0, 0, 0, 0, 0),
        packedBitmask: Uint8Array.of(1),
      };
      const none = { ...source, packedBitmask: new Uint8Array(0) };
      const kinds = [source, none].map((each) => ends(face, { lines: [], source: each }));
      // With no bit behind it the immediate has four bytes; a start without an instruction panics.
      return agrees(kinds, ["halt", "panic"]);
    },
  },
  compat_ruling_15_no_page_is_read_that_is_not_mapped: {
    subject,
    mutant: mutant(BUILD, "mapRegion(0, size,", "mapRegion(0, size + 4096,"),
    check(face) {
      const overlay = [{ start: 8192, bytes: Uint8Array.of(1) }];
      const more = { memSize: 1, rwOverlays: overlay };
      const kinds = [0, 4095, 4096, 8192, 12288].map((from) =>
        ends(face, { lines: [loadByte(7, from)] }, {}, more)
      );
      return agrees(kinds, ["halt", "halt", "page-fault", "halt", "page-fault"]);
    },
  },
  compat_ruling_24_a_child_beyond_4_gib_traps: {
    subject,
    mutant: mutant(
      BUILD,
      "start + size <= BigInt(ADDRESSES)",
      "start + size <= BigInt(ADDRESSES) + 4096n",
    ),
    check(face) {
      const kinds = [0n, 4096n, 2n ** 63n].map((beyond) => {
        const bench = benchOf(face);
        const mapping = { start: 2n ** 32n - 4096n, size: 4096n + beyond, source: [1] };
        const image = putImage(bench, { lines: [], source: { memoryMappings: [mapping] } });
        const slots = { 2: image, 3: putCnode(bench) };
        return kindOf(ran(bench, { lines: operation(18, 2, 3, 4) }, slots));
      });
      return agrees(kinds, ["halt", "trap", "trap"]);
    },
  },
  compat_ruling_24_a_pinned_slot_beyond_the_cnode_traps: {
    subject,
    mutant: mutant(
      SPAWN,
      "if (!change.ok) return undefined;\n    cnode = change.value.cnode;\n  }\n  for",
      "if (change.ok) cnode = change.value.cnode;\n  }\n  for",
    ),
    check(face) {
      const bench = benchOf(face);
      const slots = (image: string) => ({ 2: image, 3: putCnode(bench) });
      const images = [15, 16].map((slot) => putImage(bench, { lines: [], pinned: { [slot]: AA } }));
      const kinds = images.map((image) =>
        kindOf(ran(bench, { lines: operation(18, 2, 3, 4) }, slots(image)))
      );
      return agrees(kinds, ["halt", "trap"]);
    },
  },
  compat_ruling_28_a_refused_destination_costs_nothing: {
    subject,
    mutant: mutant(DATA, "if (!isWritable(frame, dst) || length", "if (length"),
    check(face) {
      const bench = benchOf(face);
      bench.assist.storageQuotaSet(0n, 8192n);
      const hello = putData(bench, "hello");
      bench.assist.registerFile(1n, hello);
      const child = putInstance(bench, { lines: [] });
      const mint = [load(7, 0n), load(8, 0n), small(9, 0), small(10, 9), ecalli(23)];
      const programs = [
        mint,
        operation(5, 9, 3),
        operation(21, 4, 9),
        operation(24, 1, 9),
        operation(18, 2, 3, 9),
        operation(5, 16, 3),
      ];
      const image = putImage(bench, { lines: [] });
      const slots = { 2: image, 3: putCnode(bench), 4: child, 9: AA };
      const kinds: string[] = [];
      let put = 0;
      for (const lines of programs) {
        const instance = putInstance(bench, { lines, pinned: { 9: AA } }, slots);
        const before = bench.directory.blobCount;
        kinds.push(kindOf(valueOf(invoke(bench, instance))));
        put += bench.directory.blobCount - before;
      }
      return agrees([kinds, put, bench.assist.storageQuotaGet(0n)], [
        programs.map(() => "trap"),
        0,
        8192n,
      ]);
    },
  },
  compat_ruling_29_a_refused_move_or_swap_loses_nothing: {
    subject,
    mutant: mutant(
      "src/kernel/compat/slots.ts",
      "operate(rootCnode, rules, slotOf(frame, 7), slotOf(frame, 8))",
      "operate(rootCnode, rules, slotOf(frame, 7) & 15, slotOf(frame, 8) & 15)",
    ),
    check(face) {
      const faults = [2, 4].map((number) => {
        const result = ran(benchOf(face), { lines: operation(number, 0, 16) }, { 0: AA });
        return result.kind === "faulted" && result.reflectedSlot0;
      });
      return agrees(faults, [AA, AA]);
    },
  },
  compat_ruling_30_a_missing_page_traps_and_an_empty_one_is_zero: {
    subject,
    mutant: mutant(DATA, "if (!bytes.ok || !memory", "if (!bytes.ok) break;\n    if (!memory"),
    check(face) {
      const bench = benchOf(face);
      const pages = [Uint8Array.of(1, 2, 3, 4), undefined, BB];
      const slots = { 2: put(bench, valueOf(face.DataCap.paged(4, pages))) };
      const kinds = [8n, 9n, 2n ** 63n].map((count) =>
        kindOf(ran(bench, { lines: read(0n, count) }, slots, { memSize: 4096 }))
      );
      return agrees(kinds, ["halt", "trap", "trap"]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
