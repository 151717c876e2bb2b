/** Proofs of writing runs of slots, for every run of a tiny table, beside the model. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { entries, far, indices, near, slotArguments } from "./_kit/table_arguments.ts";
import {
  call,
  type Digits,
  type Face,
  full,
  modelOf,
  shapes,
  slotOfDigit,
  stepAgrees,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/fill_agrees_with_model",
    claim: "fill gives the model's outcome and slots for every run, entry and table",
    subject: ["Table.fill"],
    spec: "Wasm core 2.0, 4.4.6.5",
    strength: "bounded",
    domain: domain.union(
      domain.product({
        digits: shapes(3, 2),
        index: domain.union(near(3), far),
        entry: slotArguments(0, 9),
        count: domain.union(near(3), far),
      }),
      domain.product({
        digits: domain.of<Digits>(full(2)),
        index: near(2),
        entry: entries,
        count: near(2),
      }),
      domain.product({
        digits: domain.of<Digits>(full(2)),
        index: indices(2),
        entry: slotArguments(9),
        count: near(2),
      }),
      domain.product({
        digits: domain.of<Digits>(full(2)),
        index: near(2),
        entry: slotArguments(9),
        count: indices(2),
      }),
    ),
    reaches: ["done", "table-out-of-bounds", "invalid-argument"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "fill(slot, index, index + count)", "fill(slot, index)"),
      mutant(TABLE, "fill(slot, index, index + count)", "fill(slot, index, index + count - 1)"),
      mutant(TABLE, "fill(slot, index, index + count)", "fill(slot, index, index + count + 1)"),
      mutant(TABLE, "fill(slot, index, index + count)", "fill(slot, index, count)"),
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, index, count))",
        "if (!fits(this.#slots.length, index, 1))",
      ),
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, index, count))",
        "if (!isNatural(index, this.#slots.length))",
      ),
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, index, count))",
        "if (count === 0) return ok(undefined);\n    if (!rangeFits(this.#slots.length, index, count))",
      ),
    ],
    check: ({ digits, index, entry, count }, reach, face) =>
      stepAgrees(
        reach,
        tableOf(face, digits),
        (table) => call(table, "fill", index.make(), entry.make(), count.make()),
        model.fill(modelOf(digits), index.make(), entry.make(), count.make()),
      ),
  }),
  defineProof({
    id: "linear_table/init_elements_writes_all_or_none",
    claim: "initElements gives the model's outcome and slots: all entries are written or none",
    subject: ["Table.initElements"],
    spec: "Wasm core 2.0, 4.5.4",
    strength: "bounded",
    domain: domain.product({
      size: domain.range(0, 3),
      base: indices(3),
      list: domain.words<unknown>(domain.of<unknown>(null, slotOfDigit(8), { typeIndex: 1 }), 4),
    }),
    reaches: ["done", "table-out-of-bounds", "invalid-argument"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, base, list?.length ?? 0)) return err(TABLE_OUT_OF_BOUNDS);",
        `for (let at = 0; at < (list?.length ?? 0); at++) {
          const written = this.set(base + at, entries[at] ?? null);
          if (!written.ok) return err(TABLE_OUT_OF_BOUNDS);
        }`,
      ),
      mutant(TABLE, "this.#write(slots, base, 0, slots.length)", "this.#write(slots, base, 0, 1)"),
      mutant(
        SLOTS,
        "for (let index = 0; index < length; index++)",
        "for (let index = 1; index < length; index++)",
      ),
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, base, list?.length ?? 0)) return err(TABLE_OUT_OF_BOUNDS);",
        "",
      ),
    ],
    check: ({ size, base, list }, reach, face) =>
      stepAgrees(
        reach,
        tableOf(face, full(size)),
        (table) => call(table, "initElements", base.make(), list),
        model.initElements(modelOf(full(size)), base.make(), list),
      ),
  }),
];

register(proofs);
