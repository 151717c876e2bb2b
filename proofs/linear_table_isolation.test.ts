/** Proofs that nobody changes a slot behind a table's back. */

import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { call, type Face, full, segmentOf, slotOfDigit, stateOf, tableOf } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";
const SEGMENT = "src/linear/element_segment.ts";

/** The ways in which an entry comes to be in a slot. */
const WAYS = ["set", "grow", "fill", "initElements", "initSegment"] as const;

/** Stores an entry in the last slot of a table of two slots. */
function store(
  face: Face,
  table: linear.Table,
  way: typeof WAYS[number],
  entry: linear.EntryInput,
): void {
  switch (way) {
    case "set":
      table.set(1, entry);
      break;
    case "grow":
      table.grow(1, entry);
      break;
    case "fill":
      table.fill(1, entry, 1);
      break;
    case "initElements":
      table.initElements(1, [entry]);
      break;
    case "initSegment": {
      const segment = face.ElementSegment.create([entry]);
      if (segment.ok) table.initSegment(segment.value, 1, 0, 1);
    }
  }
}

/** An entry whose type is read by running `act`. */
function entryThat(act: () => void): linear.EntryInput {
  return {
    get typeIndex() {
      act();
      return 5;
    },
    funcIndex: 15,
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/entries_are_private_copies",
    claim: "nothing done to an entry that was stored or found, nor to a list, changes a slot",
    subject: ["Table.set", "Table.grow", "Table.fill", "Table.initElements", "Table.initSegment"],
    spec: "Wasm core 2.0, 4.2.7",
    strength: "exhaustive",
    domain: domain.of(...WAYS),
    reaches: ["unchanged"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "ok({ typeIndex: slot.typeIndex, funcIndex: slot.funcIndex })", "ok(slot)"),
      mutant(SLOTS, "? { typeIndex, funcIndex } :", "? value :"),
    ],
    check(way, reach, face) {
      const table = tableOf(face, way === "grow" ? [0] : [0, 0], 1);
      const entry = { typeIndex: 5, funcIndex: 15 };
      store(face, table, way, entry);
      const before = stateOf(table);
      const found = table.get(1);
      if (!found.ok) return `${way} stored nothing`;
      entry.typeIndex = 6;
      Reflect.set(found.value, "funcIndex", 16);
      reach("unchanged");
      return agrees(stateOf(table), before);
    },
  }),
  defineProof({
    id: "linear_table/reading_an_entry_may_use_the_table",
    claim: "code of an entry that changes the table while it is read is seen, and breaks nothing",
    subject: ["Table.set", "Table.grow", "Table.fill", "Table.initElements"],
    spec: "Wasm core 2.0, 4.2.7 (the size never exceeds the maximum)",
    strength: "exhaustive",
    domain: domain.product({
      way: domain.of(...WAYS),
      act: domain.of("grow", "clear", "throw"),
    }),
    reaches: ["grown meanwhile", "cleared meanwhile", "thrown"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        `const slot = readSlot(init);
    const size = this.#slots.length;`,
        `const size = this.#slots.length;
    const slot = readSlot(init);`,
      ),
      mutant(
        SLOTS,
        "({ typeIndex, funcIndex } = value);\n  } catch {\n    return undefined;\n  }",
        "({ typeIndex, funcIndex } = value);\n  } finally {}",
      ),
      mutant(
        SLOTS,
        "return isU32(typeIndex) &&",
        "return isU32(value.typeIndex) && isU32(typeIndex) &&",
      ),
    ],
    check({ way, act }, reach, face) {
      const slots = way === "grow" ? [1] : [1, 2];
      const table = tableOf(face, slots, 1);
      let runs = 0;
      const entry = entryThat(() => {
        runs++;
        if (act === "throw") throw new Error("hostile");
        if (act === "grow") table.grow(1, slotOfDigit(9));
        else table.fill(0, null, table.size());
      });
      const total = isTotal(() => store(face, table, way, entry));
      reach(act === "throw" ? "thrown" : act === "grow" ? "grown meanwhile" : "cleared meanwhile");
      // What the entry did comes first, then what the operation does with the state that it finds.
      const start = act === "clear" ? slots.map(() => 0) : slots;
      const grown = act === "grow" ? [...start, 9] : start;
      const room = act === "grow" ? 0 : 1;
      const stored = act === "throw" || (way === "grow" && act === "grow")
        ? grown
        : way === "grow"
        ? [...grown, 5]
        : [...grown.slice(0, 1), 5, ...grown.slice(2)];
      const left = room - (way === "grow" && stored !== grown ? 1 : 0);
      return allOf(
        total,
        agrees(runs, 1),
        agrees(stateOf(table), stateOf(tableOf(face, stored, left))),
      );
    },
  }),
  defineProof({
    id: "linear_table/tables_are_isolated",
    claim: "no operation on one table or segment changes another, nor the list it was made from",
    subject: ["Table.create", "ElementSegment.create", "Table.initSegment", "Table.copyFrom"],
    spec: "Wasm core 2.0, 4.2.7",
    strength: "exhaustive",
    domain: domain.of(
      "set",
      "grow",
      "fill",
      "copy",
      "copyFrom",
      "initSegment",
      "initElements",
      "drop",
    ),
    reaches: ["isolated"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "readonly #slots: Slot[] = [];",
        "static #all: Slot[] = [];\n  readonly #slots: Slot[] = Table.#all;",
      ),
      mutant(SEGMENT, "segment.#slots = slots;", "segment.#slots = list?.items ?? [];"),
    ],
    check(name, reach, face) {
      reach("isolated");
      const [mine, other] = [tableOf(face, full(3), 2), tableOf(face, [7, 0, 8], 2)];
      const list = [slotOfDigit(4), slotOfDigit(0), slotOfDigit(6)];
      const made = face.ElementSegment.create(list);
      if (!made.ok) return "no segment";
      const [segment, twin] = [made.value, segmentOf(face, [4, 0, 6])];
      const arguments_: Readonly<Record<string, readonly unknown[]>> = {
        set: [1, slotOfDigit(9)],
        grow: [2, slotOfDigit(9)],
        fill: [0, slotOfDigit(9), 3],
        copy: [0, 1, 2],
        copyFrom: [other, 0, 0, 3],
        initSegment: [segment, 0, 0, 3],
        initElements: [0, list],
      };
      const before = stateOf(other);
      if (name === "drop") segment.drop();
      else call(mine, name, ...(arguments_[name] ?? []));
      if (name === "copyFrom") mine.fill(0, slotOfDigit(2), 3);
      list[0] = slotOfDigit(3);
      const [left, right] = [tableOf(face, [0, 0, 0]), tableOf(face, [0, 0, 0])];
      left.initSegment(segment, 0, 0, segment.size());
      right.initSegment(twin, 0, 0, twin.size());
      return allOf(
        agrees(stateOf(other), before),
        agrees(stateOf(right), stateOf(tableOf(face, [4, 0, 6]))),
        agrees(stateOf(left), stateOf(tableOf(face, name === "drop" ? [0, 0, 0] : [4, 0, 6]))),
      );
    },
  }),
];

register(proofs);
