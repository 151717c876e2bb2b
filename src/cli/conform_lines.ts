/**
 * Random instructions for the conformance driver, biased to what implementations get wrong.
 *
 * @module
 */

import { OPCODES } from "../pvm/mod.ts";
import type { DialectName, Opcode } from "../pvm/mod.ts";
import type { Line } from "./conform_draft.ts";
import { anyWord, type Random } from "./conform_random.ts";

/** Where memory is interesting: around the borders of the pages of random cases. */
export const PLACES: readonly [number, ...number[]] = [
  ...[
    0xfffc,
    0x1_0000,
    0x1_0ff8,
    0x1_0fff,
    0x1_fffc,
    0x2_0000,
    0x2_0008,
    0x2_0ffc,
  ] as const,
  ...[
    0x2_1000,
    0x2_1ff8,
    0x2_1ffd,
    0x2_1fff,
    0x2_2000,
    0x2_2ffc,
    0x3_0000,
    0x3_0ff9,
  ] as const,
  ...[0x3_0fff, 0x4_0000, 0x4_0ff8, 0xffff_0000, 0xffff_fffc, 0, 8] as const,
];

/** The register that often holds where the program halts, those of addresses, and that of tables. */
export const HALT_REGISTER = 0;
export const POINTERS: readonly [number, ...number[]] = [1, 10, 11];
export const INDEX_REGISTER = 12;

const REGISTERS = 13;
const DISPLACEMENTS: readonly [number, ...number[]] = [
  0,
  0,
  0,
  1,
  -1,
  4,
  8,
  -8,
  4096,
  -4096,
];

/** The instructions to draw from. */
export interface Palette {
  readonly all: readonly [Opcode, ...Opcode[]];
  /** Those that touch memory, and those that jump. */
  readonly memory: readonly Opcode[];
  readonly jumps: readonly Opcode[];
  /** Whether instructions are encoded as an assembler does it. */
  readonly plain: boolean;
  /** The numbers of all. */
  readonly numbers: ReadonlySet<number>;
}

const FALLBACK: Opcode = {
  code: 0,
  mnemonic: "trap",
  format: "none",
  dialects: [],
  terminates: [],
};

/** The instructions of a dialect but for some. */
export function paletteOf(
  dialect: DialectName,
  without: ReadonlySet<string>,
  plain: boolean,
): Palette {
  const found = OPCODES.filter(({ dialects, mnemonic }) =>
    dialects.includes(dialect) && !without.has(mnemonic)
  );
  return {
    all: [found[0] ?? FALLBACK, ...found.slice(1)],
    memory: found.filter(({ mnemonic }) =>
      /^(?:load|store)_(?:imm_)?(?:ind_)?[ui]\d/.test(mnemonic)
    ),
    jumps: found.filter(({ mnemonic }) => /jump|branch/.test(mnemonic)),
    plain,
    numbers: new Set(found.map(({ code }) => code)),
  };
}

function anyOpcode(random: Random, { all, memory, jumps }: Palette): Opcode {
  const drawn = random.below(8);
  const group = drawn < 2 ? memory : drawn < 3 ? jumps : all;
  return group[random.below(group.length)] ?? all[0];
}

/** A register, mostly one that exists. */
function register(random: Random, plain: boolean): number {
  return !plain && random.once(24) ? random.below(16) : random.below(REGISTERS);
}

function little(value: number, length: number): readonly number[] {
  return Array.from({ length }, (_, place) => (value >> (8 * place)) & 0xff);
}

/** The fewest bytes whose sign extension is the value, or any number of them. */
function immediate(random: Random, value: number): readonly number[] {
  const shortest =
    [0, 1, 2, 3].find((length) =>
      length === 0 ? value === 0 : value << (32 - 8 * length) >> (32 - 8 * length) === value
    ) ?? 4;
  return little(
    value,
    random.once(4) ? random.below(5) : Math.max(shortest, random.below(5)),
  );
}

function anyValue(random: Random): number {
  return Number(BigInt.asIntN(32, anyWord(random)));
}

function place(random: Random): number {
  return (random.pick(PLACES) + (random.once(2) ? 0 : random.below(5) - 2)) | 0;
}

/** What an instruction is likely to mean by its base register and its immediate. */
function aimed(
  random: Random,
  { mnemonic, format }: Opcode,
  plain: boolean,
): { base: number; value: number } {
  if (random.once(8)) {
    return { base: register(random, plain), value: anyValue(random) };
  }
  if (/_ind_[ui]\d/.test(mnemonic)) {
    return { base: random.pick(POINTERS), value: random.pick(DISPLACEMENTS) };
  }
  if (mnemonic === "jump_ind") {
    const base = random.once(2) ? HALT_REGISTER : INDEX_REGISTER;
    return { base, value: random.once(4) ? 2 * random.below(6) : 0 };
  }
  if (mnemonic === "load_imm_jump_ind") {
    return {
      base: INDEX_REGISTER,
      value: random.once(2) ? 0 : 2 * random.below(6),
    };
  }
  const isDirect = /^(?:load|store)_(?:imm_)?[ui]\d/.test(mnemonic) &&
    format !== "two_reg_one_imm";
  return {
    base: register(random, plain),
    value: isDirect ? place(random) : anyValue(random),
  };
}

/** The operand bytes; those of an offset are zero. */
function operands(
  random: Random,
  opcode: Opcode,
  plain: boolean,
): readonly number[] {
  const { base, value } = aimed(random, opcode, plain);
  const [a, b] = [
    register(random, plain),
    random.once(4) ? base : register(random, plain),
  ];
  const first = immediate(random, value);
  const second = immediate(random, anyValue(random));
  const offset = little(0, random.once(6) ? 1 + random.below(3) : 4);
  // Selectors of 5 and more mean 4 as well.
  const selector = !plain && first.length === 4 && random.once(8)
    ? 4 + random.below(4)
    : first.length;
  switch (opcode.format) {
    case "none":
      return [];
    case "one_imm":
      return first;
    case "one_reg_one_ext_imm":
      return [
        base,
        ...Array.from(
          { length: 8 },
          () => random.once(2) ? 0xff : random.below(256),
        ),
      ];
    case "two_imm":
      return [selector, ...first, ...second];
    case "one_offset":
      return offset;
    case "one_reg_one_imm":
      return [base, ...first];
    case "one_reg_two_imm":
      return [base | (selector << 4), ...first, ...second];
    case "one_reg_one_imm_one_offset":
      return [base | (selector << 4), ...first, ...offset];
    case "two_reg":
      return [a | (b << 4)];
    case "two_reg_one_imm":
      return [a | (base << 4), ...first];
    case "two_reg_one_offset":
      return [a | (b << 4), ...offset];
    case "two_reg_two_imm":
      return [a | (base << 4), second.length, ...second, ...first];
    case "three_reg":
      return [a | (b << 4), register(random, plain)];
  }
}

/** A line whose jump, if it is one, leads nowhere yet. */
export function anyLine(random: Random, palette: Palette): Line {
  const opcode = anyOpcode(random, palette);
  const bytes = [opcode.code, ...operands(random, opcode, palette.plain)];
  return { bytes, isStart: true, jump: undefined };
}
