/** Proofs of what a program and a machine say of how they were made. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { dialectOf } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

type Face = typeof pvm;
const mutant = sourceMutants<Face>("src/pvm/mod.ts");
const PROGRAM = "src/pvm/program.ts";
const MACHINE = "src/pvm/machine.ts";

const GAS_MODELS = ["instruction", "block", "pipeline", undefined] as const;

/** Places inside and far outside of any code. */
const PCS = [0, 1, 7, 2 ** 32 - 1, 2 ** 53 - 1] as const;

/** Code without any instruction. */
const NO_CODE: pvm.Code = {
  bytes: new Uint8Array(0),
  starts: new Uint8Array(0),
  jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/program_says_how_it_was_made",
    claim: "a program has the dialect and the gas model it was made with, or those of its dialect",
    subject: ["Program.dialect", "Program.gasModel"],
    spec: "Gray Paper, appendix A; JAVM, gas model",
    strength: "exhaustive",
    domain: domain.product({
      dialect: domain.of("gray-paper", "javm", undefined),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["chosen", "usual"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, '"dialect") ?? GRAY_PAPER', '"dialect") ?? JAVM'),
      mutant(PROGRAM, 'JAVM ? "pipeline" : "instruction"', 'JAVM ? "instruction" : "pipeline"'),
    ],
    check({ dialect, gasModel }, reach, face) {
      const record = dialect === undefined ? undefined : dialectOf(face, dialect);
      const program = value(face.Program.create(NO_CODE, { dialect: record, gasModel }));
      const usual = dialect === "javm" ? "pipeline" : "instruction";
      reach(gasModel === undefined ? "usual" : "chosen");
      return allOf(
        agrees(program.dialect.name, dialect ?? "gray-paper"),
        agrees(program.gasModel, gasModel ?? usual),
      );
    },
  }),
  defineProof({
    id: "pvm/machine_stands_where_it_was_put",
    claim:
      "a machine stands at the pc it was made with, then at the one it was set to, and no other",
    subject: ["Machine.pc", "Machine.setPc"],
    spec: "Gray Paper, appendix A.1; JAVM, 1.2",
    strength: "bounded",
    domain: domain.product({
      first: domain.of(...PCS),
      then: domain.of(...PCS, -1, 0.5, -0, NaN, 2 ** 53),
    }),
    reaches: ["moved", "refused"],
    implementation: pvm,
    mutants: [
      mutant(MACHINE, "asUsize(this.#state.pc)", "asUsize(0)"),
      mutant(MACHINE, "this.#state.pc = pc;", ""),
      mutant(
        MACHINE,
        'if (!usize.is(pc)) return invalidArgument("pc", EXPECTED.pc, pc);\n    this',
        "this",
      ),
    ],
    check({ first, then }, reach, face) {
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      const program = value(face.Program.create(NO_CODE));
      const machine = value(face.Machine.create(program, { memory, gas: 0n, pc: first }));
      const before = machine.pc;
      const moves = PCS.some((pc) => Object.is(pc, then));
      const moved = machine.setPc(then).ok;
      reach(moved ? "moved" : "refused");
      return agrees([before, moved, machine.pc], [first, moves, moves ? then : first]);
    },
  }),
];

register(proofs);
