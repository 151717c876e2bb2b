/** Stores that fail at one call, and stores that call the directory that they serve. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import {
  directoryOver,
  type Face,
  faces,
  FAILURES,
  MapStore,
  mutant,
} from "./_kit/kernel_store.ts";
import { errorOf, stageOf, stateOf } from "./_kit/kernel_store_program.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: stores";
const DIRECTORY = "src/kernel/cache_directory.ts";
const SETTLE = "src/kernel/settle.ts";
const CALL = "src/kernel/store_call.ts";
const PUBLISH = "src/kernel/publish.ts";

/** How often the program asks its store when all goes well. */
function callsOfProgram(): number {
  const { store, operations } = stageOf(faces);
  for (const { run } of operations) run();
  return store.calls;
}

const CALLS = callsOfProgram();
const WAYS = Object.keys(FAILURES);

/** Runs the program; one call of the store fails, and what then failed is done again. */
function runFailing(face: Face, at: number, way: string, reach: (name: string) => void) {
  const stage = stageOf(face);
  const { store, operations } = stage;
  store.instead = (_operation, call) => call === at ? FAILURES[way]?.() : undefined;
  const problems: (string | undefined)[] = [];
  for (const { name, tells, run } of operations) {
    const before = stateOf(stage);
    const first = store.calls;
    const outcome = run();
    const hit = first < at && at <= store.calls;
    if (!hit) {
      problems.push(agrees([name, errorOf(outcome)], [name, undefined]));
      continue;
    }
    reach(name);
    const error = errorOf(outcome);
    const kind = typeof error === "object" && error !== null && Reflect.get(error, "kind");
    problems.push(
      agrees([name, kind], [name, tells ? "store-failed" : false]),
      agrees([name, stateOf(stage)], [name, before]),
      agrees([name, errorOf(run())], [name, undefined]),
    );
  }
  return allOf(...problems, agrees(stateOf(stage), AFTERWARDS));
}

const AFTERWARDS = (() => {
  const stage = stageOf(faces);
  for (const { run } of stage.operations) run();
  return stateOf(stage);
})();

