/** The rulings on what the original does wrong: calls, other images, and what is left. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  benchOf,
  invoke,
  kindOf,
  leftBy,
  put,
  putImage,
  putInstance,
  ran,
  ruling,
} from "./_kit/kernel_compat_unit.ts";
import { ecalli, guest, load, operation, small } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DRIVE = "src/kernel/compat/drive.ts";
const ENTER = "src/kernel/compat/enter.ts";
const subject = ["Vm.invokeCached"];

const TESTS: Readonly<Record<string, Unit>> = {
  compat_ruling_25_a_refused_call_leaves_slot_0: {
    subject,
    mutant: mutant(
      ENTER,
      "  const child = buildEntry(run, entry);",
      "  bindNothing(frame);\n  const child = buildEntry(run, entry);\n  function bindNothing(at: Frame) {\n    const taken = at.now.rootCnode.take(0);\n    if (taken.ok) at.now = { ...at.now, rootCnode: taken.value.cnode };\n  }",
    ),
    check(face) {
      const bench = benchOf(face, { maxDepth: 1 });
      const child = putInstance(bench, { lines: [] });
      const slot0 = (endpoint: number) => {
        const result = ran(bench, { lines: operation(26, 4, endpoint) }, { 0: AA, 4: child });
        return result.kind === "faulted" ? result.reflectedSlot0 : undefined;
      };
      return agrees([slot0(64), slot0(0)], [AA, AA]);
    },
  },
  compat_ruling_26_nothing_comes_back_from_a_call_but_slot_0: {
    subject,
    mutant: mutant(DRIVE, "child.now.rootCnode.get(0);", "undefined;"),
    check(face) {
      const bench = benchOf(face);
      const child = putInstance(bench, { lines: [small(7, 42), ...operation(1, 3, 0)] }, { 3: BB });
      const result = ran(bench, { lines: operation(26, 4, 0) }, { 0: AA, 4: child });
      return agrees([
        result.kind === "halt" && [result.returnValue, result.reflectedSlot0],
        valueOf(bench.directory.blobHashes()).includes(child),
      ], [[4n, BB], true]);
    },
  },
  compat_ruling_23_another_image_goes_on_at_the_old_place: {
    subject,
    mutant: mutant(ENTER, "    ...imageParts(image.value),\n    machine", "    machine"),
    check(face) {
      const bench = benchOf(face);
      // The slot that only the new image pins can be dropped no longer.
      const lines = [small(7, 1), ecalli(27), ...operation(3, 5)];
      const next = putImage(bench, { lines, pinned: { 5: AA } });
      const stray = putImage(bench, { lines: [load(7, 1n)] });
      return agrees(
        [next, stray].map((image) =>
          kindOf(ran(bench, { lines: operation(17, 2) }, { 2: image, 5: BB }))
        ),
        ["trap", "panic"],
      );
    },
  },
  compat_ruling_12_and_13_what_an_end_leaves: {
    subject,
    mutant: mutant("src/kernel/compat/settle.ts", "mappings.at(-1)", "mappings.at(0)"),
    check(face) {
      const bench = benchOf(face);
      const maps = (...starts: readonly bigint[]) =>
        starts.map((start) => ({ start, size: 4096n, source: [1] }));
      const left = (memoryMappings: ReturnType<typeof maps>) =>
        leftBy(bench, ran(bench, { lines: [], source: { memoryMappings } }, {}, { memSize: 8192 }))
          .fields;
      const [one, none, far] = [left(maps(4096n, 0n)), left([]), left(maps(2n ** 32n - 4096n))];
      const starts = one.rwOverlays.map(({ start }) => start);
      const halted = putInstance(bench, { lines: [] });
      const hashes = [200n, 300n].map((gas) => {
        const result = valueOf(invoke(bench, halted, gas));
        return result.kind === "halt" ? result.postInstanceHash : "";
      });
      return allOf(
        agrees([one.memSize, starts, none.memSize, none.rwOverlays], [4096, [4096, 0], 0, []]),
        agrees([far.memSize, far.rwOverlays], [0, []]),
        hashes[0] === hashes[1] ? "the gas that is left does not show" : undefined,
      );
    },
  },
  compat_ruling_05_handles_are_settled_at_the_end: {
    subject,
    mutant: mutant(
      "src/kernel/compat/workspace.ts",
      "if (cnode.refCount === 0) return",
      "if (cnode.refCount >= 0) return",
    ),
    check(face) {
      const bench = benchOf(face);
      const data = valueOf(face.DataCap.inline(Uint8Array.of(5)));
      const ref = valueOf(bench.directory.putInstance(data));
      const root = valueOf(face.CNodeCap.create(4, [{ slot: 2, target: ref }]));
      const working = valueOf(bench.directory.putInstance(root));
      const instance = valueOf(face.InstanceCap.create({
        imageHashChain: AA,
        imageHash: putImage(bench, { lines: [] }),
        rootCnode: working,
      }));
      const handle = valueOf(bench.directory.putInstance(instance));
      const left = leftBy(bench, valueOf(invoke(bench, handle)));
      const cnode = bench.directory.get(left.fields.rootCnode);
      return agrees(cnode?.kind === "cnode" && cnode.get(2), put(bench, data));
    },
  },
  compat_a_caller_is_entered_anew: {
    subject,
    mutant: mutant(DRIVE, "machine.setPc(machine.pc);", ""),
    check(face) {
      const bench = benchOf(face);
      const child = putInstance(bench, { lines: [] });
      // Behind the call there is no instruction: running on would trap, entering there panics.
      const source = guest(operation(26, 4, 0));
      const result = ran(bench, { lines: [], source }, { 4: child });
      return agrees([kindOf(result), result.gasUsed], ["panic", 98n - 1n + 97n]);
    },
  },
  compat_a_slot_is_the_low_byte_of_its_register: {
    subject,
    mutant: mutant("src/kernel/compat/state.ts", "BigInt.asUintN(8,", "BigInt.asUintN(16,"),
    check(face) {
      const copy = (from: bigint) => [load(7, from), small(8, 0), ecalli(1)];
      const froms = [2n, 258n, 2n ** 64n - 254n, 18n];
      const kinds = froms.map((from) =>
        kindOf(ran(benchOf(face), { lines: copy(from) }, { 2: AA }))
      );
      return agrees(kinds, ["halt", "halt", "halt", "trap"]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
