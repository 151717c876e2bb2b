/**
 * The memory of a guest, as an arena sees it: by shape, so that any memory fits, and trusted with
 * nothing.
 *
 * @module
 */

import { byteLengthOf, copyBytes } from "../bytes.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { MemoryFailed } from "./errors.ts";
import type { Store } from "./store.ts";

/**
 * What an arena asks of the memory it lies in. An `IsolatedMemory` and a `MemoryLease` have this
 * shape; the paged memories do not.
 *
 * A memory that throws, gives an error, or gives what is no answer makes the operation of the arena
 * fail with `memory-failed`, and harms nothing else. While it is being asked, it finds the arena busy.
 */
export interface GuestMemory {
  /** How many bytes there are now; never fewer than before. */
  readonly activeSize: number;
  /** A copy of `length` bytes from `offset` on. */
  read(offset: number, length: number): Result<Uint8Array, unknown>;
  /** Writes bytes from `offset` on: all of them, or none and an error. */
  initData(offset: number, bytes: Uint8Array): Result<unknown, unknown>;
  /** Sets `length` bytes from `offset` on to `byte`: all of them, or none and an error. */
  fill(offset: number, byte: number, length: number): Result<unknown, unknown>;
}

type Operation = MemoryFailed["operation"];

function noAnswer(operation: Operation): MemoryFailed {
  return { kind: "memory-failed", operation, reason: "no-answer" };
}

/** Whether a value is an object, whose properties can be asked for. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Asks the memory, reads each property of its answer once, and takes the value that `accept` makes. */
function ask<T>(
  operation: Operation,
  call: () => unknown,
  accept: (value: unknown) => Result<T, MemoryFailed>,
): Result<T, MemoryFailed> {
  try {
    const answer = call();
    if (!isObject(answer)) return err(noAnswer(operation));
    const good: unknown = Reflect.get(answer, "ok");
    if (good === true) return accept(Reflect.get(answer, "value"));
    if (good !== false) return err(noAnswer(operation));
    const cause: unknown = Reflect.get(answer, "error");
    return err({ kind: "memory-failed", operation, reason: "refused", cause });
  } catch {
    return err({ kind: "memory-failed", operation, reason: "threw" });
  }
}

/** Nothing but that it was done. */
function done(): Result<undefined, MemoryFailed> {
  return ok(undefined);
}

/** How many bytes the memory says that it has. */
function sizeOf(memory: GuestMemory): number | MemoryFailed {
  try {
    const size: unknown = memory.activeSize;
    return typeof size === "number" && Number.isSafeInteger(size) && size >= 0
      ? size
      : noAnswer("activeSize");
  } catch {
    return { kind: "memory-failed", operation: "activeSize", reason: "threw" };
  }
}

/** A store in the memory of a guest, whatever the memory does. */
export function guestStore(memory: GuestMemory): Store {
  /** Lets the memory run. It may call back and so come here again, and end where the stack does. */
  function running<T>(call: () => T): T {
    const before = store.busy;
    store.busy = true;
    try {
      return call();
    } finally {
      store.busy = before;
    }
  }
  const store: Store & { busy: boolean } = {
    busy: false, // a field: a getter would take most of the time of an allocation
    sizeBytes: () => running(() => sizeOf(memory)),
    read: (offset, length) =>
      running(() =>
        ask("read", () => memory.read(offset, length), (value) => {
          // The length first: a copy of what was not asked for could take any amount of memory.
          const bytes = byteLengthOf(value) === length ? copyBytes(value) : undefined;
          return bytes === undefined ? err(noAnswer("read")) : ok(bytes);
        })
      ),
    write: (offset, length, source) => {
      const bytes = copyBytes(source); // a memory may keep what it is given
      if (bytes?.length !== length) return undefined;
      return running(() => ask("initData", () => memory.initData(offset, bytes), done));
    },
    clear: (offset, length) =>
      running(() => ask("fill", () => memory.fill(offset, 0, length), done)),
  };
  return store;
}
