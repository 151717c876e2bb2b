/** Defaults of an index, `list[at] ?? 0`, which only the type checker asks for. */

import ts from "typescript";
import { nodesOf, parse, type SourceFile } from "../house/tree.ts";

/** Whether an expression reads a place of a list. */
function isIndex(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isIndex(node.expression);
  if (ts.isElementAccessExpression(node)) return true;
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "at";
}

/** How many defaults of an index begin at each line of a file. */
export function defaultsOf(file: SourceFile): ReadonlyMap<number, number> {
  const tree = parse(file);
  const found = new Map<number, number>();
  for (const node of nodesOf(tree)) {
    if (!ts.isBinaryExpression(node)) continue;
    if (node.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) continue;
    if (!isIndex(node.left)) continue;
    const line = tree.getLineAndCharacterOfPosition(node.operatorToken.getStart(tree)).line + 1;
    found.set(line, (found.get(line) ?? 0) + 1);
  }
  return found;
}
