/** The files that would be published, and whether they are the right ones. */

import { readTree } from "./house/tree.ts";
import { isPublished } from "./house/imports.ts";

/** The files beside the sources; JSR reads the package's name and exports from `deno.json`. */
const PAPERS = ["CHANGELOG.md", "LICENSE", "README.md", "deno.json", "mod.ts"];

/** The list that `deno publish --dry-run` prints, relative to the project. */
export function listedFiles(text: string, rootUrl: string): string[] {
  const files: string[] = [];
  for (const [, address = ""] of text.matchAll(/^\s+(file:\S+) \(.*\)$/gm)) {
    const path = decodeURI(address);
    const root = decodeURI(rootUrl);
    files.push(path.startsWith(root) ? path.slice(root.length) : path);
  }
  return files.sort();
}

/** The files that are to be published: all sources of `src/` and `model/`, and the papers. */
export function expectedFiles(root: string): string[] {
  const sources = readTree(root).map(({ path }) => path).filter(isPublished);
  return [...new Set([...sources, ...PAPERS])].sort();
}

/** Differences between the two lists, one a line. */
export function compareLists(listed: readonly string[], expected: readonly string[]): string[] {
  return [
    ...listed.filter((file) => !expected.includes(file)).map((file) => `not to publish: ${file}`),
    ...expected.filter((file) => !listed.includes(file)).map((file) => `not published: ${file}`),
  ];
}
