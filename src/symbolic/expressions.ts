/**
 * Expressions: what each kind of them comes to, and what it changes.
 *
 * @module
 */

import ts from "typescript";
import { assign } from "./assignment.ts";
import { call, create } from "./calls.ts";
import type { Machine } from "./machine.ts";
import { variable } from "./names.ts";
import { element, list, property, record, withoutNothing } from "./properties.ts";
import { number, UNDEFINED, type Value } from "./value.ts";
import type { Site } from "./numbers.ts";
import { binary, each, isNothing, truthOf, typeOf, unary } from "./operators.ts";
import { join, type Scope, State } from "./state.ts";
import * as t from "./term.ts";
import type { Truth } from "./term.ts";

/** Where an expression is evaluated. */
export interface Context {
  readonly machine: Machine;
  readonly scope: Scope;
  readonly state: State;
}

/** The site of a node. */
export function siteOf({ machine, state }: Context, node: ts.Node): Site {
  return { machine, state, node };
}

/** Evaluates an expression. */
export function evaluate(context: Context, node: ts.Expression): Value {
  if (context.machine.stopped(node)) return UNDEFINED;
  if (ts.isNumericLiteral(node)) return numeral(context, node);
  if (ts.isBigIntLiteral(node)) {
    return { kind: "bigint", term: t.constant(BigInt(node.text.slice(0, -1))) };
  }
  if (ts.isStringLiteralLike(node)) return { kind: "constant", value: node.text };
  if (ts.isIdentifier(node)) return variable(context, node);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
    return evaluate(context, node.expression);
  }
  if (ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node)) {
    return evaluate(context, node.expression);
  }
  if (ts.isBinaryExpression(node)) return binaryExpression(context, node);
  if (ts.isPrefixUnaryExpression(node)) return prefix(context, node);
  if (ts.isPostfixUnaryExpression(node)) return step(context, node, false);
  if (ts.isConditionalExpression(node)) {
    const test = truthOf(siteOf(context, node), evaluate(context, node.condition));
    return branch(
      context,
      test,
      (inner) => evaluate(inner, node.whenTrue),
      (inner) => evaluate(inner, node.whenFalse),
    );
  }
  if (ts.isTypeOfExpression(node)) {
    const operand = evaluate(context, node.expression);
    return each(siteOf(context, node), operand, (value) => ({
      kind: "constant",
      value: typeOf(value),
    }));
  }
  return compound(context, node);
}

function compound(context: Context, node: ts.Expression): Value {
  if (ts.isCallExpression(node)) return call(context, node);
  if (ts.isTemplateExpression(node)) return template(context, node);
  if (ts.isNewExpression(node)) return create(context, node);
  if (ts.isPropertyAccessExpression(node)) return property(context, node);
  if (ts.isElementAccessExpression(node)) return element(context, node);
  if (ts.isObjectLiteralExpression(node)) return record(context, node);
  if (ts.isArrayLiteralExpression(node)) return list(context, node);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    return { kind: "function", name: "", node, scope: context.scope, self: context.scope.self };
  }
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { kind: "boolean", term: t.TRUE };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: "boolean", term: t.FALSE };
    case ts.SyntaxKind.NullKeyword:
      return { kind: "constant", value: null };
    case ts.SyntaxKind.ThisKeyword:
      if (context.scope.self !== undefined) return context.scope.self;
  }
  context.machine.refuse(node, ts.SyntaxKind[node.kind] ?? "an expression");
  return UNDEFINED;
}

/** A text of parts that are known. */
function template(context: Context, node: ts.TemplateExpression): Value {
  let text = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const part = evaluate(context, expression);
    if (part.kind !== "constant") context.machine.refuse(expression, "a text that is not constant");
    text += `${part.kind === "constant" ? part.value : ""}${literal.text}`;
  }
  return { kind: "constant", value: text };
}

/** One value or another, each with its own changes. */
export function branch(
  context: Context,
  test: Truth,
  whenTrue: (context: Context) => Value,
  whenFalse: (context: Context) => Value,
): Value {
  if (test.op === "constant") return test.value ? whenTrue(context) : whenFalse(context);
  const { state } = context;
  const path = state.path;
  const yes = state.at(t.and(path, test));
  const no = state.at(t.and(path, t.not(test)));
  const [a, b] = [whenTrue({ ...context, state: yes }), whenFalse({ ...context, state: no })];
  state.adopt(join(test, yes, no, path));
  return joinValues(test, a, b);
}

function joinValues(test: Truth, yes: Value, no: Value): Value {
  const holder = { name: "", initial: UNDEFINED };
  const [a, b] = [
    new State(t.TRUE, new Map([[holder, yes]])),
    new State(t.TRUE, new Map([[holder, no]])),
  ];
  return join(test, a, b, t.TRUE).get(holder);
}

/** A number as it is written: whole, or with bits behind the point. */
function numeral(context: Context, node: ts.NumericLiteral): Value {
  const value = Number(node.text);
  for (let scale = 0; scale <= 60; scale++) {
    const scaled = value * 2 ** scale;
    if (Number.isInteger(scaled)) return number(t.constant(BigInt(scaled)), t.FALSE, scale);
  }
  context.machine.refuse(node, "a number that is not finite in binary");
  return UNDEFINED;
}

const COMPOUND = /^(\+|-|\*|\/|%|\*\*|<<|>>|>>>|&|\||\^)=$/;

function binaryExpression(context: Context, node: ts.BinaryExpression): Value {
  const operator = node.operatorToken.getText();
  if (operator === "=") {
    const value = evaluate(context, node.right);
    assign(context, node.left, value);
    return value;
  }
  if (operator === "??=") {
    const old = evaluate(context, node.left);
    const change = (inner: Context) => {
      const value = evaluate(inner, node.right);
      assign(inner, node.left, value);
      return value;
    };
    return branch(context, isNothing(old), change, () => withoutNothing(old));
  }
  const compoundOperator = COMPOUND.exec(operator)?.[1];
  if (compoundOperator !== undefined) {
    const left = evaluate(context, node.left);
    const value = binary(
      siteOf(context, node),
      compoundOperator,
      left,
      evaluate(context, node.right),
    );
    assign(context, node.left, value);
    return value;
  }
  const left = evaluate(context, node.left);
  const site = siteOf(context, node);
  const right = (inner: Context) => evaluate(inner, node.right);
  if (operator === "&&") return branch(context, truthOf(site, left), right, () => left);
  if (operator === "||") return branch(context, truthOf(site, left), () => left, right);
  if (operator === "??") {
    const test = isNothing(left);
    return branch(context, test, right, () => withoutNothing(left));
  }
  return binary(site, operator, left, right(context));
}

function prefix(context: Context, node: ts.PrefixUnaryExpression): Value {
  if (
    node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
  ) {
    return step(context, node, true);
  }
  const operand = evaluate(context, node.operand);
  if (node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand)) {
    return unary(siteOf(context, node), "-", operand);
  }
  return unary(siteOf(context, node), ts.tokenToString(node.operator) ?? "", operand);
}

function step(
  context: Context,
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  before: boolean,
): Value {
  const old = evaluate(context, node.operand);
  const operator = node.operator === ts.SyntaxKind.PlusPlusToken ? "+" : "-";
  const value = binary(siteOf(context, node), operator, old, number(t.constant(1)));
  assign(context, node.operand, value);
  return before ? value : old;
}
