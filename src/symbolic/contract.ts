/**
 * What claims and contracts see of a value, and what a contract can do in place of a function.
 *
 * @module
 */

import { arrayOf, CELLS_MAX, ELEMENTS, readElement } from "./arrays.ts";
import type { Module } from "./modules.ts";
import { isIntTerm, isTruth } from "./node.ts";
import { truncated } from "./numbers.ts";
import type { State } from "./state.ts";
import * as t from "./term.ts";
import type { Integer, IntTerm, Truth } from "./term.ts";
import { merge, number, UNDEFINED } from "./value.ts";
import type { Single, Value } from "./value.ts";

/** The value that a view is of. */
export let viewed: (view: View) => Value;

/** A value, seen by a claim. What it is asked for and is not makes the proof fail, and says why. */
export class View {
  readonly #value: Value;
  readonly #state: State;
  readonly #problems: string[];

  static {
    viewed = (view) => view.#value;
  }

  /** Made by the executor only. */
  constructor(value: Value, state: State, problems: string[]) {
    this.#value = value;
    this.#state = state;
    this.#problems = problems;
  }

  /** Whether it is a number or a bigint. */
  get isInteger(): Truth {
    return this.#is(({ kind }) => kind === "number" || kind === "bigint");
  }

  /** Whether it is undefined. */
  get isUndefined(): Truth {
    return this.#is((value) => value.kind === "constant" && value.value === undefined);
  }

  #options(): readonly { readonly when: Truth; readonly value: Single }[] {
    const value = this.#value;
    return value.kind === "choice" ? value.options : [{ when: t.TRUE, value }];
  }

  #is(test: (value: Single) => boolean): Truth {
    return t.or(...this.#options().filter(({ value }) => test(value)).map(({ when }) => when));
  }

  /** The integer that it is; where it is none, any: ask {@link isInteger} too. */
  get integer(): IntTerm {
    let term: IntTerm | undefined;
    for (const { when, value } of this.#options()) {
      if (value.kind === "bigint") term = t.choose(when, value.term, term ?? value.term);
      if (value.kind === "number") {
        if (value.scale > 0) this.#problems.push("a fraction where an integer is expected");
        const whole = truncated(value);
        term = t.choose(when, whole, term ?? whole);
      }
    }
    if (term === undefined) this.#problems.push("no integer where one is expected");
    return term ?? t.constant(0);
  }

  /** The boolean that it is; where it is none, any. */
  get truth(): Truth {
    let term: Truth | undefined;
    for (const { when, value } of this.#options()) {
      if (value.kind === "boolean") term = t.chooseTruth(when, value.term, term ?? value.term);
    }
    if (term === undefined) this.#problems.push("no boolean where one is expected");
    return term ?? t.FALSE;
  }

  /** Whether it is this string. */
  isText(text: string): Truth {
    return this.#is((value) => value.kind === "constant" && value.value === text);
  }

  /** A field of it; undefined where there is none. */
  field(name: string): View {
    return this.#each((value) => {
      if (value.kind === "record") return value.fields.get(name) ?? UNDEFINED;
      const binding = value.kind === "object" ? value.fields.get(name) : undefined;
      if (binding !== undefined) return this.#state.get(binding);
      return UNDEFINED;
    });
  }

  /** An element of it; undefined where there is none. */
  item(index: Integer): View {
    return this.#each((value) =>
      value.kind === "list" || value.kind === "array"
        ? readElement(this.#state, value, t.integer(index))
        : UNDEFINED
    );
  }

  /** The number of its elements. */
  get length(): IntTerm {
    const value = this.#value;
    if (value.kind === "array") return value.length;
    if (value.kind === "list") return t.constant(value.items.length);
    this.#problems.push("no array where one is expected");
    return t.constant(0);
  }

  #each(read: (value: Single) => Value): View {
    const value = this.#options().reduceRight<Value | undefined>(
      (rest, option) => {
        const part = read(option.value);
        return rest === undefined ? part : merge(option.when, part, rest);
      },
      undefined,
    );
    return new View(value ?? UNDEFINED, this.#state, this.#problems);
  }
}

/** What a contract can do. */
export interface ContractTools {
  /** An integer of which nothing is known but that it lies from `min` to `max`. */
  fresh(name: string, min: bigint, max: bigint): IntTerm;
  /** Takes for granted what the contract's own proof shows. */
  assume(truth: Truth): void;
  /** Demands what the contract's own proof takes for granted. */
  require(truth: Truth, what: string): void;
  /** Writes to an element of an argument. */
  write(array: View, index: Integer, value: Integer): void;
}

