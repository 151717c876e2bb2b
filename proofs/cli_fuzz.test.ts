/** Hostile programs: a sample of what the fuzz task makes, and all that it ever found. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { fateOf } from "./_kit/fuzz_check.ts";
import { nextInput, Random } from "./_kit/fuzz_inputs.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof pvm>("src/pvm/mod.ts");
const FOLDER = new URL("regressions/", import.meta.url);
const INPUTS_EACH = 20;

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/** What the fuzz task kept. */
function kept(): readonly string[] {
  if (!existsSync(FOLDER)) return [];
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".hex")).toSorted();
  return names.map((name) => readFileSync(new URL(name, FOLDER), "utf8").trim());
}

/** Programs that were suspicious from the start. */
const SUSPICIOUS = [
  "", // nothing
  "ffffffffffffffffff00ffffffffffffffffff", // claims of 2^64 - 1
  "00000000", // bytes behind empty code
  "000003c88709ff", // bits behind the mask
  "00000228ff01", // a jump in front of the code
];

/** The exits that a small sample is sure to come to. */
const COMMON: ReadonlySet<string> = new Set(["panic", "trap", "page-fault", "out-of-gas"]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/fuzzed_programs_do_no_harm",
    claim: "hostile programs load or are refused, and run within their gas, in every setting",
    subject: ["readProgram", "encodeBlob"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.range(0, 99),
    reaches: [
      "refused",
      "panic",
      "trap",
      "page-fault",
      "out-of-gas",
    ],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/reader.ts", "length <= this.#bytes.length - this.#at", "length < 2 ** 40"),
      mutant("src/pvm/interpreter.ts", "state.tank.gas = 0n;", "state.tank.gas = 1000n;"),
      mutant("src/pvm/blob.ts", "  reader.end();\n", ""),
    ],
    check: (seed, reach, face) => {
      const random = new Random(seed);
      for (let count = 0; count < INPUTS_EACH; count++) {
        const { problem, loaded, exits } = fateOf(nextInput(random), undefined, face);
        if (problem !== undefined) return problem;
        if (!loaded) reach("refused");
        for (const exit of exits) if (COMMON.has(exit)) reach(exit);
      }
      return undefined;
    },
  }),
  defineProof({
    id: "cli/fuzz_regressions_stay_fixed",
    claim: "no program that ever did harm does so again",
    subject: ["readProgram"],
    spec: "Gray Paper, appendix A",
    strength: "bounded",
    domain: domain.of(...SUSPICIOUS, ...kept()),
    reaches: ["refused", "loaded"],
    implementation: pvm,
    mutants: [mutant("src/pvm/blob.ts", "if (padding !== 0)", "if (padding > 255)")],
    check: (hex, reach, face) => {
      const { problem, loaded } = fateOf(bytesOf(hex), undefined, face);
      reach(loaded ? "loaded" : "refused");
      return problem;
    },
  }),
];

register(proofs);
