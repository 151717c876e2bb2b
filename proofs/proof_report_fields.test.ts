/** What counts as a report: each field, and each part of one, with values of every kind. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const REPORT = "src/proof/report.ts";

const MUTANT = { name: "zero", killed: true, equivalent: "why" };
const COUNTEREXAMPLE = { message: "wrong", code: "code();" };
const SOUND: toolkit.ProofReport = {
  id: "specimen",
  claim: "it stands",
  subject: ["double"],
  spec: "",
  strength: "exhaustive",
  domain: "",
  size: 1,
  cases: 1,
  reached: { even: 1 },
  mutants: [MUTANT],
  canary: false,
  failures: ["wrong"],
  counterexample: COUNTEREXAMPLE,
  elapsedMs: 0,
};

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isTruth = (value: unknown): boolean => typeof value === "boolean";
const isMissing = (value: unknown): boolean => value === undefined;
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values of every kind, by what they are. */
const VALUES: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  "1": 1,
  text: "text",
  true: true,
  "[]": [],
  '["text"]': ["text"],
  '["text", 1]': ["text", 1],
  "{}": {},
  "{ a: 1 }": { a: 1 },
  "{ a: 1, b: null }": { a: 1, b: null },
  "a mutant": [MUTANT],
  "a mutant, and a list with its fields": [MUTANT, Object.assign([], MUTANT)],
  "a mutant, and a record": [MUTANT, {}],
  "a counterexample": COUNTEREXAMPLE,
  "a list with the fields of a counterexample": Object.assign([], COUNTEREXAMPLE),
};

/** Which of these values each part takes. */
const PARTS: readonly (readonly [path: readonly string[], takes: (value: unknown) => boolean])[] = [
  ...["id", "claim", "spec", "strength", "domain"].map((name) => [[name], isText] as const),
  ...["size", "cases", "elapsedMs"].map((name) => [[name], isNumber] as const),
  ...["subject", "failures"].map((name) => [[name], isStrings] as const),
  [["canary"], isTruth],
  [
    ["reached"],
    (value) => isRecord(value) && value !== VALUES["{ a: 1, b: null }"] && value !== COUNTEREXAMPLE,
  ],
  [
    ["mutants"],
    (value) => Array.isArray(value) && (value.length === 0 || value === VALUES["a mutant"]),
  ],
  [["counterexample"], (value) => isMissing(value) || value === COUNTEREXAMPLE],
  [["mutants", "0", "name"], isText],
  [["mutants", "0", "killed"], isTruth],
  [["mutants", "0", "equivalent"], (value) => isMissing(value) || isText(value)],
  [["counterexample", "message"], isText],
  [["counterexample", "code"], isText],
];

/** A copy of a value in which one part is another. */
function spoilt(value: unknown, path: readonly string[], part: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return part;
  const changed = spoilt(Reflect.get(value, key), rest, part);
  return Array.isArray(value) ? [changed] : { ...value, [key]: changed };
}

/** What is said of something that is no report. */
const REFUSED = "?: \n  is no report of a proof";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/reports_have_all_of_their_fields",
    claim: "a report is read exactly when every part of it is of its kind",
    subject: ["explain"],
    spec: "Proof toolkit: ledger",
    strength: "bounded",
    domain: domain.product({
      part: domain.range(0, PARTS.length - 1),
      value: domain.of(...Object.keys(VALUES)),
    }),
    reaches: ["read", "refused"],
    implementation: toolkit,
    mutants: [
      mutant(
        REPORT,
        'isPlain(value) && typeof value["name"] === "string" &&',
        'isPlain(value) && typeof value["name"] === "string" ||',
      ),
      mutant(REPORT, 'typeof value["killed"] === "boolean" &&', ""),
      mutant(REPORT, 'isPlain(value) && typeof value["message"]', 'typeof value["message"]'),
      mutant(REPORT, 'isStrings(value["subject"]) && ', ""),
      mutant(REPORT, '    isPlain(value["reached"]) &&\n', ""),
      mutant(REPORT, 'typeof value["code"] === "string"', "true"),
    ],
    check({ part, value }, reach, { explain }) {
      const [path, takes] = PARTS[part] ?? [[], isMissing];
      const report = spoilt(SOUND, path, VALUES[value]);
      const isSound = takes(VALUES[value]);
      const given: unknown = Reflect.apply(explain, undefined, [report, 1]);
      reach(isSound ? "read" : "refused");
      return (given !== REFUSED) === isSound ? undefined : `says ${given}`;
    },
  }),
  defineProof({
    id: "proof/reports_are_plain_records",
    claim: "a list with the fields of a report is none, nor is what cannot be copied",
    subject: ["explain"],
    spec: "Proof toolkit: ledger",
    strength: "exhaustive",
    domain: domain.of("list", "function", "sound"),
    reaches: ["read", "refused"],
    implementation: toolkit,
    mutants: [
      mutant(
        REPORT,
        'return isPlain(value) && isStrings(value["subject"])',
        "return isStrings(value.subject)",
      ),
    ],
    check(kind, reach, { explain }) {
      const shapes: Readonly<Record<string, unknown>> = {
        list: Object.assign([], SOUND),
        function: { ...SOUND, more: () => 1 },
        sound: { ...SOUND, more: 1 },
      };
      const given: unknown = Reflect.apply(explain, undefined, [shapes[kind], 1]);
      reach(given === REFUSED ? "refused" : "read");
      return (given === REFUSED) === (kind !== "sound") ? undefined : `says ${given}`;
    },
  }),
];

register(proofs);
