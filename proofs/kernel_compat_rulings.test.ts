/** The rulings on what the original does wrong: calls, yields, and the end of an invocation. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { OOG_MARKER } from "./_kit/kernel_compat_arbitrary.ts";
import {
  AA,
  BB,
  type Bench,
  benchOf,
  invoke,
  kindOf,
  type Parts,
  putInstance,
  ruling,
} from "./_kit/kernel_compat_unit.ts";
import { operation, small, TRAP } from "./_kit/kernel_guest.ts";
import type { Unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DRIVE = "src/kernel/compat/drive.ts";
const ENTER = "src/kernel/compat/enter.ts";
const MOD = "src/kernel/compat/mod.ts";
const subject = ["Vm.invokeCached"];
const both = ["Vm.invokeCached", "Vm.callResume", "Vm.stack"];
/** A Vm and a catcher of two markers. */
function catching(face: Face, maxDepth = 16): Bench & { readonly catcher: string } {
  const bench = benchOf(face, { maxDepth });
  const catcher = bench.assist.yieldCatcherNew();
  for (const marker of [BB, OOG_MARKER]) bench.assist.yieldCatcherAdd(catcher, marker);
  return { ...bench, catcher };
}
/** A parent that catches, around a child: it calls it and gives 7. */
function around(bench: ReturnType<typeof catching>, child: Parts, slots = {}): string {
  const called = putInstance(bench, child, { 3: BB, ...slots });
  const parent = {
    lines: [...operation(26, 4, 0), small(7, 7)],
    source: { yieldMarkerSlot: 6 },
  };
  return putInstance(bench, parent, { 4: called, 6: bench.catcher, 3: AA });
}
const resumed = ({ vm, directory }: Bench, options = {}) =>
  valueOf(vm.callResume(directory, options));
const YIELD = operation(16, 3);
const depth = ({ vm }: Bench) => Number(vm.stack.length);

