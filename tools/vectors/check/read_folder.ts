/** Reading a folder. */

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The files of a folder, by their paths in it, which have slashes. */
export type Folder = ReadonlyMap<string, Uint8Array>;

/** Reads every file of a folder. */
export function readFolder(folder: string): Folder {
  const files = new Map<string, Uint8Array>();
  const walk = (inside: string) => {
    const entries = readdirSync(join(folder, inside), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
      const path = posix.join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else files.set(path, readFileSync(join(folder, path)));
    }
  };
  walk("");
  return files;
}
