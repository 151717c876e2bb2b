/** Stores and assists that fail while a Vm works: errors, and nothing else. */

import * as kernel from "../src/kernel/mod.ts";
import type { KernelAssist } from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { busy } from "./_kit/kernel_compat_busy.ts";
import {
  assistWith,
  BB,
  type Bench,
  benchOf,
  invoke,
  kindOf,
  putData,
  putInstance,
} from "./_kit/kernel_compat_unit.ts";
import { operation } from "./_kit/kernel_guest.ts";
import { directoryOver, faces, FAILURES, MapStore } from "./_kit/kernel_store.ts";
import { register } from "./_kit/register.ts";

const MOD = "src/kernel/compat/mod.ts";
const DATA = "src/kernel/compat/data.ts";
const ENTER = "src/kernel/compat/enter.ts";
const WORKSPACE = "src/kernel/compat/workspace.ts";

/** What can be seen of the stack, as one value. */
function stackOf({ vm }: Bench): unknown {
  return vm.stack.entries().map((entry) =>
    entry.kind === "reference" ? entry.targetPosition : [
      entry.frame.regs,
      entry.frame.pc,
      entry.frame.gas,
      entry.frame.rootCnode.entries().map(({ slot }) => slot),
    ]
  );
}

const resumed = ({ vm, directory }: Bench) => vm.callResume(directory);

/** Does a call; where it fails, nothing has changed, and it is done again. */
function insisting(
  bench: Bench,
  does: () => ReturnType<typeof resumed>,
  content: () => unknown,
  reach: (kind: string) => void,
  kind: "paused" | "halt",
): string | undefined {
  const before = [stackOf(bench), content()];
  const first = does();
  if (first.ok) return agrees(kindOf(first.value), kind);
  reach(first.error.kind);
  return allOf(
    agrees([stackOf(bench), content()], before),
    agrees(["assist-failed", "store-failed"].includes(first.error.kind), true),
    agrees(kindOf(valueOf(does())), kind),
  );
}

/** At which of its calls a store fails, and how. */
type Failing = Readonly<{ at: number; way: string }>;

/** Runs the program whose store fails at one of its calls. */
function withStore(face: Face, { at, way }: Failing, reach: (kind: string) => void) {
  const store = new MapStore();
  const bench = benchOf(face, {}, directoryOver({ ...faces, ...face }, store));
  const instance = busy(bench);
  store.calls = 0;
  let [failures, errors] = [0, 0];
  store.instead = (_operation, number) => {
    if (number !== at) return undefined;
    failures += 1;
    return FAILURES[way]?.();
  };
  const told = (kind: string) => {
    errors += 1;
    reach(kind);
  };
  const content = () => [...store.bytes.keys()].toSorted();
  return allOf(
    insisting(bench, () => invoke(bench, instance), content, told, "paused"),
    insisting(bench, () => resumed(bench), content, told, "halt"),
    agrees([bench.vm.stack.isEmpty, errors], [true, failures]),
  );
}

/** The answers of an assist that fails. */
const ANSWERS: Readonly<Record<string, () => never>> = {
  throws: () => {
    throw new Error("no");
  },
  "throws nothing": () => {
    throw undefined;
  },
};

const METHODS = [
  "hostOpen",
  "hostSave",
  "storageQuotaGet",
  "storageQuotaSet",
  "yieldCatcherMarkers",
];

/** Runs the program whose assist fails once in one method. */
function withAssist(face: Face, method: string, way: string, reach: (kind: string) => void) {
  const own = new face.InProcessKernelAssist();
  let failed = false;
  const good = assistWith(own, {});
  const failing = (...args: readonly unknown[]): unknown => {
    if (failed) return call(good, method, args);
    failed = true;
    return ANSWERS[way]?.() ?? {};
  };
  const assist: KernelAssist = assistWith(own, { [method]: failing });
  const made = benchOf(face, { assist });
  const bench = { ...made, assist: own };
  const instance = busy(bench);
  const content = () => valueOf(bench.directory.blobHashes()).toSorted();
  return allOf(
    insisting(bench, () => invoke(bench, instance), content, reach, "paused"),
    agrees([kindOf(valueOf(resumed(bench))), failed], ["halt", true]),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_failing_stores_change_nothing",
    claim:
      "a store that fails at any one of its calls is the error of the call, which changes nothing and can be done again",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.union(
      domain.product<Failing>({ at: domain.range(1, 26), way: domain.of("throws") }),
      domain.product<Failing>({ at: domain.of(2, 9), way: domain.of("error", "nothing") }),
    ),
    reaches: ["store-failed"],
    implementation: kernel,
    mutants: [
      mutant(MOD, "result.ok ? run.workspace.commit() : result", "result"),
      mutant(MOD, "  run.undo();\n", ""),
      mutant(ENTER, '  "store-failed",\n', ""),
      mutant(
        "src/kernel/compat/spawn.ts",
        "  if (!cap.ok) return cap;\n  const content",
        "  if (!cap.ok) return ok(undefined);\n  const content",
      ),
      mutant(WORKSPACE, "if (!put.ok) return err(checkedError(put.error));", ""),
    ],
    check: (failing, reach, face) => withStore(face, failing, reach),
  }),
  defineProof({
    id: "kernel/compat_failing_assists_change_nothing",
    claim:
      "an assist that throws or gives nonsense is the error of the call, which changes nothing and can be done again",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.product({
      method: domain.of(...METHODS),
      way: domain.of(...Object.keys(ANSWERS), "nonsense"),
    }),
    reaches: ["assist-failed"],
    implementation: kernel,
    mutants: [
      mutant(
        DATA,
        "if (!file.ok) return file;\n  const target",
        "if (!file.ok) return TRAP;\n  const target",
      ),
      mutant(DATA, "if (!quota.ok) return quota;", "if (!quota.ok) return TRAP;"),
      mutant(DATA, ": paid;", ": TRAP;"),
      mutant(ENTER, "if (!markers.ok) return markers;", "if (!markers.ok) continue;"),
    ],
    check: ({ method, way }, reach, face) => withAssist(face, method, way, reach),
  }),
  defineProof({
    id: "kernel/vm_is_not_entered_twice",
    claim: "an assist that calls the Vm that called it gets an error, and the call goes on",
    subject: ["Vm.invokeCached", "Vm.callResume", "Vm.dropPaused"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.of("invokeCached", "callResume", "dropPaused"),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/vm.ts", "parts.busy = true;", "parts.busy = false;"),
      mutant("src/kernel/vm.ts", "parts.busy = false;", "parts.busy = true;"),
    ],
    check(method, reach, face) {
      const own = new face.InProcessKernelAssist();
      const errors: unknown[] = [];
      const hostOpen = (file: bigint) => {
        const { vm, directory } = bench;
        const args = method === "invokeCached" ? [BB, 0, [0n, 0n, 0n, 0n], 1n] : [];
        errors.push(call(vm, method, [directory, ...args]));
        return own.hostOpen(file);
      };
      const bench = benchOf(face, { assist: assistWith(own, { hostOpen }) });
      own.registerFile(9n, putData(bench, "hello"));
      const instance = putInstance(bench, { lines: operation(24, 9, 5) });
      const kinds = [invoke(bench, instance), invoke(bench, instance)].map((r) =>
        kindOf(valueOf(r))
      );
      reach("refused");
      const text = "the Vm is in a call already";
      const error = { ok: false, error: { kind: "invariant", text } };
      return agrees([kinds, errors], [["halt", "halt"], [error, error]]);
    },
  }),
];

register(proofs);
