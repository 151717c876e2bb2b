/**
 * Parts of values: properties and elements; and objects and lists, which are made of parts.
 *
 * @module
 */

import ts from "typescript";
import { readElement } from "./arrays.ts";
import { CONSTANTS, only } from "./builtins.ts";
import { getProperty } from "./calls.ts";
import { branch, type Context, evaluate, siteOf } from "./expressions.ts";
import { named, variable } from "./names.ts";
import { each, isNothing } from "./operators.ts";
import * as t from "./term.ts";
import { number, type NumberValue, UNDEFINED } from "./value.ts";
import type { Single, Value } from "./value.ts";

/** A value without the ways in which it is nothing, where it is known to be something. */
export function withoutNothing(value: Value): Value {
  if (value.kind !== "choice") return value;
  const options = value.options.filter(({ value: one }) =>
    one.kind !== "constant" || (one.value !== undefined && one.value !== null)
  );
  const [only] = options;
  return only !== undefined && options.length === 1 ? only.value : { kind: "choice", options };
}

/** A property of a value. */
export function property(context: Context, node: ts.PropertyAccessExpression): Value {
  const name = node.name.text;
  const owner = evaluate(context, node.expression);
  if (node.questionDotToken === undefined) return propertyOf(context, owner, name, node);
  return branch(
    context,
    isNothing(owner),
    () => UNDEFINED,
    (inner) => propertyOf(inner, withoutNothing(owner), name, node),
  );
}

/** A property of a value, each way that it can go. */
export function propertyOf(
  context: Context,
  owner: Value,
  name: string,
  node: ts.Expression,
): Value {
  return each(
    siteOf(context, node),
    owner,
    (value, { state }) => fieldOf({ ...context, state }, value, name, node),
  );
}

function fieldOf(context: Context, owner: Single, name: string, node: ts.Expression): Value {
  switch (owner.kind) {
    case "record":
      return owner.fields.get(name) ?? UNDEFINED;
    case "object": {
      const binding = owner.fields.get(name);
      if (binding !== undefined) return context.state.get(binding);
      const got = getProperty(context, owner, name, node);
      if (got !== undefined) return got;
      break;
    }
    case "array":
      if (name === "length" && !owner.view) return number(owner.length);
      if (name === "byteLength") return number(owner.length);
      break;
    case "list":
      if (name === "length") return number(t.constant(owner.items.length));
      break;
    case "constant":
      if (typeof owner.value === "string") break;
      // Of nothing there are no properties: that it is never asked for one has to be shown.
      context.machine.require(context.state, t.FALSE, `a property of ${owner.value}`, node);
      return UNDEFINED;
    case "namespace":
      return named(context, owner.module, name, node);
    case "builtin": {
      const constant = CONSTANTS[`${owner.name}.${name}`];
      if (constant !== undefined) return number(t.constant(constant));
      return { kind: "builtin", name: `${owner.name}.${name}` };
    }
  }
  context.machine.refuse(node, `the property ${name} of a ${owner.kind}`);
  return UNDEFINED;
}

/** The index that an expression gives. */
export function indexOf(context: Context, node: ts.Expression): NumberValue {
  const value = only(siteOf(context, node), evaluate(context, node), "number");
  if (value !== undefined && value.scale > 0) {
    context.machine.refuse(node, "a fraction as an index");
  }
  return value ?? number(t.constant(0));
}

/** Evaluates an element of a value. */
export function element(context: Context, node: ts.ElementAccessExpression): Value {
  const owner = evaluate(context, node.expression);
  if (owner.kind === "record") {
    const key = evaluate(context, node.argumentExpression);
    if (key.kind === "constant" && typeof key.value === "string") {
      return owner.fields.get(key.value) ?? UNDEFINED;
    }
  }
  const index = indexOf(context, node.argumentExpression);
  return each(siteOf(context, node), owner, (value, { state }) => {
    if (value.kind === "list" || (value.kind === "array" && !value.view)) {
      return readElement(state, value, index.term);
    }
    context.machine.refuse(node, `an index of a ${value.kind}`);
    return UNDEFINED;
  });
}

/** Evaluates an object. */
export function record(context: Context, node: ts.ObjectLiteralExpression): Value {
  const fields = new Map<string, Value>();
  for (const part of node.properties) {
    if (
      ts.isPropertyAssignment(part) && (ts.isIdentifier(part.name) || ts.isStringLiteral(part.name))
    ) {
      fields.set(part.name.text, evaluate(context, part.initializer));
    } else if (ts.isShorthandPropertyAssignment(part)) {
      fields.set(part.name.text, variable(context, part.name));
    } else if (ts.isSpreadAssignment(part)) {
      const spread = only(siteOf(context, part), evaluate(context, part.expression), "record");
      for (const [name, value] of spread?.fields ?? []) fields.set(name, value);
    } else context.machine.refuse(part, ts.SyntaxKind[part.kind] ?? "a part of an object");
  }
  return { kind: "record", fields };
}

/** Evaluates a list. */
export function list(context: Context, node: ts.ArrayLiteralExpression): Value {
  const items = node.elements.flatMap((item) => {
    if (!ts.isSpreadElement(item)) return [evaluate(context, item)];
    return only(siteOf(context, item), evaluate(context, item.expression), "list")?.items ?? [];
  });
  return { kind: "list", items };
}
