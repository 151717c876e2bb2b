/**
 * A run of the conformance driver: every case is judged, and what is wrong is cut down.
 *
 * @module
 */

import type { Case, CaseEnd } from "./conform_case.ts";
import { type Field, FIELDS } from "./conform_compare.ts";
import { decodeBlob } from "../pvm/mod.ts";
import { draftOf, mnemonicOf } from "./conform_draft.ts";
import { type Fault, isAlike, type Judge, judge, reasonOf } from "./conform_judge.ts";
import { instructionsIn, shrink } from "./conform_shrink.ts";

/** A case that is to be judged. */
export interface Trial {
  readonly input: Case;
  /** What must come of it; what the interpreter makes of it when left out. */
  readonly wanted: CaseEnd | undefined;
}

/** A case that cannot be asked for, and why. */
export interface Untried {
  readonly reason: string;
}

/** Something wrong, with the simplest case that shows it. */
export interface Finding {
  /** The case in which it was found. */
  readonly name: string;
  readonly fault: Fault;
  readonly input: Case;
  /** How many instructions the program had, and has. */
  readonly instructions: { readonly before: number; readonly after: number };
  /** In how many further cases it came to the same. */
  readonly again: number;
}

/** How a run is done. */
export interface RunOptions extends Judge {
  /** It ends when so many different things are wrong. */
  readonly failuresMax: number;
  /** A time in milliseconds. */
  readonly now: () => number;
  /** Told of each case that is done. */
  readonly onCase: (done: number, faults: number) => void;
}

/** How often something came up. */
export type Counts = ReadonlyMap<string, number>;

/** How a run came out. */
export interface RunReport {
  readonly pass: number;
  readonly fail: number;
  readonly skip: number;
  /** Why cases were skipped. */
  readonly skipped: Counts;
  /** In how many cases each field was compared, and not given. */
  readonly compared: Counts;
  readonly missing: Counts;
  readonly findings: readonly Finding[];
  /** Whether it ended before all cases were done. */
  readonly isCut: boolean;
}

/** What cutting down may take: candidates and milliseconds; less where each may start it anew. */
const DIFFERENCE_LIMIT = { tries: 4_000, milliseconds: 20_000 } as const;
const FAILURE_LIMIT = { tries: 150, milliseconds: 15_000 } as const;
/** What cutting down all cases without an answer may take; after that they are told as they are. */
const FAILURES_MS = 30_000;
/** A run ends after so many cases without an answer for each different thing that may be wrong. */
const FAILURES_EACH = 2;

/** Cuts a case down to a simpler one with the same fault. */
async function cutDown(
  { input, wanted }: Trial,
  fault: Fault,
  options: RunOptions,
  limit: { readonly tries: number; readonly milliseconds: number },
): Promise<{ readonly input: Case; readonly fault: Fault }> {
  let best = { input, fault };
  const start = options.now();
  const shows = async (candidate: Case) => {
    const verdict = await judge(options, candidate);
    if (verdict.kind !== "fault" || !isAlike(fault, verdict.fault)) {
      return false;
    }
    best = { input: candidate, fault: verdict.fault };
    return true;
  };
  // What a vector wants and the interpreter does not do cannot be cut down by the interpreter.
  if (wanted !== undefined && !await shows(input)) return best;
  await shrink(input, {
    shows,
    triesMax: limit.tries,
    isOver: () => options.now() - start > limit.milliseconds,
  });
  return best;
}

/** What findings that come to the same have in common. */
function signatureOf(
  { input, fault }: { readonly input: Case; readonly fault: Fault },
): string {
  const code = decodeBlob(input.program);
  const lines = code.ok ? draftOf(code.value).lines.map(mnemonicOf) : ["malformed"];
  const how = fault.kind === "failure"
    ? reasonOf(fault)
    : fault.differences.map(({ field, expected, given }) =>
      field === "status" ? `${expected} ${given}` : field
    ).join();
  return `${lines.join()}: ${how}`;
}

