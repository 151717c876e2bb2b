/** Programs that stop and go on: host calls, faults that a host mends, the end of gas, the heap. */

import type { GasModel } from "../../model/pvm.ts";
import type { Dialect } from "../../model/pvm_opcodes.ts";
import type { Edit, Setup } from "./pvm_case.ts";
import { type Line, op, program, sizeOf } from "./pvm_code.ts";
import { DIALECTS, GAS_MODELS } from "./pvm_exits.ts";

/** A dialect and a gas model. */
export interface Machine {
  readonly dialect: Dialect;
  readonly gasModel: GasModel;
}

/** All of them. */
export const MACHINES: readonly Machine[] = DIALECTS.flatMap((dialect) =>
  GAS_MODELS.map((gasModel) => ({ dialect, gasModel }))
);

/** A case for each machine, the name of which is put in front. */
export function onEach(
  machines: readonly Machine[],
  setups: (machine: Machine) => readonly Omit<Setup, "dialect" | "gasModel">[],
): readonly Setup[] {
  return machines.flatMap((machine) =>
    setups(machine).map((setup) => ({
      ...setup,
      ...machine,
      name: `${machine.dialect}_${machine.gasModel}_${setup.name}`,
    }))
  );
}

const RW = 0x2_0000;
const SCRATCH = [{ address: RW, length: 4096, writable: true }];
/** What ends a program: a jump to the address that halts; in the JAVM, which has none, a trap. */
const END: readonly Line[] = [op("load_imm", { a: 0, x: -65_536n }), op("jump_ind", { a: 0 })];

const store = (at: number, value: bigint): Line =>
  op("store_imm_u32", { x: BigInt(RW + at), y: value });

/** Calls with numbers of every kind, each of which gives something. */
function calls(): Omit<Setup, "dialect" | "gasModel"> {
  const ids = [0n, 1n, 127n, 128n, -1n, 2n ** 31n - 1n, -(2n ** 31n)];
  const lines = ids.flatMap((id, i) => [
    op("ecalli", { x: id }),
    op("add_64", { a: 7, b: 8, d: 8 }),
    store(4 * i, BigInt(i + 1)),
  ]);
  return {
    name: "calls",
    program: program([...lines, ...END]),
    gas: 10_000n,
    pages: SCRATCH,
    resume: ids.map((_, i): Edit => ({ registers: [[7, BigInt(i) * 1000n + 1n]] })),
  };
}

/** Everything that a host can change while a guest waits for it. */
function edits(): readonly Omit<Setup, "dialect" | "gasModel">[] {
  const read = op("load_u32", { a: 9, x: BigInt(RW) });
  const body = [op("ecalli", { x: 4n }), read, op("move_reg", { d: 10, a: 9 })];
  const plain = { program: program([...body, ...END]), gas: 1000n, pages: SCRATCH };
  const written = { memory: [{ address: RW, contents: [1, 2, 3, 0x84] }] };
  return [
    { ...plain, name: "host_writes_memory", resume: [written] },
    { ...plain, name: "host_maps_a_page", pages: [], resume: [{ ...written, pages: SCRATCH }] },
    { ...plain, name: "host_takes_gas", resume: [{ gas: 0n }, { gas: 500n }] },
    { ...plain, name: "host_gives_gas", gas: 100n, resume: [{ gas: 2n ** 64n - 1n }] },
    { ...plain, name: "host_moves_pc", resume: [{ pc: 0 }, { pc: 0 }, { registers: [[0, 3n]] }] },
    { ...plain, name: "host_moves_pc_beyond", resume: [{ pc: 1000 }] },
    {
      ...plain,
      name: "host_sets_all_registers",
      resume: [{
        registers: Array.from({ length: 13 }, (_, i) => [i, 2n ** 64n - 1n - BigInt(i)] as const),
      }],
    },
    { ...plain, name: "host_steps", resume: [{ steps: 1 }, { steps: 1 }, { steps: 1 }, {}] },
  ];
}

/** A fault, which the host mends by mapping the page; the access is done and paid again. */
function mended(): readonly Omit<Setup, "dialect" | "gasModel">[] {
  const page = (address: number, writable: boolean) => ({
    pages: [{ address, length: 4096, writable }],
  });
  const across = op("store_u64", { a: 1, x: BigInt(RW + 4092) });
  const registers = [0n, 0x1122_3344_5566_7788n];
  const lines = [op("fallthrough"), op("load_imm", { a: 2, x: 9n }), across, ...END];
  return [
    {
      name: "faults_are_mended_page_by_page",
      program: program(lines),
      registers,
      gas: 1000n,
      resume: [page(RW, true), page(RW + 4096, true)],
    },
    {
      name: "fault_again",
      program: program(lines),
      registers,
      gas: 1000n,
      readOnlyStore: "page-fault",
      resume: [{}, page(RW, false), page(RW, true), { gas: 3n }],
    },
  ];
}

