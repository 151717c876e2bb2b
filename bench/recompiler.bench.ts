/** Cold starts: making a program of 20,000 instructions and running two million, on each engine. */

import { SparseMemory } from "../src/paged/mod.ts";
import { type Code, decodeBlob, type Engine, Machine, Program } from "../src/pvm/mod.ts";
import { auto, recompiler } from "../src/pvm/recompiler/mod.ts";
import { Builder } from "./rivals/builder.ts";

const INSTRUCTIONS = 20_000;
const ROUNDS = 100;
const PAGE = 0x2_0000;

/** Code that differs in every block with every mark, so that no cache knows it, nor one of its chunks. */
function codeOf(mark: number): Code {
  const builder = new Builder().one("load_imm", 6, mark).one("load_imm", 8, PAGE).label("round");
  for (let place = 0; place < INSTRUCTIONS; place += 8) {
    builder.three("add_64", 10, 7, 9)
      .immediate("xor_imm", 7, 10, place & 1023)
      .immediate("store_ind_u64", 7, 8, place & 2040)
      .immediate("load_ind_u32", 12, 8, place & 1020)
      .three("mul_64", 7, 7, 12)
      .immediate("add_imm_32", 10, 7, place + 65_536 * (mark + 1))
      .branchImmediate("branch_eq_imm", 10, 12_345, `next ${place}`)
      .label(`next ${place}`);
  }
  const code = decodeBlob(builder.plain("ecalli", 1).halt().blob());
  if (!code.ok) throw new Error(code.error.kind);
  return code.value;
}

function coldStart(code: Code, engine: Engine | undefined): void {
  const program = Program.create(code);
  const memory = SparseMemory.create({ reservedBytes: 65_536 });
  if (!program.ok || !memory.ok) throw new Error("no program");
  memory.value.mapRegion(PAGE, 4096, "read-write");
  const options = { memory: memory.value, gas: 1_000_000_000n, engine };
  const machine = Machine.create(program.value, options);
  if (!machine.ok) throw new Error(machine.error.expected);
  for (let round = 0; round < ROUNDS; round++) {
    const exit = machine.value.run();
    if (exit.kind !== "host-call") throw new Error(exit.kind);
    machine.value.setPc(0);
  }
}

let mark = 0;
const engines = { interpreter: () => undefined, recompiler, auto };
for (const [name, make] of Object.entries(engines)) {
  Deno.bench({
    name,
    group: "cold start, 20,000 instructions",
    baseline: name === "interpreter",
    n: 10,
    warmup: 0,
    fn(bench) {
      const code = codeOf(mark++);
      bench.start();
      coldStart(code, make());
      bench.end();
    },
  });
}
