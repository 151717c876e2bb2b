/** Proofs of copying runs of slots from tables and segments, beside the model. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_table.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { runs } from "./_kit/table_arguments.ts";
import {
  call,
  type Digits,
  type Face,
  full,
  modelOf,
  modelSlots,
  segmentOf,
  stateOf,
  stateOfModel,
  stepAgrees,
  tableOf,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const BOUNDS = "src/linear/bounds.ts";
const TABLE = "src/linear/table.ts";
const SLOTS = "src/linear/table_slots.ts";
const SEGMENT = "src/linear/element_segment.ts";
const COPY_SPEC = "Wasm core 2.0, 4.4.6.6";

/** A copy that writes one slot before it notices that the rest does not fit. */
const halfDone = mutant(
  TABLE,
  "if (!rangeFits(to.length, dst, len) || !rangeFits(from.length, src, len)) {",
  `if (!rangeFits(to.length, dst, len) || !rangeFits(from.length, src, len)) {
    if (fits(to.length, dst, 1) && fits(from.length, src, 1) && len > 0) to[dst] = from[src] ?? null;`,
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_table/copy_agrees_with_model",
    claim: "copy moves every run within a table as the model does, also where the two overlap",
    subject: ["Table.copy"],
    spec: COPY_SPEC,
    strength: "bounded",
    domain: domain.product({ size: domain.of(0, 1, 4), run: runs(4) }),
    reaches: ["done", "table-out-of-bounds"],
    implementation: linear,
    mutants: [
      halfDone,
      mutant(SLOTS, "if (dst <= src)", "if (true)"),
      mutant(SLOTS, "if (dst <= src)", "if (false)"),
      mutant(SLOTS, "for (let at = 0; at < count; at++)", "for (let at = 0; at < count - 1; at++)"),
      mutant(
        SLOTS,
        "for (let at = count - 1; at >= 0; at--)",
        "for (let at = count - 1; at > 0; at--)",
      ),
      mutant(TABLE, "!rangeFits(to.length, dst, len) ||", "!isNatural(dst, to.length) ||"),
      mutant(TABLE, "!rangeFits(from.length, src, len))", "!isNatural(src, from.length))"),
      mutant(
        TABLE,
        "this.#write(this.#slots, dst, src, len)",
        "this.#write(this.#slots, src, dst, len)",
      ),
      mutant(
        BOUNDS,
        "isNatural(length, size) && fits(size, offset, length)",
        "isNatural(length, size) && isNatural((offset + length) >>> 0, size)",
      ),
      mutant.equivalent(
        SLOTS,
        "if (dst <= src)",
        "if (dst < src)",
        "a run moved onto itself is the same in either direction",
      ),
    ],
    check: ({ size, run: { dst, src, len } }, reach, face) =>
      stepAgrees(
        reach,
        tableOf(face, full(size)),
        (table) => call(table, "copy", dst.make(), src.make(), len.make()),
        model.copy(modelOf(full(size)), modelOf(full(size)), dst.make(), src.make(), len.make()),
      ),
  }),
  defineProof({
    id: "linear_table/copy_from_agrees_with_model",
    claim: "copyFrom moves every run between two tables as the model does, and the source stays",
    subject: ["Table.copyFrom"],
    spec: COPY_SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.of(0, 1, 3),
      source: domain.of<Digits>([], [7], [0, 7, 8]),
      run: runs(3),
    }),
    reaches: ["done", "table-out-of-bounds"],
    implementation: linear,
    mutants: [
      halfDone,
      mutant(TABLE, "!rangeFits(from.length, src, len))", "!rangeFits(to.length, src, len))"),
      mutant(TABLE, "const slots = slotsOfTable(source);", "const slots = slotsOfTable(this);"),
      mutant(TABLE, "moveSlots(from, src, to, dst, len);", "moveSlots(to, dst, from, src, len);"),
    ],
    check({ size, source, run: { dst, src, len } }, reach, face) {
      const other = tableOf(face, source);
      const failure = stepAgrees(
        reach,
        tableOf(face, full(size)),
        (table) => call(table, "copyFrom", other, dst.make(), src.make(), len.make()),
        model.copy(modelOf(full(size)), modelOf(source), dst.make(), src.make(), len.make()),
      );
      return allOf(failure, agrees(stateOf(other), stateOfModel(modelOf(source))));
    },
  }),
  defineProof({
    id: "linear_table/copy_from_itself_is_copy",
    claim: "copyFrom with the table itself is copy, for every run",
    subject: ["Table.copyFrom", "Table.copy"],
    spec: COPY_SPEC,
    strength: "bounded",
    domain: domain.product({ size: domain.of(0, 1, 4), run: runs(4) }),
    reaches: ["compared"],
    implementation: linear,
    mutants: [
      mutant(
        TABLE,
        "const slots = slotsOfTable(source);",
        "const slots = slotsOfTable(source)?.slice(1);",
      ),
    ],
    check({ size, run: { dst, src, len } }, reach, face) {
      reach("compared");
      const [one, two] = [tableOf(face, full(size)), tableOf(face, full(size))];
      const expected = call(one, "copy", dst.make(), src.make(), len.make());
      const given = call(two, "copyFrom", two, dst.make(), src.make(), len.make());
      return allOf(agrees(given, expected), agrees(stateOf(two), stateOf(one)));
    },
  }),
  defineProof({
    id: "linear_table/init_segment_agrees_with_model",
    claim: "initSegment writes every run of a segment as the model does; a dropped one is empty",
    subject: ["Table.initSegment", "ElementSegment.create", "ElementSegment.drop"],
    spec: "Wasm core 2.0, 4.4.6.7 and 4.4.6.8",
    strength: "bounded",
    domain: domain.product({
      size: domain.of(1, 3),
      source: domain.of<Digits>([], [0, 7, 8]),
      dropped: domain.of(false, true),
      run: runs(3),
    }),
    reaches: ["done", "table-out-of-bounds"],
    implementation: linear,
    mutants: [
      halfDone,
      mutant(SEGMENT, "drop(): void {\n    this.#slots = [];", "drop(): void {"),
      mutant(SEGMENT, "segment.#slots = slots;", "segment.#slots = slots.slice(0, -1);"),
      mutant(TABLE, "!rangeFits(from.length, src, len))", "!isNatural(src, from.length))"),
    ],
    check({ size, source, dropped, run: { dst, src, len } }, reach, face) {
      const segment = segmentOf(face, source);
      const from = { slots: modelSlots(source) };
      if (dropped) segment.drop();
      const failure = stepAgrees(
        reach,
        tableOf(face, full(size)),
        (table) => call(table, "initSegment", segment, dst.make(), src.make(), len.make()),
        model.copy(
          modelOf(full(size)),
          dropped ? model.drop(from) : from,
          dst.make(),
          src.make(),
          len.make(),
        ),
      );
      return allOf(failure, agrees(segment.size(), dropped ? 0 : source.length));
    },
  }),
];

register(proofs);
