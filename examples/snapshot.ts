/**
 * A machine that outlives its process: it runs for 500 gas, is written to a file, and goes on from
 * there when the program is started again. Without a file it takes all turns at once.
 *
 * Run it, again and again: `deno run --allow-read --allow-write examples/snapshot.ts FILE`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { SparseMemory } from "@ringfence/core/paged";
import { assemble, initialState, Machine, Program } from "@ringfence/core/pvm";

const SUM = `
loop:   load_ind_u64 r3, [r1 - 8]       ; the sum grows on the stack
        add_64 r3, r3, r9
        store_ind_u64 [r1 - 8], r3
        add_imm_64 r9, r9, -1
        branch_ne_imm r9, 0, loop
        jump_ind [r0]
`;
const GAS = 500n;
const assembled = assemble(SUM); // a host keeps the program by its hash, and only the state here
assert(assembled.ok);
const prepared = Program.create(assembled.value.code);
assert(prepared.ok);
const program = prepared.value;

/** A machine as text: where it stands, and every page that it has. */
function save({ pc, registers, memory }: Machine): string {
  const pages = Array.from(memory.pages(), (page) => ({ ...page, bytes: [...page.bytes] }));
  const heap = [memory.heapBase, memory.heapTop, memory.maxHeapPages];
  return JSON.stringify({ pc, registers: registers.map(String), pages, heap });
}

/** The machine that a text was made of; it goes on where that one stopped. */
function restore(text: string): Machine {
  const { pc, registers, pages, heap: [base, top, maxPages] } = JSON.parse(text);
  const memory = SparseMemory.create({ reservedBytes: 65_536 });
  assert(memory.ok);
  for (const { address, access, bytes } of pages) {
    assert(memory.value.mapRegion(address, bytes.length, access, Uint8Array.from(bytes)).ok);
  }
  assert(memory.value.setHeap(base, top, maxPages).ok);
  const start = { memory: memory.value, gas: GAS, pc, registers: registers.map(BigInt) };
  const machine = Machine.create(program, start);
  assert(machine.ok);
  return machine.value;
}

/** A machine that has not begun to add 1 to `count`. */
function begin(count: bigint): Machine {
  assert(assembled.ok);
  const state = initialState(assembled.value.program, new Uint8Array(0));
  assert(state.ok);
  const machine = Machine.create(program, { ...state.value, gas: GAS });
  assert(machine.ok && machine.value.setRegister(9, count).ok);
  return machine.value;
}

const file = process.argv[2];
let machine = file !== undefined && existsSync(file)
  ? restore(readFileSync(file, "utf8"))
  : begin(1_000n);
let { kind } = machine.run();
if (file !== undefined) writeFileSync(file, save(machine));
else {
  for (; kind === "out-of-gas"; kind = machine.run().kind) machine = restore(save(machine));
  assertEquals([kind, machine.register(3)], ["halt", 500_500n]);
}
console.log(`snapshot: ${kind}, the sum is ${machine.register(3)}`);
