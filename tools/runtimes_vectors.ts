/** Checks a folder of vectors, in whatever runtime this is, and prints what came of it as JSON. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { checkFolder, type Folder } from "./vectors/check/folder.ts";

/** The files of a folder. */
function filesIn(folder: string): Folder {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(
    files.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path))]),
  );
}

console.log(JSON.stringify(checkFolder(filesIn(process.argv[2] ?? ""))));
