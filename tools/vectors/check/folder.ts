/** Checking a folder of vectors: its manifest, its schemas, and every case on the implementation. */

import { type Schema, Validator } from "@cfworker/json-schema";
import { sha256 } from "@noble/hashes/sha2.js";
import { parseExact } from "../../../src/cli/exact_json.ts";
import { checkArena, checkCodec } from "./arena.ts";
import { coverageProblems, coverageTextProblems, type Read } from "./coverage.ts";
import { checkCalls, checkImages, checkSsz } from "./kernel.ts";
import { checkMemory, checkModule, checkTable } from "./linear.ts";
import { checkPvm } from "./pvm.ts";
import type { Folder } from "./read_folder.ts";
import { difference, field, type Given, hex, listIn, number, text } from "./values.ts";

/** How one file did. */
export interface Verdict {
  readonly path: string;
  readonly cases: number;
  /** What is wrong; empty when nothing is. */
  readonly problems: readonly string[];
}

/** How many problems of one file are told. */
const PROBLEMS_MAX = 10;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** What runs a case of each kind. */
const CHECKS: Readonly<Record<string, (each: Given) => string | undefined>> = {
  "linear memory": checkMemory,
  "linear table": checkTable,
  "linear module": checkModule,
  "arena traces": checkArena,
  "arena codec": checkCodec,
  "pvm official": checkPvm,
  "pvm cases": checkPvm,
  "kernel images": checkImages,
  "kernel ssz": checkSsz,
  "kernel compat": (each) => checkCalls(each, "compat"),
  "kernel v3": (each) => checkCalls(each, "v3"),
};

/** The schema of a kind. */
function schemaName(family: string, kind: string): string {
  if (family !== "pvm") return family;
  return kind === "official" ? "pvm-official" : kind === "coverage" ? "coverage" : "pvm";
}

/** The schemas of a folder, each ready to validate. */
class Schemas {
  readonly #folder: Folder;
  readonly #made = new Map<string, Validator>();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** What is wrong with a value; empty when it is valid. */
  problems(name: string, value: unknown): readonly string[] {
    const known = this.#made.get(name) ?? this.#make(name);
    if (known === undefined) return [`the schema ${name} is missing or is none`];
    const { valid, errors } = known.validate(value);
    if (valid) return [];
    // The deepest is the most telling: what is around it is not valid because of it.
    const [deepest] = [...errors].sort((a, b) =>
      b.instanceLocation.split("/").length - a.instanceLocation.split("/").length
    );
    return [`not valid: ${deepest?.instanceLocation ?? "#"}: ${deepest?.error ?? ""}`];
  }

  #make(name: string): Validator | undefined {
    const bytes = this.#folder.get(`schemas/${name}.schema.json`);
    if (bytes === undefined) return undefined;
    try {
      const schema: Schema = JSON.parse(decoder.decode(bytes));
      const made = new Validator(schema, "2020-12");
      this.#made.set(name, made);
      return made;
    } catch {
      return undefined;
    }
  }
}

/** An entry of the manifest. */
interface Entry {
  readonly path: string;
  readonly family: string;
  readonly kind: string;
  readonly count: number;
  readonly bytes: number;
  readonly sha256: string;
}

function entryOf(value: Given): Entry {
  const of = (name: string) => text(field(value, name));
  const [count, bytes] = [number(field(value, "count")), number(field(value, "bytes"))];
  return {
    path: of("path"),
    family: of("family"),
    kind: of("kind"),
    count,
    bytes,
    sha256: of("sha256"),
  };
}

/** Whether the manifest counts what it lists, and lists each file once. */
function countProblems(counts: Given, entries: readonly Entry[]): readonly string[] {
  const sum = (of: (entry: Entry) => number) =>
    entries.reduce((total, each) => total + of(each), 0);
  const cases = sum(({ kind, count }) => kind === "coverage" ? 0 : count);
  const actual = { files: entries.length, cases, bytes: sum(({ bytes }) => bytes) };
  const wrong = difference(actual, counts, "counts");
  const paths = new Set(entries.map(({ path }) => path));
  return [
    ...(wrong === undefined ? [] : [wrong]),
    ...(paths.size === entries.length ? [] : ["one file is listed twice"]),
  ];
}

/** What one case comes to; whatever is thrown on the way is a problem of the case. */
function judged(check: (each: Given) => string | undefined, each: Given): readonly string[] {
  const name = String(field(each, "name"));
  return attempted(() => {
    const found = check(each);
    return found === undefined ? [] : [found];
  }).map((found) => `${name}: ${found}`);
}

