/** What an invocation reports as an error leaves the stack and the directory as they were. */

import * as kernel from "../src/kernel/mod.ts";
import type { CapTarget, InstanceOptions } from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  BB,
  type Bench,
  benchOf,
  CHAIN,
  invoke,
  putCnode,
  putData,
  putImage,
  putInstance,
} from "./_kit/kernel_compat_unit.ts";
import { operation } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const BUILD = "src/kernel/compat/build.ts";

/** All that an error must leave alone. */
function stateOf({ vm, directory }: Bench): unknown {
  const entries = vm.stack.entries().map((entry) =>
    entry.kind === "reference" ? entry.targetPosition : [
      entry.frame.imageHashChain,
      entry.frame.regs,
      entry.frame.pc,
      entry.frame.gas,
      entry.frame.rootCnode.entries().map(({ slot }) => slot),
    ]
  );
  const working = directory.instances().map(([ref, cap]) => [ref.id, cap.kind]);
  return [entries, valueOf(directory.blobHashes()).toSorted(), working];
}

/** An Instance with something about it that is wrong. */
function instance(bench: Bench, options: Partial<InstanceOptions>): string {
  const { face, directory } = bench;
  const imageHash = putImage(bench, { lines: [] });
  const rootCnode = putCnode(bench);
  const made = face.InstanceCap.create({ imageHashChain: CHAIN, imageHash, rootCnode, ...options });
  return valueOf(directory.putCap(valueOf(made)));
}

const overlay = (start: number, length = 1) => ({
  rwOverlays: [{ start, bytes: new Uint8Array(length) }],
});

/** A handle of another directory. */
function foreign(face: Face): CapTarget {
  const other = new face.CacheDirectory();
  return valueOf(other.putInstance(valueOf(face.CNodeCap.create(4))));
}

/** Leaves a yield on the stack: three entries. */
function pause(bench: Bench): void {
  const catcher = bench.assist.yieldCatcherNew();
  bench.assist.yieldCatcherAdd(catcher, BB);
  const child = putInstance(bench, { lines: operation(16, 3) }, { 3: BB });
  const outer = { lines: operation(26, 4, 0), source: { yieldMarkerSlot: 6 } };
  invoke(bench, putInstance(bench, outer, { 4: child, 6: catcher }));
}

/** A call that has to fail: what is called, and how it fails. */
interface Wrong {
  readonly kind: string;
  readonly endpoint?: number;
  readonly of: (bench: Bench) => CapTarget;
}

