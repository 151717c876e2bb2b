/** States in which single instructions are tried: pages of every kind, registers that point there. */

import type { GasModel } from "../../model/pvm.ts";
import { type Dialect, type Opcode, OPCODES } from "../../model/pvm_opcodes.ts";
import { biased } from "../../src/proof/mod.ts";
import fc from "fast-check";
import { GAS_MODELS, type Page, PLAIN, type Setup } from "./pvm.ts";
import { assemble, encode, type Fields, op } from "./pvm_assemble.ts";

/** The size of a page in most proofs. */
export const PAGE_SIZE = 16;

/** Pages of every kind, next to the reserved ones. */
export const PAGES: readonly Page[] = [
  { start: 0x1_0010, access: "read-only" },
  { start: 0x1_0020, access: "read-write" },
  { start: 0x1_0030, access: "read-write" },
  { start: 0x1_0050, access: "read-only" },
  { start: 0x1_0060, access: "read-write" },
];
/** The page at the end of the address space, which an access can leave. */
export const LAST_PAGE: Page = { start: 0xffff_fff0, access: "read-write" };
/** A page that is reserved in the Gray Paper alone. */
export const FIRST_PAGE: Page = { start: 0, access: "read-write" };

/** The entries of the jump table: starts of blocks, and anything else. */
export const ENTRIES: readonly bigint[] = [0n, 1n, 2n, 99n, 2n ** 63n, 2n ** 64n - 1n];

/** Addresses of every kind: in and around the pages, of the jump table, of the halt, and any. */
export const ADDRESS: fc.Arbitrary<bigint> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...PAGES), fc.integer({ min: -8, max: 17 }))
      .map(([{ start }, delta]) => BigInt(start + delta)),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -9, max: 9 }).map((delta) => BigInt.asUintN(32, BigInt(delta))),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 15 }).map(BigInt) },
  { weight: 1, arbitrary: fc.constant(0xffff_0000n) },
  { weight: 1, arbitrary: biased.unsigned(32) },
);

/** What is drawn for one instruction. */
export interface Scenario {
  readonly fields: Fields;
  /** Where an instruction with an address goes; nothing to leave it to its registers. */
  readonly address: bigint | undefined;
  readonly registers: readonly bigint[];
  /** Whether the registers A and B equal the immediate, or A in its low half alone. */
  readonly relation: "free" | "equal" | "low half";
  readonly gas: bigint;
  readonly gasModel: GasModel;
  readonly backend: "flat" | "sparse";
  /** Whether the last page of the address space is mapped, in a sparse memory. */
  readonly hasLast: boolean;
  readonly readOnlyStore: "panic" | "page-fault";
  /** Which offset a jump has, among those of `offsets`. */
  readonly target: number;
}

const register = fc.integer({ min: 0, max: 12 });
const word = fc.oneof(biased.unsigned(64), ADDRESS, fc.integer({ min: 0, max: 99 }).map(BigInt));

const pair = fc.tuple(register, register, fc.nat(3)).map(([a, b, alike]) => ({
  a,
  b: alike === 0 ? a : b,
}));

export const FIELDS: fc.Arbitrary<Fields> = fc.tuple(
  pair,
  fc.record({
    d: register,
    x: fc.oneof(biased.unsigned(64), ADDRESS),
    y: fc.oneof(biased.unsigned(64), ADDRESS),
    offset: fc.constant(0n),
  }),
).map(([registers, others]) => ({ ...registers, ...others }));

export const REGISTERS: fc.Arbitrary<bigint[]> = fc.array(word, { minLength: 13, maxLength: 13 });

export const SCENARIO: fc.Arbitrary<Scenario> = fc.record({
  fields: FIELDS,
  address: fc.option(ADDRESS, { nil: undefined, freq: 8 }),
  registers: REGISTERS,
  relation: fc.constantFrom(
    ...["free", "free", "free", "free", "equal", "low half"] as const,
  ),
  gas: fc.oneof(
    { weight: 6, arbitrary: fc.constant(1000n) },
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n, 2n ** 64n - 1n) },
  ),
  gasModel: fc.constantFrom(...GAS_MODELS),
  backend: fc.constantFrom("flat" as const, "sparse" as const, "sparse" as const),
  // Looking at all pages takes long when the last one is among them.
  hasLast: fc.nat(11).map((drawn) => drawn === 0),
  readOnlyStore: fc.constantFrom("panic" as const, "page-fault" as const),
  target: fc.nat(9),
});

