/** What a machine makes of its memory, of jump tables, and of hostile callers. */

import * as model from "../model/pvm.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import {
  DIALECTS,
  exitText,
  modelMachine,
  mutant,
  type Page,
  PLAIN,
  realMachine,
  sameState,
  type Setup,
  stateOf,
} from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";
const EXECUTE = "src/pvm/execute.ts";
const MACHINE = "src/pvm/machine.ts";
const BLOCKS = "src/pvm/blocks.ts";
const CODE = "src/pvm/code.ts";
const ACCESSES = ["none", "read-only", "read-write"] as const;
const TYPES = ["load_ind_u8", "load_ind_i16", "load_ind_u32", "load_ind_u64"].concat(
  ["store_ind_u8", "store_ind_u16", "store_ind_u32", "store_ind_u64"],
);

/** Compares one instruction at place 0 with the model. */
function oneAgrees(
  implementation: typeof pvm,
  setup: Setup,
): readonly [string, string | undefined] {
  const real = realMachine(implementation, setup);
  const expected = model.step(modelMachine(setup));
  const exit = real.step();
  return [exitText(expected.exit).split(" ")[0] ?? "", sameState(exit, real, expected)];
}

/** Addresses beside the border of two pages, and the pages: inside, at the reserved ones, at the end. */
const BORDERS: Readonly<Record<string, { readonly low: number; readonly high: number }>> = {
  inside: { low: 0x2_0000, high: 0x2_0100 },
  reserved: { low: 0xff00, high: 0x1_0000 },
  end: { low: 0xffff_ff00, high: 0 },
};

/** Examples of the memory rules: pages, address, and what a store of four bytes there gives. */
const TWO: readonly Page[] = [{ start: 0x2_0000, access: "read-write" }];
const EXAMPLES: readonly (readonly [readonly Page[], number, string])[] = [
  [TWO, 0x2_0ffc, "none"],
  [TWO, 0x2_0ffd, "page-fault 135168"],
  [TWO, 0x1_fffe, "page-fault 126976"],
  [[{ start: 0x1_0000, access: "read-write" }], 0xfffe, "panic"],
  [TWO, 0x2_1004, "page-fault 135168"],
  [[{ start: 0xffff_f000, access: "read-write" }], 0xffff_fffe, "panic"],
  [TWO, 0xffff_fffe, "page-fault 4294963200"],
];

const kept = new Map<string, readonly Page[]>();

/** The same list for the same pages, so that the model's memory is made once. */
function keep(pages: readonly Page[]): readonly Page[] {
  const key = JSON.stringify(pages);
  const known = kept.get(key) ?? pages;
  kept.set(key, known);
  return known;
}

/** Code whose last instruction jumps through a table; before it, places of every kind. */
const PLACES = [
  op("fallthrough"), // 0: starts a block
  [0xff], // 1: follows a terminator, but is no opcode
  op("load_imm", { a: 1, x: 7n }), // 2
  op("trap"), // 8
  op("jump_ind", { a: 0 }), // 9: follows a terminator
  op("fallthrough"), // 15, then 24 bytes of no instruction, and one more
];
const CLEAR = Array.from({ length: 28 }, () => 0);
const WIDTHS = [0, 1, 2, 3, 4, 7, 8, 9, 16, 255];
const TARGETS = [
  0n,
  1n,
  2n,
  3n,
  8n,
  9n,
  15n,
  16n,
  40n,
  41n,
  43n,
  44n,
  255n,
  2n ** 32n,
  2n ** 53n,
  2n ** 64n - 1n,
];

