/** The command line: exit codes, usage, JSON, arguments. */

import fc from "fast-check";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  isTotal,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { runLine, SOURCES, vectorText } from "./_kit/cli.ts";
import { CODES, MISTAKES, split } from "./_kit/cli_lines.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const SUBJECT = ["main"];
const FILES = { ...SOURCES, "bad.pvm": "\u0001", "v.json": vectorText(), "odd.json": '{"a": 1}' };

/** The registers and the gas of a report. */
interface Report {
  readonly exitCode: number;
  readonly registers: readonly string[];
  readonly result: string | null;
  readonly gas: { readonly limit: string; readonly used: string; readonly left: string };
}

function reportOf(text: string): Report {
  const report: Report = JSON.parse(text);
  return report;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/exit_codes_tell_how_it_ended",
    claim: "every way in which a command ends has its exit code, and every failure a message",
    subject: SUBJECT,
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...CODES),
    reaches: [0, 1, 2, 3, 4, 5, 64, 65, 66, 73].map(String),
    implementation: cli,
    mutants: [
      mutant("src/cli/exit_code.ts", '"out-of-gas": EXIT_CODE.outOfGas', '"out-of-gas": 1'),
      mutant("src/cli/exit_code.ts", '"page-fault": EXIT_CODE.pageFault', '"page-fault": 0'),
      mutant("src/cli/run.ts", "if (!wantsLog ||", "if ("),
      mutant("src/cli/run.ts", "if (exit === undefined) continue;", ""),
      mutant("src/cli/conformance.ts", "return files.length > 0", "return files.length >= 0"),
      mutant("src/cli/machine_for.ts", "pc: entry ?? pc", "pc"),
      mutant("src/cli/text_commands.ts", 'format.value === "pvm" &&', 'format.value === "spi" &&'),
    ],
    check: ([line, expected], reach, face) => {
      const { code, out, error } = runLine(face, split(line), FILES);
      reach(`${code}`);
      return agrees([code, (code >= 64 ? error : out) !== ""], [expected, true]);
    },
  }),
  defineProof({
    id: "cli/usage_errors_say_so",
    claim: "a wrong command line exits with 64, prints nothing but a message, and writes nothing",
    subject: SUBJECT,
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...MISTAKES),
    reaches: ["usage"],
    implementation: cli,
    mutants: [
      mutant("src/cli/values.ts", "digits.length % 2 !== 0 ||", ""),
      mutant("src/cli/values.ts", "return value > max\n", "return value > max + 1n\n"),
      mutant("src/cli/values.ts", "(1[0-2]|[0-9])", "([0-9]+)"),
      mutant("src/cli/command_line.ts", "return surplus === undefined ?", "return surplus !== 1 ?"),
      mutant("src/cli/run.ts", "if (hex !== undefined && text !== undefined)", "if (false)"),
    ],
    check: (line, reach, face) => {
      const { code, out, error, written } = runLine(face, split(line), FILES);
      reach("usage");
      return agrees([code, out, error !== "", written.size], [64, "", true, 0]);
    },
  }),
  defineProof({
    id: "cli/gas_is_exact_in_slices",
    claim: "a run in slices uses as much gas, and leaves as much, as one without",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.1",
    strength: "bounded",
    domain: domain.product({
      file: domain.of("spin.pvmasm", "halt.pvmasm", "call.pvmasm", "log.pvmasm"),
      gas: domain.of("1", "15", "16", "10000000", "10000001", "25000000", "0xffffffffffffffff"),
      isTerminal: domain.of(false, true),
    }),
    reaches: ["out-of-gas", "progress", "other"],
    implementation: cli,
    mutants: [
      mutant("src/cli/drive.ts", "left += machine.gas - part;", "left -= part;"),
      mutant("src/cli/drive.ts", 'if (exit.kind === "out-of-gas" && left > 0n)', "if (left < 0n)"),
      mutant("src/cli/drive.ts", "    machine.setGas(left);\n", ""),
      mutant("src/cli/drive.ts", "left = machine.gas;\n  }", "}"),
      mutant("src/cli/run.ts", "if (!io.isTerminal ||", "if ("),
    ],
    check: ({ file, gas, isTerminal }, reach, face) => {
      if (file === "spin.pvmasm" && gas.startsWith("0x")) return undefined;
      const args = ["run", file, "--gas", gas, "--json", "--log"];
      const { code, out, error } = runLine(face, args, FILES, isTerminal);
      const report = reportOf(out).gas;
      if (error.includes("million")) reach("progress");
      reach(code === 4 ? "out-of-gas" : "other");
      const costs = new Map([["halt.pvmasm", 2n], ["call.pvmasm", 1n], ["log.pvmasm", 16n]]);
      const limit = BigInt(gas);
      const cost = costs.get(file) ?? limit;
      const used = cost <= limit ? cost : limit;
      return allOf(
        agrees(report, { limit: `${limit}`, used: `${used}`, left: `${limit - used}` }),
        isTerminal || !error.includes("gas") ? undefined : "progress without a terminal",
      );
    },
  }),
  defineProof({
    id: "cli/arguments_reach_the_program",
    claim: "argument bytes, in hexadecimal digits or as text, are what the program is given",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A.7",
    strength: "sampled",
    domain: sampled(
      fc.oneof(
        biased.bytes(100).map((bytes) => ({ option: "--args", text: hexOf(bytes), bytes })),
        fc.string({ unit: "grapheme", maxLength: 40 }).filter((text) => !text.startsWith("-")).map(
          (text) => ({ option: "--text", text, bytes: new TextEncoder().encode(text) }),
        ),
      ),
      { runs: 300, describe: "up to 100 bytes" },
    ),
    reaches: ["--args", "--text"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/values.ts",
        "digits.slice(2 * at, 2 * at + 2), 16",
        "digits.slice(2 * at, 2 * at + 1), 16",
      ),
      mutant("src/cli/run.ts", 'new TextEncoder().encode(text ?? "")', "new Uint8Array(0)"),
      mutant(
        "src/cli/report.ts",
        "memory.read(Number(address), Number(length))",
        "memory.read(Number(address), Number(length) - 1)",
      ),
    ],
    check: ({ option, text, bytes }, reach, face) => {
      reach(option);
      const args = ["run", "echo.pvmasm", option, text, "--register", "9=7", "--json"];
      const { code, out } = runLine(face, args, FILES);
      const report = reportOf(out);
      return agrees(
        [code, report.exitCode, report.result, report.registers[8], report.registers[9]],
        [0, 0, hexOf(bytes), `${bytes.length}`, "7"],
      );
    },
  }),
  defineProof({
    id: "cli/main_is_total",
    claim: "any list of words is a command line that returns",
    subject: SUBJECT,
    spec: "Ringfence, command line",
    strength: "sampled",
    domain: sampled(
      fc.array(
        fc.oneof(
          fc.constantFrom(...CODES.flatMap(([line]) => split(line))),
          fc.constantFrom(...MISTAKES.flatMap(split)),
          fc.string({ maxLength: 8 }),
        ),
        { maxLength: 8 },
      ),
      { runs: 1_000, describe: "up to 8 words, most of which mean something" },
    ),
    reaches: ["usage", "other"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/command_line.ts",
        "  } catch (mistake) {\n",
        "  } catch (mistake) {\n    if (mistake !== 0) throw mistake;\n",
      ),
    ],
    check: (words, reach, face) =>
      isTotal(() => {
        const gas = words.includes("--gas") ? words : [...words, "--gas", "1000"];
        const { code } = runLine(face, words.length > 0 ? gas : words, FILES);
        reach(code === 64 ? "usage" : "other");
      }),
  }),
];

register(proofs);
