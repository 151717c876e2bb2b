/** How many modules there are of a program, and which of them count. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cache from "../src/pvm/recompiler/cache.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { MAIN, preparedOf } from "./_kit/recompiler.ts";
import { register } from "./_kit/register.ts";

const CACHE = "src/pvm/recompiler/cache.ts";
const COMPILED = "src/pvm/recompiler/compiled.ts";
const cacheMutant = sourceMutants<typeof cache>(CACHE);

/** A program of four instructions; one for each number. */
const loaded = (mark: number) => {
  const lines = [op("load_imm", { a: 1, x: BigInt(mark) }), op("fallthrough"), op("trap")];
  return preparedOf(realCode(assemble(lines)), "gray-paper", "block");
};

/** What the cache counts for one of them before it is compiled. */
const WEIGHT = 6 * loaded(0).layout.words.length;
const MODULES_BYTES_MAX = 32 * 1024 * 1024;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/modules_of_forgotten_programs_are_not_counted",
    claim: "a module that is made for a program that the cache has forgotten takes no room there",
    subject: ["CompileCache.get"],
    spec: "limits of the recompiler",
    strength: "exhaustive",
    domain: domain.of("forgotten", "held"),
    reaches: ["forgotten", "held"],
    implementation: cache,
    mutants: [
      cacheMutant(
        CACHE,
        "if (this.#byDigest.get(digest) !== compiled) return; // it is forgotten",
        "",
      ),
    ],
    check(which, reach, face) {
      const held = new face.CompileCache(2 * WEIGHT + 10, 2);
      const [one, two, three] = [held.get(loaded(0)), held.get(loaded(1)), held.get(loaded(2))];
      reach(which);
      (which === "held" ? three : one).chunk(0, MAIN);
      const isHeld = held.get(loaded(1)) === two;
      return agrees(isHeld, which === "forgotten");
    },
  }),
  defineProof({
    id: "recompiler/modules_of_a_program_have_limits",
    claim:
      "a program has modules for no more than 8 beginnings of the main window, and none once they " +
      "take more than 32 MiB",
    subject: ["CompileCache.get"],
    spec: "limits of the recompiler",
    strength: "exhaustive",
    domain: domain.of(0, MODULES_BYTES_MAX, MODULES_BYTES_MAX + 1),
    reaches: ["made", "none"],
    implementation: cache,
    mutants: [
      cacheMutant(COMPILED, "this.bytes > BYTES_MAX || ", ""),
      cacheMutant(COMPILED, "this.bytes > BYTES_MAX ||", "this.bytes >= BYTES_MAX ||"),
      cacheMutant(COMPILED, "isNew && this.#modules.size === BASES_MAX", "false"),
      cacheMutant(COMPILED, "const BASES_MAX = 8;", "const BASES_MAX = 7;"),
    ],
    check(bytes, reach, face) {
      const compiled = new face.CompileCache().get(loaded(0));
      compiled.bytes = bytes;
      const bases = Array.from({ length: 10 }, (_, base) => MAIN + 4096 * base);
      const made = [...bases, ...bases].map((base) => compiled.chunk(0, base) !== undefined);
      const most = bytes === 0 ? 8 : bytes === MODULES_BYTES_MAX ? 1 : 0;
      reach(most > 0 ? "made" : "none");
      return agrees(made, [...bases, ...bases].map((base) => bases.indexOf(base) < most));
    },
  }),
];

register(proofs);
