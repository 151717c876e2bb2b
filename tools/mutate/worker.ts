/**
 * Runs proofs with the fault that it is told to, again and again: each line of its standard input is a
 * task, and what it says on its standard output are messages. It stops a task at the first proof that
 * fails, and then runs that proof without the fault, to see that nothing of the fault is left.
 *
 * Arguments: a JSON object, {@link Setting}.
 */

import process from "node:process";
import type { Proof } from "../../src/proof/mod.ts";
import { collectOnly } from "../../proofs/_kit/register.ts";
import { NOTE, SWITCH } from "./switched.ts";

/** How a worker begins. */
export interface Setting {
  /** The fault that is in force while modules are loaded; 0 for none. */
  readonly atLoad: number;
  readonly effort: number;
}

/** A proof, and the file of `proofs/` that holds it. */
export interface Named {
  readonly id: string;
  readonly file: string;
}

/** What a worker is asked to do. */
export type Task =
  /** Every proof of the files, with a note of the faults that each reaches; goes on after a failure. */
  | { readonly files: readonly string[] }
  /** Some proofs, with a fault in force. */
  | { readonly fault: number; readonly proofs: readonly Named[] };

/** What a worker says. */
export type Message =
  | { readonly begins: string }
  | {
    readonly ends: string;
    readonly file: string;
    readonly failure: string | undefined;
    readonly ms: number;
    /** The faults that it reached, where they are noted. */
    readonly reached?: readonly number[];
  }
  /** A file was loaded. */
  | { readonly loaded: string; readonly reached: readonly number[]; readonly ms: number }
  /** A proof that failed with a fault, run without it. */
  | { readonly clean: boolean }
  | { readonly done: true; readonly heapBytes: number };

/** What begins each line that is a message. */
export const MARK = "@@";

function say(message: Message): void {
  console.log(MARK + JSON.stringify(message));
}

/** More than a room has. */
const FAULTS_MAX = 100_000;
/** Where a fault that is reached is noted. */
const notes = new Uint8Array(FAULTS_MAX);

/** The faults reached since the last time of asking. */
function takeReached(): readonly number[] {
  const taken: number[] = [];
  notes.forEach((note, number) => {
    if (note === 1) taken.push(number);
  });
  notes.fill(0);
  return taken;
}

function force(fault: number): void {
  Reflect.set(globalThis, SWITCH, fault);
}

const loaded = new Map<string, readonly Proof[]>();

async function proofsOf(file: string): Promise<readonly Proof[]> {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const start = performance.now();
  say({ begins: file });
  const { proofs }: { proofs: readonly Proof[] } = await import(
    new URL(`../../proofs/${file}`, import.meta.url).href
  );
  loaded.set(file, proofs);
  say({ loaded: file, reached: takeReached(), ms: performance.now() - start });
  return proofs;
}

/** Runs a proof, and says how it failed. */
async function tried(proof: Proof, effort: number): Promise<string | undefined> {
  const { failures } = await proof.run({ mutants: false, effort });
  return failures[0];
}

async function survey(files: readonly string[], effort: number): Promise<void> {
  for (const file of files) {
    for (const proof of await proofsOf(file)) {
      say({ begins: proof.id });
      const start = performance.now();
      const failure = await tried(proof, effort);
      const ms = performance.now() - start;
      say({ ends: proof.id, file, failure, ms, reached: takeReached() });
    }
  }
}

async function judge(fault: number, named: readonly Named[], setting: Setting): Promise<void> {
  for (const { id, file } of named) {
    force(setting.atLoad);
    const proof = (await proofsOf(file)).find((one) => one.id === id);
    if (proof === undefined) continue;
    force(fault);
    say({ begins: id });
    const start = performance.now();
    const failure = await tried(proof, setting.effort);
    say({ ends: id, file, failure, ms: performance.now() - start });
    if (failure === undefined) continue;
    // What was loaded with the fault is not clean, and not used again.
    if (setting.atLoad !== 0) return;
    force(0);
    say({ begins: id });
    say({ clean: await tried(proof, setting.effort) === undefined });
    return;
  }
}

async function work(setting: Setting): Promise<void> {
  collectOnly();
  force(setting.atLoad);
  Reflect.set(globalThis, NOTE, notes);
  let rest = "";
  const decoder = new TextDecoder();
  for await (const piece of process.stdin) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const task: Task = JSON.parse(line);
      if ("files" in task) await survey(task.files, setting.effort);
      else await judge(task.fault, task.proofs, setting);
      force(0);
      say({ done: true, heapBytes: process.memoryUsage().heapUsed });
    }
  }
}

if (import.meta.main) {
  await work(JSON.parse(process.argv[2] ?? "{}"));
  process.exit(0);
}
