/** Faults of the inner parts of the room pvm that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** Rows of the pipeline whose instructions take all slots of a cycle. */
const FULL_CYCLES: readonly string[] = [
  "put(row(100, 4), 3, 10);",
  "put(alu(3, 4).two, 141);",
  "put(alu(2, 4).two, 144, 145, 146, 161);",
  "put(alu(60, 4).three, ...span(193, 196), ...span(203, 206));",
  "put(alu(2, [3, 4], true).three, 197, 198, 199, 221, 223);",
  "put(alu(4, 4).three, 213, 214);",
  "put(alu(6, 4).three, 215);",
];

/** Both halves of a register of 64 bits. */
const halves = (at: string) => `w[${at}] ?? 0, w[(${at} + 1) | 0] ?? 0`;
const BOTH = `${halves("a")}, ${halves("b")}`;
/** What reads or writes an odd place: records and registers begin at even ones. */
const ODD: readonly string[] = [
  "enter: for (let cost = entryCost | 0; cost <= left; cost = w[(i + 7) | 0] ?? 0) {",
  "const d = w[(i + 1) | 0] ?? 0;",
  "const b = w[(i + 3) | 0] ?? 0;",
  "w[(b + 1) | 0] ?? 0,",
  "w[(d + 1) | 0] = (w[d] ?? 0) >> 31;",
  "w[(d + 1) | 0] = 0;",
  "words[(d + 1) | 0] = high;",
  "if (w[a] === w[b] && w[(a + 1) | 0] === w[(b + 1) | 0]) break taken;",
  "if (w[a] !== w[b] || w[(a + 1) | 0] !== w[(b + 1) | 0]) break taken;",
  ...["a", "b"].map((at) => `put(w, d, ${halves(at)});`),
  ...["ltU", "ltS"].flatMap((less) => [
    `if (${less}(${BOTH})) break taken;`,
    `if (!${less}(${BOTH})) break taken;`,
    `w[d] = Number(${less}(${BOTH}));`,
  ]),
  ...["add", "sub", "mul"].map((name) => `${name}(${BOTH}, w, d);`),
  ...["shl", "shrU", "shrS"].map((name) => `${name}(${halves("a")}, w[b] ?? 0, w, d);`),
  ...["&", "^", "|"].map((operator) =>
    `put(w, d, (w[a] ?? 0) ${operator} (w[b] ?? 0), ` +
    `(w[(a + 1) | 0] ?? 0) ${operator} (w[(b + 1) | 0] ?? 0));`
  ),
  ...["===", "!=="].map((test) => `if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) ${test} 0) {`),
];

/** Accesses, with their addresses. */
const ACCESSES: readonly string[] = [
  "((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0,",
  "detail = memory.loadU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);",
  "detail = memory.loadU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);",
  "detail = memory.loadU64(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);",
  "detail = memory.loadU8(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);",
  "detail = memory.storeU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);",
  "detail = memory.storeU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);",
  "detail = memory.storeU8(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);",
];

/** Rows of the lowering with one opcode more. */
const ONE_MORE: readonly (readonly string[])[] = [
  ["...rows(REGISTERS_ONLY, 0, 0, 4), // trap, fallthrough, unlikely, ecall", "4", "(5)"],
  ["...rows(STORE_IMMEDIATE, 30, 120, 4),", "4", "(5)"],
  ["...rows(LOAD, 52, 124, 7),", "7", "(8)"],
  ["...rows(STORE, 59, 120, 4),", "4", "(5)"],
  ["...rows(STORE_IMMEDIATE_INDIRECT, 70, 120, 4),", "4", "(5)"],
  ["...rows(BRANCH_IMMEDIATE, 81, 170, 2), // eq, ne", "2", "(3)"],
  ["...rows(REGISTERS_ONLY, 100, 100, 12),", "12", "(13)"],
  ["...rows(STORE_INDIRECT, 120, 120, 4),", "4", "(5)"],
  ["...rows(LOAD_INDIRECT, 124, 124, 7),", "7", "(8)"],
  ["...rows(BY_IMMEDIATE, 132, 210, 3), // and_imm, xor_imm, or_imm", "3", "(4)"],
  ["...rows(BY_IMMEDIATE, 136, 216, 2), // set_lt_u_imm, set_lt_s_imm", "2", "(3)"],
  ["...rows(BY_IMMEDIATE, 138, 197, 3), // shifts of 32 bits", "3", "(4)"],
  [
    "...rows(OF_IMMEDIATE, 142, 216, 2), // set_gt_u_imm, set_gt_s_imm: the immediate is below B",
    "2",
    "(3)",
  ],
  ["...rows(OF_IMMEDIATE, 144, 197, 3), // shifts of the immediate, 32 bits", "3", "(4)"],
  ["...rows(OF_IMMEDIATE, 147, 218, 2), // cmov_iz_imm, cmov_nz_imm", "2", "(3)"],
  ["...rows(BY_IMMEDIATE, 151, 207, 3), // shifts of 64 bits", "3", "(4)"],
  ["...rows(OF_IMMEDIATE, 155, 207, 3), // shifts of the immediate, 64 bits", "3", "(4)"],
  ["...rows(BRANCH, 170, 170, 6),", "6", "(7)"],
  ["...rows(REGISTERS_ONLY, 190, 190, 41),", "41", "(42)"],
];

