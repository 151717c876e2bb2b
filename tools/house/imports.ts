/** Who may import whom. */

import { posix } from "node:path";
import ts from "typescript";
import { lineOf, nodesOf, type Offence, parse, type SourceFile } from "./tree.ts";

/** The floor of each room of `src/`. */
const FLOORS: Readonly<Record<string, number>> = {
  int: 0,
  linear: 1,
  paged: 1,
  arena: 1,
  proof: 1,
  pvm: 2,
  symbolic: 2,
  recompiler: 3,
  kernel: 3,
  cli: 4,
};

/** The packages that a room may bring to those who import it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  proof: ["fast-check"],
  kernel: ["@noble/hashes"],
  symbolic: ["node:fs", "node:url", "typescript", "z3-solver"],
  cli: ["node:child_process", "node:fs", "node:process", "node:util"],
};

/** An import: where it stands and what it names. */
export interface Import {
  readonly line: number;
  readonly target: string;
}

function literalOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** What a node imports: by statement, by re-export, by call, or in a type. */
function targetOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literalOf(node.moduleSpecifier);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literalOf(node.arguments[0]);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literalOf(node.argument.literal);
  }
  return undefined;
}

/** Every import of a file. */
export function importsOf(file: SourceFile): Import[] {
  const tree = parse(file);
  const imports: Import[] = [];
  for (const node of nodesOf(tree)) {
    const target = targetOf(node);
    if (target !== undefined) imports.push({ line: lineOf(tree, node), target });
  }
  return imports;
}

/** The room of a file of `src/`: its folder, or the file itself at the root of `src/`. */
function roomOf(path: string): string {
  const parts = path.split("/").slice(1);
  if (parts[0] === "pvm" && parts[1] === "recompiler") return "recompiler";
  return parts[0] ?? path;
}

/** Whether a room is a single file at the root of `src/`, which everyone stands on. */
function isGround(room: string): boolean {
  return room.endsWith(".ts");
}

function floorOf(room: string): number | undefined {
  return isGround(room) ? 0 : FLOORS[room];
}

function fromSource(from: string, to: string, faces: ReadonlySet<string>): string | undefined {
  if (!to.startsWith("src/")) return `src/ imports ${to}, which is not part of it`;
  const room = roomOf(from);
  const other = roomOf(to);
  if (room === other) return undefined;
  const floor = floorOf(room);
  const otherFloor = floorOf(other);
  if (floor === undefined) return `no floor is known for the room ${room}`;
  if (otherFloor === undefined) return `no floor is known for the room ${other}`;
  if (otherFloor > floor) return `${room} reaches up a floor, to ${other}`;
  if (otherFloor === floor && !isGround(other)) return `${room} reaches sideways, to ${other}`;
  if (!isGround(other) && !faces.has(to) && to !== `src/${other}/mod.ts`) {
    return `${room} reaches into ${other} past its face`;
  }
  return undefined;
}

/** Why a package may not be imported by a published file. */
function foreignTo(path: string, name: string): string | undefined {
  if (path.startsWith("model/")) return `model/ imports ${name}; it stands alone`;
  if (path === "mod.ts") return `mod.ts imports ${name}; it re-exports src/ alone`;
  const room = roomOf(path);
  const allowed = PACKAGES[room] ?? [];
  const known = allowed.some((own) => name === own || name.startsWith(`${own}/`));
  return known ? undefined : `${room} imports ${name}, a package that is not its own`;
}

function judge(from: string, target: string, faces: ReadonlySet<string>): string | undefined {
  if (!target.startsWith(".")) return foreignTo(from, target);
  const to = posix.join(posix.dirname(from), target);
  if (from.startsWith("src/")) return fromSource(from, to, faces);
  if (from.startsWith("model/")) {
    return to.startsWith("model/") ? undefined : `model/ imports ${to}; it stands alone`;
  }
  return to.startsWith("src/") ? undefined : `mod.ts imports ${to}; it re-exports src/ alone`;
}

/** Whether a file is one that the package publishes. */
export function isPublished(path: string): boolean {
  return path === "mod.ts" || /^(src|model)\/.*\.ts$/.test(path);
}

/**
 * Imports that break a rule.
 *
 * @param faces Files of `src/` that are exports of the package besides each room's `mod.ts`.
 */
export function importOffences(file: SourceFile, faces: ReadonlySet<string>): Offence[] {
  if (!isPublished(file.path)) return [];
  return importsOf(file).flatMap(({ line, target }) => {
    const message = judge(file.path, target, faces);
    return message === undefined ? [] : [{ path: file.path, line, message }];
  });
}
