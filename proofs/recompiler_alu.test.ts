/** The operations on registers in generated code, beside the model. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { agreesOn, computer, COMPUTING, secondsOf } from "./_kit/pvm_alu.ts";
import { mutant } from "./_kit/recompiler.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import { register } from "./_kit/register.ts";

const OPERATIONS = "src/pvm/recompiler/operations.ts";
const MODULE = "src/pvm/recompiler/module.ts";
const CODE = "src/pvm/recompiler/code_writer.ts";

/** Words at the edges of every width, of shifts, and of signs. */
const WORDS: readonly bigint[] = [
  ...[0n, 1n, 2n, 31n, 32n, 33n, 63n, 64n, 0x7fn, 0x80n, 0xffn, 0x8000n, 0xffffn, 0x7fff_ffffn],
  ...[0x8000_0000n, 0xffff_ffffn, 2n ** 32n, 2n ** 32n + 7n, 2n ** 63n - 1n, 2n ** 63n],
  ...[2n ** 64n - 1n, 2n ** 64n - 2n ** 31n, 2n ** 64n - 128n, 0x0123_4567_89ab_cdefn],
  0xfedc_ba98_7654_3210n,
];

/** What is wrong in one line of the table of operations, each found by its own opcode. */
const LINES: readonly (readonly [string, string])[] = [
  ["[102, wideOne(op.I64_POPCNT)]", "[102, wideOne(op.I64_CLZ)]"],
  ["[103, narrowOne(op.I32_POPCNT)]", "[103, wideOne(op.I64_POPCNT)]"],
  ["[105, narrowOne(op.I32_CLZ)]", "[105, wideOne(op.I64_CLZ)]"],
  ["[107, narrowOne(op.I32_CTZ)]", "[107, wideOne(op.I64_CTZ)]"],
  ["[108, wideOne(op.I64_EXTEND8_S)]", "[108, wideOne(op.I64_EXTEND16_S)]"],
  ["[109, wideOne(op.I64_EXTEND16_S)]", "[109, wideOne(op.I64_EXTEND8_S)]"],
  ["writer.const64(0xffff, 0);", "writer.const64(0x7fff, 0);"],
  ["exchange(writer, 8, 0x00ff00ff, 0x00ff00ff);", "exchange(writer, 8, 0x00ff00ff, 0x00ff00f0);"],
  [
    "  writer.const64(32, 0);\n  writer.op(op.I64_ROTL);",
    "  writer.const64(16, 0);\n  writer.op(op.I64_ROTL);",
  ],
  ["[190, narrow(op.I32_ADD)]", "[190, wide(op.I64_ADD)]"],
  ['[193, special(false, op.I32_DIV_U, "ones")]', '[193, special(false, op.I32_DIV_S, "ones")]'],
  [
    '[194, special(false, op.I32_DIV_S, "ones", true)]',
    '[194, special(false, op.I32_DIV_S, "ones")]',
  ],
  [
    '[195, special(false, op.I32_REM_U, "dividend")]',
    '[195, special(false, op.I32_REM_U, "ones")]',
  ],
  [
    '[196, special(false, op.I32_REM_S, "dividend")]',
    '[196, special(false, op.I32_REM_U, "dividend")]',
  ],
  ["[197, narrow(op.I32_SHL)]", "[197, wide(op.I64_SHL)]"],
  ["[198, narrow(op.I32_SHR_U)]", "[198, narrow(op.I32_SHR_S)]"],
  [
    '[204, special(true, op.I64_DIV_S, "ones", true)]',
    '[204, special(true, op.I64_DIV_S, "dividend", true)]',
  ],
  [
    '[206, special(true, op.I64_REM_S, "dividend")]',
    '[206, special(true, op.I64_REM_U, "dividend")]',
  ],
  ["[208, wide(op.I64_SHR_U)]", "[208, wide(op.I64_SHR_S)]"],
  ["[213, mulUpper(true, true)]", "[213, mulUpper(true, false)]"],
  ["[214, mulUpper(false, false)]", "[214, mulUpper(true, true)]"],
  ["[217, compare(op.I64_LT_S)]", "[217, compare(op.I64_GE_S)]"],
  ["[218, move(op.I64_EQZ)]", "[218, move(op.I64_EQZ, op.I32_EQZ)]"],
  ["[221, narrow(op.I32_ROTL)]", "[221, narrow(op.I32_ROTR)]"],
  ["[222, wide(op.I64_ROTR)]", "[222, wide(op.I64_ROTL)]"],
  ["[224, inverted(op.I64_AND)]", "[224, inverted(op.I64_OR)]"],
  ["[228, choose(op.I64_GE_U)]", "[228, choose(op.I64_LT_U)]"],
  ["[229, choose(op.I64_LT_S)]", "[229, choose(op.I64_LT_U)]"],
  ["writer.const64(63, 0);", "writer.const64(62, 0);"],
  ["writer.op(opcode, op.I64_EXTEND_S);", "writer.op(opcode, op.I64_EXTEND_U);"],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/every_operation_agrees_with_the_model",
    claim: "generated code computes on registers what the model does, at the edges of every width",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.5.10 to A.5.13",
    strength: "bounded",
    domain: domain.of(...COMPUTING),
    reaches: ["computed"],
    implementation: recompiler,
    mutants: [
      ...LINES.map(([from, to]) => mutant(OPERATIONS, from, to)),
      mutant(MODULE, "half(middle, true);", "half(middle, false);"),
      mutant(MODULE, "product(false, true);", "product(true, true);"),
      mutant(CODE, "if (high === low >> 31)", "if (high === 0)"),
      mutant(CODE, "l = (l >>> 7) | (h << 25);", "l = (l >>> 7) | (h << 24);"),
      mutant(CODE, "while (rest > 63 || rest < -64)", "while (rest > 127 || rest < -64)"),
    ],
    check: (operation, reach, face) => {
      const { compiled } = enginesOf(face);
      const seconds = secondsOf(operation.opcode, WORDS);
      const compute = computer(compiled, [operation.opcode], seconds);
      for (const first of WORDS) {
        const failure = agreesOn(operation, compute, first, seconds);
        if (failure !== undefined) return failure;
      }
      reach("computed");
      return undefined;
    },
  }),
];

register(proofs);