/** What reads or writes the operation of a record. */
const OPERATIONS: readonly (readonly [file: string, text: string])[] = [
  ["gas", "const operation = words[record + OPERATION] ?? 0;"],
  ["gas", "const isWay = isWayToEnd(words[record + OPERATION] ?? 0, pc, end);"],
  ["interpreter", "const operation = words[stopAt + OPERATION] ?? 0;"],
  ["interpreter", "if (stopAt !== 0) words[stopAt + OPERATION] = STOP;"],
  ["interpreter", "if (stopAt !== 0) words[stopAt + OPERATION] = operation;"],
  ["interpreter", "const ends = isTerminator(layout.words[start + OPERATION] ?? 0);"],
  ["interpreter", "words[record + OPERATION] ?? 0,"],
  ["interpreter", "!isTerminator(layout.words[record + OPERATION] ?? 0);"],
  ["lowering", "words[record + OPERATION] = lowering?.operation ?? 0;"],
];

/** The numbers of the reasons why the loop stops, and others that none has. */
const REASONS: readonly (readonly [text: string, from: string, to: string])[] = [
  ["export const OUT_OF_FUEL = -1;", "-1", "1"],
  ["export const OUT_OF_FUEL = -1;", "1", "(2)"],
  ["export const TRAP = 0;", "0", "(1)"],
  ...([
    ["ECALL", 3],
    ["ECALLI", 10],
    ["SBRK", 101],
    ["BAD_TARGET", 40],
    ["BAD_ADDRESS", 50],
    ["BAD_ACCESS", 120],
  ] as const).flatMap(([name, number]) =>
    [number - 1, number + 1].map((to) =>
      [`export const ${name} = ${number};`, `${number}`, `(${to})`] as const
    )
  ),
];

/** Rows of the pipeline that reach one opcode further. */
const SET_LATER: readonly (readonly [text: string, from: string, to: string])[] = [
  ...([["58", "(59)"], ["130", "(131)"], ["124", "(123)"]] as const).map(([from, to]) =>
    ['put(row("memory", 1, OF_B, true), ...span(52, 58), ...span(124, 130));', from, to] as const
  ),
  ...([["196", "(197)"], ["206", "(207)"], ["203", "(202)"]] as const).map(([from, to]) =>
    ["put(alu(60, 4).three, ...span(193, 196), ...span(203, 206));", from, to] as const
  ),
];