/** A loop of blocks of different costs, with every amount of gas, gone on with little at a time. */
function hungry({ gasModel }: Machine): readonly Omit<Setup, "dialect" | "gasModel">[] {
  const body = [
    op("fallthrough"),
    op("add_imm_64", { a: 1, b: 1, x: 3n, width: 1 }),
    op("mul_64", { a: 1, b: 1, d: 2 }),
    op("div_u_64", { a: 2, b: 1, d: 3 }),
    op("add_imm_64", { a: 4, b: 4, x: -1n, width: 1 }),
  ];
  const back = -BigInt(sizeOf(body.slice(1)));
  const lines = [...body, op("branch_ne_imm", { a: 4, x: 0n, offset: back, width: 1 }), ...END];
  const setup = { program: program(lines), registers: [0n, 5n, 0n, 0n, 3n] };
  const amounts = gasModel === "pipeline"
    ? [0, 1, 2, 3, 40, 60, 61, 62, 63, 64, 65, 66, 67, 68, 70, 130, 200, 260]
    : Array.from({ length: 22 }, (_, i) => i);
  const legs = Array.from(
    { length: 12 },
    (): Edit => ({ gas: gasModel === "pipeline" ? 70n : 5n }),
  );
  return [
    ...amounts.map((gas) => ({ ...setup, name: `gas_${gas}`, gas: BigInt(gas) })),
    { ...setup, name: "in_small_amounts", gas: 0n, resume: legs },
    { ...setup, name: "nothing_is_given", gas: 1n, resume: [{}, { gas: 0n }, { gas: 1n }] },
    { ...setup, name: "more_than_2_63", gas: 2n ** 64n - 1n },
    {
      name: "endless_loop",
      program: program([op("jump", { offset: 0n })]),
      gas: gasModel === "pipeline" ? 100n : 50n,
    },
    {
      name: "from_the_middle_of_a_block",
      ...setup,
      pc: sizeOf(body.slice(0, 3)),
      gas: 300n,
      steps: 3,
    },
  ];
}

/** The heap: asked for, grown within a page, to the end of it, over several, and beyond the limit. */
function heaps(): readonly Omit<Setup, "dialect" | "gasModel">[] {
  const grow = (size: bigint, to: number): readonly Line[] => [
    op("load_imm_64", { a: 1, x: size }),
    op("sbrk", { a: 1, d: to }),
  ];
  const heap = { base: 0x3_0000, top: 0x3_0010, maxPages: 4 };
  const used = op("store_imm_u8", { x: 0x3_3000n, y: 7n });
  const make = (
    name: string,
    lines: readonly Line[],
    top = heap.top,
    maxPages = heap.maxPages,
  ) => ({
    name,
    program: program([...lines, op("trap")]),
    gas: 1000n,
    heap: { ...heap, top, maxPages },
  });
  return [
    make("asks", grow(0n, 2)),
    make("within_a_page", [...grow(8n, 2), ...grow(0n, 3)]),
    make("to_the_end_of_a_page", [...grow(4080n, 2), ...grow(0n, 3), ...grow(1n, 4)]),
    make("over_pages", [...grow(9000n, 2), ...grow(0n, 3)]),
    make("to_the_limit", [...grow(16_368n, 2), ...grow(0n, 3), used]),
    make("beyond_the_limit", [...grow(16_369n, 2), ...grow(0n, 3), used]),
    make("again_and_again", [...grow(4096n, 2), ...grow(4096n, 3), ...grow(4096n, 4), used]),
    make("after_a_refusal", [...grow(60_000n, 2), ...grow(16n, 3), ...grow(0n, 4)]),
    make("the_upper_half_is_left_out", [...grow(2n ** 32n + 16n, 2), ...grow(0n, 3)]),
    make("the_greatest_request", [...grow(2n ** 64n - 1n, 2), ...grow(0n, 3)]),
    make("without_a_heap", [...grow(1n, 2), ...grow(0n, 3)], heap.base, 0),
    make("same_register", [...grow(100n, 1), ...grow(0n, 3)]),
    make("starts_at_a_page", [...grow(1n, 2), ...grow(4095n, 3), ...grow(1n, 4)], 0x3_0000),
  ];
}

/** `ecall` and `ecalli` of the JAVM, which end blocks, with what lies behind them. */
function ecalls(): readonly Omit<Setup, "dialect" | "gasModel">[] {
  const lines = [
    op("load_imm", { a: 11, x: 9n }),
    op("ecall"),
    op("ecalli", { x: 5n }),
    op("trap"),
  ];
  return [
    { name: "ecall", program: program(lines), gas: 2000n, resume: [{}, {}, {}] },
    { name: "ecall_at_the_end", program: program([op("ecall")]), gas: 2000n, resume: [{}, {}] },
    { name: "unlikely", program: program([op("unlikely"), op("ecall")]), gas: 200n, resume: [{}] },
  ];
}

/** Sequences of exits. */
export function hostCases(): readonly Setup[] {
  const javm = MACHINES.filter(({ dialect }) => dialect === "javm");
  return [
    ...onEach(MACHINES, () => [calls(), ...edits(), ...mended()]),
    ...onEach(javm, ecalls),
  ];
}

/** Programs under every amount of gas. */
export function gasCases(): readonly Setup[] {
  return onEach(MACHINES, hungry);
}

/** Programs that grow their heap. */
export function heapCases(): readonly Setup[] {
  const machines = MACHINES.filter(({ dialect }) => dialect === "gray-paper");
  const javm = MACHINES.filter(({ dialect }) => dialect === "javm");
  return [
    ...onEach(machines, heaps),
    ...onEach(javm, () => [{
      name: "panics",
      program: program([op("sbrk", { a: 1, d: 2 }), op("trap")]),
      registers: [0n, 0n],
      gas: 100n,
    }]),
  ];
}
