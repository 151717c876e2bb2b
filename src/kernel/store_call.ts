/**
 * A caller's store, of which nothing is trusted: whatever it does, an answer or `store-failed` comes
 * of it.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { describe } from "../describe.ts";
import { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import type { CapHash } from "./hash.ts";
import { parseHash, parseList } from "./parse.ts";
import type { StoreEntry, StoreFailed, StoreOperation } from "./store.ts";

/** The longest message of a failure, in characters. */
const MESSAGE_CHARACTERS_MAX = 200;

/** How many hashes a store is asked for at a time. */
const PAGE_OF_HASHES = 4096;

/** The most hashes that are listed. */
const HASHES_MAX: number = 2 ** 20;

/** The failure of a store. */
export function storeFailed(
  operation: StoreFailed["operation"],
  message: string,
): Err<StoreFailed> {
  const cut = message.slice(0, MESSAGE_CHARACTERS_MAX);
  return err({ kind: "store-failed", operation, message: cut });
}

/** What somebody threw or gave as an error, in words: its message where it has one. */
export function saidBy(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    const said: unknown = typeof value === "object" && value !== null
      ? Reflect.get(value, "message")
      : undefined;
    return typeof said === "string" ? said : describe(value);
  } catch {
    return describe(value);
  }
}

/** What is behind an answer: a value, or a reason why there is none. */
type Answer<T> = (value: unknown) => T | undefined;

/** Functions that a store has to have. */
type Functions = Readonly<Record<StoreOperation, (...given: readonly unknown[]) => unknown>>;

function isFunction(value: unknown): value is (...given: readonly unknown[]) => unknown {
  return typeof value === "function";
}

/** A store of a caller. */
export class ForeignStore {
  readonly #functions: Functions;
  /** A store that calls the directory that it serves gets a failure and not a loop. */
  #busy = false;

  private constructor(functions: Functions) {
    this.#functions = functions;
  }

  /** The store that an argument is, if it has the functions; each is read once. */
  static from(value: unknown, parameter: string): Result<ForeignStore, InvalidArgument> {
    const wrong = () => invalidArgument(parameter, "a CapStore", value);
    if (typeof value !== "object" || value === null) return wrong();
    try {
      const read = (name: StoreOperation) => {
        const found: unknown = Reflect.get(value, name);
        return isFunction(found)
          ? (...given: readonly unknown[]): unknown => Reflect.apply(found, value, given)
          : undefined;
      };
      const [get, put, has] = [read("get"), read("put"), read("has")];
      const [count, hashes] = [read("count"), read("hashes")];
      if (!get || !put || !has || !count || !hashes) return wrong();
      return ok(new ForeignStore({ get, put, has, count, hashes }));
    } catch {
      return wrong();
    }
  }

  /** The bytes of a hash, as a copy. */
  get(hash: CapHash): Result<Uint8Array<ArrayBuffer> | undefined, StoreFailed> {
    const got = this.#call("get", [hash], (value) => {
      if (value === undefined) return { bytes: undefined };
      const bytes = copyBytes(value);
      return bytes && { bytes };
    });
    return got.ok ? ok(got.value.bytes) : got;
  }

  /** Keeps all the entries or none. */
  put(entries: readonly StoreEntry[]): Result<undefined, StoreFailed> {
    const done = this.#call("put", [entries], () => true);
    return done.ok ? ok(undefined) : done;
  }

  /** Whether there are bytes of a hash. */
  has(hash: CapHash): Result<boolean, StoreFailed> {
    return this.#call("has", [hash], (value) => typeof value === "boolean" ? value : undefined);
  }

  /** How many hashes there are bytes of. */
  count(): Result<Usize, StoreFailed> {
    return this.#call("count", [], (value) => Usize.is(value) ? value : undefined);
  }

  /** All the hashes, ascending: up to 2^20. */
  hashes(): Result<readonly CapHash[], StoreFailed> {
    const all: CapHash[] = [];
    while (all.length <= HASHES_MAX) {
      const page = this.#hashesAfter(all.at(-1));
      if (!page.ok) return page;
      for (const hash of page.value) all.push(hash);
      if (page.value.length < PAGE_OF_HASHES) return ok(all);
    }
    return storeFailed("hashes", `there are more than ${HASHES_MAX}`);
  }

  #hashesAfter(after: CapHash | undefined): Result<readonly CapHash[], StoreFailed> {
    return this.#call("hashes", [after, PAGE_OF_HASHES], (value) => {
      const page = parseList(parseHash, PAGE_OF_HASHES)(value, "hashes");
      if (!page.ok) return undefined;
      const ascend = page.value.every((hash, i) => hash > (page.value[i - 1] ?? after ?? ""));
      return ascend ? page.value : undefined;
    });
  }

  #call<T>(
    operation: StoreOperation,
    given: readonly unknown[],
    answer: Answer<T>,
  ): Result<T, StoreFailed> {
    if (this.#busy) return storeFailed(operation, "the store called the directory that it serves");
    this.#busy = true;
    try {
      return readAnswer(operation, this.#functions[operation](...given), answer);
    } catch (thrown) {
      return storeFailed(operation, saidBy(thrown));
    } finally {
      this.#busy = false;
    }
  }
}

/** The value that a store's result holds. May throw where the result runs code of the store. */
function readAnswer<T>(
  operation: StoreOperation,
  given: unknown,
  answer: Answer<T>,
): Result<T, StoreFailed> {
  const noResult = () => storeFailed(operation, `it gave no result: ${describe(given)}`);
  if (typeof given !== "object" || given === null) return noResult();
  const success: unknown = Reflect.get(given, "ok");
  if (success === false) return storeFailed(operation, saidBy(Reflect.get(given, "error")));
  if (success !== true) return noResult();
  const value: unknown = Reflect.get(given, "value");
  const read = answer(value);
  return read === undefined
    ? storeFailed(operation, `its answer makes no sense: ${describe(value)}`)
    : ok(read);
}
