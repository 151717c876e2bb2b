/**
 * Vectors as cases of the conformance driver: the official ones, and the bundles of this library.
 *
 * @module
 */

import type { DialectName, GasModel } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import {
  type Case,
  type CaseBytes,
  type CaseEnd,
  type CasePages,
  runCase,
  type Status,
  STATUSES,
  unstarted,
} from "./conform_case.ts";
import { compareEnds } from "./conform_compare.ts";
import {
  type Capabilities,
  chunkFrom,
  type Fields,
  fieldsOf,
  heapFrom,
  listFrom,
  numberOf,
  regionFrom,
  regionsFrom,
  registersFrom,
  u32From,
  u64From,
  wordFrom,
} from "./conform_protocol.ts";
import type { Trial, Untried } from "./conform_run.ts";
import { parseExact, textOf } from "./exact_json.ts";

/** The fields of a case that are read, or that change nothing that is compared. */
const KNOWN: ReadonlySet<string> = new Set([
  ...["name", "program", "dialect", "gas-model", "read-only-store", "steps"],
  ...[
    "initial-regs",
    "initial-pc",
    "initial-page-map",
    "initial-memory",
    "initial-gas",
  ],
  ...[
    "initial-heap",
    "expected-status",
    "expected-regs",
    "expected-pc",
    "expected-memory",
  ],
  ...[
    "expected-gas",
    "expected-page-fault-address",
    "expected-host-call",
    "expected-page-map",
  ],
  ...["expected-heap-top", "expected-error", "resume"],
]);
const NONE: ReadonlySet<string> = new Set();
const DIALECTS: readonly DialectName[] = ["gray-paper", "javm"];
const GAS_MODELS: readonly GasModel[] = ["instruction", "block", "pipeline"];
const STORES: readonly Case["readOnlyStore"][] = ["panic", "page-fault"];

function bytesFrom(value: unknown): Uint8Array | undefined {
  const bytes = listFrom(value, (item) => numberOf(item, 255n));
  return bytes === undefined ? undefined : Uint8Array.from(bytes, Number);
}

function chunksFrom(value: unknown): readonly CaseBytes[] | undefined {
  return listFrom(value, (item) => {
    const fields = fieldsOf(item);
    return chunkFrom(fields?.get("address"), bytesFrom(fields?.get("contents")));
  });
}

function pagesFrom(value: unknown): readonly CasePages[] | undefined {
  return regionsFrom(value, (item) => {
    const fields = fieldsOf(item);
    const writable = fields?.get("is-writable");
    const access = writable === true ? "read-write" : "read-only";
    const isKnown = typeof writable === "boolean";
    return regionFrom(fields?.get("address"), fields?.get("length"), isKnown ? access : undefined);
  });
}

