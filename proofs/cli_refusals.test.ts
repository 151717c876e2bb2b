/** Lines that few give: engines by name, files that are none, traces that stop on their way. */

import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { type Files, type Outcome, runLine, SOURCES } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const RUN = "src/cli/run.ts";
const TEXT = "src/cli/text_commands.ts";

const MORE: Files = {
  ...SOURCES,
  "target.pvmasm":
    'load_imm r7, 2\nload_imm r8, text\nload_imm r9, 1\nload_imm r10, text\nload_imm r11, 2\necalli 100\njump_ind [r0]\n.rodata\ntext: .ascii "hi"\n',
  "unreadable.pvmasm": "load_imm r7, 5\nload_imm r8, 9\njump_ind [r0]\n",
  "data.pvmasm": ".data\n.byte 7\n.code\ntrap\n",
  "long.pvmasm": new Uint8Array(2 ** 23 + 1).fill(32),
  "none.pvm": Uint8Array.of(255, 255),
};

/** The same with a program file, as the assembler writes it. */
function withPrograms(face: Face): Files {
  const programs = ["pvm", "jam", "spi"].flatMap((format) => {
    const line = ["asm", "halt.pvmasm", "--format", format, "--output", `halt.${format}`];
    return [...runLine(face, line, MORE).written];
  });
  return { ...MORE, ...Object.fromEntries(programs) };
}

/** Lines, the code that each ends with, and a part of what it prints. */
const LINES: Readonly<Record<string, readonly [code: number, out?: string, error?: string]>> = {
  "run halt.pvmasm --gas 99 --engine interpreter": [0, "exit: halt"],
  "run halt.pvmasm --gas 99 --engine recompiler": [0, "exit: halt"],
  "run halt.pvmasm --gas 99 --engine auto": [0, "exit: halt"],
  "run halt.pvmasm --gas 99 --engine fast": [64, "", "--engine"],
  "run unreadable.pvmasm --gas 99": [0, "exit: halt"],
  "run log.pvmasm --gas 8 --log": [4, "exit: out-of-gas"],
  "run target.pvmasm --gas 99 --log": [0, "", "log 2 h: hi"],
  "run none.pvm": [65, "", "none.pvm"],
  "trace spin.pvmasm --gas 3": [4, "jump"],
  "trace log.pvmasm --gas 99 --log": [0, "ecalli"],
  "trace log.pvmasm --gas 8 --log": [4, "ecalli"],
  "asm": [64, "", "FILE"],
  "asm gone.pvmasm": [66, "", "gone.pvmasm"],
  "asm halt.pvmasm": [0, "halt.jam: "],
  "asm halt.pvmasm --json": [0, '{"output":"halt.jam","format":"jam","bytes":'],
  "asm halt.pvmasm --format pvm": [0, "halt.pvm: "],
  "asm data.pvmasm --format pvm": [64, "", "holds no data"],
  "disasm": [64, "", "FILE"],
  "disasm gone.pvm": [66, "", "gone.pvm"],
  "disasm halt.pvm": [0, "load_imm r9, 5"],
  "disasm halt.spi": [0, "load_imm r9, 5"],
  "disasm halt.jam --json": [0, '{"file":"halt.jam","form":"'],
  "disasm halt.pvm --output x": [0, "x: "],
  "disasm halt.pvm --output nowhere/x": [73, "", "nowhere/x"],
  "run long.pvmasm": [65, "", "long.pvmasm: expected a text"],
};

/** The surroundings of a line that prints nothing and finds nothing. */
const SILENT: Parameters<Face["main"]>[1] = {
  read: () => ({ ok: false, error: "no such file" }),
  list: () => ({ ok: false, error: "no such folder" }),
  write: () => ({ ok: false, error: "no such folder" }),
  out() {},
  error() {},
  isTerminal: false,
  now: () => 0,
};

