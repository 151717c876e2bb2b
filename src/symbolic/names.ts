/**
 * Names: variables, and what a module declares or imports.
 *
 * @module
 */

import type ts from "typescript";
import { bindPattern } from "./assignment.ts";
import { GLOBALS } from "./builtins.ts";
import { type Context, evaluate } from "./expressions.ts";
import type { Declaration, Module } from "./modules.ts";
import { Scope, State } from "./state.ts";
import { UNDEFINED, type Value } from "./value.ts";

/** What a name stands for. */
export function variable(context: Context, node: ts.Identifier): Value {
  const binding = context.scope.find(node.text);
  if (binding !== undefined) return context.state.get(binding);
  return named(context, context.scope.module, node.text, node);
}

/** What a name stands for at the top of a module. */
export function named(context: Context, module: Module, name: string, node: ts.Node): Value {
  const declaration = module.declarations.get(name);
  if (declaration !== undefined) return declared(context, module, name, declaration, node);
  if (name === "undefined") return UNDEFINED;
  if (GLOBALS.has(name)) return { kind: "builtin", name };
  context.machine.refuse(node, `the name ${name}`);
  return UNDEFINED;
}

function declared(
  context: Context,
  module: Module,
  name: string,
  declaration: Declaration,
  node: ts.Node,
): Value {
  const { machine } = context;
  if (declaration.kind === "function") {
    const scope = new Scope(module);
    return { kind: "function", name, node: declaration.node, scope, self: undefined };
  }
  if (declaration.kind === "import" || declaration.kind === "namespace") {
    const from = machine.moduleOf(declaration.from, node);
    if (from === undefined) return UNDEFINED;
    return declaration.kind === "namespace"
      ? { kind: "namespace", module: from }
      : named(context, from, declaration.name, node);
  }
  if (declaration.kind === "class") return { kind: "builtin", name };
  return constantOf(context, module, name, declaration.node);
}

/** The value of a module constant, found once. */
function constantOf(
  { machine }: Context,
  module: Module,
  name: string,
  node: ts.VariableDeclaration,
): Value {
  const found = machine.globals.get(node);
  if (found?.kind === "record") return found.fields.get(name) ?? UNDEFINED;
  const scope = new Scope(module);
  const inner: Context = { machine, scope, state: new State() };
  if (node.initializer === undefined) machine.refuse(node, "a module variable without a value");
  else bindPattern(inner, node.name, evaluate(inner, node.initializer));
  const fields = new Map<string, Value>();
  for (const [binding, value] of inner.state.values) {
    if (inner.scope.find(binding.name) === binding) fields.set(binding.name, value);
    // What functions of the module have captured begins like this in every execution.
    binding.initial = value;
  }
  machine.globals.set(node, { kind: "record", fields });
  return fields.get(name) ?? UNDEFINED;
}
