/** Random programs with loops, calls, tables and host calls, beside the interpreter. */

import { defineProof, type Proof, type Reach, sampled } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { type Face, mutant } from "./_kit/recompiler.ts";
import { type Case, compare } from "./_kit/recompiler_differential.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";
import fc from "fast-check";

const SEGMENTS = "src/pvm/recompiler/segments.ts";
const SHAPE = "src/pvm/recompiler/shape.ts";
const CHUNK = "src/pvm/recompiler/chunk.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const STAY = "src/pvm/recompiler/stay.ts";

const CASE = {
  seed: fc.nat(2 ** 31 - 1),
  dialect: fc.constantFrom("gray-paper" as const, "javm" as const),
  gasModel: fc.constantFrom(...GAS_MODELS),
  readOnlyStore: fc.constantFrom("panic" as const, "page-fault" as const),
};

/** Compares a case, and looks whether every module that was made is one. */
function isAlike(drawn: Case, reach: Reach, face: Face): string | undefined {
  const { recompiler } = enginesOf(face);
  const { value, modules, refused } = watchEngine(() => compare(drawn, recompiler));
  for (const exit of value.exits) reach(exit);
  if (modules > 0) reach("generated");
  return refused > 0 ? `${refused} modules are refused` : value.failure;
}

const EXITS = ["none", "panic", "trap", "page-fault", "host-call", "ecall", "out-of-gas"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/programs_with_loops_agree",
    claim:
      "programs of nested and crossing loops, calls and tables go through the interpreter's states, whatever their host edits",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A; JAVM Interpreter",
    strength: "sampled",
    domain: sampled(
      fc.record({
        ...CASE,
        pageSize: fc.constantFrom(4096, 4096, 4096, 16_384, 256),
        pieces: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 30, max: 200 })),
      }),
      { runs: 400, describe: "programs of up to 200 instructions, resumed up to seven times" },
    ),
    reaches: [...EXITS, "generated"],
    implementation: recompiler,
    mutants: [
      mutant(
        SEGMENTS,
        "number + 1 < pcs.length) mark(number + 1, behind[operation] ?? 0)",
        "number + 1 < pcs.length) mark(number + 1, 0)",
      ),
      mutant.equivalent(
        SEGMENTS,
        "? LEADER | AFTER_EXIT | OPEN",
        "? LEADER | OPEN",
        "the interpreter goes on up to the next place where code is entered",
      ),
      mutant(
        SEGMENTS,
        "if (this.#perInstruction || !isOpen) return",
        "if (this.#perInstruction) return",
      ),
      mutant(SEGMENTS, "if (this.#perInstruction || !isOpen) return", "if (true) return"),
      mutant(SEGMENTS, "if ((mark & TARGET) !== 0) this.#add", "if (false) this.#add"),
      mutant(SEGMENTS, "entry | fallen | PAID", "entry | fallen"),
      mutant(SHAPE, "end = Math.max(end, inside);", ""),
      mutant(SHAPE, "at = Math.max(at, inside) + 1;", "at = Math.max(at, inside) + 2;"),
      mutant(SHAPE, "loop > from; loop = outer[loop]", "loop >= from; loop = outer[loop]"),
      mutant(SHAPE, "if (loop !== at) shape.dispatches[loop] = 1;", ""),
      mutant(CHUNK, "return local + (isPassed ? 2 : 1);", "return local + 1;"),
      mutant(CHUNK, "if ((this.#flags(local) & PAID) !== 0) return 0;", ""),
      mutant(CHUNK, "- (isOpen ? this.word(this.first(local + 1), COST) : 0)", ""),
      mutant(WRITER, "return ~(2 * number);", "return ~(2 * number + 1);"),
      mutant(WRITER, "this.#announce(to, to);\n      return", "return"),
      mutant(WRITER, "this.#announce(loop < 0 ? to : loop, to);", ""),
      mutant.equivalent(
        WRITER,
        "else this.#announce(next, next);",
        "",
        "on the way to what comes before a loop no segment within it was named",
      ),
      mutant(
        WRITER,
        "register < REGISTERS; register++) {\n      writer.const32(0);\n      writer.get",
        "register < REGISTERS - 1; register++) {\n      writer.const32(0);\n      writer.get",
      ),
      mutant(STAY, "if (isWithin && perInstruction) left +=", "if (perInstruction) left +="),
      mutant(STAY, "if (isWithin && perInstruction) left +=", "if (isWithin) left +="),
      mutant(
        STAY,
        "const next = segmentBehind(segments, number);",
        "const next = segmentBehind(segments, number - 1);",
      ),
      mutant(STAY, "return costAt(number) - (isOpen", "return costAt(number) - 1 - (isOpen"),
      mutant(
        STAY,
        "leaveAt(state, prepared, number, isWithin && !perInstruction);",
        "leaveAt(state, prepared, number, false);",
      ),
      mutant(STAY, "numberOf(place), state.paid)", "numberOf(place), false)"),
    ],
    check: isAlike,
  }),
];

register(proofs);
