/** The ledger, and the audit of public functions that it rests on. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { doubling, type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const LEDGER = "src/proof/ledger.ts";
const AUDIT = "src/proof/audit.ts";

class Base {
  static make(): Base {
    return new Base();
  }
  inherited(): number {
    return 1;
  }
}

class Derived extends Base {
  get size(): number {
    return 2;
  }
  own(): number {
    return 3;
  }
  [Symbol.toPrimitive](): number {
    return 4;
  }
}

/** A face with a public function of every kind, and each called by its name. */
const face = {
  Base,
  Derived,
  group: Object.freeze({ inner: () => 5, constant: 1 }),
  outer: () => 6,
  constant: "no function",
  list: [() => 7],
};
type Sample = typeof face;
const SAMPLE: readonly (readonly [names: readonly string[], call: (face: Sample) => unknown])[] = [
  [["Base.make", "Derived.make"], ({ Base }) => Base.make()],
  [["Base.inherited", "Derived.inherited"], ({ Derived }) => new Derived().inherited()],
  [["Derived.size"], ({ Derived }) => new Derived().size],
  [["Derived.own"], ({ Derived }) => new Derived().own()],
  [["Derived[Symbol.toPrimitive]"], ({ Derived }) => new Derived()[Symbol.toPrimitive]()],
  [["group.inner"], ({ group }) => group.inner()],
  [["outer"], ({ outer }) => outer()],
];

/** A report of each kind that a ledger tells apart. */
function reportOf(face: Face, kind: string): Promise<toolkit.ProofReport> {
  const killed = { name: "zero | nil", implementation: () => ({ ...doubling, double: () => 0 }) };
  const survivor = { name: "itself", implementation: () => doubling };
  switch (kind) {
    case "falls":
      return specimen(face, { id: kind, check: () => "no" }).run();
    case "survived":
      return specimen(face, { id: kind, mutants: [killed, survivor] }).run();
    case "equivalent":
      return specimen(face, { id: kind, mutants: [killed, { ...survivor, equivalent: "why" }] })
        .run();
    case "canary":
      return specimen(face, { id: kind, check: (n, _, d) => `${d.double(n)}`, canary: true }).run();
    default:
      return specimen(face, { id: kind, claim: "a|b\nc", mutants: [] }).run();
  }
}

/** The cells of a table, row by row, without its head. */
function cellsOf(table: string): readonly (readonly string[])[] {
  return table.split("\n").slice(2).map((row) => row.slice(2, -2).split(" | "));
}

const FIGURES: Readonly<
  Record<string, readonly [failed: number, killed: number, mutants: number]>
