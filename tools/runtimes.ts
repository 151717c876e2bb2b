/** The same proofs under Bun and Node, in a reduced run: `deno task runtimes [NAME ...]`. */

import { join } from "node:path";
import process from "node:process";
import { counted, proofsPassed, testsPassed } from "./counts.ts";
import { type Ending, npm, run } from "./process.ts";
import { type Language, stage } from "./stage.ts";
import { type Outcome, runSteps, type Step } from "./steps.ts";

/** The oldest Node that the library is made for. */
const OLDEST_NODE = 20;

/** A runtime other than Deno. */
export interface Runtime {
  readonly name: string;
  readonly language: Language;
  /** The arguments with which its own test runner runs a file. */
  readonly test: readonly string[];
  /** Starts it. */
  start(args: readonly string[], folder: string): Promise<Ending>;
}

const NODE: Runtime = {
  name: "node",
  language: "javascript",
  test: ["--test", "examples/proof/node.test.js"],
  start: (args, cwd) => run("node", args, { cwd }),
};

/**
 * JavaScriptCore reserves address space for a fast kind of WebAssembly memory, of which there are few,
 * and collects garbage completely before it makes the next one: milliseconds each in a program with
 * some data. Without the fast kind a memory takes microseconds.
 */
const BUN_SETTINGS = { BUN_JSC_useWasmFastMemory: "0" };

const BUN: Runtime = {
  name: "bun",
  language: "typescript",
  test: ["test", "examples/proof/bun.test.ts"],
  start: (args, cwd) => npm("npx", ["-y", "bun@1", ...args], { cwd, env: BUN_SETTINGS }),
};

/** The runtimes, by name. */
export const RUNTIMES: readonly Runtime[] = [BUN, NODE];

/** Which version of a runtime is at hand; nothing when there is none that will do. */
export async function versionOf(runtime: Runtime, folder: string): Promise<string | undefined> {
  const { code, out } = await runtime.start(["--version"], folder);
  const version = /(\d+)\.\d+\.\d+/.exec(out);
  if (code !== 0 || version === null) return undefined;
  const tooOld = runtime.name === "node" && Number(version[1]) < OLDEST_NODE;
  return tooOld ? undefined : version[0];
}

async function prove(runtime: Runtime, folder: string): Promise<Outcome> {
  const version = await versionOf(runtime, folder);
  if (version === undefined) return { ok: false, summary: "is not there, or is too old" };
  const problem = await stage(folder, runtime.language);
  if (problem !== undefined) {
    return { ok: false, summary: "its copy could not be made", details: problem };
  }
  const runner = join("tools", runtime.language === "javascript" ? "proofs.js" : "proofs.ts");
  const proofs = counted(
    await runtime.start([runner, "--reduced", "--no-mutants", "--workers=2"], folder),
    proofsPassed,
    "proofs",
  );
  if (!proofs.ok) return { ...proofs, summary: `${version}, ${proofs.summary}` };
  // The toolkit in the runtime's own test runner, as a stranger would use it.
  const example = counted(
    await runtime.start(runtime.test, folder),
    testsPassed,
    "tests in its own runner",
  );
  return { ...example, summary: `${version}, ${proofs.summary}, ${example.summary}` };
}

function stepOf(runtime: Runtime): Step {
  return {
    name: runtime.name,
    async run() {
      const folder = await Deno.makeTempDir({ prefix: `ringfence-${runtime.name}-` });
      try {
        return await prove(runtime, folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  };
}

/** The runtimes of these names; all of them when none is named. */
export function chosen(names: readonly string[]): readonly Runtime[] | undefined {
  const found = RUNTIMES.filter(({ name }) => names.length === 0 || names.includes(name));
  return names.every((name) => found.some((runtime) => runtime.name === name)) ? found : undefined;
}

if (import.meta.main) {
  const runtimes = chosen(process.argv.slice(2));
  if (runtimes === undefined) {
    console.error(`usage: runtimes [${RUNTIMES.map(({ name }) => name).join("] [")}]`);
    process.exitCode = 2;
  } else {
    process.exitCode = await runSteps("runtimes", runtimes.map(stepOf)) ? 0 : 1;
  }
}