/** The offsets of jumps from an instruction of `length` bytes. */
function offsets(length: number): readonly bigint[] {
  return [-1, 0, length, length + 1, length + 2, -2, 1, 2 ** 31 - 1, -(2 ** 31), 99].map(BigInt);
}

/** The instruction's fields, with those changed that make up its address. */
function aimed({ mnemonic, format }: Opcode, scenario: Scenario): Fields {
  const { fields, address, registers } = scenario;
  if (address === undefined) return fields;
  const { a, b } = fields;
  const [A, B] = [registers[a] ?? 0n, registers[b] ?? 0n];
  if (mnemonic === "load_imm_jump_ind") return { ...fields, y: address - B };
  if (mnemonic === "jump_ind" || format === "one_reg_two_imm") return { ...fields, x: address - A };
  if (/^(load|store)_ind/.test(mnemonic)) return { ...fields, x: address - B };
  if (/^(load|store)_(imm_)?[ui]\d/.test(mnemonic)) return { ...fields, x: address };
  return fields;
}

/** The pages of each dialect and backend, each the same list whenever it is asked for. */
const LAYOUTS: Readonly<Record<string, readonly Page[]>> = {
  "gray-paper flat": PAGES,
  "gray-paper sparse": PAGES,
  "gray-paper sparse last": [...PAGES, LAST_PAGE],
  "javm flat": [FIRST_PAGE, ...PAGES],
  "javm sparse": [FIRST_PAGE, ...PAGES],
  "javm sparse last": [FIRST_PAGE, ...PAGES, LAST_PAGE],
};

/** The pages of a dialect and a backend. */
export function pagesOf(
  dialect: Dialect,
  backend: "flat" | "sparse",
  hasLast = false,
): readonly Page[] {
  return LAYOUTS[`${dialect} ${backend}${hasLast && backend === "sparse" ? " last" : ""}`] ?? [];
}

/** A machine for many instructions, and where each of them is. */
export interface Bench {
  readonly setup: Setup;
  readonly places: readonly { readonly opcode: Opcode; readonly pc: number }[];
}

/**
 * Every instruction of a dialect, each between a block before and one behind, and a trap.
 *
 * One program for all of them, since making a program takes longer than a step.
 */
export function benchOf(dialect: Dialect, scenario: Scenario): Bench {
  const { fields, relation, gas, gasModel, backend, readOnlyStore } = scenario;
  const same = BigInt.asUintN(64, BigInt.asIntN(32, fields.x));
  const registers = scenario.registers.map((value, index) => {
    if (relation === "free" || (index !== fields.a && index !== fields.b)) return value;
    return relation === "low half" && index === fields.a ? same ^ 2n ** 32n : same;
  });
  const lines: (readonly number[])[] = [];
  const places: { readonly opcode: Opcode; readonly pc: number }[] = [];
  let end = 0;
  for (const opcode of OPCODES) {
    if (!opcode.dialects.includes(dialect)) continue;
    const wanted = aimed(opcode, { ...scenario, registers });
    const { length } = encode(opcode, wanted);
    const offset = offsets(length)[scenario.target] ?? 0n;
    places.push({ opcode, pc: end + 1 });
    lines.push(op("fallthrough"), encode(opcode, { ...wanted, offset }));
    lines.push(op("fallthrough"), op("trap"));
    end += length + 3;
  }
  const setup: Setup = {
    ...PLAIN,
    code: assemble(lines, { width: 8, entries: ENTRIES }),
    dialect,
    gasModel,
    backend,
    readOnlyStore,
    pages: pagesOf(dialect, backend, scenario.hasLast),
    registers,
    gas,
    heap: { base: 0x1_0000, top: 0x1_0035, maxPages: 8 },
  };
  return { setup, places };
}
