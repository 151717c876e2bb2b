/**
 * Symbolic proofs as records: of functions of `src/`, each with a twin that has a fault and for which
 * the solver must find inputs that fail, also when the patched source is really run on them.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { defineProof, domain, type Mutant, type Proof } from "../../src/proof/mod.ts";
import {
  type Inputs,
  type Result,
  type SymbolicOutcome,
  type SymbolicProof,
  symbolicProof,
  type Truth,
} from "../../src/symbolic/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A fault in the source: `from`, which occurs once in the file, becomes `to`. */
export interface Fault {
  /** The file with the fault: that of the function by default. */
  readonly file?: string;
  readonly from: string;
  readonly to: string;
}

/** A claim that is wrong, where no fault of the source shows what the proof is worth. */
export interface WrongClaim<N extends string> {
  readonly wrong: (inputs: Inputs<N>, result: Result) => Truth;
}

/** A symbolic proof of this project. */
export interface SymbolicRecord<N extends string>
  extends Omit<SymbolicProof<N>, "file" | "source" | "read" | "playback"> {
  readonly id: string;
  /** The claim in words. */
  readonly says: string;
  readonly subject: readonly string[];
  readonly spec: string;
  /** The file, from the root of the project. */
  readonly file: string;
  /** More source, which is put behind that of the file: functions that use what it does not export. */
  readonly harness?: string | ((text: string) => string);
  /** The inputs in words. */
  readonly over: string;
  readonly twin: Fault | WrongClaim<N>;
  readonly model?: (inputs: Readonly<Record<N, bigint>>) => unknown;
}

/** The sources that a proof reads: those of the project, or with a fault. */
interface Sources<N extends string> {
  (file: string): string;
  /** What tells a twin. */
  readonly twin: Fault | WrongClaim<N> | undefined;
}

function isFault<N extends string>(twin: Fault | WrongClaim<N> | undefined): twin is Fault {
  return twin !== undefined && "from" in twin;
}

/** The text of a file with its harness and, for a twin, its fault. */
function textOf<N extends string>(
  { file: target, harness }: SymbolicRecord<N>,
  file: string,
  twin: Fault | WrongClaim<N> | undefined,
): string {
  let text = readFileSync(join(ROOT, file), "utf8");
  if (isFault(twin) && (twin.file ?? target) === file) {
    const pieces = text.split(twin.from);
    if (pieces.length !== 2) {
      throw new Error(`${file} holds ${pieces.length - 1} times, not once: ${twin.from}`);
    }
    text = pieces.join(twin.to);
  }
  if (file !== target || harness === undefined) return text;
  return `${text}\n${typeof harness === "string" ? harness : harness(text)}`;
}

function sourcesOf<N extends string>(
  record: SymbolicRecord<N>,
  twin?: Fault | WrongClaim<N>,
): Sources<N> {
  return Object.assign((file: string) => textOf(record, file, twin), { twin });
}

