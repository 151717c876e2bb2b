/** Proofs that tables withstand every kind of object in every place. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { lists, near, proxied } from "./_kit/table_arguments.ts";
import {
  call,
  type Face,
  full,
  type Given,
  modelOf,
  outcomeOf,
  stepAgrees,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";
const SEGMENT = "src/linear/element_segment.ts";
const CALL = "src/linear/call_indirect.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/objects_of_other_kinds_are_refused",
    claim: "every value that is no table or segment gives invalid-argument and changes nothing",
    subject: ["Table.copyFrom", "Table.initSegment", "callIndirect"],
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.product({
      value: domain.union(
        hostileValues,
        domain.of({ code: "Table.prototype", make: () => linear.Table.prototype }),
      ),
      name: domain.of("copyFrom", "initSegment", "callIndirect"),
      dst: near(2),
    }),
    reaches: ["invalid-argument", "table-out-of-bounds"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        '(value) =>\n      typeof value === "object" && value !== null && #slots in value ? value.#slots : undefined',
        "(value) => value.#slots",
      ),
      mutant(
        SEGMENT,
        '(value) =>\n      typeof value === "object" && value !== null && #slots in value ? value.#slots : undefined',
        "(value) => value.#slots",
      ),
      mutant(
        CALL,
        'return invalidArgument("table", "a Table", table)',
        "return err(INDIRECT_CALL_TYPE_MISMATCH)",
      ),
      mutant(
        TABLE,
        'invalidArgument("source", "a Table", source)',
        'invalidArgument("segment", "a Table", source)',
      ),
    ],
    check({ value, name, dst }, reach, face) {
      const table = tableOf(face, full(2));
      if (name === "callIndirect") {
        reach("invalid-argument");
        const given: Given = Reflect.apply(face.callIndirect, null, [value.make(), dst.make(), 1]);
        return agrees(outcomeOf(given), { invalid: "table" });
      }
      const parameter = name === "copyFrom" ? "source" : "segment";
      return stepAgrees(
        reach,
        table,
        () => call(table, name, value.make(), dst.make(), 0, 1),
        model.copy(modelOf(full(2)), parameter, dst.make(), 0, 1),
      );
    },
  }),
  defineProof({
    id: "linear_table/lists_of_entries_are_read_totally",
    claim: "create of a segment and initElements take every array of entries and refuse the rest",
    subject: ["ElementSegment.create", "ElementSegment.size", "Table.initElements"],
    spec: "Wasm core 2.0, 4.5.4",
    strength: "exhaustive",
    domain: domain.product({ list: lists, base: near(2) }),
    reaches: ["done", "invalid-argument", "table-out-of-bounds", "a segment", "no segment"],
    implementation: linear,
    mutants: [
      mutant(
        SLOTS,
        "if (!Array.isArray(value)) return undefined;",
        'if (typeof value !== "object" || value === null) return undefined;',
      ),
      mutant(
        SLOTS,
        "const length: unknown = value.length;",
        "const length = Math.trunc(value.length);",
      ),
      mutant(
        SLOTS,
        "try {\n      item = items[index];\n    } catch {\n      return undefined;\n    }",
        "item = items[index];",
      ),
      mutant(
        SLOTS,
        "if (slot === undefined) return undefined;\n    slots.push(slot);",
        "slots.push(slot ?? null);",
      ),
    ],
    check({ list, base }, reach, face) {
      const failure = stepAgrees(
        reach,
        tableOf(face, full(2)),
        (table) => call(table, "initElements", base.make(), list.make()),
        model.initElements(modelOf(full(2)), base.make(), list.make()),
      );
      const expected = model.segment(list.make());
      reach("ok" in expected ? "a segment" : "no segment");
      const made: ReturnType<typeof face.ElementSegment.create> = Reflect.apply(
        face.ElementSegment.create,
        face.ElementSegment,
        [list.make()],
      );
      return allOf(
        failure,
        made.ok
          ? agrees(
            { ok: made.value.size() },
            "ok" in expected ? { ok: expected.ok.slots.length } : expected,
          )
          : agrees(outcomeOf(made), expected),
      );
    },
  }),
  defineProof({
    id: "linear_table/lists_too_long_are_refused_unread",
    claim: "no item is read of a list that is longer than a segment, or than the slots left",
    subject: ["ElementSegment.create", "Table.initElements"],
    spec: "Wasm JavaScript interface 2.0, 10",
    strength: "bounded",
    domain: domain.product({
      length: domain.of(1, 2, 3, 9_999_999, 10_000_000, 10_000_001, 2 ** 32 - 1, 2 ** 53 - 1),
      name: domain.of("create", "initElements"),
    }),
    reaches: ["read", "not read"],
    implementation: linear,
    mutants: [
      mutant(SEGMENT, "list.length > TABLE_SLOTS_MAX", "list.length > TABLE_SLOTS_MAX + 1"),
      mutant(SEGMENT, "list.length > TABLE_SLOTS_MAX", "list.length >= TABLE_SLOTS_MAX"),
      mutant(TABLE, "list?.length ?? 0", "0"),
    ],
    check({ length, name }, reach, { ElementSegment, Table }) {
      let reads = 0;
      const list = proxied([], (key) => (key === "length" ? length : ++reads && undefined));
      const table = tableOf({ Table }, full(2));
      if (name === "initElements") call(table, name, 0, list);
      else Reflect.apply(ElementSegment.create, ElementSegment, [list]);
      const most = name === "initElements" ? table.size() : 10_000_000;
      reach(reads === 0 ? "not read" : "read");
      // The first item is none, so that no other is asked for.
      return agrees(reads, length > most ? 0 : 1);
    },
  }),
  defineProof({
    id: "linear_table/constructors_give_nothing_away",
    claim: "a table or segment made past the type checker with new is empty and works",
    subject: ["Table.size", "Table.grow", "ElementSegment.size", "ElementSegment.drop"],
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.product({ first: hostileValues, second: hostileValues }),
    reaches: ["made"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "private constructor() {}",
        "constructor(slots: string) { this.#max = slots.length; }",
      ),
      mutant(
        SEGMENT,
        "private constructor() {}",
        "constructor(slots: never[]) { this.#slots = slots.slice(); }",
      ),
    ],
    check({ first, second }, reach, { Table, ElementSegment }) {
      reach("made");
      const sizes: unknown[] = [];
      const failure = isTotal(() => {
        const args = [first.make(), second.make()];
        const table: linear.Table = Reflect.construct(Table, args);
        const segment: linear.ElementSegment = Reflect.construct(ElementSegment, args);
        segment.drop();
        sizes.push(table.size(), table.maxSize, table.grow(1, null), segment.size());
      });
      return allOf(failure, agrees(sizes, [0, 0, -1, 0]));
    },
  }),
];

register(proofs);
