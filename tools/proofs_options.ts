/** The command line of the proof runner. */

import { parseArgs } from "node:util";
import { DEFAULT_SEED } from "../src/proof/mod.ts";

/** How much further the longer profile samples. */
const LONG_EFFORT = 20;
/** How much of the normal number a reduced run samples. */
const REDUCED_EFFORT = 0.1;

/** What the runner is asked for. */
export interface Options {
  /** Files to take proofs from; all of `proofs/` when empty. */
  readonly files: readonly string[];
  readonly filter: string | undefined;
  readonly shard: { readonly index: number; readonly count: number } | undefined;
  readonly seed: number;
  readonly workers: number;
  readonly effort: number;
  readonly mutants: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly symbolic: boolean;
  readonly help: boolean;
}

export const USAGE: string = `usage: proofs [options] [FILE ...]
  FILE             only the proofs of these files of proofs/
  --filter ID      only proofs whose id contains ID
  --shard I/N      only every N-th proof, beginning with the I-th
  --seed S         start the samples at S (default ${DEFAULT_SEED}); "random" for another each time
  --workers N      run in N processes (default 1; of the symbolic proofs 2)
  --long           sample ${LONG_EFFORT} times as much
  --reduced        sample a tenth
  --symbolic       the symbolic proofs, of proofs/symbolic/, in place of the others
  --no-mutants     leave the mutants out
  --json           print the reports as JSON instead of the ledger
  --write          write docs/proof-ledger.md instead of comparing it
  --help           print this`;

/** A mistake on the command line. */
export class UsageError extends Error {}

/** A whole number from `min` to 2^31 - 1. */
function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < min || value > 2 ** 31 - 1) {
    throw new UsageError(`${name}: "${text}" is not a whole number from ${min} on`);
  }
  return value;
}

function readShard(text: string): { readonly index: number; readonly count: number } {
  const [index, count, rest] = text.split("/");
  if (index === undefined || count === undefined || rest !== undefined) {
    throw new UsageError(`--shard: "${text}" is not of the form I/N`);
  }
  const shard = { index: whole("--shard", index, 1), count: whole("--shard", count, 1) };
  if (shard.index > shard.count) {
    throw new UsageError(`--shard: there is no part ${shard.index} of ${shard.count}`);
  }
  return shard;
}

function readSeed(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED;
  return text === "random"
    ? Math.trunc(Math.random() * 2 ** 31)
    : whole("--seed", text, -(2 ** 31));
}

/** Reads the command line; throws a {@link UsageError} that names the mistake. */
export function readOptions(args: readonly string[]): Options {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        filter: { type: "string" },
        shard: { type: "string" },
        seed: { type: "string" },
        workers: { type: "string" },
        long: { type: "boolean" },
        reduced: { type: "boolean" },
        "no-mutants": { type: "boolean" },
        json: { type: "boolean" },
        write: { type: "boolean" },
        symbolic: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (mistake) {
    throw new UsageError(mistake instanceof Error ? mistake.message : "unreadable arguments");
  }
  const { values, positionals } = parsed;
  return {
    files: positionals.map((file) => file.split(/[\\/]/).at(-1) ?? file),
    filter: values.filter,
    shard: values.shard === undefined ? undefined : readShard(values.shard),
    seed: readSeed(values.seed),
    workers: values.workers === undefined
      ? values.symbolic ? 2 : 1
      : whole("--workers", values.workers, 1),
    effort: values.long ? LONG_EFFORT : values.reduced ? REDUCED_EFFORT : 1,
    mutants: values["no-mutants"] !== true,
    json: values.json === true,
    write: values.write === true,
    symbolic: values.symbolic === true,
    help: values.help === true,
  };
}

/** Whether these options run every proof as the kept ledger shows it. */
export function isWholeRun(options: Options): boolean {
  return options.files.length === 0 && options.filter === undefined &&
    options.shard === undefined && options.effort === 1 && options.mutants &&
    options.seed === DEFAULT_SEED;
}
