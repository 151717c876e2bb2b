/**
 * Values and arguments for given inputs, as the language has them: to call the real function with, and
 * to compare with what it does.
 *
 * @module
 */

import type { Argument } from "./contract.ts";
import { type ArrayArgument, View } from "./contract.ts";
import type { Evaluation } from "./evaluate.ts";
import type { State } from "./state.ts";
import type { IntTerm } from "./term.ts";
import type { ArrayValue, Single, Value } from "./value.ts";

const MAKERS: Readonly<Record<string, (elements: readonly number[]) => object>> = {
  Int8Array: (elements) => Int8Array.from(elements),
  Uint8Array: (elements) => Uint8Array.from(elements),
  Int16Array: (elements) => Int16Array.from(elements),
  Uint16Array: (elements) => Uint16Array.from(elements),
  Int32Array: (elements) => Int32Array.from(elements),
  Uint32Array: (elements) => Uint32Array.from(elements),
  DataView: (elements) => new DataView(Uint8Array.from(elements).buffer),
};

function isList(argument: Argument): argument is readonly Argument[] {
  return Array.isArray(argument);
}

/** An argument as the language has it. */
export function concreteArgument(argument: Argument, evaluation: Evaluation): unknown {
  if (typeof argument !== "object" || argument === null) return argument;
  if (argument instanceof View) return undefined;
  if (isList(argument)) return argument.map((item) => concreteArgument(item, evaluation));
  return compound(argument, evaluation);
}

type Compound = Exclude<
  Argument,
  View | readonly Argument[] | null | undefined | string | number | boolean
>;

function compound(argument: Compound, evaluation: Evaluation): unknown {
  if (isTagged(argument, "integer")) return Number(evaluation.integer(argument));
  if (isTagged(argument, "truth")) return evaluation.truth(argument);
  if (isTagged(argument, "bigint")) return evaluation.integer(argument.term);
  if (isTagged(argument, "array")) return arrayFor(argument, evaluation);
  return Object.fromEntries(
    Object.entries(argument).map(([name, part]) => [name, concreteArgument(part, evaluation)]),
  );
}

function isTagged<S extends string>(
  argument: Compound,
  sort: S,
): argument is Extract<Compound, { readonly sort: S }> {
  return "sort" in argument && argument.sort === sort;
}

function arrayFor({ type, elements, length }: ArrayArgument, evaluation: Evaluation): unknown {
  const count = Number(evaluation.integer(length));
  const numbers = elements.slice(0, count).map((element) =>
    typeof element === "object" ? Number(evaluation.integer(element)) : Number(element)
  );
  return MAKERS[type]?.(numbers);
}

/** What a value is for given inputs. */
export function concreteValue(value: Value, state: State, evaluation: Evaluation): unknown {
  if (value.kind !== "choice") return single(value, state, evaluation);
  const option = value.options.find(({ when }) => evaluation.truth(when));
  return option === undefined ? undefined : single(option.value, state, evaluation);
}

function single(value: Single, state: State, evaluation: Evaluation): unknown {
  const fields = (entries: Iterable<readonly [string, Value]>) =>
    Object.fromEntries(
      Array.from(entries, ([name, part]) => [name, concreteValue(part, state, evaluation)]),
    );
  switch (value.kind) {
    case "number":
      if (evaluation.truth(value.minusZero)) return -0;
      return Number(evaluation.integer(value.term)) * 2 ** -value.scale;
    case "quotient":
      return divided(value.dividend, value.divisor, evaluation);
    case "bigint":
      return evaluation.integer(value.term);
    case "boolean":
      return evaluation.truth(value.term);
    case "constant":
      return value.value;
    case "record":
      return fields(value.fields);
    case "object":
      return fields(
        Array.from(value.fields, ([name, binding]) => [name, state.get(binding)] as const),
      );
    case "list":
      return value.items.map((item) => concreteValue(item, state, evaluation));
    case "array":
      return elementsOf(value, state, evaluation);
    default:
      return undefined;
  }
}

function divided(dividend: IntTerm, divisor: IntTerm, evaluation: Evaluation): number {
  return Number(evaluation.integer(dividend)) / Number(evaluation.integer(divisor));
}

/** The elements of an array. */
function elementsOf(array: ArrayValue, state: State, evaluation: Evaluation): unknown {
  const length = Number(evaluation.integer(array.length));
  const elements = array.cells.slice(0, length)
    .map((cell) => Number(concreteValue(state.get(cell), state, evaluation)));
  return MAKERS[array.view ? "DataView" : array.element.name]?.(elements);
}

/** A value in words: the same words for the same value. */
export function words(value: unknown): string {
  try {
    if (typeof value === "bigint") return `${value}n`;
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "string") return JSON.stringify(value);
    if (value instanceof DataView) return words(new Uint8Array(value.buffer));
    if (ArrayBuffer.isView(value)) return `[${Array.from(Object.values(value), words).join(", ")}]`;
    if (Array.isArray(value)) return `[${value.map(words).join(", ")}]`;
    if (typeof value === "object" && value !== null) {
      const parts = Object.entries(value).map(([name, part]) => `${name}: ${words(part)}`);
      return `{ ${parts.sort().join(", ")} }`;
    }
    return String(value);
  } catch {
    return "what cannot be read";
  }
}
