/**
 * Terms as SMT-LIB text: what both ways of writing integers have in common.
 *
 * @module
 */

import type { IntTerm, Truth } from "./term.ts";

/** The text of a query, as far as it has been written. */
export abstract class Writer {
  /** Declarations and definitions, in order. */
  readonly lines: string[] = [];
  /** The inputs that were met. */
  readonly inputs: Map<string, IntTerm> = new Map();
  /** Whether rounding is left out: what is satisfied that way has to be looked at again. */
  readonly lenient: boolean;
  /** Why the terms cannot be written this way, if so. */
  problem: string | undefined;
  readonly #names: Map<string, string> = new Map();
  readonly #truths: Map<Truth, string> = new Map();

  constructor(lenient = false) {
    this.lenient = lenient;
  }

  /** The logic that the text is in. */
  abstract readonly logic: string;
  /** The sort of an input. */
  protected abstract sortOf(term: IntTerm): string;
  /** A constant, as an input of that interval would be written. */
  protected abstract literal(value: bigint, like: IntTerm): string;
  /** The comparison of two integers. */
  protected abstract compare(op: "equal" | "less", left: IntTerm, right: IntTerm): string;

  /** A name for a text, the same one for the same text. */
  protected named(sort: string, text: string): string {
    const found = this.#names.get(text);
    if (found !== undefined) return found;
    const name = `t${this.#names.size}`;
    this.#names.set(text, name);
    this.lines.push(`(define-fun ${name} () ${sort} ${text})`);
    return name;
  }

  /** Declares an input, once, with the ends of its interval. */
  protected declare(term: IntTerm): string {
    const name = `|${term.name}|`;
    if (this.inputs.has(term.name)) return name;
    this.inputs.set(term.name, term);
    this.lines.push(`(declare-const ${name} ${this.sortOf(term)})`);
    for (const [low, high] of this.bounds(name, term)) {
      this.lines.push(`(assert (${this.lessOrEqual} ${low} ${high}))`);
    }
    return name;
  }

  /** What is at most what, that a declared name lies in its interval. */
  protected bounds(name: string, term: IntTerm): readonly (readonly [string, string])[] {
    return [[this.literal(term.min, term), name], [name, this.literal(term.max, term)]];
  }

  /** How this text says "at most". */
  protected abstract readonly lessOrEqual: string;

  /** A truth, as the name of its definition. */
  truth(term: Truth): string {
    const found = this.#truths.get(term);
    if (found !== undefined) return found;
    const text = this.#truthText(term);
    this.#truths.set(term, text);
    return text;
  }

  #truthText({ op, parts, truths, value }: Truth): string {
    if (op === "constant") return String(value);
    const [left, right] = parts;
    if ((op === "equal" || op === "less") && left !== undefined && right !== undefined) {
      return this.named("Bool", this.compare(op, left, right));
    }
    const word = op === "choose" ? "ite" : op;
    return this.named("Bool", `(${word} ${truths.map((part) => this.truth(part)).join(" ")})`);
  }
}
