/** Proofs of programs of all operations on two tables and a segment, beside the model. */

import fc from "fast-check";
import { biased, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Command, programAgrees } from "./_kit/table_programs.ts";
import type { Face } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";
const SEGMENT = "src/linear/element_segment.ts";

const NAMES = [
  "get",
  "set",
  "grow",
  "fill",
  "copy",
  "copyFrom",
  "initSegment",
  "initElements",
  "callIndirect",
];

const index = biased.index(4);
const digit = fc.integer({ min: 0, max: 3 });
const move = { dst: index, src: index, len: index };
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ name: fc.constant("get"), index }),
  fc.record({ name: fc.constant("set"), index, digit }),
  fc.record({ name: fc.constant("grow"), count: biased.index(2), digit }),
  fc.record({ name: fc.constant("fill"), index, digit, count: index }),
  fc.record({ name: fc.constantFrom("copy", "copyFrom", "initSegment"), ...move }),
  fc.record({
    name: fc.constant("initElements"),
    index,
    digits: fc.array(digit, { maxLength: 4 }),
  }),
  fc.record({ name: fc.constant("callIndirect"), index, type: digit }),
  fc.record({ name: fc.constant("drop") }),
);

const reaches = ["drop done", ...NAMES.flatMap((name) => [`${name} done`, `${name} refused`])];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/programs_agree_with_model",
    claim: "programs of all operations give the model's outcomes and slots after every command",
    subject: [
      ...NAMES.slice(0, -1).map((name) => `Table.${name}`),
      "callIndirect",
      "ElementSegment.drop",
    ],
    spec: "Wasm core 2.0, 4.4.6",
    strength: "sampled",
    domain: sampled(fc.array(command, { maxLength: 30, size: "max" }), {
      runs: 800,
      describe: "programs of up to 30 commands on two tables and a segment",
    }),
    reaches,
    implementation: linear,
    mutants: [
      mutant(SLOTS, "if (dst <= src)", "if (dst >= src)"),
      mutant(SEGMENT, "drop(): void {\n    this.#slots = [];", "drop(): void {"),
      mutant(TABLE, "return asU32(size);", "return asU32(size + delta);"),
      mutant(
        TABLE,
        "appendSlots(this.#slots, delta, slot);",
        "appendSlots(this.#slots, delta, this.#slots[0] ?? slot);",
      ),
    ],
    check: programAgrees,
  }),
  defineProof({
    id: "linear_table/short_programs_agree_with_model",
    claim: "every program of two commands of a small set gives the model's outcomes and slots",
    subject: ["Table.grow", "Table.fill", "Table.copy", "Table.initSegment", "ElementSegment.drop"],
    spec: "Wasm core 2.0, 4.4.6",
    strength: "bounded",
    domain: domain.words<Command>(
      domain.union<Command>(
        domain.of({ name: "drop" }, { name: "get", index: 3 }, {
          name: "callIndirect",
          index: 3,
          type: 1,
        }),
        domain.product({
          name: domain.of("grow"),
          count: domain.range(0, 4),
          digit: domain.of(0, 1),
        }),
        domain.product({
          name: domain.of("set"),
          index: domain.range(2, 4),
          digit: domain.of(0, 1),
        }),
        domain.product({
          name: domain.of("fill"),
          index: domain.range(2, 4),
          digit: domain.of(1),
          count: domain.range(0, 2),
        }),
        domain.product({
          name: domain.of("copy", "copyFrom", "initSegment"),
          dst: domain.range(1, 4),
          src: domain.range(0, 2),
          len: domain.range(0, 2),
        }),
      ),
      2,
    ),
    reaches: reaches.filter((name) => !name.startsWith("initElements")),
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "if (!rangeFits(this.#slots.length, index, count))",
        "if (!rangeFits(3, index, count))",
      ),
      mutant(
        TABLE,
        "if (slot === undefined || !isNatural(delta, this.#max - size)) return -1;",
        "if (slot === undefined || !isNatural(delta, 3)) return -1;",
      ),
    ],
    check: programAgrees,
  }),
];

register(proofs);
