/**
 * A program while its source is read: sections, names, and what is left to resolve.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { DataSection } from "./data_section.ts";
import { ErrorList } from "./error.ts";
import type { Mistake } from "./error.ts";
import { entriesOf, evaluate } from "./expression.ts";
import type { Expression, Names } from "./expression.ts";
import type { WrittenInstruction } from "./statement.ts";

/** Where statements put things. */
export type Section = "code" | "rodata" | "data" | "bss";

/** What a name stands for; a label in the code by the number of items before it. */
export type Definition =
  | { readonly kind: "constant"; readonly value: bigint }
  | { readonly kind: "derived" }
  | { readonly kind: "label"; readonly section: Section; readonly at: number };

/** A constant that depends on labels, to be evaluated once these have places. */
export interface Derived {
  readonly name: string;
  readonly expression: Expression;
  readonly line: number;
}

/** An instruction in the code, and how many bytes its values take so far. */
export interface InstructionItem {
  readonly kind: "instruction";
  readonly line: number;
  readonly written: WrittenInstruction;
  x: number;
  y: number;
}

/** Bytes in the code as they are, the first of them an opcode or none; literal ones are known. */
export interface BytesItem {
  readonly kind: "bytes";
  readonly line: number;
  readonly isStart: boolean;
  readonly bytes: Uint8Array | readonly Expression[];
}

/** Entries of the jump table, all the same. */
export interface TableRun {
  readonly line: number;
  readonly expression: Expression;
  readonly count: number;
}

/** The most bytes of a section that is stored in the program. */
const STORED_BYTES_MAX = 2 ** 24 - 1;
/** The most bytes of zeros behind the data: 65,535 pages. */
const BSS_BYTES_MAX = 65_535 * 4096;
/** The stack when the source does not say. */
const STACK_BYTES_DEFAULT = 65_536;

function unknown(message: string): Result<never, Mistake> {
  return err({ problem: "not-constant", message });
}

/** Everything that reading a source gathers. */
export class Draft {
  readonly errors: ErrorList = new ErrorList();
  readonly definitions: Map<string, Definition> = new Map();
  readonly derived: Derived[] = [];
  readonly items: (InstructionItem | BytesItem)[] = [];
  readonly table: TableRun[] = [];
  /** The labels whose jump table address is asked for, in that order. */
  readonly entries: Set<string> = new Set();
  readonly rodata: DataSection = new DataSection(STORED_BYTES_MAX);
  readonly data: DataSection = new DataSection(STORED_BYTES_MAX);
  bssBytes = 0;
  tableCount = 0;
  tableWidth: number | undefined = undefined;
  stackBytes: number = STACK_BYTES_DEFAULT;
  heapBytes = 0;
  section: Section = "code";
  line = 1;

  /** Notes an error on the line that is read. */
  fail(column: number, mistake: Mistake): void {
    this.errors.add({ line: this.line, column }, mistake);
  }

  /** Gives a name its meaning; a name has only one. */
  define(name: string, column: number, definition: Definition): void {
    if (this.definitions.has(name)) {
      this.fail(column, { problem: "duplicate-name", message: `"${name}" is defined twice` });
    } else {
      this.definitions.set(name, definition);
    }
  }

  /** Notes the jump table entries that an expression needs. */
  note(expression: Expression): void {
    for (const name of entriesOf(expression)) this.entries.add(name);
  }

  /** How many bytes, or in the code items, the section has so far. */
  get length(): number {
    switch (this.section) {
      case "code":
        return this.items.length;
      case "bss":
        return this.bssBytes;
      default:
        return this[this.section].length;
    }
  }

  /** Appends zeros to the section, or bytes `fill`; tells whether they fit. */
  fill(count: number, fill: number): boolean {
    if (this.section === "rodata" || this.section === "data") {
      return this[this.section].fill(count, fill);
    }
    if (count > BSS_BYTES_MAX - this.bssBytes) return false;
    this.bssBytes += count;
    return true;
  }

  /** The names that are known while the source is read: constants alone. */
  get constants(): Names {
    return {
      valueOf: (name) => {
        const definition = this.definitions.get(name);
        return definition?.kind === "constant"
          ? ok(definition.value)
          : unknown(`"${name}" is not a constant that is known here`);
      },
      entryOf: () => unknown("the jump table is not known here"),
    };
  }

  /** The value of an expression of constants from `min` to `max`; nothing when it has none. */
  constant(expression: Expression, min: number, max: number): number | undefined {
    const value = evaluate(expression, this.constants);
    if (!value.ok) {
      this.fail(value.error.column, value.error);
      return undefined;
    }
    if (value.value >= BigInt(min) && value.value <= BigInt(max)) return Number(value.value);
    const message = `expected a value from ${min} to ${max}`;
    this.fail(expression.column, { problem: "out-of-range", message });
    return undefined;
  }
}
