/** What a machine makes of its memory, of jump tables, and of hostile callers. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import {
  DIALECTS,
  exitText,
  mutant,
  oneAgrees,
  type Page,
  PLAIN,
  realMachine,
} from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";
const EXECUTE = "src/pvm/execute.ts";
const MACHINE = "src/pvm/machine.ts";
const ACCESSES = ["none", "read-only", "read-write"] as const;
const TYPES = ["load_ind_u8", "load_ind_i16", "load_ind_u32", "load_ind_u64"].concat(
  ["store_ind_u8", "store_ind_u16", "store_ind_u32", "store_ind_u64"],
);

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
        "                w[(b + 1) | 0] ?? 0,\n              );",
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
];

register(proofs);
