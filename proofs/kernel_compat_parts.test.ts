/** The rulings on what the original does wrong: numbers, registers, overlays and quotas. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  benchOf,
  kindOf,
  type Parts,
  putData,
  putImage,
  putInstance,
  ran,
  ruling,
  slotsLeft,
} from "./_kit/kernel_compat_unit.ts";
import { ecalli, load, loadByte, small } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DATA = "src/kernel/compat/data.ts";
const BUILD = "src/kernel/compat/build.ts";
const subject = ["Vm.invokeCached"];
/** How a program ends that begins with some slots. */
function ends(face: Parameters<Unit["check"]>[0], parts: Parts, slots = {}, more = {}): string {
  return kindOf(ran(benchOf(face), parts, slots, more));
}

const TESTS: Readonly<Record<string, Unit>> = {
  compat_ruling_31_and_32_what_has_no_meaning_does_nothing: {
    subject,
    mutant: mutant(
      "src/kernel/compat/ecall.ts",
      "const FIRST_UNKNOWN = 27;",
      "const FIRST_UNKNOWN = 28;",
    ),
    check(face) {
      // One byte of 0x80 and more is the number of 2^32 less something.
      const kinds = [[10, 0x80], [10, 0xff], ecalli(27), ecalli(63)].map((line) =>
        ends(face, { lines: [line] })
      );
      const trap = [6, 15, 19].map((number) => ends(face, { lines: [ecalli(number)] }));
      return agrees([kinds, trap], [kinds.map(() => "halt"), trap.map(() => "trap")]);
    },
  },
  compat_ruling_33_and_34_registers_at_the_beginning: {
    subject,
    mutant: mutant(BUILD, "args[i - FIRST_ARG] ??", "(args[i - FIRST_ARG] || undefined) ??"),
    check(face) {
      const bench = benchOf(face);
      const registers = [{ register: 7, value: 5n }, { register: 2, value: 6n }];
      const endpoints = [{ index: 1, entryPc: 0n, argCnodeSize: 0, initialRegs: registers }];
      const regs = Array.from({ length: 13 }, (_, i) => i === 3 ? 9n : 0n);
      const instance = putInstance(bench, { lines: [], source: { endpoints } }, {}, { regs });
      const args = [0n, 1n, 2n, 3n];
      const left = [1, 63].map((endpoint) => {
        const { vm, directory } = bench;
        const result = valueOf(vm.invokeCached(directory, instance, endpoint, args, 1000n));
        const hash = result.kind === "halt" ? result.postInstanceHash : "";
        const cap = directory.get(hash);
        return face.InstanceCap.is(cap) ? cap.fields.regs.slice(2, 11) : kindOf(result);
      });
      return agrees(left, [
        [6n, 9n, 0n, 0n, 0n, 0n, 1n, 2n, 3n],
        [0n, 9n, 0n, 0n, 0n, 0n, 1n, 2n, 3n],
      ]);
    },
  },
  compat_ruling_35_a_later_overlay_keeps_what_it_does_not_reach: {
    subject,
    mutant: mutant(
      BUILD,
      "for (const { start, bytes } of fields.rwOverlays)",
      "for (const { start, bytes } of fields.rwOverlays.slice(0, 1))",
    ),
    check(face) {
      const overlays = [[1, 2, 3], [9]].map((list) => ({ start: 0, bytes: Uint8Array.from(list) }));
      const bytes = [0, 1].map((from) => {
        const bench = benchOf(face);
        const result = ran(bench, { lines: [loadByte(7, from)] }, {}, { rwOverlays: overlays });
        return result.kind === "halt" && result.returnValue;
      });
      return agrees(bytes, [9n, 2n]);
    },
  },
  compat_ruling_38_a_known_program_is_not_looked_at_again: {
    subject: ["Vm.invokeCached", "Vm.imageCache"],
    mutant: mutant(BUILD, "if (known !== undefined) return ok(known);", "imageCache.clear();"),
    check(face) {
      const bench = benchOf(face);
      const other = valueOf(face.ImageCache.create());
      const image = putImage(bench, { lines: [] });
      const trap = valueOf(other.getOrDecode(image, Uint8Array.of(0), Uint8Array.of(1), []));
      bench.vm.imageCache.insert(image, trap);
      const kind = kindOf(ran(bench, { lines: [] }));
      return agrees([kind, Number(bench.vm.imageCache.length)], ["trap", 1]);
    },
  },
  compat_ruling_39_a_quota_pays_to_its_last_byte: {
    subject,
    mutant: mutant(
      DATA,
      "if (quota.value < cost) return TRAP;",
      "if (quota.value <= cost) return TRAP;",
    ),
    check(face) {
      const bench = benchOf(face);
      bench.assist.storageQuotaSet(3n, 4096n);
      const mint = [load(7, 0n), load(8, 1n), small(9, 3), small(10, 6), ecalli(23)];
      const results = [mint, mint].map((lines) => ran(bench, { lines }, {}, { memSize: 1 }));
      const [first] = results;
      const minted = first === undefined ? undefined : slotsLeft(bench, first).get(6);
      return agrees([results.map(kindOf), minted], [["halt", "trap"], putData(bench, "")]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
