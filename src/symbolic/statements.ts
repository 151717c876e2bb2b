/**
 * Statements: how execution goes on, and how it leaves loops and functions.
 *
 * @module
 */

import ts from "typescript";
import { bindPattern } from "./assignment.ts";
import { only } from "./builtins.ts";
import { type Context, evaluate, siteOf } from "./expressions.ts";
import { binary, truthOf } from "./operators.ts";
import { join, joinAll, Scope, type State } from "./state.ts";
import * as t from "./term.ts";
import type { Truth } from "./term.ts";
import { UNDEFINED, type Value } from "./value.ts";

/** A way out of a statement other than its end. */
export interface Exit {
  readonly kind: "break" | "continue" | "return";
  readonly label: string | undefined;
  readonly state: State;
  readonly value: Value;
}

/** The ways out that have been found so far. */
export type Exits = Exit[];

/** Executes statements; gives the state behind them, or nothing when none is reached. */
export function executeAll(
  context: Context,
  statements: readonly ts.Statement[],
  exits: Exits,
): State | undefined {
  let state: State | undefined = context.state;
  for (const node of statements) {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) {
      const { scope } = context;
      const name = node.name.text;
      state.set(scope.declare(name), { kind: "function", name, node, scope, self: undefined });
    }
  }
  for (const statement of statements) {
    state = execute({ ...context, state }, statement, exits);
    if (state === undefined || state.path === t.FALSE) return undefined;
  }
  return state;
}

/** Executes one statement. */
export function execute(
  context: Context,
  node: ts.Statement,
  exits: Exits,
  label?: string,
): State | undefined {
  const { machine, state } = context;
  if (machine.stopped(node)) return undefined;
  if (ts.isBlock(node)) {
    const scope = new Scope(context.scope.module, context.scope);
    return executeAll({ ...context, scope }, node.statements, exits);
  }
  if (ts.isVariableStatement(node)) {
    declareAll(context, node.declarationList);
    return state;
  }
  if (ts.isExpressionStatement(node)) {
    evaluate(context, node.expression);
    return state;
  }
  if (ts.isReturnStatement(node)) {
    const value = node.expression === undefined ? UNDEFINED : evaluate(context, node.expression);
    exits.push({ kind: "return", label: undefined, state, value });
    return undefined;
  }
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) {
    const kind = ts.isBreakStatement(node) ? "break" : "continue";
    exits.push({ kind, label: node.label?.text, state, value: UNDEFINED });
    return undefined;
  }
  if (ts.isIfStatement(node)) return conditional(context, node, exits);
  if (ts.isSwitchStatement(node)) return cases(context, node, exits);
  if (ts.isLabeledStatement(node)) return labelled(context, node, exits);
  if (ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForStatement(node)) {
    return loop(context, node, exits, label);
  }
  if (ts.isForOfStatement(node)) return walk(context, node, exits, label);
  if (ts.isFunctionDeclaration(node) || ts.isEmptyStatement(node)) return state;
  machine.refuse(node, ts.SyntaxKind[node.kind] ?? "a statement");
  return undefined;
}

function declareAll(context: Context, list: ts.VariableDeclarationList): void {
  for (const { name, initializer } of list.declarations) {
    bindPattern(
      context,
      name,
      initializer === undefined ? UNDEFINED : evaluate(context, initializer),
    );
  }
}

function conditional(context: Context, node: ts.IfStatement, exits: Exits): State | undefined {
  const { state } = context;
  const test = truthOf(siteOf(context, node), evaluate(context, node.expression));
  const { path } = state;
  const either = (side: Truth, statement: ts.Statement | undefined): State | undefined => {
    const condition = t.and(path, side);
    if (condition === t.FALSE) return undefined;
    const inner = state.at(condition);
    return statement === undefined
      ? inner
      : execute({ ...context, state: inner }, statement, exits);
  };
  const yes = either(test, node.thenStatement);
  const no = either(t.not(test), node.elseStatement);
  if (yes === undefined || no === undefined) return yes ?? no;
  const whole = yes.path === t.and(path, test) || no.path === path;
  return join(test, yes, no, whole ? path : t.or(yes.path, no.path));
}

