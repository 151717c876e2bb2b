/** The cache of compiled programs: what it shares, and what it forgets. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Prepared } from "../src/pvm/mod.ts";
import * as cache from "../src/pvm/recompiler/cache.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { MAIN, preparedOf } from "./_kit/recompiler.ts";
import { withEntries } from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cache;
type Compiled = ReturnType<InstanceType<Face["CompileCache"]>["get"]>;
const CACHE = "src/pvm/recompiler/cache.ts";
const mutant = sourceMutants<Face>(CACHE);

/** A program of four instructions and 21 bytes; one for each number. */
const codeWith = (mark: number) =>
  realCode(assemble([
    op("load_imm", { a: 1, x: BigInt(mark) }),
    op("fallthrough"),
    op("load_imm", { a: 2, x: 5n }),
    op("trap"),
  ]));
const loaded = (mark: number) => preparedOf(codeWith(mark), "gray-paper", "block");

/** What the cache counts for one of them before it is compiled. */
const WEIGHT = 6 * loaded(0).layout.words.length;

/** Limits that leave room for two of them: one by their number, one by their bytes. */
const LIMITS: Readonly<Record<string, readonly [bytes: number, programs: number]>> = {
  number: [1_000 * WEIGHT, 2],
  bytes: [2 * WEIGHT, 1_000],
};

/** Uses programs in turn, each loaded anew or again the same one; they are held as two of them fit. */
function holdsTwo(uses: readonly number[], isNew: boolean, limit: string, face: Face) {
  const held = new face.CompileCache(...LIMITS[limit] ?? [0, 0]);
  const same = [0, 1, 2].map(loaded);
  let order: readonly number[] = [];
  const last = new Map<number, Compiled>();
  let forgotten = false;
  for (const mark of [...uses, ...uses.toReversed()]) {
    const known = isNew ? undefined : same[mark];
    const compiled = held.get(known ?? loaded(mark));
    const isHeld = order.includes(mark) || (!isNew && last.has(mark));
    if ((last.get(mark) === compiled) !== isHeld) {
      return { forgotten, failure: `${mark} is ${isHeld ? "forgotten" : "held"}` };
    }
    forgotten ||= last.has(mark) && !order.includes(mark);
    last.set(mark, compiled);
    order = [...order.filter((other) => other !== mark), mark].slice(-2);
  }
  // One that is loaded anew finds those that are held.
  for (const mark of order.toReversed()) {
    if (held.get(loaded(mark)) !== last.get(mark)) {
      return { forgotten, failure: `${mark} is forgotten at the end` };
    }
  }
  return { forgotten, failure: undefined };
}

/** Two programs that are alike but for one thing. */
const OTHERS: Readonly<Record<string, () => Prepared>> = {
  "gas model": () => preparedOf(codeWith(0), "gray-paper", "instruction"),
  "pipeline": () => preparedOf(codeWith(0), "gray-paper", "pipeline"),
  "dialect": () => preparedOf(codeWith(0), "javm", "block"),
  "bytes": () => loaded(1),
  "starts": () => {
    const code = codeWith(0);
    const starts = code.starts.slice();
    starts[6] = 0;
    return preparedOf({ ...code, starts }, "gray-paper", "block");
  },
  "table": () => preparedOf(withEntries(codeWith(0), [7]), "gray-paper", "block"),
  "nothing": () => loaded(0),
};

const { imul } = Math;

/**
 * A program with the digest of `loaded(0)`: of two words that follow one another the first is changed, and
 * the second so that the digest comes out the same.
 */
