/** Proofs of `get` and `set` of tables, beside the model. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { edges, entries, indices } from "./_kit/table_arguments.ts";
import {
  call,
  type Face,
  full,
  modelOf,
  shapes,
  slotOfDigit,
  stateOf,
  stepAgrees,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const BOUNDS = "src/linear/bounds.ts";
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";

const GET_SPEC = "Wasm core 2.0, 4.4.6.1";
const SET_SPEC = "Wasm core 2.0, 4.4.6.2";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/get_never_panics",
    claim: "get returns the model's entry or the model's trap for every index of every kind",
    subject: ["Table.get"],
    spec: GET_SPEC,
    strength: "bounded",
    domain: domain.product({ digits: shapes(3, 3), index: indices(3) }),
    reaches: ["done", "table-out-of-bounds", "undefined-element"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "fits(slots.length, index, 1) ? slots[index]",
        "true ? slots[index]",
      ),
      mutant(TABLE, "fits(slots.length, index, 1)", "fits(slots.length, index, 2)"),
      mutant(BOUNDS, 'typeof value === "number" && value >= 0', "Number(value) >= 0"),
      mutant(BOUNDS, "value >= 0 &&", "Object.is(value, -0) || value >= 0 &&"),
      mutant(
        TABLE,
        "if (slot === null) return err(UNDEFINED_ELEMENT);",
        "if (slot === null) return ok(undefined);",
      ),
    ],
    check: ({ digits, index }, reach, face) =>
      stepAgrees(reach, tableOf(face, digits), (table) => call(table, "get", index.make()), {
        state: modelOf(digits),
        outcome: model.get(modelOf(digits), index.make()),
      }),
  }),
  defineProof({
    id: "linear_table/set_never_panics",
    claim: "set gives the model's outcome and leaves the model's slots for every index and entry",
    subject: ["Table.set"],
    spec: SET_SPEC,
    strength: "bounded",
    domain: domain.product({ digits: shapes(2, 2), index: indices(2), entry: entries }),
    reaches: ["done", "table-out-of-bounds", "invalid-argument"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        `if (!fits(this.#slots.length, index, 1)) return err(TABLE_OUT_OF_BOUNDS);
    const slot = readSlot(entry);`,
        `const slot = readSlot(entry);
    if (!fits(this.#slots.length, index, 1)) return err(TABLE_OUT_OF_BOUNDS);
    this.#slots[index] = null;`,
      ),
      mutant(SLOTS, "isU32(typeIndex)", "(typeIndex === 2 ** 32 || isU32(typeIndex))"),
      mutant(SLOTS, "isU32(typeIndex)", "isU32(typeIndex) && typeIndex !== 2 ** 32 - 1"),
      mutant(SLOTS, "&& isU32(funcIndex)", ""),
      mutant(BOUNDS, "value >= 0 &&", "value % 1 !== 0 && value < max || value >= 0 &&"),
      mutant(
        SLOTS,
        "({ typeIndex, funcIndex } = value)",
        "({ typeIndex, typeIndex: funcIndex } = value)",
      ),
    ],
    check: ({ digits, index, entry }, reach, face) =>
      stepAgrees(
        reach,
        tableOf(face, digits),
        (table) => call(table, "set", index.make(), entry.make()),
        model.set(modelOf(digits), index.make(), entry.make()),
      ),
  }),
  defineProof({
    id: "linear_table/set_get_roundtrip",
    claim: "an entry that set stored is what get finds, and no other slot changes",
    subject: ["Table.set", "Table.get"],
    spec: SET_SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.range(1, 4),
      index: domain.range(0, 4),
      typeIndex: edges,
      funcIndex: edges,
    }),
    reaches: ["stored", "refused"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "this.#slots[index] = slot;", "this.#slots[this.#slots.length - 1] = slot;"),
      mutant(TABLE, "this.#slots[index] = slot;", "this.#slots[0] = slot;"),
      mutant(TABLE, "this.#slots[index] = slot;", "this.#slots[index] ??= slot;"),
      mutant(
        SLOTS,
        "? { typeIndex, funcIndex } :",
        "? { typeIndex: funcIndex, funcIndex: typeIndex } :",
      ),
    ],
    check({ size, index, typeIndex, funcIndex }, reach, face) {
      const digits = full(size);
      const table = tableOf(face, digits);
      const stored = table.set(index, { typeIndex, funcIndex }).ok;
      reach(stored ? "stored" : "refused");
      const slots = digits.map((digit, at) =>
        stored && at === index ? { typeIndex, funcIndex } : slotOfDigit(digit)
      );
      return allOf(
        agrees(stored, index < size),
        agrees(stateOf(table), { max: size, slots, beyond: "table-out-of-bounds" }),
      );
    },
  }),
  defineProof({
    id: "linear_table/set_none_clears_slot",
    claim: "set with null empties the slot and no other",
    subject: ["Table.set"],
    spec: SET_SPEC,
    strength: "bounded",
    domain: domain.product({ size: domain.range(1, 5), index: domain.range(0, 4) }),
    reaches: ["cleared", "refused"],
    implementation: linear,
    mutants: [
      mutant(SLOTS, "if (value === null) return null;", ""),
      mutant(TABLE, "this.#slots[index] = slot;", "this.#slots.splice(index, 1);"),
      mutant(
        TABLE,
        "this.#slots[index] = slot;",
        "this.#slots[index] = slot ?? this.#slots[index] ?? null;",
      ),
    ],
    check({ size, index }, reach, face) {
      const table = tableOf(face, full(size));
      const cleared = table.set(index, null).ok;
      reach(cleared ? "cleared" : "refused");
      const digits = full(size).map((digit, at) => cleared && at === index ? 0 : digit);
      return allOf(
        agrees(cleared, index < size),
        agrees(stateOf(table), stateOf(tableOf(face, digits))),
      );
    },
  }),
];

register(proofs);
