/**
 * One symbolic execution of a function: its result, what has to be shown, and what was met that is not
 * known.
 *
 * @module
 */

import ts from "typescript";
import { callFunction } from "./calls.ts";
import { type Argument, valueOf, View } from "./contract.ts";
import type { Machine } from "./machine.ts";
import type { Module } from "./modules.ts";
import { type Binding, Scope, State } from "./state.ts";
import { UNDEFINED } from "./value.ts";
import type { FunctionValue, ObjectValue, Value } from "./value.ts";

/** What a function came to. */
export interface Run {
  readonly value: Value;
  readonly state: State;
  /** The arguments, by the name of the parameter or its place. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** What `this` was. */
  readonly self: Value | undefined;
}

/** The function or method of a module: `name` or `Class.name`. */
function find(
  module: Module,
  name: string,
  fields: ReadonlyMap<string, Value>,
): FunctionValue | undefined {
  const [first = "", member] = name.split(".");
  const declaration = module.declarations.get(first);
  const scope = new Scope(module);
  if (member === undefined) {
    if (declaration?.kind === "function") {
      return { kind: "function", name, node: declaration.node, scope, self: undefined };
    }
    const initializer = declaration?.kind === "constant" ? declaration.node.initializer : undefined;
    return initializer !== undefined && ts.isArrowFunction(initializer)
      ? { kind: "function", name, node: initializer, scope, self: undefined }
      : undefined;
  }
  if (declaration?.kind !== "class") return undefined;
  const node = declaration.node.members.find((candidate) =>
    ts.isMethodDeclaration(candidate) || ts.isAccessor(candidate)
      ? nameOfMember(candidate) === member
      : false
  );
  if (node === undefined || !(ts.isMethodDeclaration(node) || ts.isAccessor(node))) {
    return undefined;
  }
  const places = new Map<string, Binding>();
  for (const [field, value] of fields) places.set(field, { name: field, initial: value });
  const self: ObjectValue = { kind: "object", fields: places, type: declaration.node, module };
  return { kind: "function", name, node, scope: new Scope(module, undefined, self), self };
}

/** The name of a method; that of a setter has `set` before it. */
function nameOfMember(node: ts.MethodDeclaration | ts.AccessorDeclaration): string {
  return ts.isSetAccessorDeclaration(node) ? `set ${node.name.getText()}` : node.name.getText();
}

/** The parameters as values, by place and by name. */
function bind(
  machine: Machine,
  { node }: FunctionValue,
  module: Module,
  given: Readonly<Record<string, Argument>>,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  node.parameters.forEach(({ name, initializer, questionToken }, place) => {
    const key = ts.isIdentifier(name) ? name.text : String(place);
    const argument = given[key];
    if (!(key in given) && initializer === undefined && questionToken === undefined) {
      machine.refuse(name, `a parameter that is not given: ${key}`);
    }
    const value = valueOf(argument, module);
    if (value === undefined) machine.refuse(name, `what is given for ${key} is no argument`);
    values.set(key, value ?? UNDEFINED);
  });
  return values;
}

/** Executes a function; nothing when the file or the function does not exist. */
export function execute(
  machine: Machine,
  file: string,
  name: string,
  given: Readonly<Record<string, Argument>>,
  self: Readonly<Record<string, Argument>>,
): Run | string {
  const module = machine.modules.get(file);
  if (module === undefined) return `the file ${file} cannot be read`;
  const fields = new Map<string, Value>();
  for (const [field, argument] of Object.entries(self)) {
    const value = valueOf(argument, module);
    if (value === undefined) return `what is given for ${field} is no argument`;
    fields.set(field, value);
  }
  const target = find(module, name, fields);
  if (target === undefined) return `${file} declares no function ${name}`;
  const parameters = bind(machine, target, module, given);
  const state = new State();
  const context = { machine, scope: target.scope, state };
  const value = callFunction(context, target, [...parameters.values()], target.node);
  return { value, state, parameters, self: target.self };
}

/** What a claim sees of a run. */
export class Result {
  /** What the function returned. */
  readonly value: View;
  /** What `this` holds afterwards, for a method. */
  readonly self: View;
  readonly #run: Run;
  readonly #problems: string[];

  /** Made by the executor only. */
  constructor(run: Run, problems: string[]) {
    this.value = new View(run.value, run.state, problems);
    this.self = new View(run.self ?? UNDEFINED, run.state, problems);
    this.#run = run;
    this.#problems = problems;
  }

  /** An argument as it is afterwards, by the name of the parameter: what was written to an array. */
  after(parameter: string): View {
    const value = this.#run.parameters.get(parameter);
    if (value === undefined) this.#problems.push(`no parameter is called ${parameter}`);
    return new View(value ?? UNDEFINED, this.#run.state, this.#problems);
  }
}
