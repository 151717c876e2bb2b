/** Branches of the room pvm that no proof takes, and why. */

import type { Explained } from "../explained.ts";

const NEVER = "every case is named: the type checker refuses the line where one is missing";
const MATCHED = "of what the pattern matched, this part is always there; the type does not say so";
const RUNS = "a run to the next exit gives the exit; only a single step may give none";

export const PVM: readonly Explained[] = [
  { path: "src/pvm/instruction.ts", lines: ["default:"], reason: NEVER },
  { path: "src/pvm/lowering.ts", lines: ["default:"], reason: NEVER },
  { path: "src/pvm/text/shape.ts", lines: ["default:"], reason: NEVER },
  {
    path: "src/pvm/lowering.ts",
    lines: [
      "const { d, a, b, immediate, auxiliary } = lowering?.form ?? TRAP;",
      "words[record + OPERATION] = lowering?.operation ?? 0;",
    ],
    reason: "a byte that is no opcode was made a trap before, so that every opcode has a lowering",
  },
  {
    path: "src/pvm/machine.ts",
    lines: ['? interpret(this.#state, this.#prepared, "exit") ?? { kind: "out-of-gas" }'],
    reason: RUNS,
  },
  {
    path: "src/pvm/engine.ts",
    lines: ['return () => interpret("exit") ?? { kind: "out-of-gas" };'],
    reason: RUNS,
  },
  {
    path: "src/pvm/host/invoke.ts",
    lines: [
      "return program.ok ? Machine.create(program.value, { ...state.value, gas, pc }) : program;",
    ],
    reason: "code that was decoded is code that a program takes",
  },
  {
    path: "src/pvm/host/invoke.ts",
    lines: ['case "invalid-argument":'],
    reason: "the handler was seen to be a function before, and the machine was made here",
  },
  {
    path: "src/pvm/text/token.ts",
    lines: [
      'return ok({ kind: "number", column, value: BigInt(quoted.codePointAt(0) ?? 0) });',
      "const groups: Groups = match.groups ?? {};",
    ],
    reason: MATCHED,
  },
  {
    path: "src/pvm/text/expression.ts",
    lines: [
      "const right = stack.pop() ?? 0n;",
      "const left = stack.pop() ?? 0n;",
      "return ok(stack.pop() ?? 0n);",
    ],
    reason: "the steps are in postfix order: there is a value for every operator, and one is left",
  },
  {
    path: "src/pvm/text/emit.ts",
    lines: [
      "if (!fits) {",
      "const bytes = new Uint8Array(fits ? length : 0);",
      "if (!fits) continue;",
    ],
    reason:
      "so much code takes a source of over 100 million characters, and gigabytes to assemble it",
  },
];
