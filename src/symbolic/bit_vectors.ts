/**
 * Terms as bit-vectors: each integer as a word of just the bits that its interval takes, or of fewer
 * where only its low bits count.
 *
 * @module
 */

import { constant, divide, type IntTerm, known, modulo, widthOf } from "./term.ts";
import { Writer } from "./writer.ts";

/** Operations of which the low bits depend on the low bits of the parts alone. */
const RING: Readonly<Record<string, string>> = {
  add: "bvadd",
  subtract: "bvsub",
  multiply: "bvmul",
  and: "bvand",
  or: "bvor",
  xor: "bvxor",
};

/** A word of so many bits. */
function word(value: bigint, bits: number): string {
  return `#b${BigInt.asUintN(bits, value).toString(2).padStart(bits, "0")}`;
}

function sortFor(bits: number): string {
  return `(_ BitVec ${bits})`;
}

/** The exponent of a power of two. */
function exponentOf(value: bigint | undefined): number | undefined {
  if (value === undefined || value <= 0n || (value & (value - 1n)) !== 0n) return undefined;
  return value.toString(2).length - 1;
}

/** A product or a quotient of which only the interval is known. */
interface Unknown {
  readonly op: string;
  readonly a: IntTerm;
  readonly b: IntTerm;
  readonly name: string;
  readonly own: number;
}

/** Writes terms as bit-vectors. */
export class BitVectorWriter extends Writer {
  readonly logic = "QF_BV";
  protected readonly lessOrEqual = "bvsle";
  readonly #words: Map<IntTerm, Map<number, string>> = new Map();
  /** Whether a product or a quotient is any word of its interval, the same wherever it is written. */
  readonly #opaque: boolean;
  readonly #products: Map<string, string> = new Map();
  /** The same, with what they are of: equal operands give equal words. */
  readonly #unknowns: Unknown[] = [];

  constructor(lenient = false, opaque = false) {
    super(lenient);
    this.#opaque = opaque;
  }

  /** Any word of an interval, the same one for the same operation on the same words. */
  #unknown(op: string, term: IntTerm, a: IntTerm, b: IntTerm): string {
    const own = widthOf(term);
    const parts = [this.integer(a, widthOf(a)), this.integer(b, widthOf(b))];
    const key = [op, ...(op === "multiply" ? parts.sort() : parts)].join(" ");
    const found = this.#products.get(key);
    if (found !== undefined) return found;
    const name = `p${this.#products.size}`;
    this.#products.set(key, name);
    this.lines.push(
      `(declare-const ${name} ${sortFor(own)})`,
      `(assert (bvsle ${word(term.min, own)} ${name}))`,
      `(assert (bvsle ${name} ${word(term.max, own)}))`,
    );
    for (const other of this.#unknowns.filter((earlier) => earlier.op === op)) {
      const same = `(and ${this.compare("equal", a, other.a)} ${
        this.compare("equal", b, other.b)
      })`;
      const bits = Math.max(own, other.own);
      const sides = [this.#fitted(name, bits, own), this.#fitted(other.name, bits, other.own)];
      this.lines.push(`(assert (=> ${same} (= ${sides.join(" ")})))`);
    }
    this.#unknowns.push({ op, a, b, name, own });
    return name;
  }

  protected sortOf(term: IntTerm): string {
    return sortFor(widthOf(term));
  }

  protected literal(value: bigint, like: IntTerm): string {
    return word(value, widthOf(like));
  }

  protected compare(op: "equal" | "less", left: IntTerm, right: IntTerm): string {
    const bits = Math.max(widthOf(left), widthOf(right));
    const sides = `${this.integer(left, bits)} ${this.integer(right, bits)}`;
    return op === "equal" ? `(= ${sides})` : `(bvslt ${sides})`;
  }

  /** The low `bits` bits of an integer. */
  integer(term: IntTerm, bits: number): string {
    const words = this.#words.get(term) ?? new Map<number, string>();
    this.#words.set(term, words);
    const found = words.get(bits);
    if (found !== undefined) return found;
    const own = widthOf(term);
    const text = bits > own ? this.#extended(term, bits, own) : this.#text(term, bits, own);
    words.set(bits, text);
    return text;
  }

