/** Rules on syntax: what a file of `src/` may not hold. Each gives the lines that break it. */

import ts from "typescript";
import { syntaxOffences } from "../../tools/house/syntax.ts";
import { lineOf, type Offence, type SourceFile } from "../../tools/house/tree.ts";
import { listOf, treeOf } from "./static_sources.ts";

/** What breaks a rule in a file, a sentence for each. */
export type Rule = (file: SourceFile) => readonly string[];

const offences = new WeakMap<SourceFile, readonly Offence[]>();

/** What the house check finds in a file, looked for once. */
function offencesOf(file: SourceFile): readonly Offence[] {
  const found = offences.get(file) ?? syntaxOffences(file);
  offences.set(file, found);
  return found;
}

/** Of what the house check finds, that of one sort. */
export function houseRule(message: string): Rule {
  return (file) =>
    offencesOf(file).filter((offence) => offence.message === message)
      .map(({ line }) => `${file.path}:${line}: ${message}`);
}

/** A rule on single nodes. */
export function nodeRule(breach: (node: ts.Node, path: string) => string | undefined): Rule {
  return (file) =>
    listOf(file).flatMap((node) => {
      const found = breach(node, file.path);
      return found === undefined ? [] : [`${file.path}:${lineOf(treeOf(file), node)}: ${found}`];
    });
}

/** Several rules as one. */
export function rules(...all: readonly Rule[]): Rule {
  return (file) => all.flatMap((rule) => rule(file));
}

/** The hostile values and the registered tests: they throw and reject, which is what they are for. */
const REJECTS = ["src/proof/hostile.ts", "src/proof/register.ts"];

/** A promise that is made to reject. */
export const rejects: Rule = nodeRule((node, path) =>
  ts.isPropertyAccessExpression(node) && node.getText() === "Promise.reject" &&
    !REJECTS.includes(path)
    ? "a promise that rejects"
    : undefined
);

/** Functions of the engine that throw for some values of the right type. */
const THROWING =
  /^(JSON\.parse|structuredClone|decodeURI|decodeURIComponent|new WebAssembly\.\w+|new SharedPool|new RegExp)$/;

/** Functions in which such a call stands, because all who call them catch what it throws. */
const CAUGHT: readonly (readonly [path: string, name: string])[] = [
  ["src/paged/shared_pool.ts", "constructor"], // `new SharedPool` is such a call itself
  ["src/paged/shared_pool.ts", "clone"],
  ["src/pvm/recompiler/compiled.ts", "stepper"], // called where a program is linked
  ["src/proof/hostile.ts", "detached"],
  ["src/proof/ledger.ts", "readCoverage"], // a reader of `readList`
];

/** The name of the function around a node. */
function functionAround(node: ts.Node): string {
  let at = node;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  if (ts.isConstructorDeclaration(at)) return "constructor";
  return ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) ? at.name?.getText() ?? "" : "";
}

/** Whether a node stands in the guarded part of a `try` of its own function. */
function isGuarded(node: ts.Node): boolean {
  for (let at = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) {
      return at.parent.catchClause !== undefined;
    }
  }
  return false;
}

/** A call that may throw, outside a `try`. */
export const unguardedCalls: Rule = nodeRule((node, path) => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const name = `${ts.isNewExpression(node) ? "new " : ""}${node.expression.getText()}`;
  if (!THROWING.test(name) || isGuarded(node)) return undefined;
  const around = functionAround(node);
  return CAUGHT.some(([file, own]) => file === path && own === around)
    ? undefined
    : `${name} outside a try`;
});

/** `x!: T`: a variable or field that is said to have a value before it has. */
export const definite: Rule = nodeRule((node) =>
  (ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node)) &&
    node.exclamationToken !== undefined
    ? "a field that is said to have a value"
    : undefined
);

/** Where code may be made. */
const MAKES_CODE = "src/pvm/recompiler/";

/** Names that make code of a text or of bytes. */
const CODE =
  /^(eval|Function|(globalThis\.)?WebAssembly\.(Module|Instance|compile|compileStreaming|instantiate|instantiateStreaming)|Worker|importScripts)$/;

function isName(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  // `Function.prototype` reads a field; a name behind a dot or before a colon is none of its own.
  const { parent } = node;
  const isField = ts.isPropertyAccessExpression(parent) ||
    ts.isPropertySignature(parent) || ts.isPropertyAssignment(parent) && parent.name === node;
  return !isField && !ts.isTypeNode(parent);
}

/** What makes code, outside the recompiler. */
export const codeGeneration: Rule = nodeRule((node, path) => {
  if (path.startsWith(MAKES_CODE)) return undefined;
  if (ts.isCallExpression(node)) {
    const [address] = node.arguments;
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return address !== undefined && ts.isStringLiteral(address)
        ? undefined
        : "an import of a computed name";
    }
    if (/^set(Timeout|Interval)$/.test(node.expression.getText())) {
      return address !== undefined && ts.isStringLiteralLike(address)
        ? "code in a text"
        : undefined;
    }
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    if (/\.constructor$/.test(node.expression.getText())) return "a constructor that is looked up";
  }
  return isName(node) && CODE.test(node.getText()) ? `${node.getText()} makes code` : undefined;
});

function isEndless(node: ts.Node): node is ts.IterationStatement {
  if (ts.isForStatement(node)) {
    return node.condition === undefined || node.condition.kind === ts.SyntaxKind.TrueKeyword;
  }
  return (ts.isWhileStatement(node) || ts.isDoStatement(node)) &&
    /^(true|1|!0)$/.test(node.expression.getText());
}

/** Whether a statement inside a loop leaves it: a return, or a break or continue to outside of it. */
function leaves(node: ts.Node, labels: readonly string[], nested: boolean): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isReturnStatement(node)) return true;
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) {
    if (node.label !== undefined) return !labels.includes(node.label.text);
    return ts.isBreakStatement(node) && !nested;
  }
  const known = ts.isLabeledStatement(node) ? [...labels, node.label.text] : labels;
  const inner = nested || ts.isSwitchStatement(node) || ts.isIterationStatement(node, false);
  return ts.forEachChild(node, (child) => leaves(child, known, inner) || undefined) ?? false;
}

/** Whether a loop can be left; `continue` to its own label does not. */
function canBeLeft(loop: ts.IterationStatement): boolean {
  const { parent, statement } = loop;
  const own = ts.isLabeledStatement(parent) ? parent.label.text : undefined;
  const leavesOwn = (node: ts.Node): boolean =>
    ts.isBreakStatement(node) && own !== undefined && node.label?.text === own ||
    (ts.forEachChild(node, (child) => leavesOwn(child) || undefined) ?? false);
  return leaves(statement, own === undefined ? [] : [own], false) || leavesOwn(statement);
}

/** A loop that nothing leaves. */
export const endlessLoops: Rule = nodeRule((node) =>
  isEndless(node) && !canBeLeft(node) ? "a loop that nothing leaves" : undefined
);

/** A function that is said never to return. */
export const neverReturns: Rule = nodeRule((node, path) =>
  ts.isFunctionLike(node) && node.type?.kind === ts.SyntaxKind.NeverKeyword &&
    !REJECTS.includes(path)
    ? "a function that never returns"
    : undefined
);

/** What depends on the moment or on chance. */
export const chance: Rule = nodeRule((node) =>
  ts.isPropertyAccessExpression(node) &&
      /^(Math\.random|Date\.now|performance\.now|crypto\.\w+)$/.test(node.getText()) ||
    ts.isNewExpression(node) && node.expression.getText() === "Date"
    ? `${node.getText()} depends on the moment or on chance`
    : undefined
);
