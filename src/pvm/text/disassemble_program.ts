/**
 * The disassembler of whole programs: data, heap and stack besides the code.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { PAGE_SIZE } from "../../paged/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { decodeBlob } from "../blob.ts";
import type { MalformedProgram } from "../reader.ts";
import { copyStandardProgram } from "../standard_program.ts";
import type { StandardProgram } from "../standard_program.ts";
import { codeText, TEXT_BYTES_MAX } from "./disassemble.ts";
import { hexList } from "./instruction_text.ts";

/** How many bytes stand on a line. */
const PER_LINE = 16;

/** How many bytes from `from` on are the same. */
function runLength(bytes: Uint8Array, from: number): number {
  let end = from + 1;
  while (end < bytes.length && bytes[end] === bytes[from]) end++;
  return end - from;
}

/** A section of data; nothing for one without bytes. */
function dataLines(section: string, bytes: Uint8Array): readonly string[] {
  const lines = bytes.length === 0 ? [] : [section];
  for (let from = 0; from < bytes.length;) {
    const run = runLength(bytes, from);
    const length = run > PER_LINE ? run : Math.min(PER_LINE, bytes.length - from);
    lines.push(
      run > PER_LINE
        ? `        .space ${run}, ${bytes[from]}`
        : `        .byte ${hexList(bytes.subarray(from, from + length))}`,
    );
    from += length;
  }
  return lines;
}

/** The length of the larger section of data. */
function largest({ readOnlyData, readWriteData }: StandardProgram): number {
  return Math.max(readOnlyData.length, readWriteData.length);
}

function refused(program: unknown) {
  return invalidArgument("program", "a standard program, each part of up to 4 MiB", program);
}

/**
 * Writes a standard program as source text, from which `assemble` makes exactly that program again.
 *
 * @param program The program: up to 4 MiB of code and of data in each section, the blob well-formed.
 * @returns The text. Faults: `malformed-program` for its blob, `invalid-argument`.
 *
 * @example A program with data
 * ```ts
 * import { assemble, disassembleProgram } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const source = ".stack 4096\n.data\n.word 5\n.code\nload_u32 r1, [0x20000]\n";
 * const first = assemble(source);
 * assert(first.ok);
 * const text = disassembleProgram(first.value.program);
 * assert(text.ok);
 * const again = assemble(text.value);
 * assert(again.ok);
 * assertEquals(again.value.program, first.value.program);
 * ```
 */
export function disassembleProgram(
  program: StandardProgram,
): Result<string, MalformedProgram | InvalidArgument> {
  const copy = copyStandardProgram(program);
  if (copy === undefined || largest(copy) > TEXT_BYTES_MAX) return refused(program);
  const code = decodeBlob(copy.blob);
  if (!code.ok) return code;
  if (code.value.bytes.length > TEXT_BYTES_MAX) return refused(program);
  const lines = [
    `        .stack ${copy.stackBytes}`,
    `        .heap ${copy.heapPages * PAGE_SIZE}`,
    ...dataLines(".rodata", copy.readOnlyData),
    ...dataLines(".data", copy.readWriteData),
    ".code",
  ];
  return ok(lines.map((line) => `${line}\n`).join("") + codeText(code.value));
}
