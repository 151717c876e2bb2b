/** What a worker of the page does: its part of the proofs, or the vectors. */

import { collectOnly } from "../proofs/_kit/register.ts";
import { DEFAULT_SEED, type Proof, type ProofReport, selectProofs } from "../src/proof/mod.ts";
import { compareByWords } from "./chromium_compare.ts";
import { giveFiles } from "./chromium_node.ts";
import { LEFT_OUT, speaksOf } from "./runtimes_left_out.ts";
import { checkFolder } from "./vectors/check/folder.ts";

/** The files of the proofs: each is loaded when it is asked for. */
export type ProofFiles = Readonly<
  Record<string, () => Promise<{ readonly proofs: readonly Proof[] }>>
>;

/** How much of the normal number is sampled, as in the other reduced runs. */
const REDUCED_EFFORT = 0.1;

/** Sends text to the one that serves the page. */
async function send(path: string, text: string): Promise<void> {
  await (await fetch(path, { method: "POST", body: text })).text();
}

/** What a worker is asked for, in its address. */
interface Task {
  /** Which of the workers it is, from 1 on. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
  /** Only proofs whose id contains this. */
  readonly filter: string;
}

function taskOf(address: string): Task {
  const asked = new URL(address).searchParams;
  return {
    index: Number(asked.get("index")),
    count: Number(asked.get("count")),
    filter: asked.get("filter") ?? "",
  };
}

/** Runs every `count`-th proof from the `index`-th on, and sends the reports. */
async function runPart(files: ProofFiles, { index, count, filter }: Task): Promise<void> {
  compareByWords();
  giveFiles(await (await fetch("/files.json")).json());
  collectOnly();
  const proofs: Proof[] = [];
  for (const load of Object.values(files)) proofs.push(...(await load()).proofs);
  const reports: ProofReport[] = [];
  const runnable = proofs.filter(({ id }) =>
    !LEFT_OUT["chromium"]?.some((rule) => speaksOf(rule, id))
  );
  for (const proof of selectProofs(runnable, { filter, shard: { index, count } })) {
    await send(`/begun/${index}`, proof.id);
    reports.push(
      await proof.run({ seed: DEFAULT_SEED, effort: REDUCED_EFFORT, mutants: false }),
    );
  }
  await send(`/reports/${index}`, JSON.stringify(reports));
}

/** Checks the vectors, and sends the verdicts. */
async function checkVectors(): Promise<void> {
  const texts: Readonly<Record<string, string>> = await (await fetch("/vectors.json")).json();
  const encoder = new TextEncoder();
  const verdicts = checkFolder(
    new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)])),
  );
  await send("/vectors", JSON.stringify(verdicts));
}

/** Does what the worker's address asks for: number 0 checks the vectors. */
export async function work(files: ProofFiles): Promise<void> {
  const task = taskOf(globalThis.location.href);
  try {
    await (task.index === 0 ? checkVectors() : runPart(files, task));
  } catch (mistake) {
    await send("/broken", mistake instanceof Error ? `${mistake.stack}` : String(mistake));
  }
}
