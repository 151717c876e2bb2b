/** The store on a SQLite file: what it keeps, what it refuses, and damaged files. */

import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { outcomeOf } from "./_kit/kernel_cache.ts";
import { behind, withFile } from "./_kit/kernel_sqlite.ts";
import { type Face, faces, HAS_SQLITE, mutant, SQLITE_HERE } from "./_kit/kernel_store.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: stores";
const STORE = "src/kernel/sqlite/store.ts";
const CONNECTION = "src/kernel/sqlite/connection.ts";
const HASHES = ["11", "22", "ab"].map((byte) => byte.repeat(32));

/** What holds where there is no SQLite: a store is unavailable. */
function isUnavailable({ SqliteStore }: Face, reach: (name: string) => void): string | undefined {
  const opened = SqliteStore.open(":memory:");
  reach("store-unavailable");
  return agrees(opened, { ok: false, error: { kind: "store-unavailable" } });
}

/** Names of functions that can be called, and outcomes that can be reached, here. */
const here = <T>(names: readonly T[], otherwise: T): readonly T[] =>
  HAS_SQLITE ? names : [otherwise];

type Use =
  | { readonly name: "put"; readonly entries: readonly (readonly [hash: number, byte: number])[] }
  | { readonly name: "get" | "has"; readonly hash: number }
  | { readonly name: "count" | "reopen" }
  | { readonly name: "hashes"; readonly after: number; readonly limit: number };

