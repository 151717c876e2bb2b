/**
 * Writing to variables, elements and fields, and taking values apart into variables.
 *
 * @module
 */

import ts from "typescript";
import { readElement, writeElement } from "./arrays.ts";
import { only } from "./builtins.ts";
import { setProperty } from "./calls.ts";
import { type Context, evaluate, siteOf } from "./expressions.ts";
import { named } from "./names.ts";
import { indexOf } from "./properties.ts";
import { truncated } from "./numbers.ts";
import * as t from "./term.ts";
import { number, type NumberValue, UNDEFINED, type Value } from "./value.ts";

/** Assigns a value to what stands on the left. */
export function assign(context: Context, target: ts.Expression, value: Value): void {
  if (ts.isParenthesizedExpression(target)) return assign(context, target.expression, value);
  if (ts.isIdentifier(target)) {
    const binding = context.scope.find(target.text);
    if (binding === undefined) context.machine.refuse(target, `writing to ${target.text}`);
    else context.state.set(binding, value);
    return;
  }
  if (ts.isElementAccessExpression(target)) return assignElement(context, target, value);
  if (ts.isPropertyAccessExpression(target)) {
    const owner = only(siteOf(context, target), evaluate(context, target.expression), "object");
    if (owner !== undefined) setProperty(context, owner, target.name.text, value, target);
    return;
  }
  context.machine.refuse(target, `an assignment to ${ts.SyntaxKind[target.kind] ?? "that"}`);
}

function assignElement(context: Context, target: ts.ElementAccessExpression, value: Value): void {
  const site = siteOf(context, target);
  const array = only(site, evaluate(context, target.expression), "array");
  const index = indexOf(context, target.argumentExpression);
  if (array === undefined || array.view || array.part === true) {
    context.machine.refuse(target, "writing to an element of that");
    return;
  }
  const written = elementOf(context, target, value);
  if (written !== undefined) writeElement(context.state, array, index.term, written);
}

/** A value as a typed array takes it. */
function elementOf(context: Context, node: ts.Expression, value: Value): NumberValue | undefined {
  if (value.kind === "quotient") return number(truncated(value));
  return only(siteOf(context, node), value, "number");
}

/** Declares the names of a pattern and gives them the parts of a value. */
export function bindPattern(context: Context, pattern: ts.BindingName, value: Value): void {
  if (ts.isIdentifier(pattern)) {
    context.state.set(context.scope.declare(pattern.text), value);
    return;
  }
  pattern.elements.forEach((element, place) => {
    if (!ts.isBindingElement(element)) return;
    if (element.dotDotDotToken !== undefined) {
      context.machine.refuse(element, "a rest pattern");
      return;
    }
    const part = ts.isArrayBindingPattern(pattern)
      ? itemOf(context, value, place, element)
      : fieldOf(context, value, element);
    bindPattern(context, element.name, withDefault(context, element, part));
  });
}

function withDefault(context: Context, element: ts.BindingElement, value: Value): Value {
  if (element.initializer === undefined) return value;
  if (value.kind === "constant" && value.value === undefined) {
    return evaluate(context, element.initializer);
  }
  if (value.kind === "choice") context.machine.refuse(element, "a default of what may be there");
  return value;
}

function itemOf(context: Context, value: Value, place: number, node: ts.Node): Value {
  if (value.kind === "list" || value.kind === "array") {
    return readElement(context.state, value, t.constant(place));
  }
  context.machine.refuse(node, `taking apart a ${value.kind}`);
  return UNDEFINED;
}

function fieldOf(context: Context, value: Value, element: ts.BindingElement): Value {
  const { propertyName, name } = element;
  const key = propertyName ?? name;
  if (!ts.isIdentifier(key)) {
    context.machine.refuse(element, "a computed pattern");
    return UNDEFINED;
  }
  if (value.kind === "record") return value.fields.get(key.text) ?? UNDEFINED;
  if (value.kind === "namespace") return named(context, value.module, key.text, element);
  const binding = value.kind === "object" ? value.fields.get(key.text) : undefined;
  if (binding !== undefined) return context.state.get(binding);
  context.machine.refuse(element, `taking apart a ${value.kind}`);
  return UNDEFINED;
}
