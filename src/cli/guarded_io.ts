/**
 * Surroundings of a caller, of which nothing is trusted: whatever they do, a command comes to an end
 * and says so.
 *
 * @module
 */

import { byteLengthOf, copyBytes } from "../bytes.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import type { Launch } from "./conform_link.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { guardedLink, unawaited } from "./guarded_link.ts";
import type { Io, OpenStore } from "./io.ts";
import { type Problem, unreadable } from "./problem.ts";
import { reasonOf } from "./reason.ts";

/** The largest file that is read, in bytes. */
const FILE_BYTES_MAX = 2 ** 28;
/** The most names that a folder may have. */
const NAMES_MAX = 2 ** 20;
/** What a process can exit with. */
const CODE_MAX = 255;

/** Surroundings that nothing is thrown by, and what went wrong with those of the caller. */
export interface Guarded {
  readonly io: Io;
  /** The first thing that went wrong; nothing when all went as it should. */
  readonly fault: () => string | undefined;
}

/** Why something could not be done, out of a result that says so. */
function refused(error: unknown): Err<string> {
  return err(typeof error === "string" ? error : "no reason is given");
}

/** A problem that nothing but a problem can be made of. */
function problemOf({ code, message }: Problem): Problem {
  const isCode = Number.isInteger(code) && code > 0 && code <= CODE_MAX;
  return { code: isCode ? code : EXIT_CODE.unavailable, message: reasonOf(message) };
}

/** The names in a list; nothing when it is none. Throws what the list throws. */
function namesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > NAMES_MAX) return undefined;
  const names: string[] = [];
  for (let at = 0; at < value.length && at < NAMES_MAX; at++) {
    const name: unknown = value[at];
    if (typeof name !== "string") return undefined;
    names.push(name);
  }
  return names;
}

/** The surroundings of a caller. */
class Foreign {
  readonly #io: Io;
  #time = 0;
  fault: string | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  note(what: string, thrown: unknown): void {
    this.fault ??= `${what}: ${reasonOf(thrown)}`;
  }

  /** What comes of an action; something else when it throws, or gives nothing. */
  ask<T>(what: string, action: (io: Io) => T | undefined, otherwise: T): T {
    try {
      const value = action(this.#io);
      if (value !== undefined) return value;
      this.note(what, "its answer makes no sense");
    } catch (thrown) {
      this.note(what, thrown);
    }
    return otherwise;
  }

  read(path: string): Result<Uint8Array, string> {
    return this.ask<Result<Uint8Array, string>>("read", (io) => {
      const given = unawaited(io.read(path));
      if (given.ok === false) return refused(given.error);
      const { value } = given;
      if ((byteLengthOf(value) ?? 0) > FILE_BYTES_MAX) {
        return err(`it has more than ${FILE_BYTES_MAX} bytes`);
      }
      const bytes = copyBytes(value);
      return bytes && ok(bytes);
    }, err("it cannot be read"));
  }

  list(path: string): Result<readonly string[], string> {
    return this.ask<Result<readonly string[], string>>("list", (io) => {
      const given = unawaited(io.list(path));
      if (given.ok === false) return refused(given.error);
      const names = namesOf(given.value);
      return names && ok(names);
    }, err("it cannot be listed"));
  }

  write(path: string, bytes: Uint8Array): Result<void, string> {
    return this.ask<Result<void, string>>("write", (io) => {
      const given = unawaited(io.write(path, bytes));
      if (given.ok === false) return refused(given.error);
      return given.ok === true ? ok(undefined) : undefined;
    }, err("it cannot be written"));
  }

  /** Writes to one of the outputs. */
  tell(where: "out" | "error", text: string): void {
    this.ask(where, (io) => {
      unawaited(where === "out" ? io.out(text) : io.error(text));
      return true;
    }, false);
  }

  /** A time that never goes back. */
  now(): number {
    const time = this.ask("now", (io) => {
      const given = unawaited(io.now());
      return Number.isFinite(given) ? given : undefined;
    }, this.#time);
    this.#time = Math.max(this.#time, time);
    return this.#time;
  }

  /** Whether there is a function of the surroundings that may be left out. */
  has(name: "store" | "launch" | "lines"): boolean {
    return this.ask(name, (io) => typeof io[name] === "function", false);
  }

  store(path: string, readOnly: boolean): Result<OpenStore, Problem> {
    const message = "the store cannot be opened";
    return this.ask<Result<OpenStore, Problem>>("store", (io) => {
      const given = unawaited(io.store?.(path, readOnly));
      if (given?.ok === false) return err(problemOf(given.error));
      return given?.ok === true ? ok(this.#opened(given.value)) : undefined;
    }, err({ code: EXIT_CODE.unavailable, message }));
  }

  /** A store that can be closed; what its other functions throw, the kernel takes. */
  #opened(store: OpenStore): OpenStore {
    return {
      get: (hash) => store.get(hash),
      put: (entries) => store.put(entries),
      has: (hash) => store.has(hash),
      count: () => store.count(),
      hashes: (after, limit) => store.hashes(after, limit),
      close: () =>
        this.ask("close", () => {
          unawaited(store.close());
          return true;
        }, false),
    };
  }

  readonly launch: Launch = (words) => {
    const note = (what: string, thrown: unknown) => this.note(what, thrown);
    const link = this.ask("launch", (io) => unawaited(io.launch?.(words)), undefined);
    return guardedLink(link ?? NO_LINK, note);
  };

  /** The lines of the standard input, up to what is none. They are not told when nobody goes on. */
  async *lines(): AsyncIterable<string | Err<Problem>> {
    try {
      const iterator = unawaited(unawaited(this.#io.lines?.())?.[Symbol.asyncIterator]());
      if (iterator === undefined) return yield unreadable("the input", "there is none");
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        const value = unawaited(next.value);
        if (typeof value === "string") yield value;
        else return yield err(problemOf(value.error));
      }
    } catch (thrown) {
      yield unreadable("the input", reasonOf(thrown));
    }
  }
}

/** What stands for an implementation that could not be started. */
const NO_LINK = {
  send: () => {},
  hear: () => Promise.resolve({ kind: "ended", reason: "it cannot be started" } as const),
  waiting: () => 0,
  close: () => Promise.resolve("it cannot be started"),
  stop: () => {},
};

/** Surroundings that do what those of a caller do, and never throw. */
export function guarded(given: Io): Guarded {
  const foreign = new Foreign(given);
  const isTerminal = foreign.ask("isTerminal", (io) => io.isTerminal === true, false);
  const io: Io = {
    read: (path) => foreign.read(path),
    list: (path) => foreign.list(path),
    write: (path, bytes) => foreign.write(path, bytes),
    out: (text) => foreign.tell("out", text),
    error: (text) => foreign.tell("error", text),
    now: () => foreign.now(),
    isTerminal,
    get store() {
      return foreign.has("store") ? foreign.store.bind(foreign) : undefined;
    },
    get launch() {
      return foreign.has("launch") ? foreign.launch : undefined;
    },
    get lines() {
      return foreign.has("lines") ? foreign.lines.bind(foreign) : undefined;
    },
  };
  return { io, fault: () => foreign.fault };
}
