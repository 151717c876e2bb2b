/** Odd places and odd bytes: low memory, the end of the address space, garbage, blobs that are none. */

import { opcodeOf, OPCODES } from "../../model/pvm_opcodes.ts";
import type { Pages, Setup } from "./pvm_case.ts";
import { encode, type Line, op, program, rawProgram } from "./pvm_code.ts";
import { MACHINES, onEach } from "./pvm_hosts.ts";
import { Random } from "./random.ts";

type Plain = Omit<Setup, "dialect" | "gasModel">;

const FILL = Array.from({ length: 16 }, (_, i) => 0xf0 + i);
const WIDTHS = [8, 16, 32, 64] as const;

/** A load and a store of each width at an address. */
function touching(name: string, address: number, pages: readonly Pages[]): readonly Plain[] {
  const memory = pages.flatMap(({ address: at, length }) => [
    { address: at, contents: FILL },
    { address: at + length - 16, contents: FILL },
  ]);
  const common = { gas: 1000n, pages, memory, registers: [0n, 0x0102_0304_0506_0708n] };
  return WIDTHS.flatMap((width) => {
    const at = { x: BigInt(address) };
    const [load, store] = [`load_u${width}`, `store_u${width}`];
    return [
      {
        ...common,
        name: `${load}_${name}`,
        program: program([op(load, { a: 2, ...at }), op("trap")]),
      },
      {
        ...common,
        name: `${store}_${name}`,
        program: program([op(store, { a: 1, ...at }), op("trap")]),
      },
    ];
  });
}

/** Accesses below 2^16: they panic in the Gray Paper, whatever is behind them. */
export function lowCases(): readonly Setup[] {
  const block = MACHINES.filter(({ gasModel }) => gasModel === "block");
  const first = [{ address: 0, length: 8192, writable: true }];
  const edge = [{ address: 0x1_0000, length: 4096, writable: true }];
  return [
    ...onEach(block, ({ dialect }) => [
      ...[0, 8, 0xfff, 0x1000, 0xfff0].flatMap((at) =>
        touching(`at_${at.toString(16)}`, at, dialect === "javm" ? first : [])
      ),
      ...[0xfff9, 0xfffc, 0xfffe, 0xffff].flatMap((at) =>
        touching(`into_the_first_page_from_${at.toString(16)}`, at, edge)
      ),
      ...touching("at_10000", 0x1_0000, edge),
    ]),
  ];
}

/** Accesses that pass the last address. */
export function wrapCases(): readonly Setup[] {
  const block = MACHINES.filter(({ gasModel }) => gasModel !== "pipeline");
  const last = (writable: boolean) => ({ address: 0xffff_f000, length: 4096, writable });
  const ends = [0xffff_fff0, 0xffff_fff8, 0xffff_fff9, 0xffff_fffc, 0xffff_fffe, 0xffff_ffff];
  const zero = { address: 0, length: 4096, writable: true };
  const base = 2n ** 64n - 4n;
  return onEach(block, ({ dialect }) => [
    ...ends.flatMap((at) => touching(`at_${at.toString(16)}`, at, [last(true)])),
    ...ends.flatMap((at) => touching(`at_${at.toString(16)}_read_only`, at, [last(false)])),
    ...(dialect === "javm"
      ? ends.flatMap((at) => touching(`at_${at.toString(16)}_into_page_0`, at, [zero, last(true)]))
      : []),
    {
      name: "the_base_wraps",
      program: program([op("load_ind_u32", { a: 2, b: 3, x: 8n }), op("trap")]),
      registers: [0n, 0n, 0n, 2n ** 64n - 8n + 0x2_0000n],
      gas: 100n,
      pages: [{ address: 0x2_0000, length: 4096, writable: true }],
      memory: [{ address: 0x2_0000, contents: FILL }],
    },
    {
      name: "the_upper_half_is_left_out",
      program: program([op("store_ind_u32", { a: 3, b: 3, x: 4n }), op("trap")]),
      registers: [0n, 0n, 0n, 0xdead_beef_0002_0000n],
      gas: 100n,
      pages: [{ address: 0x2_0000, length: 4096, writable: true }],
    },
    {
      name: "the_base_and_the_access_wrap",
      program: program([op("load_ind_u64", { a: 2, b: 3 }), op("trap")]),
      registers: [0n, 0n, 0n, base],
      gas: 100n,
      pages: [last(true)],
    },
  ]);
}

