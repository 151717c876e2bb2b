/** Stores of NaN: whatever its sign and payload, the canonical one is written, in every tier. */

import { agrees, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { type Face, implementation, memory, mutant } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

/** Bits of a NaN of 64 bits: both signs, quiet and signalling, payloads high and low. */
const NAN_BITS = domain.of(
  0x7ff8_0000_0000_0000n,
  0xfff8_0000_0000_0000n,
  0x7ff8_0000_2000_0000n,
  0x7ff8_0000_0000_0001n,
  0xffff_ffff_e000_0000n,
  0xffff_ffff_ffff_ffffn,
  0x7ff4_0000_0000_0000n,
  0xfff0_0000_0000_0001n,
);

const SHAPE = { pages: 1, max: 1, pageBytes: 16 };

/**
 * Stores the NaN straight from the view that holds its bits: an engine makes every NaN the same one
 * where it keeps it in an array of numbers, such as one of arguments.
 */
function store(face: Face, tier: string, width: number, nan: Float64Array | Float32Array) {
  const real = memory(face, SHAPE);
  real.asSlice().fill(0xee);
  const access = tier === "checked"
    ? real
    : tier === "unboxed"
    ? face.unboxedOf(real)
    : face.uncheckedOf(real);
  if (width === 4) access.storeF32(4, nan[0] ?? 0);
  else access.storeF64(4, nan[0] ?? 0);
  return Array.from(real.asSlice().subarray(4, 12));
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/nans_are_stored_as_the_canonical_one",
    claim: "a NaN of any sign and payload is stored as the positive quiet one without a payload, " +
      "in each tier and both widths",
    subject: ["IsolatedMemory", "UnboxedAccess", "UncheckedAccess"]
      .flatMap((name) => [`${name}.storeF32`, `${name}.storeF64`]),
    spec: "Wasm core 2.0, 4.3.3 (NaN propagation) and 4.4.7",
    strength: "bounded",
    domain: domain.product({
      tier: domain.of("checked", "unboxed", "unchecked"),
      width: domain.of(4, 8),
      from: domain.of(4, 8),
      bits: NAN_BITS,
    }),
    reaches: ["stored"],
    implementation,
    mutants: [
      mutant(
        "put.ts",
        "if (Number.isNaN(value)) view.setInt32(offset, 0x7fc0_0000, true);\n  else view",
        "view",
      ),
      mutant(
        "put.ts",
        "if (Number.isNaN(value)) putHalves(view, offset, 0, 0x7ff8_0000);\n  else view",
        "view",
      ),
      mutant("put.ts", "0x7fc0_0000", "0x7fc0_0001"),
      mutant("put.ts", "0, 0x7ff8_0000", "0, 0xfff8_0000"),
      ...["store.ts", "unboxed.ts"].flatMap((file) => [
        mutant(
          file,
          "putFloat32(at.view, offset, value)",
          "at.view.setFloat32(offset, value, true)",
        ),
        mutant(
          file,
          "putFloat64(at.view, offset, value)",
          "at.view.setFloat64(offset, value, true)",
        ),
      ]),
      mutant(
        "unchecked.ts",
        "putFloat32(this.#window.view, offset, value)",
        "this.#window.view.setFloat32(offset, value, true)",
      ),
      mutant(
        "unchecked.ts",
        "putFloat64(this.#window.view, offset, value)",
        "this.#window.view.setFloat64(offset, value, true)",
      ),
    ],
    check({ tier, width, from, bits }, reach, face) {
      const nan = from === 8
        ? new Float64Array(BigUint64Array.of(bits).buffer)
        // The upper half is that of a NaN of 32 bits when its exponent is.
        : new Float32Array(Uint32Array.of(Number(bits >> 32n) | 0x7f80_0001).buffer);
      const bytes = store(face, tier, width, nan);
      reach("stored");
      const canonical = width === 4
        ? [0, 0, 0xc0, 0x7f, 0xee, 0xee, 0xee, 0xee]
        : [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
      return agrees(bytes, canonical);
    },
  }),
];

register(proofs);
