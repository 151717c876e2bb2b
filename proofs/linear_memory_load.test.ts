/** Loads: every offset of real pages, and every byte pattern that matters on tiny ones. */

import { load, type LoadName, LOADS } from "../model/linear_memory_access.ts";
import { agrees, allOf, defineProof, domain, type Mutant, type Proof } from "../src/proof/mod.ts";
import { BOUNDS, call, differ, type Face, implementation } from "./_kit/linear_memory.ts";
import { kept, kindOf, mutant, offsets, outcomeOf } from "./_kit/linear_memory.ts";
import { stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";

function neverPanics(
  id: string,
  name: LoadName,
  pages: number,
  max: number,
  mutants: readonly Mutant<Face>[],
): Proof {
  const fixture = kept({ pages, max, pageBytes: 65_536 });
  return defineProof({
    id: `linear/${id}`,
    claim: `${name} at any offset of ${pages} of ${max} pages gives the model's value or trap, ` +
      "and changes nothing",
    subject: [`IsolatedMemory.${name}`],
    spec: SPEC,
    strength: "bounded",
    domain: offsets(pages * 65_536),
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [...BOUNDS, ...mutants],
    check(offset, reach, face) {
      const { real, model, bytes } = fixture(face);
      const expected = load(model, name, offset);
      reach(kindOf(expected));
      return allOf(
        agrees(outcomeOf(call(real, name, [offset])), expected),
        differ(real.asSlice(), bytes),
      );
    },
  });
}

const tiny = kept({ pages: 1, max: 3, pageBytes: 16 });

/** Bytes with every sign and every kind of floating-point number. */
const FILLS: readonly (readonly number[])[] = [
  [0x00],
  [0xff],
  [0x80, 0x00],
  [0x7f, 0xff],
  [0x01, 0x02, 0x83, 0x04, 0x85, 0x06, 0x87, 0x08],
  [0x00, 0x00, 0x80, 0x7f],
  [0x00, 0x00, 0xa0, 0x7f],
  [0x01, 0x00, 0xc0, 0xff],
  [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf0, 0x7f],
  [0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf4, 0xff],
];

export const proofs: readonly Proof[] = [
  neverPanics("load_i32_never_panics", "loadI32", 1, 4, [
    mutant(
      "load.ts",
      "ok(asI32(at.view.getInt32(offset, true)))",
      "ok(asI32(at.view.getInt32(offset, false)))",
    ),
    mutant(
      "load.ts",
      "ok(asI32(at.view.getInt32(offset, true)))",
      "ok(asI32(at.view.getUint32(offset, true)))",
    ),
  ]),
  neverPanics("load_i64_never_panics", "loadI64", 2, 4, [
    mutant("load.ts", "getBigInt64(offset, true)", "getBigInt64(offset, false)"),
    mutant("load.ts", "getBigInt64(offset, true)", "getBigUint64(offset, true)"),
    mutant(
      "load.ts",
      "fits(at.size, offset, 8) ? ok(asI64(",
      "fits(at.size, offset, 4) ? ok(asI64(",
    ),
  ]),
  neverPanics("load_u8_never_panics", "loadU8", 1, 2, [
    mutant("load.ts", "getUint8(offset)", "getInt8(offset)"),
    mutant("load.ts", "fits(at.size, offset, 1)", "fits(at.size, offset, 2)"),
  ]),
  neverPanics("load_u16_never_panics", "loadU16", 1, 2, [
    mutant("load.ts", "getUint16(offset, true)", "getUint16(offset, false)"),
    mutant("load.ts", "getUint16(offset, true)", "getInt16(offset, true)"),
  ]),
  neverPanics("load_f32_never_panics", "loadF32", 1, 2, [
    mutant("load.ts", "getFloat32(offset, true)", "getFloat32(offset, false)"),
    mutant("load.ts", "getFloat32(offset, true)", "getFloat32(offset & -4, true)"),
  ]),
  neverPanics("load_f64_never_panics", "loadF64", 1, 2, [
    mutant("load.ts", "getFloat64(offset, true)", "getFloat64(offset, false)"),
    mutant("load.ts", "getFloat64(offset, true)", "getFloat32(offset, true)"),
  ]),
  defineProof({
    id: "linear/loads_agree_with_model",
    claim:
      "every load of every width and kind gives the model's value or trap at every offset of " +
      "a tiny memory, whatever its bytes, and leaves the whole state as it was",
    subject: Object.keys(LOADS).map((name) => `IsolatedMemory.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      name: domain.of<LoadName>(
        ...["loadU8", "loadU16", "loadI32", "loadI64", "loadI64Halves"] as const,
        ...["loadF32", "loadF64", "loadF32Bits", "loadF64Bits"] as const,
        ...["loadI32From8S", "loadI32From8U", "loadI32From16S", "loadI32From16U"] as const,
        ...["loadI64From8S", "loadI64From8U", "loadI64From16S", "loadI64From16U"] as const,
        ...["loadI64From32S", "loadI64From32U"] as const,
      ),
      fill: domain.of(...FILLS),
      offset: offsets(16),
    }),
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [
      ...BOUNDS,
      mutant("load.ts", "return ok({ lo, hi:", "return ok({ lo: lo, hi: lo, other:"),
      mutant("load.ts", "getInt32(offset + 4, true)", "getInt32(offset + 3, true)"),
      mutant("load.ts", "if (!fits(at.size, offset, 8))", "if (!fits(at.size, offset, 7))"),
      mutant("load.ts", "getUint32(offset, true)", "getInt32(offset, true)"),
      mutant("load.ts", "getBigUint64(offset, true)", "getBigInt64(offset, true)"),
      mutant("load_narrow.ts", "asI32(at.view.getInt8(offset))", "asI32(at.view.getUint8(offset))"),
      mutant(
        "load_narrow.ts",
        "asI32(at.view.getInt16(offset, true))",
        "asI32(at.view.getInt16(offset))",
      ),
      mutant("load_narrow.ts", "this.loadU16(offset)", "this.loadI32From16S(offset)"),
      mutant("load_narrow.ts", "getUint32(offset, true)", "getInt32(offset, true)"),
      mutant(
        "load_narrow.ts",
        "BigInt(at.view.getInt32(offset, true))",
        "BigInt(at.view.getInt32(offset))",
      ),
      mutant(
        "bounds.ts",
        "Math.trunc(value) === value && !Object.is(value, -0);\n}\n\n/**\n * Whether `width`",
        "Math.trunc(value) === value;\n}\n\n/**\n * Whether `width`",
      ),
    ],
    check({ name, fill, offset }, reach, face) {
      const { real, model } = tiny(face);
      const bytes = model.bytes.map((_, at) => fill[at % fill.length] ?? 0);
      real.asSlice().set(bytes);
      const filled = { ...model, bytes };
      const expected = load(filled, name, offset);
      reach(kindOf(expected));
      return allOf(
        agrees(outcomeOf(call(real, name, [offset])), expected),
        agrees(stateOf(real), stateOfModel(filled)),
      );
    },
  }),
];

register(proofs);
