/** Proofs of `grow` and `size` of tables, beside the model. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { entries, indices } from "./_kit/table_arguments.ts";
import {
  call,
  type Face,
  full,
  modelOf,
  slotOfDigit,
  stateOf,
  stepAgrees,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";
const GROW_SPEC = "Wasm core 2.0, 4.4.6.4";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/grow_respects_max_size",
    claim: "grow gives the model's size or -1 and leaves the model's table for every argument",
    subject: ["Table.grow"],
    spec: GROW_SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.range(0, 2),
      room: domain.range(0, 2),
      delta: indices(4),
      init: entries,
    }),
    reaches: ["done", "refused"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "!isNatural(delta, this.#max - size)", "!isNatural(delta, this.#max)"),
      mutant(
        TABLE,
        "!isNatural(delta, this.#max - size)",
        "!isNatural(delta, this.#max - size - 1)",
      ),
      mutant(TABLE, "return asU32(size);", "return asU32(this.#slots.length);"),
      mutant(
        TABLE,
        "slot === undefined || !isNatural(delta, this.#max - size)",
        "!isNatural(delta, this.#max - size)",
      ),
    ],
    check: ({ size, room, delta, init }, reach, face) =>
      stepAgrees(
        reach,
        tableOf(face, full(size), room),
        (table) => call(table, "grow", delta.make(), init.make()),
        model.grow(modelOf(full(size), room), delta.make(), init.make()),
      ),
  }),
  defineProof({
    id: "linear_table/grow_fails_beyond_max",
    claim: "grow past the maximum gives -1 and changes nothing, also where a 32-bit sum would wrap",
    subject: ["Table.grow"],
    spec: GROW_SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.range(0, 4),
      room: domain.range(0, 4),
      excess: domain.union<(size: number, room: number) => number>(
        domain.map(domain.range(1, 5), (more) => (_size, room) => room + more),
        domain.map(domain.range(0, 4), (wrapped) => (size) => 2 ** 32 - size + wrapped),
        domain.of(() => 2 ** 31, () => 2 ** 32 - 1, () => 2 ** 53 - 1),
      ),
      init: domain.of(slotOfDigit(0), slotOfDigit(9)),
    }),
    reaches: ["refused"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        `if (slot === undefined || !isNatural(delta, this.#max - size)) return -1;
    appendSlots(this.#slots, delta, slot);`,
        `const sum = (delta + size) >>> 0;
    if (slot === undefined || sum > this.#max) return -1;
    appendSlots(this.#slots, sum - size, slot);`,
      ),
      mutant(
        TABLE,
        "!isNatural(delta, this.#max - size)",
        "!isNatural(delta, this.#max - size + 1)",
      ),
      mutant(
        TABLE,
        "if (slot === undefined || !isNatural(delta, this.#max - size)) return -1;",
        `if (slot === undefined || !isNatural(delta, this.#max - size)) {
          appendSlots(this.#slots, this.#max - size, null);
          return -1;
        }`,
      ),
    ],
    check({ size, room, excess, init }, reach, face) {
      reach("refused");
      const table = tableOf(face, full(size), room);
      const before = stateOf(table);
      const given = table.grow(excess(size, room), init);
      return allOf(agrees(given, -1), agrees(stateOf(table), before));
    },
  }),
  defineProof({
    id: "linear_table/grow_initializes_new_slots",
    claim: "each new slot holds the given entry, each old one what it held, and the size adds up",
    subject: ["Table.grow"],
    spec: GROW_SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.range(0, 3),
      delta: domain.range(0, 4),
      spare: domain.range(0, 1),
      init: domain.of(0, 9),
    }),
    reaches: ["grown"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "appendSlots(this.#slots, delta, slot);",
        "appendSlots(this.#slots, delta, null);",
      ),
      mutant(
        TABLE,
        "appendSlots(this.#slots, delta, slot);",
        "appendSlots(this.#slots, delta, slot); this.#slots[0] = slot;",
      ),
      mutant(SLOTS, "for (let added = 0; added < count", "for (let added = 1; added < count"),
      mutant(SLOTS, "for (let added = 0; added < count", "for (let added = 0; added <= count"),
    ],
    check({ size, delta, spare, init }, reach, face) {
      reach("grown");
      const table = tableOf(face, full(size), delta + spare);
      const old = table.grow(delta, slotOfDigit(init));
      const added = Array.from({ length: delta }, () => init);
      const expected = tableOf(face, [...full(size), ...added], spare);
      return allOf(agrees(old, size), agrees(stateOf(table), stateOf(expected)));
    },
  }),
  defineProof({
    id: "linear_table/size_returns_active_size",
    claim: "size is the number of slots: as made, then more by each successful grow, and no less",
    subject: ["Table.size", "Table.maxSize"],
    spec: "Wasm core 2.0, 4.4.6.3",
    strength: "bounded",
    domain: domain.product({
      size: domain.range(0, 3),
      room: domain.range(0, 3),
      deltas: domain.words(domain.range(0, 2), 3),
    }),
    reaches: ["grown", "refused"],
    implementation: linear,
    mutants: [
      mutant(TABLE, "return asU32(this.#slots.length);", "return asU32(this.#max);"),
      mutant(TABLE, "return asU32(this.#max);", "return asU32(this.#slots.length);"),
    ],
    check({ size, room, deltas }, reach, face) {
      const table = tableOf(face, full(size), room);
      let expected = size;
      for (const delta of deltas) {
        const grown = table.grow(delta, null) !== -1;
        reach(grown ? "grown" : "refused");
        if (grown) expected += delta;
        const failure = agrees([table.size(), table.maxSize], [expected, size + room]);
        if (failure !== undefined) return failure;
      }
      return agrees(table.size(), expected);
    },
  }),
];

register(proofs);
