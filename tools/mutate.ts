/**
 * Measures how many small faults in `src/` the proofs find: `deno task mutate`.
 *
 * Every fault is judged in a process of its own, whose import map puts the faulty text in the place
 * of the file; so all that imports the file sees it, and one that never ends can be ended.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { judge, type Verdict } from "./mutate/judge.ts";
import { type Fault, faultsOf, withFault } from "./mutate/operators.ts";
import {
  type Judged,
  type Measurement,
  readMeasurement,
  readMeasurements,
  writeMeasurement,
} from "./mutate/record.ts";
import { filesOf, type ProofFile, proofFilesOf, ROOMS } from "./mutate/rooms.ts";
import { strengthText } from "./mutate/text.ts";
import type { Task } from "./mutate/worker.ts";
import { ROOT } from "./process.ts";

const USAGE = `usage: mutate [options]
  --room R     only this room (${ROOMS.join(", ")}); all of them by default
  --sample N   judge so many faults of each room, drawn at random; all of them by default
  --minutes M  stop a room after so many minutes
  --seed S     where the drawing starts (default 1)
  --effort E   how much the sampled proofs sample, as a part of the normal number (default 0.25)
  --again      only those that were not found the last time
  --list       print the faults and judge none
  --report     only write docs/strength.md anew from what was measured before
  --help       print this`;

/** Shuffles a list: the same seed gives the same order. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const out = [...list];
  for (let end = out.length - 1; end > 0; end--) {
    const place = Math.floor(next() * (end + 1));
    out.splice(end, 1, ...out.splice(place, 1, ...out.slice(end, end + 1)));
  }
  return out;
}

/** What is known of a room's proofs. */
interface Judges {
  readonly files: readonly ProofFile[];
  /** The proofs that each file holds. */
  readonly holds: ReadonlyMap<string, readonly string[]>;
  /** The milliseconds of each proof without a fault. */
  readonly times: Readonly<Record<string, number>>;
  /** Proofs that do not stand without a fault either. */
  readonly skip: readonly string[];
  readonly effort: number;
  /** The files of the proofs that found a fault, with the file that it was in. */
  readonly found: { readonly path: string; readonly by: string }[];
}

/** Runs the proofs of a room without a fault. */
async function readJudges(room: string, effort: number): Promise<Judges> {
  const files = proofFilesOf(ROOT, room);
  const times: Record<string, number> = {};
  const skip: string[] = [];
  const holds = new Map<string, readonly string[]>();
  const groups = files.map(({ path }) => [path]);
  const { kind, by, runs } = await judge({ files: groups, times, skip, all: true, effort });
  if (kind !== "passed" && kind !== "failed") {
    throw new Error(`${kind} without a fault: ${by ?? "while a file was read"}`);
  }
  for (const { id, file, ms, failure } of runs) {
    times[id] = ms;
    holds.set(file, [...holds.get(file) ?? [], id]);
    if (failure !== undefined) skip.push(id);
  }
  return { files, holds, times, skip, effort, found: [] };
}

/**
 * The order of the proofs for a file: first those whose own mutants patch it, then those that found
 * faults in it, or any at all, then the quick ones.
 */
function taskFor(path: string, judges: Judges): Task {
  const { files, holds, times, skip, effort, found } = judges;
  const near = files.filter(({ text }) => text.includes(path)).map((file) => file.path);
  const far = files.filter(({ own, path }) => own && !near.includes(path)).map((file) => file.path);
  const time = (name: string) =>
    (holds.get(name) ?? []).reduce((sum, id) => sum + (times[id] ?? 0), 0);
  const merit = (name: string) =>
    found.reduce(
        (sum, one) => sum + (one.by !== name ? 0 : one.path === path ? 1000 : 1),
        0,
      ) * 10 - time(name) / 100;
  far.sort((a, b) => merit(b) - merit(a));
  near.sort((a, b) => merit(b) - merit(a));
  return { files: [...near, ...far].map((name) => [name]), times, skip, all: false, effort };
}

