/**
 * The functions of the language that the executor knows.
 *
 * @module
 */

import { accessOf, ELEMENTS, newArray, readView, writeView } from "./arrays.ts";
import * as numbers from "./numbers.ts";
import type { Site } from "./numbers.ts";
import * as t from "./term.ts";
import { bigint, boolean, number, optionsOf, UNDEFINED } from "./value.ts";
import type { ArrayValue, NumberValue, QuotientValue, Single, Value } from "./value.ts";

/** The groups of functions, and the functions, that a global name can stand for. */
export const GLOBALS: ReadonlySet<string> = new Set([
  "Array",
  "Math",
  "Number",
  "BigInt",
  "Object",
  "DataView",
  "ArrayBuffer",
  ...Object.keys(ELEMENTS),
]);

/** Constants of the language. */
export const CONSTANTS: Readonly<Record<string, number>> = {
  "Number.MAX_SAFE_INTEGER": Number.MAX_SAFE_INTEGER,
  "Number.MIN_SAFE_INTEGER": Number.MIN_SAFE_INTEGER,
};

/** The part of a value that is of the wanted kinds; that it is no other has to be shown. */
export function only<K extends Single["kind"]>(
  site: Site,
  value: Value,
  kind: K,
): Extract<Single, { kind: K }> | undefined {
  let found: Value | undefined;
  for (const option of optionsOf(value, t.TRUE)) {
    if (option.value.kind === kind) found = option.value;
    else site.machine.require(site.state, t.not(option.when), `the value is no ${kind}`, site.node);
  }
  const isWanted = (one: Value | undefined): one is Extract<Single, { kind: K }> =>
    one?.kind === kind;
  if (isWanted(found)) return found;
  site.machine.refuse(site.node, `a value that is no ${kind}`);
  return undefined;
}

/** A number, rounded or not. */
export function numeric(site: Site, value: Value): NumberValue | QuotientValue | undefined {
  return value.kind === "quotient" ? value : only(site, value, "number");
}

function wholeOf(site: Site, value: Value | undefined): NumberValue {
  const found = only(site, value ?? UNDEFINED, "number") ?? number(t.constant(0));
  if (found.scale > 0) site.machine.refuse(site.node, "a fraction where an integer is expected");
  return found;
}

function rounding(
  site: Site,
  value: Value | undefined,
  to: (value: NumberValue | QuotientValue) => t.IntTerm,
): Value {
  const found = numeric(site, value ?? UNDEFINED) ?? number(t.constant(0));
  const whole = to(found);
  return number(whole, numbers.roundsToMinusZero(found, whole));
}

function extreme(site: Site, values: readonly Value[], least: boolean): Value {
  const found = values.map((value) => wholeOf(site, value));
  if (found.some(({ minusZero }) => t.settled(minusZero) !== false)) {
    site.machine.refuse(site.node, "the extreme of what may be -0");
  }
  const terms = found.map(({ term }) => term);
  return number(
    terms.reduce((a, b) => t.choose(least ? t.less(b, a) : t.less(a, b), b, a)),
  );
}

function math(site: Site, name: string, values: readonly Value[]): Value | undefined {
  const [first, second] = values;
  const int32 = (value: Value | undefined) =>
    numbers.truncated(numeric(site, value ?? UNDEFINED) ?? number(t.constant(0)));
  switch (name) {
    case "imul":
      return number(
        t.signed(32, t.multiply(t.unsigned(32, int32(first)), t.unsigned(32, int32(second)))),
      );
    case "clz32":
      return number(numbers.leadingZeros(int32(first)));
    case "floor":
      return rounding(site, first, numbers.floored);
    case "ceil":
      return rounding(site, first, numbers.raised);
    case "trunc":
      return rounding(site, first, numbers.truncated);
    case "abs":
      return number(numbers.magnitudeOf(wholeOf(site, first).term));
    case "min":
    case "max":
      return values.length === 0 ? undefined : extreme(site, values, name === "min");
    default:
      return undefined;
  }
}

