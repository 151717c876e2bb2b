/**
 * The commands `asm` and `disasm`.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { disassemble, encodeBlob, encodeJamFile, encodeStandardProgram } from "../pvm/mod.ts";
import type { InvalidArgument, StandardProgram } from "../pvm/mod.ts";
import { type CommandLine, operandOf } from "./command_line.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { malformed, type Problem, unreadable, usageProblem } from "./problem.ts";
import { type Input, loadInput, readSource } from "./program_input.ts";
import { readChoice } from "./values.ts";

/** The options of `asm`. */
export const ASM_OPTIONS = { output: "value", format: "value", json: "flag" } as const;
/** The options of `disasm`. */
export const DISASM_OPTIONS = { output: "value", json: "flag" } as const;

const FORMATS = ["jam", "spi", "pvm"] as const;
type Format = typeof FORMATS[number];

const PAGE_SIZE = 4096;
const BYTES_PER_LINE = 16;

function formatOf(line: CommandLine): Result<Format, Problem> {
  const given = line.value("format");
  if (given !== undefined) return readChoice("--format", given, FORMATS);
  const ending = line.value("output")?.split(".").at(-1);
  return ok(FORMATS.find((format) => format === ending) ?? "jam");
}

function hasData({ readOnlyData, readWriteData, heapPages }: StandardProgram): boolean {
  return readOnlyData.length + readWriteData.length + heapPages > 0;
}

function encode(
  format: Format,
  input: Input,
): Result<Uint8Array, InvalidArgument> {
  if (format === "pvm" || input.kind !== "standard") return encodeBlob(input.code);
  return format === "spi"
    ? encodeStandardProgram(input.program)
    : encodeJamFile(new Uint8Array(0), input.program);
}

/** Writes a file; tells of it when it could not. */
function save(path: string, bytes: Uint8Array, io: Io): Result<void, Problem> {
  const written = io.write(path, bytes);
  return written.ok
    ? ok(undefined)
    : err({ code: EXIT_CODE.unwritable, message: `${path}: ${written.error}` });
}

/** Does the command `asm`. */
export function asmCommand(line: CommandLine, io: Io): Result<number, Problem> {
  const file = operandOf(line, "FILE");
  if (!file.ok) return file;
  const format = formatOf(line);
  if (!format.ok) return format;
  const bytes = io.read(file.value);
  if (!bytes.ok) return unreadable(file.value, bytes.error);
  const input = readSource(file.value, new TextDecoder().decode(bytes.value));
  if (!input.ok) return input;
  if (format.value === "pvm" && input.value.kind === "standard" && hasData(input.value.program)) {
    return usageProblem("a program blob holds no data; --format jam or spi does");
  }
  const encoded = encode(format.value, input.value);
  if (!encoded.ok) return malformed(`${file.value}: expected ${encoded.error.expected}`);
  const output = line.value("output") ?? `${file.value.replace(/\.pvmasm$/, "")}.${format.value}`;
  const saved = save(output, encoded.value, io);
  if (!saved.ok) return saved;
  const facts = { output, format: format.value, bytes: encoded.value.length };
  io.out(line.has("json") ? `${JSON.stringify(facts)}\n` : `${output}: ${facts.bytes} bytes\n`);
  return ok(EXIT_CODE.done);
}

function byteLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    lines.push(`        .byte ${bytes.subarray(at, at + BYTES_PER_LINE).join(", ")}`);
  }
  return lines;
}

/** The directives that bring back what a standard program has besides code. */
function dataText(program: StandardProgram): string {
  const { readOnlyData, readWriteData, heapPages, stackBytes } = program;
  const lines = [`        .stack ${stackBytes}`, `        .heap ${heapPages * PAGE_SIZE}`];
  if (readOnlyData.length > 0) lines.push("        .rodata", ...byteLines(readOnlyData));
  if (readWriteData.length > 0) lines.push("        .data", ...byteLines(readWriteData));
  return [...lines, "        .code", ""].join("\n");
}

/** Does the command `disasm`. */
export function disasmCommand(line: CommandLine, io: Io): Result<number, Problem> {
  const file = operandOf(line, "FILE");
  if (!file.ok) return file;
  const input = loadInput(file.value, io);
  if (!input.ok) return input;
  const code = disassemble(input.value.code);
  if (!code.ok) return malformed(`${file.value}: expected ${code.error.expected}`);
  const data = input.value.kind === "standard" ? dataText(input.value.program) : "";
  const source = `${data}${code.value}`;
  const output = line.value("output");
  if (output !== undefined) {
    const saved = save(output, new TextEncoder().encode(source), io);
    if (!saved.ok) return saved;
  }
  const { form } = input.value;
  if (line.has("json")) io.out(`${JSON.stringify({ file: file.value, form, source })}\n`);
  else io.out(output === undefined ? source : `${output}: ${source.length} characters\n`);
  return ok(EXIT_CODE.done);
}