const nat = fc.nat({ max: 2 });
const use: fc.Arbitrary<Use> = fc.oneof(
  fc.record({
    name: fc.constant("put"),
    entries: fc.array(fc.tuple(nat, fc.nat({ max: 1 })), { maxLength: 3 }),
  }),
  fc.record({ name: fc.constantFrom("get", "has"), hash: nat }),
  fc.record({ name: fc.constantFrom("count", "reopen") }),
  fc.record({
    name: fc.constant("hashes"),
    after: fc.nat({ max: 3 }),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
);

const bytesOf = (byte: number) => Uint8Array.of(...Array.from({ length: byte }, () => byte));
type Store = ReturnType<Face["SqliteStore"]["open"]> & { ok: true };

/** Does one thing to a store and to a map, and compares. */
function usesAgree(store: Store["value"], map: Map<string, number>, use: Use): string | undefined {
  switch (use.name) {
    case "put": {
      const entries = use.entries.map(([hash, byte]) => ({
        hash: HASHES[hash] ?? "",
        bytes: bytesOf(byte),
      }));
      for (const { hash, bytes } of entries) map.set(hash, bytes.length);
      return agrees(store.put(entries), { ok: true, value: undefined });
    }
    case "get": {
      const byte = map.get(HASHES[use.hash] ?? "");
      const value = byte === undefined ? undefined : bytesOf(byte);
      return agrees(store.get(HASHES[use.hash] ?? ""), { ok: true, value });
    }
    case "has":
      return agrees(store.has(HASHES[use.hash] ?? ""), {
        ok: true,
        value: map.has(HASHES[use.hash] ?? ""),
      });
    case "count":
      return agrees(outcomeOf(store.count(), Number), { ok: map.size });
    case "hashes": {
      const after = HASHES[use.after];
      const all = [...map.keys()].sort().filter((hash) => hash > (after ?? ""));
      const value = all.slice(0, use.limit);
      return agrees(store.hashes(after, use.limit), { ok: true, value });
    }
    default:
      return undefined;
  }
}

/** What a path can hold that is no store, or how a store can be used wrongly; and what is said. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  "text": /not a database/,
  "a folder": /unable to open/,
  "another program's": /of another program/,
  "a later form": /of form 2, not 1/,
  "missing, only read": /unable to open/,
  "empty, only read": /the file is empty/,
  "locked": /locked/,
  "put, only read": /readonly/,
  "blob too long": /^3 bytes; 2 are allowed$/,
  "file too large": /full/,
  "closed": /the store is closed/,
};

function refusalOf({ SqliteStore }: Face, name: string, path: string) {
  const entry = { hash: HASHES[0] ?? "", bytes: Uint8Array.of(1, 2, 3) };
  const make = () => SqliteStore.open(path).ok;
  const opened = (options: Parameters<Face["SqliteStore"]["open"]>[1] = {}) =>
    valueOf(SqliteStore.open(path, options));
  const closing = <T>(store: Store["value"], result: T): T => {
    store.close();
    return result;
  };
  switch (name) {
    case "text":
      writeFileSync(path, "This is no database. ".repeat(100));
      return SqliteStore.open(path);
    case "a folder":
      return SqliteStore.open(dirname(path));
    case "another program's":
      behind(path, (database) => database.exec("CREATE TABLE cap (hash)"));
      return SqliteStore.open(path);
    case "a later form":
      valueOf(opened().close());
      behind(path, (database) => database.exec("PRAGMA user_version = 2"));
      return SqliteStore.open(path);
    case "empty, only read":
      writeFileSync(path, "");
      return SqliteStore.open(path, { readOnly: true });
    case "missing, only read":
      return SqliteStore.open(path, { readOnly: true });
    case "locked": {
      let result: ReturnType<Store["value"]["put"]> | undefined;
      const store = opened({ busyMs: 0 });
      behind(path, (database) => {
        database.exec("BEGIN IMMEDIATE");
        result = store.put([entry]);
      });
      return closing(store, result);
    }
    case "put, only read": {
      make();
      const store = opened({ readOnly: true });
      return closing(store, store.put([entry]));
    }
    case "blob too long": {
      const store = opened({ blobBytesMax: 2 });
      const two = { ...entry, bytes: Uint8Array.of(1, 2) };
      return closing(store, store.put([two]).ok ? store.put([two, entry]) : undefined);
    }
    case "file too large": {
      const store = opened({ fileBytesMax: 2 ** 15 });
      return closing(store, store.put([{ ...entry, bytes: new Uint8Array(40_000) }]));
    }
    default: {
      const store = opened();
      store.close();
      return store.close().ok ? store.get(entry.hash) : undefined;
    }
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/a_sqlite_store_keeps_what_was_put",
    claim:
      "a store gives what a map would, another connection sees every put that was reported, and so does who opens the file again",
    subject: here(
      ["open", "put", "get", "has", "count", "hashes", "close"],
      "open",
    ).map((name) => `SqliteStore.${name}`),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.array(use, { maxLength: 12, size: "max" }), {
      runs: 25,
      examples: [[0, 1].map((byte): Use => ({ name: "put", entries: [[1, byte]] }))],
      describe: `up to 12 uses of a file, which is closed and opened again; ${SQLITE_HERE}`,
    }),
    reaches: here(["put", "get", "has", "count", "hashes", "reopen"], "store-unavailable"),
    implementation: faces,
    mutants: [
      mutant(STORE, 'database.exec("COMMIT");', ""),
      mutant(STORE, 'database.exec("COMMIT");', 'database.exec("ROLLBACK");'),
      mutant(
        CONNECTION,
        "DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NOT excluded.bytes",
        "DO NOTHING",
      ),
      mutant(CONNECTION, "WHERE hash > ? ORDER BY hash", "WHERE hash >= ? ORDER BY hash"),
      mutant(CONNECTION, "ORDER BY hash LIMIT", "ORDER BY hash DESC LIMIT"),
      mutant(STORE, "ok(has.get(parsed.value) !== undefined)", "ok(true)"),
    ],
    check(uses, reach, face) {
      if (!HAS_SQLITE) return isUnavailable(face, reach);
      return withFile((path) => {
        let store = valueOf(face.SqliteStore.open(path));
        const other = valueOf(face.SqliteStore.open(path));
        const map = new Map<string, number>();
        for (const one of uses) {
          reach(one.name);
          if (one.name === "reopen") {
            valueOf(store.close());
            store = valueOf(face.SqliteStore.open(path));
          }
          const failure = allOf(usesAgree(store, map, one), agrees(other.count(), store.count()));
          if (failure !== undefined) return failure;
        }
        const same = HASHES.map((_, hash) => usesAgree(other, map, { name: "get", hash }));
        store.close();
        other.close();
        return allOf(...same, agrees(store.count().ok, false));
      });
    },
  }),
  defineProof({
    id: "kernel/a_sqlite_store_refuses_with_a_reason",
    claim:
      "a file that is no store, is locked, is full or cannot be written gives an error that says so, and a put that failed leaves nothing",
    subject: here(["SqliteStore.open", "SqliteStore.put", "SqliteStore.close"], "SqliteStore.open"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...here(Object.keys(REFUSALS), SQLITE_HERE)),
    reaches: here(["store-failed"], "store-unavailable"),
    implementation: faces,
    mutants: [
      mutant(
        CONNECTION,
        'return "the file is a database of another program";',
        "return undefined;",
      ),
      mutant(CONNECTION, "return form === FORM ? undefined :", "return form ? undefined :"),
      mutant(CONNECTION, 'return readOnly ? "the file is empty" : undefined;', "return undefined;"),
      mutant(CONNECTION, "database.exec(`PRAGMA max_page_count", "void (`PRAGMA max_page_count"),
      mutant(STORE, "bytes.length > this.#blobBytesMax", "bytes.length > this.#blobBytesMax + 1"),
      mutant(STORE, "this.#connection = undefined;", ""),
      mutant(STORE, 'storeFailed(operation, "the store is closed")', 'storeFailed(operation, "")'),
    ],
    check(name, reach, face) {
      const expected = REFUSALS[name];
      if (expected === undefined) return isUnavailable(face, reach);
      return withFile((path) => {
        const refused = refusalOf(face, name, path);
        if (refused === undefined || refused.ok) return "it was not refused";
        const { error } = refused;
        reach(error.kind);
        return agrees(expected.test("message" in error ? error.message : ""), true);
      });
    },
  }),
];

register(proofs);
