/** Faults of the room pvm that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** Room that is made early. */
const MORE_ROOM = "how much room is made beyond what is needed shows nowhere";
/** Bytes that are written again before they are read. */
const WRITTEN_LATER = "the bytes are written once more before anybody reads them";

export const PVM: readonly Equivalent[] = [
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
  {
    path: "src/pvm/pipeline.ts",
    text: "let [cycle, used, done, pc] = [0, 0, 0, entry];",
    ...{ from: "0", to: "(-1)" },
    reason: "of `done`: the first instruction ends at 0 or later",
  },
  {
    path: "src/pvm/interpreter.ts",
    text: "const amount = (words[words[record + A] ?? 0] ?? 0) >>> 0;",
    ...{ from: ">>>", to: ">>" },
    reason: "an amount of 2^31 or more is refused, as a negative one is",
  },
  ...["(1)", "(-1)"].map((to) => ({
    path: "src/pvm/program.ts",
    text: "jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },",
    ...{ from: "0", to },
    reason: "the program without code has no instruction that would jump",
  })),
  {
    path: "src/pvm/execute.ts",
    text: "put(w, d, (w[a] ?? 0) & (w[b] ?? 0), (w[(a + 1) | 0] ?? 0) & (w[(b + 1) | 0] ?? 0));",
    ...{ from: "0", to: "(1)" },
    reason: "of `| 0`: a place is even, and the one behind it odd already",
  },
  {
    path: "src/pvm/host/charge.ts",
    text: "machine.setGas(left < 0n ? 0n : left);",
    ...{ from: "<", to: "<=" },
    reason: "where nothing is left, both ways set nothing",
  },
  {
    path: "src/pvm/interpreter.ts",
    text: "const stop: Stop = { record: 0, fuel: 0, detail: 0 };",
    ...{ from: "0", to: "(-1)" },
    reason: "all of it is written before it is read",
  },
  {
    path: "src/pvm/pipeline.ts",
    text: "const ready = new Int32Array(LAST_REGISTER + 1);",
    ...{ from: "1", to: "(2)" },
    reason: MORE_ROOM,
  },
  {
    path: "src/pvm/interpreter.ts",
    text: "const stop: Stop = { record: 0, fuel: 0, detail: 0 };",
    ...{ from: "0", to: "(-1)" },
    reason: "every stretch sets it before anybody looks",
  },
  {
    path: "src/pvm/pipeline.ts",
    text: "const ready = new Int32Array(LAST_REGISTER + 1);",
    ...{ from: "1", to: "(2)" },
    reason: "room for a register more, which nothing names",
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
    path: "src/pvm/host/charge.ts",
    text: "machine.setGas(left < 0n ? 0n : left);",
    ...{ from: "<", to: "<=" },
    reason: "0 is left either way",
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
  ...[
    "if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) === 0) {",
    "put(w, d, (w[a] ?? 0) & (w[b] ?? 0), (w[(a + 1) | 0] ?? 0) & (w[(b + 1) | 0] ?? 0));",
  ].map((text) => ({
    path: "src/pvm/execute.ts",
    ...{ text, from: "0", to: "(1)" },
    reason: "of `| 0`: the place of an upper half is odd",
  })),
];
