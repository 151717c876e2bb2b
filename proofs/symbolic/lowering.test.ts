/**
 * Lowering: which operation does each opcode, and where it finds its operands, for all registers,
 * immediates and targets. What the operations compute is proved in the files `alu_*`.
 */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { IntTerm, Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Given, rowProof } from "../_kit/symbolic_rows.ts";
import { LOWERED } from "../_kit/symbolic_lowered.ts";
import type { Lowered, Operand } from "../_kit/symbolic_lowering.ts";

const REGISTER = s.range(0, 12);
const WORD = s.range(-(2n ** 31n), 2n ** 31n - 1n);
/** Where the record of the harness begins, and the words of it that lowering writes. */
const RECORD = 40;
const WORDS = 7;
const ZERO_PLACE = 26;

/** Writes the record of each opcode of a row, and gives all their words one after the other. */
function harnessOf({ opcodes, reads }: Lowered): string {
  return `export function lowered(a, b, d, x, xHigh, y, target) {
    const write = (opcode) => {
      const words = new Int32Array(48);
      const instruction = { opcode, a, b, d, x, xHigh, y, target: 0, pc: 0, skip: 0 };
      writeRecord(words, ${RECORD}, instruction, target, { loadImmJumpIndReads: "${reads}" });
      return [${Array.from({ length: WORDS }, (_, at) => `words[${RECORD + at}]`).join(", ")}];
    };
    return [${opcodes.map((opcode) => `...write(${opcode})`).join(", ")}];
  }`;
}

/** The place of an operand: two words for each register, and the immediate within the record. */
function placeOf(g: Given, operand: Operand): IntTerm {
  if (operand === "zero") return s.constant(ZERO_PLACE);
  return operand === "immediate" ? s.constant(RECORD + 4) : s.multiply(s.constant(2), g(operand));
}

/** Whether the words of one record are what the definition says. */
function isLowered(
  g: Given,
  words: (at: number) => IntTerm,
  row: Lowered,
  operation: number,
): Truth {
  const [low, high] = row.immediate === "x"
    ? [g("x"), g("xHigh")]
    : [g("y"), s.choose(s.less(g("y"), s.constant(0)), -1n, 0n)];
  const base = placeOf(g, row.first);
  const moved = row.reads === "after" && row.first === "b"
    ? s.choose(s.equal(g("a"), g("b")), s.constant(RECORD + 4), base)
    : base;
  const expected = [
    s.constant(operation),
    placeOf(g, row.written),
    moved,
    placeOf(g, row.second),
    low,
    high,
    g(row.auxiliary),
  ];
  return s.and(...expected.map((term, at) => s.equal(words(at), term)));
}

function proofOf(row: Lowered): Proof {
  const names = row.mnemonics.join(", ");
  return rowProof({
    id: `lowering_${row.id}`,
    says: `${names}: lowered to the operation and the operands of the definition`,
    subject: "Program.create",
    spec: "Gray Paper, appendix A.5",
    file: "src/pvm/lowering.ts",
    function: "lowered",
    harness: harnessOf(row),
    inputs: {
      a: REGISTER,
      b: REGISTER,
      d: REGISTER,
      x: WORD,
      xHigh: WORD,
      y: WORD,
      target: s.range(0, 2n ** 31n - 1n),
    },
    shows: (g, { value }) =>
      s.and(
        ...row.operations.map((operation, place) =>
          isLowered(g, (at) => value.item(WORDS * place + at).integer, row, operation)
        ),
      ),
    from: row.from,
    to: row.to,
  });
}

export const proofs: readonly Proof[] = LOWERED.map(proofOf);

register(proofs);
