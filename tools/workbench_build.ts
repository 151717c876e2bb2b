/** Building the workbench: a folder of static files, with the examples and the proof ledger inside. */

import * as esbuild from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Data, Example } from "../workbench/data.ts";
import { readLedger } from "../workbench/ledger.ts";
import { ROOT } from "./process.ts";

const FOLDER = join(ROOT, "workbench");

/** An example: where it lies, what it does, and what it is given. */
type Listed = readonly [path: string, title: string, args: string, argsAs: Example["argsAs"]];

/** A number as 8 bytes, in hexadecimal digits. */
function longOf(value: number): string {
  return value.toString(16).padStart(2, "0").padEnd(16, "0");
}

/** A glider on a board of 8 by 8, and the number of generations, in hexadecimal digits. */
function glider(generations: number): string {
  const alive = [1, 10, 16, 17, 18];
  const cells = Array.from({ length: 64 }, (_, at) => alive.includes(at) ? "01" : "00");
  return `0808${generations.toString(16).padStart(2, "0")}00${cells.join("")}`;
}

const LISTED: readonly Listed[] = [
  ["examples/guests/sieve", "sieve: the primes below 100", "64000000", "hex"],
  ["examples/guests/crc32", "crc32: a checksum", "123456789", "text"],
  [
    "examples/guests/sort_u64",
    "sort_u64: 9, 5 and 7 in order",
    [9, 5, 7].map(longOf).join(""),
    "hex",
  ],
  ["examples/guests/life", "life: a glider, 4 generations on", glider(4), "hex"],
  ["examples/guests/blake2b", "blake2b: the hash of abc", "abc", "text"],
  ["workbench/guests/greet", "greet: writes to the log", "", "hex"],
  ["workbench/guests/unknown_call", "unknown_call: asks for what no host has", "", "hex"],
  ["workbench/guests/fault", "fault: goes beyond its stack", "", "hex"],
  ["workbench/guests/endless", "endless: never stops", "", "hex"],
];

/** A fault that is put into a file of the page, to see whether a check finds it. */
export interface Fault {
  /** From the root of the project. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** What is put into the page. */
export function workbenchData(): Data {
  const examples = LISTED.map(([path, title, args, argsAs]): Example => {
    const name = path.split("/").at(-1) ?? path;
    return { name, title, source: read(`${path}.pvmasm`), args, argsAs };
  });
  const ledgers = ["docs/proof-ledger.md", "docs/symbolic-ledger.md"].map((path) => {
    const rows = readLedger(read(path));
    if (rows.length === 0) throw new Error(`${path} holds no proofs`);
    return rows;
  });
  const { version }: { version: string } = JSON.parse(read("deno.json"));
  return { version, examples, proofs: ledgers.flat() };
}

/** A file with its fault in it. */
function spoilt({ path, from, to }: Fault): string {
  const parts = read(path).split(from);
  if (parts.length !== 2) throw new Error(`${path} does not hold "${from}" once`);
  return parts.join(to);
}

/** Hands a file with its fault to the bundler. */
function faulty(fault: Fault): esbuild.Plugin {
  return {
    name: "fault",
    setup(build) {
      const wanted = join(ROOT, fault.path);
      build.onLoad({ filter: /\.ts$/ }, (args) => {
        if (args.path !== wanted) return undefined;
        return { contents: spoilt(fault), loader: "ts" };
      });
    },
  };
}

/** Builds the page into a folder; gives the bytes of its files. */
export async function buildWorkbench(
  out: string,
  fault?: Fault,
): Promise<ReadonlyMap<string, number>> {
  mkdirSync(out, { recursive: true });
  const data = JSON.stringify(workbenchData());
  const entry = `import { start } from "./main.ts";\nstart(JSON.parse(${JSON.stringify(data)}));\n`;
  const isScript = fault?.path.endsWith(".ts") === true;
  const built = await esbuild.build({
    stdin: { contents: entry, resolveDir: FOLDER, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    plugins: isScript && fault !== undefined ? [faulty(fault)] : [],
  });
  await esbuild.stop();
  const [script] = built.outputFiles;
  if (script === undefined) throw new Error("the bundler gave no file");
  writeFileSync(join(out, "workbench.js"), script.contents);
  const sizes = new Map([["workbench.js", script.contents.length]]);
  for (const name of ["index.html", "style.css"]) {
    copyFileSync(join(FOLDER, name), join(out, name));
    if (fault?.path === `workbench/${name}`) {
      writeFileSync(join(out, name), spoilt(fault));
    }
    sizes.set(name, readFileSync(join(out, name)).length);
  }
  return sizes;
}
