/**
 * A store on a SQLite file.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { copyBytes } from "../../bytes.ts";
import { Usize } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { isCapHash } from "../hash.ts";
import type { CapHash } from "../hash.ts";
import { checked, orElse, parseHash, parseList, parseRecord, such } from "../parse.ts";
import type { Parse } from "../parse.ts";
import type { CapStore, StoreEntry, StoreFailed, StoreOperation } from "../store.ts";
import { saidBy, storeFailed } from "../store_call.ts";
import { connect } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { column, findDriver } from "./driver.ts";
import type { Database } from "./driver.ts";
import { settingsOf } from "./options.ts";
import type { SqliteOptions } from "./options.ts";

/** The runtime has no `node:sqlite`. */
export interface StoreUnavailable {
  /** Tells this error from the others. */
  readonly kind: "store-unavailable";
}

/** The most hashes that are given at a time. */
const HASHES_MAX: number = 2 ** 20;

const isPath = (value: unknown): value is string => typeof value === "string" && value !== "";
const parsePath: Parse<string> = checked<string>("a path", isPath);
const parseLimit = such(
  checked<Usize>(`1 to ${HASHES_MAX}`, Usize.is),
  `1 to ${HASHES_MAX}`,
  (limit) => limit >= 1 && limit <= HASHES_MAX,
);
const parseCopy: Parse<Uint8Array> = (value, parameter) => {
  const copy = copyBytes(value);
  return copy === undefined ? invalidArgument(parameter, "a Uint8Array", value) : ok(copy);
};
const parseEntries = parseList(parseRecord<StoreEntry>({ hash: parseHash, bytes: parseCopy }));

/** Undoes what a failed put has done so far. */
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // The transaction did not begin, or SQLite has undone it.
  }
}

/**
 * A store on a SQLite file, as `CapStore` describes it.
 *
 * Every `put` is one transaction: once it returned, the entries are on the disk, and they are there
 * after the process was killed. Several processes may open the same file; they wait for each other.
 * The file lies beside its journal, `-wal` and `-shm`, while it is open.
 */
export class SqliteStore implements CapStore {
  #connection: Connection | undefined;
  readonly #blobBytesMax: number;

  private constructor(connection: Connection, blobBytesMax: number) {
    this.#connection = connection;
    this.#blobBytesMax = blobBytesMax;
  }

  /**
   * Opens a store, or makes one where there is no file.
   *
   * It works where the runtime has `node:sqlite`: in Deno from 2.2 on, and in Node from 22.13 on. In
   * Node 20, in Bun and in browsers it gives `store-unavailable`. Deno has to be allowed to read and
   * to write the file.
   *
   * @param path Where the file is; `:memory:` for a store that nothing is left of.
   * @param options How to open it; see there.
   * @returns The store. Errors: `store-unavailable`; `store-failed` with what SQLite says: the file is
   *   no database, one of another program, locked, or cannot be opened or made; `invalid-argument`.
   *
   * @example A directory that outlives the process
   * ```ts
   * import { CacheDirectory, TypeCap } from "@ringfence/core/kernel";
   * import { SqliteStore } from "@ringfence/core/kernel/sqlite";
   * import { assert, assertEquals } from "@std/assert";
   *
   * const store = SqliteStore.open(":memory:"); // a path keeps it
   * const directory = store.ok ? CacheDirectory.create({ store: store.value }) : store;
   * const type = TypeCap.create("aa".repeat(32));
   * assert(store.ok && directory.ok && type.ok);
   * assert(directory.value.putCap(type.value).ok);
   * assertEquals<number>(directory.value.blobCount, 1);
   * store.value.close();
   * ```
   */
  static open(
    path: string,
    options: SqliteOptions = {},
  ): Result<SqliteStore, InvalidArgument | StoreFailed | StoreUnavailable> {
    const place = parsePath(path, "path");
    if (!place.ok) return place;
    const settings = settingsOf(options);
    if (!settings.ok) return settings;
    const driver = findDriver();
    if (driver === undefined) return err({ kind: "store-unavailable" });
    try {
      const connection = connect(driver, place.value, settings.value);
      return connection.ok
        ? ok(new SqliteStore(connection.value, settings.value.blobBytesMax))
        : storeFailed("open", connection.error);
    } catch (thrown) {
      return storeFailed("open", saidBy(thrown));
    }
  }

