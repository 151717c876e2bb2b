/** What was stored is loaded back, bit for bit, and success means a valid range. */

import fc from "fast-check";
import { place, read } from "../model/linear_memory.ts";
import { load, type LoadName, store, type StoreName } from "../model/linear_memory_access.ts";
import { agrees, allOf, biased, defineProof, domain, sampled } from "../src/proof/mod.ts";
import type { Domain, InputSource, Mutant, Proof, Sampling } from "../src/proof/mod.ts";
import { BOUNDS, call, differ, type Face, implementation } from "./_kit/linear_memory.ts";
import { kept, mutant, offsets, outcomeOf, stateOf } from "./_kit/linear_memory.ts";
import { stateOfModel, storeInPlace } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";
const PAGE = 65_536;
const page = kept({ pages: 1, max: 1, pageBytes: PAGE });
const tiny = kept({ pages: 1, max: 1, pageBytes: 16 });

interface Stored<T> {
  readonly offset: number;
  readonly value: T;
}

function anywhere<T>(value: fc.Arbitrary<T>, describe: string): Sampling<Stored<T>> {
  const arbitrary: InputSource<Stored<T>> = fc.record({ offset: biased.index(PAGE), value });
  return sampled(arbitrary, {
    runs: 4000,
    describe: `any offset and ${describe}, biased to edges`,
  });
}

function roundTrip<T>(
  id: string,
  stores: StoreName,
  loads: LoadName,
  inputs: Domain<Stored<T>> | Sampling<Stored<T>>,
  mutants: readonly Mutant<Face>[],
): Proof {
  return defineProof({
    id: `linear/store_load_roundtrip_${id}`,
    claim:
      `${stores} succeeds exactly where the model's does, ${loads} then gives the value back, ` +
      "and no other byte of the page changes",
    subject: [`IsolatedMemory.${stores}`, `IsolatedMemory.${loads}`],
    spec: SPEC,
    strength: "arbitrary" in inputs ? "sampled" : "bounded",
    domain: inputs,
    reaches: ["stored", "refused"],
    implementation,
    mutants: [...BOUNDS, ...mutants],
    check({ offset, value }, reach, face) {
      const { real, bytes } = page(face);
      const expected = storeInPlace(bytes, stores, offset, [value]);
      const given = outcomeOf(call(real, stores, [offset, value]));
      reach("ok" in expected ? "stored" : "refused");
      return allOf(
        agrees(given, expected),
        agrees(
          outcomeOf(call(real, loads, [offset])),
          "ok" in expected ? { ok: value } : expected,
        ),
        differ(real.asSlice(), bytes),
      );
    },
  });
}

/** Fractions with one bit set, one bit clear, all, none: every class of payload. */
function fractions(bits: number): Domain<bigint> {
  const all = 2n ** BigInt(bits) - 1n;
  return domain.map(
    domain.product({
      bit: domain.range(0, bits),
      kind: domain.of("one", "all but one", "from", "to"),
    }),
    ({ bit, kind }) => {
      const power = 2n ** BigInt(bit);
      if (kind === "one") return power & all;
      if (kind === "all but one") return all - (power & all);
      return kind === "from" ? all - (all & (power - 1n)) : power - 1n;
    },
  );
}

function bitsRoundTrip(
  bits: 32 | 64,
  exponents: Domain<number>,
  mutants: readonly Mutant<Face>[],
): Proof {
  const fractionBits = bits === 32 ? 23 : 52;
  const [stores, loads, number]: readonly [StoreName, LoadName, LoadName] = bits === 32
    ? ["storeF32Bits", "loadF32Bits", "loadF32"]
    : ["storeF64Bits", "loadF64Bits", "loadF64"];
  return defineProof({
    id: `linear/store_load_roundtrip_f${bits}_bits`,
    claim: `${stores} and ${loads} keep every bit, of NaNs with every class of payload too, and ` +
      `${number} gives the number that the model makes of them`,
    subject: [stores, loads, number].map((name) => `IsolatedMemory.${name}`),
    spec: "Wasm core 2.0, 4.4.7 and 4.3.3",
    strength: "bounded",
    domain: domain.product({
      sign: domain.range(0, 1),
      exponent: exponents,
      fraction: fractions(fractionBits),
    }),
    reaches: ["signalling NaN", "quiet NaN", "number"],
    implementation,
    mutants,
    check({ sign, exponent, fraction }, reach, face) {
      const fields = BigInt(exponent) + (sign === 1 ? 2n ** BigInt(bits - 1 - fractionBits) : 0n);
      const value = fields * 2n ** BigInt(fractionBits) + fraction;
      const isNan = exponent === 2 ** (bits - 1 - fractionBits) - 1 && fraction !== 0n;
      const isQuiet = fraction >= 2n ** BigInt(fractionBits - 1);
      reach(isNan ? (isQuiet ? "quiet NaN" : "signalling NaN") : "number");
      const { real, model } = tiny(face);
      const operand = bits === 32 ? Number(value) : value;
      const { state } = store(model, stores, 5, operand);
      call(real, stores, [5, operand]);
      return allOf(
        agrees(outcomeOf(call(real, loads, [5])), { ok: operand }),
        agrees(outcomeOf(call(real, number, [5])), load(state, number, 5)),
        agrees(stateOf(real), stateOfModel(state)),
      );
    },
  });
}