/** A switch: each label is compared in turn, and execution falls through the clauses. */
function cases(context: Context, node: ts.SwitchStatement, exits: Exits): State | undefined {
  const { machine, state } = context;
  const value = evaluate(context, node.expression);
  const scope = new Scope(context.scope.module, context.scope);
  const inner: Exits = [];
  let open = state.path;
  const entries = node.caseBlock.clauses.map((clause) => {
    if (ts.isDefaultClause(clause)) return undefined;
    const label = evaluate({ ...context, scope }, clause.expression);
    const equal = truthOf(
      siteOf(context, clause),
      binary(siteOf(context, clause), "===", value, label),
    );
    const path = t.and(open, equal);
    open = t.and(open, t.not(equal));
    return path;
  });
  let running: State | undefined;
  node.caseBlock.clauses.forEach((clause, place) => {
    const path = entries[place] ?? open;
    const entering = path === t.FALSE ? [] : [state.at(path)];
    const at = joinAll([...entering, ...(running === undefined ? [] : [running])]);
    running = at === undefined
      ? undefined
      : executeAll({ machine, scope, state: at }, clause.statements, inner);
  });
  const hasDefault = node.caseBlock.clauses.some(ts.isDefaultClause);
  const rest = hasDefault || open === t.FALSE ? [] : [state.at(open)];
  const broken = leave(inner, exits, ({ kind, label }) => kind === "break" && label === undefined);
  return joinAll([...broken, ...(running === undefined ? [] : [running]), ...rest]);
}

/** The states of those ways out that end here; the others are passed on. */
function leave(inner: Exits, exits: Exits, ends: (exit: Exit) => boolean): State[] {
  exits.push(...inner.filter((exit) => !ends(exit)));
  return inner.filter(ends).map(({ state }) => state);
}

function labelled(context: Context, node: ts.LabeledStatement, exits: Exits): State | undefined {
  const name = node.label.text;
  const inner: Exits = [];
  const end = execute(context, node.statement, inner, name);
  const broken = leave(inner, exits, ({ kind, label }) => kind === "break" && label === name);
  return joinAll([...broken, ...(end === undefined ? [] : [end])]);
}

/** A loop over the items of a list. */
function walk(
  context: Context,
  node: ts.ForOfStatement,
  exits: Exits,
  label: string | undefined,
): State | undefined {
  const list = only(siteOf(context, node), evaluate(context, node.expression), "list");
  const name = ts.isVariableDeclarationList(node.initializer)
    ? node.initializer.declarations[0]?.name
    : undefined;
  if (name === undefined) context.machine.refuse(node, "a loop without a declaration");
  const finished: State[] = [];
  let state: State | undefined = context.state;
  for (const item of list?.items ?? []) {
    if (state === undefined || name === undefined) break;
    const scope = new Scope(context.scope.module, context.scope);
    const inner: Context = { ...context, scope, state };
    bindPattern(inner, name, item);
    const found: Exits = [];
    const end = execute(inner, node.statement, found);
    state = turn(found, end, finished, exits, label);
  }
  return joinAll([...finished, ...(state === undefined ? [] : [state])]);
}

/** Sorts the ways out of one round of a loop; gives the state in which the next round begins. */
function turn(
  found: Exits,
  end: State | undefined,
  finished: State[],
  exits: Exits,
  label: string | undefined,
): State | undefined {
  const isHere = (exit: Exit) => exit.label === undefined || exit.label === label;
  finished.push(...leave(found, [], (exit) => exit.kind === "break" && isHere(exit)));
  const again = leave(found, [], (exit) => exit.kind === "continue" && isHere(exit));
  exits.push(...found.filter((exit) => exit.kind === "return" || !isHere(exit)));
  return joinAll([...again, ...(end === undefined ? [] : [end])]);
}

/** A loop, unrolled until its condition cannot hold any more. */
function loop(
  context: Context,
  node: ts.WhileStatement | ts.DoStatement | ts.ForStatement,
  exits: Exits,
  label: string | undefined,
): State | undefined {
  const { machine } = context;
  const scope = new Scope(context.scope.module, context.scope);
  const start: Context = { ...context, scope };
  const isFor = ts.isForStatement(node);
  if (isFor && node.initializer !== undefined) {
    if (ts.isVariableDeclarationList(node.initializer)) declareAll(start, node.initializer);
    else evaluate(start, node.initializer);
  }
  const condition = isFor ? node.condition : node.expression;
  const finished: State[] = [];
  let state: State | undefined = context.state;
  for (let round = 0; state !== undefined; round++) {
    const inner: Context = { ...start, state };
    const skipsTest = condition === undefined || (ts.isDoStatement(node) && round === 0);
    const test: Truth = skipsTest
      ? t.TRUE
      : truthOf(siteOf(inner, node), evaluate(inner, condition));
    const out = t.and(state.path, t.not(test));
    if (out !== t.FALSE) finished.push(state.at(out));
    const going = t.and(state.path, test);
    if (going === t.FALSE) break;
    if (round >= machine.rounds) {
      machine.refuse(node, `a loop of more than ${machine.rounds} rounds`);
      return undefined;
    }
    const found: Exits = [];
    const end = execute({ ...start, state: state.at(going) }, node.statement, found);
    state = turn(found, end, finished, exits, label);
    if (state !== undefined && isFor && node.incrementor !== undefined) {
      evaluate({ ...start, state }, node.incrementor);
    }
  }
  return joinAll(finished);
}
