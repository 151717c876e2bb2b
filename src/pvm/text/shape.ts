/**
 * How instructions are written: their operands in text, and the bytes that these become.
 *
 * @module
 */

import { assertNever } from "../../result.ts";
import type { Format, Opcode } from "../opcodes.ts";

/** A register of an instruction. */
export type RegisterField = "a" | "b" | "d";
/** A value of an instruction: the first or the second. */
export type ValueField = "x" | "y";

/**
 * An operand as it is written.
 *
 * A `value` is an immediate, a `wide` one has 8 bytes, a `target` is a code offset, and a `place` is
 * an address, or with a base a register and what is added to it. Of a `loose` value only the low 32
 * bits count, so that it can be given with or without a sign.
 */
export type Slot =
  | { readonly kind: "register"; readonly field: RegisterField }
  | { readonly kind: "value"; readonly field: ValueField; readonly loose: boolean }
  | { readonly kind: "wide"; readonly field: ValueField }
  | { readonly kind: "target"; readonly field: ValueField }
  | { readonly kind: "place"; readonly field: ValueField; readonly base?: RegisterField };

const register = (field: RegisterField): Slot => ({ kind: "register", field });
const target = (field: ValueField): Slot => ({ kind: "target", field });
const value = (field: ValueField, loose: boolean): Slot => ({ kind: "value", field, loose });
const place = (field: ValueField, base?: RegisterField): Slot =>
  base === undefined ? { kind: "place", field } : { kind: "place", field, base };

/** The operands of an instruction in the order in which they are written: what changes comes first. */
export function slotsOf({ mnemonic, format }: Opcode): readonly Slot[] {
  const stores = mnemonic.startsWith("store_");
  const reaches = stores || /^load_(?:ind_)?[iu]\d/.test(mnemonic);
  const narrow = /_32(?:_|$)/.test(mnemonic);
  const inOrder = (memory: Slot) => stores ? [memory, register("a")] : [register("a"), memory];
  switch (format) {
    case "none":
      return [];
    case "one_imm":
      return [value("x", false)];
    case "one_reg_one_ext_imm":
      return [register("a"), { kind: "wide", field: "x" }];
    case "two_imm":
      return [place("x"), value("y", !mnemonic.endsWith("64"))];
    case "one_offset":
      return [target("x")];
    case "one_reg_one_imm":
      if (mnemonic === "jump_ind") return [place("x", "a")];
      return reaches ? inOrder(place("x")) : [register("a"), value("x", false)];
    case "one_reg_two_imm":
      return [place("x", "a"), value("y", !mnemonic.endsWith("64"))];
    case "one_reg_one_imm_one_offset":
      return [register("a"), value("x", false), target("y")];
    case "two_reg":
      return [register("d"), register("a")];
    case "two_reg_one_imm":
      return reaches
        ? inOrder(place("x", "b"))
        : [register("a"), register("b"), value("x", narrow)];
    case "two_reg_one_offset":
      return [register("a"), register("b"), target("x")];
    case "two_reg_two_imm":
      return [register("a"), value("x", false), place("y", "b")];
    case "three_reg":
      return [register("d"), register("a"), register("b")];
    default:
      return assertNever(format, []);
  }
}

/** The fields of an instruction; values as little-endian bytes. */
export interface Fields {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The bytes between the opcode and the values. */
function head(format: Format, { a, b, d, x }: Fields): readonly number[] {
  switch (format) {
    case "none":
    case "one_imm":
    case "one_offset":
      return [];
    case "two_imm":
      return [x.length];
    case "one_reg_one_ext_imm":
    case "one_reg_one_imm":
      return [a];
    case "one_reg_two_imm":
    case "one_reg_one_imm_one_offset":
      return [a | (x.length << 4)];
    case "two_reg":
      return [d | (a << 4)];
    case "two_reg_one_imm":
    case "two_reg_one_offset":
      return [a | (b << 4)];
    case "two_reg_two_imm":
      return [a | (b << 4), x.length];
    case "three_reg":
      return [a | (b << 4), d];
    default:
      return assertNever(format, []);
  }
}

const NO_FIELDS: Fields = Object.freeze({ a: 0, b: 0, d: 0, x: [], y: [] });

/** How many bytes an instruction has besides its values. */
export function fixedLength(format: Format): number {
  return 1 + head(format, NO_FIELDS).length;
}

/** The bytes of an instruction (Gray Paper, appendix A.5). */
export function encodeFields({ code, format }: Opcode, fields: Fields): readonly number[] {
  return [code, ...head(format, fields), ...fields.x, ...fields.y];
}

function limited(length: number): number {
  return Math.min(4, Math.max(0, length));
}

/** The lengths of the values of the instruction at `pc` with `skip` bytes behind its first. */
export function valueLengths(
  format: Format,
  bytes: Uint8Array,
  pc: number,
  skip: number,
): { readonly x: number; readonly y: number } {
  const [first, second] = [bytes[pc + 1] ?? 0, bytes[pc + 2] ?? 0];
  const left = skip + 1 - fixedLength(format);
  const selected = (selector: number) => {
    const x = limited(selector & 7);
    return { x, y: limited(left - x) };
  };
  switch (format) {
    case "none":
    case "two_reg":
    case "three_reg":
      return { x: 0, y: 0 };
    case "one_reg_one_ext_imm":
      return { x: 8, y: 0 };
    case "one_imm":
    case "one_offset":
    case "one_reg_one_imm":
    case "two_reg_one_imm":
    case "two_reg_one_offset":
      return { x: limited(left), y: 0 };
    case "two_imm":
      return selected(first);
    case "one_reg_two_imm":
    case "one_reg_one_imm_one_offset":
      return selected(first >> 4);
    case "two_reg_two_imm":
      return selected(second);
    default:
      return assertNever(format, { x: 0, y: 0 });
  }
}
