/** Programs of several chunks. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import { linked, REST } from "./_kit/recompiler_lines.ts";
import {
  type Beginning,
  both,
  placesOf,
  runTwins,
  twinsOf,
  withEntries,
} from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const SEGMENTS = "src/pvm/recompiler/segments.ts";
const CHUNK = "src/pvm/recompiler/chunk.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const MODULE = "src/pvm/recompiler/module.ts";

/** Straight code with a call of far code, and a loop over all of it, in blocks of some length. */
function longProgram(length: number, block: number, far: number): Beginning["code"] {
  const lines: (readonly number[])[] = [];
  const jumps = new Map<number, number>();
  for (let line = 0; line < length; line++) {
    if (line % block === block - 1) lines.push(op("fallthrough"));
    else lines.push(op("add_imm_64", { a: line % 11, b: (line + 3) % 11, x: BigInt(line) }));
  }
  const middle = Math.trunc(length / 2 / block) * block;
  // Far ahead there is a small loop, which is jumped into from another chunk.
  const target = Math.min(middle + far * block, Math.trunc((length - 1) / block) * block);
  if (target + block <= length && target > middle) {
    lines[target + block - 2] = op("add_imm_64", { a: 11, b: 11, x: -1n });
    jumps.set(target + block - 1, target - block);
    lines[target + block - 1] = op("branch_gt_s_imm", { a: 11, x: 0n });
  }
  // From the midst far ahead and, from there, back.
  jumps.set(middle - 1, target);
  lines[middle - 1] = op("branch_ne_imm", { a: 12, x: 3n });
  lines.push(op("add_imm_64", { a: 12, b: 12, x: -1n }));
  jumps.set(lines.length, Math.trunc(length / 3 / block) * block);
  lines.push(op("branch_gt_s_imm", { a: 12, x: 5n }));
  jumps.set(lines.length, 0);
  lines.push(op("branch_gt_s_imm", { a: 12, x: 0n }));
  lines.push(op("trap"));
  return linked(lines, jumps);
}

/** One block that is cut between two chunks, with a loop that begins in it where it is cut. */
function loopAtCut(length: number, cut: number): Beginning["code"] {
  const lines = Array.from(
    { length },
    (_, line) => op("add_imm_64", { a: line % 11, b: (line + 3) % 11, x: BigInt(line) }),
  );
  lines.push(op("add_imm_64", { a: 12, b: 12, x: -1n }));
  lines.push(op("branch_gt_s_imm", { a: 12, x: 0n }), op("trap"));
  const code = linked(lines, new Map([[length + 1, cut]]));
  // Code is entered so shortly before the cut that it would not be entered there for that reason.
  return withEntries(code, [placesOf(code)[cut - 10] ?? 0]);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/chunks_agree",
    claim:
      "programs of several chunks run alike, with jumps, loops and blocks across their borders",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.5",
    strength: "bounded",
    domain: domain.product({
      shape: domain.of([2_300, 7, 150], [2_300, 2_200, 0], [4_200, 4_100, 0], [2_000, 3, 250], [
        2_100,
        0,
        2_000,
      ]),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["panic", "trap", "out-of-gas"],
    implementation: recompiler,
    mutants: [
      mutant(SEGMENTS, "if (to <= segment || isFar)", "if (to <= segment)"),
      mutant(
        CHUNK,
        "this.#start = segments.chunks[number] ?? 0;",
        "this.#start = (segments.chunks[number] ?? 0) + (number > 0 ? 1 : 0);",
      ),
      mutant(
        CHUNK,
        "return idOf(this.#segments, this.#start + local);",
        "return idOf(this.#segments, local);",
      ),
      mutant(WRITER, "if (to < 0 || to >= this.#chunk.count) {", "if (to > this.#chunk.count) {"),
      mutant(MODULE, "step.op(op.I32_GE_S);", "step.op(op.I32_LT_S);"),
      mutant(
        WRITER,
        "if (next !== local + 1 || next >= this.#chunk.count) this.#jump(local, next);",
        "if (next !== local + 1) this.#jump(local, next);",
      ),
    ],
    check: ({ shape, gasModel }, reach, face) => {
      const [length = 0, block = 1, far = 0] = shape;
      const isCut = block === 0; // in the midst of blocks only the JAVM lets jumps go
      const code = isCut ? loopAtCut(length, far) : longProgram(length, block, far);
      const dialect = isCut ? "javm" as const : "gray-paper" as const;
      const beginning = { ...REST, code, dialect, gasModel, gas: 90_000n };
      const twins = twinsOf(beginning, enginesOf(face).recompiler);
      const watched = watchEngine(() => {
        for (const gas of [90_000n, 1_000n, 1_999n, 2_500n, 7n, 60_000n]) {
          both(twins, (machine) => machine.setGas(gas));
          const { kind, failure } = runTwins(twins);
          reach(kind);
          if (failure !== undefined) return failure;
          if (kind !== "out-of-gas") both(twins, (machine) => value(machine.setPc(0)));
        }
        return undefined;
      });
      return watched.refused > 0 ? "a module is refused" : watched.value;
    },
  }),
];

register(proofs);