/** Stands for a function that has been proved: gives what it returns, as an {@link Argument}. */
export type Contract = (
  parameters: readonly View[],
  tools: ContractTools,
) => Argument;

/** A bigint argument: see {@link big}. */
export interface BigArgument {
  /** Tells it from other arguments. */
  readonly sort: "bigint";
  /** What it is, of any size. */
  readonly term: IntTerm;
}

/** A typed array argument: see {@link typedArray}. */
export interface ArrayArgument {
  /** Tells it from other arguments. */
  readonly sort: "array";
  /** `Int8Array` to `Uint32Array`, or `DataView` over bytes. */
  readonly type: string;
  /** What it holds. */
  readonly elements: readonly Integer[];
  /** How many of the elements there are: 0 to all of them. */
  readonly length: IntTerm;
}

/** An argument, or a result, that is a bigint. */
export function big(value: Integer): BigArgument {
  return { sort: "bigint", term: t.integer(value) };
}

/**
 * An argument that is a typed array.
 *
 * @param type `Int8Array` to `Uint32Array`, or `DataView` over bytes.
 * @param elements What it holds: 512 elements at most; for more, it is empty.
 * @param length How many of them there are, when that is not all.
 */
export function typedArray(
  type: string,
  elements: readonly Integer[],
  length?: Integer,
): ArrayArgument {
  const items = itemsOf(elements);
  return { sort: "array", type, elements: items, length: t.integer(length ?? items.length) };
}

/** The items of a list as terms; none of what is no list, or of one with too many. */
function itemsOf(list: readonly Integer[]): readonly IntTerm[] {
  const items: IntTerm[] = [];
  try {
    const count = Array.isArray(list) && list.length <= CELLS_MAX ? list.length : 0;
    for (let place = 0; place < count; place++) items.push(t.integer(list[place] ?? NaN));
    return items;
  } catch {
    return [];
  }
}

/** An argument of a function, or what it returns. */
export type Argument =
  | IntTerm
  | Truth
  | number
  | string
  | boolean
  | null
  | undefined
  | BigArgument
  | ArrayArgument
  | View
  | readonly Argument[]
  | { readonly [field: string]: Argument };

function isList(argument: Argument): argument is readonly Argument[] {
  return Array.isArray(argument);
}

/** The value that an argument stands for; nothing when it is no argument. */
export function valueOf(argument: Argument, module: Module): Value | undefined {
  switch (typeof argument) {
    case "number":
      return Number.isInteger(argument) ? number(t.constant(argument)) : undefined;
    case "boolean":
      return { kind: "boolean", term: t.truth(argument) };
    case "string":
    case "undefined":
      return { kind: "constant", value: argument };
    case "object":
      if (argument === null) return { kind: "constant", value: argument };
      if (argument instanceof View) return viewed(argument);
      return isList(argument) ? listOf(argument, module) : compoundOf(argument, module);
    default:
      return undefined;
  }
}

function listOf(items: readonly Argument[], module: Module): Value | undefined {
  const values: Value[] = [];
  for (const item of items) {
    const value = valueOf(item, module);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { kind: "list", items: values };
}

function compoundOf(
  argument: IntTerm | Truth | BigArgument | ArrayArgument | { readonly [field: string]: Argument },
  module: Module,
): Value | undefined {
  if (isIntTerm(argument)) return number(argument);
  if (isTruth(argument)) return { kind: "boolean", term: argument };
  if (isBig(argument)) return { kind: "bigint", term: argument.term };
  if (isArray(argument)) {
    const view = argument.type === "DataView";
    const element = ELEMENTS[view ? "Uint8Array" : argument.type];
    if (element === undefined) return undefined;
    return arrayOf(element, argument.elements.map(t.integer), argument.length, view);
  }
  const fields = new Map<string, Value>();
  for (const [name, part] of Object.entries(argument)) {
    const value = valueOf(part, module);
    if (value === undefined) return undefined;
    fields.set(name, value);
  }
  return { kind: "record", fields };
}

function isBig(argument: object): argument is BigArgument {
  return "sort" in argument && argument.sort === "bigint";
}

function isArray(argument: object): argument is ArrayArgument {
  return "sort" in argument && argument.sort === "array";
}
