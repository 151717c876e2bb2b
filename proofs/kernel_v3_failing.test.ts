/** Stores and assists that fail while a Vm of mode v3 works: errors, and nothing else. */

import type { CacheDirectory, KernelAssist, Result, Vm } from "../src/kernel/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { call as callOf } from "./_kit/kernel_calls.ts";
import { assistWith } from "./_kit/kernel_compat_unit.ts";
import { directoryOver, faces, FAILURES, MapStore } from "./_kit/kernel_store.ts";
import { BUSY, type Busy } from "./_kit/kernel_v3_busy.ts";
import { TABLES } from "./_kit/kernel_v3_guest.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { bothCall, pairOf, realCall } from "./_kit/kernel_v3_lockstep.ts";
import { publish } from "./_kit/kernel_v3_real.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: What is stored";
const SUBJECT = ["Vm.create", "Vm.invokeCached", "Vm.callResume"];
const FILES = "src/kernel/v3/files.ts";
const METERS = "src/kernel/v3/meters.ts";
const WORKSPACE = "src/kernel/v3/workspace.ts";

type Outcome = ReturnType<Vm["invokeCached"]>;

/** A store with what a call needs, and what the call gives when nothing fails. */
interface Ready {
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly result: Outcome;
  /** What is stored then. */
  readonly stored: readonly string[];
}

const ready = new WeakMap<Face, Map<Busy, Ready>>();

function directoryOf(face: Face, store: MapStore): CacheDirectory {
  return directoryOver({ ...faces, ...face }, store);
}

/** What a call needs, put once for each face; the model's result is what it has to give. */
function readyFor(face: Face, busy: Busy): Ready {
  const known = ready.get(face) ?? new Map<Busy, Ready>();
  ready.set(face, known);
  const before = known.get(busy);
  if (before !== undefined) return before;
  const store = new MapStore();
  const directory = directoryOf(face, store);
  const parts = [busy.call.instance, busy.call.slot0, ...TABLES.files.map(([, file]) => file)];
  for (const part of parts) publish(face, directory, part);
  const pair = pairOf(face, busy.limits, TABLES);
  const { failure } = bothCall(pair, busy.call);
  if (failure !== undefined) throw new Error(failure);
  const again = pairOf(face, busy.limits, TABLES);
  for (const part of parts) publish(face, again.directory, part);
  const result = realCall(again, busy.call);
  const stored = valueOf(again.directory.blobHashes()).toSorted();
  const made = { bytes: new Map(store.bytes), result, stored };
  known.set(busy, made);
  return made;
}

/** A fresh assist with the tables of the calls. */
function assistOf(face: Face): KernelAssist {
  const assist = new face.InProcessKernelAssist();
  for (const [id, value] of TABLES.meters) assist.gasMeterSet(id, value);
  for (const [id, value] of TABLES.quotas) assist.storageQuotaSet(id, value);
  for (const [id, file] of TABLES.files) assist.registerFile(id, HASHES.of(file));
  return assist;
}

/** An assist that can be replaced, and that fails at one of its calls. */
function failingAssist(
  current: () => KernelAssist,
  instead: (call: number) => (() => unknown) | undefined,
): KernelAssist {
  let calls = 0;
  const names = Object.keys(assistWith(current(), {}));
  const methods = names.map((name) => [name, (...args: readonly unknown[]) => {
    calls += 1;
    const other = instead(calls);
    return other === undefined ? callOf(current(), name, args) : other();
  }]);
  return assistWith(current(), Object.fromEntries(methods));
}

const kindOf = (result: Result<unknown, { readonly kind: string }>): string =>
  result.ok ? "result" : result.error.kind;

/** What fails, and when. */
type Failing = Readonly<{ what: string; at: number; way: string }>;

/** How a store answers when it lies: it gives bytes that are not those of the hash. */
const LIES: Readonly<Record<string, (store: MapStore) => unknown>> = {
  "other bytes": ({ bytes }) => ({ ok: true, value: [...bytes.values()].at(-1) }),
  "no bytes": () => ({ ok: true, value: new Uint8Array(0) }),
  "nothing there": () => ({ ok: true, value: undefined }),
  "a detached buffer": () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return { ok: true, value: bytes };
  },
};

const STORE_ERRORS: readonly string[] = [
  "store-failed",
  "corrupt-blob",
  "blob-missing",
  "instance-not-found",
];

