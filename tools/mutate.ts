/**
 * Measures how many small faults in `src/` the proofs find: `deno task mutate`.
 *
 * All faults of a room stand in one text, behind switches. A first run notes which proofs reach which
 * faults; each fault is then judged by those alone, in one process after another.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { Court } from "./mutate/court.ts";
import { reasonOf, staleEntries } from "./mutate/equivalent.ts";
import { type Fault, faultsOf } from "./mutate/operators.ts";
import {
  type Measurement,
  readMeasurement,
  survived,
  type Verdict,
  writeMeasurement,
} from "./mutate/record.ts";
import { filesOf, ROOMS } from "./mutate/rooms.ts";
import { inDrawnOrder } from "./mutate/sample.ts";
import { surveyOf } from "./mutate/survey.ts";
import { strengthText } from "./mutate/text.ts";
import { ROOT } from "./process.ts";

const USAGE = `usage: mutate [options]
  --room R     only this room (${ROOMS.join(", ")}); all of them by default
  --file F     only faults of files whose path holds F; can be given several times
  --sample N   judge until N faults of each room are judged, in an order drawn at random; all by
               default. Those that were judged before count, and are not judged again
  --minutes M  stop a room after so many minutes
  --seed S     where the drawing starts (default 1)
  --effort E   how much the sampled proofs sample, as a part of the normal number (default 0.25)
  --own        judge by the room's own proofs alone, not by those of others that patch its files
  --again      only those that were not found before, and are not listed as equivalent
  --unlisted   leave out what is listed as equivalent; it takes longest to judge, and counts nowhere
  --anew       forget what was judged before
  --list       print the faults and judge none
  --report     only write docs/strength.md anew from what was measured before
  --help       print this`;

/** The faults of a room; defaults of an index are none. */
function faultsOfRoom(room: string): Fault[] {
  return filesOf(ROOT, room).flatMap(faultsOf).filter(({ isDefault }) => !isDefault);
}

interface Wishes {
  readonly files: readonly string[];
  readonly sample: number;
  readonly minutes: number;
  readonly seed: number;
  readonly effort: number;
  readonly own: boolean;
  readonly again: boolean;
  readonly unlisted: boolean;
  readonly anew: boolean;
}

/** Whether a fault is to be judged, by what became of it before. */
function isDue(fault: Fault, before: Verdict | undefined, wishes: Wishes): boolean {
  const { files, again, unlisted } = wishes;
  if (files.length > 0 && !files.some((file) => fault.path.includes(file))) return false;
  if (unlisted && reasonOf(fault) !== undefined) return false;
  if (again) return before !== undefined && survived(before) && reasonOf(fault) === undefined;
  return before === undefined;
}

async function measure(room: string, wishes: Wishes): Promise<void> {
  const { sample, minutes, seed, effort, again, anew } = wishes;
  const faults = faultsOfRoom(room);
  const known = anew ? undefined : readMeasurement(room)?.verdicts;
  const verdicts = new Map(faults.flatMap(({ id }) => {
    const verdict = known?.get(id);
    return verdict === undefined ? [] : [[id, verdict] as const];
  }));
  const drawn = inDrawnOrder(faults, seed);
  const chosen = drawn.filter((fault) => isDue(fault, verdicts.get(fault.id), wishes));
  const survey = await surveyOf(room, faults, effort, wishes.own);
  console.log(
    `${room}: ${faults.length} faults, ${survey.atLoad.size} of them run when modules are loaded; ` +
      `${survey.proofs.length} proofs; left out: ${survey.leftOut.join(", ") || "none"}`,
  );
  const measurement: Measurement = { room, seed, effort, leftOut: survey.leftOut, verdicts };
  const numbers = new Map(faults.map(({ id }, at) => [id, at + 1]));
  const court = new Court(room, survey, effort);
  const end = performance.now() + minutes * 60_000;
  for (const fault of chosen) {
    if (performance.now() > end || (!again && verdicts.size >= sample)) break;
    const start = performance.now();
    const { verdict, by } = await court.judge(numbers.get(fault.id) ?? 0, fault);
    verdicts.set(fault.id, verdict);
    console.log(
      `${survived(verdict) ? "LEFT " : "found"} ${fault.path}:${fault.line} ${fault.from} → ` +
        `${fault.to} (${verdict}${by === undefined ? "" : `, ${by}`}) ` +
        `${Math.round(performance.now() - start)} ms`,
    );
    if (verdicts.size % 10 === 0) writeMeasurement(measurement);
  }
  await court.close();
  writeMeasurement(measurement);
}

/** What begins the part of docs/strength.md that is generated. */
const GENERATED = "## Faults found, room by room";

/** Writes the generated part of docs/strength.md anew; what stands before it is kept. */
function writeStrength(): void {
  const file = join(ROOT, "docs/strength.md");
  const [byHand = ""] = existsSync(file) ? readFileSync(file, "utf8").split(GENERATED) : [];
  const measured = ROOMS.flatMap((room) => {
    const measurement = readMeasurement(room);
    return measurement === undefined ? [] : [{ measurement, faults: faultsOfRoom(room) }];
  });
  writeFileSync(file, byHand + strengthText(measured));
  for (const { path, text, from, to } of staleEntries(ROOMS.flatMap(faultsOfRoom))) {
    console.log(`listed as equivalent, but no fault any more: ${path}: ${text}: ${from} → ${to}`);
  }
}

function numberOf(text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is no number above 0`);
  return value;
}

/** Does what the arguments say, and gives what the process exits with. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      room: { type: "string" },
      file: { type: "string", multiple: true },
      sample: { type: "string" },
      minutes: { type: "string" },
      seed: { type: "string" },
      effort: { type: "string" },
      own: { type: "boolean" },
      again: { type: "boolean" },
      unlisted: { type: "boolean" },
      anew: { type: "boolean" },
      list: { type: "boolean" },
      report: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const rooms = ROOMS.filter((room) => values.room === undefined || values.room === room);
  if (values.help || rooms.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  } else if (values.list) {
    for (const { path, line, from, to } of rooms.flatMap(faultsOfRoom)) {
      console.log(`${path}:${line} ${from} → ${to}`);
    }
  } else {
    const wishes: Wishes = {
      files: values.file ?? [],
      sample: numberOf(values.sample, Infinity),
      minutes: numberOf(values.minutes, Infinity),
      seed: numberOf(values.seed, 1),
      effort: numberOf(values.effort, 0.25),
      own: values.own === true,
      again: values.again === true,
      unlisted: values.unlisted === true,
      anew: values.anew === true,
    };
    if (!values.report) { for (const room of rooms) await measure(room, wishes); }
    writeStrength();
  }
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (mistake) {
    console.error(`mutate: ${mistake instanceof Error ? mistake.message : mistake}`);
    process.exitCode = 2;
  }
}
