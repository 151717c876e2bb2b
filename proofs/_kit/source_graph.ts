/** Which file of `src/` imports which. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The files by their paths from the root, each with those that it imports. */
export type SourceGraph = ReadonlyMap<string, readonly string[]>;

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** A relative import, up to its closing quote. */
const IMPORT = /(?<=\bfrom ")\.[^"]+(?=")/g;

/** The file that a relative import of another one means, both from the root. */
export function resolved(from: string, specifier: string): string {
  return join(dirname(from), specifier).replaceAll("\\", "/");
}

/** The graph of all of `src/`. */
export function sourceGraph(): SourceGraph {
  const found = new Map<string, readonly string[]>();
  for (const name of readdirSync(join(ROOT, "src"), { encoding: "utf8", recursive: true })) {
    if (!/\.[jt]s$/.test(name)) continue;
    const file = join("src", name).replaceAll("\\", "/");
    const imports = textOf(file).matchAll(IMPORT);
    found.set(file, Array.from(imports, ([specifier]) => resolved(file, specifier)));
  }
  return found;
}

/** A file and those that must be imported anew for a patch of it to be seen: its importers. */
export function importersOf(file: string, graph: SourceGraph): ReadonlySet<string> {
  const importers = new Set([file]);
  for (const importer of importers) {
    for (const [candidate, imported] of graph) {
      if (imported.includes(importer)) importers.add(candidate);
    }
  }
  return importers;
}

/** The files that some of them lead to by their imports, themselves included. */
export function reachableFrom(files: readonly string[], graph: SourceGraph): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) {
    for (const imported of graph.get(file) ?? []) reached.add(imported);
  }
  return reached;
}
