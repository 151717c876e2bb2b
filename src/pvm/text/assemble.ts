/**
 * The assembler: from source text to a program.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { PAGE_SIZE } from "../../paged/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { blobBytes } from "../blob.ts";
import type { Code } from "../code.ts";
import { roundUp } from "../initial_state.ts";
import type { StandardProgram } from "../standard_program.ts";
import { isWhole } from "../whole.ts";
import { Cursor } from "./cursor.ts";
import { runDirective } from "./directives.ts";
import { Draft } from "./draft.ts";
import { emitCode, emitLate } from "./emit.ts";
import type { AssemblyError } from "./error.ts";
import { layOutItems } from "./layout.ts";
import type { Resolver } from "./resolver.ts";
import { parseLine } from "./statement.ts";
import type { Statement } from "./statement.ts";
import { tokenize } from "./token.ts";

/** The longest source, in UTF-16 units, unless the caller says otherwise: it may need 2 GiB. */
const SOURCE_LENGTH_DEFAULT = 2 ** 23;
/** The most that a caller can say. */
const SOURCE_LENGTH_MAX = 2 ** 27;
/** The most pages of heap behind the data. */
const HEAP_PAGES_MAX = 65_535;

/** What can be said about assembling. */
export interface AssemblyOptions {
  /** The longest source, 0 to 2^27 UTF-16 units; 2^23 when left out. A unit may need 256 bytes. */
  readonly sourceLengthMax?: number | undefined;
}

/** What the assembler makes of a source. */
export interface AssembledProgram {
  /** The code with its jump table. */
  readonly code: Code;
  /** The standard program: that code with its data, heap and stack. */
  readonly program: StandardProgram;
  /** What each name of the source stands for: a code offset, an address, or a constant. */
  readonly symbols: ReadonlyMap<string, bigint>;
}

function runStatement(draft: Draft, statement: Statement): void {
  switch (statement.kind) {
    case "label":
      return draft.define(statement.name, statement.column, {
        kind: "label",
        section: draft.section,
        at: draft.length,
      });
    case "directive":
      return runDirective(draft, statement);
    case "instruction": {
      for (const value of Object.values(statement.values)) draft.note(value.expression);
      if (draft.section === "code") {
        draft.items.push({ kind: "instruction", line: draft.line, written: statement, x: 0, y: 0 });
        return;
      }
      const message = "an instruction can stand only in the section .code";
      draft.fail(statement.column, { problem: "wrong-section", message });
    }
  }
}

function readLine(draft: Draft, line: string): void {
  const tokens = tokenize(line);
  if (!tokens.ok) return draft.fail(tokens.error.column, tokens.error);
  const cursor = new Cursor(tokens.value);
  const statements = parseLine(cursor);
  if (cursor.mistake !== undefined) draft.fail(cursor.mistake.column, cursor.mistake);
  for (const statement of statements) runStatement(draft, statement);
}

/** Reads the lines of a source, until there are too many errors. */
function read(source: string): Draft {
  const draft = new Draft();
  for (let from = 0; from <= source.length && !draft.errors.isFull; draft.line++) {
    const newline = source.indexOf("\n", from);
    const end = newline < 0 ? source.length : newline;
    readLine(draft, source.slice(from, source[end - 1] === "\r" && end > from ? end - 1 : end));
    from = end + 1;
  }
  return draft;
}

/** How many pages of heap there are behind those that the data fills. */
function heapPages(draft: Draft): number {
  const pages = roundUp(draft.bssBytes + draft.heapBytes, PAGE_SIZE) / PAGE_SIZE;
  if (pages > HEAP_PAGES_MAX) {
    draft.fail(1, { problem: "too-large", message: "more than 65,535 pages of heap" });
  }
  return pages;
}

function symbolsOf(draft: Draft, resolver: Resolver): ReadonlyMap<string, bigint> {
  const symbols = new Map<string, bigint>();
  for (const name of draft.definitions.keys()) {
    const value = resolver.valueOf(name);
    if (value.ok) symbols.set(name, value.value);
  }
  return symbols;
}

/** The longest source that is taken; nothing for options that are none. */
function lengthMaxOf(options: unknown): number | undefined {
  if (options === undefined) return SOURCE_LENGTH_DEFAULT;
  if (typeof options !== "object" || options === null) return undefined;
  try {
    const given: unknown = Reflect.get(options, "sourceLengthMax");
    if (given === undefined) return SOURCE_LENGTH_DEFAULT;
    return isWhole(given, 0, SOURCE_LENGTH_MAX) ? given : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Assembles a source text.
 *
 * @param source The text; `docs/assembly.md` has its grammar.
 * @param options How long it may be.
 * @returns The program. Faults: up to 100 `assembly-error`s by ascending place, or one
 * `invalid-argument`.
 *
 * @example A sum
 * ```ts
 * import { assemble } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const program = assemble("add_64 r9, r7, r8 ; r9 := r7 + r8");
 * assert(program.ok);
 * assertEquals(program.value.code.bytes, Uint8Array.of(0xc8, 0x87, 0x09));
 * ```
 */
export function assemble(
  source: string,
  options?: AssemblyOptions,
): Result<AssembledProgram, readonly (AssemblyError | InvalidArgument)[]> {
  const lengthMax = lengthMaxOf(options);
  if (lengthMax === undefined) {
    return err([invalidArgument("options", "a length of up to 2^27", options).error]);
  }
  if (typeof source !== "string" || source.length > lengthMax) {
    return err([
      invalidArgument("source", `a text of up to ${lengthMax} UTF-16 units`, source).error,
    ]);
  }
  const draft = read(source);
  if (draft.errors.isFull) return err(draft.errors.sorted());
  const resolver = layOutItems(draft);
  const code = emitCode(draft, resolver);
  emitLate(draft, resolver);
  const pages = heapPages(draft);
  const errors = draft.errors.sorted();
  if (errors.length > 0) return err(errors);
  return ok({
    code,
    program: {
      readOnlyData: draft.rodata.bytes,
      readWriteData: draft.data.bytes,
      heapPages: pages,
      stackBytes: draft.stackBytes,
      blob: blobBytes(code),
    },
    symbols: symbolsOf(draft, resolver),
  });
}
