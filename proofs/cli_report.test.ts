/** What the command line says of a run: the result, and the instructions on the way. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as report from "../src/cli/report.ts";
import * as trace from "../src/cli/trace.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import { assemble, Machine, Program } from "../src/pvm/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const REPORT = "src/cli/report.ts";
const TRACE = "src/cli/trace.ts";
const mutant = sourceMutants<typeof report>(REPORT);
const traceMutant = sourceMutants<typeof trace>(TRACE);
const SPEC = "Ringfence, command line";
const MIB = 2 ** 20;

/** The code of some source. */
function codeOf(source: string) {
  return value(assemble(source)).code;
}

/** A machine whose registers 7 and 8 name so many bytes of `A`. */
function machineWith(length: number): Machine {
  const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
  const bytes = new Uint8Array(Math.ceil((length + 1) / 4096) * 4096).fill(0x41);
  value(memory.mapRegion(MIB, bytes.length, "read-only", bytes));
  const registers = [0, 0, 0, 0, 0, 0, 0, MIB, length].map(BigInt);
  const program = value(Program.create(codeOf("trap")));
  return value(Machine.create(program, { memory, gas: 100n, registers }));
}

/** What is shown of results of some lengths. */
const RESULTS: Readonly<Record<number, string | undefined>> = {
  0: "result: 0 bytes",
  1: 'result: 1 bytes 41 "A"',
  64: `result: 64 bytes ${"41".repeat(64)} "${"A".repeat(64)}"`,
  65: `result: 65 bytes ${"41".repeat(64)} and 1 bytes more`,
  [MIB]: `result: ${MIB} bytes ${"41".repeat(64)} and ${MIB - 64} bytes more`,
  [MIB + 1]: undefined,
};

/** A program that goes everywhere: to itself, back, on, and with bytes more than are needed. */
const SOURCE = `a: jump a
load_imm r1, 5
branch_eq r1, r2, a
jump b
b: load_imm_jump r1, 3, b
jump b:3
c: jump c:2
add_64 r1, r2, r3`;

/** What is shown of its instructions, by their places. */
const SHOWN: Readonly<Record<number, string>> = {
  0: "jump -> 0",
  1: "load_imm r1, 5",
  2: "trap ; no instruction starts here",
  4: "branch_eq r1, r2, -> 0",
  7: "jump -> 9",
  9: "load_imm_jump r1, 3, -> 9",
  12: "jump -> 9",
  16: "jump -> 16",
  19: "add_64 r1, r2, r3",
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/results_are_shown",
    claim: "a result of up to 1 MiB is told with its first 64 bytes, and as text where it is one",
    subject: ["reportOf", "textOf", "resultOf"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.product({
        length: domain.of<number>(0, 1, 64, 65),
        milliseconds: domain.of<number>(0, 0.5, 2),
      }),
      domain.product({
        length: domain.of<number>(MIB + 1, MIB),
        milliseconds: domain.of<number>(0),
      }),
    ),
    reaches: ["shown", "too long"],
    implementation: report,
    mutants: [
      mutant(REPORT, "const RESULT_BYTES_MAX = 2n **", "const RESULT_BYTES_MAX = 3n **"),
      mutant(REPORT, "milliseconds / 1000;", "milliseconds / 999;"),
      mutant(REPORT, "if (milliseconds > 0) {", "if (milliseconds > -1) {"),
      mutant(REPORT, "result.length / 2 - SHOWN_BYTES", "result.length / 1 - SHOWN_BYTES"),
    ],
    check: ({ length, milliseconds }, reach, { reportOf, resultOf, textOf }) => {
      const machine = machineWith(length);
      const facts = {
        file: "f",
        form: "standard program",
        limit: 5_000_100n,
        milliseconds,
        log: [],
      };
      const shown = RESULTS[length];
      reach(shown === undefined ? "too long" : "shown");
      const speed = milliseconds === 2 ? "2.0 ms, 2500.0" : "0.5 ms, 10000.0";
      const lines = [
        ...["exit: halt", "pc: 0", "gas: 5000000 used, 100 left"],
        `registers: r7=${MIB}${length === 0 ? "" : ` r8=${length}`}`,
        ...(shown === undefined ? [] : [shown]),
        ...(milliseconds === 0 ? [] : [`time: ${speed} million gas a second`]),
      ];
      return allOf(
        agrees(textOf(reportOf({ kind: "halt" }, machine, facts)), `${lines.join("\n")}\n`),
        agrees(resultOf({ kind: "panic" }, machine), undefined),
      );
    },
  }),
  defineProof({
    id: "cli/instructions_are_shown_with_their_targets",
    claim: "an instruction is shown as its text, and a jump with the place that it leads to",
    subject: ["instructionAt"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(SHOWN).map(Number)),
    reaches: ["jump", "other"],
    implementation: trace,
    mutants: [
      traceMutant(TRACE, '!each.endsWith(":"))[0]', '!each.endsWith(":"))[1]'),
      traceMutant(TRACE, "(?:L_)?", ""),
      traceMutant(TRACE, "${pc + Number(offset)}", "${Number(offset)}"),
    ],
    check: (pc, reach, { instructionAt }) => {
      const shown = instructionAt(codeOf(SOURCE), pc);
      reach(shown.includes("->") ? "jump" : "other");
      return agrees(shown, SHOWN[pc]);
    },
  }),
];

register(proofs);
