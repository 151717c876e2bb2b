/** Truncations of floats to integers agree with exact arithmetic. */

import fc from "fast-check";
import * as numeric from "../src/linear/numeric/mod.ts";
import { biased, defineProof, type Domain, domain, type Proof, sampled } from "../src/proof/mod.ts";
import {
  AT,
  conforms,
  crossed,
  doubleOf,
  EDGE_FLOATS,
  mutant,
  namesOf,
  singleOf,
  targets,
} from "./_kit/linear_numeric.ts";
import { register } from "./_kit/register.ts";

const truncF32 = targets(/\.trunc(Sat)?F32/);
const truncAll = targets(/\.trunc/);

/** Every so many of the singles whose lower 16 bits are zero. */
function upperHalves(step: number): Domain<number> {
  return domain.map(domain.range(0, 65_536 / step - 1), (upper) => singleOf(upper * step * 65_536));
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_numeric/truncations_agree_on_upper_halves_of_singles",
    claim: "truncating a single gives the model's outcome, trapping i32 ones for all upper 16 bits",
    subject: namesOf(truncF32),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: domain.union(
      crossed(targets(/i32\.truncF32/), domain.named("65,536 singles", upperHalves(1))),
      crossed(
        targets(/\.truncSatF32|i64.*\.truncF32/),
        domain.named("4,096 singles", upperHalves(16)),
      ),
    ),
    reaches: ["value", "integer-overflow", "invalid-conversion"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}truncation.ts`, "whole < end", "whole <= end"),
      mutant(`${AT}truncation.ts`, "if (Number.isNaN(value)) return 0;", ""),
      mutant(
        `${AT}truncation.ts`,
        "? INVALID_CONVERSION : INTEGER_OVERFLOW",
        "? INTEGER_OVERFLOW : INVALID_CONVERSION",
      ),
    ],
    check: ({ target, values }, reach, face) => conforms(face, target, [values], reach),
  }),

  defineProof({
    id: "linear_numeric/truncations_agree_on_edges",
    claim: "every truncation gives the model's outcome at both sides of every power of two",
    subject: namesOf(truncAll),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "bounded",
    domain: crossed(truncAll, domain.of(...EDGE_FLOATS)),
    reaches: ["value", "integer-overflow", "invalid-conversion"],
    implementation: numeric,
    mutants: [
      mutant(`${AT}truncation.ts`, "whole >= min", "whole > min"),
      mutant(`${AT}truncation.ts`, "const whole = Math.trunc(value);", "const whole = value;"),
      mutant(`${AT}truncation.ts`, "end: 2 ** 63 }", "end: 2 ** 63 - 1024 }"),
      mutant(`${AT}truncation.ts`, "okHalves(whole, ", "okHalves(Math.max(whole, 0), "),
      mutant(`${AT}i32_conversion.ts`, "range.end - 1", "range.end"),
      mutant(`${AT}i64_conversion.ts`, "? 1n : 0n", "? 0n : 1n"),
      mutant(`${AT}i64_halves_conversion.ts`, "range.end / 0x100000000 - 1", "-1"),
      mutant(
        `${AT}i32_conversion.ts`,
        "truncated(SIGNED_32, Math.fround(value))",
        "truncated(SIGNED_32, value)",
      ),
      mutant(
        `${AT}i64_conversion.ts`,
        "saturated(UNSIGNED_64, value)",
        "saturated(SIGNED_64, value)",
      ),
    ],
    check: ({ target, values }, reach, face) => conforms(face, target, [values], reach),
  }),

  defineProof({
    id: "linear_numeric/truncations_agree_on_samples",
    claim: "every truncation of any float gives the model's outcome",
    subject: namesOf(truncAll),
    spec: "Wasm core 2.0, 4.3.4",
    strength: "sampled",
    domain: sampled(
      fc.record({
        target: fc.constantFrom(...truncAll),
        value: fc.oneof(
          biased.signed(66).map(Number),
          biased.unsigned(64).map(doubleOf),
          fc.double({ min: -(2 ** 33), max: 2 ** 33 }),
        ),
      }),
      { runs: 4_000, describe: "a truncation and a float: whole, of any bits, or of 33 bits" },
    ),
    reaches: ["value", "integer-overflow", "invalid-conversion"],
    implementation: numeric,
    mutants: [mutant(`${AT}i32_conversion.ts`, "value | 0)", "Math.round(value) | 0)")],
    check: ({ target, value }, reach, face) => conforms(face, target, [value], reach),
  }),
];

register(proofs);
