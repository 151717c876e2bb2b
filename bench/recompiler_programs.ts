/** Programs of any size, and machines that run them, for the bench of cold starts. */

import { SparseMemory } from "../src/paged/mod.ts";
import { type Code, decodeBlob, Engine, Machine, type Prepared, Program } from "../src/pvm/mod.ts";
import { Builder } from "./rivals/builder.ts";

const PAGE = 0x2_0000;

/**
 * Code of so many instructions behind a loop of `hot` rounds; with a host call behind each. It differs in
 * every block with every mark, so that no cache of an engine knows it.
 */
export function codeOf(instructions: number, mark: number, hot = 1): Code {
  const builder = new Builder().one("load_imm", 6, mark).one("load_imm", 8, PAGE)
    .one("load_imm", 11, hot).label("hot")
    .immediate("add_imm_64", 11, 11, -1)
    .branchImmediate("branch_ne_imm", 11, 0, "hot")
    .plain("ecalli", 1);
  for (let place = 0; place < instructions; place += 8) {
    builder.three("add_64", 10, 7, 9)
      .immediate("xor_imm", 7, 10, place & 1023)
      .immediate("store_ind_u64", 7, 8, place & 2040)
      .immediate("load_ind_u32", 12, 8, place & 1020)
      .three("mul_64", 7, 7, 12)
      .immediate("add_imm_32", 10, 7, place + 1_000_000 * (mark + 1))
      .branchImmediate("branch_eq_imm", 10, 12_345, `next ${place}`)
      .label(`next ${place}`);
  }
  const code = decodeBlob(builder.plain("ecalli", 2).halt().blob());
  if (!code.ok) throw new Error(code.error.kind);
  return code.value;
}

/** The program of some code. */
export function programOf(code: Code): Program {
  const program = Program.create(code);
  if (!program.ok) throw new Error("no program");
  return program.value;
}

/** A machine with one page. */
export function machineOf(program: Program, engine: Engine | undefined): Machine {
  const memory = SparseMemory.create({ reservedBytes: 65_536 });
  if (!memory.ok) throw new Error("no memory");
  memory.value.mapRegion(PAGE, 4096, "read-write");
  const options = { memory: memory.value, gas: 1_000_000_000n, engine };
  const machine = Machine.create(program, options);
  if (!machine.ok) throw new Error(machine.error.expected);
  return machine.value;
}

/** Runs a machine to its next host call. */
export function callsHost(machine: Machine): void {
  const exit = machine.run();
  if (exit.kind !== "host-call") throw new Error(exit.kind);
}

/** A program as engines are handed it. */
export function preparedOf(program: Program): Prepared {
  let found: Prepared | undefined;
  const engine = Engine.create(({ prepared }) => {
    found = prepared;
    return () => ({ kind: "panic" });
  });
  machineOf(program, engine);
  if (found === undefined) throw new Error("the engine was handed nothing");
  return found;
}
