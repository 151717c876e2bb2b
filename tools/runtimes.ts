/**
 * The same proofs and vectors in every runtime, as one table:
 * `deno task runtimes [NAME ...] [--all] [--filter ID]`.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { collectOnly } from "../proofs/_kit/register.ts";
import type { Proof } from "../src/proof/mod.ts";
import { findChromium } from "./chromium.ts";
import { BROWSER_PACKAGES } from "./chromium_bundle.ts";
import { proveInChromium } from "./chromium_proofs.ts";
import { counted, testsPassed } from "./counts.ts";
import { deno, type Ending, ROOT } from "./process.ts";
import { LEFT_OUT } from "./runtimes_left_out.ts";
import {
  CHROMIUM,
  NAMES,
  proofArguments,
  type Runtime,
  RUNTIMES,
  scriptIn,
  USUAL,
  versionOf,
} from "./runtimes_list.ts";
import {
  judgeProofs,
  judgeVectors,
  reasons,
  type Report,
  type Row,
  table,
  type Verdict,
} from "./runtimes_table.ts";
import { type Language, type Packages, stage } from "./stage.ts";
import { type Outcome, runSteps, type Step } from "./steps.ts";
import { readFolder } from "./vectors/check/read_folder.ts";

/** How many problems of one runtime are shown. */
const SHOWN_MAX = 20;

/** What all runtimes share in a run. */
interface Run {
  /** A folder for copies of the project and for vectors. */
  readonly folder: string;
  /** The ids of the proofs. */
  readonly ids: readonly string[];
  readonly filter: string;
  /** How many cases of vectors there are in `folder/vectors`. */
  readonly cases: number;
  /** The copies made so far, by what is in them: the path, or why there is none. */
  readonly copies: Map<string, Promise<string | undefined>>;
  readonly rows: Row[];
}

/** What a runtime did. */
interface Done {
  readonly version: string;
  readonly reports: readonly Report[];
  readonly verdicts: readonly Verdict[];
  readonly share: number;
}

/** Says what went wrong, in place of a result. */
class Trouble extends Error {
  readonly outcome: Outcome;

  constructor(summary: string, details?: string) {
    super(summary);
    this.outcome = { ok: false, summary, ...(details === undefined ? {} : { details }) };
  }
}

/** The ids of the proofs, in this Deno. */
async function proofIds(filter: string): Promise<string[]> {
  collectOnly();
  const folder = join(ROOT, "proofs");
  const ids: string[] = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".test.ts"))) {
    const module: { readonly proofs: readonly Proof[] } = await import(
      pathToFileURL(join(folder, name)).href
    );
    ids.push(...module.proofs.map(({ id }) => id));
  }
  return ids.filter((id) => id.includes(filter));
}

/** Writes the vectors; gives the number of their cases as the manifest says it. */
async function writeVectors(folder: string): Promise<number> {
  const ending = await deno(["run", "--quiet", "--allow-all", "tools/vectors.ts", folder]);
  if (ending.code !== 0) throw new Trouble("the vectors could not be written", ending.text);
  const manifest: { readonly files: readonly { readonly kind: string; readonly count: number }[] } =
    JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const files = manifest.files.filter(({ kind }) => kind !== "coverage");
  return files.reduce((sum, { count }) => sum + count, 0);
}

/** What a program printed as JSON, whatever its code: it says itself what failed. */
function parsed<T>(what: string, { code, out, text }: Ending): readonly T[] {
  try {
    const value: unknown = JSON.parse(out);
    if (Array.isArray(value)) return value;
  } catch {
    // It is told below.
  }
  throw new Trouble(`${what} ended with code ${code} and no report`, text);
}

/** The copy of the project that a runtime needs. */
async function copyFor(run: Run, language: Language, packages: Packages): Promise<string> {
  const key = JSON.stringify([language, packages]);
  const folder = join(run.folder, `copy-${[...run.copies.keys(), key].indexOf(key)}`);
  const made = run.copies.get(key) ?? stage(folder, language, packages);
  run.copies.set(key, made);
  const problem = await made;
  if (problem !== undefined) throw new Trouble("its copy could not be made", problem);
  return folder;
}

/** Runs proofs, vectors and the example of its own test runner in a program. */
async function runProgram(run: Run, runtime: Runtime): Promise<Done> {
  const { language, share, test } = runtime;
  const version = await versionOf(runtime, ROOT);
  if (version === undefined) throw new Trouble(`is missing or too old: ${runtime.install}`);
  const folder = language === undefined ? ROOT : await copyFor(run, language, {});
  const prover = [scriptIn(runtime, "proofs"), ...proofArguments(runtime, run.filter)];
  const reports = parsed<Report>("the proofs", await runtime.start(prover, folder));
  const checker = [scriptIn(runtime, "runtimes_vectors"), join(run.folder, "vectors")];
  const verdicts = parsed<Verdict>("the vectors", await runtime.start(checker, folder));
  if (test.length > 0) {
    // The toolkit in the runtime's own test runner, as a stranger would use it.
    const example = counted(await runtime.start(test, folder), testsPassed, "tests");
    if (!example.ok) throw new Trouble("its own test runner failed", example.details);
  }
  return { version, reports, verdicts, share };
}

