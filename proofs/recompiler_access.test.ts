/** Loads and stores of generated code: at borders of pages and windows, and in the midst of blocks. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { value } from "./_kit/paged.ts";
import { DIALECTS, GAS_MODELS, realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { mutant } from "./_kit/recompiler.ts";
import { enginesOf } from "./_kit/recompiler_engines.ts";
import {
  type Beginning,
  both,
  placesOf,
  type Region,
  runTwins,
  twinsOf,
  withEntries,
} from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

const ACCESSES = "src/pvm/recompiler/accesses.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const STAY = "src/pvm/recompiler/stay.ts";
const LINKED = "src/pvm/recompiler/linked.ts";

const ALLOWED = ["none", "read-only", "read-write"] as const;
const TYPES = ["u8", "u16", "u32", "u64"];
const MNEMONICS = [
  ...TYPES.map((type) => `load_ind_${type}`),
  ...["i8", "i16", "i32"].map((type) => `load_ind_${type}`),
  ...TYPES.map((type) => `store_ind_${type}`),
];
const BORDER = 0x2_1000;
/** So far from the register lies what a window would hold whose beginning is taken for its opposite. */
const FAR = -0x4_0000n;
const FILL = 0xfedc_ba98_7654_3210n;

/** Each access in a block of its own, by one base register. */
function accessesBy(base: number): { readonly code: Beginning["code"]; readonly places: number[] } {
  const block = (mnemonic: string, x: bigint) => [
    op("fallthrough"),
    op(mnemonic, { a: 8, b: base, x }),
    op("trap"),
  ];
  const lines = [
    ...MNEMONICS.flatMap((mnemonic) => block(mnemonic, -3n)),
    ...block("load_ind_u8", FAR),
  ];
  const code = realCode(assemble(lines));
  const places = placesOf(code).filter((_, index) => index % 3 === 1);
  return { code: withEntries(code, places), places };
}

/** Two pages beside a border, and a longer run of pages that takes the main window from them. */
function regionsOf(low: string, high: string, isAlone: boolean): readonly Region[] {
  const pages = [[BORDER - 4096, low], [BORDER, high]] as const;
  const regions = pages.flatMap(([start, access]): readonly Region[] =>
    access === "read-only" || access === "read-write" ? [[start, 4096, access]] : []
  );
  // The first page has the word that a border with half its address would have.
  const first: Region = [0x1_0000, 4096, "read-write"];
  return isAlone ? [first, ...regions, [0x5_0000, 16_384, "read-write"]] : [first, ...regions];
}