> = {
  stands: [0, 0, 0],
  falls: [1, 0, 0],
  survived: [1, 1, 2],
  equivalent: [0, 1, 1],
  canary: [0, 1, 1],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/ledgers_hold_every_proof",
    claim:
      "the tables and the summary account for every report, before and after a trip through JSON",
    subject: ["proofTable", "equivalentTable", "summarize"],
    spec: "Proof toolkit: ledger",
    strength: "bounded",
    domain: domain.words(domain.of("stands", "falls", "survived", "equivalent", "canary"), 3),
    reaches: ["stands", "falls", "survived", "equivalent", "canary"],
    implementation: toolkit,
    mutants: [
      mutant(LEDGER, "report.failures.length > 0).length", "report.failures.length > 1).length"),
      mutant(LEDGER, "mutants.filter((mutant) => mutant.killed).length,", "mutants.length,"),
      mutant(LEDGER, "sum + report.cases, 0", "sum + 1, 0"),
      mutant(LEDGER, 'replaceAll("|", "\\\\|")', 'replaceAll("", "")'),
      mutant(LEDGER, 'replaceAll("\\n", " ")', 'replaceAll("", "")'),
      mutant(LEDGER, "if (counted.length === 0) return", "if (counted.length < 2) return"),
      mutant(LEDGER, "(canary: must fail) ", ""),
      mutant(LEDGER, "counted.filter((mutant) => mutant.killed).length", "counted.length"),
      mutant(LEDGER, "equivalent === undefined ? []", "equivalent !== undefined ? []"),
    ],
    async check(kinds, reach, face) {
      const reports = await Promise.all(kinds.map((kind) => reportOf(face, kind)));
      const stored: readonly toolkit.ProofReport[] = JSON.parse(JSON.stringify(reports));
      kinds.forEach(reach);
      const figures = kinds.map((kind) => FIGURES[kind] ?? [0, 0, 0]);
      const sum = (place: 0 | 1 | 2) => figures.reduce((total, row) => total + row[place], 0);
      const rows = cellsOf(face.proofTable(reports));
      return allOf(
        agrees(stored, reports),
        agrees(face.proofTable(stored), face.proofTable(reports)),
        agrees(rows.slice(0, kinds.length).map(([id]) => id), kinds),
        agrees(
          rows.map((row) => [row[2], row.at(-1)]),
          kinds.map((kind, place) => [
            kind === "stands"
              ? "a\\|b c"
              : `${kind === "canary" ? "(canary: must fail) " : ""}double adds a number to itself`,
            figures[place]?.[2] === 0 ? "-" : `${figures[place]?.[1]}/${figures[place]?.[2]}`,
          ]),
        ),
        agrees(
          cellsOf(face.equivalentTable(reports)),
          kinds.filter((kind) => kind === "equivalent").map((kind) => [kind, "itself", "why"]),
        ),
        agrees(face.summarize(stored), {
          passed: kinds.length - sum(0),
          failed: sum(0),
          cases: kinds.filter((kind) => kind === "falls" || kind === "canary").length +
            10 * kinds.filter((kind) => kind !== "falls" && kind !== "canary").length,
          mutantsKilled: sum(1),
          mutants: sum(2),
        }),
      );
    },
  }),
  defineProof({
    id: "proof/every_public_function_is_accounted_for",
    claim:
      "the coverage lists every function of every face, each with the proofs that name it, and " +
      "those without one as *none*",
    subject: ["coverageOf", "coverageTable"],
    spec: "Proof toolkit: ledger",
    strength: "exhaustive",
    domain: domain.words(domain.of("double", "triple", "quadruple"), 3),
    reaches: ["covered", "uncovered"],
    implementation: toolkit,
    mutants: [
      mutant(LEDGER, "names.some((name)", "[].some((name)"),
      mutant(LEDGER, '"*none*"', '""'),
      mutant(LEDGER, "rows.filter((report) => names", "rows.slice(1).filter((report) => names"),
    ],
    async check(subjects, reach, face) {
      const report = await specimen(face).run();
      const reports = subjects.map((name, place) => ({
        ...report,
        id: `p${place}`,
        subject: [name],
      }));
      const coverage = face.coverageOf({ maths: doubling, none: {} }, reports);
      const expected = ["double", "triple"].map((name) => ({
        name: `maths: ${name}`,
        proofs: subjects.flatMap((subject, place) => subject === name ? [`p${place}`] : []),
      }));
      for (const { proofs } of expected) reach(proofs.length > 0 ? "covered" : "uncovered");
      return allOf(
        agrees(coverage, expected),
        agrees(
          cellsOf(face.coverageTable(coverage)),
          expected.map(({ name, proofs }) => [name, proofs.join(", ") || "*none*"]),
        ),
      );
    },
  }),
  defineProof({
    id: "proof/subjects_are_really_called",
    claim: "of the functions of a face a proof may name exactly those that it calls, by any name",
    subject: ["publicFunctions", "defineProof"],
    spec: "Proof toolkit: subjects",
    strength: "exhaustive",
    domain: domain.product({
      named: domain.range(0, SAMPLE.length - 1),
      called: domain.range(0, SAMPLE.length - 1),
    }),
    reaches: ["called", "never called"],
    implementation: toolkit,
    mutants: [
      mutant(AUDIT, "level = Object.getPrototypeOf(level);", "level = undefined;"),
      mutant(AUDIT, 'descriptor.get === undefined ? "value" : "get"', '"value"'),
      mutant(AUDIT, "descriptor.get ?? descriptor.value", "descriptor.value"),
      mutant(AUDIT, "names.forEach((name) => called.add(name))", "called.add(names[0])"),
      mutant(AUDIT, "undo.forEach((step) => step())", "undo.pop()"),
      mutant(
        AUDIT,
        "unwrapped.set(wrapper, replaced);",
        "return void Object.defineProperty(owner, key, replaced);",
      ),
      mutant(AUDIT, "value: thawed(descriptor.value)", "value: descriptor.value"),
      mutant(AUDIT, "if (isGroup(prototype)) collect(", "if (false) collect("),
      mutant("src/proof/run.ts", "subject.filter((name) => !called.has(name))", "[]"),
    ],
    async check({ named, called }, reach, toolkit) {
      const [names, call] = [SAMPLE[named]?.[0] ?? [], SAMPLE[called]?.[1]];
      const expected = call?.(face);
      const run = (subject: readonly string[]) =>
        toolkit.defineProof({
          id: "subjects",
          claim: "",
          subject,
          spec: "",
          strength: "exhaustive",
          domain: toolkit.domain.of(1),
          reaches: [],
          implementation: face,
          check: (_input, _reach, face) => {
            const given = call?.(face);
            return typeof given === "object" ? undefined : agrees(given, expected);
          },
        }).run();
      const before = Object.getOwnPropertyDescriptors(Derived.prototype);
      const failures = (await Promise.all(names.map((name) => [name]).map(run)))
        .map((report) => report.failures);
      reach(named === called ? "called" : "never called");
      const after = Object.getOwnPropertyDescriptors(Derived.prototype);
      return allOf(
        agrees(toolkit.publicFunctions(face), SAMPLE.map(([names]) => names)),
        agrees(failures, names.map((name) => named === called ? [] : [`never calls "${name}"`])),
        before.own.value === after.own.value ? undefined : "the watch was not taken off",
      );
    },
  }),
];

register(proofs);
