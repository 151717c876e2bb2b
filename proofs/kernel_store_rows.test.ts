/** Damaged rows of a SQLite store, and hostile arguments of all that has to do with stores. */

import { type Hostile, hostileValues } from "../src/proof/mod.ts";
import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { call, poisoned } from "./_kit/kernel_calls.ts";
import { behind, withFile } from "./_kit/kernel_sqlite.ts";
import {
  type Face,
  faces,
  HAS_SQLITE,
  MapStore,
  mutant,
  SQLITE_HERE,
} from "./_kit/kernel_store.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: stores";
const STORE = "src/kernel/sqlite/store.ts";
const CONNECTION = "src/kernel/sqlite/connection.ts";
const CALL = "src/kernel/store_call.ts";
const BLOBS = "src/kernel/store_blobs.ts";
const DIRECTORY = "src/kernel/cache_directory.ts";
const ONES = "11".repeat(32);

/** What is done to one of two rows, and what its capability then is. */
const DAMAGES = {
  "nothing": { sql: "SELECT 1", gives: "cnode" },
  "zeros": { sql: "UPDATE cap SET bytes = zeroblob(length(bytes))", gives: "corrupt-blob" },
  "all bytes": { sql: "UPDATE cap SET bytes = x''", gives: "corrupt-blob" },
  "another's bytes": {
    sql: "UPDATE cap SET bytes = (SELECT bytes FROM cap AS o WHERE o.hash <> cap.hash)",
    gives: "corrupt-blob",
  },
  "the row": { sql: "DELETE FROM cap", gives: "missing" },
} as const;

function directoryAt(face: Face, path: string) {
  const store = valueOf(face.SqliteStore.open(path));
  return { store, directory: valueOf(face.CacheDirectory.create({ store })) };
}

/** What stands for a hash in a directory. */
function kindOf(loaded: ReturnType<InstanceType<Face["CacheDirectory"]>["load"]>): string {
  return loaded.ok ? loaded.value?.kind ?? "missing" : loaded.error.kind;
}

/** A function, and good arguments for hostile ones to take the place of. */
type Call = readonly [self: object, name: string, args: readonly unknown[]];

function callsOf(face: Face): readonly Call[] {
  const store = new MapStore();
  const directory = valueOf(face.CacheDirectory.create());
  const type = valueOf(face.TypeCap.create(ONES));
  const calls: Call[] = [
    [face.CacheDirectory, "create", [{ store, cacheBytes: 1 }]],
    [directory, "putAll", [[type, type]]],
    [directory, "load", [ONES]],
    [face.SqliteStore, "open", [":memory:", { readOnly: false, busyMs: 0, blobBytesMax: 9 }]],
    [face.SqliteStore, "open", [":memory:", { fileBytesMax: 2 ** 20 }]],
  ];
  const opened = face.SqliteStore.open(":memory:");
  if (!opened.ok) return calls;
  return [
    ...calls,
    [opened.value, "get", [ONES]],
    [opened.value, "has", [ONES]],
    [opened.value, "hashes", [ONES, 3]],
    [opened.value, "put", [[{ hash: ONES, bytes: new Uint8Array(1) }]]],
  ];
}

/** Arguments with a hostile value in the place of one of them, or within it. */
function hostileArguments({ make }: Hostile, args: readonly unknown[]): readonly unknown[][] {
  return args.flatMap((good, place) =>
    [make(), ...poisoned(good, make)].map((hostile) => args.with(place, hostile))
  );
}