async function judgeFault(fault: Fault, judges: Judges): Promise<Judged> {
  const text = readFileSync(join(ROOT, fault.path), "utf8");
  const task = taskFor(fault.path, judges);
  const verdict: Verdict = await judge(task, { path: fault.path, text: withFault(text, fault) });
  const { path, line, operator, from, to } = fault;
  const last = verdict.runs.at(-1);
  if (verdict.kind === "failed" && last !== undefined) judges.found.push({ path, by: last.file });
  return {
    path,
    line,
    text: (text.split("\n")[line - 1] ?? "").trim(),
    operator,
    from,
    to,
    verdict: verdict.kind,
    ...(verdict.by === undefined ? {} : { by: verdict.by }),
  };
}

/** Whether a fault was not found. */
function survived({ verdict }: Judged): boolean {
  return verdict === "passed" || verdict === "undecided";
}

/** The faults that a measurement did not find, in the source as it is now. */
function left(faults: readonly Fault[], before: Measurement): Fault[] {
  const keys = before.judged.filter(survived)
    .map(({ path, line, from, to }) => JSON.stringify([path, line, from, to]));
  return faults.filter(({ path, line, from, to }) =>
    keys.includes(JSON.stringify([path, line, from, to]))
  );
}

interface Wishes {
  readonly sample: number;
  readonly minutes: number;
  readonly seed: number;
  readonly effort: number;
  readonly again: boolean;
}

async function measure(
  room: string,
  { sample, minutes, seed, effort, again }: Wishes,
): Promise<void> {
  const faults = filesOf(ROOT, room).flatMap(faultsOf);
  const before = again ? readMeasurement(room) : undefined;
  if (again && before === undefined) throw new Error(`${room} was not measured before`);
  const chosen = before === undefined
    ? shuffled(faults, seed).slice(0, sample).filter((fault) => !fault.isDefault)
    : left(faults, before);
  const judges = await readJudges(room, effort);
  console.log(`${room}: ${judges.files.length} files of proofs; ${judges.skip.length} left out`);
  const judged: Judged[] = [];
  const end = performance.now() + minutes * 60_000;
  for (const fault of chosen) {
    if (performance.now() > end) break;
    const result = await judgeFault(fault, judges);
    judged.push(result);
    console.log(
      `${survived(result) ? "LEFT " : "found"} ${result.path}:${result.line} ${result.from} → ` +
        `${result.to} (${result.verdict}${result.by === undefined ? "" : `, ${result.by}`})`,
    );
    writeMeasurement(
      before === undefined
        ? {
          room,
          faults: faults.filter((one) => !one.isDefault).length,
          seed,
          effort,
          leftOut: judges.skip,
          judged,
        }
        : { ...before, judged: merged(before.judged, judged) },
    );
  }
}

/** A measurement with some faults judged again. */
function merged(before: readonly Judged[], again: readonly Judged[]): readonly Judged[] {
  return before.map((old) =>
    again.find(({ path, line, from, to }) =>
      path === old.path && line === old.line && from === old.from && to === old.to
    ) ?? old
  );
}

/** What begins the part of docs/strength.md that is generated. */
const GENERATED = "## Faults found, room by room";

/** Writes the generated part of docs/strength.md anew; what stands before it is kept. */
function writeStrength(): void {
  const file = join(ROOT, "docs/strength.md");
  const [byHand = ""] = existsSync(file) ? readFileSync(file, "utf8").split(GENERATED) : [];
  writeFileSync(file, byHand + strengthText(readMeasurements()));
}

function numberOf(text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is no number above 0`);
  return value;
}

const { values } = parseArgs({
  options: {
    room: { type: "string" },
    sample: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string" },
    effort: { type: "string" },
    again: { type: "boolean" },
    list: { type: "boolean" },
    report: { type: "boolean" },
    help: { type: "boolean" },
  },
});
const rooms = ROOMS.filter((room) => values.room === undefined || values.room === room);
if (values.help || rooms.length === 0) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (values.list) {
  for (
    const { path, line, from, to } of rooms.flatMap((room) => filesOf(ROOT, room)).flatMap(faultsOf)
  ) {
    console.log(`${path}:${line} ${from} → ${to}`);
  }
} else {
  const wishes: Wishes = {
    sample: numberOf(values.sample, Infinity),
    minutes: numberOf(values.minutes, Infinity),
    seed: numberOf(values.seed, 1),
    effort: numberOf(values.effort, 0.25),
    again: values.again === true,
  };
  if (!values.report) { for (const room of rooms) await measure(room, wishes); }
  writeStrength();
}
