/** Small faults that are put into a source: what each changes, found in the syntax tree. */

import { createHash } from "node:crypto";
import ts from "typescript";
import { lineOf, parse, type SourceFile } from "../house/tree.ts";

/** One fault: a piece of one file, and what stands there instead. */
export interface Fault {
  /** The same for the same fault, even when other lines of the file change. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  /** The line of the source, without the white space around it. */
  readonly text: string;
  /** The operator that made it. */
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  /** Where the piece begins and ends. */
  readonly start: number;
  readonly end: number;
  /** Whether it is the default of an index, which only the type checker asks for. */
  readonly isDefault: boolean;
}

/** What an operator makes of a node: the piece that is replaced, and its replacement. */
interface Change {
  readonly operator: string;
  readonly node: ts.Node;
  readonly to: string;
}

const K = ts.SyntaxKind;

/** What takes the place of a binary operator, and the name of that change. */
const BINARY: ReadonlyMap<ts.SyntaxKind, readonly [operator: string, to: string]> = new Map([
  [K.LessThanToken, ["comparison boundary", "<="]],
  [K.LessThanEqualsToken, ["comparison boundary", "<"]],
  [K.GreaterThanToken, ["comparison boundary", ">="]],
  [K.GreaterThanEqualsToken, ["comparison boundary", ">"]],
  [K.EqualsEqualsEqualsToken, ["equality", "!=="]],
  [K.ExclamationEqualsEqualsToken, ["equality", "==="]],
  [K.PlusToken, ["arithmetic", "-"]],
  [K.MinusToken, ["arithmetic", "+"]],
  [K.AsteriskToken, ["arithmetic", "+"]],
  [K.SlashToken, ["arithmetic", "*"]],
  [K.PercentToken, ["arithmetic", "*"]],
  [K.AsteriskAsteriskToken, ["arithmetic", "*"]],
  [K.PlusEqualsToken, ["arithmetic", "-="]],
  [K.MinusEqualsToken, ["arithmetic", "+="]],
  [K.AmpersandToken, ["bits", "|"]],
  [K.BarToken, ["bits", "&"]],
  [K.CaretToken, ["bits", "|"]],
  [K.LessThanLessThanToken, ["bits", ">>"]],
  [K.GreaterThanGreaterThanToken, ["bits", "<<"]],
  [K.GreaterThanGreaterThanGreaterThanToken, ["bits", ">>"]],
  [K.AmpersandEqualsToken, ["bits", "|="]],
  [K.BarEqualsToken, ["bits", "&="]],
  [K.AmpersandAmpersandToken, ["logic", "||"]],
  [K.BarBarToken, ["logic", "&&"]],
]);

/** Operators whose operands may not be exchanged without a difference. */
const ORDERED: ReadonlySet<ts.SyntaxKind> = new Set([
  K.MinusToken,
  K.SlashToken,
  K.PercentToken,
  K.LessThanLessThanToken,
  K.GreaterThanGreaterThanToken,
  K.GreaterThanGreaterThanGreaterThanToken,
]);

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function binaryChanges(node: ts.BinaryExpression): Change[] {
  const { left, operatorToken, right } = node;
  if (isText(left) || isText(right)) {
    if (operatorToken.kind === K.PlusToken || operatorToken.kind === K.PlusEqualsToken) return [];
  }
  const changes: Change[] = [];
  const replaced = BINARY.get(operatorToken.kind);
  if (replaced !== undefined) {
    changes.push({ operator: replaced[0], node: operatorToken, to: replaced[1] });
  }
  if (ORDERED.has(operatorToken.kind)) {
    const to = `(${right.getText()}) ${operatorToken.getText()} (${left.getText()})`;
    changes.push({ operator: "swapped operands", node, to });
  }
  return changes;
}

function numberChanges(node: ts.Node, text: string): Change[] {
  const operator = "constant";
  if (ts.isBigIntLiteral(node)) {
    const value = BigInt(text.replaceAll("_", "").slice(0, -1));
    return [value + 1n, value - 1n].map((to) => ({ operator, node, to: `(${to}n)` }));
  }
  const value = Number(text.replaceAll("_", ""));
  return [value + 1, value - 1].map((to) => ({ operator, node, to: `(${to})` }));
}

