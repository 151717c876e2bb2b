/**
 * The surroundings of a real command line.
 *
 * @module
 */

import { readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import process from "node:process";
import { SqliteStore } from "../kernel/sqlite/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { launcher } from "./conform_process.ts";
import { inputLines } from "./engine_input.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io, OpenStore } from "./io.ts";
import { type Problem, unreadable } from "./problem.ts";
import { reasonOf } from "./reason.ts";

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

function attempt<T>(action: () => T): Result<T, string> {
  try {
    return ok(action());
  } catch (mistake) {
    return err(reasonOf(mistake));
  }
}

/** Writes everything, also where a pipe takes it in pieces; gives up when nobody reads any more. */
function writeAll(descriptor: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (mistake) {
      const isBusy = mistake instanceof Error && Reflect.get(mistake, "code") === "EAGAIN";
      if (!isBusy) return;
    }
  }
}

function openStore(path: string, readOnly: boolean): Result<OpenStore, Problem> {
  const store = SqliteStore.open(path, { readOnly });
  if (store.ok) return store;
  const { error } = store;
  if (error.kind === "store-unavailable") {
    const message = "this runtime has no SQLite: Deno has it from 2.2 on, Node from 22.13 on";
    return err({ code: EXIT_CODE.unavailable, message });
  }
  const reason = error.kind === "store-failed" ? error.message : `expected ${error.expected}`;
  return unreadable(path, reason);
}

/** The surroundings of this process, under Deno, Bun or Node. */
export const nodeIo: Io = {
  read: (path) => attempt(() => new Uint8Array(readFileSync(path))),
  list: (path) => attempt(() => readdirSync(path)),
  write: (path, bytes) => attempt(() => writeFileSync(path, bytes)),
  out: (text) => writeAll(STANDARD_OUTPUT, text),
  error: (text) => writeAll(STANDARD_ERROR, text),
  isTerminal: process.stderr.isTTY === true,
  store: openStore,
  launch: launcher(),
  lines: inputLines,
  now: () => performance.now(),
};