/** Success exactly where the whole range is active. */
function validRange(id: string, method: "loadI32" | "storeI64", width: number): Proof {
  return defineProof({
    id: `linear/${id}`,
    claim:
      `${method} succeeds exactly where offset + ${width}, summed exactly, is at most activeSize`,
    subject: [`IsolatedMemory.${method}`, "IsolatedMemory.activeSize"],
    spec: SPEC,
    strength: "bounded",
    domain: offsets(PAGE),
    reaches: ["success", "failure"],
    implementation,
    mutants: BOUNDS,
    check(offset, reach, face) {
      const { real, model } = page(face);
      const given = method === "loadI32" ? real.loadI32(offset) : real.storeI64(offset, 1n);
      const isValid = Number.isInteger(offset) && !Object.is(offset, -0) && offset >= 0 &&
        BigInt(offset) + BigInt(width) <= BigInt(real.activeSize);
      reach(given.ok ? "success" : "failure");
      return allOf(
        agrees(given.ok, isValid),
        agrees(place(model.bytes.length, offset, width) !== undefined, isValid),
        agrees("ok" in read(model, offset, width), isValid),
      );
    },
  });
}

const everyU16 = domain.product({
  offset: domain.of<number>(PAGE - 2, PAGE - 1),
  value: domain.range(0, PAGE - 1),
});
const everyU8 = domain.product({
  offset: domain.union(domain.range(0, 20), domain.range(PAGE - 20, PAGE + 20)),
  value: domain.range(0, 255),
});

export const proofs: readonly Proof[] = [
  roundTrip("i32", "storeI32", "loadI32", anywhere(biased.i32(), "i32"), [
    mutant("store.ts", "setInt32(offset, value, true)", "setInt32(offset, value)"),
    mutant(
      "load.ts",
      "ok(asI32(at.view.getInt32(offset, true)))",
      "ok(asI32(at.view.getUint32(offset, true)))",
    ),
  ]),
  roundTrip("i64", "storeI64", "loadI64", anywhere(biased.signed(64), "i64"), [
    mutant(
      "store.ts",
      "setBigInt64(offset, value, true)",
      "setInt32(offset, Number(BigInt.asIntN(32, value)), true)",
    ),
    mutant("load.ts", "getBigInt64(offset, true)", "getBigUint64(offset, true)"),
  ]),
  roundTrip("u8", "storeU8", "loadU8", everyU8, [
    mutant("load.ts", "getUint8(offset)", "getInt8(offset)"),
  ]),
  roundTrip("u16", "storeU16", "loadU16", everyU16, [
    mutant("load.ts", "getUint16(offset, true)", "getInt16(offset, true)"),
    mutant("store.ts", "setInt16(offset, value, true)", "setInt8(offset, value)"),
  ]),
  bitsRoundTrip(32, domain.range(0, 255), [
    mutant(
      "store.ts",
      "at.view.setInt32(offset, bits, true)",
      "at.view.setInt32(offset, (bits & 0x7fff_ffff) > 0x7f80_0000 ? bits | 0x40_0000 : bits, true)",
    ),
    mutant("load.ts", "getUint32(offset, true)", "getInt32(offset, true)"),
  ]),
  bitsRoundTrip(64, domain.of<number>(0, 1, 2, 1022, 1023, 1024, 1075, 2045, 2046, 2047), [
    mutant(
      "store.ts",
      "at.view.setBigInt64(offset, bits, true)",
      "at.view.setBigInt64(offset, bits & ~(1n << 51n), true)",
    ),
    mutant("load.ts", "getBigUint64(offset, true)", "getBigInt64(offset, true)"),
  ]),
  validRange("load_success_implies_valid_range", "loadI32", 4),
  validRange("store_success_implies_valid_range", "storeI64", 8),
];

register(proofs);
