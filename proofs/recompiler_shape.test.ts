/** Loops nested deep, programs of several chunks, and code that is generated and used at all. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import { linked, REST } from "./_kit/recompiler_lines.ts";
import { type Beginning, both, machineWith, runTwins, twinsOf } from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const SHAPE = "src/pvm/recompiler/shape.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const LINKED = "src/pvm/recompiler/linked.ts";
const STAY = "src/pvm/recompiler/stay.ts";
const ACCESSES = "src/pvm/recompiler/accesses.ts";

/**
 * Heads in a row, then as many jumps back: the first of them to the last head, and so on; then the same
 * once more, begun in its midst. Each jump is taken until its register is counted down; heads add to
 * register 12, ends multiply it.
 */
function nestedLoops(depth: number, isCrossing: boolean): Beginning["code"] {
  const lines: (readonly number[])[] = [];
  const jumps = new Map<number, number>();
  for (const round of [0, 1]) {
    const heads: number[] = [];
    for (let loop = 0; loop < depth; loop++) {
      heads.push(lines.length);
      lines.push(op("add_imm_64", { a: 12, b: 12, x: BigInt(loop + 1) }), op("fallthrough"));
    }
    for (let loop = 0; loop < depth; loop++) {
      const counter = 1 + loop % 11;
      const head = heads[isCrossing ? loop : depth - 1 - loop] ?? 0;
      // Once a jump leads here from before the loops.
      if (round === 1 && loop === depth >> 1) jumps.set(0, lines.length);
      lines.push(op("mul_imm_64", { a: 12, b: 12, x: 3n }));
      lines.push(op("add_imm_64", { a: counter, b: counter, x: -1n }));
      jumps.set(lines.length, head);
      lines.push(op("branch_gt_s_imm", { a: counter, x: round === 0 ? 3n : 0n }));
    }
  }
  // Now and then the first jump goes into the midst of the second nest.
  lines[0] = op("branch_lt_s_imm", { a: 12, x: 14n });
  return linked([...lines, op("trap")], jumps);
}

/** A loop that loads, stores and calls, by the window, by the stack, and by a page word. */
const BUSY = linked([
  op("load_imm", { a: 12, x: 3_000n }),
  op("load_imm", { a: 1, x: 0x4_0010n }),
  op("load_imm", { a: 2, x: 0x2_0010n }),
  op("load_imm", { a: 3, x: 0x5_0010n }),
  op("fallthrough"),
  op("load_ind_u32", { a: 4, b: 1, x: 8n }),
  op("store_ind_u64", { a: 12, b: 1, x: 4n }),
  op("load_ind_u64", { a: 5, b: 2, x: 16n }),
  op("store_ind_u16", { a: 4, b: 2, x: 20n }),
  op("load_ind_i16", { a: 6, b: 3, x: 1n }),
  op("sign_extend_8", { a: 6, d: 7 }),
  op("sign_extend_16", { a: 5, d: 8 }),
  op("mul_upper_s_s", { a: 7, b: 8, d: 9 }),
  op("add_imm_64", { a: 12, b: 12, x: -1n }),
  op("branch_ne_imm", { a: 12, x: 0n }),
  op("trap"),
], new Map([[14, 5]]));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/nested_loops_agree",
    claim: "loops in loops and loops that cross run alike, however deep, from every gas value on",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.5",
    strength: "bounded",
    domain: domain.product({
      depth: domain.of(1, 2, 3, 5, 15, 16, 17, 18, 24),
      isCrossing: domain.of(false, true),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["panic", "out-of-gas"],
    implementation: recompiler,
    mutants: [
      mutant(
        WRITER,
        "writer.const32(to);\n    writer.set(LOCAL.entry);\n    writer.br(this.#root);",
        "writer.br(this.#root);",
      ),
      mutant(SHAPE, "while (open.length > 0 &&", "if (open.length > 0 &&"),
      mutant(SHAPE, "outer[at] = open.at(-1) ?? -1;", "outer[at] = open[0] ?? -1;"),
      mutant(
        SHAPE,
        "for (let head = count - 1; head >= 0; head--) {",
        "for (let head = count - 2; head > 0; head--) {",
      ),
      mutant(SHAPE, "end = Math.max(end, inside);", ""),
      mutant(SHAPE, "if (loop >= 0 && loop !== to) entries[to] = 1;", ""),
      mutant.equivalent(
        SHAPE,
        "const DEPTH_MAX = 16;",
        "const DEPTH_MAX = 15;",
        "how deep loops nest in the code is not seen",
      ),
    ],
    check: ({ depth, isCrossing, gasModel }, reach, face) => {
      const code = nestedLoops(depth, isCrossing);
      const beginning = { ...REST, code, gasModel, gas: 0n };
      const twins = twinsOf(beginning, enginesOf(face).recompiler);
      const watched = watchEngine(() => {
        for (let gas = 1; gas < 30; gas++) {
          both(twins, (machine) => machine.setGas(gas === 29 ? 4_000n : BigInt(gas)));
          const { kind, failure } = runTwins(twins);
          reach(kind);
          if (failure !== undefined) return `with ${gas} gas: ${failure}`;
        }
        return undefined;
      });
      return watched.refused > 0 ? "a module is refused" : watched.value;
    },
  }),
  defineProof({
    id: "recompiler/loops_stay_in_generated_code",
    claim:
      "a loop that only loads, stores and computes is entered once, and is not left before its end",
    subject: ["recompiler"],
    spec: "The recompiler's own promise: what it can do it does",
    strength: "bounded",
    domain: domain.of(...GAS_MODELS),
    reaches: ["done"],
    implementation: recompiler,
    mutants: [
      mutant("src/pvm/recompiler/wasm_opcodes.ts", "I64_EXTEND8_S = 0xc2", "I64_EXTEND8_S = 0xc0"),
      mutant(
        "src/pvm/recompiler/wasm_opcodes.ts",
        "I64_EXTEND16_S = 0xc3",
        "I64_EXTEND16_S = 0xc1",
      ),
      mutant(ACCESSES, "writer.const32(PAGE_BYTES - 1 - reach);", "writer.const32(0);"),
      mutant(ACCESSES, "writer.const32(WORD_SHIFT);", "writer.const32(WORD_SHIFT - 1);"),
      mutant(STAY, "const isEntry = segment >= 0 &&", "const isEntry = segment > 9 &&"),
      mutant(
        "src/pvm/recompiler/segments.ts",
        "if ((numbers[middle] ?? 0) <= limit)",
        "if ((numbers[middle] ?? 0) < limit)",
      ),
      mutant(LINKED, "if (this.#linked.has(chunk) || this.#link(chunk)) return true;", ""),
    ],
    check: (gasModel, reach, face) => {
      const regions = [...REST.regions, [0x5_0000, 4096, "read-only"] as const];
      const beginning = { ...REST, regions, code: BUSY, gasModel, gas: 1_000_000n };
      const machine = machineWith(beginning, enginesOf(face).recompiler);
      const { value: exit, entries, refused } = watchEngine(() => machine.run());
      reach("done");
      if (refused > 0) return "a module is refused";
      if (exit.kind !== "panic") return `it ends by ${exit.kind}`;
      if (entries === 0) return "generated code is never entered";
      return entries > 4 ? `generated code is entered ${entries} times` : undefined;
    },
  }),
];

register(proofs);
