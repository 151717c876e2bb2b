/**
 * Calls: functions are executed in place, or replaced by what has been proved of them.
 *
 * @module
 */

import ts from "typescript";
import { writeElement } from "./arrays.ts";
import { bindPattern } from "./assignment.ts";
import { callBuiltin, callView, construct, only } from "./builtins.ts";
import { callArray, callMap, listFrom, mapOf } from "./collections.ts";
import { type Contract, type ContractTools, valueOf, View, viewed } from "./contract.ts";
import { type Context, evaluate, siteOf } from "./expressions.ts";
import { propertyOf } from "./properties.ts";
import type { Module } from "./modules.ts";
import { type Binding, joinAll, Scope, State } from "./state.ts";
import { executeAll, type Exits } from "./statements.ts";
import * as t from "./term.ts";
import { number, UNDEFINED } from "./value.ts";
import type { FunctionValue, ObjectValue, Single, Value } from "./value.ts";

/** Evaluates a call. */
export function call(context: Context, node: ts.CallExpression): Value {
  const callee = node.expression;
  if (node.questionDotToken !== undefined) context.machine.refuse(node, "an optional call");
  const target = ts.isPropertyAccessExpression(callee)
    ? methodOf(context, callee)
    : evaluate(context, callee);
  const values = node.arguments.map((argument) => {
    if (ts.isSpreadElement(argument)) context.machine.refuse(argument, "a spread argument");
    return evaluate(context, argument);
  });
  if (target.kind !== "choice") return apply(context, target, values, node);
  context.machine.refuse(node, "a call of one of several functions");
  return UNDEFINED;
}

/** What is called with a dot before it: a method, or a function that an object holds. */
function methodOf(context: Context, node: ts.PropertyAccessExpression): Value {
  if (node.questionDotToken !== undefined) context.machine.refuse(node, "an optional method");
  const owner = evaluate(context, node.expression);
  const name = node.name.text;
  if (owner.kind === "array" || owner.kind === "map") {
    return { kind: "list", items: [owner, { kind: "constant", value: name }] };
  }
  const method = owner.kind === "object" ? memberOf(owner, name) : undefined;
  return method !== undefined && ts.isMethodDeclaration(method.node)
    ? method
    : propertyOf(context, owner, name, node);
}

/** A method of an object's class. */
export function memberOf(owner: ObjectValue, name: string): FunctionValue | undefined {
  const member = owner.type?.members.find((candidate) =>
    (ts.isMethodDeclaration(candidate) || ts.isGetAccessorDeclaration(candidate)) &&
    candidate.name.getText() === name
  );
  if (
    member === undefined || !(ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member))
  ) {
    return undefined;
  }
  const scope = new Scope(owner.module, undefined, owner);
  return { kind: "function", name, node: member, scope, self: owner };
}

function apply(context: Context, target: Single, values: readonly Value[], node: ts.Node): Value {
  const site = siteOf(context, node);
  if (target.kind === "function") {
    const contract = context.machine.contracts.get(target.name);
    return contract === undefined
      ? callFunction(context, target, values, node)
      : callContract(context, contract, values, target, node);
  }
  if (target.kind === "list") {
    const [view, name] = target.items;
    if (view?.kind === "array" && name?.kind === "constant") {
      const result = callView(site, view, String(name.value), values) ??
        callArray(context, view, String(name.value), values, node);
      if (result !== undefined) return result;
    }
    if (view?.kind === "map" && name?.kind === "constant") {
      const result = callMap(view, String(name.value), values);
      if (result !== undefined) return result;
    }
  }
  const result = target.kind === "builtin"
    ? callKnown(context, target.name, values, node)
    : undefined;
  if (result === undefined) {
    const name = target.kind === "builtin" ? target.name : `a ${target.kind}`;
    context.machine.refuse(node, `a call of ${name}`);
  }
  return result ?? UNDEFINED;
}

/** Calls a function of the language. */
function callKnown(context: Context, name: string, values: readonly Value[], node: ts.Node) {
  if (name === "Array.from") return listFrom(context, values, node);
  return callBuiltin(siteOf(context, node), name, values);
}

/** Executes a function with these arguments, in the state of the context. */
export function callFunction(
  context: Context,
  { node: callee, scope: outer, self }: FunctionValue,
  values: readonly Value[],
  node: ts.Node,
): Value {
  const { machine, state } = context;
  const { body } = callee;
  if (body === undefined || callee.asteriskToken !== undefined || isAsync(callee)) {
    machine.refuse(node, "a function without a body, or one that waits");
    return UNDEFINED;
  }
  if (!machine.enter(node)) return UNDEFINED;
  const scope = new Scope(outer.module, outer, self);
  const inner: Context = { machine, scope, state };
  callee.parameters.forEach(({ name, initializer, dotDotDotToken }, place) => {
    if (dotDotDotToken !== undefined) machine.refuse(name, "a rest parameter");
    const value = values[place] ?? UNDEFINED;
    const isMissing = value.kind === "constant" && value.value === undefined;
    bindPattern(inner, name, isMissing && initializer ? evaluate(inner, initializer) : value);
  });
  const result = ts.isBlock(body) ? run(inner, body) : evaluate(inner, body);
  machine.leave();
  return result;
}

