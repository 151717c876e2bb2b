/**
 * The value of a term for given inputs: exact, and without the solver.
 *
 * @module
 */

import { isIntTerm, isTruth } from "./node.ts";
import { floorOf, type IntTerm, restOf, type Truth } from "./term.ts";

/** The values of the inputs, by name; an input that is not named is 0. */
export type Assignment = Readonly<Record<string, bigint>>;

/** The bigints of a record, by name; none of what cannot be read. */
function bigintsOf(inputs: Assignment): ReadonlyMap<string, bigint> {
  try {
    return new Map(Object.entries(inputs).filter(([, value]) => typeof value === "bigint"));
  } catch {
    return new Map();
  }
}

/** Evaluates terms for one assignment, each part once. */
export class Evaluation {
  readonly #inputs: ReadonlyMap<string, bigint>;
  readonly #integers: Map<IntTerm, bigint> = new Map();
  readonly #truths: Map<Truth, boolean> = new Map();

  /** Evaluates for these values of the inputs. */
  constructor(inputs: Assignment) {
    this.#inputs = bigintsOf(inputs);
  }

  /** The value of an integer; 0 of what is none. */
  integer(term: IntTerm): bigint {
    if (!isIntTerm(term)) return 0n;
    const found = this.#integers.get(term);
    if (found !== undefined) return found;
    const value = this.#apply(term);
    this.#integers.set(term, value);
    return value;
  }

  /** Whether a truth holds; what is none does not. */
  truth(term: Truth): boolean {
    if (!isTruth(term)) return false;
    const found = this.#truths.get(term);
    if (found !== undefined) return found;
    const value = this.#holds(term);
    this.#truths.set(term, value);
    return value;
  }

  #part(term: IntTerm, place: number): bigint {
    const part = term.parts[place];
    return part === undefined ? 0n : this.integer(part);
  }

  #apply(term: IntTerm): bigint {
    const { op, test, value, name } = term;
    if (op === "constant") return value;
    if (op === "input") return this.#inputs.get(name) ?? 0n;
    if (op === "choose") return this.#part(term, test !== undefined && this.truth(test) ? 0 : 1);
    const [a, b] = [this.#part(term, 0), this.#part(term, 1)];
    switch (op) {
      case "add":
        return a + b;
      case "subtract":
        return a - b;
      case "multiply":
        return a * b;
      case "divide":
        return b > 0n ? floorOf(a, b) : 0n;
      case "modulo":
        return b > 0n ? restOf(a, b) : 0n;
      case "unsigned":
        return BigInt.asUintN(Number(value), a);
      case "signed":
        return BigInt.asIntN(Number(value), a);
      case "and":
        return a & b;
      case "or":
        return a | b;
      case "xor":
        return a ^ b;
      case "shiftLeft":
        return a << b;
      case "shiftRight":
        return a >> b;
      case "round":
        return BigInt(Number(a));
    }
  }

  #holds({ op, parts, truths, value }: Truth): boolean {
    const [a, b] = parts.map((part) => this.integer(part));
    switch (op) {
      case "constant":
        return value;
      case "not":
        return !truths.every((part) => this.truth(part));
      case "and":
        return truths.every((part) => this.truth(part));
      case "or":
        return truths.some((part) => this.truth(part));
      case "equal":
        return a === b;
      case "less":
        return a !== undefined && b !== undefined && a < b;
      case "choose": {
        const [test, yes, no] = truths;
        const chosen = test !== undefined && this.truth(test) ? yes : no;
        return chosen !== undefined && this.truth(chosen);
      }
    }
  }
}