/** Whether a byte is an opcode of the dialect. */
export function undefinedBytes(dialect: Setup["dialect"]): readonly number[] {
  return Array.from({ length: 256 }, (_, byte) => byte).filter((byte) =>
    opcodeOf(BigInt(byte), dialect) === undefined
  );
}

/** Bytes that are no opcode, odd masks, places where nothing starts. */
export function garbageCases(): readonly Setup[] {
  const random = new Random("garbage");
  const instruction = MACHINES.filter(({ gasModel }) => gasModel === "instruction");
  const ADD = op("add_imm_64", { a: 1, b: 1, x: 1n });
  const bytes = onEach(instruction, ({ dialect }) =>
    undefinedBytes(dialect).map((byte) => ({
      name: `byte_${byte}`,
      program: program([op("fallthrough"), [byte, 1, 2, 3], op("trap")]),
      gas: 100n,
      pc: byte % 2,
    })));
  const places = onEach(MACHINES, () => [
    { name: "no_code", program: rawProgram([], []), gas: 100n },
    { name: "start_behind_the_code", program: program([ADD]), pc: 1000, gas: 100n },
    { name: "start_within_an_instruction", program: program([ADD, ADD]), pc: 3, gas: 100n },
    { name: "runs_off_the_end", program: program([ADD, ADD]), gas: 100n },
    { name: "runs_off_the_end_with_gas_for_that", program: program([ADD]), gas: 2n },
    { name: "runs_off_the_end_without", program: program([ADD]), gas: 1n },
    { name: "empty_mask", program: rawProgram([...ADD], ADD.map(() => 0)), gas: 100n },
    {
      name: "no_start_for_long",
      program: rawProgram([51, ...Array.from({ length: 40 }, () => 1)], [
        1,
        ...Array.from({ length: 40 }, () => 0),
      ]),
      gas: 100n,
    },
    { name: "immediate_cut_by_the_end", program: rawProgram([51, 1, 0xff], [1, 0, 0]), gas: 100n },
    {
      name: "long_immediate_cut",
      program: rawProgram([20, 1, 0xff, 0xee], [1, 0, 0, 0]),
      gas: 100n,
    },
    { name: "every_byte_starts", program: rawProgram([...ADD], ADD.map(() => 1)), gas: 100n },
  ]);
  const noise = Array.from({ length: 120 }, (_, i): Setup => {
    const machine = MACHINES[i % MACHINES.length] ?? { dialect: "javm", gasModel: "block" };
    const code = random.bytes(8 + random.below(30)).map((byte) =>
      random.below(2) === 0 ? byte : Number(random.of(OPCODES).number)
    );
    const starts = code.map((_, at) => at === 0 || random.below(3) === 0 ? 1 : 0);
    return {
      name: `noise_${i}`,
      program: rawProgram(code, starts, { width: 1, entries: [0n, 3n, 9n] }),
      ...machine,
      registers: Array.from({ length: 13 }, () => random.u64()),
      gas: 60n,
      pages: [{ address: 0x2_0000, length: 4096, writable: true }],
    };
  });
  return [...bytes, ...places, ...noise];
}