/** Whether what is written is text and JSON, valid, and as many cases as the manifest says. */
function formProblems(entry: Entry, written: string, schemas: Schemas): readonly string[] {
  const exact = parseExact(written);
  if (!exact.ok) return [`it is no JSON: ${exact.error.detail}`];
  return attempted(() => {
    const parsed: unknown = JSON.parse(written);
    const invalid = schemas.problems(schemaName(entry.family, entry.kind), parsed);
    if (invalid.length > 0) return invalid;
    const cases = entry.kind === "official" ? [parsed] : listIn(parsed, "cases");
    const names = new Set(cases.map((each) => field(each, "name")));
    const { count, family, kind } = entry;
    return [
      ...(cases.length === count ? [] : [`it has ${cases.length} cases, not ${count}`]),
      ...(names.size === cases.length ? [] : ["two cases have one name"]),
      ...(kind === "official" ||
          field(parsed, "family") === family && field(parsed, "kind") === kind
        ? []
        : ["it is of another kind than the manifest says"]),
    ];
  });
}

/** Runs every case of a file; a table of what others cover is counted again. */
function runProblems({ family, kind }: Entry, written: string, folder: Folder): readonly string[] {
  const exact = parseExact(written);
  if (!exact.ok) return ["it is no JSON"];
  const cases = kind === "official" ? [exact.value] : listIn(exact.value, "cases");
  if (`${family} ${kind}` === "pvm coverage") {
    return attempted(() => coverageProblems(cases, [...folder.keys()], readerOf(folder)));
  }
  const check = CHECKS[`${family} ${kind}`];
  if (check === undefined) return [`nobody knows how to run ${family} ${kind}`];
  return cases.flatMap((each) => judged(check, each));
}

/** What reads a file of a folder as text. */
function readerOf(folder: Folder): Read {
  return (path) => {
    const bytes = folder.get(path);
    return bytes && decoder.decode(bytes);
  };
}

/** The problems that are found; what is thrown on the way is one. */
function attempted(find: () => readonly string[]): readonly string[] {
  try {
    return find();
  } catch (mistake) {
    return [mistake instanceof Error ? mistake.message : "it cannot be checked"];
  }
}

/** What is wrong with a file that is no JSON: the coverage as text says what the data say. */
function textProblems({ kind }: Entry, bytes: Uint8Array, folder: Folder): readonly string[] {
  if (kind !== "coverage") return [];
  return attempted(() => {
    const read = readerOf(folder);
    const data = parseExact(read("pvm/coverage.json") ?? "");
    const cases = data.ok ? listIn(data.value, "cases") : [];
    return coverageTextProblems(decoder.decode(bytes), cases, read);
  });
}

function checkFile(entry: Entry, folder: Folder, schemas: Schemas): Verdict {
  const { path, count, kind } = entry;
  const verdict = (...problems: readonly string[]) => ({
    path,
    cases: kind === "coverage" ? 0 : count,
    problems: problems.slice(0, PROBLEMS_MAX),
  });
  const bytes = folder.get(path);
  if (bytes === undefined) return verdict("it is missing");
  const form: string[] = [];
  if (bytes.length !== entry.bytes) form.push(`it has ${bytes.length} bytes, not ${entry.bytes}`);
  if (hex(sha256(bytes)) !== entry.sha256) form.push("its SHA-256 is another one");
  if (!path.endsWith(".json") || path.startsWith("schemas/")) {
    return verdict(...form, ...(form.length === 0 ? textProblems(entry, bytes, folder) : []));
  }
  try {
    const written = decoder.decode(bytes);
    form.push(...formProblems(entry, written, schemas));
    return verdict(...form, ...(form.length === 0 ? runProblems(entry, written, folder) : []));
  } catch {
    return verdict(...form, "it is no UTF-8");
  }
}

/**
 * Checks a folder of vectors with the implementation.
 *
 * @param folder Its files.
 * @param tell Called with each verdict as it is known.
 * @returns What every file of the manifest comes to, the manifest itself, and what is too many.
 */
export function checkFolder(
  folder: Folder,
  tell: (verdict: Verdict) => void = () => {},
): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  const add = (verdict: Verdict) => {
    verdicts.push(verdict);
    tell(verdict);
  };
  const path = "manifest.json";
  const bytes = folder.get(path);
  if (bytes === undefined) return [{ path, cases: 0, problems: ["it is missing"] }];
  let entries: readonly Entry[] = [];
  const schemas = new Schemas(folder);
  try {
    const manifest: unknown = JSON.parse(decoder.decode(bytes));
    const problems = schemas.problems("manifest", manifest);
    add({ path, cases: 0, problems });
    if (problems.length > 0) return verdicts;
    entries = listIn(manifest, "files").map(entryOf);
    const uncounted = countProblems(field(manifest, "counts"), entries);
    if (uncounted.length > 0) add({ path, cases: 0, problems: uncounted });
  } catch {
    return [{ path, cases: 0, problems: ["it is no JSON"] }];
  }
  for (const entry of entries) add(checkFile(entry, folder, schemas));
  const known = new Set([path, ...entries.map((entry) => entry.path)]);
  for (const extra of folder.keys()) {
    if (!known.has(extra)) add({ path: extra, cases: 0, problems: ["the manifest lacks it"] });
  }
  return verdicts;
}