function negated(condition: ts.Expression): Change {
  return { operator: "negation", node: condition, to: `!(${condition.getText()})` };
}

/** Whether a text is the name of a kind: the value of a field, a case, or one side of an operator. */
function isKind(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === "kind";
  return ts.isCaseClause(parent) || ts.isBinaryExpression(parent);
}

function conditionChanges(node: ts.Node): Change[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [negated(node.expression)];
  if (ts.isConditionalExpression(node)) return [negated(node.condition)];
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText();
    if (node.operator === K.ExclamationToken) {
      return [{ operator: "negation", node, to: `(${operand})` }];
    }
    if (node.operator === K.MinusToken) return [{ operator: "arithmetic", node, to: operand }];
    if (node.operator === K.TildeToken) return [{ operator: "bits", node, to: operand }];
  }
  return [];
}

function statementChanges(node: ts.Node): Change[] {
  if (ts.isExpressionStatement(node)) {
    const isParent = ts.isCallExpression(node.expression) &&
      node.expression.expression.kind === K.SuperKeyword;
    return isParent ? [] : [{ operator: "removed statement", node, to: ";" }];
  }
  if (ts.isReturnStatement(node) && isEarly(node)) {
    return [{ operator: "removed return", node, to: ";" }];
  }
  return [];
}

/** Whether something follows a return: it stands in a condition. */
function isEarly(node: ts.ReturnStatement): boolean {
  const holder = ts.isBlock(node.parent) ? node.parent.parent : node.parent;
  return ts.isIfStatement(holder);
}

function changesOf(node: ts.Node): Change[] {
  if (ts.isBinaryExpression(node)) return binaryChanges(node);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) {
    return numberChanges(node, node.getText());
  }
  if (node.kind === K.TrueKeyword) return [{ operator: "boolean", node, to: "false" }];
  if (node.kind === K.FalseKeyword) return [{ operator: "boolean", node, to: "true" }];
  if (ts.isStringLiteral(node) && isKind(node)) {
    return [{ operator: "kind", node, to: JSON.stringify(`${node.text}_`) }];
  }
  return [...conditionChanges(node), ...statementChanges(node)];
}

/** Whether nothing below a node runs. */
function isSilent(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

/** Whether a node is the default of an index: `0` in `list[at] ?? 0`. */
function isDefault({ parent, pos }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === K.QuestionQuestionToken && parent.right.pos === pos &&
    ts.isElementAccessExpression(parent.left);
}

/** A fault beside the node that holds the whole of what it changes. */
export interface Place {
  readonly fault: Fault;
  /** The expression or statement in whose place a faulty one can stand. */
  readonly holder: ts.Node;
}

/** What names a fault whatever else is changed in its file: the n-th that looks like it. */
function idOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 10);
}

/** Every fault that the operators make of a file, and where. */
export function placesOf(file: SourceFile): Place[] {
  const tree = parse(file);
  const lines = file.text.split("\n");
  const places: Place[] = [];
  const seen = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (isSilent(node)) return;
    for (const { operator, node: piece, to } of changesOf(node)) {
      const start = piece.getStart(tree);
      const end = piece.getEnd();
      const from = file.text.slice(start, end);
      const line = lineOf(tree, piece);
      const text = (lines[line - 1] ?? "").trim();
      const look = JSON.stringify([file.path, text, from, to]);
      const count = seen.get(look) ?? 0;
      seen.set(look, count + 1);
      const fault: Fault = {
        id: idOf([look, count]),
        ...{ path: file.path, line, text, operator, from, to, start, end },
        isDefault: isDefault(piece),
      };
      places.push({ fault, holder: ts.isToken(piece) && !isWhole(piece) ? node : piece });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return places;
}

/** Whether a token is an expression of its own, and no operator. */
function isWhole(token: ts.Node): boolean {
  return ts.isLiteralExpression(token) || ts.isIdentifier(token) ||
    [K.TrueKeyword, K.FalseKeyword, K.ThisKeyword, K.NullKeyword].includes(token.kind);
}

/** Every fault that the operators make of a file. */
export function faultsOf(file: SourceFile): Fault[] {
  return placesOf(file).map(({ fault }) => fault);
}

/** The text of a file with a fault in it. */
export function withFault(text: string, { start, end, to }: Fault): string {
  return text.slice(0, start) + to + text.slice(end);
}
