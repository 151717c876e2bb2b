/** The ends of what sizes and counts may be: each end is taken, and what lies beyond it refused. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof pvm;
const mutant = sourceMutants<Face>("src/pvm/mod.ts");
const STANDARD = "src/pvm/standard_program.ts";
const LIMITS = "src/pvm/host/inner_limits.ts";

/** The least and the greatest value, and one beyond each. */
function ends(greatest: number) {
  return domain.of(-1, 0, greatest, greatest + 1);
}

/** The limits of inner machines, and the greatest value of each. */
const GREATEST = {
  machines: 65_536,
  codeBytes: 2_147_418_112,
  mappedBytes: 2_147_418_112,
} as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/standard_programs_fit_their_fields",
    claim: "heap pages of two bytes and a stack of three are written, and no others",
    subject: ["encodeStandardProgram"],
    spec: "Gray Paper, appendix A.7",
    strength: "exhaustive",
    domain: domain.product({ heapPages: ends(2 ** 16 - 1), stackBytes: ends(2 ** 24 - 1) }),
    reaches: ["written", "refused"],
    implementation: pvm,
    mutants: [
      mutant(STANDARD, "U24_MAX = 2 ** 24 - 1", "U24_MAX = 2 ** 24 + 1"),
      mutant(STANDARD, "U16_MAX = 2 ** 16 - 1", "U16_MAX = 2 ** 16"),
      mutant(STANDARD, "isWhole(heapPages, 0, U16_MAX)", "isWhole(heapPages, -1, U16_MAX)"),
      mutant(STANDARD, "isWhole(stackBytes, 0, U24_MAX)", "isWhole(stackBytes, 1, U24_MAX)"),
    ],
    check({ heapPages, stackBytes }, reach, { encodeStandardProgram }) {
      const fits = heapPages >= 0 && heapPages < 2 ** 16 && stackBytes >= 0 && stackBytes < 2 ** 24;
      reach(fits ? "written" : "refused");
      const none = new Uint8Array(0);
      const written = encodeStandardProgram({
        readOnlyData: none,
        readWriteData: none,
        heapPages,
        stackBytes,
        blob: none,
      });
      return agrees(
        written.ok ? written.value.length : written.error.kind,
        fits ? 15 : "invalid-argument",
      );
    },
  }),
  defineProof({
    id: "pvm/inner_machines_have_limits",
    claim: "inner machines take every limit up to the greatest, and none beyond",
    subject: ["InnerMachines.create"],
    spec: "Gray Paper, appendix B.7; this library: limits",
    strength: "exhaustive",
    domain: domain.union(
      ...(["machines", "codeBytes", "mappedBytes"] as const).map((name) =>
        domain.product({ name: domain.of(name), value: ends(GREATEST[name]) })
      ),
    ),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(LIMITS, "MACHINES_MAX = 65_536", "MACHINES_MAX = 65_537"),
      mutant(LIMITS, "MACHINES_MAX = 65_536", "MACHINES_MAX = 65_535"),
      mutant(
        LIMITS,
        "isWhole(codeBytes, 0, LIMIT_BYTES_MAX)",
        "isWhole(codeBytes, 1, LIMIT_BYTES_MAX)",
      ),
      mutant(
        LIMITS,
        "isWhole(mappedBytes, 0, LIMIT_BYTES_MAX)",
        "isWhole(mappedBytes, -1, LIMIT_BYTES_MAX)",
      ),
    ],
    check({ name, value: limit }, reach, { InnerMachines }) {
      const isTaken = limit >= 0 && limit <= GREATEST[name];
      reach(isTaken ? "taken" : "refused");
      return agrees(InnerMachines.create({ [name]: limit }).ok, isTaken);
    },
  }),
];

register(proofs);
