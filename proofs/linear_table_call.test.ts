/** Proofs of indirect calls, beside the model. */

import { agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Argument, far, indices, numbers } from "./_kit/table_arguments.ts";
import {
  type Face,
  type Given,
  modelOf,
  nameOfOutcome,
  outcomeOf,
  outcomeOfModel,
  shapes,
  stateOf,
  stateOfModel,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const CALL = "src/linear/call_indirect.ts";

const notFound = "if (slot === null) return err(UNDEFINED_ELEMENT);";
const badType =
  'if (!isU32(expectedType)) return invalidArgument("expectedType", U32_EXPECTED, expectedType);';

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/call_indirect_agrees_with_model",
    claim:
      "callIndirect finds the model's function or its first trap, and the table stays as it was",
    subject: ["callIndirect"],
    spec: "Wasm core 2.0, 4.4.8.11",
    strength: "bounded",
    domain: domain.product<
      { digits: readonly number[]; operands: { index: Argument; type: Argument } }
    >({
      digits: shapes(3, 3),
      operands: domain.union(
        domain.product({ index: indices(3), type: numbers(domain.range(0, 3)) }),
        domain.product({ index: numbers(domain.range(0, 3)), type: indices(3) }),
        domain.product({ index: far, type: far }),
      ),
    }),
    reaches: [
      "done",
      "table-out-of-bounds",
      "undefined-element",
      "indirect-call-type-mismatch",
      "invalid-argument",
    ],
    implementation: linear,
    mutants: [
      mutant(
        CALL,
        "slot.typeIndex !== expectedType",
        "slot.typeIndex < expectedType",
      ),
      mutant(CALL, "slot.typeIndex !== expectedType", "false"),
      mutant(CALL, "ok(slot.funcIndex)", "ok(slot.typeIndex)"),
      mutant(CALL, notFound, "if (slot === null) return err(INDIRECT_CALL_TYPE_MISMATCH);"),
      mutant(CALL, badType, ""),
      mutant(
        CALL,
        `${notFound}\n  ${badType}`,
        `${badType}\n  ${notFound}`,
      ),
      mutant(CALL, "err(UNDEFINED_ELEMENT)", "err(TABLE_OUT_OF_BOUNDS)"),
    ],
    check({ digits, operands: { index, type } }, reach, face) {
      const table = tableOf(face, digits);
      const expected = model.callIndirect(modelOf(digits), index.make(), type.make());
      reach(nameOfOutcome(expected));
      const given: Given = Reflect.apply(face.callIndirect, null, [
        table,
        index.make(),
        type.make(),
      ]);
      return agreesWithModel(
        { outcome: outcomeOf(given), state: stateOf(table) },
        { outcome: outcomeOfModel(expected), state: stateOfModel(modelOf(digits)) },
      );
    },
  }),
];

register(proofs);
