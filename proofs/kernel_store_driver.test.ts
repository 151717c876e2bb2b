/** A runtime without SQLite, or with one that gives what no SQLite gives. */

import * as kernel from "../src/kernel/mod.ts";
import * as sqlite from "../src/kernel/sqlite/mod.ts";
import { agrees, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel_store.ts";
import { register } from "./_kit/register.ts";

const STORE = "src/kernel/sqlite/store.ts";
const DRIVER = "src/kernel/sqlite/driver.ts";
const HASH = "ab".repeat(32);
const APPLICATION = 0x52696e67;

/** What the statements of a database give, by a word of theirs, and whether it can be closed. */
interface Given {
  readonly rows?: Readonly<Record<string, unknown>>;
  readonly failing?: readonly string[];
}

function fail(): never {
  throw new Error("the disk is gone");
}

/** A database that is a store, and gives what it is told to. */
function driverOf({ rows = {}, failing = [] }: Given): object {
  const all: Readonly<Record<string, unknown>> = {
    pragma_application_id: { n: APPLICATION },
    pragma_user_version: { n: 1 },
    ...rows,
  };
  const answer = (sql: string) => () => {
    if (failing.some((word) => sql.includes(word))) fail();
    return Object.entries(all).find(([word]) => sql.includes(word))?.[1];
  };
  return {
    DatabaseSync: class {
      exec(): void {}
      prepare(sql: string): object {
        return { get: answer(sql), all: answer(sql), run: answer(sql) };
      }
      close(): void {
        if (failing.includes("close")) fail();
      }
    },
  };
}

/** Runs something while there is another global `process`. */
function withProcess<T>(value: unknown, run: () => T): T {
  const given = Object.getOwnPropertyDescriptor(globalThis, "process");
  Object.defineProperty(globalThis, "process", { configurable: true, value });
  try {
    return run();
  } finally {
    if (given === undefined) Reflect.deleteProperty(globalThis, "process");
    else Object.defineProperty(globalThis, "process", given);
  }
}

/** Runs something while the runtime gives another module for SQLite. */
function withModules<T>(find: unknown, run: () => T): T {
  return withProcess({ getBuiltinModule: find }, run);
}

/** The kind of error, or what it gave. */
function told(result: unknown): unknown {
  const error: unknown = Reflect.get(Object(result), "error");
  if (error === undefined) return Reflect.get(Object(result), "value");
  return `${Reflect.get(Object(error), "kind")} ${Reflect.get(Object(error), "operation") ?? ""}`
    .trim();
}

/** Opens a store on a driver, and does something with it. */
function on(
  { SqliteStore }: Face,
  given: Given,
  act: (store: sqlite.SqliteStore) => unknown,
): unknown {
  return withModules(() => driverOf(given), () => {
    const store = SqliteStore.open(":memory:");
    return store.ok ? told(act(store.value)) : told(store);
  });
}

const open = (face: Face) => told(face.SqliteStore.open(":memory:"));

/** What is done, and what it has to give. */
const SCENES: Readonly<Record<string, readonly [(face: Face) => unknown, unknown]>> = {
  "no process": [(face) => withProcess(undefined, () => open(face)), "store-unavailable"],
  "a process of nothing": [(face) => withProcess(null, () => open(face)), "store-unavailable"],
  "no modules": [(face) => withModules(undefined, () => open(face)), "store-unavailable"],
  "no SQLite": [(face) => withModules(() => undefined, () => open(face)), "store-unavailable"],
  "modules that throw": [(face) => withModules(fail, () => open(face)), "store-unavailable"],
  "a row of bytes": [
    (face) =>
      on(
        face,
        { rows: { "SELECT bytes": { bytes: Uint8Array.of(7) } } },
        (store) => store.get(HASH),
      ),
    Uint8Array.of(7),
  ],
  "a row of no bytes": [
    (face) => on(face, { rows: { "SELECT bytes": { bytes: "7" } } }, (store) => store.get(HASH)),
    "store-failed get",
  ],
  "a row that is none": [
    (face) => on(face, { rows: { "SELECT bytes": 7 } }, (store) => store.get(HASH)),
    "store-failed get",
  ],
  "a count": [
    (face) => on(face, { rows: { "count(*)": { n: 3 } } }, (store) => store.count()),
    3,
  ],
  "no count": [
    (face) => on(face, { rows: { "count(*)": { n: -3 } } }, (store) => store.count()),
    "store-failed count",
  ],
  "hashes": [
    (face) =>
      on(face, { rows: { "ORDER BY": [{ hash: HASH }] } }, (store) => store.hashes(undefined, 9)),
    [HASH],
  ],
  "a hash that is none": [
    (face) =>
      on(
        face,
        { rows: { "ORDER BY": [{ hash: HASH }, { hash: 7 }] } },
        (store) => store.hashes(undefined, 9),
      ),
    "store-failed hashes",
  ],
  "a statement that throws": [
    (face) => on(face, { failing: ["SELECT bytes"] }, (store) => store.get(HASH)),
    "store-failed get",
  ],
  "a connection that does not end": [
    (face) => on(face, { failing: ["close"] }, (store) => store.close()),
    "store-failed close",
  ],
  "a strange file whose connection does not end": [
    (face) =>
      on(face, { rows: { pragma_user_version: { n: 2 } }, failing: ["close"] }, (store) => store),
    "store-failed open",
  ],
  "bytes that are none": [
    (face) =>
      on(face, {}, (store) => Reflect.apply(store.put, store, [[{ hash: HASH, bytes: 7 }]])),
    "invalid-argument",
  ],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/stores_take_nothing_odd_from_a_driver",
    claim:
      "a store is unavailable where the runtime has no SQLite, and fails where that throws or " +
      "gives what no SQLite gives",
    subject: [
      ...["SqliteStore.open", "SqliteStore.get", "SqliteStore.count", "SqliteStore.hashes"],
      ...["SqliteStore.close", "SqliteStore.put"],
    ],
    spec: "this library: nothing throws",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["failed", "given"],
    implementation: { ...kernel, ...sqlite },
    mutants: [
      mutant(
        DRIVER,
        "return isDriver(found) ? found : undefined;",
        "return isDriver(found) ? found : { DatabaseSync: class {} };",
      ),
      mutant(DRIVER, "  } catch {\n    return undefined;", "  } finally {\n"),
      mutant(
        STORE,
        'copy === undefined ? invalidArgument(parameter, "a Uint8Array", value)',
        "copy === undefined ? ok(new Uint8Array(0))",
      ),
      mutant(
        STORE,
        'if (driver === undefined) return err({ kind: "store-unavailable" });',
        'if (driver === undefined) return storeFailed("open", "none");',
      ),
      mutant(
        STORE,
        'bytes === undefined ? storeFailed("get", "the row holds no bytes")',
        "bytes === undefined ? ok(undefined)",
      ),
      mutant(STORE, "Usize.is(n) ? ok(n)", 'typeof n === "number" ? ok(asUsize(n))'),
      mutant(STORE, "found.every(isCapHash)\n", "found.every(() => true)\n"),
      mutant(STORE, 'return storeFailed("close", saidBy(thrown));', "return ok(undefined);"),
      mutant(
        STORE,
        "return storeFailed(operation, saidBy(thrown));",
        "return action({});",
      ),
    ],
    check(name, reach, face) {
      const [scene, expected] = SCENES[name] ?? [];
      const given: unknown[] = [];
      const failure = isTotal(() => given.push(scene?.(face)));
      reach(typeof expected === "string" ? "failed" : "given");
      return failure ?? agrees(given, [expected]);
    },
  }),
];

register(proofs);
