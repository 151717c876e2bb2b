/** What the fuzzers have in common: how long they run, and from which seed. */

import process from "node:process";
import { parseArgs } from "node:util";

/** How long a fuzzer runs, where it begins, and the flags that it was given. */
export interface FuzzOptions {
  readonly seconds: number;
  /** The most inputs, whatever the fuzzer takes for one. */
  readonly count: number;
  readonly seed: number;
  readonly flags: ReadonlySet<string>;
}

function whole(text: unknown, otherwise: number): number {
  if (text === undefined) return otherwise;
  return typeof text === "string" && /^\d+$/.test(text) ? Number(text) : NaN;
}

/**
 * Reads the arguments: `--seconds` (10 when nothing is said), `--seed` (1) and those named.
 *
 * @param args The arguments.
 * @param counted The name of the option that bounds the number of inputs.
 * @param flags The names of further options, which have no value.
 * @returns Nothing when they are wrong or ask for help.
 */
export function readFuzzOptions(
  args: readonly string[],
  counted: string,
  flags: readonly string[] = [],
): FuzzOptions | undefined {
  const text = { type: "string" } as const;
  const named = flags.map((name) => [name, { type: "boolean" }] as const);
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: text, seed: text, [counted]: text, ...Object.fromEntries(named) },
    });
    const count = whole(values[counted], Infinity);
    const seconds = whole(values.seconds, values[counted] === undefined ? 10 : Infinity);
    const seed = values.seed === "random"
      ? Math.trunc(Math.random() * 2 ** 31)
      : whole(values.seed, 1);
    if ([count, seconds, seed].some(Number.isNaN)) return undefined;
    return { count, seconds, seed, flags: new Set(flags.filter((name) => values[name] === true)) };
  } catch {
    return undefined;
  }
}

/** Runs a fuzzer, and sets what the process exits with: 2 for wrong arguments, 1 for a failure. */
export function startFuzzing(
  usage: string,
  options: FuzzOptions | undefined,
  fuzz: (options: FuzzOptions) => boolean,
): void {
  if (options === undefined) {
    console.log(usage);
    process.exitCode = process.argv.includes("--help") ? 0 : 2;
  } else process.exitCode = fuzz(options) ? 0 : 1;
}