/** The answers that a store may give: the hostile value, or a result with it. */
function hostileAnswers({ make }: Hostile): readonly (() => unknown)[] {
  return [
    make,
    () => ({ ok: true, value: make() }),
    () => ({ ok: false, error: make() }),
    () => ({ ok: make(), value: make(), error: make() }),
    () => {
      throw make();
    },
  ];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/damaged_rows_are_found_and_healed",
    claim:
      "a row with other bytes is reported as corrupt, the others load, and putting the capability again heals it",
    subject: ["CacheDirectory.create", "CacheDirectory.load", "CacheDirectory.putCap"].concat(
      HAS_SQLITE ? ["SqliteStore.open", "SqliteStore.put", "SqliteStore.get"] : [],
    ),
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...HAS_SQLITE ? Object.keys(DAMAGES) : [SQLITE_HERE]),
    reaches: HAS_SQLITE ? ["cnode", "corrupt-blob", "missing"] : ["type"],
    implementation: faces,
    mutants: [
      mutant(BLOBS, "if (actual.ok && actual.value === hash) return cap;", "return cap;"),
      mutant(STORE, "if (row === undefined) return ok(undefined);", ""),
      mutant(
        CONNECTION,
        "DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NOT excluded.bytes",
        "DO NOTHING",
      ),
    ],
    check(name, reach, face) {
      const type = valueOf(face.TypeCap.create(ONES));
      const damage = Object.entries(DAMAGES).find(([known]) => known === name)?.[1];
      if (damage === undefined) {
        const directory = valueOf(face.CacheDirectory.create());
        const loaded = directory.load(valueOf(directory.putCap(type)));
        reach(kindOf(loaded));
        return agrees(kindOf(loaded), "type");
      }
      return withFile((path) => {
        const cnode = valueOf(face.CNodeCap.create(1, [{ slot: 0, target: ONES }]));
        const first = directoryAt(face, path);
        const hash = valueOf(first.directory.putCap(cnode));
        const other = valueOf(first.directory.putCap(type));
        first.store.close();
        const where = damage.sql.startsWith("SELECT") ? "" : ` WHERE hash = '${hash}'`;
        behind(path, (database) => database.exec(damage.sql + where));
        const { store, directory } = directoryAt(face, path);
        const kind = kindOf(directory.load(hash));
        reach(kind);
        const failure = allOf(
          agrees(kind, damage.gives),
          agrees(kindOf(directory.load(other)), "type"),
          agrees(directory.putCap(cnode), { ok: true, value: hash }),
        );
        store.close();
        const again = directoryAt(face, path);
        const healed = kindOf(again.directory.load(hash));
        again.store.close();
        return allOf(failure, agrees(healed, "cnode"));
      });
    },
  }),
  defineProof({
    id: "kernel/nothing_about_stores_throws",
    claim:
      "every function of stores returns for every hostile argument, and a directory for every hostile answer of its store",
    subject: ["create", "putAll", "load", "putCap", "settle", "blobs", "containsBlob", "blobCount"]
      .map((name) => `CacheDirectory.${name}`).concat("SqliteStore.open")
      .concat(
        HAS_SQLITE ? ["get", "put", "has", "hashes"].map((name) => `SqliteStore.${name}`) : [],
      ),
    spec: SPEC,
    strength: "bounded",
    domain: hostileValues,
    reaches: ["returned", "refused"],
    implementation: faces,
    mutants: [
      mutant(
        CALL,
        "const [get, put, has] = [read(",
        "const [get, put, has] = [value.get(read), read(",
      ),
      mutant(
        CALL,
        "} catch {\n    return describe(value);",
        "} catch {\n    return `${value}`;",
      ),
      mutant(
        CALL,
        "return readAnswer(operation, this.#functions[operation](...given), answer);\n    } catch (thrown) {\n      return storeFailed(operation, saidBy(thrown));",
        "return readAnswer(operation, this.#functions[operation](...given), answer);",
      ),
      mutant(STORE, 'const place = parsePath(path, "path");', "const place = ok(path.trim());"),
      mutant(
        DIRECTORY,
        'const hash = parseHash(target, "target");',
        "const hash = ok(target.slice(0));",
      ),
    ],
    check(hostile, reach, face) {
      for (const [self, name, args] of callsOf(face)) {
        for (const given of hostileArguments(hostile, args)) {
          // A text is the path of a file, which would be made where this runs.
          if (name === "open" && typeof given[0] === "string" && given[0] !== ":memory:") continue;
          const failure = isTotal(() => {
            const result = call(self, name, given);
            const made: unknown = Reflect.get(Object(result), "value");
            if (made instanceof face.SqliteStore) made.close();
            reach(Reflect.get(Object(result), "ok") === true ? "returned" : "refused");
          });
          if (failure !== undefined) return `${name}: ${failure}`;
        }
      }
      for (const answer of hostileAnswers(hostile)) {
        const store = new MapStore();
        store.instead = answer;
        const failure = isTotal(() => {
          const directory = valueOf(
            face.CacheDirectory.create(Object.fromEntries([["store", store]])),
          );
          directory.putCap(valueOf(face.TypeCap.create(ONES)));
          directory.load(ONES);
          directory.settle(valueOf(directory.putInstance(valueOf(face.CNodeCap.create(1)))));
          directory.containsBlob(ONES);
          directory.blobs();
          return directory.blobCount;
        });
        if (failure !== undefined) return `an answer: ${failure}`;
      }
      return undefined;
    },
  }),
];

register(proofs);
