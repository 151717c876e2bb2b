/** Stores to prove with: bytes in a map that can be made to fail, and SQLite where there is one. */

import * as kernel from "../../src/kernel/mod.ts";
import * as sqlite from "../../src/kernel/sqlite/mod.ts";
import type { CacheDirectory } from "../../src/kernel/mod.ts";
import type { CapStore, StoreEntry } from "../../src/kernel/store.ts";
import { call } from "./kernel_calls.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The face of the kernel and that of its SQLite store, as one. */
export type Face = typeof kernel & typeof sqlite;

export const faces: Face = { ...kernel, ...sqlite };

/** Wrong variants of the kernel and its store. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>([
  "src/kernel/mod.ts",
  "src/kernel/sqlite/mod.ts",
]);

/** Whether the runtime has a SQLite. */
export const HAS_SQLITE: boolean = sqlite.SqliteStore.open(":memory:").ok;

/** What stands in the domain of a proof of SQLite, in words. */
export const SQLITE_HERE: string = HAS_SQLITE
  ? "SQLite is there"
  : "no SQLite here: that a store is unavailable";

/** What a store answers when it fails, for each way to fail. */
export const FAILURES: Readonly<Record<string, () => unknown>> = {
  error: () => ({ ok: false, error: { message: "the disk is gone" } }),
  text: () => ({ ok: false, error: "the disk is gone" }),
  throws: () => {
    throw new Error("the disk is gone");
  },
  nothing: () => null,
  promise: () => Promise.resolve({ ok: true, value: undefined }),
};

/** Bytes in a map. It counts its calls, and does in place of one what it is told to. */
export class MapStore {
  readonly bytes: Map<string, Uint8Array> = new Map();
  calls = 0;
  /** Called before each call; what it gives, if anything, is the answer. */
  instead: (operation: keyof CapStore, call: number) => unknown = () => undefined;

  get(hash: string): unknown {
    return this.#answer("get", () => this.bytes.get(hash));
  }

  put(entries: readonly StoreEntry[]): unknown {
    return this.#answer("put", () => {
      for (const { hash, bytes } of entries) this.bytes.set(hash, bytes.slice());
    });
  }

  has(hash: string): unknown {
    return this.#answer("has", () => this.bytes.has(hash));
  }

  count(): unknown {
    return this.#answer("count", () => this.bytes.size);
  }

  hashes(after: string | undefined, limit: number): unknown {
    return this.#answer(
      "hashes",
      () => [...this.bytes.keys()].toSorted().filter((h) => h > (after ?? "")).slice(0, limit),
    );
  }

  #answer(operation: keyof CapStore, value: () => unknown): unknown {
    this.calls += 1;
    const other = this.instead(operation, this.calls);
    return other === undefined ? { ok: true, value: value() } : other;
  }
}

/** A directory over a store that the compiler would not let through. */
export function directoryOver(face: Face, store: object, cacheBytes = 0): CacheDirectory {
  const made = call(face.CacheDirectory, "create", [{ store, cacheBytes }]);
  const value: unknown = Reflect.get(Object(made), "value");
  if (!face.CacheDirectory.is(value)) throw new Error(`no directory: ${JSON.stringify(made)}`);
  return value;
}

/** The content of a store in bytes, as plain values. */
export function contentOf({ bytes }: MapStore): unknown {
  return [...bytes].sort(([a], [b]) => a < b ? -1 : 1).map(([hash, b]) => [hash, b.join()]);
}
