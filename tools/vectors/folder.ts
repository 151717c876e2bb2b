/** Folders of vectors: the schemas of the project, and writing. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../process.ts";
import { allFiles, type Written } from "./all.ts";

/** The schemas of the project. */
export function schemas(): readonly Written[] {
  const folder = join(ROOT, "docs/schemas");
  return readdirSync(folder).filter((name) => name.endsWith(".schema.json")).sort().map((name) => ({
    path: `schemas/${name}`,
    text: readFileSync(join(folder, name), "utf8"),
  }));
}

/** The name and the version of the package. */
export function generator(): string {
  const config: unknown = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const { name, version } = { name: "", version: "", ...Object(config) };
  return `${name} ${version}`;
}

/** Everything that a folder is to have. */
export function vectors(families?: readonly string[]): readonly Written[] {
  return allFiles(generator(), schemas(), families);
}

/** Whether a folder can be written into: it is empty, or holds vectors, or is not there. */
export function isWritable(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0 ||
    existsSync(join(folder, "manifest.json"));
}

/** Removes the vectors of another run, and the folders that are empty then. */
function clear(folder: string): void {
  for (const path of ["linear", "arena", "pvm", "kernel", "schemas"]) {
    const inside = join(folder, path);
    if (!existsSync(inside)) continue;
    for (const name of ["programs", ""]) {
      const place = join(inside, name);
      if (!existsSync(place)) continue;
      for (const file of readdirSync(place)) {
        if (/^[a-z0-9_.-]+\.(json|md)$/.test(file)) rmSync(join(place, file));
      }
      if (readdirSync(place).length === 0) rmdirSync(place);
    }
  }
}

/** Writes files into a folder, in place of those of another run. */
export function writeFolder(folder: string, files: readonly Written[]): void {
  clear(folder);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
