/** What the proofs of source text share: instructions as they are written, and what they decode to. */

import * as decoder from "../../model/pvm_decode.ts";
import type { Opcode } from "../../model/pvm_opcodes.ts";
import { agrees } from "../../src/proof/mod.ts";
import type { Face } from "./pvm_input.ts";

/** The operands of an instruction to be written; a pin is a length in bytes for each value. */
export interface Operands {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly x: bigint;
  readonly y: bigint;
  readonly pins?: { readonly x: number; readonly y: number };
}

/** The values around which lengths change. */
export const VALUES: readonly bigint[] = [
  0n,
  1n,
  -1n,
  ...[7n, 15n, 23n].flatMap((bits) => {
    const edge = 2n ** bits;
    return [edge - 1n, edge, -edge, -edge - 1n];
  }),
  2n ** 31n - 1n,
  -(2n ** 31n),
];

/** The fewest bytes that hold a value with its sign. */
export function leastLength(value: bigint): number {
  return [0, 1, 2, 3, 4].find((length) => BigInt.asIntN(8 * length, value) === value) ?? 5;
}

/** What the values of a format are: immediates, targets, a wide one, or nothing. */
export function valueKinds(opcode: Opcode): { readonly x: string; readonly y: string } {
  switch (opcode.format) {
    case "none":
    case "two_reg":
    case "three_reg":
      return { x: "none", y: "none" };
    case "one_reg_one_ext_imm":
      return { x: "wide", y: "none" };
    case "one_offset":
    case "two_reg_one_offset":
      return { x: "target", y: "none" };
    case "one_reg_one_imm_one_offset":
      return { x: "immediate", y: "target" };
    case "two_imm":
    case "one_reg_two_imm":
    case "two_reg_two_imm":
      return { x: "immediate", y: "immediate" };
    default:
      return { x: "immediate", y: "none" };
  }
}

/** The instruction at `pc` as the grammar has it. */
export function written(opcode: Opcode, pc: bigint, operands: Operands): string {
  const { mnemonic, format } = opcode;
  const { pins } = operands;
  const [a, b, d] = [`r${operands.a}`, `r${operands.b}`, `r${operands.d}`];
  const value = (field: "x" | "y") =>
    `${operands[field]}${pins === undefined ? "" : `:${pins[field]}`}`;
  const target = (field: "x" | "y") =>
    `${pc + operands[field]}${pins === undefined ? "" : `:${pins[field]}`}`;
  const at = (base: string, field: "x" | "y") => `[${base} + ${value(field)}]`;
  const isStore = mnemonic.startsWith("store");
  const isLoad = /^load_(ind_)?[ui](8|16|32|64)$/.test(mnemonic);
  const line = (...parts: readonly string[]) => `${mnemonic} ${parts.join(", ")}`;
  switch (format) {
    case "none":
      return mnemonic;
    case "one_imm":
      return line(value("x"));
    case "one_reg_one_ext_imm":
      return line(a, `${operands.x}`);
    case "two_imm":
      return line(`[${value("x")}]`, value("y"));
    case "one_offset":
      return line(target("x"));
    case "one_reg_one_imm":
      if (mnemonic === "jump_ind") return line(at(a, "x"));
      if (isStore) return line(`[${value("x")}]`, a);
      return isLoad ? line(a, `[${value("x")}]`) : line(a, value("x"));
    case "one_reg_two_imm":
      return line(at(a, "x"), value("y"));
    case "one_reg_one_imm_one_offset":
      return line(a, value("x"), target("y"));
    case "two_reg":
      return line(d, a);
    case "two_reg_one_imm":
      if (isStore) return line(at(b, "x"), a);
      return isLoad ? line(a, at(b, "x")) : line(a, b, value("x"));
    case "two_reg_one_offset":
      return line(a, b, target("x"));
    case "two_reg_two_imm":
      return line(a, value("x"), at(b, "y"));
    case "three_reg":
      return line(d, a, b);
  }
}

/** What the model decodes of an instruction with such operands, where its format has them. */
export function expectedOperands(
  opcode: Opcode,
  pc: bigint,
  { a, b, d, x, y }: Operands,
): decoder.Operands {
  const kinds = valueKinds(opcode);
  const low = (value: bigint) => BigInt.asUintN(64, value);
  const { format } = opcode;
  const hasA = !["none", "one_imm", "two_imm", "one_offset"].includes(format);
  const hasB = format === "three_reg" || format.startsWith("two_reg_");
  const hasD = format === "two_reg" || format === "three_reg";
  return {
    a: hasA ? BigInt(a) : 0n,
    b: hasB ? BigInt(b) : 0n,
    d: hasD ? BigInt(d) : 0n,
    x: kinds.x === "immediate" || kinds.x === "wide" ? low(x) : 0n,
    y: kinds.y === "immediate" ? low(y) : 0n,
    target: kinds.x === "target" ? pc + x : kinds.y === "target" ? pc + y : 0n,
  };
}

type Code = Parameters<Face["disassemble"]>[0];

/** The instruction at `pc` by the model, without its opcode; nothing where the model has none. */
export function decoded(
  code: Code,
  pc: bigint,
): { opcode: Opcode; operands: decoder.Operands } | undefined {
  const bytes = Array.from(code.bytes, BigInt);
  const mask = Array.from(code.starts, (start) => start === 1);
  const jumpTable = { count: 0n, width: 0n, bytes: [] };
  const model = { bytes, mask, jumpTable };
  const found = decoder.instructionAt(model, pc, "javm") ??
    decoder.instructionAt(model, pc, "gray-paper");
  if (found === undefined) return undefined;
  const { opcode, skip: _, ...operands } = found;
  return { opcode, operands };
}

/** A failure to assemble, as text. */
export function complaint(errors: readonly { readonly kind: string }[]): string {
  return errors.map((error) => JSON.stringify(error)).join("; ");
}

/** A source, and the line, column and kind of each of its mistakes. */
export type Mistaken = readonly [
  source: string,
  ...mistakes: (readonly [number, number, string])[],
];

/** Whether the mistakes of a source are told, in their places; each is reported as reached. */
export function tellsMistakes(
  [source, ...expected]: Mistaken,
  reach: (label: string) => void,
  { assemble }: Face,
): string | undefined {
  const program = assemble(source);
  if (program.ok) return "took a mistake";
  const found = program.error.map((error) =>
    error.kind === "assembly-error" ? [error.line, error.column, error.problem] : [error.kind]
  );
  for (const [, , problem] of expected) reach(problem);
  return agrees(found, expected);
}
