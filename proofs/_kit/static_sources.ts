/** The sources as the static proofs see them: files with their texts and syntax trees. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { type Domain, domain, type Mutant } from "../../src/proof/mod.ts";
import { parse, readTree, type SourceFile } from "../../tools/house/tree.ts";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** What a static proof is about: all published files, by their paths. */
export type Sources = () => ReadonlyMap<string, SourceFile>;

let read: ReadonlyMap<string, SourceFile> | undefined;

/** The published files as they are. */
export const sources: Sources = () => {
  if (read === undefined) {
    const files = ["src", "model"].flatMap((folder) => readTree(ROOT, folder));
    files.push({ path: "mod.ts", text: readFileSync(join(ROOT, "mod.ts"), "utf8") });
    read = new Map(files.filter(({ path }) => path.endsWith(".ts")).map((f) => [f.path, f]));
  }
  return read;
};

/** The files that the package exports. */
export function exportedFiles(): ReadonlySet<string> {
  const { exports }: { exports: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(ROOT, "deno.json"), "utf8"),
  );
  return new Set(Object.values(exports).map((file) => file.replace(/^\.\//, "")));
}

const trees = new WeakMap<SourceFile, ts.SourceFile>();
const lists = new WeakMap<SourceFile, readonly ts.Node[]>();

/** The syntax tree of a file, made once. */
export function treeOf(file: SourceFile): ts.SourceFile {
  const tree = trees.get(file) ?? parse(file);
  trees.set(file, tree);
  return tree;
}

/** Every node of a file, listed once. */
export function listOf(file: SourceFile): readonly ts.Node[] {
  const known = lists.get(file);
  if (known !== undefined) return known;
  const list: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    list.push(node);
    ts.forEachChild(node, visit);
  };
  visit(treeOf(file));
  lists.set(file, list);
  return list;
}

/** How many TypeScript files a folder holds, counted apart from how they are read. */
function count(folder: string): number {
  return readdirSync(join(ROOT, folder), { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".ts")).length;
}

/** The paths of the files of one folder. */
export function filesOf(folder: "src" | "model"): Domain<string> {
  return domain.from({
    describe: `every file of ${folder}/`,
    size: count(folder),
    values: () => [...sources().keys()].filter((path) => path.startsWith(`${folder}/`)),
  });
}

/** The file of a path; what is not there is an empty file. */
export function fileAt(path: string, files: ReadonlyMap<string, SourceFile>): SourceFile {
  return files.get(path) ?? { path, text: "" };
}

/** The sources with a fault: some lines more at the end of a file. */
export function seeded(path: string, lines: string): Mutant<Sources> {
  let changed: ReadonlyMap<string, SourceFile> | undefined;
  return {
    name: `${path}: + ${lines.replaceAll(/\s+/g, " ").trim()}`,
    implementation: () => () => {
      const text = `${fileAt(path, sources()).text}\n${lines}\n`;
      return changed ??= new Map([...sources(), [path, { path, text }]]);
    },
  };
}
