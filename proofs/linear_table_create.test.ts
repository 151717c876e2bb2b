/** Proofs of making tables, beside the model. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { far, numbers } from "./_kit/table_arguments.ts";
import { type Face, nameOfOutcome, outcomeOf, stateOf, stateOfModel } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";

/** The most slots that a table may have. */
const MAX = 10_000_000;

const limits = domain.named(
  "0..4, the most slots and one more, far numbers, hostile values",
  domain.union(numbers(domain.union(domain.range(0, 4), domain.of(MAX + 1))), far, hostileValues),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/create_agrees_with_model",
    claim: "create makes the model's table or gives the model's error for every pair of limits",
    subject: ["Table.create", "Table.size", "Table.maxSize"],
    spec: "Wasm core 2.0, 4.2.7",
    strength: "bounded",
    domain: domain.product({
      initial: domain.union(
        numbers(domain.range(0, 5)),
        domain.of({ code: "1e7 + 1", make: () => MAX + 1 }),
        hostileValues,
      ),
      max: limits,
    }),
    reaches: ["done", "table-initial-exceeds-max", "invalid-argument"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "initialSlots > maxSlots", "initialSlots >= maxSlots"),
      mutant(TABLE, "initialSlots > maxSlots", "false"),
      mutant(
        TABLE,
        "if (!isNatural(maxSlots, TABLE_SLOTS_MAX))",
        "if (!isNatural(maxSlots, 2 ** 53))",
      ),
      mutant(
        TABLE,
        "if (!isNatural(initialSlots, TABLE_SLOTS_MAX))",
        "if (!isNatural(initialSlots, 2 ** 53))",
      ),
      mutant(TABLE, 'return outOfRange("maxSlots")', 'return outOfRange("initialSlots")'),
      mutant(
        TABLE,
        "appendSlots(table.#slots, initialSlots, null)",
        "appendSlots(table.#slots, maxSlots, null)",
      ),
      mutant(TABLE, "table.#max = maxSlots", "table.#max = initialSlots"),
      mutant(TABLE, "initial, max });", "initial: max, max: initial });"),
    ],
    check({ initial, max }, reach, { Table }) {
      const expected = model.create(initial.make(), max.make());
      reach(nameOfOutcome(expected));
      const made: ReturnType<typeof Table.create> = Reflect.apply(Table.create, Table, [
        initial.make(),
        max.make(),
      ]);
      if (!made.ok) {
        const { error } = made;
        const data = error.kind === "limit-out-of-range"
          ? undefined
          : agrees([error.initial, error.max], [initial.make(), max.make()]);
        return allOf(data, agrees(outcomeOf(made), expected));
      }
      return "ok" in expected
        ? agrees(stateOf(made.value), stateOfModel(expected.ok))
        : `made a table, expected ${nameOfOutcome(expected)}`;
    },
  }),
  defineProof({
    id: "linear_table/greatest_table",
    claim: "a table grows up to the most slots that there may be, and not beyond",
    subject: ["Table.create", "Table.grow", "Table.size"],
    spec: "Wasm JavaScript interface 2.0, 10",
    strength: "exhaustive",
    domain: domain.of(MAX - 1),
    reaches: ["full"],
    implementation: linear,
    mutants: [mutant("src/linear/limits.ts", "asU32(10_000_000)", "asU32(9_999_999)")],
    check(first, reach, { Table }) {
      const made = Table.create(0, MAX);
      if (!made.ok) return made.error.kind;
      const table = made.value;
      reach("full");
      return agrees(
        [table.grow(first, null), table.grow(MAX - first, null), table.grow(1, null), table.size()],
        [0, first, -1, MAX],
      );
    },
  }),
];

register(proofs);
