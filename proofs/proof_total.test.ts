/** Totality: every public function of the toolkit returns, whatever it is given. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, specimen, specimenRecord } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");

const report: toolkit.ProofReport = {
  id: "specimen",
  claim: "",
  subject: ["double"],
  spec: "",
  strength: "exhaustive",
  domain: "",
  size: 1,
  cases: 1,
  reached: { even: 1 },
  mutants: [{ name: "zero", killed: true, equivalent: "why" }],
  canary: false,
  failures: ["wrong"],
  counterexample: { message: "wrong", code: "code();" },
  elapsedMs: 0,
};

const sequence = {
  start: () => ({ model: 0, real: 0 }),
  applyModel: () => ({ state: 0, outcome: 0 }),
  applyReal: () => 0,
  stateOfModel: () => 0,
  stateOfReal: () => 0,
};

/** Sensible arguments for every public function, which are spoilt one by one. */
function argumentsOf(face: Face): Readonly<Record<string, readonly unknown[]>> {
  const { domain } = face;
  const digits = domain.range(0, 9);
  const proofs = [specimen(face, { mutants: [] })];
  const nothing = () => {};
  return {
    "domain.from": [digits],
    "domain.of": [1],
    "domain.range": [0, 1],
    "domain.bigRange": [0n, 1n],
    "domain.product": [{ digits }],
    "domain.union": [digits, digits],
    "domain.map": [digits, String],
    "domain.words": [digits, 2],
    "domain.named": ["digits", digits],
    "biased.unsigned": [8],
    "biased.signed": [8],
    "biased.u32": [],
    "biased.i32": [],
    "biased.index": [8],
    "biased.bytes": [8],
    "hostileValues.values": [],
    hostileFor: ["any"],
    hostileByCode: ["null"],
    agrees: [[1], [1]],
    agreesWithModel: [{ outcome: 1, state: 1 }, { outcome: 1, state: 1 }],
    allOf: [undefined, undefined],
    isTotal: [nothing],
    leavesStateOnFault: [1, true, 1],
    roundTrips: [String, Number, 1],
    sequenceAgrees: [sequence, [1], nothing],
    sampled: [fc.nat(), { runs: 1, describe: "" }],
    publicFunctions: [face],
    defineProof: [specimenRecord(face)],
    registerProofs: [proofs, nothing, {}],
    runProofs: [proofs, {}],
    selectProofs: [proofs, {}],
    duplicateIds: [proofs],
    replay: [proofs, proofs[0]?.id, 1],
    explain: [report, 1],
    summarize: [[report]],
    coverageOf: [{ face }, [report]],
    proofTable: [[report]],
    coverageTable: [[{ name: "", proofs: [] }]],
    equivalentTable: [[report]],
  };
}

const NAMES = toolkit.publicFunctions({ ...toolkit }).map(([name]) => name ?? "");

/** Every public function, with each of its arguments to spoil and with all at once. */
const CALLS: readonly { readonly name: string; readonly place: number | "every" }[] = NAMES.flatMap(
  (name) => [
    ...(argumentsOf(toolkit)[name] ?? []).map((_, place) => ({ name, place })),
    { name, place: "every" as const },
  ],
);

/** The functions that promise what they give. */
const PROMISING = ["runProofs", "replay"];

/** Calls a function of the face by its name. */
function call(face: object, name: string, given: readonly unknown[]): unknown {
  const [group, member] = name.split(".");
  const owner: unknown = Reflect.get(face, group ?? "");
  const method: unknown = typeof owner === "object" && owner !== null && member !== undefined
    ? Reflect.get(owner, member)
    : owner;
  if (typeof method !== "function") return `${name} is no function`;
  return Reflect.apply(method, owner, given);
}

const FIELDS = [...Object.keys(specimenRecord(toolkit)), "canary", "toCode"];
/** The hostile values that an option takes after all. */
const SOUND: Readonly<Record<string, readonly string[]>> = {
  seed: ["undefined", "-0", "-1"],
  effort: ["undefined", "0.5", "Number.MIN_VALUE"],
  mutants: ["undefined", "true"],
  filter: ["undefined", '""', '"0"', '"8"', '"\\ud800"'],
  shard: ["undefined"],
};

/** Whether a proof still stands with a hostile value for an option. */
function isSound(field: string, code: string): boolean | undefined {
  return field === "onReport" ? true : SOUND[field]?.includes(code);
}

const OPTIONS = ["seed", "effort", "mutants", "filter", "shard", "onReport"];

