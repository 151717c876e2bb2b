/** Small pages over the border of a page of the engine: sizes, growth and zeros. */

import { agrees, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { type Face, implementation, memory, mutant, type Real } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

/** The bytes of a page of the engine. */
const BORDER = 65_536;

/** How many pages beyond the border a memory may have. */
const BEYOND = 3;

/** A change of size: so many pages more, or anew with so many fewer or more than end at the border. */
interface Step {
  readonly name: "grow" | "init" | "empty";
  readonly pages: number;
}

const STEPS = domain.union<Step>(
  domain.product({ name: domain.of<"grow">("grow"), pages: domain.range(0, 3) }),
  domain.product({ name: domain.of<"init">("init"), pages: domain.of(-1, 0, 1, 4) }),
  domain.of<Step>({ name: "empty", pages: 0 }),
);

/** The pages after a step, and where its zeros begin; nothing when it is refused. */
function sized(
  { name, pages }: Step,
  old: number,
  border: number,
): { readonly pages: number; readonly zeroFrom: number } | undefined {
  const after = name === "grow" ? old + pages : name === "init" ? border + pages : 0;
  if (after > border + BEYOND) return undefined;
  return { pages: after, zeroFrom: name === "grow" ? old : 0 };
}

/** Some places around the start and the end of a memory and of the buffer behind it. */
function placesOf(size: number, held: number): readonly number[] {
  return [0, 1, size - 1, size, size + 1, BORDER - 1, BORDER, held - 1]
    .filter((at) => at >= 0 && at < held);
}

/** One step on the memory and on its size, from bytes that a caller has made dirty everywhere. */
function stepAgrees(real: Real, step: Step, pages: number, border: number): string | undefined {
  const { buffer } = real.asSlice();
  const whole = new Uint8Array(buffer);
  const dirty = [0, pages, border, border + BEYOND].map((page) => page * real.pageSizeBytes)
    .flatMap((size) => placesOf(size, whole.length));
  for (const at of dirty) whole[at] = 0xaa;
  const next = sized(step, pages, border);
  const given = step.name === "grow"
    ? real.grow(step.pages) !== -1
    : real.init(step.name === "init" ? border + step.pages : 0).ok;
  const size = (next?.pages ?? pages) * real.pageSizeBytes;
  const bytes = real.asSlice();
  const zeroFrom = next === undefined ? size : next.zeroFrom * real.pageSizeBytes;
  const seen = dirty.filter((at) => at < size).map((at) => bytes[at]);
  const expected = dirty.filter((at) => at < size).map((at) => (at < zeroFrom ? 0xaa : 0));
  return allOf(
    agrees(given, next !== undefined),
    agrees([real.size(), real.activeSize, bytes.length], [next?.pages ?? pages, size, size]),
    agrees(seen, expected),
    agrees([size > zeroFrom ? bytes[size - 1] : 0, real.loadU8(size).ok], [0, false]),
  );
}

/** Runs a program from a memory whose last page ends at the border, or one before it. */
function programAgrees(
  face: Face,
  pageBytes: number,
  first: number,
  program: readonly Step[],
): string | undefined {
  const border = BORDER / pageBytes;
  let pages = border + first;
  const real = memory(face, { pages, max: border + BEYOND, pageBytes });
  let failure: string | undefined;
  for (const step of program) {
    failure = allOf(failure, stepAgrees(real, step, pages, border));
    pages = sized(step, pages, border)?.pages ?? pages;
  }
  return failure;
}

const HELD = "this.#heldBytes = Math.max(heldBytes, enginePages(bytes) * PAGE_SIZE);";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/small_pages_cross_the_border_of_the_engine",
    claim:
      "every program of up to 3 growths and new beginnings around 65,536 bytes of small pages " +
      "gives the sizes of their sum, is refused only beyond the maximum, and makes every byte zero " +
      "that it has to, whatever a caller wrote to the buffer, and no other",
    subject: ["IsolatedMemory.grow", "IsolatedMemory.init", "IsolatedMemory.create"],
    spec: "Wasm core 2.0, 4.4.7 (memory.grow); proposal: custom page sizes",
    strength: "bounded",
    domain: domain.product({
      pageBytes: domain.map(domain.of(1, 8, 12, 15), (power) => 2 ** power),
      first: domain.of(-1, 0),
      program: domain.words(STEPS, 3),
    }),
    reaches: ["ran"],
    implementation,
    mutants: [
      mutant("backing.ts", HELD, "this.#heldBytes = Math.max(heldBytes, bytes);"),
      // Not raised by growth, lowered by a new beginning, raised to what there may ever be.
      mutant("backing.ts", HELD, ""),
      mutant("backing.ts", HELD, "this.#heldBytes = enginePages(bytes) * PAGE_SIZE;"),
      mutant("backing.ts", HELD, "this.#heldBytes = this.maxPages * this.pageBytes;"),
      mutant(
        "backing.ts",
        "this.#heldBytes = enginePages(pages * pageBytes) * PAGE_SIZE;",
        "this.#heldBytes = pages * pageBytes;",
      ),
      mutant(
        "backing.ts",
        "Math.min(bytes, heldBytes)",
        "Math.min(bytes, this.#pages * this.pageBytes)",
      ),
    ],
    check({ pageBytes, first, program }, reach, face) {
      reach("ran");
      return programAgrees(face, pageBytes, first, program);
    },
  }),
];

register(proofs);
