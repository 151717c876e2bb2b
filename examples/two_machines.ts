/**
 * Two guests that talk: one sends words, one adds them up, and the host is the post between them.
 * They take turns of some gas; whoever waits for the other spends none.
 *
 * Run it: `deno run examples/two_machines.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { SparseMemory } from "@ringfence/core/paged";
import { assemble, type Exit, Machine, Program } from "@ringfence/core/pvm";

const SENDER = `
        .equ SEND, 1                    ; r7: a word
loop:   mul_64 r7, r6, r6
        ecalli SEND
        add_imm_64 r6, r6, 1
        branch_lt_u_imm r6, 100, loop
        load_imm r7, -1                 ; the end
        ecalli SEND
        jump_ind [r0]
`;
const RECEIVER = `
        .equ RECEIVE, 2                 ; gives a word in r7
        fallthrough
loop:   ecalli RECEIVE
        branch_eq_imm r7, -1, done
        add_64 r6, r6, r7
        jump loop
done:   jump_ind [r0]
`;
const SEND = 1n; // the other call receives
const ROOM = 4; // words that the post holds
const TURN = 12n; // gas: some turns end in the midst
const HALT = 0xffff_0000n;

function machineOf(source: string): Machine {
  const assembled = assemble(source);
  const memory = SparseMemory.create({ reservedBytes: 65_536 });
  assert(assembled.ok && memory.ok);
  const program = Program.create(assembled.value.code);
  assert(program.ok);
  const made = Machine.create(program.value, { memory: memory.value, gas: 0n, registers: [HALT] });
  assert(made.ok);
  return made.value;
}

const post: bigint[] = [];
const stops: Record<string, number> = {};

/** Does what a guest waits for, if it can be done now. */
function deliver(machine: Machine, wanted: bigint): boolean {
  if (wanted === SEND) return post.length < ROOM && post.push(machine.register(7)) > 0;
  const word = post.shift();
  return word !== undefined && machine.setRegister(7, word).ok;
}

type Guest = { readonly machine: Machine; exit: Exit };

/** Lets a guest run until its turn is over, it has to wait, or it ends; says whether it did anything. */
function takeTurn(guest: Guest): boolean {
  const { machine } = guest;
  if (guest.exit.kind === "halt") return false;
  if (guest.exit.kind === "host-call" && !deliver(machine, guest.exit.id)) return false;
  machine.setGas(TURN);
  for (;;) {
    guest.exit = machine.run(); // behind the call, when it stopped at one
    stops[guest.exit.kind] = (stops[guest.exit.kind] ?? 0) + 1;
    if (guest.exit.kind !== "host-call" || !deliver(machine, guest.exit.id)) return true;
  }
}

const sender: Guest = { machine: machineOf(SENDER), exit: { kind: "out-of-gas" } };
const receiver: Guest = { machine: machineOf(RECEIVER), exit: { kind: "out-of-gas" } };
// Each turn does something, or both wait: then nothing will ever happen again.
while ([takeTurn(sender), takeTurn(receiver)].includes(true));

assertEquals([sender.exit, receiver.exit], [{ kind: "halt" }, { kind: "halt" }]);
assertEquals(receiver.machine.register(6), 328_350n); // the squares of 0 to 99
assertEquals(stops, { "host-call": 202, "out-of-gas": 66, halt: 2 });
console.log("two machines: the sum of what was sent is", receiver.machine.register(6));
