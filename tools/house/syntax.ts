/** What a source file may not contain, and how long it and its functions may be. */

import ts from "typescript";
import { lineOf, nodesOf, type Offence, parse, type SourceFile } from "./tree.ts";

/** The only file in which casts make the branded types. */
const BRANDS = "src/int/brand.ts";

/** The hostile values of the proof toolkit throw: that is what they are for. */
const THROWS_ON_PURPOSE = "src/proof/hostile.ts";

/** How many lines a file of each folder may have. */
const FILE_LINES: Readonly<Record<string, number>> = {
  src: 300,
  model: 170,
  proofs: 250,
  tools: 300,
  bench: 300,
  examples: 300,
  workbench: 300,
};

/** How many lines a function of `src/` and `model/` may have. */
const FUNCTION_LINES = 60;

/** Files whose functions may be longer: each is one switch over the opcodes of a machine. */
const OPCODE_SWITCHES: ReadonlySet<string> = new Set([
  "src/pvm/arithmetic.ts",
  "src/pvm/execute.ts",
]);

const FILE_NAME = /^[a-z0-9_]+(\.test|\.bench)?\.ts$/;

/** Names that a model may not use: it works on plain numbers and lists. */
const NOT_IN_MODELS =
  /^(ArrayBuffer|SharedArrayBuffer|DataView|Buffer|((Big)?(Ui|I)nt(8|16|32|64)|Uint8Clamped|Float(16|32|64))Array)$/;

/** Whether nothing in a folder may throw, and its functions are short. */
function isQuiet(folder: string): boolean {
  return folder === "src" || folder === "model";
}

function folderOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function castOf(node: ts.Node, path: string): string | undefined {
  if (ts.isNonNullExpression(node)) return "a non-null assertion";
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return undefined;
  if (path === BRANDS || ts.isConstTypeReference(node.type)) return undefined;
  return "a cast";
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
}

function breachOf(node: ts.Node, path: string): string | undefined {
  const cast = castOf(node, path);
  if (cast !== undefined) return cast;
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "the type any";
  if (isDefaultExport(node)) return "a default export";
  const folder = folderOf(path);
  if (isQuiet(folder) && ts.isThrowStatement(node)) {
    return path === THROWS_ON_PURPOSE ? undefined : "a throw";
  }
  if (folder === "model" && ts.isIdentifier(node) && NOT_IN_MODELS.test(node.text)) {
    return `${node.text} in a model`;
  }
  return undefined;
}

function isFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

function linesOf(tree: ts.SourceFile, node: ts.Node): number {
  const end = tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return end - lineOf(tree, node) + 1;
}

function lengthOffences(file: SourceFile): Offence[] {
  const limit = FILE_LINES[folderOf(file.path)];
  const lines = file.text.split("\n").length - 1;
  if (limit === undefined || lines <= limit) return [];
  return [{ path: file.path, line: limit + 1, message: `${lines} lines; ${limit} are allowed` }];
}

function nameOffences(file: SourceFile): Offence[] {
  const name = file.path.split("/").at(-1) ?? "";
  return FILE_NAME.test(name)
    ? []
    : [{ path: file.path, line: 1, message: "the name of the file is not snake_case" }];
}

/** What breaks a rule in a TypeScript file. */
export function syntaxOffences(file: SourceFile): Offence[] {
  if (!file.path.endsWith(".ts")) return [];
  const tree = parse(file);
  const folder = folderOf(file.path);
  const offences = [...nameOffences(file), ...lengthOffences(file)];
  for (const node of nodesOf(tree)) {
    const line = lineOf(tree, node);
    const breach = breachOf(node, file.path);
    if (breach !== undefined) offences.push({ path: file.path, line, message: breach });
    if (!isQuiet(folder) || !isFunction(node) || OPCODE_SWITCHES.has(file.path)) continue;
    const lines = linesOf(tree, node);
    if (lines > FUNCTION_LINES) {
      const message = `a function of ${lines} lines; ${FUNCTION_LINES} are allowed`;
      offences.push({ path: file.path, line, message });
    }
  }
  return offences;
}