  /**
   * The bytes of a hash; nothing when there are none.
   *
   * @param hash A hash.
   * @returns The bytes, as they lie in the file. Errors: `store-failed`; `invalid-argument`.
   */
  get(hash: CapHash): Result<Uint8Array | undefined, InvalidArgument | StoreFailed> {
    const parsed = parseHash(hash, "hash");
    if (!parsed.ok) return parsed;
    return this.#use("get", ({ get }) => {
      const row = get.get(parsed.value);
      if (row === undefined) return ok(undefined);
      const bytes = copyBytes(column(row, "bytes"));
      return bytes === undefined ? storeFailed("get", "the row holds no bytes") : ok(bytes);
    });
  }

  /**
   * Keeps all the entries or none, and returns when they are on the disk.
   *
   * @param entries The entries: at most 2^20. What is there already under a hash gives way.
   * @returns Nothing. Errors: `store-failed`, also where the store was opened only to read, is full,
   *   or an entry has more bytes than it allows; `invalid-argument`.
   */
  put(entries: readonly StoreEntry[]): Result<undefined, InvalidArgument | StoreFailed> {
    const list = parseEntries(entries, "entries");
    if (!list.ok) return list;
    const long = list.value.find(({ bytes }) => bytes.length > this.#blobBytesMax);
    if (long !== undefined) {
      const { length } = long.bytes;
      return storeFailed("put", `${length} bytes; ${this.#blobBytesMax} are allowed`);
    }
    return this.#use("put", ({ database, put }) => {
      try {
        database.exec("BEGIN IMMEDIATE");
        for (const { hash, bytes } of list.value) put.run(hash, bytes);
        database.exec("COMMIT");
        return ok(undefined);
      } catch (thrown) {
        rollBack(database);
        return storeFailed("put", saidBy(thrown));
      }
    });
  }

  /**
   * Whether there are bytes of a hash.
   *
   * @param hash A hash.
   * @returns Whether there are. Errors: `store-failed`; `invalid-argument`.
   */
  has(hash: CapHash): Result<boolean, InvalidArgument | StoreFailed> {
    const parsed = parseHash(hash, "hash");
    if (!parsed.ok) return parsed;
    return this.#use("has", ({ has }) => ok(has.get(parsed.value) !== undefined));
  }

  /**
   * How many hashes there are bytes of.
   *
   * @returns How many. Errors: `store-failed`.
   */
  count(): Result<Usize, StoreFailed> {
    return this.#use("count", ({ count }) => {
      const n = column(count.get(), "n");
      return Usize.is(n) ? ok(n) : storeFailed("count", "no number came back");
    });
  }

  /**
   * The hashes in ascending order.
   *
   * @param after Only those behind this one; all of them without it.
   * @param limit At most so many: 1 to 2^20.
   * @returns The hashes. Errors: `store-failed`; `invalid-argument`.
   */
  hashes(
    after: CapHash | undefined,
    limit: number,
  ): Result<readonly CapHash[], InvalidArgument | StoreFailed> {
    const from = orElse(parseHash, "")(after, "after");
    if (!from.ok) return from;
    const most = parseLimit(limit, "limit");
    if (!most.ok) return most;
    return this.#use("hashes", ({ hashes }) => {
      const found = hashes.all(from.value, most.value).map((row) => column(row, "hash"));
      return found.every(isCapHash)
        ? ok(Object.freeze(found))
        : storeFailed("hashes", "the file holds a hash that is none");
    });
  }

  /**
   * Closes the file. A store that is closed fails at everything else.
   *
   * @returns Nothing, also when it is closed already. Errors: `store-failed`.
   */
  close(): Result<undefined, StoreFailed> {
    const connection = this.#connection;
    this.#connection = undefined;
    try {
      connection?.database.close();
      return ok(undefined);
    } catch (thrown) {
      return storeFailed("close", saidBy(thrown));
    }
  }

  #use<T>(
    operation: StoreOperation,
    action: (connection: Connection) => Result<T, StoreFailed>,
  ): Result<T, StoreFailed> {
    if (this.#connection === undefined) return storeFailed(operation, "the store is closed");
    try {
      return action(this.#connection);
    } catch (thrown) {
      return storeFailed(operation, saidBy(thrown));
    }
  }
}
