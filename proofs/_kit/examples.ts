/** The examples that are scripts, as something that proofs can run, and wrong variants of them. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { Mutant } from "../../src/proof/mod.ts";

/** The name of a script of `examples/`. */
export type ExampleName =
  | "browser"
  | "dispatch"
  | "engines"
  | "fuzz"
  | "host_errors"
  | "own_function"
  | "page_faults"
  | "plug_in"
  | "snapshot"
  | "two_machines";

/** The scripts: each checks what it shows as it is imported. */
const SCRIPTS: Readonly<Record<ExampleName, () => Promise<unknown>>> = {
  browser: () => import("../../examples/browser.ts"),
  dispatch: () => import("../../examples/dispatch.ts"),
  engines: () => import("../../examples/engines.ts"),
  fuzz: () => import("../../examples/fuzz.ts"),
  host_errors: () => import("../../examples/host_errors.ts"),
  own_function: () => import("../../examples/own_function.ts"),
  page_faults: () => import("../../examples/page_faults.ts"),
  plug_in: () => import("../../examples/plug_in.ts"),
  snapshot: () => import("../../examples/snapshot.ts"),
  two_machines: () => import("../../examples/two_machines.ts"),
};

/** Runs a script: gives what it printed, and is rejected when something is not as it says. */
export type RunExample = (name: ExampleName) => Promise<readonly string[]>;

/**
 * Runs a script as if from a command line without arguments, and keeps what it prints. Scripts that
 * take their time export when they are `done`.
 */
async function quietly(run: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = console.log;
  const given = process.argv.splice(2);
  console.log = (...values) => {
    lines.push(values.join(" "));
  };
  try {
    const module = await run();
    await Reflect.get(Object(module), "done");
  } finally {
    console.log = print;
    process.argv.push(...given);
  }
  return lines;
}

/** What each script printed; a script runs once. */
const printed = new Map<ExampleName, Promise<readonly string[]>>();

/** The scripts as they are. */
export const runExample: RunExample = (name) => {
  const lines = printed.get(name) ?? quietly(SCRIPTS[name]);
  printed.set(name, lines);
  return lines;
};

/** A copy of a script in which `from`, which stands once in it, is `to`. */
async function importPatched(name: ExampleName, from: string, to: string): Promise<unknown> {
  const text = readFileSync(new URL(`../../examples/${name}.ts`, import.meta.url), "utf8");
  const pieces = text.split(from);
  if (pieces.length !== 2) {
    throw new Error(`${name}.ts holds ${pieces.length - 1} times, not once: ${from}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "ringfence-example-"));
  const file = join(folder, `${name}.ts`);
  try {
    // Elsewhere the names of the package mean nothing.
    const placed = pieces.join(to).replaceAll(
      /(?<=\bfrom ")@ringfence[^"]*(?=")/g,
      (specifier) => import.meta.resolve(specifier),
    );
    writeFileSync(file, placed);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The scripts of which one is wrong. */
export function exampleMutant(name: ExampleName, from: string, to: string): Mutant<RunExample> {
  return {
    name: `${name}.ts: ${from} → ${to || "(nothing)"}`,
    implementation: () => (wanted) =>
      wanted === name ? quietly(() => importPatched(name, from, to)) : runExample(wanted),
  };
}