function tableCode(width: number, target: bigint): Setup["code"] {
  const entry = target % 256n ** BigInt(Math.min(width, 8));
  const code = assemble(PLACES, { width, entries: [entry, 9n % 256n ** BigInt(width)] });
  return {
    ...code,
    bytes: [...code.bytes, ...CLEAR.map(BigInt)],
    mask: [...code.mask, ...CLEAR.map(() => false)],
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/straddling_accesses_agree",
    claim: "accesses across a border of pages give the model's result for all that the two allow",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.4; JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      type: domain.of(...TYPES),
      border: domain.of("inside", "reserved", "end"),
      low: domain.of(...ACCESSES),
      high: domain.of(...ACCESSES),
      before: domain.range(0, 8),
      dialect: domain.of(...DIALECTS),
      readOnlyStore: domain.of("panic" as const, "page-fault" as const),
    }),
    reaches: ["none", "panic", "page-fault"],
    implementation: pvm,
    mutants: [
      mutant(INTERPRETER, `if (address < dialect.reservedBytes) return { kind: "panic" };`, ""),
      mutant(INTERPRETER, "base + (words[stop.record + AUXILIARY] ?? 0)", "base"),
      mutant(EXECUTE, "detail = memory.storeU16(", "detail = memory.storeU32("),
      mutant(
        EXECUTE,
        "                w[b + 1] ?? 0,\n              );",
        "                w[b] ?? 0,\n              );",
      ),
      mutant(
        MACHINE,
        "readOnlyStore = dialect.readOnlyStore } = read",
        "readOnlyStore = dialect.readOnlyStore } = { ...read, readOnlyStore: undefined }",
      ),
    ],
    check: ({ type, border, low, high, before, dialect, readOnlyStore }, reach, implementation) => {
      const place = BORDERS[border] ?? { low: 0, high: 0 };
      // In the Gray Paper the reserved pages cannot be mapped.
      const least = dialect === "gray-paper" ? 0x1_0000 : 0;
      const pages = [{ start: place.low, access: low }, { start: place.high, access: high }];
      const [name, failure] = oneAgrees(implementation, {
        ...PLAIN,
        dialect,
        readOnlyStore,
        pageSize: 256,
        pages: keep(pages.filter(({ start }) => start >= least)),
        code: assemble([op(type, { a: 1, b: 0, x: -3n })]),
        registers: [BigInt(place.high) + 2n ** 32n + 3n - BigInt(before), 0xfedc_ba98_7654_3210n],
      });
      reach(name);
      return failure;
    },
  }),
  defineProof({
    id: "pvm/memory_known_answers",
    claim: "the stores whose outcome the rules of memory spell out have that outcome",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.4, examples",
    strength: "exhaustive",
    domain: domain.of(...EXAMPLES),
    reaches: ["none", "panic", "page-fault"],
    implementation: pvm,
    mutants: [mutant("src/pvm/dialect.ts", "reservedBytes: 0x10000", "reservedBytes: 0xf000")],
    check: ([pages, address, wanted], reach, implementation) => {
      const [name, failure] = oneAgrees(implementation, {
        ...PLAIN,
        pageSize: 4096,
        pages,
        code: assemble([op("store_u32", { a: 0, x: BigInt(address) })]),
        registers: [0x1234_5678n],
      });
      reach(name);
      const machine = realMachine(implementation, {
        ...PLAIN,
        pageSize: 4096,
        pages,
        code: assemble([op("store_u32", { a: 0, x: BigInt(address) })]),
      });
      return allOf(failure, agrees(exitText(machine.step()), wanted));
    },
  }),
  defineProof({
    id: "pvm/jump_tables_agree",
    claim: "dynamic jumps go where the model goes, whatever the table holds and however wide it is",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM Interpreter",
    strength: "bounded",
    domain: domain.product({
      width: domain.of(...WIDTHS),
      target: domain.of(...TARGETS),
      address: domain.of(0n, 1n, 2n, 3n, 4n, 5n, 6n, 2n ** 31n, 0xffff_0000n, 2n ** 32n - 2n),
      dialect: domain.of(...DIALECTS),
    }),
    reaches: ["none", "panic", "halt", "trap"],
    implementation: pvm,
    mutants: [
      mutant(BLOCKS, "        starts[pc] = 0;\n", ""),
      mutant(BLOCKS, "if (code.starts[pc] === 1) starts", "starts"),
      mutant(CODE, "place = table.width - 1", "place = 3"),
      mutant(CODE, "const first = index * table.width;", "const first = index * table.width + 1;"),
      mutant(INTERPRETER, "return isEntry ? layout.landing(0) : 0;", "return 0;"),
      mutant(INTERPRETER, "address <= 2 * count", "address < 2 * count"),
      mutant(INTERPRETER, "stop.detail === dialect.haltAddress", "stop.detail === 0"),
    ],
    check: ({ width, target, address, dialect }, reach, implementation) => {
      const setup: Setup = {
        ...PLAIN,
        dialect,
        code: tableCode(width, target),
        registers: [address],
        pc: 9,
      };
      const real = realMachine(implementation, setup);
      let step = model.step(modelMachine(setup));
      for (let count = 0; count < 4; count++) {
        reach(exitText(step.exit));
        const failure = sameState(real.step(), real, step);
        if (failure !== undefined || step.exit !== undefined) return failure;
        step = model.step(step.machine);
      }
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/load_imm_jump_ind_reads_its_base",
    claim:
      "load_imm_jump_ind with one register for both reads it before it is written, in the JAVM after",
    subject: ["Program.create", "Machine.create", "Machine.step"],
    spec: "Gray Paper, appendix A.5; JAVM opcode 180",
    strength: "exhaustive",
    domain: domain.product({
      dialect: domain.of(...DIALECTS),
      a: domain.range(0, 12),
      b: domain.range(0, 12),
      written: domain.of(0n, 2n),
      held: domain.of(0n, 2n),
    }),
    reaches: ["none", "panic"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/lowering.ts", "words[record + A] = record + IMMEDIATE;", ""),
      mutant("src/pvm/dialect.ts", `loadImmJumpIndReads: "after"`, `loadImmJumpIndReads: "before"`),
    ],
    check: ({ dialect, a, b, written, held }, reach, implementation) => {
      const jump = op("load_imm_jump_ind", { a, b, x: written, y: 0n });
      const code = assemble([jump, op("trap")], { width: 1, entries: [0n] });
      const registers = Array.from({ length: 13 }, () => held);
      const [name, failure] = oneAgrees(implementation, { ...PLAIN, dialect, code, registers });
      reach(name);
      return failure;
    },
  }),
];

register(proofs);
