/** Every file of vectors, and the manifest that lists them. What is written here comes from `model/` alone. */

import { sha256 } from "@noble/hashes/sha2.js";
import { arenaFiles } from "./arena.ts";
import { hex, type JsonObject, line, type VectorFile, VERSION } from "./json.ts";
import { compatFile } from "./kernel_compat.ts";
import { imagesFile } from "./kernel_images.ts";
import { sszFile } from "./kernel_ssz.ts";
import { v3File } from "./kernel_v3_scenes.ts";
import { linearMemoryFile } from "./linear_memory.ts";
import { linearModuleFile } from "./linear_module.ts";
import { linearTableFile } from "./linear_table.ts";
import { pvmFiles } from "./pvm.ts";
import { SEED } from "./random.ts";

/** The families, each made on its own. */
export const FAMILIES: Readonly<Record<string, () => readonly VectorFile[]>> = {
  linear: () => [linearMemoryFile(), linearTableFile(), linearModuleFile()],
  arena: arenaFiles,
  pvm: pvmFiles,
  kernel: () => [compatFile(), imagesFile(), sszFile(), v3File()],
};

/** A file that is written: its path and its text. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** A schema as a file. */
function schemaFile({ path, text }: Written): VectorFile {
  return { path, head: { family: "schema", kind: "schema", spec: [] }, count: 0, text };
}

function entryOf({ path, head, count, text }: VectorFile): JsonObject {
  const bytes = new TextEncoder().encode(text);
  return {
    path,
    family: head.family,
    kind: head.kind,
    count,
    bytes: bytes.length,
    sha256: hex([...sha256(bytes)]),
    spec: head.spec,
  };
}

/** The manifest of some files: one line for each. */
function manifestText(files: readonly VectorFile[], generator: string): string {
  const entries = files.map(entryOf);
  const sum = (name: string, of = entries) =>
    of.reduce((total, each) => total + Number(each[name]), 0);
  const cases = sum("count", entries.filter(({ kind }) => kind !== "coverage"));
  const counts = { files: files.length, cases, bytes: sum("bytes") };
  const spec = [...new Set(files.flatMap(({ head }) => head.spec))].sort();
  const prng = { algorithm: "mulberry32", seed: SEED };
  const head = Object.entries({ version: VERSION, generator, prng, counts, spec })
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${line(value)},\n`);
  const lines = entries.map((each) => `    ${line(each)}`).join(",\n");
  return `{\n${head.join("")}  "files": [\n${lines}\n  ]\n}\n`;
}

/** Files, the schemas and the manifest that lists them, in the order of the paths. */
export function withManifest(
  generator: string,
  made: readonly VectorFile[],
  schemas: readonly Written[],
): readonly Written[] {
  const files = [...made, ...schemas.map(schemaFile)].sort((a, b) => a.path < b.path ? -1 : 1);
  const manifest = { path: "manifest.json", text: manifestText(files, generator) };
  return [manifest, ...files.map(({ path, text }) => ({ path, text }))];
}

/**
 * Everything that a folder of vectors has.
 *
 * @param generator Who has made it: a name and a version.
 * @param schemas The schemas.
 * @param families Which families; all when nothing is said.
 */
export function allFiles(
  generator: string,
  schemas: readonly Written[],
  families: readonly string[] = Object.keys(FAMILIES),
): readonly Written[] {
  const made = families.flatMap((family) => FAMILIES[family]?.() ?? []);
  return withManifest(generator, made, schemas);
}