/** What stands for arguments, and the code that it ends with. */
const ARGUMENTS: Readonly<Record<string, readonly [make: () => unknown, code: number]>> = {
  "no list": [() => 5, 64],
  "a list that is revoked": [
    () => {
      const { proxy, revoke } = Proxy.revocable<string[]>([], {});
      revoke();
      return proxy;
    },
    64,
  ],
  "a list that throws": [
    () =>
      new Proxy(["run"], {
        get: () => {
          throw new Error("no");
        },
      }),
    64,
  ],
  "a command that waits": [() => ["engine"], 69],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/few_lines_end_as_they_have_to",
    claim: "engines are chosen by name, traces stop where runs do, and files come out as asked for",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(LINES)),
    reaches: ["0", "4", "64", "65", "66", "73"],
    implementation: cli,
    mutants: [
      mutant("src/cli/engine.ts", 'readChoice("--engine", given, ENGINES)', 'ok("interpreter")'),
      mutant(
        "src/cli/engine.ts",
        'return name === "auto" ? auto() : recompiler();',
        "return Object({ name });",
      ),
      mutant(RUN, "if (!engine.ok) return engine;", "if (!engine.ok) return ok(Object({}));"),
      mutant(RUN, 'target === "" ? "" : ` ${target}`', '""'),
      mutant(
        TEXT,
        'disasmCommand(line: CommandLine, io: Io): Result<number, Problem> {\n  const file = operandOf(line, "FILE");\n  if (!file.ok) return file;',
        'disasmCommand(line: CommandLine, io: Io): Result<number, Problem> {\n  const file = operandOf(line, "FILE");\n  if (!file.ok) return ok(0);',
      ),
      mutant(
        TEXT,
        "if (!bytes.ok) return unreadable(file.value, bytes.error);",
        "if (!bytes.ok) return ok(0);",
      ),
      mutant(TEXT, 'io.out(line.has("json") ? `${JSON.stringify(facts)}\\n` :', "io.out("),
      mutant(
        TEXT,
        "  if (output !== undefined) {\n    const saved",
        '  if (output === "") {\n    const saved',
      ),
      mutant(
        TEXT,
        'if (line.has("json")) io.out(`${JSON.stringify({ file',
        'if (line.has("x")) io.out(`${JSON.stringify({ file',
      ),
      mutant(TEXT, "output === undefined ? source : `", "output !== undefined ? source : `"),

      mutant(
        TEXT,
        "/** Does the command `asm`. */\nexport function asmCommand(line: CommandLine, io: Io): Result<number, Problem> {\n" +
          '  const file = operandOf(line, "FILE");\n  if (!file.ok) return file;',
        "/** Does the command `asm`. */\nexport function asmCommand(line: CommandLine, io: Io): Result<number, Problem> {\n" +
          '  const file = operandOf(line, "FILE");\n  if (!file.ok) return ok(0);',
      ),
    ],
    check(line, reach, face) {
      const [code, out = "", error = ""] = LINES[line] ?? [-1];
      const files = line.startsWith("disasm") ? withPrograms(face) : MORE;
      const outcome: Outcome = runLine(face, line.split(" "), files);
      reach(`${outcome.code}`);
      return allOf(
        agrees(outcome.code, code),
        agrees([outcome.out.includes(out), outcome.error.includes(error)], [true, true]),
      );
    },
  }),
  defineProof({
    id: "cli/arguments_of_any_kind_are_taken",
    claim:
      "what is no list of arguments is a line without any, and what has to be waited for is not begun",
    subject: ["main"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(ARGUMENTS)),
    reaches: ["64", "69"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/main.ts",
        "if (!Array.isArray(value)) return words;",
        "if (!Array.isArray(value)) return value;",
      ),
      mutant(
        "src/cli/main.ts",
        "  } catch {\n    // it is the caller's code that threw\n  }",
        "  } finally {\n    // it is the caller's code that threw\n  }",
      ),
    ],
    check(name, reach, face) {
      const [make, code] = ARGUMENTS[name] ?? [];
      const codes: unknown[] = [];
      const failure = isTotal(() => {
        codes.push(Reflect.apply(face.main, undefined, [make?.(), SILENT]));
      });
      reach(`${codes[0]}`);
      return failure ?? agrees(codes, [code]);
    },
  }),
];

register(proofs);