const KINDS = ["missing", "read-only", "straddling"] as const;
const BAD: Readonly<Record<typeof KINDS[number], number>> = {
  missing: 0x4_0000,
  "read-only": 0x3_0010,
  straddling: 0x2_0ffd,
};
const PAGES: readonly Region[] = [
  [0x2_0000, 4096, "read-write"],
  [0x3_0000, 4096, "read-only"],
  [0x6_0000, 16_384, "read-write"],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/borders_of_pages_and_windows_agree",
    claim:
      "accesses on both sides of a border and across it do what the interpreter's do, for all that the pages allow and in every window",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.4; JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      low: domain.of(...ALLOWED),
      high: domain.of(...ALLOWED),
      base: domain.of(1, 7),
      isAlone: domain.of(false, true),
    }),
    reaches: ["trap", "panic", "page-fault"],
    implementation: recompiler,
    mutants: [
      mutant.equivalent(
        ACCESSES,
        "const STACK_POINTER = 2;",
        "const STACK_POINTER = 14;",
        "a window is looked into by any base, and what it does not hold is looked up by its page",
      ),
      mutant(
        ACCESSES,
        "writer.get(isSide ? LOCAL.sideLimit : LOCAL.mainLimit);\n  writer.op(op.I32_LT_U);",
        "writer.get(isSide ? LOCAL.sideLimit : LOCAL.mainLimit);\n  writer.op(op.I32_LT_S);",
      ),
      mutant(
        ACCESSES,
        "writer.get(isSide ? LOCAL.sideLimit : LOCAL.mainLimit);",
        "writer.get(LOCAL.mainLimit);",
      ),
      mutant(
        ACCESSES,
        "writer.get(LOCAL.sideBase);\n    writer.op(op.I32_SUB);",
        "writer.get(LOCAL.sideBase);\n    writer.op(op.I32_ADD);",
      ),
      mutant(ACCESSES, "writer.get(LOCAL.sideDelta);", "writer.const32(0);"),
      mutant(ACCESSES, "isSide ? 0 : MAIN_PAGES", "isSide ? 1 : MAIN_PAGES"),
      mutant(
        ACCESSES,
        "writer.const32(isStore ? CAN_WRITE : CAN_READ);",
        "writer.const32(isStore ? CAN_READ : CAN_READ);",
      ),
      mutant(ACCESSES, "writer.op(op.I32_AND, op.I32_EQZ);", "writer.op(op.I32_AND);"),
      mutant(ACCESSES, "if (reach === 0) return;", "if (reach <= 1) return;"),
      mutant(
        ACCESSES,
        "writer.const32(PAGE_BYTES - 1 - reach);",
        "writer.const32(PAGE_BYTES - reach);",
      ),
      mutant(ACCESSES, "writer.const32(PAGE_BYTES - 1);", "writer.const32(PAGE_BYTES / 2 - 1);"),
      mutant(ACCESSES, "writer.const32(-PAGE_BYTES);", "writer.const32(-1);"),
      mutant(ACCESSES, "displacement - mainBase", "displacement - mainBase + 1"),
      mutant(ACCESSES, "writer.const32(WORD_SHIFT);", "writer.const32(WORD_SHIFT + 1);"),
      mutant(ACCESSES, "[126, load(op.I64_LOAD16_U, 1)]", "[126, load(op.I64_LOAD16_U, 0)]"),
      mutant(ACCESSES, "[123, store(op.I64_STORE, 7)]", "[123, store(op.I64_STORE, 6)]"),
      mutant(ACCESSES, "[121, store(op.I64_STORE16, 1)]", "[121, store(op.I64_STORE8, 1)]"),
      mutant(ACCESSES, "[127, load(op.I64_LOAD16_S, 1)]", "[127, load(op.I64_LOAD16_U, 1)]"),
      mutant.equivalent(
        LINKED,
        "(stackPointer - base) >>> 0 < limit",
        "stackPointer - base < limit",
        "a window that does not hold the stack pointer only costs time",
      ),
    ],
    check: ({ low, high, base, isAlone }, reach, face) => {
      const dialect = DIALECTS[isAlone ? 0 : 1] ?? "javm";
      const { code, places } = accessesBy(base);
      const registers = Array.from({ length: 13 }, (_, index) => index === 8 ? FILL : 0n);
      const regions = regionsOf(low, high, isAlone);
      const beginning = { code, dialect, gasModel: "block", gas: 9n, registers, regions } as const;
      const twins = twinsOf(beginning, enginesOf(face).recompiler);
      for (const before of [9, 8, 7, 4, 3, 2, 1, 0, -1]) {
        for (const [index, place] of places.entries()) {
          both(twins, (machine) => {
            value(machine.setPc(place));
            value(machine.setGas(9n));
            value(machine.setRegister(8, FILL + BigInt(index)));
            value(machine.setRegister(base, BigInt(BORDER + 3 - before) + 2n ** 32n));
          });
          const { kind, failure } = runTwins(twins);
          reach(kind);
          if (failure !== undefined) return `${MNEMONICS[index]} ${before} before: ${failure}`;
        }
      }
      return undefined;
    },
  }),
  defineProof({
    id: "recompiler/faults_in_blocks_agree",
    claim:
      "a fault at any store of a block leaves those before it done, those behind it not, and the gas as it is to be",
    subject: ["recompiler"],
    spec: "Gray Paper, appendix A.1 and A.4; JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      at: domain.range(0, 7),
      kind: domain.of(...KINDS),
      dialect: domain.of(...DIALECTS),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["page-fault", "host-call"],
    implementation: recompiler,
    mutants: [
      mutant(
        WRITER,
        "const fail = () => this.#stop(stoppedWithin(number));\n      return",
        "const fail = () => this.#stop(stoppedWithin(number + 1));\n      return",
      ),
      mutant(
        WRITER,
        "const fail = () => this.#stop(stoppedWithin(number));\n      return",
        "const fail = () => this.#stop(stoppedBefore(number));\n      return",
      ),
      mutant(
        STAY,
        "if (isWithin && perInstruction) left += unspent(segments, prepared.layout.words, number);",
        "",
      ),
      mutant(
        STAY,
        "half < 2 * REGISTERS; half++) registers[half] =",
        "half < 2 * REGISTERS - 4; half++) registers[half] =",
      ),
      mutant(
        WRITER,
        "writer.get(LOCAL.fuel);\n    writer.access(op.I32_STORE, layout.FUEL_AT);",
        "writer.const32(0);\n    writer.access(op.I32_STORE, layout.FUEL_AT);",
      ),
    ],
    check: ({ at, kind, dialect, gasModel }, reach, face) => {
      // The stores go by registers 1 to 8, what they store is in 12.
      const stores = Array.from({ length: 8 }, (_, index) => [
        op("add_imm_64", { a: 12, b: 12, x: 1n }),
        op("store_ind_u64", { a: 12, b: index + 1 }),
      ]);
      const code = realCode(assemble([...stores.flat(), op("ecalli", { x: 3n }), op("trap")]));
      const registers = Array.from(
        { length: 13 },
        (_, index) => BigInt(index === at + 1 ? BAD[kind] : 0x2_0100 + 32 * index),
      );
      const twins = twinsOf(
        {
          code,
          dialect,
          gasModel,
          gas: 9_000n,
          registers,
          regions: PAGES,
          readOnlyStore: "page-fault",
        },
        enginesOf(face).recompiler,
      );
      for (let exits = 1; exits <= 3; exits++) {
        const { exit, kind, failure } = runTwins(twins);
        reach(kind);
        if (failure !== undefined) return `exit ${exits}: ${failure}`;
        if (exit.kind !== "page-fault") return undefined;
        both(twins, ({ memory }) => memory.resetRegion(exit.address, 4096, "read-write"));
      }
      return undefined;
    },
  }),
];

register(proofs);
