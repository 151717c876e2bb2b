/**
 * Modules of `src/` made anew, with a patch in one of them. They live in memory: no file is written,
 * and they go when nobody holds them, which modules of the engine never do.
 */

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Script } from "node:vm";
import type { Node } from "typescript";
import { resolved, textOf } from "./source_graph.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A module as a script: what it imports, and a function that fills its exports. */
interface Compiled {
  readonly imports: readonly string[];
  readonly code: string;
}

/** A module's text in JavaScript, with each import as a call of `require`. */
async function compile(text: string): Promise<Compiled> {
  const { default: ts } = await import("typescript");
  const { outputText: code } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ESNext,
      isolatedModules: true,
    },
  });
  const imports = Array.from(code.matchAll(/\brequire\("([^"]+)"\)/g), ([, name = ""]) => name);
  return { imports, code };
}

/** The names that a module as a script has for itself. */
const OWN_NAMES: ReadonlySet<string> = new Set(["exports", "require"]);

/** The first of these names that a text declares, and so hides: the script would not find its own. */
async function hiddenName(file: string, text: string): Promise<string | undefined> {
  const { default: ts } = await import("typescript");
  const find = (node: Node): string | undefined => {
    const declares = ts.isVariableDeclaration(node) || ts.isBindingElement(node) ||
      ts.isParameter(node) || ts.isFunctionDeclaration(node) || ts.isImportSpecifier(node);
    const name = declares && node.name !== undefined && ts.isIdentifier(node.name)
      ? node.name.text
      : "";
    return OWN_NAMES.has(name) ? name : ts.forEachChild(node, find);
  };
  return find(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext));
}

/** The files as they are, compiled once. */
const compiled = new Map<string, Promise<Compiled>>();

async function compileWhole(file: string): Promise<Compiled> {
  const text = textOf(file);
  const hidden = await hiddenName(file, text);
  if (hidden !== undefined) throw new Error(`${file} declares ${hidden}: rename it`);
  return await compile(text);
}

function compileFile(file: string): Promise<Compiled> {
  const found = compiled.get(file) ?? compileWhole(file);
  compiled.set(file, found);
  return found;
}

/** What a module that is not made anew exports: one of ours by its file, or one of a package. */
function importShared(name: string): Promise<object> {
  return import(name.startsWith("src/") ? pathToFileURL(join(ROOT, name)).href : name);
}

/** The file that an import means, or the name of a package. */
function meaning(from: string, specifier: string): string {
  return specifier.startsWith(".") ? resolved(from, specifier) : specifier;
}

/** Runs modules, each when it is first asked for. */
function loader(
  codes: ReadonlyMap<string, string>,
  shared: ReadonlyMap<string, object>,
): (name: string) => object {
  const made = new Map(shared);
  return function load(name) {
    const found = made.get(name);
    if (found !== undefined) return found;
    const code = codes.get(name);
    if (code === undefined) throw new Error(`${name} is not among the modules`);
    const exports = {};
    made.set(name, exports);
    const script = new Script(`(function (exports, require) {${code}\n})`, { filename: name });
    script.runInThisContext()(exports, (specifier: string) => load(meaning(name, specifier)));
    return exports;
  };
}

/**
 * Makes modules anew.
 *
 * @param faces The files whose exports are wanted, from the root.
 * @param anew The files to make; all others are shared with everybody.
 * @param patch The text of some of them in the place of their own.
 */
export async function linked(
  faces: readonly string[],
  anew: ReadonlySet<string>,
  patch: Readonly<Record<string, string>>,
): Promise<readonly object[]> {
  const codes = new Map<string, string>();
  const wanted = new Set(faces);
  for (const file of anew) {
    const text = patch[file];
    const { code, imports } = await (text === undefined ? compileFile(file) : compile(text));
    codes.set(file, code);
    for (const specifier of imports) wanted.add(meaning(file, specifier));
  }
  const shared = new Map<string, object>();
  for (const name of wanted) if (!anew.has(name)) shared.set(name, await importShared(name));
  return faces.map(loader(codes, shared));
}
