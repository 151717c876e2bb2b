/** Checks a folder of vectors, in whatever runtime this is, and prints what came of it as JSON. */

import process from "node:process";
import { checkFolder } from "./vectors/check/folder.ts";
import { readFolder } from "./vectors/check/read_folder.ts";

console.log(JSON.stringify(checkFolder(readFolder(process.argv[2] ?? ""))));