/** Reads one field after the other; the first that is wrong is noted. */
class Reader {
  readonly #fields: Fields;
  wrong: string | undefined;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  need<T>(
    name: string,
    read: (value: unknown) => T | undefined,
    otherwise: T,
  ): T {
    const found = read(this.#fields.get(name));
    if (found === undefined) this.wrong ??= `"${name}" is missing or malformed`;
    return found ?? otherwise;
  }

  /** What stands there, or what holds when nothing does. */
  either<T>(
    name: string,
    read: (value: unknown) => T | undefined,
    otherwise: T,
  ): T {
    return this.#fields.has(name) ? this.need(name, read, otherwise) : otherwise;
  }

  word<T extends string>(name: string, words: readonly T[], otherwise: T): T {
    return this.either(name, (value) => wordFrom(value, words), otherwise);
  }
}

/** What must come of a case. */
function endFrom(reader: Reader, pages: readonly CasePages[]): CaseEnd {
  const status = reader.need<Status>(
    "expected-status",
    (value) => wordFrom(value, STATUSES),
    "halt",
  );
  return {
    status,
    address: status === "page-fault"
      ? reader.need("expected-page-fault-address", u32From, 0)
      : undefined,
    call: status === "host-call" ? reader.need("expected-host-call", u64From, 0n) : undefined,
    registers: reader.need("expected-regs", registersFrom, []),
    pc: reader.need("expected-pc", u32From, 0),
    memory: reader.need("expected-memory", chunksFrom, []),
    pages: reader.either("expected-page-map", pagesFrom, pages),
    gas: reader.need("expected-gas", u64From, 0n),
  };
}

/** What a case says is changed although its blob is malformed, and nothing can be run. */
function changeOf(input: Case, wanted: CaseEnd): string | undefined {
  if (wanted.status !== "malformed") return undefined;
  const status = "running"; // all of its fields are compared
  const { differences } = compareEnds({ ...unstarted(input), status }, { ...wanted, status }, NONE);
  const [first] = differences;
  return first && `a malformed blob changes nothing: ${first.field}: ${first.expected} is there, ` +
      `${first.given} is expected`;
}

/** A case of a file. */
function trialFrom(value: unknown): Result<Trial | Untried, string> {
  const fields = fieldsOf(value);
  if (fields === undefined) return err("a case is no object");
  const unknown = [...fields.keys()].find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return ok({ reason: `a case with "${unknown}"` });
  const reader = new Reader(fields);
  const pages = reader.need("initial-page-map", pagesFrom, []);
  const heap = { base: 0, top: 0, maxPages: 0 };
  const input: Case = {
    name: reader.need("name", textOf, ""),
    dialect: reader.word("dialect", DIALECTS, "gray-paper"),
    gasModel: reader.word("gas-model", GAS_MODELS, "block"),
    readOnlyStore: reader.word("read-only-store", STORES, "panic"),
    program: reader.need("program", bytesFrom, new Uint8Array(0)),
    registers: reader.need("initial-regs", registersFrom, []),
    pc: reader.need("initial-pc", u32From, 0),
    gas: reader.need("initial-gas", u64From, 0n),
    pages,
    memory: reader.need("initial-memory", chunksFrom, []),
    heap: fields.has("initial-heap")
      ? reader.need("initial-heap", (value) => heapFrom(value, "max-pages"), heap)
      : undefined,
    steps: fields.has("steps") ? reader.need("steps", u32From, 0) : undefined,
  };
  const wanted = endFrom(reader, pages);
  const wrong = reader.wrong ?? changeOf(input, wanted);
  return wrong === undefined ? ok({ input, wanted }) : err(wrong);
}

/**
 * Reads a file of vectors: one case, or a bundle of them. Only the first leg of a case is taken.
 *
 * @returns The cases; nothing for a file of another sort. Fault: what is wrong, in words.
 */
export function readVectorFile(
  text: string,
): Result<readonly (Trial | Untried)[] | undefined, string> {
  const parsed = parseExact(text);
  if (!parsed.ok) return err(parsed.error.detail);
  const fields = fieldsOf(parsed.value);
  if (fields === undefined) return err("it is no object");
  const isBundle = fields.has("cases");
  if (!isBundle && !fields.has("program")) return ok(undefined);
  const values = isBundle ? fields.get("cases") : [parsed.value];
  if (!Array.isArray(values)) return err(`"cases" is no list`);
  if (isBundle && (fields.get("family") !== "pvm" || fields.get("kind") === "coverage")) {
    return ok(undefined);
  }
  const trials: (Trial | Untried)[] = [];
  for (const [index, value] of values.entries()) {
    const trial = trialFrom(value);
    if (!trial.ok) {
      return err(isBundle ? `case ${index}: ${trial.error}` : trial.error);
    }
    trials.push(trial.value);
  }
  return ok(trials);
}

/**
 * A vector for an implementation that does not charge gas for blocks: with gas as it charges it. What
 * must come of it is then what the interpreter makes of it.
 */
export function adapted(
  trial: Trial | Untried,
  { gasModels }: Capabilities,
): Trial | Untried {
  if (!("input" in trial) || trial.wanted === undefined) return trial;
  const { input, wanted } = trial;
  const [gasModel = "instruction"] = gasModels;
  if (input.gasModel !== "block" || gasModels.includes("block")) return trial;
  // A vector that the interpreter itself does not pass is no case for it.
  const own = runCase(input);
  if (!own.ok || own.value.status !== wanted.status) return trial;
  return { input: { ...input, gasModel }, wanted: undefined };
}
