/** Random programs of every operation, on the memory and on its model side by side. */

import fc from "fast-check";
import { LOADS, STORES } from "../model/linear_memory_access.ts";
import { biased, defineProof, type InputSource, type Proof } from "../src/proof/mod.ts";
import { sampled, sequenceAgrees } from "../src/proof/mod.ts";
import { implementation, mutant } from "./_kit/linear_memory.ts";
import { applyModel, applyReal, type Command, SEGMENT } from "./_kit/linear_memory_commands.ts";
import { SELF, stateOfModelWorld, stateOfWorld, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const SHAPE = { pages: 2, max: 5, pageBytes: 16 };

/** Offsets and lengths around the sizes that the memory takes on. */
const offset = fc.oneof(
  biased.index(32),
  fc.integer({ min: 0, max: 90 }),
  fc.constantFrom(-1, 0.5),
);
/** Mostly within the memory, so that most copies succeed. */
const near = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 24 }) }, offset);
const length = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 12 }) }, offset);
const word = fc.oneof(biased.i32(), biased.u32(), fc.constantFrom<unknown>(2 ** 32, -0, "1"));
const long = fc.oneof(
  biased.signed(64),
  biased.unsigned(64),
  fc.constantFrom<unknown>(1n << 64n, 1),
);
const float = fc.oneof(fc.double(), fc.float(), fc.constantFrom<unknown>(NaN, -0, Infinity, 1n));
const bytes = biased.bytes(20);
const pages = fc.oneof(fc.integer({ min: 0, max: 6 }), biased.u32());

function operands(name: string): fc.Arbitrary<unknown>[] {
  if (name === "storeI64Halves") return [word, word];
  if (name === "storeF32" || name === "storeF64") return [float];
  return [name.startsWith("storeI64") || name === "storeF64Bits" ? long : word];
}

function commandOf(method: string, ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Command> {
  return fc.record({ method: fc.constant(method), args: fc.tuple(...args) });
}

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(...Object.keys(LOADS).map((name) => commandOf(name, offset))) },
  {
    weight: 8,
    arbitrary: fc.oneof(
      ...Object.keys(STORES).map((name) => commandOf(name, offset, ...operands(name))),
    ),
  },
  { weight: 3, arbitrary: commandOf("copy", near, near, length) },
  commandOf("copyFrom", fc.constant(SELF), near, near, length),
  commandOf("fill", near, word, length),
  commandOf("initSegment", fc.constant(SEGMENT), near, fc.integer({ min: 0, max: 6 }), length),
  commandOf("drop"),
  commandOf("initData", near, bytes),
  commandOf("write", near, bytes),
  commandOf("read", near, length),
  commandOf("grow", pages),
  commandOf("init", pages),
  commandOf("size"),
);

const programs: InputSource<readonly Command[]> = fc.array(command, { maxLength: 40 });

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/programs_agree_with_model",
    claim: "after every command of a random program of all operations, growth and new beginnings " +
      "included, outcome and whole state are the model's",
    subject: [
      ...[...Object.keys(LOADS), ...Object.keys(STORES)].map((name) => `IsolatedMemory.${name}`),
      ...["copy", "copyFrom", "fill", "initSegment", "initData", "write", "read", "grow", "init"]
        .map((name) => `IsolatedMemory.${name}`),
      ...["IsolatedMemory.size", "DataSegment.drop"],
    ],
    spec: "Wasm core 2.0, 4.4.7",
    strength: "sampled",
    domain: sampled(programs, { runs: 1500, describe: "programs of up to 40 commands" }),
    reaches: ["value", "refused"],
    implementation,
    mutants: [
      mutant("backing.ts", ".fill(0, kept * this.pageBytes)", ""),
      mutant("backing.ts", "this.size = size;", "this.size = Math.max(this.size, size);"),
      mutant("bounds.ts", "isNatural(offset, size - width)", "isNatural(offset, size - width + 1)"),
      mutant("bulk.ts", "bytes.copyWithin(dst, src, src + len)", "bytes.copyWithin(dst, src)"),
      mutant(
        "backing.ts",
        "this.#heldBytes = Math.max(heldBytes, enginePages(bytes) * PAGE_SIZE);",
        "this.#heldBytes = bytes;",
      ),
    ],
    check: (commands, reach, face) =>
      sequenceAgrees(
        {
          start: () => worlds(face, SHAPE),
          applyModel,
          applyReal,
          stateOfModel: stateOfModelWorld,
          stateOfReal: stateOfWorld,
          reached: (_, outcome) =>
            typeof outcome === "object" && outcome !== null && !("ok" in outcome)
              ? "refused"
              : "value",
        },
        commands,
        reach,
      ),
  }),
];

register(proofs);
