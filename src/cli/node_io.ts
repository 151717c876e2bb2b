/**
 * The surroundings of a real command line.
 *
 * @module
 */

import { readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import process from "node:process";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { Io } from "./io.ts";

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

function attempt<T>(action: () => T): Result<T, string> {
  try {
    return ok(action());
  } catch (mistake) {
    return err(mistake instanceof Error ? mistake.message : "no reason is given");
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

/** The surroundings of this process, under Deno, Bun or Node. */
export const nodeIo: Io = {
  read: (path) => attempt(() => new Uint8Array(readFileSync(path))),
  list: (path) => attempt(() => readdirSync(path)),
  write: (path, bytes) => attempt(() => writeFileSync(path, bytes)),
  out: (text) => writeAll(STANDARD_OUTPUT, text),
  error: (text) => writeAll(STANDARD_ERROR, text),
  isTerminal: process.stderr.isTTY === true,
  now: () => performance.now(),
};
