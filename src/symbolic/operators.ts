/**
 * Operators on values of any kind.
 *
 * @module
 */

import { numeric, only } from "./builtins.ts";
import * as numbers from "./numbers.ts";
import type { Site } from "./numbers.ts";
import * as t from "./term.ts";
import type { Truth } from "./term.ts";
import { boolean, merge, number, optionsOf, UNDEFINED } from "./value.ts";
import type { Single, Value } from "./value.ts";

/** Applies something to each way that a value can go, under its condition. */
export function each(site: Site, value: Value, apply: (one: Single, site: Site) => Value): Value {
  if (value.kind !== "choice") return apply(value, site);
  const { machine, state, node } = site;
  let result: Value | undefined;
  for (const { when, value: one } of [...value.options].reverse()) {
    const path = t.and(state.path, when);
    if (path === t.FALSE) continue;
    const part = apply(one, { machine, node, state: state.at(path) });
    result = result === undefined ? part : merge(when, part, result);
  }
  return result ?? UNDEFINED;
}

const EQUALITIES: ReadonlySet<string> = new Set(["===", "!=="]);

function isNumeric({ kind }: Single): boolean {
  return kind === "number" || kind === "quotient";
}

/** Whether two values of which none is a number or a bigint are the same. */
function same(site: Site, a: Single, b: Single): Truth {
  if (a.kind === "boolean" && b.kind === "boolean") return t.iff(a.term, b.term);
  if (a.kind === "constant" && b.kind === "constant") return t.truth(a.value === b.value);
  if (a.kind !== b.kind) return t.FALSE;
  if (a === b) return t.TRUE;
  site.machine.refuse(site.node, `a comparison of one ${a.kind} with another`);
  return t.FALSE;
}

function applied(site: Site, operator: string, a: Single, b: Single): Value {
  if (a.kind === "bigint" && b.kind === "bigint") {
    const result = numbers.bigArithmetic(site, operator, a.term, b.term);
    if (result !== undefined) return result;
  }
  if (isNumeric(a) && isNumeric(b)) {
    const result = ofNumbers(site, operator, a, b);
    if (result !== undefined) return result;
  }
  const [left, right] = [integerOf(a), integerOf(b)];
  if (a.kind !== b.kind && left !== undefined && right !== undefined) {
    const result = numbers.mixed(operator, left, right);
    if (result !== undefined) return result;
  }
  if (EQUALITIES.has(operator) && !isNumeric(a) && a.kind !== "bigint") {
    const equal = same(site, a, b);
    return boolean(operator === "===" ? equal : t.not(equal));
  }
  if (EQUALITIES.has(operator) && a.kind !== b.kind) return boolean(t.truth(operator === "!=="));
  if (a.kind === "constant" || b.kind === "constant") {
    // Only what an index out of bounds gives comes here: that it never does has to be shown.
    site.machine.require(site.state, t.FALSE, `${operator} of what is no number`, site.node);
    return number(t.constant(0));
  }
  site.machine.refuse(site.node, `the operator ${operator} on ${a.kind} and ${b.kind}`);
  return UNDEFINED;
}

/** The integer that a number or a bigint is. */
function integerOf(value: Single): t.IntTerm | undefined {
  if (value.kind === "bigint") return value.term;
  return value.kind === "number" && value.scale === 0 ? value.term : undefined;
}

const INTEGER_OPERATORS: ReadonlySet<string> = new Set(["|", "&", "^", "<<", ">>", ">>>"]);

function ofNumbers(site: Site, operator: string, a: Single, b: Single): Value | undefined {
  const [x, y] = [numeric(site, a), numeric(site, b)];
  if (x === undefined || y === undefined) return UNDEFINED;
  if (x.kind === "number" && y.kind === "number") return numbers.arithmetic(site, operator, x, y);
  if (INTEGER_OPERATORS.has(operator)) {
    const [whole, other] = [number(numbers.truncated(x)), number(numbers.truncated(y))];
    return numbers.arithmetic(site, operator, whole, other);
  }
  const [left, right] = [divided(site, x), divided(site, y)];
  return numbers.arithmetic(site, operator, left, right);
}

/** A quotient without a remainder, which has to be shown. */
function divided(
  site: Site,
  value: Extract<Single, { kind: "number" | "quotient" }>,
): Extract<Single, { kind: "number" }> {
  if (value.kind === "number") return value;
  const { dividend, divisor } = value;
  const rest = t.modulo(numbers.magnitudeOf(dividend), numbers.magnitudeOf(divisor));
  site.machine.require(site.state, t.equal(rest, 0n), "a quotient that is no integer", site.node);
  return number(numbers.truncated(value));
}

/** `left operator right`. */
export function binary(site: Site, operator: string, left: Value, right: Value): Value {
  return each(site, left, (a, inner) => each(inner, right, (b, at) => applied(at, operator, a, b)));
}

/** An operator before its only operand. */
export function unary(site: Site, operator: string, operand: Value): Value {
  return each(site, operand, (value, inner) => {
    if (operator === "!") return boolean(t.not(truthOf(inner, value)));
    if (operator === "-" && value.kind === "bigint") {
      return { kind: "bigint", term: t.subtract(0n, value.term) };
    }
    const found = only(inner, value, "number") ?? number(t.constant(0));
    switch (operator) {
      case "-": {
        const zero = t.and(t.equal(found.term, 0n), t.not(found.minusZero));
        return number(t.subtract(0n, found.term), zero, found.scale);
      }
      case "~":
        return number(t.bitNot(t.signed(32, numbers.truncated(found))));
      case "+":
        return found;
      default:
        inner.machine.refuse(inner.node, `the operator ${operator}`);
        return UNDEFINED;
    }
  });
}

/** Whether a value counts as true. */
export function truthOf(site: Site, value: Value): Truth {
  const ways = optionsOf(value, t.TRUE).map(({ when, value: one }) =>
    t.and(when, isTrue(site, one))
  );
  return t.or(...ways);
}

function isTrue(site: Site, value: Single): Truth {
  switch (value.kind) {
    case "boolean":
      return value.term;
    case "number":
    case "bigint":
      return t.not(t.equal(value.term, 0n));
    case "constant":
      return t.truth(value.value !== undefined && value.value !== null && value.value !== "");
    case "quotient":
      site.machine.refuse(site.node, "a quotient as a condition");
      return t.FALSE;
    default:
      return t.TRUE;
  }
}

/** Whether a value is undefined or null. */
export function isNothing(value: Value): Truth {
  const ways = optionsOf(value, t.TRUE)
    .filter(({ value: one }) =>
      one.kind === "constant" && (one.value === undefined || one.value === null)
    );
  return t.or(...ways.map(({ when }) => when));
}

/** What `typeof` gives. */
export function typeOf(value: Single): string {
  switch (value.kind) {
    case "number":
    case "quotient":
      return "number";
    case "bigint":
    case "boolean":
      return value.kind;
    case "constant":
      return value.value === null ? "object" : typeof value.value;
    case "function":
      return "function";
    default:
      return "object";
  }
}