const IMPORT = /(?<=\bfrom ")\.[^"]+(?=")/g;

/** Writes a file and all that it imports into a folder. */
function copyInto(folder: string, read: (file: string) => string, file: string, done: Set<string>) {
  if (done.has(file)) return;
  done.add(file);
  const target = join(folder, file);
  const text = read(file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  for (const [specifier] of text.matchAll(IMPORT)) {
    copyInto(folder, read, join(dirname(file), specifier), done);
  }
}

/** The functions that were loaded, by what they were loaded from. */
const loaded = new Map<string, Promise<Record<string, unknown>>>();

/** Loads a module with the texts that a proof reads, and exports one name more. */
async function load(
  read: (file: string) => string,
  file: string,
  name: string,
): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-symbolic-"));
  try {
    const withExport = (wanted: string) =>
      wanted === file ? `${read(wanted)}\nexport { ${name} as playedBack };\n` : read(wanted);
    copyInto(folder, withExport, file, new Set());
    return await import(pathToFileURL(join(folder, file)).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The real function of the sources, as something that can be called. */
function realOf<N extends string>(record: SymbolicRecord<N>, sources: Sources<N>) {
  return async (...parameters: readonly unknown[]): Promise<unknown> => {
    const { file, function: name } = record;
    const twin = isFault(sources.twin) ? sources.twin : undefined;
    const key = JSON.stringify([sources(file), name, twin]);
    const module = loaded.get(key) ?? load(sources, file, name);
    loaded.set(key, module);
    const played: unknown = (await module)["playedBack"];
    if (typeof played !== "function") throw new Error(`${file} has no function ${name}`);
    return Reflect.apply(played, undefined, parameters);
  };
}

/** An outcome in words; nothing for a proof. */
function wordsOf<N extends string>(outcome: SymbolicOutcome<N>): string | undefined {
  switch (outcome.kind) {
    case "proved":
      return undefined;
    case "refuted": {
      const inputs = Object.entries(outcome.inputs).map(([name, value]) => `${name} = ${value}`);
      const { played } = outcome;
      const run = played === undefined ? "" : `: called with (${played.arguments}), it gives ` +
        `${played.real}${played.model === undefined ? "" : `, and the model ${played.model}`}` +
        `${played.agrees ? "" : `, though ${played.predicted} was predicted`}`;
      return `${outcome.failed} fails for ${inputs.join(", ")}${run}`;
    }
    case "unsupported": {
      const { construct, at: { file, line, column } } = outcome;
      return `outside of the subset: ${construct} at ${file}:${line}:${column}`;
    }
    case "mistaken":
      return `the proof is mistaken: ${outcome.problem}`;
    case "unknown":
      return `the solver does not know: ${outcome.reason}`;
  }
}

/** Whether a twin was found out as it has to be: by inputs that fail when they are run. */
function isFoundOut<N extends string>(outcome: SymbolicOutcome<N>): boolean {
  return outcome.kind === "refuted" && outcome.failed === "the claim" &&
    outcome.played?.agrees === true;
}

/** Set to see how each twin fails. */
const SHOWS_TWINS = "RINGFENCE_SHOW_TWINS";

async function check<N extends string>(
  record: SymbolicRecord<N>,
  sources: Sources<N>,
): Promise<string | undefined> {
  const { twin } = sources;
  const outcome = await symbolicProof<N>({
    timeoutMs: 60_000,
    ...record,
    file: record.file,
    read: sources,
    claim: twin !== undefined && "wrong" in twin ? twin.wrong : record.claim,
    playback: {
      real: realOf(record, sources),
      ...(record.model === undefined ? {} : { model: record.model }),
    },
  });
  const words = wordsOf(outcome);
  if (twin === undefined) return words;
  if (Deno.env.get(SHOWS_TWINS) !== undefined || !isFoundOut(outcome)) {
    console.error(`  twin of ${record.id}: ${words ?? "is proved"}`);
  }
  return isFoundOut(outcome) ? words : undefined;
}

/** Makes a proof of a record. */
export function symbolic<N extends string>(record: SymbolicRecord<N>): Proof {
  const { twin } = record;
  const mutant: Mutant<Sources<N>> = {
    name: isFault(twin)
      ? `${twin.file ?? record.file}: ${twin.from} → ${twin.to || "(nothing)"}`.replaceAll(
        /\s+/g,
        " ",
      )
      : "a wrong claim",
    implementation: () => sourcesOf(record, twin),
  };
  return defineProof<string, Sources<N>>({
    id: `symbolic/${record.id}`,
    claim: record.says,
    subject: record.subject,
    spec: record.spec,
    strength: "symbolic",
    domain: domain.from({ describe: record.over, size: 1, values: () => [record.over] }),
    reaches: [],
    implementation: sourcesOf(record),
    mutants: [mutant],
    check: async (_, __, sources) => await check(record, sources),
  });
}
