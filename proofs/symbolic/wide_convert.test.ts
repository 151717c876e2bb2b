/** Bigints to words in halves and back. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { symbolic } from "../_kit/symbolic.ts";
import { OUT, written } from "../_kit/symbolic_words.ts";

export const proofs: readonly Proof[] = [
  symbolic<string>({
    id: "wide_split",
    says: "split writes the low 64 bits of a bigint",
    subject: ["wide.split"],
    spec: "Wasm core 2.0, 2.2.2",
    file: "src/int/wide/convert.ts",
    function: "split",
    over: "every bigint of 130 bits",
    inputs: { value: s.int(130) },
    parameters: ({ value }) => ({ value: s.big(value ?? 0), ...OUT }),
    twin: {
      from: "out[at + 1] = bytes.getInt32(4, true)",
      to: "out[at + 1] = bytes.getInt32(3, true)",
    },
    claim: ({ value }, result) => s.equal(written(result), s.unsigned(64, value ?? 0)),
  }),
  symbolic<string>({
    id: "wide_split_joins",
    says: "what split takes apart, joinS puts together again",
    subject: ["wide.split", "wide.joinS"],
    spec: "Wasm core 2.0, 2.2.2",
    file: "src/int/wide/convert.ts",
    harness: `export function splitAndJoin(value: bigint) {
      const out = new Int32Array(2);
      split(value, out, 0);
      return joinS(out[0] ?? 0, out[1] ?? 0);
    }`,
    function: "splitAndJoin",
    over: "every bigint of 64 bits, signed",
    inputs: { value: s.int(64) },
    parameters: ({ value }) => ({ value: s.big(value ?? 0) }),
    twin: { from: "out[at] = bytes.getInt32(0, true)", to: "out[at] = bytes.getInt32(4, true)" },
    claim: ({ value }, result) => s.equal(result.value.integer, value ?? 0),
  }),
];

register(proofs);