/** The texts of the vectors, by their paths. */
function vectorTexts(folder: string): Record<string, string> {
  const files = [...readFolder(folder)];
  return Object.fromEntries(
    files.map(([path, bytes]) => [path, new TextDecoder("utf-8", { fatal: true }).decode(bytes)]),
  );
}

async function runBrowser(run: Run): Promise<Done> {
  const program = findChromium();
  if (program === undefined) throw new Trouble(CHROMIUM.install);
  const folder = await copyFor(run, "typescript", BROWSER_PACKAGES);
  const vectors = vectorTexts(join(run.folder, "vectors"));
  const done = await proveInChromium({ program, folder, vectors, filter: run.filter });
  return { ...done, share: 1 };
}

/** One runtime as a step; its row is added to the table. */
function stepOf(run: Run, name: string): Step {
  const runtime = RUNTIMES.find((each) => each.name === name);
  async function judged(): Promise<{ readonly row: Row; readonly problems: readonly string[] }> {
    const start = performance.now();
    const done = await (runtime === undefined ? runBrowser(run) : runProgram(run, runtime));
    const proofs = judgeProofs(done.reports, {
      ids: run.ids,
      leftOut: LEFT_OUT[name] ?? [],
      share: done.share,
      whole: run.filter === "",
    });
    const vectors = judgeVectors(done.verdicts, run.cases);
    const problems = [...proofs.problems, ...vectors.problems];
    const row = {
      runtime: name,
      version: done.version,
      proofs: proofs.passed,
      leftOut: proofs.leftOut,
      vectors: vectors.cases,
      seconds: Math.round((performance.now() - start) / 1000),
      ok: problems.length === 0,
    };
    return { row, problems };
  }
  return {
    name,
    async run(): Promise<Outcome> {
      try {
        const { row, problems } = await judged();
        run.rows.push(row);
        const summary = `${row.version}, ${row.proofs} proofs, ${row.vectors} cases of vectors`;
        if (row.ok) return { ok: true, summary };
        return { ok: false, summary, details: problems.slice(0, SHOWN_MAX).join("\n") };
      } catch (mistake) {
        const none = { version: "none", proofs: 0, leftOut: 0, vectors: 0, seconds: 0, ok: false };
        run.rows.push({ runtime: name, ...none });
        if (mistake instanceof Trouble) return mistake.outcome;
        throw mistake;
      }
    },
  };
}

/** The runtimes of these names; the usual ones when none is named. */
export function chosen(names: readonly string[], all = false): readonly string[] | undefined {
  if (!names.every((name) => NAMES.includes(name))) return undefined;
  if (names.length === 0) return all ? NAMES : USUAL;
  return NAMES.filter((name) => names.includes(name));
}

/** What the command line asks for; nothing when it cannot be read. */
function readOptions(
  args: string[],
): { readonly names: readonly string[]; readonly filter: string } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { filter: { type: "string" }, all: { type: "boolean" } },
    });
    const names = chosen(positionals, values.all === true);
    return names === undefined ? undefined : { names, filter: values.filter ?? "" };
  } catch {
    return undefined;
  }
}

async function main(names: readonly string[], filter: string): Promise<boolean> {
  const folder = await Deno.makeTempDir({ prefix: "ringfence-runtimes-" });
  try {
    const ids = await proofIds(filter);
    if (ids.length === 0) throw new Trouble(`no proof has "${filter}" in its id`);
    const cases = await writeVectors(join(folder, "vectors"));
    const run: Run = { folder, ids, filter, cases, copies: new Map(), rows: [] };
    console.log(`${ids.length} proofs, ${cases} cases of vectors`);
    const passed = await runSteps("runtimes", names.map((name) => stepOf(run, name)));
    console.log(`\n${table(run.rows)}\n`);
    const asked = Object.entries(LEFT_OUT).filter(([name]) => names.includes(name));
    for (const line of reasons(Object.fromEntries(asked))) console.log(line);
    for (const { name, share } of RUNTIMES) {
      if (share > 1 && names.includes(name)) {
        console.log(`left out in ${name}: all but one in ${share}; the engines beside it run them`);
      }
    }
    return passed;
  } catch (mistake) {
    if (!(mistake instanceof Trouble)) throw mistake;
    console.error(`${mistake.outcome.summary}\n${mistake.outcome.details ?? ""}`);
    return false;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const asked = readOptions(process.argv.slice(2));
  if (asked === undefined) {
    console.error(`usage: runtimes [${NAMES.join("] [")}] [--all] [--filter ID]`);
    process.exitCode = 2;
  } else process.exitCode = await main(asked.names, asked.filter) ? 0 : 1;
}
