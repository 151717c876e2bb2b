/**
 * Expressions of numbers, names and jump table addresses: `limit - 2 * (size + 1)`, `@loop`.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { Cursor } from "./cursor.ts";
import type { Mistake } from "./error.ts";

/** How deep parentheses may nest. */
const DEPTH_MAX = 64;
/** No value on the way may be beyond this one. */
const MAGNITUDE_MAX = 2n ** 64n;

/** One step of an expression in postfix order; columns are where a name stands. */
type Step =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "name" | "entry"; readonly name: string; readonly column: number }
  | { readonly kind: "operator"; readonly operator: "+" | "-" | "*" | "negate" };

/** An expression in postfix order. */
export interface Expression {
  readonly steps: readonly Step[];
  /** Where it begins. */
  readonly column: number;
}

/** What names stand for, while an expression is evaluated. */
export interface Names {
  /** The value of a name. */
  valueOf(name: string): Result<bigint, Mistake>;
  /** The jump table address of a label. */
  entryOf(name: string): Result<bigint, Mistake>;
}

/** Whether a name is that of a register. */
export const REGISTER: RegExp = /^r(?:[0-9]|1[0-2])$/;

function primary(cursor: Cursor, steps: Step[], depth: number): boolean {
  const { token } = cursor;
  if (cursor.skip("(")) {
    if (depth >= DEPTH_MAX) return cursor.fail("too-large", "parentheses nest too deep");
    return sum(cursor, steps, depth + 1) && cursor.expect(")");
  }
  const kind = cursor.skip("@") ? "entry" : "name";
  const { token: named } = cursor;
  if (named.kind === "name") {
    if (REGISTER.test(named.text)) return cursor.fail("syntax", "a register is no value");
    steps.push({ kind, name: named.text, column: token.column });
  } else if (named.kind === "number" && kind === "name") {
    steps.push({ kind: "number", value: named.value });
  } else {
    return cursor.fail("syntax", kind === "entry" ? "expected a label" : "expected a value");
  }
  cursor.advance();
  return true;
}

function unary(cursor: Cursor, steps: Step[], depth: number): boolean {
  let negations = 0;
  while (cursor.isAt("-") || cursor.isAt("+")) {
    if (cursor.isAt("-")) negations++;
    cursor.advance();
  }
  if (!primary(cursor, steps, depth)) return false;
  if (negations % 2 === 1) steps.push({ kind: "operator", operator: "negate" });
  return true;
}

function product(cursor: Cursor, steps: Step[], depth: number): boolean {
  if (!unary(cursor, steps, depth)) return false;
  while (cursor.skip("*")) {
    if (!unary(cursor, steps, depth)) return false;
    steps.push({ kind: "operator", operator: "*" });
  }
  return true;
}

function sum(cursor: Cursor, steps: Step[], depth: number): boolean {
  if (!product(cursor, steps, depth)) return false;
  for (;;) {
    const operator = cursor.skip("+") ? "+" : cursor.skip("-") ? "-" : undefined;
    if (operator === undefined) return true;
    if (!product(cursor, steps, depth)) return false;
    steps.push({ kind: "operator", operator });
  }
}

/** Reads an expression; nothing when there is none, which the cursor then tells. */
export function parseExpression(cursor: Cursor): Expression | undefined {
  const { column } = cursor.token;
  const steps: Step[] = [];
  return sum(cursor, steps, 0) ? { steps, column } : undefined;
}

/** The expression that is a number. */
export function numberExpression(value: bigint, column: number): Expression {
  return { steps: [{ kind: "number", value }], column };
}

/** The name that an expression consists of, if it does. */
export function soleName({ steps }: Expression): string | undefined {
  const [step] = steps;
  return steps.length === 1 && step?.kind === "name" ? step.name : undefined;
}

/** The labels whose jump table address an expression asks for. */
export function entriesOf({ steps }: Expression): readonly string[] {
  return steps.flatMap((step) => step.kind === "entry" ? [step.name] : []);
}

/** Whether an expression has a value without any name. */
export function isLiteral({ steps }: Expression): boolean {
  return steps.every((step) => step.kind === "number" || step.kind === "operator");
}

function applied(operator: "+" | "-" | "*" | "negate", stack: bigint[]): bigint {
  const right = stack.pop() ?? 0n;
  if (operator === "negate") return -right;
  const left = stack.pop() ?? 0n;
  return operator === "+" ? left + right : operator === "-" ? left - right : left * right;
}

/** The value of an expression, or the mistake and its column. */
export function evaluate(
  { steps, column }: Expression,
  names: Names,
): Result<bigint, Mistake & { readonly column: number }> {
  const stack: bigint[] = [];
  for (const step of steps) {
    if (step.kind === "number") {
      stack.push(step.value);
    } else if (step.kind === "operator") {
      const value = applied(step.operator, stack);
      if (value > MAGNITUDE_MAX || value < -MAGNITUDE_MAX) {
        return err({ problem: "out-of-range", message: "value of more than 64 bits", column });
      }
      stack.push(value);
    } else {
      const value = step.kind === "name" ? names.valueOf(step.name) : names.entryOf(step.name);
      if (!value.ok) return err({ ...value.error, column: step.column });
      stack.push(value.value);
    }
  }
  return ok(stack.pop() ?? 0n);
}
