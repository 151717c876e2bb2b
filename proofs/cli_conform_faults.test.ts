/** The conformance driver: it finds what is wrong in faulty engines, and cuts it down. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/main.ts";
import type * as engine from "../src/cli/conform_engine.ts";
import { answering, reportOf, runWaiting } from "./_kit/conform.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/main.ts");
const engineMutant = sourceMutants<typeof engine>("src/cli/conform_engine.ts");
const SPEC = "Ringfence, conformance of other implementations";
const INSTRUCTIONS_MAX = 5;

/** A fault in a line of the engine's source, and a word that the minimal program has to show. */
interface Fault {
  readonly name: string;
  /** A seed that comes upon it soon. */
  readonly seed: number;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly shows: RegExp;
}

const fault = (
  name: string,
  seed: number,
  file: string,
  from: string,
  to: string,
  shows: RegExp,
): Fault => ({ name, seed, file, from, to, shows });

const ARITHMETIC = "src/pvm/arithmetic.ts";
const EXECUTE = "src/pvm/execute.ts";

/** One fault of each sort that implementations have. */
const FAULTS: readonly Fault[] = [
  fault(
    "sign extension of an immediate",
    6,
    "src/pvm/instruction.ts",
    "return count === 0 ? 0 : bits << unused >> unused;",
    "return count === 0 ? 0 : bits << unused >>> unused;",
    /./,
  ),
  fault(
    "sign extension of a byte",
    3,
    ARITHMETIC,
    "return wide.extend8S(al, words, d);",
    "return put(words, d, al & 0xff, 0);",
    /sign_extend_8/,
  ),
  fault(
    "division by zero",
    4,
    ARITHMETIC,
    "return b === 0 ? -1 : Math.floor(ua / ub) | 0;",
    "return b === 0 ? 0 : Math.floor(ua / ub) | 0;",
    /div_u_32/,
  ),
  fault(
    "remainder by zero",
    11,
    ARITHMETIC,
    "return b === 0 ? a : (ua % ub) | 0;",
    "return b === 0 ? 0 : (ua % ub) | 0;",
    /rem_u_32/,
  ),
  fault(
    "amount of a shift",
    8,
    EXECUTE,
    "extend32S((w[a] ?? 0) << (w[b] ?? 0), w, d);",
    "extend32S((w[a] ?? 0) << ((w[b] ?? 0) & 15), w, d);",
    /shlo_l_/,
  ),
  fault(
    "gas, by one",
    1,
    "src/pvm/gas_tank.ts",
    "return asU64(this.#reserve + BigInt(this.#atHand));",
    "return asU64(this.#reserve + BigInt(Math.max(0, this.#atHand - 1)));",
    /./,
  ),
  fault(
    "address of a fault",
    6,
    "src/pvm/dialect.ts",
    'faultPage: "failing",\n  readOnlyStore',
    'faultPage: "first",\n  readOnlyStore',
    /(?:load|store)_\w*(?:16|32|64)/,
  ),
  fault(
    "index of the jump table",
    1,
    EXECUTE,
    "const index = (address >>> 1) - 1;",
    "const index = address >>> 1;",
    /jump_ind/,
  ),
  fault(
    "width of a store",
    1,
    EXECUTE,
    "memory.storeU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0)",
    "memory.storeU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0)",
    /store_/,
  ),
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_finds_seeded_faults",
    claim: "a fault in one line of an engine is found by random programs, and shown by a program " +
      "of five instructions or fewer that holds the faulty one",
    subject: ["mainAsync"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...FAULTS),
    reaches: ["found"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/conform_compare.ts",
        "differences: compared.flatMap",
        "differences: [].flatMap",
      ),
      mutant("src/cli/conform_shrink.ts", "input = candidate;", "input = start.input;"),
    ],
    check: async ({ seed, file, from, to, shows }, reach, face) => {
      const { answerLine } = await engineMutant(file, from, to).implementation();
      const args = ["conform", "--exec", "x", "--random", "3000", "--seed", `${seed}`, "--json"];
      const few = ["--max-failures", "1"];
      const outcome = await runWaiting(face, [...args, ...few], answering(answerLine));
      const [found] = reportOf(outcome).failures;
      if (found === undefined) return "nothing was found";
      reach("found");
      return allOf(
        agrees([outcome.code, found.kind], [1, "difference"]),
        found.instructions <= INSTRUCTIONS_MAX ? undefined : `${found.instructions} instructions`,
        shows.test(found.source) ? undefined : `another program: ${found.source}`,
      );
    },
  }),
];

register(proofs);