/** Blobs that are none, in every field; and the ones next to them that are. */
export function malformedCases(): readonly Setup[] {
  const whole = program(
    [op("fallthrough"), op("load_imm", { a: 1, x: 5n }), op("trap")],
    { width: 2, entries: [0n, 7n] },
  );
  const cut = whole.map((_, at) => [`cut_at_${at}`, whole.slice(0, at)] as const);
  const mask = whole.length - 1;
  const trap: readonly (readonly [string, readonly number[]])[] = [
    ["one_byte_too_many", [...whole, 0]],
    ["padding_set", whole.with(mask, (whole[mask] ?? 0) | 0x80)],
    ["whole", whole],
    ["nothing_but_zeros", [0, 0, 0]],
    ["width_alone", [0, 8, 0]],
    ["width_255", [0, 255, 0]],
    ["width_9_of_a_small_entry", [1, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["width_9_of_an_entry_too_large", [1, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]],
    ["width_0_of_many", [200 - 72, 200, 0, 1, 0, 1]],
    ["length_in_two_bytes_where_one_does", [128, 5, 0, 1, 0, 1]],
    ["length_in_two_bytes", [
      0,
      0,
      128,
      128,
      ...Array.from({ length: 128 }, () => 0),
      1,
      ...Array.from({ length: 15 }, () => 0),
    ]],
    ["length_in_nine_bytes_where_one_does", [255, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]],
    ["length_cut", [0, 0, 192, 1]],
    ["table_claims_2_63_entries", [255, 0, 0, 0, 0, 0, 0, 0, 128, 1, 0]],
    ["code_claims_2_63_bytes", [0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128]],
    ["code_claims_more_than_there_is", [0, 0, 5, 0, 0, 1]],
    ["table_claims_more_than_there_is", [3, 2, 1, 0, 0]],
    ["no_bytes", []],
  ];
  return [...cut, ...trap].map(([name, bytes]): Setup => ({
    name,
    program: bytes,
    dialect: "gray-paper",
    gasModel: "instruction",
    gas: 100n,
  }));
}

/** Random programs: straight code, branches, memory and calls, run to the exit with a little gas. */
export function randomCases(count: number): readonly Setup[] {
  const random = new Random("programs");
  return Array.from({ length: count }, (_, i): Setup => {
    const machine = MACHINES[i % MACHINES.length] ?? { dialect: "javm", gasModel: "block" };
    const known = OPCODES.filter(({ dialects, mnemonic }) =>
      dialects.includes(machine.dialect) && mnemonic !== "trap"
    );
    const drawn = Array.from({ length: 4 + random.below(16) }, () => ({
      opcode: random.of(known),
      fields: {
        a: random.below(13),
        b: random.below(13),
        d: random.below(13),
        x: random.below(2) === 0 ? BigInt(0x2_0000 + random.below(4200)) : random.u64(),
        y: random.u64(),
      },
    }));
    const lengths = drawn.map(({ opcode, fields }) => encode(opcode, fields).length);
    const place = (line: number) => lengths.slice(0, line).reduce((sum, length) => sum + length, 0);
    const lines = drawn.map(({ opcode, fields }, at): Line => {
      // Mostly to the start of a line, forward or backward; some of those are no blocks.
      const target = place(random.below(drawn.length));
      return encode(opcode, { ...fields, offset: BigInt(target - place(at)) });
    });
    const calls = machine.dialect === "javm" ? 3 : 2;
    return {
      name: `program_${i}`,
      program: program([...lines, op("trap")], {
        width: 1,
        entries: [0n, BigInt(place(1)), BigInt(place(2))],
      }),
      ...machine,
      readOnlyStore: random.below(2) === 0 ? "panic" : "page-fault",
      registers: Array.from(
        { length: 13 },
        (_, r) =>
          r % 3 === 0 ? BigInt(0x2_0000 + random.below(4200)) : r % 3 === 1 ? random.u64() : 2n,
      ),
      gas: machine.gasModel === "pipeline" ? 400n : 80n,
      pages: [
        { address: 0x2_0000, length: 4096, writable: true },
        { address: 0x2_1000, length: 4096, writable: false },
      ],
      memory: [{ address: 0x2_0000, contents: random.bytes(24) }],
      resume: Array.from({ length: calls }, () => ({ gas: 60n })),
    };
  });
}
