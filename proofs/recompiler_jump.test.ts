/** Jumps through the table in generated code. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, GAS_MODELS, realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import { both, placesOf, runTwins, twinsOf, withEntries } from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const LINKED = "src/pvm/recompiler/linked.ts";

const LINES = [
  op("add_imm_64", { a: 4, b: 4, x: 1n }),
  op("jump_ind", { a: 5, x: 0n }),
  op("add_imm_64", { a: 4, b: 4, x: 16n }),
  op("load_imm_jump_ind", { a: 5, b: 6, x: 77n, y: -2n }),
  op("add_imm_64", { a: 4, b: 4, x: 256n }),
  op("fallthrough"),
  op("load_imm_jump_ind", { a: 6, b: 6, x: 78n, y: 2n }),
];
const CODE = realCode(assemble(LINES));
const ADDRESSES: readonly number[] = [
  ...Array.from({ length: 16 }, (_, address) => address),
  ...[0xffff_0000, 0xffff_fffe, 0xffff_ffff, 2 ** 31, 2 ** 31 + 2],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/dynamic_jumps_agree",
    claim: "jumps through the table go where the interpreter's do, from every address around it",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.4.2",
    strength: "bounded",
    domain: domain.product({
      entries: domain.words(domain.of(0, 2, 4, 5), 3),
      dialect: domain.of(...DIALECTS),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["panic", "halt", "out-of-gas"],
    implementation: recompiler,
    mutants: [
      mutant(WRITER, "writer.op(op.I32_GE_U);", "writer.op(op.I32_GT_U);"),
      mutant(WRITER, "writer.op(op.I32_ROTR);", "writer.op(op.I32_SHR_U);"),
      mutant(WRITER, "writer.op(op.I32_ROTR);", "writer.op(op.I32_SHR_S);"),
      mutant(WRITER, "writer.const32(word(AUXILIARY));\n    writer.op(op.I32_ADD);", ""),
      mutant(WRITER, "writer.push64(word(B));\n      writer.pop64(word(D));", ""),
      mutant(
        WRITER,
        "writer.tee(LOCAL.next);\n    writer.const32(0);\n    writer.op(op.I32_LT_S);",
        "writer.tee(LOCAL.next);\n    writer.const32(-9);\n    writer.op(op.I32_LT_S);",
      ),
      mutant(
        LINKED,
        "idOf(segments, segmentAt(segments, numberOf(place), false))",
        "idOf(segments, segmentAt(segments, numberOf(place), false) + 1)",
      ),
      mutant(LINKED, "place === 0 ? -1 :", "place === 0 ? 0 :"),
      mutant(LINKED, "if (owners.get(space) !== this) {", "if (false) {"),
    ],
    check: ({ entries, dialect, gasModel }, reach, face) => {
      const all = placesOf(CODE);
      const code = withEntries(CODE, entries.map((entry) => all[entry] ?? 0));
      const registers = Array.from({ length: 13 }, () => 4n);
      const beginning = { code, dialect, gasModel, gas: 0n, registers, regions: [] };
      const twins = twinsOf(beginning, enginesOf(face).recompiler);
      for (const address of ADDRESSES) {
        for (const gas of [9n, 40n]) {
          both(twins, (machine) => {
            value(machine.setPc(0));
            value(machine.setGas(gas));
            value(machine.setRegister(5, BigInt(address) + 2n ** 40n));
            value(machine.setRegister(6, 4n));
          });
          const { kind, failure } = runTwins(twins);
          reach(kind === "trap" ? "panic" : kind);
          if (failure !== undefined) return `to ${address} with ${gas} gas: ${failure}`;
        }
      }
      return undefined;
    },
  }),
];

register(proofs);