/** A value as a number, as `Number` makes it. */
function convert(site: Site, value: Value): Value | undefined {
  if (value.kind === "number") return value;
  if (value.kind === "boolean") return number(t.choose(value.term, 1, 0));
  return value.kind === "bigint" ? numbers.toNumber(site, value.term) : undefined;
}

function bigintOf(site: Site, value: Value | undefined): t.IntTerm {
  return only(site, value ?? UNDEFINED, "bigint")?.term ?? t.constant(0);
}

function widthOf(site: Site, value: Value | undefined): number {
  const bits = t.known(wholeOf(site, value).term);
  if (bits !== undefined && bits >= 1n && bits <= 256n) return Number(bits);
  site.machine.refuse(site.node, "a width that is no constant from 1 to 256");
  return 1;
}

/** Calls a function of the language; nothing for one that is not known. */
export function callBuiltin(site: Site, name: string, values: readonly Value[]): Value | undefined {
  const [first = UNDEFINED, second = UNDEFINED] = values;
  const [group, member] = name.split(".");
  if (group === "Math" && member !== undefined) return math(site, member, values);
  switch (name) {
    case "Number":
      return convert(site, first);
    case "BigInt":
      return bigint(wholeOf(site, first).term);
    case "BigInt.asUintN":
      return bigint(t.unsigned(widthOf(site, first), bigintOf(site, second)));
    case "BigInt.asIntN":
      return bigint(t.signed(widthOf(site, first), bigintOf(site, second)));
    case "Number.isInteger":
      return isInteger(first, false);
    case "Number.isSafeInteger":
      return isInteger(first, true);
    case "Number.isFinite":
      return boolean(t.truth(first.kind === "number"));
    case "Object.freeze":
      return first;
    case "Object.is":
      return isSame(site, first, second);
    default:
      return undefined;
  }
}

function isInteger(value: Value, safe: boolean): Value {
  const holds = optionsOf(value, t.TRUE).map((option) => {
    if (option.value.kind !== "number") return t.FALSE;
    const { term, scale } = option.value;
    const whole = t.equal(t.modulo(term, 1n << BigInt(scale)), 0n);
    const limit = (1n << 53n) - 1n;
    return t.and(option.when, whole, safe ? t.within(term, -limit, limit) : t.TRUE);
  });
  return boolean(t.or(...holds));
}

/** `Object.is`, for numbers. */
function isSame(site: Site, first: Value, second: Value): Value {
  const [a, b] = [only(site, first, "number"), only(site, second, "number")];
  if (a === undefined || b === undefined) return boolean(t.FALSE);
  const signs = t.iff(a.minusZero, b.minusZero);
  const same = a.scale === b.scale ? t.equal(a.term, b.term) : t.FALSE;
  if (a.scale !== b.scale) site.machine.refuse(site.node, "Object.is of fractions");
  return boolean(t.and(same, signs));
}

/** Makes an object of the language; nothing for one that is not known. */
export function construct(site: Site, name: string, values: readonly Value[]): Value | undefined {
  const [first = number(t.constant(0))] = values;
  const bytes = ELEMENTS["Uint8Array"];
  const element = ELEMENTS[name];
  if (name === "ArrayBuffer" && bytes !== undefined) {
    return newArray(site, bytes, wholeOf(site, first).term, true);
  }
  if (name === "DataView" && values.length === 1) return only(site, first, "array");
  return element === undefined ? undefined : newArray(site, element, wholeOf(site, first).term);
}

/** Calls a method of a view; nothing for one that is not known. */
export function callView(
  site: Site,
  view: ArrayValue,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const access = accessOf(name);
  if (!view.view || access === undefined) return undefined;
  const at = wholeOf(site, values[0]).term;
  const little = values[access.writes ? 2 : 1];
  const isLittle = little?.kind === "boolean" && t.settled(little.term) === true;
  if (access.bytes > 1 && !isLittle) return undefined;
  if (!access.writes) return readView(site, view, access, at);
  const value = access.big ? bigintOf(site, values[1]) : wholeOf(site, values[1]).term;
  writeView(site, view, access, at, value);
  return UNDEFINED;
}
