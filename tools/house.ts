/** The house check: floors, faces, lengths, casts, words. `deno task house [FOLDER]`. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { importOffences, isPublished } from "./house/imports.ts";
import { syntaxOffences } from "./house/syntax.ts";
import { type Offence, readTree } from "./house/tree.ts";
import { wordOffences } from "./house/words.ts";
import { ROOT } from "./process.ts";

/** What the check found. */
export interface Findings {
  /** How many files were read. */
  readonly files: number;
  /** How many of them are published. */
  readonly published: number;
  readonly offences: readonly Offence[];
}

/** The files that `deno.json` exports, without the `./`. */
function exportedFiles(root: string): ReadonlySet<string> {
  const path = join(root, "deno.json");
  if (!existsSync(path)) return new Set();
  const config: { exports?: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(path, "utf8"),
  );
  return new Set(Object.values(config.exports ?? {}).map((file) => file.replace(/^\.\//, "")));
}

/** Checks the project in a folder. */
export function checkHouse(root: string): Findings {
  const files = readTree(root);
  const faces = exportedFiles(root);
  const offences = files.flatMap((file) => [
    ...importOffences(file, faces),
    ...syntaxOffences(file),
    ...wordOffences(file),
  ]);
  return {
    files: files.length,
    published: files.filter((f) => isPublished(f.path)).length,
    offences,
  };
}

if (import.meta.main) {
  const { files, published, offences } = checkHouse(process.argv[2] ?? ROOT);
  for (const { path, line, message } of offences) console.log(`${path}:${line}: ${message}`);
  if (published === 0) console.log("no published file was found");
  console.log(`house: ${files} files, ${published} of them published, ${offences.length} offences`);
  process.exitCode = offences.length > 0 || published === 0 ? 1 : 0;
}
