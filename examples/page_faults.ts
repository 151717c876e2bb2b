/**
 * Memory on demand: a guest reads a "file" of 1 GiB, of which the host makes a page when the guest
 * first touches it, and holds eight at most.
 *
 * Run it: `deno run examples/page_faults.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { PAGE_SIZE, SparseMemory } from "@ringfence/core/paged";
import { assemble, Machine, Program } from "@ringfence/core/pvm";

const FILE = { start: 0x1000_0000, bytes: 1 << 30 };
const PAGES_HELD = 8;

const assembled = assemble(`
        .equ STEP, 0x100_0000           ; 16 MiB: it looks at 64 words of the file, twice
again:  load_imm_64 r2, ${FILE.start}
        load_imm_64 r3, ${FILE.start + FILE.bytes}
        fallthrough
loop:   load_ind_u32 r4, [r2]
        add_64 r5, r5, r4
        load_ind_u32 r4, [r2 + 4]       ; in the same page
        add_64 r5, r5, r4
        add_imm_64 r2, r2, STEP
        branch_lt_u r2, r3, loop
        add_imm_64 r6, r6, 1
        branch_ne_imm r6, 2, again
        store_u32 [${FILE.start}], r5   ; the file can only be read
        jump_ind [r0]
`);
assert(assembled.ok);
const program = Program.create(assembled.value.code);
const made = SparseMemory.create({ reservedBytes: 65_536, limitBytes: PAGES_HELD * PAGE_SIZE });
assert(program.ok && made.ok);
const memory = made.value;
const machine = Machine.create(program.value, { memory, gas: 10_000n });
assert(machine.ok);

/** The bytes of a page of the file: each word is the page's number. */
function pageOf(address: number): Uint8Array {
  const words = new Uint32Array(PAGE_SIZE / 4).fill((address - FILE.start) / PAGE_SIZE);
  return new Uint8Array(words.buffer);
}

const held: number[] = []; // the pages that are mapped, the oldest first
let faults = 0;
let exit = machine.value.run();
// A fault changes nothing: once the page is there, the same instruction is done again.
while (exit.kind === "page-fault") {
  const { address } = exit;
  if (address < FILE.start || address >= FILE.start + FILE.bytes) break; // not the file
  const oldest = held.length === PAGES_HELD ? held.shift() : undefined;
  if (oldest !== undefined) assert(memory.resetRegion(oldest, PAGE_SIZE, "none").ok);
  assert(memory.mapRegion(address, PAGE_SIZE, "read-only", pageOf(address)).ok);
  held.push(address);
  faults++;
  exit = machine.value.run();
}

const sum = 64 * 63 / 2 * (0x100_0000 / PAGE_SIZE); // of the numbers of 64 pages
assertEquals(machine.value.register(5), BigInt(2 * 2 * sum));
assertEquals(faults, 2 * 64 + 1); // eight are too few for the second round, and for the store
assertEquals(memory.mappedBytes, PAGES_HELD * PAGE_SIZE);
assertEquals(exit, { kind: "panic" }); // the store
console.log(`page faults: ${faults} pages made, ${held.length} held, the sum is right`);
