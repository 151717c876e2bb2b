/**
 * What is wrong with a source text, and where.
 *
 * @module
 */

import { asUsize } from "../../int/mod.ts";
import type { Usize } from "../../int/mod.ts";

/** The kinds of mistakes in a source text. */
export type AssemblyProblem =
  | "syntax"
  | "unknown-mnemonic"
  | "unknown-directive"
  | "unknown-name"
  | "duplicate-name"
  | "wrong-section"
  | "not-constant"
  | "out-of-range"
  | "too-large";

/** A mistake in a source text. */
export interface AssemblyError {
  /** Tells this error from the others. */
  readonly kind: "assembly-error";
  /** What sort of mistake it is. */
  readonly problem: AssemblyProblem;
  /** The line, from 1 on. */
  readonly line: Usize;
  /** The column, from 1 on, in UTF-16 units. */
  readonly column: Usize;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
}

/** A place in a source text, both from 1 on. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A mistake, before its line is known. */
export interface Mistake {
  readonly problem: AssemblyProblem;
  readonly message: string;
}

/** The most errors that one run tells. */
const ERRORS_MAX = 100;

/** The errors of a run, in the order of the source. */
export class ErrorList {
  readonly #errors: AssemblyError[] = [];

  /** Whether no more errors are taken. */
  get isFull(): boolean {
    return this.#errors.length >= ERRORS_MAX;
  }

  /** Notes an error. */
  add({ line, column }: Place, { problem, message }: Mistake): void {
    if (this.isFull) return;
    this.#errors.push({
      kind: "assembly-error",
      problem,
      line: asUsize(line),
      column: asUsize(column),
      message,
    });
  }

  /** The errors by ascending place. */
  sorted(): readonly AssemblyError[] {
    return this.#errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }
}
