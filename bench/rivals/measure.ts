/** Measuring one engine on all programs. */

import { type Engine, insist } from "./engine.ts";
import { caller, type Guest, guests } from "./guests.ts";
import { isByHand, LIMIT } from "./limit.ts";

const GAS = 1_000_000_000n;
/** How often the guest that calls its host does so, when nothing less is asked for. */
const CALLS = 100_000;

/** What the line with the figures begins with: engines print other things. */
export const MARK = "figures: ";

/** How an engine did with a guest. */
export interface Measured {
  readonly guest: string;
  /** The host calls that the guest made. */
  readonly calls: number;
  /** Nothing where the engine does not count as the others do. */
  readonly gasUsed: number | undefined;
  /** Milliseconds of loading it and running it for the first time in this process. */
  readonly loadMs: number;
  readonly firstMs: number;
  /** Milliseconds of the fastest run: what else the machine does only ever makes it slower. */
  readonly bestMs: number;
}

function measureGuest(
  engine: Engine,
  name: string,
  guest: Guest,
  calls: number,
): Measured {
  const now = () => performance.now();
  let [loadMs, firstMs, bestMs, gasUsed] = [0, 0, Infinity, 0];
  let counts = false;
  for (let round = 0; round < engine.runs; round++) {
    const start = now();
    const loaded = engine.load(guest, GAS);
    const ready = now();
    const ending = loaded.run();
    const time = now() - ready;
    insist(
      ending.result === guest.answer,
      `${name}: ${guest.name} gave ${ending.result}`,
    );
    const used = Number(ending.gasUsed ?? 0n);
    insist(
      round === 0 || used === gasUsed,
      `${name}: ${guest.name} used ${used} gas`,
    );
    if (round === 0) [loadMs, firstMs] = [ready - start, time];
    [bestMs, gasUsed, counts] = [
      Math.min(bestMs, time),
      used,
      ending.gasUsed !== undefined,
    ];
  }
  const gas = counts ? gasUsed : undefined;
  return { guest: guest.name, calls, gasUsed: gas, loadMs, firstMs, bestMs };
}

/** The figures of an engine, for each guest. */
export function measure(
  engine: Engine,
  name: string,
  part: number,
): readonly Measured[] {
  const calls = Math.ceil(CALLS * part);
  const found = guests(part).map((guest) => measureGuest(engine, name, guest, 0));
  const isHosted = name !== LIMIT.name || isByHand(caller(1));
  return isHosted ? [...found, measureGuest(engine, name, caller(calls), calls)] : found;
}
