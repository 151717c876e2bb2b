/**
 * A host for plug-ins of strangers: a guest may read and write a store of the host's, at a price for
 * each call and byte, and nothing else. What it wrote counts only if it halts.
 *
 * Run it: `deno run examples/plug_in.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { assemble, charge, give, HOST_RESULT, hostCalls, invoke } from "@ringfence/core/pvm";
import type { HostHandler, Machine } from "@ringfence/core/pvm";

const PLUG_IN = `
        .equ GET, 1             ; r7, r8: a key; r9, r10: room for its value
        .equ PUT, 2             ; r7, r8: a key; r9, r10: its value
        .rodata
key:    .ascii "visits"
        .bss
count:  .space 8
        .code
        load_imm r7, key
        load_imm r8, 6
        load_imm r9, count
        load_imm r10, 8
        ecalli GET              ; gives nothing the first time: the count is then 0
        load_u64 r2, [count]
        add_imm_64 r2, r2, 1
        store_u64 [count], r2
        load_imm r7, key
        ecalli PUT
        jump_ind [r0]
`;

/** The bytes that two registers point to; nothing when the guest may not read them. */
function bytesAt({ memory, registers }: Machine, first: number): Uint8Array | undefined {
  const [address = 0n, length = 0n] = registers.slice(first, first + 2);
  const read = memory.canRead(address, length)
    ? memory.read(Number(address), Number(length))
    : undefined;
  return read?.ok ? read.value : undefined;
}

/** Runs the plug-in on a store; says how it ended. */
function run(store: Map<string, Uint8Array>, gas: bigint): string {
  const changed = new Map(store);
  const get: HostHandler = (_call, machine) => {
    const unpaid = charge(machine, 20n); // first of all: nothing is done on credit
    if (unpaid !== undefined) return unpaid;
    const key = bytesAt(machine, 7);
    if (key === undefined) return give(machine, HOST_RESULT.OOB);
    const value = changed.get(new TextDecoder().decode(key));
    if (value === undefined) return give(machine, HOST_RESULT.NONE);
    const part = value.subarray(0, Number(machine.register(10)));
    const written = machine.memory.write(Number(machine.register(9)), part);
    return give(machine, written.ok ? BigInt(value.length) : HOST_RESULT.OOB);
  };
  const put: HostHandler = (_call, machine) => {
    const [key, value] = [bytesAt(machine, 7), bytesAt(machine, 9)];
    const unpaid = charge(machine, 20n + 2n * BigInt(value?.length ?? 0));
    if (unpaid !== undefined) return unpaid;
    if (key === undefined || value === undefined) return give(machine, HOST_RESULT.OOB);
    changed.set(new TextDecoder().decode(key), value);
    return give(machine, HOST_RESULT.OK);
  };
  const [assembled, handler] = [assemble(PLUG_IN), hostCalls({ 1: get, 2: put })];
  assert(assembled.ok && handler.ok);
  const options = { gas, handler: handler.value, limitBytes: 1 << 20 };
  const invoked = invoke(assembled.value.program, options);
  assert(invoked.ok);
  const { outcome, gasUsed } = invoked.value;
  for (const [key, value] of outcome.kind === "halt" ? changed : []) store.set(key, value);
  return `${outcome.kind} for ${gasUsed} gas`;
}

const store = new Map<string, Uint8Array>();
assertEquals(run(store, 1_000n), "halt for 67 gas");
assertEquals(run(store, 1_000n), "halt for 67 gas");
assertEquals(run(store, 66n), "out-of-gas for 66 gas"); // PUT was done, and does not count
assertEquals(store, new Map([["visits", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0)]]));
console.log(`plug-in: counted ${store.get("visits")?.[0]} visits`);
