/**
 * Terms as the solver's own integers: for claims about products and quotients, where words of bits
 * are too hard and the parts of the sums count.
 *
 * A product of two terms is any integer of its interval, the same one wherever the same product is
 * written; a quotient and a remainder are any integers that fit each other. What holds for all of them
 * holds for the true ones; what fails has to be looked at again.
 *
 * @module
 */

import { constant, divide, type IntTerm, known, modulo, multiply } from "./term.ts";
import { Writer } from "./writer.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  add: "+",
  subtract: "-",
};

function numeral(value: bigint): string {
  return value < 0n ? `(- ${-value})` : String(value);
}

/** Writes terms as integers. */
export class IntegerWriter extends Writer {
  readonly logic = "ALL";
  protected readonly lessOrEqual = "<=";
  readonly #texts: Map<IntTerm, string> = new Map();
  /** What only intervals are known of. */
  readonly #unknowns: Map<string, string> = new Map();

  protected sortOf(): string {
    return "Int";
  }

  protected literal(value: bigint): string {
    return numeral(value);
  }

  protected compare(op: "equal" | "less", left: IntTerm, right: IntTerm): string {
    return `(${op === "equal" ? "=" : "<"} ${this.integer(left)} ${this.integer(right)})`;
  }

  /** An integer. */
  integer(term: IntTerm): string {
    const found = this.#texts.get(term);
    if (found !== undefined) return found;
    const text = this.#text(term);
    this.#texts.set(term, text);
    return text;
  }

  #text(term: IntTerm): string {
    const { op, parts, test, value } = term;
    const [a = constant(0), b = constant(0)] = parts;
    if (op === "constant") return numeral(value);
    if (op === "input") return this.declare(term);
    const left = this.integer(a);
    if (op === "choose" && test !== undefined) {
      return this.named("Int", `(ite ${this.truth(test)} ${left} ${this.integer(b)})`);
    }
    const operation = OPERATIONS[op];
    if (operation !== undefined) {
      return this.named("Int", `(${operation} ${left} ${this.integer(b)})`);
    }
    switch (op) {
      case "multiply":
        return this.#product(term, left, this.integer(b));
      case "divide":
      case "modulo":
        return this.#quotient(op, left, a, b);
      case "shiftRight":
      case "shiftLeft":
        return this.#shifted(op, left, a, b);
      case "unsigned":
        return this.named("Int", `(mod ${left} ${1n << value})`);
      case "signed": {
        const half = 1n << (value - 1n);
        return this.named("Int", `(- (mod (+ ${left} ${half}) ${2n * half}) ${half})`);
      }
      case "round":
        return this.#rounded(term, a, left);
      case "and":
        return this.#masked(a, b);
      default:
        this.problem ??= `${op} cannot be written with integers`;
        return "0";
    }
  }

  /** A name for an integer of which only the interval is known. */
  #some(sort: string, key: string, min: bigint, max: bigint): string {
    const found = this.#unknowns.get(`${sort} ${key}`);
    if (found !== undefined) return found;
    const name = `${sort}${this.#unknowns.size}`;
    this.#unknowns.set(`${sort} ${key}`, name);
    this.lines.push(
      `(declare-const ${name} Int)`,
      `(assert (and (<= ${numeral(min)} ${name}) (<= ${name} ${numeral(max)})))`,
    );
    return name;
  }

  #product({ parts, min, max }: IntTerm, left: string, right: string): string {
    if (parts.some((part) => known(part) !== undefined)) {
      return this.named("Int", `(* ${left} ${right})`);
    }
    return this.#some("p", [left, right].sort().join(" "), min, max);
  }

  #quotient(op: "divide" | "modulo", left: string, a: IntTerm, b: IntTerm): string {
    const [quotient, rest] = [divide(a, b), modulo(a, b)];
    const divisor = this.integer(b);
    if (known(b) !== undefined) {
      return this.named("Int", `(${op === "divide" ? "div" : "mod"} ${left} ${divisor})`);
    }
    const key = `${left} ${divisor}`;
    const isNew = !this.#unknowns.has(`q ${key}`);
    const q = this.#some("q", key, quotient.min, quotient.max);
    const r = this.#some("r", key, rest.min, rest.max);
    if (isNew) {
      const product = this.#product(multiply(quotient, b), q, divisor);
      const fits = `(and (= ${left} (+ ${product} ${r})) (<= 0 ${r}) (< ${r} ${divisor}))`;
      // A dividend below so many times the divisor: the solver cannot tell from the product alone.
      const half = 1n << 32n;
      this.lines.push(
        `(assert (=> (< 0 ${divisor}) ${fits}))`,
        `(assert (=> (and (< 0 ${divisor}) (< ${left} (* ${half} ${divisor}))) (< ${q} ${half})))`,
        `(assert (=> (and (< 0 ${divisor}) (<= 0 ${left})) (<= 0 ${q})))`,
      );
    }
    return op === "divide" ? q : r;
  }

  /** A shift by each count that there can be. */
  #shifted(op: "shiftLeft" | "shiftRight", left: string, a: IntTerm, count: IntTerm): string {
    const by = this.integer(count);
    let text = "";
    for (let n = count.max; n >= count.min; n--) {
      const shifted = `(${op === "shiftLeft" ? "*" : "div"} ${left} ${1n << n})`;
      text = text === "" ? shifted : `(ite (= ${by} ${n}) ${shifted} ${text})`;
    }
    return a.op === "constant" && text === "" ? left : this.named("Int", text);
  }

  /** The bits of a mask of low bits. */
  #masked(a: IntTerm, b: IntTerm): string {
    const [of, mask] = known(a) === undefined ? [a, known(b)] : [b, known(a)];
    if (mask !== undefined && mask >= 0n && (mask & (mask + 1n)) === 0n) {
      return this.named("Int", `(mod ${this.integer(of)} ${mask + 1n})`);
    }
    this.problem ??= "a bitwise operation cannot be written with integers";
    return "0";
  }

  /** A float near an integer: off by no more than half of the last bit, and not below 2^53. */
  #rounded(term: IntTerm, of: IntTerm, exact: string): string {
    const slack = this.lenient ? 0n : term.max - of.max;
    const name = `e${this.lines.length}`;
    this.lines.push(
      `(declare-const ${name} Int)`,
      `(assert (and (<= (- ${slack}) ${name}) (<= ${name} ${slack})))`,
      `(assert (=> (and (<= ${exact} ${1n << 53n}) (<= (- ${1n << 53n}) ${exact})) (= ${name} 0)))`,
    );
    const rounded = this.named("Int", `(+ ${exact} ${name})`);
    this.lines.push(
      `(assert (=> (<= ${1n << 53n} ${exact}) (<= ${1n << 53n} ${rounded})))`,
      `(assert (=> (<= ${exact} (- ${1n << 53n})) (<= ${rounded} (- ${1n << 53n}))))`,
    );
    return rounded;
  }
}
