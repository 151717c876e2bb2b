/**
 * Source files: parsed, with what they declare and import.
 *
 * @module
 */

import ts from "typescript";
import { nameOf } from "./name_of.ts";

/** Gives the text of a file; nothing when there is none. */
export type ReadSource = (file: string) => string | undefined;

/** A declaration at the top of a module. */
export type Declaration =
  | { readonly kind: "function"; readonly node: ts.FunctionDeclaration }
  | { readonly kind: "constant"; readonly node: ts.VariableDeclaration }
  | { readonly kind: "class"; readonly node: ts.ClassDeclaration }
  | { readonly kind: "import"; readonly from: string; readonly name: string }
  | { readonly kind: "namespace"; readonly from: string };

/** A parsed file. */
export interface Module {
  readonly file: string;
  readonly tree: ts.SourceFile;
  readonly declarations: ReadonlyMap<string, Declaration>;
}

/** Reads a file of the file system: a path, or the text of a `file:` URL. */
export function readFile(file: string): string | undefined {
  try {
    return ts.sys.readFile(
      file.startsWith("file:") ? decodeURIComponent(new URL(file).pathname) : file,
    );
  } catch {
    return undefined;
  }
}

function resolved(from: string, target: string): string {
  if (!target.startsWith(".")) return target;
  if (from.startsWith("file:")) return new URL(target, from).href;
  const parts = from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function fromClause(file: string, node: ts.Expression | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? resolved(file, node.text) : undefined;
}

function addImport(into: Map<string, Declaration>, file: string, node: ts.ImportDeclaration): void {
  const from = fromClause(file, node.moduleSpecifier);
  const bindings = node.importClause?.namedBindings;
  if (from === undefined || bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) {
    into.set(bindings.name.text, { kind: "namespace", from });
    return;
  }
  for (const { name, propertyName } of bindings.elements) {
    into.set(name.text, { kind: "import", from, name: (propertyName ?? name).text });
  }
}

function addExport(into: Map<string, Declaration>, file: string, node: ts.ExportDeclaration): void {
  const from = fromClause(file, node.moduleSpecifier);
  const clause = node.exportClause;
  if (from === undefined || clause === undefined) return;
  if (ts.isNamespaceExport(clause)) {
    into.set(clause.name.text, { kind: "namespace", from });
    return;
  }
  for (const { name, propertyName } of clause.elements) {
    into.set(name.text, { kind: "import", from, name: (propertyName ?? name).text });
  }
}

function declarationsOf(file: string, tree: ts.SourceFile): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const node of tree.statements) {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined && node.body !== undefined) {
      found.set(node.name.text, { kind: "function", node });
    } else if (ts.isClassDeclaration(node) && node.name !== undefined) {
      found.set(node.name.text, { kind: "class", node });
    } else if (ts.isVariableStatement(node)) {
      for (const variable of node.declarationList.declarations) {
        for (const name of namesOf(variable.name)) {
          found.set(name, { kind: "constant", node: variable });
        }
      }
    } else if (ts.isImportDeclaration(node)) addImport(found, file, node);
    else if (ts.isExportDeclaration(node)) addExport(found, file, node);
  }
  return found;
}

/** The names that a pattern declares. */
export function namesOf(pattern: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(pattern)) return [pattern.text];
  return pattern.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesOf(element.name) : []
  );
}

/** Modules by file, each parsed once. */
export class Modules {
  readonly #read: ReadSource;
  readonly #modules: Map<string, Module | undefined> = new Map();

  constructor(read: ReadSource) {
    this.#read = read;
  }

  /** The module of a file; nothing when it cannot be read. */
  get(file: string): Module | undefined {
    if (this.#modules.has(file)) return this.#modules.get(file);
    const text = this.#textOf(file);
    const module = text === undefined ? undefined : parse(file, text);
    this.#modules.set(file, module);
    return module;
  }

  #textOf(file: string): string | undefined {
    try {
      const text: unknown = this.#read(file);
      return typeof text === "string" ? text : undefined;
    } catch (thrown) {
      return nameOf(thrown) === "" ? undefined : undefined;
    }
  }
}

function parse(file: string, text: string): Module {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return { file, tree, declarations: declarationsOf(file, tree) };
}
