/** The edges of what programs and machines are made with, and of what they spend. */

import * as model from "../model/pvm.ts";
import { blockCost } from "../model/pvm_pipeline.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import {
  GAS_MODELS,
  modelMachine,
  mutant,
  PLAIN,
  realCode,
  realMachine,
  realMemory,
  type Setup,
} from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const PROGRAM = "src/pvm/program.ts";
const MACHINE = "src/pvm/machine.ts";
const CODE = "src/pvm/code.ts";
const TANK = "src/pvm/gas_tank.ts";

/** A load, what waits for it, and the end. */
const LOADS = assemble([
  op("load_u8", { a: 1, x: 0x20000n }),
  op("add_64", { a: 1, b: 1, d: 2 }),
  op("trap"),
]);

/** A block that costs more than a hundred. */
const LONG_COST = 151n;
const LONG = assemble([
  ...Array.from({ length: 150 }, () => op("add_imm_64", { a: 2, b: 2, x: 1n })),
  op("trap"),
]);

/** Blocks that are run three times, and then the end; the first is left for the host, and paid. */
const LOOP = assemble([
  op("load_imm", { a: 9, x: 3n }),
  op("ecalli", { x: 1n }),
  op("fallthrough"),
  op("add_64", { a: 7, b: 9, d: 7 }),
  op("add_imm_64", { a: 9, b: 9, x: -1n }),
  op("branch_ne_imm", { a: 9, x: 0n, offset: -9n }),
  op("trap"),
]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/loads_take_their_memory_cycles",
    claim:
      "programs take memory cycles from 1 to 255, 25 when left out, and loads cost by them in the " +
      "pipeline model",
    subject: ["Program.create", "Machine.step"],
    spec: "JAVM Gas model",
    strength: "exhaustive",
    domain: domain.of(undefined, 0, 1, 2, 24, 25, 254, 255, 256),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(PROGRAM, "isWhole(memoryCycles, 1,", "isWhole(memoryCycles, 2,"),
      mutant(PROGRAM, "isWhole(memoryCycles, 1,", "isWhole(memoryCycles, 0,"),
      mutant(PROGRAM, "const MEMORY_CYCLES_MAX = 255;", "const MEMORY_CYCLES_MAX = 256;"),
      mutant(PROGRAM, "const MEMORY_CYCLES_MAX = 255;", "const MEMORY_CYCLES_MAX = 254;"),
      mutant(PROGRAM, "const MEMORY_CYCLES = 25;", "const MEMORY_CYCLES = 24;"),
      mutant(PROGRAM, "starts, pc, memoryCycles, limit", "starts, pc, 25, limit"),
    ],
    check(memoryCycles, reach, { Program, Machine }) {
      const program = Program.create(realCode(LOADS), { gasModel: "pipeline", memoryCycles });
      const cycles = memoryCycles ?? 25;
      reach(program.ok ? "taken" : "refused");
      const isRange = cycles >= 1 && cycles <= 255;
      if (!program.ok || !isRange) return agrees(program.ok, isRange);
      const memory = realMemory({ ...PLAIN, code: LOADS });
      const machine = value(Machine.create(program.value, { memory, gas: 1_000n }));
      machine.step();
      return agrees(1_000n - machine.gas, blockCost(LOADS, 0n, "gray-paper", BigInt(cycles)));
    },
  }),
  defineProof({
    id: "pvm/long_blocks_spend_exactly",
    claim:
      "a run of a long block takes its cost from any gas, up to 2^64 - 1, or stops without gas",
    subject: ["Machine.run", "Machine.gas", "Machine.setGas"],
    spec: "Gray Paper, appendix A.1",
    strength: "bounded",
    domain: domain.product({
      gasModel: domain.of("instruction", "block"),
      gas: domain.of(
        ...[0n, 1n, LONG_COST - 1n, LONG_COST, 2n ** 31n - 1n, 2n ** 32n],
        ...[2n ** 52n - 1n, 2n ** 52n, 2n ** 52n + 1n, 2n ** 52n + LONG_COST, 2n ** 53n - 1n],
        ...[2n ** 53n + 1n, 2n ** 53n + LONG_COST, 2n ** 64n - 1n],
      ),
    }),
    reaches: ["panic", "out-of-gas"],
    implementation: pvm,
    mutants: [
      mutant(TANK, "const AT_HAND_MAX = 2 ** 52;", "const AT_HAND_MAX = 2 * 52;"),
      mutant(TANK, "const AT_HAND_MAX = 2 ** 52;", "const AT_HAND_MAX = 3 ** 52;"),
      mutant(TANK, "this.#hasReserve = gas > AT_HAND_MAX;", ""),
      mutant(TANK, "? 0 : Number(gas)", "? 1 : Number(gas)"),
    ],
    check({ gasModel, gas }, reach, face) {
      const setup: Setup = { ...PLAIN, code: LONG, gasModel, gas: 7n };
      const machine = realMachine(face, setup);
      value(machine.setGas(gas));
      let left = gas;
      for (let run = 0; run < 3; run++) {
        value(machine.setPc(0));
        const { kind } = machine.run();
        reach(kind);
        const isPaid = left >= LONG_COST;
        left = isPaid ? left - LONG_COST : 0n;
        const failure = agrees([kind, machine.gas], [isPaid ? "panic" : "out-of-gas", left]);
        if (failure !== undefined) return `run ${run}: ${failure}`;
      }
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/plenty_of_gas_changes_nothing",
    claim: "blocks whose cost is found on the way cost the same however much gas there is",
    subject: ["Machine.run", "Machine.gas"],
    spec: "Gray Paper, appendix A.1; JAVM Gas model",
    strength: "bounded",
    domain: domain.product({
      gasModel: domain.of(...GAS_MODELS),
      gas: domain.union(
        domain.bigRange(2n ** 31n - 4n, 2n ** 31n + 1n),
        domain.of(2n ** 32n, 2n ** 40n, 2n ** 52n + 1n, 2n ** 64n - 1n),
      ),
    }),
    reaches: ["spent"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/interpreter.ts", "FUEL_MAX = 2 ** 31 - 2", "FUEL_MAX = 2 ** 31 - 1"),
      mutant(
        "src/pvm/gas.ts",
        "COST_UNKNOWN: number = 2 ** 31 - 1",
        "COST_UNKNOWN: number = 2 ** 30",
      ),
    ],
    check({ gasModel, gas }, reach, face) {
      const machine = realMachine(face, { ...PLAIN, code: LOOP, gasModel, gas });
      const few = 1_000n;
      const start = modelMachine({ ...PLAIN, code: LOOP, gasModel, gas: few });
      const { machine: end, exit } = model.run(model.run(start).machine);
      machine.run();
      const { kind } = machine.run();
      reach("spent");
      return agrees(
        [kind, machine.registers, gas - machine.gas],
        [exit.kind, end.registers, few - end.gas],
      );
    },
  }),
  defineProof({
    id: "pvm/jump_tables_have_borders",
    claim: "jump tables have 0 to 2^22 entries of 0 to 255 bytes, and just as many bytes",
    subject: ["Program.create"],
    spec: "Gray Paper, appendix A.2; Ringfence: limits are explicit",
    strength: "bounded",
    domain: domain.product({
      count: domain.of(-1, 0, 1, 2 ** 22, 2 ** 22 + 1),
      width: domain.of(-1, 0, 1, 255, 256),
      more: domain.of(-1, 0, 1),
    }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(CODE, "isWhole(count, 0, TABLE_ENTRIES_MAX)", "isWhole(count, -1, TABLE_ENTRIES_MAX)"),
      mutant(CODE, "isWhole(width, 0, ENTRY_WIDTH_MAX)", "isWhole(width, -1, ENTRY_WIDTH_MAX)"),
      mutant(CODE, "const ENTRY_WIDTH_MAX = 255;", "const ENTRY_WIDTH_MAX = 256;"),
      mutant(CODE, "const ENTRY_WIDTH_MAX = 255;", "const ENTRY_WIDTH_MAX = 254;"),
      mutant(
        CODE,
        "TABLE_ENTRIES_MAX: number = 2 ** 22",
        "TABLE_ENTRIES_MAX: number = 2 ** 22 + 1",
      ),
      mutant(
        CODE,
        "TABLE_ENTRIES_MAX: number = 2 ** 22",
        "TABLE_ENTRIES_MAX: number = 2 ** 22 - 1",
      ),
    ],
    check({ count, width, more }, reach, { Program }) {
      const length = count * width + more;
      // Large tables have no bytes: what is to be seen is the number of their entries.
      if (length < 0 || length > 1_000) return undefined;
      const made = Program.create({
        bytes: Uint8Array.of(0),
        starts: Uint8Array.of(1),
        jumpTable: { count, width, bytes: new Uint8Array(length) },
      });
      reach(made.ok ? "taken" : "refused");
      const isTaken = count >= 0 && count <= 2 ** 22 && width >= 0 && width <= 255 && more === 0;
      return agrees(made.ok, isTaken);
    },
  }),
  defineProof({
    id: "pvm/forged_machines_have_all_registers",
    claim: "a machine that was made past the type checker holds what its registers are set to",
    subject: ["Machine.setRegister", "Machine.register", "Machine.registers"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.range(0, 12),
    reaches: ["held"],
    implementation: pvm,
    mutants: [
      mutant(MACHINE, "Int32Array = new Int32Array(2 *", "Int32Array = new Int32Array(1 *"),
    ],
    check(index, reach, { Machine }) {
      const machine: pvm.Machine = Reflect.construct(Machine, [undefined]);
      const set = 2n ** 63n + 5n;
      machine.setRegister(index, set);
      machine.run();
      reach("held");
      return agrees(
        [machine.register(index), machine.registers.map((held) => held)],
        [set, Array.from({ length: 13 }, (_, at) => (at === index ? set : 0n))],
      );
    },
  }),
];

register(proofs);
