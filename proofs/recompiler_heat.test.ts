/** When code is worth compiling: slices of the interpreter, gas put down to parts and chunks, modules. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Prepared } from "../src/pvm/mod.ts";
import * as compiling from "../src/pvm/recompiler/compiled.ts";
import * as heating from "../src/pvm/recompiler/heat.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { preparedOf } from "./_kit/recompiler.ts";
import { register } from "./_kit/register.ts";

const HEAT = "src/pvm/recompiler/heat.ts";
const COMPILED = "src/pvm/recompiler/compiled.ts";
const heatMutant = sourceMutants<typeof heating>(HEAT);
const compiledMutant = sourceMutants<typeof compiling>(COMPILED);

const floor = Math.floor;

/** What so many instructions are worth: 20 to 200 for each, a fifth of their number between. */
function worth(instructions: number): number {
  const each = instructions < 100 ? 20 : instructions > 1_000 ? 200 : instructions / 5;
  return instructions * each;
}

/** The first slices of a program of so many instructions. */
function slices(instructions: number, count: number): readonly number[] {
  const eighth = floor(worth(Math.min(instructions, 1_024)) / 8);
  const length = Math.min(Math.max(eighth, 256), 8_192);
  let random = 1n;
  return Array.from({ length: count }, () => {
    random = (random * 1_103_515_245n + 12_345n) % 2n ** 32n;
    return floor(length / 2) + floor(length * Number(random) / 2 ** 32);
  });
}

const SIZES: readonly number[] = [
  ...[
    1,
    10,
    99,
    100,
    101,
    102,
    103,
    110,
    150,
    400,
    500,
    999,
    1_000,
    1_001,
    1_023,
    1_024,
    1_025,
    9_000,
  ],
];

