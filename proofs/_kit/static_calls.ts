/**
 * Which function mentions which. To mention a function counts as to call it, so that what is handed
 * on as a value is not lost. Rooms are looked at one by one: floors keep cycles from crossing them.
 */

import ts from "typescript";
import { roomOf } from "../../tools/mutate/rooms.ts";
import { ROOT, type Sources, treeOf } from "./static_sources.ts";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  // Those of a page are left out: they take long, and mean no function of this package.
  lib: ["lib.esnext.d.ts", "lib.webworker.d.ts"],
  types: [],
};

const libraries = new Map<string, ts.SourceFile | undefined>();

/** The last program: what has not changed since is taken from it. */
let last: ts.Program | undefined;

/** A program over the sources; the files of the library, and those without a fault, are kept. */
function programOf(sources: Sources): ts.Program {
  const files = sources();
  const host = ts.createCompilerHost(OPTIONS, true);
  const usual = host.getSourceFile;
  const known = (name: string) => files.get(name.startsWith(ROOT) ? name.slice(ROOT.length) : name);
  host.getSourceFile = (name, ...rest) => {
    const file = known(name);
    if (file !== undefined) return treeOf(file);
    if (!libraries.has(name)) libraries.set(name, usual(name, ...rest));
    return libraries.get(name);
  };
  last = ts.createProgram([...files.keys()].map((path) => ROOT + path), OPTIONS, host, last);
  return last;
}

/** Whether a node is a function with a name of its own; those without belong to what is around. */
function isNamed(node: ts.Node): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    const { parent } = node;
    return ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ||
      ts.isPropertyAssignment(parent);
  }
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** The function that a declaration stands for. */
function functionOf(node: ts.Node): ts.Node | undefined {
  if (isNamed(node)) return node;
  const holds = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node);
  const initializer = holds ? node.initializer : undefined;
  return initializer !== undefined && isNamed(initializer) ? initializer : undefined;
}

function isMember(node: ts.Node): boolean {
  return ts.isMethodDeclaration(node) || ts.isAccessor(node) ||
    ts.isPropertyDeclaration(node.parent) || ts.isPropertyAssignment(node.parent);
}

function ownName(node: ts.Node): string {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const holder = ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parent : node;
  const name = ts.getNameOfDeclaration(asNamed(holder));
  return name === undefined ? "?" : name.getText();
}

/** The node as a declaration, for its name. */
function asNamed(node: ts.Node): ts.Declaration | undefined {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node) ||
      ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) ||
      ts.isPropertyAssignment(node)
    ? node
    : undefined;
}

/** What a function goes by: its file, its class where it has one, and its name. */
function labelOf(node: ts.Node): string {
  const path = node.getSourceFile().fileName.replace(ROOT, "");
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassLike(at)) return `${path}:${at.name?.text ?? "?"}.${ownName(node)}`;
  }
  return `${path}:${ownName(node)}`;
}

/** The call graph of one room. */
class Graph {
  readonly edges = new Map<ts.Node, Set<ts.Node>>();
  readonly #members = new Map<string, ts.Node[]>();
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.#checker = checker;
    for (const file of files) this.#find(file);
    for (const file of files) this.#follow(file, undefined);
  }

  #find(node: ts.Node): void {
    if (isNamed(node)) {
      this.edges.set(node, new Set());
      if (isMember(node)) {
        const name = ownName(node);
        this.#members.set(name, [...this.#members.get(name) ?? [], node]);
      }
    }
    ts.forEachChild(node, (child) => this.#find(child));
  }

  #follow(node: ts.Node, within: ts.Node | undefined): void {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    const around = isNamed(node) ? node : within;
    if (around !== undefined && (ts.isIdentifier(node) || ts.isPrivateIdentifier(node))) {
      const edges = this.edges.get(around);
      for (const target of this.#meant(node)) if (this.edges.has(target)) edges?.add(target);
    }
    ts.forEachChild(node, (child) => this.#follow(child, around));
  }

  /** The functions that a name may mean. */
  #meant(name: ts.Identifier | ts.PrivateIdentifier): readonly ts.Node[] {
    const { parent } = name;
    // A declaration does not mention what it declares.
    if ("name" in parent && parent.name === name && !ts.isPropertyAccessExpression(parent)) {
      if (!ts.isShorthandPropertyAssignment(parent)) return [];
    }
    let symbol = ts.isShorthandPropertyAssignment(parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(parent)
      : this.#checker.getSymbolAtLocation(name);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) {
      symbol = this.#checker.getAliasedSymbol(symbol);
    }
    const declarations = symbol?.declarations ?? [];
    if (declarations.length === 0) {
      return ts.isPropertyAccessExpression(parent) ? this.#members.get(name.text) ?? [] : [];
    }
    return declarations.flatMap((declaration) => this.#behind(declaration, name.text));
  }

  /** The functions behind a declaration: of an interface, all methods of that name. */
  #behind(declaration: ts.Declaration, name: string): readonly ts.Node[] {
    if (ts.isClassLike(declaration)) {
      return declaration.members.filter((member) => ts.isConstructorDeclaration(member));
    }
    const own = functionOf(declaration);
    const all = this.#members.get(name) ?? [];
    if (own === undefined) {
      if (!declaration.getSourceFile().fileName.startsWith(`${ROOT}src/`)) return [];
      if (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration)) return all;
      // A field is taken for a field; one that holds a function, for all functions of its name.
      const isField = ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration);
      return isField ? all.filter((node) => !ts.isAccessor(node)) : [];
    }
    const overriding = all.filter((node) =>
      ts.isMethodDeclaration(node) &&
      node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword)
    );
    return ts.isMethodDeclaration(own) ? [own, ...overriding] : [own];
  }
}

/** The groups of functions that can come back to themselves (Tarjan). */
function groupsOf(edges: ReadonlyMap<ts.Node, ReadonlySet<ts.Node>>): readonly ts.Node[][] {
  const order = new Map<ts.Node, number>();
  const low = new Map<ts.Node, number>();
  const stack: ts.Node[] = [];
  const groups: ts.Node[][] = [];
  const visit = (node: ts.Node): void => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (!stack.includes(next)) continue;
      low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1 || edges.get(node)?.has(node)) groups.push(group);
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return groups;
}

const programs = new WeakMap<Sources, ts.Program>();

/** The cycles of a room: in each the functions that can come back to themselves, by name. */
export function cyclesOf(room: string, sources: Sources): readonly (readonly string[])[] {
  const program = programs.get(sources) ?? programOf(sources);
  programs.set(sources, program);
  const files = [...sources().keys()].filter((path) => roomOf(path) === room)
    .flatMap((path) => program.getSourceFile(ROOT + path) ?? []);
  const { edges } = new Graph(program.getTypeChecker(), files);
  return groupsOf(edges).map((group) => group.map(labelOf).sort()).sort();
}
