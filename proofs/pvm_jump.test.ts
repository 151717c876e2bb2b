/** Where dynamic jumps lead. */

import * as model from "../model/pvm.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import {
  DIALECTS,
  exitText,
  modelMachine,
  mutant,
  oneAgrees,
  PLAIN,
  realMachine,
  sameState,
  type Setup,
} from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";
const BLOCKS = "src/pvm/blocks.ts";
const CODE = "src/pvm/code.ts";

/** Code whose last instruction jumps through a table; before it, places of every kind. */
const PLACES = [
  op("fallthrough"), // 0: starts a block
  [0xff], // 1: follows a terminator, but is no opcode
  op("load_imm", { a: 1, x: 7n }), // 2
  op("trap"), // 8
  op("jump_ind", { a: 0 }), // 9: follows a terminator
  op("fallthrough"), // 15, then 24 bytes of no instruction, and one more
];
const CLEAR = Array.from({ length: 28 }, () => 0);
const WIDTHS = [0, 1, 2, 3, 4, 7, 8, 9, 16, 255];
const TARGETS = [
  0n,
  1n,
  2n,
  3n,
  8n,
  9n,
  15n,
  16n,
  40n,
  41n,
  43n,
  44n,
  255n,
  2n ** 32n,
  2n ** 53n,
  2n ** 64n - 1n,
];

function tableCode(width: number, target: bigint): Setup["code"] {
  const entry = target % 256n ** BigInt(Math.min(width, 8));
  const code = assemble(PLACES, { width, entries: [entry, 9n % 256n ** BigInt(width)] });
  return {
    ...code,
    bytes: [...code.bytes, ...CLEAR.map(BigInt)],
    mask: [...code.mask, ...CLEAR.map(() => false)],
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/jump_tables_agree",
    claim: "dynamic jumps go where the model goes, whatever the table holds and however wide it is",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM Interpreter",
    strength: "bounded",
    domain: domain.product({
      width: domain.of(...WIDTHS),
      target: domain.of(...TARGETS),
      address: domain.of(0n, 1n, 2n, 3n, 4n, 5n, 6n, 2n ** 31n, 0xffff_0000n, 2n ** 32n - 2n),
      dialect: domain.of(...DIALECTS),
    }),
    reaches: ["none", "panic", "halt", "trap"],
    implementation: pvm,
    mutants: [
      mutant(BLOCKS, "        starts[pc] = 0;\n", ""),
      mutant(BLOCKS, "if (code.starts[pc] === 1) starts", "starts"),
      mutant(CODE, "place = table.width - 1", "place = 3"),
      mutant(CODE, "const first = index * table.width;", "const first = index * table.width + 1;"),
      mutant(INTERPRETER, "return isEntry ? layout.landing(0) : 0;", "return 0;"),
      mutant(INTERPRETER, "address <= 2 * count", "address < 2 * count"),
      mutant(INTERPRETER, "stop.detail === dialect.haltAddress", "stop.detail === 0"),
    ],
    check: ({ width, target, address, dialect }, reach, implementation) => {
      const setup: Setup = {
        ...PLAIN,
        dialect,
        code: tableCode(width, target),
        registers: [address],
        pc: 9,
      };
      const real = realMachine(implementation, setup);
      let step = model.step(modelMachine(setup));
      for (let count = 0; count < 4; count++) {
        reach(exitText(step.exit));
        const failure = sameState(real.step(), real, step);
        if (failure !== undefined || step.exit !== undefined) return failure;
        step = model.step(step.machine);
      }
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/jumps_without_a_table_agree",
    claim: "dynamic jumps of code without a jump table go where the model goes",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM Interpreter",
    strength: "bounded",
    domain: domain.product({
      width: domain.of(0, 1, 2),
      address: domain.of(0n, 1n, 2n, 3n, 4n, 0xffff_0000n),
      dialect: domain.of(...DIALECTS),
    }),
    reaches: ["panic", "halt"],
    implementation: pvm,
    mutants: [
      mutant(
        "src/pvm/layout.ts",
        "code.jumpTable.width === 0 ? 0 : code",
        "code.jumpTable.width === 0 ? 1 : code",
      ),
    ],
    check: ({ width, address, dialect }, reach, implementation) => {
      const code = assemble([op("fallthrough"), op("jump_ind", { a: 0 })], { width, entries: [] });
      const setup: Setup = { ...PLAIN, dialect, code, registers: [address], pc: 1 };
      const step = model.step(modelMachine(setup));
      const real = realMachine(implementation, setup);
      reach(exitText(step.exit));
      return sameState(real.step(), real, step);
    },
  }),
  defineProof({
    id: "pvm/load_imm_jump_ind_reads_its_base",
    claim:
      "load_imm_jump_ind with one register for both reads it before it is written, in the JAVM after",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM opcode 180",
    strength: "exhaustive",
    domain: domain.product({
      dialect: domain.of(...DIALECTS),
      a: domain.range(0, 12),
      b: domain.range(0, 12),
      written: domain.of(0n, 2n),
      held: domain.of(0n, 2n),
    }),
    reaches: ["none", "panic"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/lowering.ts", "words[record + A] = record + IMMEDIATE;", ""),
      mutant("src/pvm/dialect.ts", `loadImmJumpIndReads: "after"`, `loadImmJumpIndReads: "before"`),
    ],
    check: ({ dialect, a, b, written, held }, reach, implementation) => {
      const jump = op("load_imm_jump_ind", { a, b, x: written, y: 0n });
      const code = assemble([jump, op("trap")], { width: 1, entries: [0n] });
      const registers = Array.from({ length: 13 }, () => held);
      const [name, failure] = oneAgrees(implementation, { ...PLAIN, dialect, code, registers });
      reach(name);
      return failure;
    },
  }),
];

register(proofs);
