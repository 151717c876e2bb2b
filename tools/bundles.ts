/**
 * The size of each face as users get it, and what it pulls in: `deno task bundles [NAME ...]`.
 *
 * With a name, the modules of that bundle are listed with their sizes.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { stop } from "esbuild";
import { WANTED, type Wanted } from "./bundles_list.ts";
import { type Bundle, measure } from "./bundles_measure.ts";
import { ROOT } from "./process.ts";

/** The parts of rooms that are faces of their own. */
const INNER = ["linear/numeric", "kernel/sqlite", "pvm/recompiler"];

/** The room of a module: the folder in `src/`, `model`, or nothing for a file at a root. */
export function roomOf(path: string): string | undefined {
  if (path.startsWith("model/")) return "model";
  const inner = INNER.find((room) => path.startsWith(`src/${room}/`));
  if (inner !== undefined) return inner;
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** What is wrong with a bundle. */
export function problemsOf(wanted: Wanted, bundle: Bundle): string[] {
  const { limitBytes, rooms } = wanted;
  const rest = bundle.parts.filter(({ path }) => {
    const room = roomOf(path);
    return room !== undefined && !rooms.includes(room);
  });
  return [
    ...(bundle.parts.length === 0 ? ["nothing is in it"] : []),
    ...(limitBytes !== undefined && bundle.gzipBytes > limitBytes
      ? [`${bundle.gzipBytes} bytes are more than ${limitBytes}`]
      : []),
    ...rest.map(({ path }) => `it pulls in ${path}`),
  ];
}

/** Exports of the package of which no bundle is measured whole. */
export function unmeasured(exports: Readonly<Record<string, string>>): string[] {
  const whole = WANTED.filter(({ names }) => names === undefined).map(({ file }) => `./${file}`);
  return Object.entries(exports).filter(([, file]) => !whole.includes(file)).map(([face]) => face);
}

/** A number of bytes with its thousands apart. */
function shown(bytes: number): string {
  return bytes.toLocaleString("en");
}

/** A line of the table. */
export function line(wanted: Wanted, bundle: Bundle, isFine: boolean): string {
  const { name, limitBytes } = wanted;
  return [
    name.padEnd(34),
    shown(bundle.bytes).padStart(9),
    shown(bundle.gzipBytes).padStart(8),
    (limitBytes === undefined ? "" : shown(limitBytes)).padStart(8),
    `${bundle.parts.length}`.padStart(8),
    isFine ? "" : "  FAILED",
  ].join("").trimEnd();
}

async function main(named: readonly string[]): Promise<boolean> {
  const config: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(ROOT, "deno.json"), "utf8"),
  );
  const problems = unmeasured(config.exports).map((face) => `${face} is not measured`);
  console.log(`${"import".padEnd(34)} minified    gzip   limit modules`);
  for (const wanted of WANTED) {
    if (named.length > 0 && !named.includes(wanted.name)) continue;
    const bundle = await measure(ROOT, wanted.file, wanted.names);
    const found = problemsOf(wanted, bundle);
    problems.push(...found.map((problem) => `${wanted.name}: ${problem}`));
    console.log(line(wanted, bundle, found.length === 0));
    if (named.length === 0) continue;
    for (const { path, bytes } of bundle.parts) console.log(`${shown(bytes).padStart(10)} ${path}`);
  }
  for (const problem of problems) console.log(`FAILED ${problem}`);
  console.log(`\nbundles: ${problems.length} problems`);
  return problems.length === 0;
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  if (!named.every((name) => WANTED.some((wanted) => wanted.name === name))) {
    console.error(`usage: bundles ["${WANTED.map(({ name }) => name).join('"] ["')}"]`);
    process.exitCode = 2;
  } else {
    try {
      process.exitCode = await main(named) ? 0 : 1;
    } finally {
      await stop();
    }
  }
}
