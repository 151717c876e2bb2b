/** Lines that the command `engine` cannot answer as asked, and an input that fails. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { caseOut } from "../src/cli/conform_protocol.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const COMMAND = "src/cli/engine_command.ts";

/** An input of lines, after which something may be thrown. */
async function* input(lines: readonly unknown[], thrown?: string): AsyncGenerator<unknown> {
  for (const line of lines) yield await Promise.resolve(line);
  if (thrown !== undefined) await Promise.reject(new Error(thrown));
}

const malformed = { ok: false, error: { code: 65, message: "a line that is too long" } };
/** A program that runs for ever, with more gas than any case may have. */
const HEAVY = JSON.stringify({
  ...{ type: "run", id: 3, family: "pvm" },
  ...caseOut({
    ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
    ...{ program: Uint8Array.of(0, 0, 2, 40, 0, 1), registers: new Array<bigint>(13).fill(0n) },
    ...{ pc: 0, gas: 2n ** 60n, pages: [], memory: [], heap: undefined, steps: undefined },
  }),
});

/** The arguments, what comes in, what the command ends with, and a part of what it prints. */
const SCENES: Readonly<
  Record<
    string,
    readonly [args: readonly string[], lines: readonly unknown[], code: number, told: string]
  >
> = {
  "a word too many": [["x"], [], 64, '"x": there are options only'],
  "no such engine": [["--engine", "fast"], [], 64, "--engine"],
  "no such request": [[], ['{"type":"nope","id":1}'], 0, "is none of hello, run"],
  "no line": [[], [malformed], 65, '"reason":"a line that is too long"'],
  "a request": [[], ['{"type":"hello"}'], 0, '"type":"hello"'],
  "a run that would last": [[], [HEAVY], 0, '{"type":"unsupported","id":3'],
  "an input that fails": [[], ["fails"], 66, "the input"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/engines_tell_what_they_cannot_answer",
    claim: "what is no request is told, and a command or an input that is wrong ends with its code",
    subject: ["mainAsync"],
    spec: "the conformance protocol",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["0", "64", "65", "66"],
    implementation: cli,
    mutants: [
      mutant(COMMAND, "if (surplus !== undefined) {", 'if (surplus === "") {'),
      mutant(COMMAND, "if (!name.ok) return name;", "if (!name.ok) return ok(0);"),
      mutant(
        COMMAND,
        "request.error.code === EXIT_CODE.malformed",
        "request.error.code === EXIT_CODE.usage",
      ),
      mutant(
        "src/cli/conform_engine.ts",
        'return errorLine(0, `"type" is none of hello, run`);',
        'return errorLine(0, "");',
      ),
      mutant(
        "src/cli/conform_engine.ts",
        '{ type: "unsupported", id, reason: end.error }',
        '{ type: "error", id, reason: end.error }',
      ),
      mutant("src/cli/guarded_io.ts", 'yield unreadable("the input", reasonOf(thrown));', ""),
    ],
    async check(name, reach, { mainAsync }) {
      const [args, lines, code, told] = SCENES[name] ?? [[], [], -1, ""];
      let printed = "";
      const io = {
        read: () => ({ ok: false, error: "no such file" }),
        list: () => ({ ok: false, error: "no such folder" }),
        write: () => ({ ok: false, error: "no such folder" }),
        out: (text: string) => void (printed += text),
        error: (text: string) => void (printed += text),
        isTerminal: false,
        now: () => 0,
        lines: () => lines[0] === "fails" ? input([], "gone") : input(lines),
      };
      const given: unknown = await Reflect.apply(mainAsync, undefined, [["engine", ...args], io]);
      reach(`${given}`);
      return agrees([given, printed.includes(told)], [code, true]);
    },
  }),
];

register(proofs);