/** A program of so many instructions, the trap at its end among them. */
function program(instructions: number): Prepared {
  const lines = Array.from({ length: instructions - 2 }, () => op("add_64", { a: 1, b: 2, d: 3 }));
  const prepared = preparedOf(
    realCode(assemble([...lines, op("trap")])),
    "gray-paper",
    "instruction",
  );
  if (prepared.layout.pcs.length !== instructions) throw new Error("has another length");
  return prepared;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/slices_are_as_long_as_their_program_is_worth",
    claim:
      "what code is worth grows with its size, slices are an eighth of it within limits, and a part is " +
      "hot once it took as much",
    subject: ["worthOf", "heatOf"],
    spec: "The recompiler's own design: heat",
    strength: "bounded",
    domain: domain.of(...SIZES),
    reaches: ["hot"],
    implementation: heating,
    mutants: [
      heatMutant(HEAT, "const WORTH_MOST = 200;", "const WORTH_MOST = 201;"),
      heatMutant(HEAT, "const WORTH_LEAST = 20;", "const WORTH_LEAST = 19;"),
      heatMutant(HEAT, "INSTRUCTIONS_PER_WORTH = 5", "INSTRUCTIONS_PER_WORTH = 6"),
      heatMutant(HEAT, "const PART_SHIFT = 10;", "const PART_SHIFT = 11;"),
      heatMutant(HEAT, "const SLICE_MOST = 8_192;", "const SLICE_MOST = 8_193;"),
      heatMutant(HEAT, "const SLICE_LEAST = 256;", "const SLICE_LEAST = 255;"),
      heatMutant(HEAT, "const SLICES_TO_HOT = 8;", "const SLICES_TO_HOT = 9;"),
      heatMutant(HEAT, "1_103_515_245", "1_103_515_244"),
      heatMutant(HEAT, "+ 12_345", "+ 12_344"),
      heatMutant(HEAT, "(this.#length >> 1) +", "(this.#length >> 2) +"),
      heatMutant(HEAT, "if (total >= this.#worth)", "if (total > this.#worth)"),
      heatMutant(HEAT, "#random = 1;", "#random = 2;"),
      heatMutant(HEAT, "return this.left === this.#whole;", "return this.left > 0;"),
      heatMutant(HEAT, "const part = number >>> PART_SHIFT;", "const part = 0;"),
      heatMutant(HEAT, "Math.min(first + size, instructions)", "(first + size)"),
      heatMutant(HEAT, "this.#parts.clear();", ""),
    ],
    check: (size, reach, { Heat, heatOf, worthOf }) => {
      const heat = new Heat(size);
      const wanted = slices(size, 400);
      const failure = agrees([worthOf(size), heat.left, heat.isWhole], [
        worth(size),
        wanted[0],
        true,
      ]);
      if (failure !== undefined) return failure;
      const prepared = program(Math.max(3, size));
      const known = heatOf(prepared);
      if (known !== heatOf(prepared) || known.left !== slices(Math.max(3, size), 1)[0]) {
        return "is not what is known of a program";
      }
      // A slice of which little is spent, in the second part; then only the first.
      const spent = Math.min(19, heat.left);
      heat.left -= spent;
      if (heat.isWhole) return "is whole after it was begun";
      heat.end(1_024);
      let total = 0;
      for (let slice = 1; !heat.isHot && slice < 300; slice++) {
        const before = total;
        if (heat.left !== wanted[slice]) return `slice ${slice} is ${heat.left}`;
        // The last one ends exactly where the part is worth it, or one before.
        const least = worth(Math.min(size, 1_024)) - total;
        const gas = Math.ceil(Math.min(heat.left, least > 1 ? least - 1 : least));
        total += gas;
        heat.left -= gas;
        heat.end(1_023);
        if (total === before) break;
      }
      reach("hot");
      const parts = [[(1_024 + Math.min(2_048, size)) >> 1, spent], [
        Math.min(1_024, size) >> 1,
        total,
      ]];
      return allOf(
        heat.isHot ? undefined : "never is hot",
        total >= worth(Math.min(size, 1_024)) && total < worth(Math.min(size, 1_024)) + 1
          ? undefined
          : `is hot after ${total}`,
        agrees(heat.handOn(size), parts),
        agrees(heat.handOn(size), []),
      );
    },
  }),
  defineProof({
    id: "recompiler/chunks_are_compiled_once_they_are_worth_it",
    claim:
      "a chunk is hot from the gas that it is worth on, modules are made once for each of 8 bases, and " +
      "none beyond 32 MiB",
    subject: ["stepper"],
    spec: "limits of the recompiler",
    strength: "bounded",
    domain: domain.of(3, 60, 150, 900),
    reaches: ["compiled"],
    implementation: compiling,
    mutants: [
      compiledMutant(COMPILED, ">= worthOf(this.sizeOf(chunk))", "> worthOf(this.sizeOf(chunk))"),
      compiledMutant(COMPILED, "this.bytes > BYTES_MAX", "this.bytes >= BYTES_MAX"),
      compiledMutant(COMPILED, "32 * 1024 * 1024", "33 * 1024 * 1024"),
      compiledMutant(COMPILED, "const BASES_MAX = 8;", "const BASES_MAX = 9;"),
      compiledMutant(COMPILED, "const BASES_MAX = 8;", "const BASES_MAX = 7;"),
      compiledMutant(COMPILED, "if (modules.has(chunk)) return modules.get(chunk);", ""),
      compiledMutant(COMPILED, "this.bytes += bytes.length;", ""),
      compiledMutant(COMPILED, "this.#onModule(bytes.length);", ""),
      compiledMutant(COMPILED, "modules.set(chunk, module);", ""),
      compiledMutant(COMPILED, "this.#isEager = true;", ""),
      compiledMutant(COMPILED, "step ??= ", "step = "),
    ],
    check: (size, reach, { Compiled, stepper }) => {
      const told: number[] = [];
      const make = () => new Compiled(program(size), (bytes) => told.push(bytes));
      const [one, full, eager] = [make(), make(), make()];
      const price = worth(size);
      one.warm(0, Math.ceil(price) - 1);
      const before = one.isHot(0);
      one.warm(0, 1);
      eager.compileAll();
      const failure = agrees(
        [one.sizeOf(0), before, one.isHot(0), full.isHot(0), eager.isHot(0)],
        [size, false, true, false, true],
      );
      if (failure !== undefined) return failure;
      const bases = Array.from({ length: 9 }, (_, base) => one.chunk(0, base * 4_096));
      const again = Array.from({ length: 9 }, (_, base) => one.chunk(0, base * 4_096));
      reach("compiled");
      const [sum, count] = [told.reduce((all, bytes) => all + bytes, 0), told.length];
      full.bytes = 2 ** 25;
      const last = full.chunk(0, 0);
      full.bytes = 2 ** 25 + 1;
      return allOf(
        agrees(bases.map((module) => module !== undefined), [...Array(8).fill(true), false]),
        bases.every((module, base) => module === again[base]) ? undefined : "is made twice",
        agrees([count, one.bytes > 0, one.bytes], [8, true, sum]),
        agrees([last !== undefined, full.chunk(0, 4_096)], [true, undefined]),
        stepper() !== undefined && stepper() === stepper() ? undefined : "is no stepper",
      );
    },
  }),
];

register(proofs);
