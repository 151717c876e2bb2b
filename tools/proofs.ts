/**
 * The proof runner: runs the proofs of `proofs/`, prints the ledger, and keeps its copy in `docs/`.
 *
 * It uses the `node:` modules alone, so that Deno, Bun and Node all run it.
 */

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import {
  coverageOf,
  coverageTable,
  duplicateIds,
  equivalentTable,
  explain,
  type Proof,
  type ProofReport,
  proofTable,
  runProofs,
  summarize,
} from "../src/proof/mod.ts";
import { publicFaces } from "../proofs/_kit/faces.ts";
import { collectOnly } from "../proofs/_kit/register.ts";
import { isWholeRun, type Options, readOptions, USAGE, UsageError } from "./proofs_options.ts";

const FOLDER = new URL("../proofs/", import.meta.url);
const LEDGER = new URL("../docs/proof-ledger.md", import.meta.url);
const SYMBOLIC_FOLDER = new URL("symbolic/", FOLDER);
const SYMBOLIC_LEDGER = new URL("../docs/symbolic-ledger.md", import.meta.url);

/** In how many parts a worker runs its proofs, so that none has much left when the others have ended. */
const PARTS_PER_WORKER = 2;

/** Every proof of the chosen files. */
async function collect({ files, symbolic }: Options): Promise<readonly Proof[]> {
  collectOnly();
  const folder = symbolic ? SYMBOLIC_FOLDER : FOLDER;
  const found = readdirSync(folder).filter((name) => /\.test\.[jt]s$/.test(name)).sort();
  for (const file of files) {
    if (!found.includes(file)) throw new UsageError(`proofs/ holds no file ${file}`);
  }
  const proofs: Proof[] = [];
  for (const file of found) {
    if (files.length > 0 && !files.includes(file)) continue;
    const module = await import(new URL(file, folder).href);
    if (!Array.isArray(module.proofs)) throw new Error(`proofs/${file} exports no list of proofs`);
    proofs.push(...module.proofs);
  }
  return proofs;
}

/** The arguments with which a part of the run is started as a process of its own. */
function partArguments(part: number, count: number, options: Options): string[] {
  const importMap = process.env["RINGFENCE_IMPORT_MAP"];
  const deno = "Deno" in globalThis ? ["run", "--quiet", "--no-prompt", "--allow-all"] : [];
  if (deno.length > 0 && importMap !== undefined) deno.push(`--import-map=${importMap}`);
  return [
    ...deno,
    process.argv[1] ?? "",
    ...options.files,
    ...(options.filter === undefined ? [] : [`--filter=${options.filter}`]),
    ...(options.effort > 1 ? ["--long"] : options.effort < 1 ? ["--reduced"] : []),
    ...(options.mutants ? [] : ["--no-mutants"]),
    ...(options.symbolic ? ["--symbolic"] : []),
    "--workers=1",
    `--shard=${part}/${count}`,
    `--seed=${options.seed}`,
    "--json",
  ];
}

/** Runs one part of the proofs in a process of its own. */
function runPart(
  part: number,
  count: number,
  options: Options,
): Promise<readonly ProofReport[]> {
  const child = spawn(process.execPath, partArguments(part, count, options), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => text += piece);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      try {
        resolve(JSON.parse(text));
      } catch {
        reject(new Error(`part ${part} of the proofs ended with code ${code} and no report`));
      }
    });
  });
}

/** The reports of all parts, in the order of the whole. */
function interleave(parts: readonly (readonly ProofReport[])[]): ProofReport[] {
  const reports: ProofReport[] = [];
  for (let place = 0; parts.some((part) => place < part.length); place++) {
    for (const part of parts) {
      const report = part[place];
      if (report !== undefined) reports.push(report);
    }
  }
  return reports;
}

