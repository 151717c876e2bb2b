/** Proofs of which indices `get` and `set` of tables accept. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { far, numbers, plainArgument } from "./_kit/table_arguments.ts";
import { call, type Face, full, shapes, slotOfDigit, stateOf, tableOf } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const BOUNDS = "src/linear/bounds.ts";
const TABLE = "src/linear/table.ts";

/** An index at or beyond the end of a table of up to four slots. */
const beyond = domain.product({
  size: domain.range(0, 4),
  index: domain.union<{ readonly fromSize: boolean; readonly value: unknown }>(
    domain.map(domain.range(0, 3), (value) => ({ fromSize: true, value })),
    domain.map(far, ({ make }) => ({ fromSize: false, value: make() })),
  ),
});

type Beyond = typeof beyond extends { values(): Iterable<infer T> } ? T : never;

/** The index that an element of {@link beyond} stands for. */
function indexOf({ size, index: { fromSize, value } }: Beyond): unknown {
  return fromSize ? size + Number(value) : value;
}

const GET_SPEC = "Wasm core 2.0, 4.4.6.1";
const SET_SPEC = "Wasm core 2.0, 4.4.6.2";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/get_out_of_bounds_returns_error",
    claim: "get traps with table-out-of-bounds at every index from the size on",
    subject: ["Table.get"],
    spec: GET_SPEC,
    strength: "bounded",
    domain: beyond,
    reaches: ["table-out-of-bounds"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "slots[index] : undefined", "slots[index] : null"),
      mutant(TABLE, "fits(slots.length, index, 1) ? slots[index]", "true ? slots[index >>> 0]"),
      mutant(
        TABLE,
        "fits(slots.length, index, 1) ? slots[index]",
        "slots.length > 0 ? slots[Math.min(index, slots.length - 1)]",
      ),
    ],
    check(at, reach, face) {
      reach("table-out-of-bounds");
      return agrees(call(tableOf(face, full(at.size), 4), "get", indexOf(at)), {
        ok: false,
        error: { kind: "table-out-of-bounds" },
      });
    },
  }),
  defineProof({
    id: "linear_table/set_out_of_bounds_returns_error",
    claim: "set traps with table-out-of-bounds at every index from the size on, and stores nothing",
    subject: ["Table.set"],
    spec: SET_SPEC,
    strength: "bounded",
    domain: domain.product({
      at: beyond,
      entry: domain.of(slotOfDigit(0), slotOfDigit(9)),
    }),
    reaches: ["table-out-of-bounds"],
    implementation: linear,
    mutants: [
      mutant(BOUNDS, "isNatural(offset, size - width)", "isNatural(offset, size - width + 1)"),
      mutant(BOUNDS, "value <= max", "(value >>> 0) <= max"),
      mutant(BOUNDS, "value >= 0 &&", ""),
      mutant(
        TABLE,
        `if (!fits(this.#slots.length, index, 1)) return err(TABLE_OUT_OF_BOUNDS);`,
        `if (!fits(this.#max, index, 1)) return err(TABLE_OUT_OF_BOUNDS);`,
      ),
      mutant(
        TABLE,
        `if (!fits(this.#slots.length, index, 1)) return err(TABLE_OUT_OF_BOUNDS);`,
        `if (!fits(this.#slots.length, index, 0)) return err(TABLE_OUT_OF_BOUNDS);`,
      ),
    ],
    check({ at, entry }, reach, face) {
      reach("table-out-of-bounds");
      const table = tableOf(face, full(at.size), 4);
      const before = stateOf(table);
      const error = { kind: "table-out-of-bounds" };
      return allOf(
        agrees(call(table, "set", indexOf(at), entry), { ok: false, error }),
        agrees(stateOf(table), before),
      );
    },
  }),
  defineProof({
    id: "linear_table/get_empty_slot_returns_undefined",
    claim: "get traps with undefined-element exactly at the empty slots within the size",
    subject: ["Table.get"],
    spec: GET_SPEC,
    strength: "bounded",
    domain: domain.product({ digits: shapes(4, 2), index: domain.range(0, 4) }),
    reaches: ["undefined-element", "another outcome"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "err(UNDEFINED_ELEMENT)", "err(TABLE_OUT_OF_BOUNDS)"),
      mutant(
        TABLE,
        "if (slot === undefined) return err(TABLE_OUT_OF_BOUNDS);",
        "if (slot === undefined) return err(UNDEFINED_ELEMENT);",
      ),
    ],
    check({ digits, index }, reach, face) {
      const found = tableOf(face, digits).get(index);
      const undefinedElement = !found.ok && found.error.kind === "undefined-element";
      reach(undefinedElement ? "undefined-element" : "another outcome");
      return agrees(undefinedElement, digits[index] === 0);
    },
  }),
  ...(["get", "set"] as const).map((name) =>
    defineProof({
      id: `linear_table/${name}_success_implies_valid_index`,
      claim: `${name} succeeds only at an index below the size, and at each of them`,
      subject: [`Table.${name}`],
      spec: name === "get" ? GET_SPEC : SET_SPEC,
      strength: "bounded",
      domain: domain.product({
        size: domain.range(0, 6),
        index: domain.union(numbers(domain.range(-3, 9)), far, domain.of(plainArgument(1.5))),
      }),
      reaches: ["success", "failure"],
      implementation: linear,
      mutants: name === "get"
        ? [
          mutant(BOUNDS, "value <= max", "value < max"),
          mutant(BOUNDS, "isNatural(offset, size - width)", "isNatural(offset, size - width - 1)"),
        ]
        : [
          mutant(TABLE, "if (!fits(this.#slots.length, index, 1))", "if (true)"),
          mutant(
            TABLE,
            "if (!fits(this.#slots.length, index, 1))",
            "if (!fits(this.#slots.length, index, 2))",
          ),
        ],
      check({ size, index }, reach, face) {
        const table = tableOf(face, full(size), 3);
        const at = index.make();
        const given = call(table, name, at, slotOfDigit(1));
        const success = typeof given === "object" && given.ok;
        reach(success ? "success" : "failure");
        return agrees(
          success,
          Number.isInteger(at) && !Object.is(at, -0) && full(size).includes(Number(at) + 1),
        );
      },
    })
  ),
];

register(proofs);