function isAsync(callee: ts.FunctionLikeDeclaration): boolean {
  return ts.canHaveModifiers(callee) &&
    (ts.getModifiers(callee) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}

/** Executes the body of a function: its result is that of whichever return is reached. */
function run(context: Context, body: ts.Block): Value {
  const { state } = context;
  const { path } = state;
  const result = { name: "return", initial: UNDEFINED };
  const exits: Exits = [];
  const end = executeAll({ ...context, state: state.at(path) }, body.statements, exits);
  for (const exit of exits) exit.state.set(result, exit.value);
  const last = joinAll([...exits.map((exit) => exit.state), ...(end === undefined ? [] : [end])]);
  if (last === undefined) return UNDEFINED;
  const value = last.get(result);
  last.values.delete(result);
  state.adopt(new State(path, last.values));
  return value;
}

function callContract(
  context: Context,
  contract: Contract,
  values: readonly Value[],
  { name, scope }: FunctionValue,
  node: ts.Node,
): Value {
  const { machine, state } = context;
  const problems: string[] = [];
  const tools: ContractTools = {
    fresh: (label, min, max) => machine.fresh(label, min, max),
    assume: (truth) => void machine.assumptions.push(t.implies(state.path, truth)),
    require: (truth, what) => machine.require(state, truth, what, node),
    write(array, index, value) {
      const target = only(siteOf(context, node), viewed(array), "array");
      if (target === undefined) return;
      writeElement(state, target, t.integer(index), number(t.integer(value)));
    },
  };
  const views = values.map((value) => new View(value, state, problems));
  const result = valueOf(contract(views, tools), scope.module);
  const [problem] = problems;
  if (result === undefined || problem !== undefined) {
    machine.refuse(node, `the contract of ${name}: ${problem ?? "it gives no value"}`);
  }
  return result ?? UNDEFINED;
}

/** Makes an object of a class of the module: its fields, then its constructor. */
function instantiate(
  context: Context,
  type: ts.ClassDeclaration,
  module: Module,
  values: readonly Value[],
  node: ts.Node,
): Value {
  const fields = new Map<string, Binding>();
  const self: ObjectValue = { kind: "object", fields, type, module };
  const scope = new Scope(module, undefined, self);
  if (type.heritageClauses !== undefined) {
    context.machine.refuse(node, "a class that extends another");
  }
  for (const member of type.members) {
    if (!ts.isPropertyDeclaration(member) || isStatic(member)) continue;
    const binding = { name: member.name.getText(), initial: UNDEFINED };
    fields.set(binding.name, binding);
    const { initializer } = member;
    if (initializer === undefined) continue;
    context.state.set(binding, evaluate({ ...context, scope }, initializer));
  }
  const maker = type.members.find(ts.isConstructorDeclaration);
  if (maker !== undefined) {
    callFunction(context, { kind: "function", name: "", node: maker, scope, self }, values, node);
  }
  return self;
}

function isStatic(member: ts.PropertyDeclaration): boolean {
  return (member.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

/** The class that a name means in a module, and the module that declares it. */
function classOf(
  context: Context,
  module: Module,
  name: string,
  node: ts.Node,
): readonly [ts.ClassDeclaration, Module] | undefined {
  const declaration = module.declarations.get(name);
  if (declaration?.kind === "class") return [declaration.node, module];
  if (declaration?.kind !== "import") return undefined;
  const from = context.machine.moduleOf(declaration.from, node);
  return from === undefined ? undefined : classOf(context, from, declaration.name, node);
}

/** Makes an object. */
export function create(context: Context, node: ts.NewExpression): Value {
  const values = (node.arguments ?? []).map((argument) => evaluate(context, argument));
  const name = ts.isIdentifier(node.expression) ? node.expression.text : "";
  const made = classOf(context, context.scope.module, name, node);
  if (made !== undefined) return instantiate(context, made[0], made[1], values, node);
  const type = node.expression.getText();
  const site = siteOf(context, node);
  const result = type === "Map"
    ? mapOf(site, values[0] ?? UNDEFINED)
    : construct(site, type, values);
  if (result === undefined) context.machine.refuse(node, `new ${type}`);
  return result ?? UNDEFINED;
}

/** Writes to a field, by way of its setter when it has one. */
export function setProperty(
  context: Context,
  owner: ObjectValue,
  name: string,
  value: Value,
  node: ts.Node,
): void {
  const binding = owner.fields.get(name);
  if (binding !== undefined) return context.state.set(binding, value);
  const setter = owner.type?.members.find((member) =>
    ts.isSetAccessorDeclaration(member) && member.name.getText() === name
  );
  if (setter === undefined || !ts.isSetAccessorDeclaration(setter)) {
    context.machine.refuse(node, `writing to the property ${name}`);
    return;
  }
  const scope = new Scope(owner.module, undefined, owner);
  callFunction(
    context,
    { kind: "function", name, node: setter, scope, self: owner },
    [value],
    node,
  );
}

/** Reads a property by way of its getter; nothing when it has none. */
export function getProperty(
  context: Context,
  owner: ObjectValue,
  name: string,
  node: ts.Node,
): Value | undefined {
  const getter = memberOf(owner, name);
  return getter === undefined || !ts.isGetAccessorDeclaration(getter.node)
    ? undefined
    : callFunction(context, getter, [], node);
}