/** Runs all parts, as many at a time as there are workers. */
async function runParts(
  count: number,
  options: Options,
): Promise<readonly (readonly ProofReport[])[]> {
  const parts: (readonly ProofReport[])[] = [];
  let next = 0;
  const work = async () => {
    for (let part = next++; part < count; part = next++) {
      parts[part] = await runPart(part + 1, count, options);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return parts;
}

async function runAll(proofs: readonly Proof[], options: Options): Promise<readonly ProofReport[]> {
  if (options.workers > 1) {
    return interleave(await runParts(options.workers * PARTS_PER_WORKER, options));
  }
  return await runProofs(proofs, {
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    seed: options.seed,
    effort: options.effort,
    mutants: options.mutants,
    onReport(report) {
      const verdict = report.failures.length === 0 ? "ok" : "FAILED";
      console.error(`${verdict} ${report.id} (${Math.round(report.elapsedMs)} ms)`);
    },
  });
}

/** The ledger of the symbolic proofs: each with the one fault that it finds out. */
function symbolicLedgerText(reports: readonly ProofReport[]): string {
  const { passed, mutantsKilled, mutants } = summarize(reports);
  return [
    "# The ledger of the symbolic proofs",
    "",
    "Generated by `deno task proofs --symbolic --write`; the symbolic run fails when it is not up to",
    "date. What a symbolic proof is, and what it takes for granted: [symbolic.md](symbolic.md).",
    "",
    `${passed} proofs, each for all values of all inputs; ${mutantsKilled} of ${mutants} faults found ` +
    "out by inputs that the patched source was run on.",
    "",
    proofTable(reports),
    "",
  ].join("\n");
}

function ledgerText(reports: readonly ProofReport[], faces: Readonly<Record<string, object>>) {
  const { passed, cases, mutantsKilled, mutants } = summarize(reports);
  return [
    "# The proof ledger",
    "",
    "Generated by the proof run. `deno task proofs --write` brings it up to date; the test fails when",
    "it is not.",
    "",
    `${passed} proofs, ${
      cases.toLocaleString("en")
    } cases, ${mutantsKilled} of ${mutants} mutants ` +
    "killed.",
    "",
    "## Proofs",
    "",
    proofTable(reports),
    "",
    "## Public functions",
    "",
    coverageTable(coverageOf(faces, reports)),
    "",
    "## Variants that nothing can tell apart",
    "",
    equivalentTable(reports),
    "",
  ].join("\n");
}

/** What is wrong with the run as a whole; writes the kept ledger when asked to. */
function settle(
  text: string,
  reports: readonly ProofReport[],
  faces: Readonly<Record<string, object>>,
  write: boolean,
): readonly string[] {
  const uncovered = coverageOf(faces, reports).filter(({ proofs }) => proofs.length === 0);
  return [
    ...uncovered.map(({ name }) => `no proof covers ${name}`),
    ...keep(LEDGER, text, write, "docs/proof-ledger.md", "deno task proofs --write"),
  ];
}

/** Writes a kept ledger when asked to; else says whether it is not up to date. */
function keep(place: URL, text: string, write: boolean, name: string, command: string): string[] {
  if (write) writeFileSync(place, text);
  else if (!existsSync(place) || readFileSync(place, "utf8") !== text) {
    return [`${name} is not what this run generates: \`${command}\``];
  }
  return [];
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const start = performance.now();
  const proofs = await collect(options);
  const reports = await runAll(proofs, options);
  if (options.json) {
    console.log(JSON.stringify(reports));
    return reports.some((report) => report.failures.length > 0) ? 1 : 0;
  }
  const problems = duplicateIds(proofs).map((id) => `two proofs are called ${id}`);
  if (reports.length === 0) problems.push("no proof was run");
  if (isWholeRun(options) && options.symbolic) {
    const text = symbolicLedgerText(reports);
    const command = "deno task proofs --symbolic --write";
    problems.push(
      ...keep(SYMBOLIC_LEDGER, text, options.write, "docs/symbolic-ledger.md", command),
    );
  } else if (isWholeRun(options)) {
    const faces = await publicFaces();
    const text = ledgerText(reports, faces);
    console.log(text);
    problems.push(...settle(text, reports, faces, options.write));
  } else {
    console.log(proofTable(reports));
  }
  for (const report of reports) {
    if (report.failures.length > 0) console.log(`\nFAILED ${explain(report, options.seed)}`);
  }
  for (const problem of problems) console.log(`\nFAILED ${problem}`);
  const { passed, failed, mutantsKilled, mutants } = summarize(reports);
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(
    `\nseed ${options.seed}; ${mutantsKilled} of ${mutants} mutants killed; ${seconds} s`,
  );
  console.log(`proofs: ${passed} passed, ${failed} failed`);
  return failed > 0 || problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (mistake) {
  if (!(mistake instanceof UsageError)) throw mistake;
  console.error(`${mistake.message}\n${USAGE}`);
  process.exitCode = 2;
}
