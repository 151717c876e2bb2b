/** Ranges: every destination, source and length of a tiny memory, and two memories at once. */

import { copy, fill } from "../model/linear_memory.ts";
import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { implementation, kept, kindOf, mutant, outcomeOf } from "./_kit/linear_memory.ts";
import { stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { applyModel, applyReal, type Command, SEGMENT } from "./_kit/linear_memory_commands.ts";
import { stateOfModelWorld, stateOfWorld, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7 (bulk operations)";
const SIZE = 16;
const shape = { pages: 1, max: 2, pageBytes: SIZE };
const tiny = kept(shape);
const other = kept({ pages: 2, max: 2, pageBytes: SIZE / 2 });

/** Every offset of the tiny memory and some beyond. */
const PLACES = domain.range(0, SIZE + 2);
const RANGES = domain.product({ dst: PLACES, src: PLACES, len: PLACES });

/** A range check that is off in either direction, at either end, or sums in 32 bits. */
const RANGE_MUTANTS = [
  mutant(
    "bounds.ts",
    "isNatural(length, size) && fits(size, offset, length)",
    "isNatural(length, size) && fits(size + 1, offset, length)",
  ),
  mutant(
    "bounds.ts",
    "isNatural(length, size) && fits(size, offset, length)",
    "isNatural(length, size) && fits(size - 1, offset, length)",
  ),
  mutant(
    "bounds.ts",
    "isNatural(length, size) && fits(size, offset, length)",
    "length === 0 || (isNatural(length, size) && fits(size, offset, length))",
  ),
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/copy_agrees_with_model",
    claim: "copy gives the model's outcome and whole state for every destination, source and " +
      "length of a tiny memory, overlapping in either direction",
    subject: ["IsolatedMemory.copy"],
    spec: SPEC,
    strength: "bounded",
    domain: RANGES,
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [
      ...RANGE_MUTANTS,
      mutant(
        "bulk.ts",
        "bytes.copyWithin(dst, src, src + len)",
        "for (let at = 0; at < len; at++) bytes[dst + at] = bytes[src + at] ?? 0",
      ),
      mutant(
        "bulk.ts",
        "bytes.copyWithin(dst, src, src + len)",
        "for (let at = len - 1; at >= 0; at--) bytes[dst + at] = bytes[src + at] ?? 0",
      ),
      mutant(
        "bulk.ts",
        "bytes.copyWithin(dst, src, src + len)",
        "bytes.copyWithin(src, dst, dst + len)",
      ),
      mutant(
        "bulk.ts",
        "bytes.copyWithin(dst, src, src + len)",
        "bytes.copyWithin(dst, src, src + len - 1)",
      ),
      mutant("bulk.ts", " || !rangeFits(size, src, len)", ""),
      mutant("bulk.ts", "if (!rangeFits(size, dst, len) || ", "if ("),
    ],
    check({ dst, src, len }, reach, face) {
      const { real, model } = tiny(face);
      real.asSlice().set(model.bytes);
      const { state, outcome } = copy(model, model.bytes, dst, src, len);
      reach(kindOf(outcome));
      return agreesWithModel(
        { outcome: outcomeOf(real.copy(dst, src, len)), state: stateOf(real) },
        { outcome, state: stateOfModel(state) },
      );
    },
  }),
  defineProof({
    id: "linear/copy_between_memories_agrees_with_model",
    claim: "copyFrom another memory gives the model's outcome, writes this memory as the model " +
      "does and leaves the other as it was, for every range of both",
    subject: ["IsolatedMemory.copyFrom"],
    spec: SPEC,
    strength: "bounded",
    domain: RANGES,
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [
      ...RANGE_MUTANTS,
      mutant("bulk.ts", "from.bytes.subarray(src, src + len)", "at.bytes.subarray(src, src + len)"),
      mutant(
        "bulk.ts",
        "from.bytes.subarray(src, src + len)",
        "from.bytes.subarray(src, src + len + 1)",
      ),
      mutant(
        "bulk.ts",
        "at.bytes.set(from.bytes.subarray(src, src + len), dst)",
        "from.bytes.set(at.bytes.subarray(dst, dst + len), src)",
      ),
      mutant(
        "bulk.ts",
        "if (!rangeFits(from.size, src, len)) return err(from.fault);\n    at.bytes",
        "at.bytes",
      ),
      mutant("bulk.ts", "!rangeFits(from.size, src, len)", "!rangeFits(at.size, src, len + 1)"),
    ],
    check({ dst, src, len }, reach, face) {
      const [to, from] = [tiny(face), other(face)];
      const source = from.model.bytes.map((byte) => 255 - byte);
      to.real.asSlice().set(to.model.bytes);
      from.real.asSlice().set(source);
      const { state, outcome } = copy(to.model, source, dst, src, len);
      reach(kindOf(outcome));
      return allOf(
        agreesWithModel(
          {
            outcome: outcomeOf(to.real.copyFrom(from.real, dst, src, len)),
            state: stateOf(to.real),
          },
          { outcome, state: stateOfModel(state) },
        ),
        agrees(stateOf(from.real), stateOfModel({ ...from.model, bytes: source })),
      );
    },
  }),
  defineProof({
    id: "linear/fill_agrees_with_model",
    claim: "fill gives the model's outcome and whole state for every range of a tiny memory and " +
      "bytes of every kind",
    subject: ["IsolatedMemory.fill"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      offset: PLACES,
      len: PLACES,
      byte: domain.of(...[0, 1, 0x80, 0xff, 0x100, -1, 0x1234_5678, 2 ** 32 - 1, 2 ** 32, 0.5, -0]),
    }),
    reaches: ["value", "out-of-bounds", "invalid-argument"],
    implementation,
    mutants: [
      ...RANGE_MUTANTS,
      mutant("bulk.ts", "bytes.fill(byte, offset, offset + len)", "bytes.fill(byte, offset, len)"),
      mutant(
        "bulk.ts",
        "bytes.fill(byte, offset, offset + len)",
        "bytes.fill(byte, offset, offset + len - 1)",
      ),
      mutant("bulk.ts", 'if (!isWord(byte)) return invalidArgument("byte", WORD, byte);', ""),
      mutant(
        "bulk.ts",
        "if (!rangeFits(size, offset, len)) return err(fault);\n    if (!isWord(byte))",
        "if (isWord(byte)) bytes.fill(byte, offset, offset + len);\n    if (!rangeFits(size, offset, len)) return err(fault);\n    if (!isWord(byte))",
      ),
    ],
    check({ offset, len, byte }, reach, face) {
      const { real, model } = tiny(face);
      real.asSlice().set(model.bytes);
      const { state, outcome } = fill(model, offset, byte, len);
      reach(kindOf(outcome));
      return agreesWithModel(
        { outcome: outcomeOf(real.fill(offset, byte, len)), state: stateOf(real) },
        { outcome, state: stateOfModel(state) },
      );
    },
  }),
  defineProof({
    id: "linear/init_segment_agrees_with_model",
    claim: "initSegment gives the model's outcome and whole state for every range of memory and " +
      "segment, before and after the segment is dropped",
    subject: ["IsolatedMemory.initSegment", "DataSegment.create", "DataSegment.drop"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      dst: PLACES,
      src: domain.range(0, 7),
      len: domain.range(0, 7),
      drops: domain.range(0, 2),
    }),
    reaches: ["kept", "dropped"],
    implementation,
    mutants: [
      mutant("segment.ts", "this.#bytes = new Uint8Array(0);\n  }\n}", "}\n}"),
      mutant("bulk.ts", "from.subarray(src, src + len)", "from.subarray(src)"),
      mutant(
        "bulk.ts",
        "!rangeFits(from.length, src, len)",
        "!rangeFits(from.length + 1, src, len)",
      ),
      mutant(
        "bulk.ts",
        "!rangeFits(from.length, src, len)",
        "!rangeFits(from.length, src, len) && len > 0",
      ),
    ],
    check({ dst, src, len, drops }, reach, face) {
      const { real, model } = worlds(face, shape);
      reach(drops === 0 ? "kept" : "dropped");
      const commands: readonly Command[] = [
        ...Array.from({ length: drops }, () => ({ method: "drop", args: [] })),
        { method: "initSegment", args: [SEGMENT, dst, src, len] },
      ];
      let [state, outcome, given]: [typeof model, unknown, unknown] = [model, undefined, undefined];
      for (const command of commands) {
        ({ state, outcome } = applyModel(state, command));
        given = applyReal(real, command);
      }
      return agreesWithModel(
        { outcome: given, state: stateOfWorld(real) },
        { outcome, state: stateOfModelWorld(state) },
      );
    },
  }),
];

register(proofs);
