/** Making a memory, beginning anew, and the sizes that every sequence of these must keep right. */

import { create, grow, init, type Memory as Model } from "../model/linear_memory.ts";
import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Mutant, Proof } from "../src/proof/mod.ts";
import { call, type Face, FAR, implementation, kindOf, mutant } from "./_kit/linear_memory.ts";
import { outcomeOf, pair, type Real, stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.5.3.3";

/** Every program of up to 3 growths and new beginnings, some of them refused. */
const PROGRAMS = domain.named(
  "programs of up to 3 of grow(0..5), init(0..5)",
  domain.words(
    domain.product({ name: domain.of("grow", "init"), pages: domain.range(0, 5) }),
    3,
  ),
);

/** A proof that something holds of the memory and its model after every step of every program. */
function afterEveryProgram(
  id: string,
  claim: string,
  subject: readonly string[],
  mutants: readonly Mutant<Face>[],
  holds: (real: Real, model: Model) => string | undefined,
): Proof {
  return defineProof({
    id: `linear/${id}`,
    claim,
    subject: [...subject, "IsolatedMemory.grow", "IsolatedMemory.init"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ program: PROGRAMS, pageBytes: domain.of(4) }),
    reaches: ["begun", "grow", "init"],
    implementation,
    mutants,
    check({ program, pageBytes }, reach, face) {
      const { real, model } = pair(face, { pages: 2, max: 4, pageBytes });
      reach("begun");
      let state = model;
      let failure = holds(real, state);
      for (const { name, pages } of program) {
        reach(name);
        if (name === "grow") real.grow(pages);
        else real.init(pages);
        state = (name === "grow" ? grow(state, pages) : init(state, pages)).state;
        failure = allOf(failure, holds(real, state));
      }
      return failure;
    },
  });
}

const NO_FOLLOW = mutant(
  "backing.ts",
  "for (const window of this.#windows) window.open(this, buffer, bytes);",
  "",
);

/** Options that cannot be read. */
const UNREADABLE = {
  get pageSizeBytes(): number {
    throw new Error("hostile");
  },
};

/** Numbers, possible and impossible, for a count of pages. */
const COUNTS = domain.of(...[0, 1, 2, 3, 65_536, 65_537, 2 ** 32 - 1, 2 ** 32], ...FAR);

