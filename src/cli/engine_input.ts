/**
 * The standard input of this process, as lines.
 *
 * @module
 */

import { fstatSync } from "node:fs";
import process from "node:process";
import type { Err } from "../result.ts";
import { Lines } from "./conform_pieces.ts";
import { LINE_BYTES_MAX } from "./conform_protocol.ts";
import { malformed, type Problem, unreadable } from "./problem.ts";

const STANDARD_INPUT = 0;

/**
 * The lines of this process's standard input, without their line breaks; the last one may lack its
 * own. Behind a line that is none there are no more. What cannot be read ends in what is thrown by it.
 */
export async function* inputLines(): AsyncIterable<string | Err<Problem>> {
  // Where a folder is the input, Deno and Node say no more than that it has ended.
  if (fstatSync(STANDARD_INPUT).isDirectory()) {
    return yield unreadable("the input", "it is a folder");
  }
  const lines = new Lines(LINE_BYTES_MAX, Infinity);
  for await (const piece of process.stdin) {
    const bytes: Uint8Array = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    const { lines: complete, wrong } = lines.take(bytes);
    yield* complete;
    if (wrong !== undefined) return yield malformed(`the input has ${wrong}`);
  }
  const { lines: last, wrong } = lines.rest();
  yield* last;
  if (wrong !== undefined) yield malformed(`the input has ${wrong}`);
}