export const PVM_CORE: readonly Equivalent[] = [
  {
    path: "src/pvm/pipeline.ts",
    text: "let [cycle, used, done, pc] = [0, 0, 0, entry];",
    ...{ from: "0", to: "(-1)" },
    reason: "of `done`: the first instruction ends at 0 or later",
  },
  {
    path: "src/pvm/pipeline.ts",
    text: "let [cycle, used, done, pc] = [0, 0, 0, entry];",
    ...{ from: "0", to: "(1)" },
    reason: "of `done`: three cycles are free in any case",
  },
  {
    path: "src/pvm/interpreter.ts",
    text: "const amount = (words[words[record + A] ?? 0] ?? 0) >>> 0;",
    ...{ from: ">>>", to: ">>" },
    reason: "an amount of 2^31 or more is refused, as a negative one is",
  },
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/interpreter.ts",
    text: "const stop: Stop = { record: 0, fuel: 0, detail: 0 };",
    ...{ from: "0", to },
    reason: "every stretch sets it before anybody looks",
  })),
  {
    path: "src/pvm/pipeline.ts",
    text: "const ready = new Int32Array(LAST_REGISTER + 1);",
    ...{ from: "1", to: "(2)" },
    reason: "room for a register more, which nothing names",
  },
  ...ODD.map((text) => ({
    ...{ path: "src/pvm/execute.ts", text, from: "0", to: "(1)" },
    reason: "of `| 0`: the place is odd already",
  })),
  ...FULL_CYCLES.map((text) => ({
    ...{ path: "src/pvm/pipeline.ts", text, from: "4", to: "(5)" },
    reason: "of the slots: a cycle has four, and is as full with five",
  })),
  ...ACCESSES.map((text) => ({
    ...{ path: "src/pvm/execute.ts", text, from: ">>>", to: ">>" },
    reason: "a memory takes addresses modulo 2^32",
  })),
  ...ONE_MORE.map(([text = "", from = "", to = ""]) => ({
    ...{ path: "src/pvm/lowering.ts", text, from, to },
    reason: "one more is set again behind it, or is no opcode, and no instruction then has it",
  })),
  {
    path: "src/pvm/lowering.ts",
    ...{ text: "count = 1,", from: "1", to: "(2)" },
    reason: "one more is set again behind it, or is no opcode, and no instruction then has it",
  },
  ...["(255)", "(257)"].map((to) => ({
    path: "src/pvm/instruction.ts",
    ...{ text: "{ length: 256 },", from: "256", to },
    reason: "255 is no opcode: it has the format of what is not in the list; 256 is no byte",
  })),
  {
    path: "src/pvm/arithmetic.ts",
    text: "return (word << count) | (word >>> 1 >>> (31 - (count & 31)));",
    ...{ from: ">>>", to: ">>" },
    reason: "the second shift: what it moves has 31 bits and no sign",
  },
  {
    path: "src/pvm/code.ts",
    text: "if (width <= ENTRY_VALUE_BYTES) return -1;",
    ...{ from: "<=", to: "<" },
    reason: "behind the eight bytes of an entry of eight there are none to look at",
  },
  {
    path: "src/pvm/reader.ts",
    text: "const carried = BigInt(first & (0xff >> (extra + 1)));",
    ...{ from: "0xff", to: "(254)" },
    reason: "the lowest bit is shifted out in any case",
  },
  ...OPERATIONS.map(([file, text]) => ({
    ...{ path: `src/pvm/${file}.ts`, text, from: "+", to: "-" },
    reason: "the operation is the first word of a record: what is added is 0",
  })),
  ...REASONS.map(([text, from, to]) => ({
    ...{ path: "src/pvm/execute.ts", text, from, to },
    reason: "only the name is asked for, and no other reason has that number",
  })),
  ...["(1)", "(-1)"].map((to) => ({
    ...{ path: "src/pvm/execute.ts", text: "let detail = 0;", from: "0", to },
    reason: "it is set by all that anybody asks it of",
  })),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/instruction.ts",
    text: "const end = Math.min(SKIP_MAX, Math.max(0, starts.length - 1 - pc));",
    ...{ from: "0", to },
    reason: "at the last byte and behind it nothing follows that could be skipped",
  })),
  {
    path: "src/pvm/instruction.ts",
    text: "return count === 0 ? 0 : bits << unused >> unused;",
    ...{ from: "0", to: "(-1)" },
    reason: "of the test: no byte was read, and shifts by 32 leave the 0",
  },
  ...["(1n)", "(-1n)"].map((to) => ({
    path: "src/pvm/reader.ts",
    text: "return this.#problem === undefined ? value : 0n;",
    ...{ from: "0n", to },
    reason: "a malformed field was told: its value goes nowhere",
  })),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/reader.ts",
    text: "return this.#problem === undefined ? Number(value) : 0;",
    ...{ from: "0", to },
    reason: "a malformed field was told: nothing is taken any more, however long",
  })),
  {
    path: "src/pvm/interpreter.ts",
    text: "if (reason === STOP && !single) return outOfGas(state, prepared, record);",
    ...{ from: "return outOfGas(state, prepared, record);", to: ";" },
    reason: "what stops there has spent all of its gas, and the next round finds that out",
  },
  ...SET_LATER.map(([text, from, to]) => ({
    ...{ path: "src/pvm/pipeline.ts", text, from, to },
    reason: "the row of that opcode is set again behind it",
  })),
];
