/**
 * Reading what a command is given: a program in any of its forms, told apart by what it holds.
 *
 * @module
 */

import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { assemble, readProgram } from "../pvm/mod.ts";
import type { Code, StandardProgram } from "../pvm/mod.ts";
import type { Io } from "./io.ts";
import { malformed, type Problem, unreadable } from "./problem.ts";
import { looksLikeVector, readVector } from "./vector.ts";
import type { Vector } from "./vector.ts";

/** A program, out of a file of any form. */
export type Input =
  | {
    /** A program with the memory that it starts with. */
    readonly kind: "standard";
    readonly form: "source" | "standard program" | "standard program with metadata";
    readonly code: Code;
    readonly program: StandardProgram;
  }
  | {
    /** Code alone. */
    readonly kind: "blob";
    readonly form: "program blob";
    readonly code: Code;
  }
  | {
    /** A test case: code with memory, registers and gas. */
    readonly kind: "vector";
    readonly form: "vector";
    readonly code: Code;
    readonly vector: Vector;
  };

/** The text of some bytes; nothing when they are none. A program file is no text: it holds zeros. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Assembles a source; every mistake is told with its place. */
export function readSource(path: string, source: string): Result<Input, Problem> {
  const assembled = assemble(source);
  if (assembled.ok) return ok({ kind: "standard", form: "source", ...assembled.value });
  const lines = assembled.error.map((mistake) =>
    mistake.kind === "assembly-error"
      ? `${path}:${mistake.line}:${mistake.column}: ${mistake.message}`
      : `${path}: expected ${mistake.expected}`
  );
  return malformed(lines.join("\n"));
}

function readCase(path: string, text: string): Result<Input, Problem> {
  const vector = readVector(text);
  if (!vector.ok) return malformed(`${path}: no vector: ${vector.error.detail}`);
  const file = readProgram(vector.value.program);
  return file.ok && file.value.kind === "blob"
    ? ok({ kind: "vector", form: "vector", code: file.value.code, vector: vector.value })
    : malformed(`${path}: the program of the vector is malformed`);
}

function readBinary(path: string, bytes: Uint8Array): Result<Input, Problem> {
  const file = readProgram(bytes);
  if (file.ok) {
    const { value } = file;
    if (value.kind === "blob") return ok({ ...value, form: "program blob" });
    const form = value.kind === "jam" ? "standard program with metadata" : "standard program";
    return ok({ kind: "standard", form, code: value.code, program: value.program });
  }
  if (file.error.kind !== "unknown-program") return malformed(`${path}: no program`);
  const { standard, jam, blob } = file.error;
  const reasons = [
    ["standard program", standard],
    ["standard program with metadata", jam],
    ["program blob", blob],
  ] as const;
  const lines = reasons.map(([form, { field, offset, problem }]) =>
    `  no ${form}: ${field} at byte ${offset} is ${problem}`
  );
  return malformed([`${path}: no program`, ...lines].join("\n"));
}

/** Reads a program from bytes; `path` says what to call them, and its ending helps to tell them. */
export function readInput(path: string, bytes: Uint8Array): Result<Input, Problem> {
  const isSource = path.endsWith(".pvmasm");
  const isNamedBinary = /\.(?:pvm|jam|spi)$/.test(path);
  const text = isNamedBinary ? undefined : textOf(bytes);
  if (isSource) {
    return text === undefined ? malformed(`${path}: no UTF-8 text`) : readSource(path, text);
  }
  if (text !== undefined && (path.endsWith(".json") || looksLikeVector(text))) {
    return readCase(path, text);
  }
  const binary = readBinary(path, bytes);
  if (binary.ok || text === undefined || bytes.length === 0) return binary;
  return readSource(path, text);
}

/** Reads a program file. */
export function loadInput(path: string, io: Io): Result<Input, Problem> {
  const bytes = io.read(path);
  return bytes.ok ? readInput(path, bytes.value) : unreadable(path, bytes.error);
}
