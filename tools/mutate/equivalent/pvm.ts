/** Faults of the room pvm that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";
import { PVM_CORE } from "./pvm_core.ts";

/** Room that is made early. */
const MORE_ROOM = "how much room is made beyond what is needed shows nowhere";
/** Bytes that are written again before they are read. */
const WRITTEN_LATER = "the bytes are written once more before anybody reads them";

export const PVM: readonly Equivalent[] = [
  ...PVM_CORE,
  ...[["2", "(3)"], ["2", "(1)"], ["*", "+"]].map(([from = "", to = ""]) => ({
    path: "src/pvm/text/data_section.ts",
    text: "const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));",
    ...{ from, to, reason: MORE_ROOM },
  })),
  ...["if (!this.fill(bytes.length, 0)) return false;", "if (!this.fill(width, 0)) return false;"]
    .flatMap((text) =>
      ["(1)", "(-1)"].map((to) => ({
        path: "src/pvm/text/data_section.ts",
        ...{ text, from: "0", to, reason: WRITTEN_LATER },
      }))
    ),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/program.ts",
    text: "jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },",
    ...{ from: "0", to },
    reason: "the program without code has no instruction that would jump",
  })),
  {
    path: "src/pvm/host/charge.ts",
    text: "machine.setGas(left < 0n ? 0n : left);",
    ...{ from: "<", to: "<=" },
    reason: "where nothing is left, both ways set nothing",
  },
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/text/shape.ts",
    text: "return { x: 0, y: 0 };",
    ...{ from: "0", to, reason: "the formats without values ask for no length of one" },
  })),
  {
    path: "src/pvm/machine.ts",
    text: '? interpret(this.#state, this.#prepared, "exit") ?? { kind: "out-of-gas" }',
    ...{ from: '"out-of-gas"', to: '"out-of-gas_"' },
    reason: "what is run to its exit has one: only the type asks for another",
  },
  {
    path: "src/pvm/text/directives.ts",
    text: 'draft.define(name, named.column, { kind: "derived" });',
    ...{ from: '"derived"', to: '"derived_"' },
    reason: "nobody asks for it: what is no constant and no label is derived",
  },
  {
    path: "src/pvm/text/directives.ts",
    text:
      "const value = isLiteral(expression) ? evaluate(expression, draft.constants) : undefined;",
    ...{ from: "isLiteral(expression)", to: "!(isLiteral(expression))" },
    reason: "what is not evaluated at once is evaluated when it is written, to the same",
  },
  {
    path: "src/pvm/standard_program.ts",
    text: "const U32_MAX = 2 ** 32 - 1;",
    ...{ from: "-", to: "+" },
    reason: "no blob of 4 GiB is copied before it is looked at: the engine has no room for it",
  },
  ...[["0", "(-1)"], ["1", "(2)"]].map(([from = "", to = ""]) => ({
    path: "src/pvm/text/disassemble.ts",
    text: "{ length: width === 0 ? Math.min(1, count) : count },",
    ...{ from, to },
    reason: "entries without bytes are all 0: only the first is looked at",
  })),
  {
    path: "src/pvm/text/disassemble_program.ts",
    text: "const length = run > PER_LINE ? run : Math.min(PER_LINE, bytes.length - from);",
    ...{ from: ">", to: ">=" },
    reason: "a run of just a line is as long as the line",
  },
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/text/emit.ts",
    text: "return { count: 0, width: 0, bytes: new Uint8Array(0) };",
    ...{ from: "0", to },
    reason: "a mistake was told: no program is made",
  })),
  {
    path: "src/pvm/text/emit.ts",
    text: "return value.ok ? value.value : 0n;",
    ...{ from: "0n", to: "(-1n)" },
    reason: "a mistake was told: no program is made",
  },
  {
    path: "src/pvm/text/emit.ts",
    text: "while (width < ENTRY_VALUE_BYTES && most >= 2n ** BigInt(8 * width)) width++;",
    ...{ from: "<", to: "<=" },
    reason: "no entry has more than 8 bytes",
  },
  {
    path: "src/pvm/gas_tank.ts",
    text: "const AT_HAND_MAX = 2 ** 52;",
    ...{ from: "52", to: "(51)" },
    reason: "how much is at hand is a choice, as long as it is more than any block costs",
  },
  {
    path: "src/pvm/host/inner_machine.ts",
    text: "? Machine.create(program.value, { memory: memory.value, gas: 0n, readOnlyStore })",
    ...{ from: "0n", to: "(1n)" },
    reason: "every run begins with the gas of its invocation",
  },
  {
    path: "src/pvm/host/inner_machine.ts",
    text: "return pc > Number.MAX_SAFE_INTEGER ? pc : asU64(BigInt(machine.pc));",
    ...{ from: ">", to: ">=" },
    reason: "the machine was put at that very place, and stands there still",
  },
  {
    path: "src/pvm/host/inner_machine.ts",
    text: "for (let index = 0; index < REGISTERS; index++) {",
    ...{ from: "0", to: "(-1)" },
    reason: "of the setting: there is no such register, and nothing is set",
  },
  ...["(257)", "(255)"].map((to) => ({
    path: "src/pvm/host/dispatch.ts",
    text: "const LISTED = 256;",
    ...{ from: "256", to },
    reason: "how many are found in the list is a choice; the others are found in the map",
  })),
  {
    path: "src/pvm/host/inner_calls.ts",
    text: "const blob = caller.memory.read(length === 0n ? 0 : Number(start), Number(length));",
    ...{ from: "0", to: "(1)" },
    reason: "an empty range may lie anywhere",
  },
  {
    path: "src/pvm/text/instruction_text.ts",
    text: "const magnitude = value < 0n ? -value : value;",
    ...{ from: "0n", to: "(1n)" },
    reason: "the negative of 0 is 0",
  },
  {
    path: "src/pvm/text/instruction_text.ts",
    text: "const between = Math.abs((jumpsBefore[target] ?? 0) - (jumpsBefore[pc] ?? 0));",
    from: "(jumpsBefore[target] ?? 0) - (jumpsBefore[pc] ?? 0)",
    to: "((jumpsBefore[pc] ?? 0)) - ((jumpsBefore[target] ?? 0))",
    reason: "only how far the two are apart counts",
  },
  ...[
    ["text/shape", "none"],
    ["text/shape", "one_imm"],
    ["text/shape", "one_offset"],
    ["text/shape", "two_reg"],
    ["text/shape", "three_reg"],
    ["instruction", "none"],
    ["lowering", "zero"],
  ].map(([file = "", name = ""]) => ({
    path: `src/pvm/${file}.ts`,
    text: `case "${name}":`,
    ...{ from: `"${name}"`, to: `"${name}_"` },
    reason: "what is in no case gets the same",
  })),
  ...["(0)", "(2)"].map((to) => ({
    path: "src/pvm/standard_program.ts",
    text: "const U32_MAX = 2 ** 32 - 1;",
    ...{ from: "1", to },
    reason: "no blob of 4 GiB is copied before it is looked at: the engine has no room for it",
  })),
  ...["(31)", "(33)"].map((to) => ({
    path: "src/pvm/record.ts",
    ...{ text: "export const FIRST_RECORD = 32;", from: "32", to },
    reason: "where the records begin behind the registers is a choice",
  })),
  ...["(0)", "(2)"].map((to) => ({
    path: "src/pvm/text/cursor.ts",
    ...{ text: 'const NOTHING: Token = Object.freeze({ kind: "end", column: 1 });', from: "1", to },
    reason: "the end of a line is a token of its own, and nobody goes on behind it",
  })),
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/gas.ts",
    ...{ text: "let count = 0;", from: "0", to },
    reason: "the last record, which comes first, is a trap, and begins the count anew",
  })),
  {
    path: "src/pvm/gas_tank.ts",
    text: "this.#hasReserve = gas > AT_HAND_MAX;",
    ...{ from: ">", to: ">=" },
    reason: "a reserve of nothing is found out as soon as it is asked for",
  },
  {
    path: "src/pvm/gas_tank.ts",
    text: "this.#hasReserve = this.#reserve > 0n;",
    ...{ from: "0n", to: "(-1n)" },
    reason: "a reserve of nothing is found out as soon as it is asked for",
  },
  {
    path: "src/pvm/engine.ts",
    text: 'return () => interpret("exit") ?? { kind: "out-of-gas" };',
    ...{ from: '"out-of-gas"', to: '"out-of-gas_"' },
    reason: "what is run to its exit has one: only the type asks for another",
  },
  {
    path: "src/pvm/host/inner_calls.ts",
    text:
      "if (kind !== 0n && size > 0 && !slots.mayMap(inner, start, size)) return give(caller, FULL);",
    ...{ from: "0", to: "(-1)" },
    reason: "no bytes more are never too many",
  },
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/text/emit.ts",
    ...{ text: "const { a = 0, b = 0, d = 0 } = registers;", from: "0", to },
    reason: "what was not written is no register of the format, and not asked for",
  })),
  {
    path: "src/pvm/host/inner_calls.ts",
    text: "if (!invocation.ok) return NO_ROOM;",
    ...{ from: "return NO_ROOM;", to: ";" },
    reason: "what was not read is not written either, and the next line gives the same",
  },
];