/** Whether a function takes one hostile item, or list, for a failure. */
const SUSPICIOUS: readonly ((face: Face, given: unknown) => boolean | Promise<boolean>)[] = [
  async (face, given) => failed(await call(face, "runProofs", [[given]])),
  async (face, given) =>
    agrees(given, []) === undefined || failed(await call(face, "runProofs", [given])),
  (face, given) => {
    const summary = call(face, "summarize", [[given]]);
    return agrees(summary, { passed: 0, failed: 1, cases: 0, mutantsKilled: 0, mutants: 0 }) ===
      undefined;
  },
  (face, given) => {
    const table = call(face, "coverageTable", [[given]]);
    return typeof table === "string" && table.includes("*none*");
  },
];

function failed(reports: unknown): boolean {
  return Array.isArray(reports) && reports.length > 0 &&
    reports.every(({ failures }) => failures.length > 0);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/every_function_is_total",
    claim:
      "every public function returns, or resolves, with any value in the place of any argument",
    subject: NAMES,
    spec: "Nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      call: domain.of(...CALLS),
      hostile: hostileValues,
    }),
    reaches: ["returned"],
    implementation: toolkit,
    mutants: [
      mutant("src/proof/hostile.ts", 'typeof kind === "string" && ', ""),
      mutant("src/proof/biased.ts", "Number.isInteger(lengthMax)", "true"),
      mutant("src/proof/domain.ts", 'typeof lo !== "bigint" || ', ""),
      mutant("src/proof/domain.ts", "!Number.isSafeInteger(lo) || ", ""),
      mutant("src/proof/suite.ts", "(seed ${show(seed)},", "(seed ${seed},"),
    ],
    async check({ call: { name, place }, hostile }, reach, face) {
      const sensible = argumentsOf(face)[name];
      if (sensible === undefined) return `no arguments are known for ${name}`;
      const given = sensible.map((value, at) =>
        place === at || place === "every" ? hostile.make() : value
      );
      const made = call(face, name, given);
      if (PROMISING.includes(name)) await made;
      if (name.startsWith("biased.")) call(fc, "sample", [made, 3]);
      if (name === "defineProof") await call(face, "runProofs", [[made]]);
      reach("returned");
      return undefined;
    },
  }),
  defineProof({
    id: "proof/spoilt_records_and_options_end_in_a_report",
    claim: "a record or options with any value in any field give a proof that runs to a report",
    subject: ["defineProof", "runProofs", "replay"],
    spec: "Nothing throws",
    strength: "exhaustive",
    domain: domain.product({ field: domain.of(...FIELDS, ...OPTIONS), hostile: hostileValues }),
    reaches: ["report"],
    implementation: toolkit,
    mutants: [
      mutant("src/proof/run.ts", "seed === (seed | 0)", "true"),
      mutant("src/proof/run.ts", 'typeof effort === "number" && ', ""),
      mutant("src/proof/run.ts", "effort <= EFFORT_MAX", "effort"),
    ],
    async check({ field, hostile }, reach, face) {
      const value = hostile.make();
      const isOption = OPTIONS.includes(field);
      const record = { ...specimenRecord(face), ...(isOption ? {} : { [field]: value }) };
      const proof = call(face, "defineProof", [record]);
      const reports = await call(face, "runProofs", [[proof], isOption ? { [field]: value } : {}]);
      await call(face, "replay", [[proof], record.id, 1]);
      if (!Array.isArray(reports) || reports.length > 1) return "gives no list of reports";
      const stands = reports.every(({ failures }) => failures.length === 0);
      reach("report");
      return allOf(
        ...reports.map(({ id, failures, reached }) =>
          agrees([typeof id, Array.isArray(failures), typeof reached], ["string", true, "object"])
        ),
        isOption && stands !== isSound(field, hostile.code) ? `stands: ${stands}` : undefined,
      );
    },
  }),
  defineProof({
    id: "proof/nonsense_is_never_a_success",
    claim: "what is no proof, no report or no coverage counts as one that fails",
    subject: ["runProofs", "summarize", "coverageTable"],
    spec: "Nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      which: domain.range(0, SUSPICIOUS.length - 1),
      hostile: hostileValues,
    }),
    reaches: ["refused"],
    implementation: toolkit,
    mutants: [
      mutant("src/proof/report.ts", ": [none()];", ": [];"),
      mutant(
        "src/proof/report.ts",
        "if (isReport(copy)) return copy;",
        "return { ...brokenReport('', ''), failures: [] };",
      ),
    ],
    async check({ which, hostile }, reach, face) {
      reach("refused");
      return await SUSPICIOUS[which]?.(face, hostile.make()) ? undefined : "counts as a success";
    },
  }),
];

register(proofs);
