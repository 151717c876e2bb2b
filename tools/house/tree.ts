/** The files of a project as the house check sees them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A file: its path from the root of the project, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something that breaks a rule of the house. */
export interface Offence {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const IGNORED = new Set([".git", "node_modules", "deno.lock", "LICENSE"]);

/** Folders that commands write, from the root. */
const WRITTEN = new Set(["coverage", "dist", "docs/api"]);
const TEXT = /(\.(ts|mjs|py|html|css|md|json|jsonc|yml|yaml|sh)|(^|\/)(run|\.gitignore))$/;

/** Every text file below a folder. */
export function readTree(root: string, under: string = ""): SourceFile[] {
  const files: SourceFile[] = [];
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    if (IGNORED.has(entry.name)) continue;
    const path = under === "" ? entry.name : `${under}/${entry.name}`;
    if (WRITTEN.has(path)) continue;
    if (entry.isDirectory()) files.push(...readTree(root, path));
    else if (TEXT.test(path)) files.push({ path, text: readFileSync(join(root, path), "utf8") });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The trees made so far: several checks look at the same files. */
const trees = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a TypeScript file. */
export function parse(file: SourceFile): ts.SourceFile {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
}

/** Every node of a tree. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

/** The line of a node, counted from one. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}
