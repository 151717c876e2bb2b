/** Single rules of compat: rulings 24, 37 and 40. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  type Bench,
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
  slotsLeft,
} from "./_kit/kernel_compat_unit.ts";
import { ECALL, ecalli, load, operation } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const COMPAT = "src/kernel/compat/";
const subject = ["Vm.invokeCached"];

/** Numbers of no operation, or of none that can be done with nothing in the slots. */
const NUMBERS: readonly bigint[] = [6n, 15n, 19n, 27n, 63n, 64n, 999n, 2n ** 31n, 2n ** 32n - 1n];

/** What a child is that is made of an image over some slots. */
function childOf(bench: Bench, image: Parts, slots: Readonly<Record<number, string>> = {}) {
  const { directory, face } = bench;
  const held = { 2: putImage(bench, image), 3: putCnode(bench, slots) };
  const result = ran(bench, { lines: operation(18, 2, 3, 4) }, held);
  const target = result.kind === "halt" ? slotsLeft(bench, result).get(4) : undefined;
  const child = target === undefined ? undefined : directory.get(target);
  if (!face.InstanceCap.is(child)) return kindOf(result);
  const cnode = directory.get(child.fields.rootCnode);
  const left = cnode?.kind === "cnode" ? cnode.entries() : [];
  return {
    slots: left.flatMap((entry) => "target" in entry ? [[Number(entry.slot), entry.target]] : []),
    overlays: child.fields.rwOverlays.map(({ start }) => Number(start)),
    memSize: Number(child.fields.memSize),
  };
}

const TESTS: Readonly<Record<string, Unit>> = {
  compat_ruling_24_an_initial_slot_fills_and_a_pinned_one_overwrites: {
    subject,
    mutant: mutant(`${COMPAT}spawn.ts`, "    if (cnode.get(slot) !== undefined) continue;\n", ""),
    check(face) {
      const initial = { 3: AA, 5: AA };
      const first = childOf(benchOf(face), { lines: [], initial, pinned: { 6: AA } }, {
        3: BB,
        6: BB,
      });
      const beyond = childOf(benchOf(face), { lines: [], initial: { 16: AA } });
      return agrees([first, beyond], [
        { slots: [[3, BB], [5, AA], [6, AA]], overlays: [], memSize: 0 },
        "trap",
      ]);
    },
  },
  compat_ruling_24_a_child_shows_data_in_one_piece_and_nothing_else: {
    subject,
    mutant: mutant(`${COMPAT}spawn.ts`, "if (end > memSize) memSize = end;", "memSize = end;"),
    check(face) {
      const bench = benchOf(face);
      const at = (page: bigint, ...source: readonly number[]) => ({
        start: 4096n * page,
        size: 4096n,
        source,
      });
      const memoryMappings = [at(2n, 1), at(1n, 2), at(4n, 3), at(3n, 4), at(0n, 5)];
      const slots = {
        1: putData(bench, "hello"),
        2: put(bench, valueOf(face.DataCap.paged(4, [Uint8Array.of(1, 2, 3, 4)]))),
        3: putImage(bench, { lines: [] }),
        5: AA,
      };
      const child = childOf(bench, { lines: [], source: { memoryMappings } }, slots);
      const made = typeof child === "string" ? undefined : child;
      return agrees([made?.overlays, made?.memSize], [[8192], 20480]);
    },
  },
  compat_ruling_24_a_child_of_more_memory_than_there_is_traps: {
    subject,
    mutant: mutant(
      `${COMPAT}spawn.ts`,
      "if (total > run.host.memoryBytes) return ok(undefined);",
      "if (total > run.host.memoryBytes + 1) return ok(undefined);",
    ),
    check(face) {
      const kinds = [8192, 8191, 4096].map((memoryBytes) => {
        const bench = benchOf(face, { memoryBytes });
        const data = putData(bench, "hello");
        const memoryMappings = [1, 2].map((n) => ({
          start: BigInt(4096 * n),
          size: 4096n,
          source: [n],
        }));
        const held = {
          2: putImage(bench, { lines: [], source: { memoryMappings } }),
          3: putCnode(bench, { 1: data, 2: data }),
        };
        return kindOf(ran(bench, { lines: operation(18, 2, 3, 4) }, held));
      });
      return agrees(kinds, ["halt", "trap", "trap"]);
    },
  },
  compat_ruling_24_all_that_wait_share_the_memory: {
    subject,
    mutant: mutant(
      `${COMPAT}state.ts`,
      "mapped += entry.frame.now.machine.memory.mappedBytes;",
      "mapped += 0;",
    ),
    check(face) {
      const ends = [8192, 8191].map((memoryBytes) => {
        const bench = benchOf(face, { memoryBytes });
        const child = putInstance(bench, { lines: [] }, {}, { memSize: 4096 });
        const lines = operation(26, 4, 0);
        const ended = invoke(bench, putInstance(bench, { lines }, { 4: child }, { memSize: 4096 }));
        return ended.ok ? kindOf(ended.value) : ended.error.kind;
      });
      return agrees(ends, ["halt", "trap"]);
    },
  },
  compat_ruling_37_a_hash_is_settled_whether_it_is_there_or_not: {
    subject: ["CacheDirectory.settle", "Vm.invokeCached"],
    mutant: mutant(
      "src/kernel/cache_directory.ts",
      "if (!CapRef.is(parsed.value)) return ok(parsed.value);",
      'if (!CapRef.is(parsed.value)) {\n      return this.get(parsed.value) === undefined ? invalidArgument("target", "a blob", target) : ok(parsed.value);\n    }',
    ),
    check(face) {
      const bench = benchOf(face);
      const hello = putData(bench, "hello");
      const before = Number(bench.directory.blobCount);
      const settled = [AA, hello].map((hash) => valueOf(bench.directory.settle(hash)));
      const count = Number(bench.directory.blobCount);
      // So what a program holds by its hash alone stays in its slots.
      const left = slotsLeft(bench, ran(bench, { lines: operation(1, 1, 5) }, { 1: AA }));
      return agrees([settled, count - before, left.get(5)], [[AA, hello], 0, AA]);
    },
  },
  compat_ruling_40_no_call_of_the_host_leaves_a_pause_without_an_entry: {
    subject: [...subject, "Vm.stack", "Vm.callResume"],
    mutant: mutant(`${COMPAT}ecall.ts`, "return CONTINUE;", 'return ok("yield");'),
    check(face) {
      const bench = benchOf(face);
      const ends = NUMBERS.flatMap((number) => {
        const byRegister = [load(11, number), ECALL];
        const programs = number < 2n ** 15n ? [byRegister, [ecalli(Number(number))]] : [byRegister];
        return programs.map((lines) => {
          const kind = kindOf(valueOf(invoke(bench, putInstance(bench, { lines }))));
          const resumed = bench.vm.callResume(bench.directory);
          return [kind, Number(bench.vm.stack.length), resumed.ok];
        });
      });
      const expected = NUMBERS.flatMap((number) => {
        const end = [number < 27n ? "trap" : "halt", 0, false];
        return number < 2n ** 15n ? [end, end] : [end];
      });
      return agrees(ends, expected);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
