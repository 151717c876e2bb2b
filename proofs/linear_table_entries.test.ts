/** Entries, whose reading can run the caller's code: each property is read, and read once. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Face, full, tableOf } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const SLOTS = "src/linear/table_slots.ts";

/** Stores an entry as the slot of index 2 of a table of three, in each way that there is. */
const STORES: Readonly<
  Record<string, (face: Face, entry: linear.EntryInput) => linear.Table | undefined>
> = {
  "Table.set": (face, entry) => {
    const table = tableOf(face, full(3));
    return table.set(2, entry).ok ? table : undefined;
  },
  "Table.grow": (face, entry) => {
    const table = tableOf(face, full(2), 1);
    return table.grow(1, entry) === 2 ? table : undefined;
  },
  "Table.fill": (face, entry) => {
    const table = tableOf(face, full(3));
    return table.fill(1, entry, 2).ok ? table : undefined;
  },
  "Table.initElements": (face, entry) => {
    const table = tableOf(face, full(3));
    return table.initElements(2, [entry]).ok ? table : undefined;
  },
  "ElementSegment.create": (face, entry) => {
    const table = tableOf(face, full(3));
    const segment = face.ElementSegment.create([entry]);
    return segment.ok && table.initSegment(segment.value, 2, 0, 1).ok ? table : undefined;
  },
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/entries_are_read_once",
    claim: "both indices of an entry are read exactly once, and what they say first is stored",
    subject: Object.keys(STORES),
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(STORES)),
    reaches: ["stored"],
    implementation: linear,
    mutants: [
      mutant(
        SLOTS,
        "({ typeIndex, funcIndex } = value);",
        "({ typeIndex, funcIndex } = value);\n    ({ typeIndex } = value);",
      ),
      mutant(SLOTS, "? { typeIndex, funcIndex } : undefined", "? { ...value } : undefined"),
      mutant(
        SLOTS,
        "isU32(typeIndex) && isU32(funcIndex)",
        "isU32(typeIndex) && isU32(value.funcIndex)",
      ),
      mutant(
        "src/linear/table.ts",
        "this.#slots.fill(slot, index, index + count);",
        "for (let at = index; at < index + count; at++) this.#slots[at] = readSlot(entry) ?? null;",
      ),
    ],
    check(name, reach, face) {
      const reads: string[] = [];
      const read = (property: string, first: number): number => {
        reads.push(property);
        return first + reads.filter((one) => one === property).length;
      };
      const entry: linear.EntryInput = {
        get typeIndex() {
          return read("typeIndex", 4);
        },
        get funcIndex() {
          return read("funcIndex", 8);
        },
      };
      const table = STORES[name]?.(face, entry);
      reach("stored");
      return allOf(
        agrees(reads.toSorted(), ["funcIndex", "typeIndex"]),
        agrees(table?.get(2), { ok: true, value: { typeIndex: 5, funcIndex: 9 } }),
      );
    },
  }),
];

register(proofs);