/** What a store may try while it is asked to put. */
const INTRUSIONS = ["setInstance", "putInstance", "settle", "putCap", "load", "retain"] as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/a_store_that_fails_at_any_call_changes_nothing",
    claim:
      "whichever call of a store fails, and however, the operation reports it, all is as before, and doing it again succeeds",
    subject: [
      ...["putCap", "putAll", "putCapWithHash", "settle", "promoteBlobToInstance", "load", "get"],
      ...["blobHashes", "containsBlob", "blobs", "blobCount"],
    ].map((name) => `CacheDirectory.${name}`).concat("publishImage"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      at: domain.range(1, CALLS),
      way: domain.of("throws", "error", "promise"),
    }),
    reaches: stageOf(faces).operations.map(({ name }) => name).filter((name) =>
      name !== "settle an instance"
    ),
    implementation: faces,
    mutants: [
      mutant(
        SETTLE,
        "const kept = blobs.put(blobsOf(found, top));",
        "apply(instances, found);\n  const kept = blobs.put(blobsOf(found, top));",
      ),
      mutant(SETTLE, "if (!kept.ok) return kept;", ""),
      mutant(
        SETTLE,
        "const kept = blobs.put(blobsOf(found, top));",
        "for (const blob of blobsOf(found, top).slice(1)) blobs.put([blob]);\n" +
          "  const kept = blobs.put(blobsOf(found, top));",
      ),
      mutant(
        DIRECTORY,
        "const put = this.#blobs.put(blobs.value);\n",
        "for (const blob of blobs.value.slice(1)) this.#blobs.put([blob]);\n" +
          "    const put = this.#blobs.put(blobs.value);\n",
      ),
      mutant(DIRECTORY, "if (!got.ok) return got;", "if (!got.ok) return ok(undefined);"),
      mutant(CALL, "return storeFailed(operation, saidBy(thrown));", "throw thrown;"),
      mutant(CALL, "if (success !== true) return noResult();", ""),
      mutant(CALL, "    } finally {\n      this.#busy = false;\n", "    } finally {\n"),
      mutant(
        PUBLISH,
        "const put = directory.putAll([...caps, image.value]);",
        "for (const cap of caps) directory.putCap(cap);\n  const put = directory.putAll([image.value]);",
      ),
    ],
    check: ({ at, way }, reach, face) => runFailing(face, at, way, reach),
  }),
  defineProof({
    id: "kernel/what_a_store_says_is_reported",
    claim: "the failure of a store is reported with the operation and with what the store said",
    subject: ["CacheDirectory.load", "CacheDirectory.putCap", "CacheDirectory.blobHashes"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      way: domain.of(...WAYS),
      operation: domain.of("get", "put", "hashes"),
    }),
    reaches: WAYS,
    implementation: faces,
    mutants: [
      mutant(
        CALL,
        'if (success === false) return storeFailed(operation, saidBy(Reflect.get(given, "error")));',
        "",
      ),
      mutant(CALL, 'if (typeof value === "string") return value;', ""),
      mutant(
        CALL,
        'return typeof said === "string" ? said : describe(value);',
        "return describe(value);",
      ),
      mutant(
        CALL,
        "const cut = message.slice(0, MESSAGE_CHARACTERS_MAX);",
        "const cut = message.slice(0, 12);",
      ),
    ],
    check({ way, operation }, reach, face) {
      const store = new MapStore();
      store.instead = () => FAILURES[way]?.();
      const directory = directoryOver(face, store);
      const type = valueOf(face.TypeCap.create("11".repeat(32)));
      const outcome = operation === "get"
        ? directory.load("11".repeat(32))
        : operation === "put"
        ? directory.putCap(type)
        : directory.blobHashes();
      reach(way);
      const message = way === "nothing"
        ? "it gave no result: null"
        : way === "promise"
        ? "it gave no result: object"
        : "the disk is gone";
      return agrees(outcome, { ok: false, error: { kind: "store-failed", operation, message } });
    },
  }),
  defineProof({
    id: "kernel/a_store_cannot_use_the_directory_that_it_serves",
    claim:
      "a store that calls its own directory from within gets failures or is found out, and no instance is settled wrongly",
    subject: ["CacheDirectory.settle", "CacheDirectory.create"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...INTRUSIONS),
    reaches: ["store-failed", "settled"],
    implementation: faces,
    mutants: [
      mutant(
        SETTLE,
        "if (instances.revision !== revision) {",
        "if (instances.revision < revision) {",
      ),
      mutant(
        CALL,
        'if (this.#busy) return storeFailed(operation, "the store called the directory that it serves");',
        "",
      ),
    ],
    check(intrusion, reach, face) {
      const store = new MapStore();
      const directory = directoryOver(face, store);
      const hash = "11".repeat(32);
      const type = valueOf(face.TypeCap.create(hash));
      const ref = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(1))));
      const other = valueOf(
        face.CNodeCap.create(1, [{ slot: 0, target: valueOf(directory.putInstance(type)) }]),
      );
      const given: Readonly<Record<typeof intrusion, readonly unknown[]>> = {
        setInstance: [ref, other],
        putInstance: [other],
        settle: [ref],
        putCap: [type],
        load: [hash],
        retain: [ref],
      };
      let inner: unknown;
      store.instead = (operation, count) => {
        if (operation === "put" && count === 1) {
          inner = call(directory, intrusion, given[intrusion]);
        }
        return count > 3 ? FAILURES.error?.() : undefined;
      };
      const settled = directory.settle(ref);
      const changes = intrusion === "setInstance" || intrusion === "putInstance";
      const asks = intrusion === "settle" || intrusion === "putCap" || intrusion === "load";
      reach(settled.ok ? "settled" : settled.error.kind);
      return allOf(
        agrees(settled.ok, !changes),
        agrees(errorOf(inner) === undefined, !asks),
        agrees(directory.getInstance(ref) === undefined, !changes),
        intrusion === "setInstance"
          ? agrees(directory.getInstance(ref) === other, true)
          : undefined,
      );
    },
  }),
];

register(proofs);