/** Does a call twice: the first time something fails, the second time nothing. */
function twice(
  face: Face,
  busy: Busy,
  fails: {
    readonly store: (store: MapStore, operation: string, call: number) => unknown;
    readonly assist: (call: number) => (() => unknown) | undefined;
    readonly errors: readonly string[];
  },
  reach: (kind: string) => void,
): string | undefined {
  const { bytes, result, stored } = readyFor(face, busy);
  const content = () => [...store.bytes.keys()].toSorted();
  const store = new MapStore();
  for (const [hash, each] of bytes) store.bytes.set(hash, each);
  const directory = directoryOf(face, store);
  let isFailing = true;
  let current = assistOf(face);
  const assist = failingAssist(() => current, (at) => isFailing ? fails.assist(at) : undefined);
  const { maxDepth, memoryBytes, hostMarkers } = busy.limits;
  const vm = valueOf(
    face.Vm.create({ assist, maxDepth, memoryBytes: Number(memoryBytes), hostMarkers }),
  );
  const pair = { ...pairOf(face, busy.limits, TABLES), vm, directory };
  store.calls = 0;
  store.instead = (operation, at) => isFailing ? fails.store(store, operation, at) : undefined;
  const first = realCall(pair, busy.call);
  reach(kindOf(first));
  if (first.ok) return agrees([first, content()], [result, stored]);
  isFailing = false;
  // What was saved is a file at once, and stays one.
  const others = [...store.bytes.keys()].filter((hash) => !bytes.has(hash))
    .filter((hash) => directory.get(hash)?.kind !== "data");
  current = assistOf(face);
  return allOf(
    agrees([fails.errors.includes(first.error.kind), others], [true, []]),
    agrees([realCall(pair, busy.call), content()], [result, stored]),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_failing_stores_change_nothing",
    claim:
      "a store that fails or lies at any one of its calls is the error of the call, which stores nothing and can be done again",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.product<Failing>({
        what: domain.of("goes on", "bytes", "kernel", "calls"),
        at: domain.range(1, 27),
        way: domain.of("throws"),
      }),
      domain.product<Failing>({
        what: domain.of("goes on"),
        at: domain.range(1, 12),
        way: domain.of("error", "nothing", ...Object.keys(LIES)),
      }),
    ),
    reaches: [...STORE_ERRORS, "result"],
    implementation: kernel,
    mutants: [
      mutant(
        WORKSPACE,
        "    if (put.ok) return ok(undefined);\n    const { error }",
        "    if (put.ok || caps.length > 0) return ok(undefined);\n    const { error }",
      ),
      mutant(FILES, "  if (!put.ok) return put;\n", ""),
    ],
    check({ what, at, way }, reach, face) {
      const busy = BUSY[what];
      if (busy === undefined) return `no call ${what}`;
      return twice(face, busy, {
        store: (store, operation, call) => {
          if (call !== at) return undefined;
          const lie = LIES[way];
          if (lie === undefined) return FAILURES[way]?.();
          return operation === "get" ? lie(store) : undefined;
        },
        assist: () => undefined,
        errors: STORE_ERRORS,
      }, reach);
    },
  }),
  defineProof({
    id: "kernel/v3_failing_assists_change_nothing",
    claim:
      "an assist that throws or gives nonsense at any one of its calls is the error of the call, which stores nothing and can be done again",
    subject: SUBJECT,
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.union(
      domain.product<Failing>({
        at: domain.range(1, 8),
        what: domain.of(...Object.keys(BUSY)),
        way: domain.of("throws"),
      }),
      domain.product<Failing>({
        at: domain.range(9, 44),
        what: domain.of("spent", "kernel", "calls"),
        way: domain.of("throws"),
      }),
      domain.product<Failing>({
        what: domain.of("spent", "kernel"),
        at: domain.range(1, 12),
        way: domain.of("nonsense"),
      }),
    ),
    reaches: ["assist-failed", "result"],
    implementation: kernel,
    mutants: [
      mutant(
        METERS,
        "    if (!left.ok) return left;\n    if (left.value >= cost)",
        "    if (!left.ok) continue;\n    if (left.value >= cost)",
      ),
      mutant(
        "src/kernel/v3/mod.ts",
        "return row.ok ? ok(undefined) : row;",
        "return ok(undefined);",
      ),
    ],
    check({ what, at, way }, reach, face) {
      const busy = BUSY[what];
      if (busy === undefined) return `no call ${what}`;
      return twice(face, busy, {
        store: () => undefined,
        assist: (call) =>
          call === at ? (way === "throws" ? FAILURES.throws : () => ({})) : undefined,
        errors: ["assist-failed"],
      }, reach);
    },
  }),
];

register(proofs);
