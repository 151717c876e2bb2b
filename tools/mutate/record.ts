/** What a measurement found, as it is kept: a file for each room, so that two runs do not collide. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../process.ts";

/**
 * What became of a fault.
 *
 * - `failed`: a proof failed.
 * - `ended`: one took ten times as long as without the fault, and more: a loop.
 * - `crashed`: the process ended by itself, such as when a module could not be made.
 * - `unreached`: no proof runs it.
 * - `passed`: every proof that runs it passed.
 */
export type Verdict = "failed" | "ended" | "crashed" | "unreached" | "passed";

/** Whether a fault was not found. */
export function survived(verdict: Verdict): boolean {
  return verdict === "passed" || verdict === "unreached";
}

/** What was measured of one room. */
export interface Measurement {
  readonly room: string;
  /** What the order of the faults was drawn with. */
  readonly seed: number;
  readonly effort: number;
  /** Proofs that were left out, because they did not stand without a fault. */
  readonly leftOut: readonly string[];
  /** The faults that were judged, by their names. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** How many names stand on a line. */
const PER_LINE = 8;

function fileOf(room: string): string {
  return join(ROOT, "tools/mutate/results", `${room}.json`);
}

/** What was measured of a room before. */
export function readMeasurement(room: string): Measurement | undefined {
  const file = fileOf(room);
  if (!existsSync(file)) return undefined;
  const { verdicts, ...rest }: Omit<Measurement, "verdicts"> & {
    readonly verdicts: Readonly<Record<Verdict, readonly string[]>>;
  } = JSON.parse(readFileSync(file, "utf8"));
  const kinds: readonly Verdict[] = ["failed", "ended", "crashed", "unreached", "passed"];
  const entries = kinds.flatMap((kind) =>
    verdicts[kind].flatMap((line) => line.split(" ")).map((id) => [id, kind] as const)
  );
  return { ...rest, verdicts: new Map(entries) };
}

function linesOf(measurement: Measurement, kind: Verdict): readonly string[] {
  const ids = [...measurement.verdicts].filter(([, verdict]) => verdict === kind)
    .map(([id]) => id).sort();
  return Array.from(
    { length: Math.ceil(ids.length / PER_LINE) },
    (_, line) => ids.slice(line * PER_LINE, (line + 1) * PER_LINE).join(" "),
  );
}

/** Keeps what was measured of a room. */
export function writeMeasurement(measurement: Measurement): void {
  const file = fileOf(measurement.room);
  const { room, seed, effort, leftOut } = measurement;
  const verdicts = {
    failed: linesOf(measurement, "failed"),
    ended: linesOf(measurement, "ended"),
    crashed: linesOf(measurement, "crashed"),
    unreached: linesOf(measurement, "unreached"),
    passed: linesOf(measurement, "passed"),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify({ room, seed, effort, leftOut, verdicts }, undefined, 2)}\n`,
  );
}
