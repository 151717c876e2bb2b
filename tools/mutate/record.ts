/** What a measurement found, as it is kept. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../process.ts";
import type { Verdict } from "./judge.ts";
import { ROOMS } from "./rooms.ts";

/** A fault that was judged. */
export interface Judged {
  readonly path: string;
  readonly line: number;
  /** The line of the source, without the white space around it. */
  readonly text: string;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict["kind"];
  /** The proof that decided. */
  readonly by?: string;
}

/** What was measured of one room. */
export interface Measurement {
  readonly room: string;
  /** How many faults the operators make of it. */
  readonly faults: number;
  readonly seed: number;
  readonly effort: number;
  /** Proofs that were left out, because they did not stand without a fault. */
  readonly leftOut: readonly string[];
  readonly judged: readonly Judged[];
}

function fileOf(room: string): string {
  return join(ROOT, "tools/mutate/results", `${room}.json`);
}

/** What was measured of a room before. */
export function readMeasurement(room: string): Measurement | undefined {
  const file = fileOf(room);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** What was measured of all rooms. */
export function readMeasurements(): readonly Measurement[] {
  return ROOMS.flatMap((room) => readMeasurement(room) ?? []);
}

/** Keeps what was measured of a room. */
export function writeMeasurement(measurement: Measurement): void {
  const file = fileOf(measurement.room);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(measurement, undefined, 2)}\n`);
}
