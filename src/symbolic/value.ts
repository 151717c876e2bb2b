/**
 * What an expression comes to: values of the language, with terms for what depends on the inputs.
 *
 * @module
 */

import type ts from "typescript";
import type { Module } from "./modules.ts";
import type { Binding, Scope } from "./state.ts";
import { and, choose, chooseTruth, FALSE, type IntTerm, not, or, type Truth } from "./term.ts";

/** A number: `term` in units of 2^-`scale`. */
export interface NumberValue {
  readonly kind: "number";
  readonly term: IntTerm;
  /** How many bits of the term are behind the point. */
  readonly scale: number;
  /** Whether it is -0. */
  readonly minusZero: Truth;
}

/** A quotient that has not been rounded yet. */
export interface QuotientValue {
  readonly kind: "quotient";
  readonly dividend: IntTerm;
  readonly divisor: IntTerm;
}

/** A bigint. */
export interface BigintValue {
  readonly kind: "bigint";
  readonly term: IntTerm;
}

/** A boolean. */
export interface BooleanValue {
  readonly kind: "boolean";
  readonly term: Truth;
}

/** A string, null or undefined. */
export interface ConstantValue {
  readonly kind: "constant";
  readonly value: string | null | undefined;
}

/** An object that nothing changes. */
export interface RecordValue {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, Value>;
}

/** An array that nothing changes. */
export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
}

/** A map that nothing changes: its keys, in words, and what is under them. */
export interface MapValue {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Value>;
}

/** The element types of typed arrays: their bits, and whether they are signed. */
export interface ElementType {
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
}

/** A typed array, or the bytes of a view: a place for each element. */
export interface ArrayValue {
  readonly kind: "array";
  readonly element: ElementType;
  readonly cells: readonly Binding[];
  readonly length: IntTerm;
  /** Whether it is a `DataView`, which has no elements of its own. */
  readonly view: boolean;
  /** Whether it is a part of another array, and so may only be read. */
  readonly part?: boolean;
}

/** An object with places that can be written to. */
export interface ObjectValue {
  readonly kind: "object";
  readonly fields: ReadonlyMap<string, Binding>;
  /** The class whose methods it has. */
  readonly type: ts.ClassDeclaration | undefined;
  readonly module: Module;
}

/** A function, with what it can see. */
export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  readonly node: ts.FunctionLikeDeclaration;
  readonly scope: Scope;
  readonly self: Value | undefined;
}

/** A function or a group of functions of the language. */
export interface BuiltinValue {
  readonly kind: "builtin";
  readonly name: string;
}

/** All that a module exports. */
export interface NamespaceValue {
  readonly kind: "namespace";
  readonly module: Module;
}

/** One of several values of different kinds: the conditions exclude each other and leave none out. */
export interface ChoiceValue {
  readonly kind: "choice";
  readonly options: readonly { readonly when: Truth; readonly value: Single }[];
}

/** A value that is no choice. */
export type Single =
  | NumberValue
  | QuotientValue
  | BigintValue
  | BooleanValue
  | ConstantValue
  | RecordValue
  | ListValue
  | MapValue
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | BuiltinValue
  | NamespaceValue;

/** Any value. */
export type Value = Single | ChoiceValue;

/** The value that is nothing. */
export const UNDEFINED: ConstantValue = { kind: "constant", value: undefined };

/** A whole number. */
export function number(term: IntTerm, minusZero: Truth = FALSE, scale = 0): NumberValue {
  return { kind: "number", term, scale, minusZero };
}

/** A boolean. */
export function boolean(term: Truth): BooleanValue {
  return { kind: "boolean", term };
}

/** A bigint. */
export function bigint(term: IntTerm): BigintValue {
  return { kind: "bigint", term };
}

/** The ways a value can go, with their conditions. */
export function optionsOf(value: Value, when: Truth): ChoiceValue["options"] {
  if (value.kind !== "choice") return [{ when, value }];
  return value.options.map((option) => ({ when: and(when, option.when), value: option.value }));
}

function mergeFields(
  test: Truth,
  yes: ReadonlyMap<string, Value>,
  no: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> | undefined {
  if (yes.size !== no.size) return undefined;
  const fields = new Map<string, Value>();
  for (const [name, value] of yes) {
    const other = no.get(name);
    if (other === undefined) return undefined;
    fields.set(name, merge(test, value, other));
  }
  return fields;
}

/** Whether nothing can write to an array. */
function isFixed({ cells, part }: ArrayValue): boolean {
  return part === true || cells.length === 0;
}

/** The same array, or one from two that nothing can write to. */
function joinedArrays(test: Truth, yes: ArrayValue, no: ArrayValue): ArrayValue | undefined {
  const length = choose(test, yes.length, no.length);
  if (yes.cells === no.cells) return { ...yes, length };
  const alike = yes.element === no.element && yes.view === no.view;
  if (!alike || !isFixed(yes) || !isFixed(no)) return undefined;
  const [longer, shorter] = yes.cells.length > no.cells.length ? [yes, no] : [no, yes];
  const whenLonger = longer === yes ? test : not(test);
  const cells = longer.cells.map(({ name, initial }, place): Binding => {
    const other = shorter.cells[place]?.initial ?? initial;
    return { name, initial: merge(whenLonger, initial, other) };
  });
  return { ...longer, cells, length, part: true };
}

/** One value from two of the same kind. */
function joined(test: Truth, yes: Single, no: Single): Single | undefined {
  if (yes === no) return yes;
  if (yes.kind === "number" && no.kind === "number" && yes.scale === no.scale) {
    const minusZero = chooseTruth(test, yes.minusZero, no.minusZero);
    return number(choose(test, yes.term, no.term), minusZero, yes.scale);
  }
  if (yes.kind === "bigint" && no.kind === "bigint") return bigint(choose(test, yes.term, no.term));
  if (yes.kind === "boolean" && no.kind === "boolean") {
    return boolean(chooseTruth(test, yes.term, no.term));
  }
  if (yes.kind === "constant" && no.kind === "constant" && yes.value === no.value) return yes;
  if (yes.kind === "record" && no.kind === "record") {
    const fields = mergeFields(test, yes.fields, no.fields);
    return fields === undefined ? undefined : { kind: "record", fields };
  }
  if (yes.kind === "list" && no.kind === "list" && yes.items.length === no.items.length) {
    const items = yes.items.map((item, place) => merge(test, item, no.items[place] ?? UNDEFINED));
    return { kind: "list", items };
  }
  if (yes.kind === "array" && no.kind === "array") return joinedArrays(test, yes, no);
  return undefined;
}

/** One value or another. */
export function merge(test: Truth, yes: Value, no: Value): Value {
  if (yes === no) return yes;
  if (test.op === "constant") return test.value ? yes : no;
  if (yes.kind !== "choice" && no.kind !== "choice") {
    const one = joined(test, yes, no);
    if (one !== undefined) return one;
  }
  const options: { when: Truth; value: Single }[] = [];
  for (const option of [...optionsOf(yes, test), ...optionsOf(no, not(test))]) {
    if (option.when === FALSE) continue;
    let { when, value } = option;
    for (const [place, earlier] of options.entries()) {
      const one = joined(earlier.when, earlier.value, value);
      if (one === undefined) continue;
      value = one;
      when = or(earlier.when, when);
      options.splice(place, 1);
      break;
    }
    options.push({ when, value });
  }
  const [only] = options;
  return only !== undefined && options.length === 1 ? only.value : { kind: "choice", options };
}
