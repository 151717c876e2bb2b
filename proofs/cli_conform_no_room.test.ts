/** An engine without room while cases are run, and a program that is too long to be shown. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as cases from "../src/cli/conform_case.ts";
import type { Capabilities } from "../src/cli/conform_protocol.ts";
import * as reporting from "../src/cli/conform_report.ts";
import * as simpler from "../src/cli/conform_simpler.ts";
import { encodeBlob } from "../src/pvm/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

const parts = { ...cases, ...reporting, ...simpler };
type Face = typeof parts;
const FILES = ["case", "report", "simpler"].map((name) => `src/cli/conform_${name}.ts`);
const mutant = sourceMutants<Face>(FILES);
const [CASE = "", REPORT = "", SIMPLER = ""] = FILES;
const SPEC = "the conformance protocol";

/** A store to its page, `fallthrough` twice, and a trap. */
const STORE: Case = {
  ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  program: Uint8Array.of(0, 0, 8, 59, 9, 0, 0, 2, 1, 1, 0, 0b1110_0001),
  ...{ registers: new Array<bigint>(13).fill(7n), pc: 0, gas: 9n },
  pages: [{ address: 131_072, length: 4096, access: "read-write" }],
  ...{ memory: [], heap: undefined, steps: undefined },
};

/** What tables of pages, and the bytes of pages, are made of. */
const SIZES: readonly unknown[] = [1024, 2 ** 15];
const IMPOSSIBLE = "its pages, memory or registers are impossible";
/** What comes of the case, and how many later starts it has, by what is refused. */
const MEANT: readonly (readonly [end: string, starts: number])[] = [
  ...[[IMPOSSIBLE, 0], [IMPOSSIBLE, 0], ["there is no room for its pages", 0]] as const,
  ...[["panic", 0], ["panic", 0], ["panic", 0], ["panic", 2]] as const,
];

/** Does something in an engine that refuses one of them. */
function refusing<T>(number: number, action: () => T): T {
  let made = 0;
  return withEngine((_name, size) => {
    if (SIZES.includes(size) && ++made === number) throw new RangeError("no room");
  }, action);
}

/** A blob of so many bytes of code, which are one instruction. */
function blobOf(length: number): Uint8Array {
  const starts = new Uint8Array(length);
  starts[0] = 1;
  const jumpTable = { count: 0, width: 0, bytes: new Uint8Array(0) };
  const blob = encodeBlob({ bytes: new Uint8Array(length), starts, jumpTable });
  return blob.ok ? blob.value : new Uint8Array(0);
}

const NONE = new Map<string, number>();
const ABLE: Capabilities = {
  ...{ dialects: ["gray-paper"], gasModels: ["instruction"], readOnlyStore: ["panic"] },
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 100n },
};
const HELLO = { name: "name", release: "1", capabilities: ABLE };

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_cases_without_room_have_no_end",
    claim: "a case for whose pages the engine has no room has no end, and no later start",
    subject: ["runCase", "laterStart"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(1, MEANT.length),
    reaches: ["an end", "none"],
    implementation: parts,
    mutants: [
      mutant(
        CASE,
        "if (!made.ok) return undefined;",
        "if (!made.ok) throw new Error();",
      ),
      mutant(CASE, 'err("there is no room for its pages")', 'err("")'),
      mutant(SIMPLER, "if (!made.ok) return;", "if (!made.ok) throw new Error();"),
      mutant(SIMPLER, "if (machine.step() !== undefined) return;", "machine.step();"),
    ],
    check(number, reach, { runCase, laterStart }) {
      const end = refusing(number, () => runCase(STORE));
      const starts = refusing(number, () => [...laterStart(STORE)].length);
      const given = end.ok ? end.value.status : end.error;
      reach(end.ok ? "an end" : "none");
      return agrees([given, starts], MEANT[number - 1]);
    },
  }),
  defineProof({
    id: "cli/conform_long_programs_are_not_shown",
    claim: "a program of more than 4 MiB is not shown as a text, and it is said that it is not",
    subject: ["reportText"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(1, 2 ** 22 + 1),
    reaches: ["shown", "not shown"],
    implementation: parts,
    mutants: [
      mutant(REPORT, '"        ; too long to be shown\\n"', '""'),
    ],
    check(length, reach, { reportText, unstarted }) {
      const program = blobOf(length);
      const text = reportText(HELLO, {
        ...{ pass: 0, fail: 1, skip: 0, skipped: NONE, compared: NONE, missing: NONE },
        findings: [{
          ...{
            name: "long",
            fault: { kind: "failure", reason: "it is gone", expected: unstarted(STORE) },
            again: 0,
          },
          ...{ input: { ...STORE, program }, instructions: { before: 1, after: 1 } },
        }],
        isCut: false,
      }, []);
      const isShown = length === 1;
      reach(isShown ? "shown" : "not shown");
      return agrees(
        [text.includes("trap"), text.includes("; too long to be shown")],
        [isShown, !isShown],
      );
    },
  }),
];

register(proofs);
