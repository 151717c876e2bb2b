/** Loading a guest: bytes or text become a program, or an error that leaves everything as it was. */

import { readInput, readSource } from "../../src/cli/program_input.ts";
import type { Input } from "../../src/cli/program_input.ts";
import { err, ok } from "../../src/result.ts";
import type { Result } from "../../src/result.ts";

/** The most bytes of a file. */
export const FILE_BYTES_MAX: number = 2 ** 21;
/** The most UTF-16 units of a source that is typed in. */
export const SOURCE_LENGTH_MAX: number = 2 ** 20;
/** The most bytes of code, and the most instructions: these take the most time and memory. */
export const CODE_BYTES_MAX: number = 2 ** 20;
const INSTRUCTIONS_MAX = 2 ** 19;
/** The most lines of an error that are shown. */
const LINES_MAX = 20;

/** A guest that can be run. */
export interface Loaded {
  /** What it is called. */
  readonly name: string;
  readonly input: Input;
  /** Its source; nothing where it came as a program. */
  readonly source: string | undefined;
}

/** Why something was not done. */
export interface Trouble {
  readonly title: string;
  readonly lines: readonly string[];
}

function tooLong(name: string, what: string, most: number): Result<never, Trouble> {
  const lines = [`${name}: ${what}; at most ${most.toLocaleString("en")} are taken`];
  return err({ title: "The guest is too large", lines });
}

function checked(
  name: string,
  input: ReturnType<typeof readInput>,
  source: string | undefined,
): Result<Loaded, Trouble> {
  if (!input.ok) {
    const lines = input.error.message.split("\n");
    const more = lines.length - LINES_MAX;
    const shown = more > 0 ? [...lines.slice(0, LINES_MAX), `and ${more} more`] : lines;
    return err({ title: "The guest cannot be loaded", lines: shown });
  }
  const { bytes: { length }, starts } = input.value.code;
  if (length > CODE_BYTES_MAX) {
    return tooLong(name, `${length.toLocaleString("en")} bytes of code`, CODE_BYTES_MAX);
  }
  const count = starts.reduce((sum, start) => sum + start, 0);
  if (count > INSTRUCTIONS_MAX) {
    return tooLong(name, `${count.toLocaleString("en")} instructions`, INSTRUCTIONS_MAX);
  }
  return ok({ name, input: input.value, source });
}

/** Loads a file of any form. */
export function loadBytes(name: string, bytes: Uint8Array): Result<Loaded, Trouble> {
  const { length } = bytes;
  if (length > FILE_BYTES_MAX) {
    return tooLong(name, `${length.toLocaleString("en")} bytes`, FILE_BYTES_MAX);
  }
  const input = readInput(name, bytes);
  const isSource = input.ok && input.value.form === "source";
  return checked(name, input, isSource ? new TextDecoder().decode(bytes) : undefined);
}

/** Loads a source text. */
export function loadSource(name: string, source: string): Result<Loaded, Trouble> {
  const { length } = source;
  if (length > SOURCE_LENGTH_MAX) {
    return tooLong(name, `${length.toLocaleString("en")} characters`, SOURCE_LENGTH_MAX);
  }
  return checked(name, readSource(name, source), source);
}
