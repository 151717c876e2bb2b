/** The example guests end the same whether they run at once or in slices of gas. */

import { GUEST_NAMES, sourceOf } from "../examples/guests/source.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { programOf, runSliced, runWhole } from "./_kit/guests.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const INTERPRETER = "src/pvm/interpreter.ts";
const mutant = sourceMutants<typeof pvm>("src/pvm/mod.ts");

/** Arguments on which each guest does something. */
const ARGUMENTS = {
  sieve: Uint8Array.of(60, 0, 0, 0),
  sort_u64: Uint8Array.from({ length: 80 }, (_, place) => place * 37 & 255),
  life: Uint8Array.of(4, 3, 3, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0),
  crc32: new TextEncoder().encode("123456789"),
  blake2b: new TextEncoder().encode("abc"),
} as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/guests_resume_in_slices",
    claim:
      "a guest that runs in slices of gas ends as one that runs at once, with the same bytes, for the same gas",
    subject: ["assemble", "invoke", "Machine.run", "Machine.setGas"],
    spec: "Gray Paper, appendix A.1 and A.8",
    strength: "bounded",
    domain: domain.product({
      guest: domain.of(...GUEST_NAMES),
      slice: domain.map(domain.of(1, 2, 3, 5, 7, 16, 61, 1_009, 100_003), BigInt),
    }),
    reaches: GUEST_NAMES,
    implementation: pvm,
    mutants: [
      mutant(
        INTERPRETER,
        '  state.pc = pcOf(prepared, record);\n  return { kind: "out-of-gas" };',
        '  state.pc = pcOf(prepared, record) + 1;\n  return { kind: "out-of-gas" };',
      ),
      mutant(INTERPRETER, "stopAt: start + RECORD * fuel", "stopAt: start + RECORD * (fuel - 1)"),
    ],
    check({ guest, slice }, reach, face) {
      reach(guest);
      const program = programOf(sourceOf(guest), face);
      const whole = runWhole(program, ARGUMENTS[guest], face);
      if (whole.exit !== "halt") return `${guest} ends in ${whole.exit}`;
      return agrees(runSliced(program, ARGUMENTS[guest], slice, face), whole);
    },
  }),
];

register(proofs);
