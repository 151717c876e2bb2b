/**
 * One instruction as text.
 *
 * @module
 */

import type { Code } from "../code.ts";
import { decode, skipOf } from "../instruction.ts";
import type { Instruction } from "../instruction.ts";
import type { Opcode } from "../opcodes.ts";
import { encodeFields, slotsOf, valueLengths } from "./shape.ts";
import type { Slot, ValueField } from "./shape.ts";
import { littleEndian, shortest } from "./value.ts";

/** Up to here, values are written in decimal. */
const DECIMAL_MAX = 4095n;
/** The most by which the length of a jump can differ. */
const JUMP_SLACK = 4;

/** Where jumps lead. */
export interface Targets {
  /** One byte for each code byte: 1 where a label stands. */
  readonly labelled: Uint8Array;
  /** For each place, how many jumps stand before it. */
  readonly jumpsBefore: Uint32Array;
}

/** An instruction as text, and how many bytes the text stands for. */
export interface InstructionText {
  readonly text: string;
  readonly length: number;
}

/** Bytes in hexadecimal, with commas. */
export function hexList(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ");
}

function numberText(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const digits = magnitude > DECIMAL_MAX ? `0x${magnitude.toString(16)}` : `${magnitude}`;
  return value < 0n ? `-${digits}` : digits;
}

/** What is needed to write the operands of an instruction. */
interface Context {
  readonly instruction: Instruction;
  readonly lengths: Readonly<Record<ValueField, number>>;
  readonly targets: Targets;
}

/**
 * A target and its length. The length is left out only where it follows from the text: a label so
 * far away that the jumps between, however short, leave it that length.
 */
function targetText({ instruction, targets }: Context, length: number): string {
  const { pc, target } = instruction;
  if (targets.labelled[target] !== 1) return `${numberText(BigInt(target))}:${length}`;
  const { jumpsBefore } = targets;
  const between = Math.abs((jumpsBefore[target] ?? 0) - (jumpsBefore[pc] ?? 0));
  const distance = target - pc;
  const least = Math.sign(distance) *
    Math.max(Math.min(1, Math.abs(distance)), Math.abs(distance) - JUMP_SLACK * between);
  const follows = shortest(least) === length;
  return `L_${target}${follows ? "" : `:${length}`}`;
}

function pinned(text: string, value: number, length: number): string {
  return shortest(value) === length ? text : `${text}:${length}`;
}

function slotText(context: Context, slot: Slot): string {
  const { instruction, lengths } = context;
  if (slot.kind === "register") return `r${instruction[slot.field]}`;
  const value = instruction[slot.field];
  const length = lengths[slot.field];
  switch (slot.kind) {
    case "wide":
      return numberText(
        (BigInt(instruction.xHigh >>> 0) << 32n) | BigInt(instruction.x >>> 0),
      );
    case "target":
      return targetText(context, length);
    case "value":
      return pinned(numberText(BigInt(value)), value, length);
    case "place": {
      if (slot.base === undefined) {
        return `[${pinned(numberText(BigInt(value >>> 0)), value, length)}]`;
      }
      const base = `r${instruction[slot.base]}`;
      if (value === 0 && length === 0) return `[${base}]`;
      const added = pinned(numberText(BigInt(Math.abs(value))), value, length);
      return `[${base} ${value < 0 ? "-" : "+"} ${added}]`;
    }
  }
}

/** The bytes that an instruction's values have in the code. */
function valueBytes({ instruction, lengths }: Context, slots: readonly Slot[], field: ValueField) {
  const slot = slots.find((slot) => slot.kind !== "register" && slot.field === field);
  const { pc, target, x, xHigh } = instruction;
  if (slot?.kind === "wide") return [...littleEndian(x, 4), ...littleEndian(xHigh, 4)];
  return littleEndian(slot?.kind === "target" ? target - pc : instruction[field], lengths[field]);
}

/**
 * The instruction at `pc` as text; nothing when the assembler would encode it otherwise.
 *
 * @param end Where the next instruction starts; what lies between is ignored by this one.
 */
export function instructionText(
  opcode: Opcode,
  { bytes, starts }: Code,
  pc: number,
  end: number,
  targets: Targets,
): InstructionText | undefined {
  const skip = skipOf(starts, pc);
  const instruction = decode(bytes, pc, skip);
  const lengths = valueLengths(opcode.format, bytes, pc, skip);
  const context = { instruction, lengths, targets };
  const slots = slotsOf(opcode);
  const encoded = encodeFields(opcode, {
    ...instruction,
    x: valueBytes(context, slots, "x"),
    y: valueBytes(context, slots, "y"),
  });
  const isExact = encoded.length <= end - pc &&
    encoded.every((byte, place) => byte === bytes[pc + place]);
  if (!isExact) return undefined;
  const operands = slots.map((slot) => slotText(context, slot)).join(", ");
  return {
    text: operands === "" ? opcode.mnemonic : `${opcode.mnemonic} ${operands}`,
    length: encoded.length,
  };
}