export const proofs: readonly Proof[] = [
  afterEveryProgram(
    "active_size_invariant",
    "after every program, activeSize is pageCount times the page size, and both are the model's",
    ["IsolatedMemory.activeSize", "IsolatedMemory.pageCount", "IsolatedMemory.pageSizeBytes"],
    [
      NO_FOLLOW,
      mutant("bulk.ts", "Math.max(this.#window.size, 0)", "Math.max(this.#window.size, 4)"),
    ],
    (real, model) =>
      allOf(
        agrees(real.activeSize, real.pageCount * real.pageSizeBytes),
        agrees(real.activeSize, model.bytes.length),
      ),
  ),
  afterEveryProgram(
    "size_returns_page_count",
    "after every program, size() is pageCount, and both are the model's",
    ["IsolatedMemory.size", "IsolatedMemory.pageCount", "IsolatedMemory.maxPages"],
    [mutant(
      "bulk.ts",
      "this.#window.backing?.pages ?? -1",
      "this.#window.backing?.maxPages ?? -1",
    )],
    (real, model) =>
      allOf(
        agrees([real.size(), real.maxPages], [real.pageCount, model.maxPages]),
        agrees(real.pageCount, model.bytes.length / model.pageBytes),
      ),
  ),
  afterEveryProgram(
    "as_slice_length_correct",
    "after every program, asSlice() has exactly activeSize bytes, those of the model",
    ["IsolatedMemory.asSlice"],
    [
      NO_FOLLOW,
      mutant("memory.ts", "bytes.buffer, 0, bytes.length", "bytes.buffer"),
      mutant(
        "backing.ts",
        "this.bytes = new Uint8Array(buffer, 0, size)",
        "this.bytes = new Uint8Array(buffer)",
      ),
    ],
    (real, model) =>
      allOf(agrees(real.asSlice().length, real.activeSize), agrees(real.asSlice(), model.bytes)),
  ),
  afterEveryProgram(
    "as_mut_slice_length_correct",
    "after every program, asSlice() has exactly activeSize bytes, and each byte written through it " +
      "is loaded back",
    ["IsolatedMemory.asSlice", "IsolatedMemory.loadU8"],
    [mutant("memory.ts", "new Uint8Array(bytes.buffer, 0, bytes.length)", "bytes.slice()")],
    (real, model) => {
      const kept = Uint8Array.from(real.asSlice());
      const written = real.asSlice().map((_, at) => 255 - at);
      real.asSlice().set(written);
      const loaded = Array.from(written, (_, at) => real.loadU8(at));
      real.asSlice().set(kept);
      return allOf(
        agrees(written.length, model.bytes.length),
        agrees(loaded, Array.from(written, (value) => ({ ok: true, value }))),
      );
    },
  ),
  defineProof({
    id: "linear/create_agrees_with_model",
    claim:
      "create gives a memory of zeros or the model's error, for every kind of number of pages " +
      "and page size",
    subject: ["IsolatedMemory.create"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      initial: COUNTS,
      max: COUNTS,
      options: domain.of<unknown>(
        ...[undefined, {}, null, 4, "options", UNREADABLE],
        ...[{ pageSizeBytes: undefined }, { pageSizeBytes: 1n }],
        ...[1, 2, 3, 0, -1, 1.5, NaN, -0, "4", 131_072, 65_535].map((size) => ({
          pageSizeBytes: size,
        })),
      ),
    }),
    reaches: ["value", "invalid-argument", "memory-initial-exceeds-max"],
    implementation,
    mutants: [
      mutant("memory.ts", "initialPages > maxPages", "initialPages >= maxPages"),
      mutant("memory.ts", "isNatural(maxPages, PAGES_MAX)", "isNatural(maxPages, PAGES_MAX + 1)"),
      mutant("memory.ts", "isNatural(maxPages, PAGES_MAX)", "isNatural(maxPages, PAGES_MAX - 1)"),
      mutant(
        "memory.ts",
        "isNatural(initialPages, REQUEST_MAX)",
        "isNatural(initialPages, PAGES_MAX)",
      ),
      mutant("memory.ts", "PAGE_SIZE % pageSizeBytes === 0", "pageSizeBytes > 0"),
      mutant("memory.ts", "if (options === undefined) return PAGE_SIZE;", ""),
      mutant(
        "options.ts",
        'if (typeof options !== "object" || options === null) return undefined;',
        "",
      ),
      mutant(
        "memory.ts",
        'return invalidArgument("options", "memory options, or undefined", options);',
        'return err({ kind: "limit-out-of-range", limit: "pageSizeBytes" });',
      ),
    ],
    check({ initial, max, options }, reach, face) {
      // A whole 4 GiB is not asked for: that it works is the engine's business.
      if (initial === 65_536 && max === 65_536) return undefined;
      const expected = create(initial, max, options);
      const given = call(face.IsolatedMemory, "create", [initial, max, options]);
      reach(kindOf(expected));
      if (!("ok" in expected)) return agrees(outcomeOf(given), expected);
      const made = face.IsolatedMemory.create(initial, max, Object(options));
      return made.ok ? agrees(stateOf(made.value), stateOfModel(expected.ok)) : "it was refused";
    },
  }),
  defineProof({
    id: "linear/create_explains_its_refusal",
    claim: "the error of create and init carries the pages asked for and the most there may be",
    subject: ["IsolatedMemory.create", "IsolatedMemory.init"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ initial: domain.range(0, 6), max: domain.range(0, 4) }),
    reaches: ["refused", "made"],
    implementation,
    mutants: [
      mutant("memory.ts", "initial: asU32(initialPages)", "initial: asU32(maxPages)"),
      mutant("memory.ts", "max: asU32(maxPages)", "max: PAGES_MAX"),
    ],
    check({ initial, max }, reach, face) {
      const made = face.IsolatedMemory.create(initial, max, { pageSizeBytes: 8 });
      reach(made.ok ? "made" : "refused");
      if (made.ok) return undefined;
      const error = { kind: "memory-initial-exceeds-max", initial, max };
      const { real } = pair(face, { pages: max, max, pageBytes: 8 });
      return allOf(agrees(made.error, error), agrees(real.init(initial), { ok: false, error }));
    },
  }),
  defineProof({
    id: "linear/init_agrees_with_model",
    claim: "init makes the memory one of so many pages of zeros, or gives the model's error and " +
      "changes nothing",
    subject: ["IsolatedMemory.init"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      pages: domain.range(0, 4),
      pageBytes: domain.of(1, 16, 32_768),
      initial: domain.union(domain.range(0, 5), domain.of(...FAR)),
    }),
    reaches: ["value", "invalid-argument", "memory-initial-exceeds-max"],
    implementation,
    mutants: [
      mutant("backing.ts", "this.#activate(pages, 0)", "this.#activate(pages, pages)"),
      mutant("backing.ts", "this.#activate(pages, 0)", "this.#activate(pages, 1)"),
      mutant(
        "memory.ts",
        "if (refused !== undefined) return err(refused);\n    if (backing",
        "if (backing",
      ),
    ],
    check({ pages, pageBytes, initial }, reach, face) {
      const { real, model } = pair(face, { pages, max: 4, pageBytes });
      const { state, outcome } = init(model, initial);
      reach(kindOf(outcome));
      return agreesWithModel(
        { outcome: outcomeOf(real.init(initial)), state: stateOf(real) },
        { outcome, state: stateOfModel(state) },
      );
    },
  }),
];

register(proofs);