const WRONG: Readonly<Record<string, Wrong>> = {
  "no such Instance": { kind: "instance-not-found", of: () => AA },
  "Data in its place": { kind: "instance-not-found", of: (bench) => putData(bench, "hello") },
  "a handle of another directory": {
    kind: "instance-not-found",
    of: ({ face }) => foreign(face),
  },
  "no such image": {
    kind: "image-not-found",
    of: (bench) => instance(bench, { imageHash: AA }),
  },
  "Data as its image": {
    kind: "image-not-found",
    of: (bench) => instance(bench, { imageHash: putData(bench, "hello") }),
  },
  "no such root cnode": { kind: "invariant", of: (bench) => instance(bench, { rootCnode: AA }) },
  "Data as its root cnode": {
    kind: "invariant",
    of: (bench) => instance(bench, { rootCnode: putData(bench, "hello") }),
  },
  "an endpoint beyond the last": {
    kind: "invariant",
    endpoint: 64,
    of: (bench) => instance(bench, {}),
  },
  "an overlay not on a page": {
    kind: "map-region",
    of: (bench) => instance(bench, overlay(1)),
  },
  "an overlay beyond 4 GiB": {
    kind: "map-region",
    of: (bench) => instance(bench, overlay(2 ** 32 - 4096, 4097)),
  },
  "more memory than there is": {
    kind: "map-region",
    of: (bench) => instance(bench, { memSize: 2 ** 29 + 1 }),
  },
  "a full stack": { kind: "call-stack-full", of: (bench) => instance(bench, {}) },
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_errors_change_nothing",
    claim: "an Instance that cannot be entered is an error, and stack and directory are as before",
    subject: ["Vm.invokeCached", "Vm.stack"],
    spec: "capabilities, 3.5 and 5; this library: bad input",
    strength: "bounded",
    domain: domain.of(...Object.keys(WRONG)),
    reaches: Object.keys(WRONG),
    implementation: kernel,
    mutants: [
      mutant(
        BUILD,
        "image.value.fields.endpoints[endpoint]",
        "image.value.fields.endpoints[endpoint] ?? image.value.fields.endpoints[0]",
      ),
      mutant(
        BUILD,
        'broken("the root cnode of the Instance is no CNode")',
        'err({ kind: "no-room" })',
      ),
      mutant(BUILD, "if (!region.ok) return regionFailed(region.error);", ""),
      mutant(BUILD, "limitBytes: run.roomBytes", "limitBytes: 2147418112"),
      mutant("src/kernel/compat/mod.ts", "if (!pushed.ok) return pushed;", "stack.pop();"),
    ],
    check(name, reach, face) {
      const wrong = WRONG[name];
      if (wrong === undefined) return "no such case";
      reach(name);
      const full = wrong.kind === "call-stack-full";
      const bench = benchOf(face, { maxDepth: full ? 3 : 4 });
      pause(bench);
      const { vm, directory } = bench;
      const target = wrong.of(bench);
      const before = stateOf(bench);
      const result = vm.invokeCached(
        directory,
        target,
        wrong.endpoint ?? 0,
        [0n, 0n, 0n, 0n],
        500n,
      );
      return allOf(
        agrees(result.ok ? "no error" : result.error.kind, wrong.kind),
        agrees(stateOf(bench), before),
      );
    },
  }),
  defineProof({
    id: "kernel/compat_resume_undoes_what_failed",
    claim:
      "a resumption that cannot end leaves the paused stack as it was, memory included, and the next one goes on from there",
    subject: ["Vm.invokeCached", "Vm.callResume", "Vm.stack"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.of("foreign", "missing"),
    reaches: ["foreign-ref", "instance-missing"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/compat/mod.ts", "  run.undo();\n", ""),
      mutant(
        "src/kernel/compat/state.ts",
        "for (const [frame, state] of this.#before) frame.now = state;",
        "",
      ),
      mutant("src/kernel/compat/state.ts", "machine: machine.value };", "};"),
      mutant(
        "src/kernel/compat/drive.ts",
        "const touched = run.touch(parent);",
        "const touched = run.touch(child);",
      ),
    ],
    check(which, reach, face) {
      const bench = benchOf(face);
      const { directory, vm } = bench;
      const gone = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(4))));
      valueOf(directory.settle(gone));
      const target = which === "foreign" ? foreign(face) : gone;
      const catcher = bench.assist.yieldCatcherNew();
      bench.assist.yieldCatcherAdd(catcher, BB);
      // The yielder gives its slot 0 back; the caller counts in memory, and keeps what came.
      const child = putInstance(bench, { lines: operation(16, 3) }, { 3: BB });
      const count = [[52, 9, 0, 0, 0, 0], [149, 0x99, 1], [59, 9, 0, 0, 0, 0], [100, 0x97]];
      const lines = [...operation(26, 4, 0), ...count, ...operation(2, 0, 5), [100, 0x97]];
      const outer = { lines, source: { yieldMarkerSlot: 6 } };
      invoke(bench, putInstance(bench, outer, { 4: child, 6: catcher, 0: AA }, { memSize: 4096 }));
      const before = stateOf(bench);
      const failed = vm.callResume(directory, { scratchpad: target });
      if (!failed.ok) reach(failed.error.kind);
      const after = stateOf(bench);
      const last = valueOf(vm.callResume(directory, { scratchpad: AA }));
      return allOf(
        agrees(failed.ok, false),
        agrees(after, before),
        agrees(last.kind === "halt" && last.returnValue, 1n),
        agrees(vm.stack.isEmpty, true),
      );
    },
  }),
];

register(proofs);
