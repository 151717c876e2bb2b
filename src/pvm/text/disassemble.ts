/**
 * The disassembler: from code to source text that assembles to exactly that code.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { copyCode, jumpTarget } from "../code.ts";
import type { Code, JumpTable } from "../code.ts";
import { decode, skipOf } from "../instruction.ts";
import { OPCODES } from "../opcodes.ts";
import type { Opcode } from "../opcodes.ts";
import { entryWidth } from "./emit.ts";
import { hexList, instructionText } from "./instruction_text.ts";
import type { Targets } from "./instruction_text.ts";

/** The most bytes of code, or of a section of data, that are written as text. */
export const TEXT_BYTES_MAX: number = 2 ** 22;
/** How many bytes, or entries of the jump table, stand on a line. */
const PER_LINE = 8;
/** The widest entry whose every byte counts. */
const ENTRY_VALUE_BYTES = 8;
/** Up to here, `jumpTarget` is exact. */
const EXACT_WIDTH_MAX = 6;

const BY_CODE: ReadonlyMap<number, Opcode> = new Map(
  OPCODES.map((opcode) => [opcode.code, opcode]),
);

/** The opcodes that name a code offset. */
const JUMPS: ReadonlySet<number> = new Set(
  OPCODES.filter(({ format }) => format.endsWith("_offset")).map(({ code }) => code),
);

/** Every entry of a jump table; of those without bytes, only the first. */
function entriesOf(table: JumpTable): readonly bigint[] {
  const { count, width, bytes } = table;
  if (width <= EXACT_WIDTH_MAX) {
    return Array.from(
      { length: width === 0 ? Math.min(1, count) : count },
      (_, index) => BigInt(jumpTarget(table, index)),
    );
  }
  const counting = Math.min(width, ENTRY_VALUE_BYTES);
  return Array.from(
    { length: count },
    (_, index) =>
      bytes.subarray(index * width, index * width + counting)
        .reduceRight((above, byte) => above * 256n + BigInt(byte), 0n),
  );
}

/** Where jumps lead, and how many jumps stand before each place. */
function targetsOf({ bytes, starts }: Code, entries: readonly bigint[]): Targets {
  const labelled = new Uint8Array(bytes.length);
  const jumpsBefore = new Uint32Array(bytes.length + 1);
  for (let pc = 0; pc < bytes.length; pc++) {
    const isJump = starts[pc] === 1 && JUMPS.has(bytes[pc] ?? 0);
    jumpsBefore[pc + 1] = (jumpsBefore[pc] ?? 0) + (isJump ? 1 : 0);
    if (!isJump) continue;
    const { target } = decode(bytes, pc, skipOf(starts, pc));
    if (starts[target] === 1) labelled[target] = 1;
  }
  for (const entry of entries) {
    if (entry < BigInt(bytes.length) && starts[Number(entry)] === 1) labelled[Number(entry)] = 1;
  }
  return { labelled, jumpsBefore };
}

/** The directives of a jump table. */
function tableLines(
  { count, width }: JumpTable,
  entries: readonly bigint[],
  { labelled }: Targets,
): readonly string[] {
  const lines = width === entryWidth(entries) ? [] : [`        .table_width ${width}`];
  const names = entries.map((entry) =>
    entry < BigInt(labelled.length) && labelled[Number(entry)] === 1 ? `L_${entry}` : `${entry}`
  );
  if (width === 0 && count > 0) {
    lines.push(`        .table_repeat ${count}, ${names[0] ?? "0"}`);
    return lines;
  }
  for (let from = 0; from < names.length; from += PER_LINE) {
    lines.push(`        .table ${names.slice(from, from + PER_LINE).join(", ")}`);
  }
  return lines;
}

/** The lines of what stands from an instruction's first byte up to the next one's. */
function chunkLines(code: Code, pc: number, end: number, targets: Targets): readonly string[] {
  const { bytes, starts } = code;
  const lines: string[] = [];
  let at = pc;
  if (starts[pc] === 1) {
    const opcode = BY_CODE.get(bytes[pc] ?? 0);
    const written = opcode === undefined
      ? undefined
      : instructionText(opcode, code, pc, end, targets);
    const length = written?.length ?? Math.min(PER_LINE, end - pc);
    const comment = opcode === undefined ? "" : ` ; ${opcode.mnemonic}`;
    const text = written?.text ?? `.op ${hexList(bytes.subarray(pc, pc + length))}${comment}`;
    lines.push(`        ${text}`);
    at = pc + length;
  }
  for (; at < end; at += PER_LINE) {
    lines.push(`        .raw ${hexList(bytes.subarray(at, Math.min(end, at + PER_LINE)))}`);
  }
  return lines;
}

/** The source text of some code. */
export function codeText(code: Code): string {
  const { bytes, starts, jumpTable } = code;
  const entries = entriesOf(jumpTable);
  const targets = targetsOf(code, entries);
  const lines = [...tableLines(jumpTable, entries, targets)];
  for (let pc = 0; pc < bytes.length;) {
    const next = starts.indexOf(1, pc + 1);
    const end = next < 0 ? bytes.length : next;
    if (targets.labelled[pc] === 1) lines.push(`L_${pc}:`);
    for (const line of chunkLines(code, pc, end, targets)) lines.push(line);
    pc = end;
  }
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * Writes code as source text, from which `assemble` makes exactly that code again: bytes, starts
 * and jump table.
 *
 * What the assembler would encode otherwise gets a length (`:2`) or is written as bytes (`.op`, and
 * `.raw` for those at which no instruction starts).
 *
 * @param code The code: up to 4 MiB.
 * @returns The text. For a byte of code it has 25 or fewer UTF-16 units, for an entry 22 or fewer;
 * `assemble` takes 2^23 unless it is told otherwise. Fault: `invalid-argument`.
 *
 * @example One instruction
 * ```ts
 * import { decodeBlob, disassemble } from "@ringfence/core/pvm";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const code = decodeBlob(Uint8Array.of(0, 0, 3, 0xc8, 0x87, 0x09, 0x01));
 * assert(code.ok);
 * assertEquals(disassemble(code.value), { ok: true, value: "        add_64 r9, r7, r8\n" });
 * ```
 */
export function disassemble(code: Code): Result<string, InvalidArgument> {
  const copy = copyCode(code);
  if (copy === undefined || copy.bytes.length > TEXT_BYTES_MAX) {
    return invalidArgument("code", "code of up to 4 MiB with its starts and jump table", code);
  }
  return ok(codeText(copy));
}