const TESTS: Readonly<Record<string, Unit>> = {
  compat_ruling_06_a_nested_fault_leaves_no_entry: {
    subject,
    mutant: mutant(DRIVE, "run.stack.truncate(run.base);", "run.stack.pop();"),
    check(face) {
      const bench = catching(face);
      const result = valueOf(invoke(bench, around(bench, { lines: [TRAP] }, { 0: AA })));
      return agrees([kindOf(result), depth(bench), result], [
        "trap",
        0,
        { kind: "faulted", reason: { kind: "trap" }, reflectedSlot0: AA, gasUsed: result.gasUsed },
      ]);
    },
  },
  compat_ruling_07_a_nested_yield_is_that_of_the_child: {
    subject: ["Vm.invokeCached", "Vm.stack"],
    mutant: mutant(
      DRIVE,
      "return paused(gas, frame, frame.now.rootCnode.get(slotOf(frame, 7)));",
      "return paused(gas, frame, run.stack.frameAt(run.base)?.now.rootCnode.get(slotOf(frame, 7)));",
    ),
    check(face) {
      const bench = catching(face);
      const result = valueOf(invoke(bench, around(bench, { lines: YIELD })));
      const regs = bench.vm.stack.frameAt(0)?.regs;
      const payload = result.kind === "paused" ? result.markerPayload : undefined;
      return agrees([payload, depth(bench), regs?.at(7)], [BB, 3, 4n]);
    },
  },
  compat_ruling_08_a_nested_yielder_returns_to_its_caller: {
    subject: both,
    mutant: mutant(
      MOD,
      "const run = new Run(stack, host, base);",
      "const run = new Run(stack, host, stack.length - 2);",
    ),
    check(face) {
      const bench = catching(face);
      const first = valueOf(invoke(bench, around(bench, { lines: YIELD })));
      const last = resumed(bench);
      return agrees([kindOf(first), kindOf(last), depth(bench)], ["paused", "halt", 0]) ??
        agrees(last.kind === "halt" && last.returnValue, 7n);
    },
  },
  compat_ruling_08_each_pause_remembers_its_own_base: {
    subject: both,
    mutant: mutant(MOD, "if (result.ok) bases.pop();", ""),
    check(face) {
      const bench = catching(face);
      const instance = around(bench, { lines: [...YIELD, ...YIELD] });
      const kinds = [invoke(bench, instance), invoke(bench, instance)].map((r) =>
        kindOf(valueOf(r))
      );
      const depths = [depth(bench)];
      for (let i = 0; i < 4; i++) {
        kinds.push(kindOf(resumed(bench)));
        depths.push(depth(bench));
      }
      return agrees([kinds, depths], [
        ["paused", "paused", "paused", "halt", "paused", "halt"],
        [6, 6, 3, 3, 0],
      ]);
    },
  },
  compat_ruling_09_resumed_is_the_yielder_with_its_slot_0: {
    subject: ["Vm.invokeCached", "Vm.callResume"],
    mutant: mutant(MOD, "rootCnode.set(0, scratchpad)", "rootCnode.set(1, scratchpad)"),
    check(face) {
      const bench = catching(face);
      invoke(bench, around(bench, { lines: [...YIELD, ...operation(16, 0)] }));
      const again = resumed(bench, { scratchpad: BB });
      return agrees(again.kind === "paused" && again.markerPayload, BB);
    },
  },
  compat_ruling_10_gas_is_that_of_the_leg_and_can_be_added: {
    subject: ["Vm.invokeCached", "Vm.callResume"],
    mutant: mutant(MOD, "const sum = machine.gas + (gas ?? 0n);", "const sum = machine.gas;"),
    check(face) {
      const bench = catching(face);
      // The call costs 98, and the child needs 97 of which it has 2.
      const instance = around(bench, { lines: [] });
      const results = [valueOf(invoke(bench, instance, 100n))];
      for (const options of [{}, { gas: 50n }, { gas: 2n ** 64n - 1n }]) {
        results.push(resumed(bench, options));
      }
      const payload = results[0]?.kind === "paused" && results[0].markerPayload;
      return agrees([results.map(kindOf), results.map((r) => r.gasUsed), payload], [
        ["paused", "paused", "paused", "halt"],
        [100n, 0n, 50n, 194n],
        OOG_MARKER,
      ]);
    },
  },
  compat_ruling_11_gas_is_asked_of_any_caller: {
    subject: ["Vm.invokeCached", "Vm.stack"],
    mutant: mutant(
      DRIVE,
      "catcherBelow(run, run.stack.length - 1, OOG_MARKER.value)",
      "catcherBelow(run, run.base, OOG_MARKER.value)",
    ),
    check(face) {
      const bench = catching(face);
      const result = valueOf(invoke(bench, around(bench, { lines: [] }), 100n));
      const full = catching(face, 2);
      const fault = valueOf(invoke(full, around(full, { lines: [] }), 100n));
      return agrees([kindOf(result), depth(bench), kindOf(fault), depth(full)], [
        "paused",
        3,
        "out-of-gas",
        0,
      ]);
    },
  },
  compat_a_yield_reaches_the_nearest_catcher_below_alone: {
    subject: ["Vm.invokeCached", "Vm.stack"],
    mutant: mutant(ENTER, "let position = above - 1", "let position = above"),
    check(face) {
      const bench = catching(face);
      const { catcher } = bench;
      const source = { yieldMarkerSlot: 6 };
      const slots = { 3: BB, 6: catcher };
      // Each of them catches, the yielder too; and the yielder alone catches nothing of its own.
      const inner = putInstance(bench, { lines: YIELD, source }, slots);
      const call = { lines: operation(26, 4, 0), source };
      const middle = putInstance(bench, call, { ...slots, 4: inner });
      const outer = putInstance(bench, call, { ...slots, 4: middle });
      const kinds = [inner, outer].map((instance) => kindOf(valueOf(invoke(bench, instance))));
      const reference = bench.vm.stack.running();
      const target = reference?.kind === "reference" && Number(reference.targetPosition);
      return agrees([kinds, target], [["trap", "paused"], 1]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  ruling(name, test)
);

register(proofs);
