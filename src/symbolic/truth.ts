/**
 * Truths: comparisons of integers, and what they are combined to.
 *
 * @module
 */

import { FALSE, integer, settled, TRUE, truth, truthNode, truthOf } from "./node.ts";
import type { Integer, Truth } from "./node.ts";

/** Whether it does not hold. */
export function not(what: Truth): Truth {
  const of = truthOf(what);
  if (of.op === "constant") return truth(!of.value);
  return of.op === "not" ? of.truths[0] ?? TRUE : truthNode("not", [], [of]);
}

/** Whether all hold. */
export function and(...truths: readonly Truth[]): Truth {
  const parts = truths.map(truthOf)
    .flatMap((part) => part.op === "and" ? part.truths : [part]);
  const open = [...new Set(parts.filter((part) => settled(part) !== true))];
  if (open.some((part) => settled(part) === false)) return FALSE;
  const denied = new Set(open.flatMap((part) => part.op === "not" ? part.truths : []));
  if (open.some((part) => denied.has(part))) return FALSE;
  return open.length === 0
    ? TRUE
    : open.length === 1
    ? open[0] ?? TRUE
    : truthNode("and", [], open);
}

/** Whether one of them holds. */
export function or(...truths: readonly Truth[]): Truth {
  return not(and(...truths.map(not)));
}

/** Whether the second holds where the first does. */
export function implies(first: Truth, second: Truth): Truth {
  return or(not(first), second);
}

/** Whether both hold or neither. */
export function iff(left: Truth, right: Truth): Truth {
  return chooseTruth(left, right, not(right));
}

/** Whether two integers are equal. */
export function equal(left: Integer, right: Integer): Truth {
  const [a, b] = [integer(left), integer(right)];
  if (a === b) return TRUE;
  if (a.max < b.min || b.max < a.min) return FALSE;
  if (a.min === a.max && b.min === b.max) return truth(a.min === b.min);
  return truthNode("equal", [a, b], []);
}

/** Whether the first integer is less. */
export function less(left: Integer, right: Integer): Truth {
  const [a, b] = [integer(left), integer(right)];
  if (a.max < b.min) return TRUE;
  if (a.min >= b.max || a === b) return FALSE;
  return truthNode("less", [a, b], []);
}

/** Whether the first integer is at most the second. */
export function atMost(left: Integer, right: Integer): Truth {
  return not(less(right, left));
}

/** Whether an integer lies from `min` to `max`. */
export function within(of: Integer, min: Integer, max: Integer): Truth {
  return and(atMost(min, of), atMost(of, max));
}

/** One truth or another. */
export function chooseTruth(when: Truth, first: Truth, second: Truth): Truth {
  const [test, yes, no] = [truthOf(when), truthOf(first), truthOf(second)];
  if (test.op === "constant") return test.value ? yes : no;
  if (yes === no) return yes;
  if (settled(yes) === true) return or(test, no);
  if (settled(yes) === false) return and(not(test), no);
  if (settled(no) === true) return or(not(test), yes);
  if (settled(no) === false) return and(test, yes);
  return truthNode("choose", [], [test, yes, no]);
}