  #extended(term: IntTerm, bits: number, own: number): string {
    const value = known(term);
    if (value !== undefined) return word(value, bits);
    const inner = this.integer(term, own);
    return this.named(sortFor(bits), `((_ sign_extend ${bits - own}) ${inner})`);
  }

  /** The low bits of a word of `own` bits. */
  #low(whole: string, bits: number, own: number): string {
    if (bits === own) return whole;
    return this.named(sortFor(bits), `((_ extract ${bits - 1} 0) ${whole})`);
  }

  /** A word of `own` bits with more or fewer of them. */
  #fitted(whole: string, bits: number, own: number): string {
    if (bits <= own) return this.#low(whole, bits, own);
    return this.named(sortFor(bits), `((_ sign_extend ${bits - own}) ${whole})`);
  }

  #text(term: IntTerm, bits: number, own: number): string {
    const { op, parts, test, value } = term;
    const [a = constant(0), b = constant(0)] = parts;
    const ring = RING[op];
    if (op === "constant") return word(value, bits);
    if (op === "input") return this.#low(this.declare(term), bits, own);
    if (op === "choose" && test !== undefined) {
      const sides = `${this.integer(a, bits)} ${this.integer(b, bits)}`;
      return this.named(sortFor(bits), `(ite ${this.truth(test)} ${sides})`);
    }
    if (op === "multiply" && this.#opaque && known(a) === undefined && known(b) === undefined) {
      return this.#low(this.#unknown(op, term, a, b), bits, own);
    }
    if (ring !== undefined) {
      const sides = `${this.integer(a, bits)} ${this.integer(b, bits)}`;
      return this.named(sortFor(bits), `(${ring} ${sides})`);
    }
    switch (op) {
      case "unsigned":
      case "signed":
        return this.#wrapped(a, op, Number(value), bits, own);
      case "shiftLeft":
        return this.#shifted(a, b, "bvshl", bits, bits);
      case "shiftRight":
        return this.#shifted(a, b, "bvashr", bits, widthOf(a));
      case "divide":
      case "modulo":
        return this.#quotient(op, a, b, bits);
      default:
        return this.#rounded(term, a, bits, own);
    }
  }

  #wrapped(of: IntTerm, op: string, kept: number, bits: number, own: number): string {
    if (bits <= kept) return this.integer(of, bits);
    const inner = this.integer(of, kept);
    const extend = op === "signed" ? "sign_extend" : "zero_extend";
    const whole = this.named(sortFor(own), `((_ ${extend} ${own - kept}) ${inner})`);
    return this.#low(whole, bits, own);
  }

  #shifted(of: IntTerm, count: IntTerm, op: string, bits: number, least: number): string {
    const room = Math.max(bits, least, widthOf(count));
    const sides = `${this.integer(of, room)} ${this.integer(count, room)}`;
    return this.#low(this.named(sortFor(room), `(${op} ${sides})`), bits, room);
  }

  #quotient(op: "divide" | "modulo", of: IntTerm, by: IntTerm, bits: number): string {
    const exponent = exponentOf(known(by));
    if (exponent !== undefined) return this.#byPower(op, of, exponent, bits);
    if (this.#opaque && known(by) === undefined) {
      const whole = op === "divide" ? divide(of, by) : modulo(of, by);
      return this.#fitted(this.#unknown(op, whole, of, by), bits, widthOf(whole));
    }
    const room = Math.max(widthOf(of), widthOf(by), bits);
    const [a, b] = [this.integer(of, room), this.integer(by, room)];
    // Rounded down: for a dividend below 0, of its complement, which is from 0 on.
    const negative = `(bvslt ${a} ${word(0n, room)})`;
    const magnitude = of.min >= 0n
      ? a
      : this.named(sortFor(room), `(ite ${negative} (bvnot ${a}) ${a})`);
    const unsigned = this.named(sortFor(room), `(bvudiv ${magnitude} ${b})`);
    const quotient = of.min >= 0n
      ? unsigned
      : this.named(sortFor(room), `(ite ${negative} (bvnot ${unsigned}) ${unsigned})`);
    if (op === "divide") return this.#low(quotient, bits, room);
    const rest = of.min >= 0n ? `(bvurem ${a} ${b})` : `(bvsub ${a} (bvmul ${quotient} ${b}))`;
    return this.#low(this.named(sortFor(room), rest), bits, room);
  }

  #byPower(op: "divide" | "modulo", of: IntTerm, exponent: number, bits: number): string {
    if (op === "modulo") {
      return this.#wrapped(of, "unsigned", exponent, bits, Math.max(bits, exponent + 1));
    }
    const room = Math.max(widthOf(of), bits + exponent);
    const whole = this.integer(of, room);
    return this.named(
      sortFor(bits),
      `((_ extract ${exponent + bits - 1} ${exponent}) ${whole})`,
    );
  }

  /** A float near an integer: off by no more than half of the last bit, and not below 2^53. */
  #rounded(term: IntTerm, of: IntTerm, bits: number, own: number): string {
    const slack = this.lenient ? 0n : term.max - of.max;
    const room = own + 1;
    const known = this.named(sortFor(room), this.integer(of, room));
    const name = `e${this.lines.length}`;
    const limit = word(1n << 53n, room);
    this.lines.push(
      `(declare-const ${name} ${sortFor(room)})`,
      `(assert (bvsle ${word(-slack, room)} ${name}))`,
      `(assert (bvsle ${name} ${word(slack, room)}))`,
      `(assert (=> (and (bvsle ${known} ${limit}) (bvsle (bvneg ${limit}) ${known}))` +
        ` (= ${name} ${word(0n, room)})))`,
    );
    const rounded = this.named(sortFor(room), `(bvadd ${known} ${name})`);
    this.lines.push(
      `(assert (=> (bvsle ${limit} ${known}) (bvsle ${limit} ${rounded})))`,
      `(assert (=> (bvsle ${known} (bvneg ${limit})) (bvsle ${rounded} (bvneg ${limit}))))`,
    );
    return this.#low(rounded, bits, room);
  }
}
