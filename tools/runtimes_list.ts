/** The runtimes: how each is started, and what it is asked to run. */

import { join } from "node:path";
import process from "node:process";
import { INSTALL_CHROMIUM } from "./chromium.ts";
import { deno, type Ending, npm, run } from "./process.ts";
import type { Language } from "./stage.ts";

/** The oldest Node that the library is made for. */
const OLDEST_NODE = 20;

/** A runtime that is a program with a file system. */
export interface Runtime {
  readonly name: string;
  /** The language of the copy that it runs; Deno runs the project itself. */
  readonly language: Language | undefined;
  /** The arguments with which its own test runner runs a file. */
  readonly test: readonly string[];
  /** Of so many proofs it runs one. */
  readonly share: number;
  /** Which of them: the first, the second, … */
  readonly first: number;
  /** What to do where it is missing. */
  readonly install: string;
  /** Starts it. */
  start(args: readonly string[], folder: string): Promise<Ending>;
}

/** A runtime that needs a copy of the project. */
export interface StagedRuntime extends Runtime {
  readonly language: Language;
}

/** The arguments with which Deno runs a script of the project. */
function denoArguments(args: readonly string[]): readonly string[] {
  const [script = "", ...rest] = args;
  if (script.startsWith("-")) return args;
  const map = process.env["RINGFENCE_IMPORT_MAP"];
  const mapped = map === undefined ? [] : [`--import-map=${map}`];
  return ["run", "--quiet", "--allow-all", ...mapped, script, ...rest];
}

const DENO: Runtime = {
  name: "deno",
  language: undefined,
  test: [],
  share: 1,
  first: 1,
  install: "install Deno 2, or write `npx -y deno@2` for `deno`",
  start: (args, cwd) => deno(denoArguments(args), { cwd }),
};

/**
 * JavaScriptCore reserves address space for a fast kind of WebAssembly memory, of which there are few,
 * and collects garbage completely before it makes the next one: milliseconds each in a program with
 * some data. Without the fast kind a memory takes microseconds.
 */
const BUN_SETTINGS = { BUN_JSC_useWasmFastMemory: "0" };

const BUN: StagedRuntime = {
  name: "bun",
  language: "typescript",
  test: ["test", "examples/proof/bun.test.ts"],
  share: 1,
  first: 1,
  install: "npx has to be there, and the package bun of npm to be reachable",
  start: (args, cwd) => npm("npx", ["-y", "bun@1", ...args], { cwd, env: BUN_SETTINGS }),
};

const NODE: StagedRuntime = {
  name: "node",
  language: "javascript",
  test: ["--test", "examples/proof/node.test.js"],
  share: 1,
  first: 1,
  install: `install Node ${OLDEST_NODE} or newer`,
  start: (args, cwd) => run("node", args, { cwd }),
};

/** A newer Node, as npm has it. Its engine lies between that of Node 20 and Deno's: a part will do. */
function newerNode(major: number, first: number): Runtime {
  return {
    ...NODE,
    name: `node@${major}`,
    share: 4,
    first,
    install: `npx has to be there, and the package node@${major} of npm to be reachable`,
    start: (args, cwd) => npm("npx", ["-y", `node@${major}`, ...args], { cwd }),
  };
}

/** Those that benchmarks run in, beside Deno. */
export const BENCH_RUNTIMES: readonly StagedRuntime[] = [BUN, NODE];

/** The runtimes that are programs with a file system, by name. */
export const RUNTIMES: readonly Runtime[] = [
  DENO,
  BUN,
  NODE,
  newerNode(22, 1),
  newerNode(24, 3),
];

/** The browser, which is started in another way. */
export const CHROMIUM: { readonly name: string; readonly install: string } = {
  name: "chromium",
  install: INSTALL_CHROMIUM,
};

/** The names of all. */
export const NAMES: readonly string[] = [...RUNTIMES.map(({ name }) => name), CHROMIUM.name];

/** Those that run when none is named: the newer Nodes only where all are asked for. */
export const USUAL: readonly string[] = NAMES.filter((name) => !name.includes("@"));

/** Which version of a runtime is at hand; nothing when there is none that will do. */
export async function versionOf(runtime: Runtime, folder: string): Promise<string | undefined> {
  const { code, out } = await runtime.start(["--version"], folder);
  const version = /(\d+)\.\d+\.\d+/.exec(out);
  if (code !== 0 || version === null) return undefined;
  const tooOld = runtime.name.startsWith("node") && Number(version[1]) < OLDEST_NODE;
  return tooOld ? undefined : version[0];
}

/** The path of a script of the project in a runtime's copy. */
export function scriptIn(runtime: Runtime, name: string): string {
  return join("tools", runtime.language === "javascript" ? `${name}.js` : `${name}.ts`);
}

/** The arguments of the proof runner for a runtime. */
export function proofArguments(runtime: Runtime, filter: string): string[] {
  const { share, first } = runtime;
  return [
    "--reduced",
    "--no-mutants",
    "--json",
    ...(filter === "" ? [] : [`--filter=${filter}`]),
    ...(share === 1 ? ["--workers=2"] : ["--workers=1", `--shard=${first}/${share}`]),
  ];
}