function collidingCode() {
  const code = codeWith(0);
  const bytes = code.bytes.slice();
  const view = new DataView(bytes.buffer);
  let digest = 0x811c9dc5 ^ 25; // the latency that programs have when nothing is said
  for (const value of ["block".length, "gray-paper".length, bytes.length]) {
    digest = imul(digest ^ value, 0x01000193);
  }
  const [first, second] = [view.getInt32(0, true), view.getInt32(4, true)];
  const other = first ^ 0x0100_0000; // an immediate
  const difference = imul(digest ^ first, 0x01000193) ^ imul(digest ^ other, 0x01000193);
  view.setInt32(0, other, true);
  view.setInt32(4, second ^ difference, true);
  return { ...code, bytes };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/cache_forgets_the_longest_unused",
    claim:
      "a cache with room for two programs, by number or by bytes, holds the two that were used last",
    subject: ["CompileCache.get"],
    spec: "limits of the recompiler",
    strength: "exhaustive",
    domain: domain.product({
      uses: domain.words(domain.of(0, 1, 2), 3),
      isNew: domain.of(true, false),
      limit: domain.of("number", "bytes"),
    }),
    reaches: ["forgotten", "held"],
    implementation: cache,
    mutants: [
      mutant(CACHE, "this.#byDigest.size > this.#programsMax", "false"),
      mutant(CACHE, "this.#byDigest.size > this.#programsMax", "this.#byDigest.size >= 2"),
      mutant(CACHE, "this.#weight > this.#bytesMax ||", ""),
      mutant(CACHE, "this.#weight > this.#bytesMax ||", "this.#weight >= this.#bytesMax ||"),
      mutant(CACHE, "if (candidate !== undefined) this.#forget(digest, candidate);", ""),
      mutant(CACHE, "this.#weight -= weightOf(compiled);", ""),
      mutant(CACHE, "known?.compiled ?? shared ??", "shared ??"),
    ],
    check: ({ uses, isNew, limit }, reach, face) => {
      const { forgotten, failure } = holdsTwo(uses, isNew, limit, face);
      reach(forgotten ? "forgotten" : "held");
      return failure;
    },
  }),
  defineProof({
    id: "recompiler/cache_shares_what_is_the_same",
    claim:
      "programs share what is compiled exactly if their bytes, starts, tables, dialect and gas model are the same",
    subject: ["CompileCache.get"],
    spec: "The recompiler's own promise: nothing that can be seen depends on the engine",
    strength: "bounded",
    domain: domain.of(...Object.keys(OTHERS)),
    reaches: ["shared", "apart"],
    implementation: cache,
    mutants: [
      mutant(CACHE, "for (const text of [gasModel, dialect.name]) mix(text.length);", ""),
      mutant(CACHE, "[code.bytes, code.starts, code.jumpTable.bytes]", "[code.bytes]"),
      mutant(CACHE, "sameBytes(a.code.bytes, b.code.bytes)", "a.code === b.code"),
    ],
    check: (name, reach, face) => {
      const held = new face.CompileCache();
      const [one, other] = [held.get(loaded(0)), held.get(OTHERS[name]?.() ?? loaded(0))];
      reach(one === other ? "shared" : "apart");
      if ((one === other) !== (name === "nothing")) return `${name}: ${one === other}`;
      // Both are held beside each other.
      return held.get(loaded(0)) === one ? undefined : "the first is forgotten";
    },
  }),
  defineProof({
    id: "recompiler/same_digest_is_not_same_program",
    claim:
      "a program that is made to have another one's digest never gets what was compiled of that",
    subject: ["CompileCache.get"],
    spec: "The recompiler's own promise: nothing that can be seen depends on the engine",
    strength: "bounded",
    domain: domain.of("block" as const),
    reaches: ["collides"],
    implementation: cache,
    mutants: [
      mutant(CACHE, "sameBytes(a.code.bytes, b.code.bytes)", "true"),
      mutant(CACHE, "a[at] === b[at]", "true"),
    ],
    check: (gasModel, reach, face) => {
      const held = new face.CompileCache();
      const one = held.get(loaded(0));
      const other = held.get(preparedOf(collidingCode(), "gray-paper", gasModel));
      if (one === other) return "two programs share their code";
      // The second took the place of the first.
      if (held.get(loaded(0)) !== one) reach("collides");
      return undefined;
    },
  }),
  defineProof({
    id: "recompiler/cache_counts_modules",
    claim: "modules count as they are made: a program that grows has others forgotten, or itself",
    subject: ["CompileCache.get"],
    spec: "limits of the recompiler",
    strength: "bounded",
    domain: domain.of("little room", "much room"),
    reaches: ["forgotten", "held"],
    implementation: cache,
    mutants: [
      mutant(CACHE, "this.#weight += BYTES_PER_BYTE * bytes;", ""),
      mutant(
        CACHE,
        "if (this.#byDigest.get(digest) !== compiled) return;",
        "if (this.#byDigest.get(digest) === compiled) return;",
      ),
      mutant(CACHE, "BYTES_PER_BYTE * bytes + BYTES_PER_WORD", "BYTES_PER_WORD"),
    ],
    check: (room, reach, face) => {
      const isLittle = room === "little room";
      const held = new face.CompileCache(2 * WEIGHT + (isLittle ? 500 : 100_000), 9);
      const one = held.get(loaded(0));
      const other = held.get(loaded(1));
      if (other.chunk(0, MAIN) === undefined) return "no module is made";
      const isHeld = held.get(loaded(0)) === one;
      reach(isHeld ? "held" : "forgotten");
      if (isHeld === isLittle) return `the other program is ${isHeld ? "held" : "forgotten"}`;
      // It is not counted any more when it is forgotten itself: two others find room.
      if (!isLittle) return undefined;
      const [third, fourth] = [held.get(loaded(2)), held.get(loaded(3))];
      const isRoomy = held.get(loaded(2)) === third && held.get(loaded(3)) === fourth;
      return isRoomy ? undefined : "there is no room for two";
    },
  }),
];

register(proofs);
