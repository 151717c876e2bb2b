/**
 * Runs the proofs of some files in a process of its own, and says on its standard output what
 * begins and how it ends. It stops at the first proof that fails.
 *
 * Arguments: a JSON object `{ files, slow, skip, all, effort }`.
 */

import process from "node:process";
import type { Proof } from "../../src/proof/mod.ts";
import { collectOnly } from "../../proofs/_kit/register.ts";

/** What a worker is asked to do. */
export interface Task {
  /** Groups of files of `proofs/`; the proofs of a group run by their time. */
  readonly files: readonly (readonly string[])[];
  /** The milliseconds that each proof takes, where they are known. */
  readonly times: Readonly<Record<string, number>>;
  /** Proofs that do not stand without a fault either. */
  readonly skip: readonly string[];
  /** Whether to go on after a failure. */
  readonly all: boolean;
  readonly effort: number;
}

/** What a worker says. */
export type Message =
  | { readonly begins: string }
  | {
    readonly ends: string;
    readonly file: string;
    readonly failure: string | undefined;
    readonly ms: number;
  }
  | { readonly done: true };

/** What begins each line that is a message. */
export const MARK = "@@";

function say(message: Message): void {
  console.log(MARK + JSON.stringify(message));
}

async function proofsOf(file: string): Promise<readonly Proof[]> {
  const { proofs }: { proofs: readonly Proof[] } = await import(
    new URL(`../../proofs/${file}`, import.meta.url).href
  );
  return proofs;
}

async function work({ files, times, skip, all, effort }: Task): Promise<void> {
  collectOnly();
  for (const group of files) {
    const proofs: { readonly proof: Proof; readonly file: string }[] = [];
    for (const file of group) {
      for (const proof of await proofsOf(file)) proofs.push({ proof, file });
    }
    proofs.sort((a, b) => (times[a.proof.id] ?? 0) - (times[b.proof.id] ?? 0));
    for (const { proof, file } of proofs) {
      if (skip.includes(proof.id)) continue;
      say({ begins: proof.id });
      const { failures, elapsedMs } = await proof.run({ mutants: false, effort });
      say({ ends: proof.id, file, failure: failures[0], ms: elapsedMs });
      if (failures.length > 0 && !all) return;
    }
  }
}

if (import.meta.main) {
  await work(JSON.parse(process.argv[2] ?? "{}"));
  say({ done: true });
  process.exit(0);
}
