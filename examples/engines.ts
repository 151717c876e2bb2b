/**
 * Generated WebAssembly where it can be had, the interpreter elsewhere: the same results and the same
 * gas, at other speeds. A host chooses an engine, and nothing else changes.
 *
 * Run it: `deno run examples/engines.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { FlatMemory, type Memory, SparseMemory } from "@ringfence/core/paged";
import { assemble, type Engine, Machine, Program } from "@ringfence/core/pvm";
import { auto, recompiler } from "@ringfence/core/recompiler";

const assembled = assemble(`
loop:   mul_64 r3, r3, r2               ; a checksum that needs every round
        add_imm_64 r3, r3, 12345
        rot_r_64_imm r3, r3, 7
        add_imm_64 r4, r4, -1
        branch_ne_imm r4, 0, loop
        store_u64 [0x20000], r3
        jump_ind [r0]
`);
assert(assembled.ok);
const prepared = Program.create(assembled.value.code); // once, for all machines and engines
assert(prepared.ok);
const program = prepared.value;

const ROUNDS = 400_000n;
const HALT = 0xffff_0000n;

function memoryOf(kind: "sparse" | "flat"): Memory {
  const options = { reservedBytes: 65_536, limitBytes: 1 << 20 };
  const memory = kind === "sparse" ? SparseMemory.create(options) : FlatMemory.create(options);
  assert(memory.ok && memory.value.mapRegion(0x2_0000, 4096, "read-write").ok);
  return memory.value;
}

function run(engine: Engine | undefined, kind: "sparse" | "flat") {
  const gas = 5n * ROUNDS + 2n;
  const registers = [HALT, 0n, 0x5851_f42d_4c95_7f2dn, 1n, ROUNDS];
  const made = Machine.create(program, { memory: memoryOf(kind), gas, registers, engine });
  assert(made.ok);
  const machine = made.value;
  const start = performance.now();
  const exit = machine.run();
  const milliseconds = performance.now() - start;
  const { pc, gas: left, memory } = machine;
  const bytes = memory.read(0x2_0000, 8);
  assert(bytes.ok);
  return { seen: [exit, pc, left, machine.registers, [...bytes.value]], milliseconds };
}

const interpreted = run(undefined, "sparse");
assertEquals(interpreted.seen.slice(0, 3), [{ kind: "halt" }, 21, 0n]);
const ways: readonly (readonly [name: string, engine: Engine, kind: "sparse" | "flat"])[] = [
  ["recompiler()", recompiler(), "sparse"],
  ["auto(), which compiles what is hot", auto(), "sparse"],
  // Generated code works on the pages of a SparseMemory. Another memory is interpreted, and so is
  // everything where a page's policy or an embedded engine refuses to compile WebAssembly.
  ["recompiler(), which falls back", recompiler(), "flat"],
];
console.log(`engines: interpreter ${interpreted.milliseconds.toFixed(1)} ms`);
for (const [name, engine, kind] of ways) {
  const { seen, milliseconds } = run(engine, kind);
  assertEquals(seen, interpreted.seen); // exit, pc, gas, registers, memory
  console.log(`engines: ${name} ${milliseconds.toFixed(1)} ms`);
}
