/** Faults of the room recompiler that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

/** Room that is made early, or more of it. */
const MORE_ROOM = "how much room is made beyond what is needed shows nowhere";
const LARGER =
  "const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));";

const NOT_FIRST = "a loop that is entered lies behind another segment, and does not begin at 0";

export const RECOMPILER: readonly Equivalent[] = [
  {
    path: "src/pvm/recompiler/operations.ts",
    text: "[103, narrowOne(op.I32_POPCNT)],",
    from: "103",
    to: "(104)",
    reason: "104 is set again behind it, and 103 is done by the interpreter",
  },
  {
    path: "src/pvm/recompiler/run.ts",
    text: "const SHORT = 256;",
    from: "256",
    to: "(257)",
    reason: "when the interpreter may be quicker; both do the same",
  },
  {
    path: "src/pvm/recompiler/chunk_writer.ts",
    text: "if (operation === 50 || operation === 180) return this.#dynamic(number);",
    from: "180",
    to: "(179)",
    reason: "180 is done by the interpreter then, as every operation without code",
  },
  {
    path: "src/pvm/recompiler/chunk.ts",
    text: "for (let local = 0; local < this.count; local++) {",
    ...{ from: "0", to: "(-1)" },
    reason: "what the segment before the chunk leads to is entered from outside, and marked so",
  },
  ...["#root: Label = 0;", "#exit: Label = 0;"].flatMap((text) =>
    ["(1)", "(-1)"].map((to) => ({
      path: "src/pvm/recompiler/chunk_writer.ts",
      ...{ text, from: "0", to, reason: "it is set before anything is written that asks for it" },
    }))
  ),
  ...["writer", "step", "unlinked"].map((name) => ({
    path: "src/pvm/recompiler/module.ts",
    text: `const ${name} = new OperandWriter(new Int32Array(0));`,
    ...{ from: "0", to: "(1)" },
    reason: "there are no instructions whose operands it would look up",
  })),
  ...[
    ["const SHORT = 256;", "256", "(255)"],
    ["const SHORTEST = 32;", "32", "(33)"],
    ["const SHORTEST = 32;", "32", "(31)"],
    ["const RUNS_AVERAGED = 16;", "16", "(17)"],
    ["const RUNS_AVERAGED = 16;", "16", "(15)"],
    ["const UNSEEN_MOST = 32;", "32", "(33)"],
    ["const UNSEEN_MOST = 32;", "32", "(31)"],
  ].map(([text = "", from = "", to = ""]) => ({
    path: "src/pvm/recompiler/run.ts",
    ...{ text, from, to, reason: "when the interpreter may be quicker; both do the same" },
  })),
  {
    path: "src/pvm/recompiler/operations.ts",
    text: "[170, op.I64_EQ],",
    ...{ from: "170", to: "(171)" },
    reason: "171 is set again behind it, and 170 is done by the interpreter",
  },
  {
    path: "src/pvm/recompiler/accesses.ts",
    text: "if (reach === 0) return;",
    ...{ from: "0", to: "(-1)" },
    reason:
      "what reaches no further is then compared with its page's last address: never beyond it",
  },
  {
    path: "src/pvm/recompiler/code_writer.ts",
    text: "if (this.#length + more <= this.#bytes.length) return;",
    ...{ from: "return;", to: ";", reason: MORE_ROOM },
  },
  {
    path: "src/pvm/recompiler/code_writer.ts",
    text: "if (this.#length + more <= this.#bytes.length) return;",
    ...{ from: "<=", to: "<", reason: MORE_ROOM },
  },
  ...[
    ["segments", "let most = Math.ceil(marks.length / CHUNK_MAX) + 1;", "1", "(2)"],
    ["segments", "let most = Math.ceil(marks.length / CHUNK_MAX) + 1;", "/", "*"],
    ["segments", "this.#first = new Int32Array(most + 1);", "1", "(2)"],
    ["code_writer", "const ROOM = 4_096;", "4_096", "(4097)"],
    ["code_writer", "const ROOM = 4_096;", "4_096", "(4095)"],
    ["code_writer", LARGER, "2", "(3)"],
    ["code_writer", LARGER, "2", "(1)"],
    ["code_writer", LARGER, "*", "+"],
  ].map(([name = "", text = "", from = "", to = ""]) => ({
    ...{ path: `src/pvm/recompiler/${name}.ts`, text, from, to, reason: MORE_ROOM },
  })),
  ...["inner", "outer"].flatMap((name) =>
    ["(0)", "(2)"].map((to) => ({
      path: "src/pvm/recompiler/shape.ts",
      text: `const ${name} = new Int32Array(loopEnd.length).fill(-1);`,
      ...{ from: "1", to, reason: "all of it that is asked for is written before" },
    }))
  ),
  {
    path: "src/pvm/recompiler/shape.ts",
    text: "let found = -1;",
    ...{ from: "1", to: "(2)", reason: "any negative number says that there is none" },
  },
  {
    path: "src/pvm/recompiler/cache.ts",
    text: "for (let at = 4 * whole.length; at < bytes.length; at++) mix(bytes[at] ?? 0);",
    ...{ from: "<", to: "<=" },
    reason: "a 0 more is mixed in for every program: the same ones still have the same digest",
  },
  ...[
    "return { isStop: isWithin, isUnlinked: false, spent: fuel - left };",
    "return { isStop: false, isUnlinked: true, spent: fuel - left };",
  ].map((text) => ({
    path: "src/pvm/recompiler/stay.ts",
    ...{ text, from: "fuel - left", to: "(left) - (fuel)" },
    reason: "only whether it is 0 is asked",
  })),
  {
    path: "src/pvm/recompiler/chunk_writer.ts",
    text: "if (to < 0 || to >= this.#chunk.count) {",
    ...{ from: "0", to: "(1)" },
    reason: "the jump then goes by way of what goes from chunk to chunk, to the same segment",
  },
  {
    path: "src/pvm/recompiler/chunk_writer.ts",
    text: "const end = items[index + 1] ?? last + 1;",
    ...{ from: "1", to: "(2)" },
    reason: "of `last + 1`: no segment has the number of the label that is added",
  },
  {
    path: "src/pvm/recompiler/linked.ts",
    text: "if (step === undefined) return false;",
    ...{ from: "return false;", to: ";" },
    reason: "a table takes no function that is none: that ends in the same answer",
  },
  {
    path: "src/pvm/recompiler/stay.ts",
    text: "state.pc = layout.pcs[number] ?? 0;",
    ...{ from: "state.pc = layout.pcs[number] ?? 0;", to: ";" },
    reason:
      "the record says where the machine is, until the interpreter goes on and sets the offset",
  },
  {
    path: "src/pvm/recompiler/operations.ts",
    text: "isWide ? writer.const64(value, value >> 31) : writer.const32(value);",
    ...{ from: "31", to: "(32)" },
    reason: "only 0 and -1 are written so: a shift by 32 is one by 0",
  },
  ...["BASE", "LIMIT"].map((name) => ({
    path: "src/pvm/recompiler/linked.ts",
    text: `const ${name.toLowerCase()} = words[GUEST_LAYOUT.SIDE_${name}_AT >> 2] ?? 0;`,
    ...{ from: ">>", to: "<<" },
    reason: "a window that is not around the stack pointer is used less often, and as right",
  })),
  {
    path: "src/pvm/recompiler/chunk_writer.ts",
    text: "const isLoop = at !== head && (loopEnd[at] ?? -1) >= 0;",
    ...{ from: ">=", to: ">" },
    reason: "a loop of the first segment alone ends where it begins: what follows is behind it",
  },
  ...["1", "this.#version = -1;", "-1"].flatMap((from) =>
    (from === "1" ? ["(0)", "(2)"] : from === "-1" ? ["1"] : [";"]).map((to) => ({
      path: "src/pvm/recompiler/linked.ts",
      text: "this.#version = -1;",
      ...{ from, to },
      reason: "the window in the memory is that of the memory's version, whoever looked it up",
    }))
  ),
  {
    path: "src/pvm/recompiler/shape.ts",
    text: "if (loop >= 0 && loop !== to) entries[to] = 1;",
    ...{ from: "0", to: "(1)" },
    reason: NOT_FIRST,
  },
  ...[
    "this.#announce(loop < 0 ? to : loop, to);",
    "return writer.br(this.#before[loop < 0 ? to : loop] ?? 0);",
  ].flatMap((text) =>
    [["<", "<="], ["0", "(1)"]].map(([from = "", to = ""]) => ({
      ...{ path: "src/pvm/recompiler/chunk_writer.ts", text, from, to, reason: NOT_FIRST },
    }))
  ),
  {
    path: "src/pvm/recompiler/segments.ts",
    text: "if (target !== 0) mark(numberOf(target), LEADER | TARGET);",
    ...{ from: "0", to: "(-1)" },
    reason: "where there is no record there is no instruction: what is marked is none",
  },
  {
    path: "src/pvm/recompiler/run.ts",
    text: "this.#isLooked = true;",
    ...{ from: "true", to: "false" },
    reason: "the program is looked for again, and the same one found",
  },
  {
    path: "src/pvm/recompiler/shape.ts",
    text: "if (isEntry === 0) continue;",
    ...{ from: "0", to: "(-1)" },
    reason: "a loop that dispatches without need is as right",
  },
  {
    path: "src/pvm/recompiler/segments.ts",
    text: "return countUpTo(chunks, chunks.length - 1, segment) - 1;",
    ...{ from: "1", to: "(0)" },
    reason: "of `chunks.length - 1`: the last is the number of all segments, and none has it",
  },
  {
    path: "src/pvm/recompiler/shape.ts",
    text: "for (let head = count - 1; head >= 0; head--) {",
    ...{ from: "1", to: "(0)" },
    reason: "behind the last segment there is none, and nothing is kept of it",
  },
];
