/** Stores: every offset of real pages, and every operand at the edge of its type on tiny ones. */

import { store, type StoreName, STORES } from "../model/linear_memory_access.ts";
import { agrees, allOf, defineProof, domain, type Mutant, type Proof } from "../src/proof/mod.ts";
import { BOUNDS, call, differ, type Face, implementation } from "./_kit/linear_memory.ts";
import { kept, kindOf, mutant, offsets, outcomeOf, storeInPlace } from "./_kit/linear_memory.ts";
import { stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";

/** Operands at and beyond the edges of 8, 16 and 32 bits. */
const WORDS: readonly number[] = [
  ...[
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    -0x80,
    -0x81,
    -0x8000,
    0x1234_5678,
  ],
  ...[
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    -(2 ** 31),
    2 ** 32,
    -(2 ** 31) - 1,
    -0,
    0.5,
    NaN,
    Infinity,
  ],
];
/** Operands at and beyond the edges of 64 bits. */
const LONGS: readonly bigint[] = [
  ...[0n, 1n, -1n, 0xffn, 0x80n, 0x8000n, 2n ** 31n, 2n ** 32n - 1n, 0x0123_4567_89ab_cdefn],
  ...[2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, -(2n ** 63n), 2n ** 64n, -(2n ** 63n) - 1n],
];
/** Numbers that round, overflow or vanish in 32 bits, and every kind that there is. */
const FLOATS: readonly number[] = [
  ...[0, -0, 1, -1.5, 0.1, 1 / 3, NaN, Infinity, -Infinity, 2 ** 24 + 1, 2 ** -149, 2 ** -150],
  ...[2 ** -150 * 1.5, 2 ** 128, (2 - 2 ** -24) * 2 ** 127, (2 - 2 ** -23) * 2 ** 127, 5e-324],
  ...[Number.MAX_VALUE, 2 ** -126, 2 ** -126 - 2 ** -149, 2 ** -1022, 2 ** -1022 - 2 ** -1074],
];

const HALVES: readonly (readonly unknown[])[] = [
  ...WORDS.map((lo, at) => [lo, WORDS[(at * 7 + 3) % WORDS.length]]),
  ...WORDS.map((hi) => [1, hi]),
];

/** What the operands of a store are tried with. */
function operandsOf(name: StoreName): readonly (readonly unknown[])[] {
  if (name === "storeI64Halves") return HALVES;
  if (name === "storeF32" || name === "storeF64") return [...FLOATS, 1n, "1"].map((one) => [one]);
  return name === "storeI64" || name === "storeF64Bits" || name.startsWith("storeI64As")
    ? [...LONGS, 1].map((one) => [one])
    : [...WORDS, 1n].map((one) => [one]);
}

function neverPanics(
  id: string,
  name: StoreName,
  pages: number,
  max: number,
  mutants: readonly Mutant<Face>[],
): Proof {
  const fixture = kept({ pages, max, pageBytes: 65_536 });
  const operands = operandsOf(name);
  return defineProof({
    id: `linear/${id}`,
    claim:
      `${name} at any offset of ${pages} of ${max} pages gives the model's outcome and writes ` +
      "its bytes alone, operands of every kind taking turns",
    subject: [`IsolatedMemory.${name}`],
    spec: SPEC,
    strength: "bounded",
    domain: offsets(pages * 65_536),
    reaches: ["value", "out-of-bounds", "invalid-argument"],
    implementation,
    mutants: [...BOUNDS, ...mutants],
    check(offset, reach, face) {
      const { real, bytes } = fixture(face);
      const given = operands[Math.abs(Math.trunc(offset)) % operands.length] ?? operands[0] ?? [];
      const before = bytes.slice(offset, offset + 8);
      const expected = storeInPlace(bytes, name, offset, given);
      reach(kindOf(expected));
      const failure = allOf(
        agrees(outcomeOf(call(real, name, [offset, ...given])), expected),
        differ(real.asSlice(), bytes),
      );
      if ("ok" in expected) {
        bytes.set(before, offset);
        real.asSlice().set(before, offset);
      }
      return failure;
    },
  });
}

const tiny = kept({ pages: 1, max: 3, pageBytes: 16 });
const NAMES = [
  ...["storeU8", "storeU16", "storeI32", "storeI64", "storeF32", "storeF64"],
  ...["storeF32Bits", "storeF64Bits", "storeI64Halves", "storeI32As8", "storeI32As16"],
  ...["storeI64As8", "storeI64As16", "storeI64As32"],
] as const satisfies readonly StoreName[];

export const proofs: readonly Proof[] = [
  neverPanics("store_i32_never_panics", "storeI32", 1, 4, [
    mutant("store.ts", "setInt32(offset, value, true)", "setInt32(offset, value, false)"),
    mutant("bounds.ts", "value <= 0xffff_ffff", "value <= 0x7fff_ffff"),
  ]),
  neverPanics("store_i64_never_panics", "storeI64", 2, 4, [
    mutant("store.ts", "setBigInt64(offset, value, true)", "setBigInt64(offset, value, false)"),
    mutant("bounds.ts", " || BigInt.asUintN(64, value) === value", ""),
    mutant("bounds.ts", "BigInt.asIntN(64, value) === value || ", ""),
  ]),
  neverPanics("store_u8_never_panics", "storeU8", 1, 2, [
    mutant("store.ts", "setInt8(offset, value)", "setInt8(offset, value & 0x7f)"),
  ]),
  neverPanics("store_u16_never_panics", "storeU16", 1, 2, [
    mutant("store.ts", "setInt16(offset, value, true)", "setInt16(offset, value)"),
    mutant("store.ts", "setInt16(offset, value, true)", "setInt32(offset, value, true)"),
  ]),
  neverPanics("store_f32_never_panics", "storeF32", 1, 2, [
    mutant("put.ts", "setFloat32(offset, value, true)", "setFloat32(offset, value)"),
    mutant("put.ts", "0x7fc0_0000", "0x7f80_0001"),
  ]),
  neverPanics("store_f64_never_panics", "storeF64", 1, 2, [
    mutant(
      "put.ts",
      "setFloat64(offset, value, true)",
      "setFloat64(offset, Math.fround(value), true)",
    ),
    mutant(
      "put.ts",
      "putHalves(view, offset, 0, 0x7ff8_0000)",
      "putHalves(view, offset, 0x7ff8_0000, 0)",
    ),
  ]),
  defineProof({
    id: "linear/stores_agree_with_model",
    claim:
      "every store of every width and kind gives the model's outcome and whole state at every " +
      "offset of a tiny memory, for operands at and beyond every edge",
    subject: Object.keys(STORES).map((name) => `IsolatedMemory.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.from({
      describe: "every store × its operands × offsets of 16 bytes",
      size: NAMES.reduce((sum, name) => sum + operandsOf(name).length, 0) * offsets(16).size,
      *values() {
        for (const name of NAMES) {
          for (const operands of operandsOf(name)) {
            for (const offset of offsets(16).values()) yield { name, operands, offset };
          }
        }
      },
    }),
    reaches: ["value", "out-of-bounds", "invalid-argument"],
    implementation,
    mutants: [
      ...BOUNDS,
      mutant("store.ts", 'if (!isWord(hi)) return invalidArgument("hi", WORD, hi);', ""),
      mutant(
        "store.ts",
        'if (!isWord(lo)) return invalidArgument("lo", WORD, lo);\n    if (!isWord(hi)) return invalidArgument("hi", WORD, hi);\n    putHalves(at.view, offset, lo, hi);',
        'if (!isWord(lo)) return invalidArgument("lo", WORD, lo);\n    at.view.setInt32(offset, lo, true);\n    if (!isWord(hi)) return invalidArgument("hi", WORD, hi);\n    putHalves(at.view, offset, lo, hi);',
      ),
      mutant(
        "store.ts",
        "putHalves(at.view, offset, lo, hi)",
        "putHalves(at.view, offset, hi, lo)",
      ),
      mutant(
        "store.ts",
        "return this.storeU16(offset, value)",
        "return this.storeU8(offset, value)",
      ),
      mutant(
        "store.ts",
        "setInt16(offset, lowWord(value), true)",
        "setInt16(offset, lowWord(value))",
      ),
      mutant(
        "store.ts",
        "setInt32(offset, lowWord(value), true)",
        "setInt32(offset, Number(value >> 1n), true)",
      ),
      mutant("put.ts", "Number(BigInt.asIntN(32, value))", "Number(BigInt.asIntN(8, value))"),
      mutant("put.ts", "view.setInt32(offset + 4, hi, true)", "view.setInt32(offset + 4, hi)"),
      mutant("bounds.ts", "value >= -0x8000_0000", "value > -0x8000_0000"),
      mutant("bounds.ts", "value <= 0xffff_ffff", "value <= 0x1_0000_0000"),
      mutant(
        "bounds.ts",
        "-0x8000_0000 && value <= 0xffff_ffff &&\n    Math.trunc(value) === value &&",
        "-0x8000_0000 && value <= 0xffff_ffff &&",
      ),
    ],
    check({ name, operands, offset }, reach, face) {
      const { real, model } = tiny(face);
      real.asSlice().set(model.bytes);
      const expected = store(model, name, offset, ...operands);
      reach(kindOf(expected.outcome));
      return allOf(
        agrees(outcomeOf(call(real, name, [offset, ...operands])), expected.outcome),
        agrees(stateOf(real), stateOfModel(expected.state)),
      );
    },
  }),
];

register(proofs);