/** Counts what comes up. */
class Tally {
  readonly counts: Map<string, number> = new Map();

  add(names: readonly string[]): void {
    for (const name of names) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }
}

/** What is wrong, each thing once. */
class Findings {
  readonly #options: RunOptions;
  readonly #found = new Map<string, Finding>();
  #failures = 0;
  /** What cutting down cases without an answer has taken, in milliseconds. */
  #spent = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()];
  }

  /** Whether it is enough. */
  get isEnough(): boolean {
    const { failuresMax } = this.#options;
    return this.#found.size >= failuresMax || this.#failures >= FAILURES_EACH * failuresMax;
  }

  /** Takes note of a fault, with the simplest case that shows it. */
  async add(trial: Trial, first: Fault): Promise<void> {
    const { input, fault } = await this.#simplest(trial, first);
    const same = this.#alike(input, fault);
    const known = this.#found.get(same);
    const before = instructionsIn(trial.input);
    const after = instructionsIn(input);
    const finding = { name: trial.input.name, fault, input, instructions: { before, after } };
    this.#found.set(
      same,
      known === undefined ? { ...finding, again: 0 } : { ...known, again: known.again + 1 },
    );
  }

  async #simplest(trial: Trial, fault: Fault): Promise<{ input: Case; fault: Fault }> {
    if (fault.kind === "difference") {
      return await cutDown(trial, fault, this.#options, DIFFERENCE_LIMIT);
    }
    this.#failures++;
    if (this.#spent >= FAILURES_MS) return { input: trial.input, fault };
    const start = this.#options.now();
    const simplest = await cutDown(trial, fault, this.#options, FAILURE_LIMIT);
    this.#spent += this.#options.now() - start;
    return simplest;
  }

  /** Under what a fault is known: when no more is cut down, under that of the first with its reason. */
  #alike(input: Case, fault: Fault): string {
    const own = signatureOf({ input, fault });
    if (fault.kind === "difference" || this.#spent < FAILURES_MS) return own;
    const [first] =
      [...this.#found].find(([, known]) =>
        known.fault.kind === "failure" && reasonOf(known.fault) === reasonOf(fault)
      ) ?? [own];
    return first;
  }
}

/** Judges every trial, until too much is wrong. */
export async function conformRun(
  trials: Iterable<Trial | Untried>,
  options: RunOptions,
): Promise<RunReport> {
  const [skipped, compared, missing] = [new Tally(), new Tally(), new Tally()];
  const findings = new Findings(options);
  let [pass, fail, skip, isCut] = [0, 0, 0, false];
  for (const trial of trials) {
    if (findings.isEnough) {
      isCut = true;
      break;
    }
    const verdict = "input" in trial
      ? await judge(options, trial.input, trial.wanted)
      : { kind: "skip" as const, reason: trial.reason };
    if (verdict.kind === "skip") {
      skip++;
      skipped.add([verdict.reason]);
    } else {
      compared.add(verdict.comparison.compared);
      missing.add(verdict.comparison.missing);
    }
    if (verdict.kind === "pass") pass++;
    if (verdict.kind === "fault" && "input" in trial) {
      fail++;
      await findings.add(trial, verdict.fault);
    }
    options.onCase(pass + fail + skip, fail);
  }
  return {
    ...{ pass, fail, skip, isCut },
    skipped: skipped.counts,
    compared: compared.counts,
    missing: missing.counts,
    findings: findings.all,
  };
}

/** Whether anything besides how programs ended was compared. */
export function hasCompared({ compared }: RunReport): boolean {
  return [...compared.keys()].some((field) => field !== "status");
}

/** The fields that were asked for and never given. */
export function neverGiven({ compared, missing }: RunReport): readonly Field[] {
  return FIELDS.filter((field) => missing.has(field) && !compared.has(field));
}
