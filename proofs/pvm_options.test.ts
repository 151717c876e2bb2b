/** Proofs of what a program and a machine say of how they were made. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
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
        'if (!isUsize(pc)) return invalidArgument("pc", EXPECTED.pc, pc);\n    this',
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
  defineProof({
    id: "pvm/no_property_stands_in_for_a_method",
    claim:
      "nobody can give a machine or a program a property that its methods or getters would meet",
    subject: ["Program.create", "Machine.create"],
    spec: "this library: nothing throws",
    strength: "exhaustive",
    domain: domain.union(
      ...[pvm.Machine, pvm.Program].map(({ name, prototype }) =>
        domain.of(...Object.getOwnPropertyNames(prototype).map((key) => ({ name, key })))
      ),
    ),
    reaches: ["refused"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "    Object.freeze(this); // no property", "    // no property"),
      mutant(MACHINE, "    Object.freeze(this); // no property", "    // no property"),
    ],
    check({ name, key }, reach, face) {
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      const program = value(face.Program.create(NO_CODE));
      const machine = value(face.Machine.create(program, { memory, gas: 0n }));
      const target = name === "Machine" ? machine : program;
      const isDefined = Reflect.defineProperty(target, key, { value: () => {} });
      reach("refused");
      return agrees(isDefined, false);
    },
  }),
  defineProof({
    id: "pvm/programs_made_past_the_type_checker_are_empty",
    claim: "the constructor of a program, given any value, makes one without code",
    subject: ["Program.dialect", "Program.gasModel", "Machine.run"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product({ first: hostileValues, second: hostileValues }),
    reaches: ["empty"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "copyCode(code) ?? NO_CODE", "code"),
      mutant(PROGRAM, "settingsOf(settings) ?? DEFAULTS", "settings"),
    ],
    check({ first, second }, reach, face) {
      const program = Reflect.construct(face.Program, [first.make(), second.make()]);
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      const machine = value(face.Machine.create(program, { memory, gas: 5n }));
      reach("empty");
      return allOf(
        agrees([program.dialect.name, program.gasModel], ["gray-paper", "instruction"]),
        agrees([machine.run().kind, machine.pc, machine.gas], ["panic", 0, 4n]),
      );
    },
  }),
  defineProof({
    id: "pvm/limits_of_inner_machines_have_borders",
    claim: "the limits of inner machines go from 0 to their greatest values, and no further",
    subject: ["InnerMachines.create"],
    spec: "Gray Paper, appendix B.8",
    strength: "exhaustive",
    domain: domain.product({
      limit: domain.of("machines", "mappedBytes"),
      by: domain.of<number | string>(-1, 0, 1, "below 0"),
    }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/host/inner_limits.ts", "MACHINES_MAX = 65_536", "MACHINES_MAX = 65_537"),
      mutant("src/pvm/host/inner_limits.ts", "MACHINES_MAX = 65_536", "MACHINES_MAX = 65_535"),
      mutant("src/pvm/host/inner_limits.ts", "isWhole(mappedBytes, 0,", "isWhole(mappedBytes, -1,"),
    ],
    check: ({ limit, by }, reach, { InnerMachines }) => {
      const most = limit === "machines" ? 65_536 : 2 ** 31 - 2 ** 16;
      const made = InnerMachines.create({ [limit]: typeof by === "number" ? most + by : -1 });
      reach(made.ok ? "taken" : "refused");
      return agrees(made.ok, by === -1 || by === 0);
    },
  }),
];

register(proofs);
