/** The canonical form of any Data, pages that are not here included. */

import fc from "fast-check";
import * as canonical from "../src/kernel/canonical_data.ts";
import { DataCap } from "../src/kernel/data_cap.ts";
import { agrees, allOf, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const CANONICAL = "src/kernel/canonical_data.ts";
const mutant = sourceMutants<typeof canonical>(CANONICAL);
const MISSING = "11".repeat(32);

/** A page: its bytes, nothing for an empty one, or a hash. */
type Page = readonly number[] | "missing" | "empty";

interface Input {
  readonly size: number;
  readonly pages: readonly Page[];
  readonly max: number;
}

const size = fc.constantFrom(1, 3, 4);
const input: fc.Arbitrary<Input> = size.chain((size) =>
  fc.record({
    size: fc.constant(size),
    pages: fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.array(fc.constantFrom(0, 0, 7), { minLength: size, maxLength: size }),
        },
        fc.constantFrom<Page>("missing", "empty"),
      ),
      { maxLength: 6 },
    ),
    max: fc.nat(20),
  })
);

/** The first of the places whose page is missing. */
function missingAt(pages: readonly Page[], places: readonly number[]): unknown {
  const page = places.find((place) => pages[place] === "missing");
  return page === undefined ? undefined : { kind: "page-missing", page, hash: MISSING };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/canonical_bytes_are_found_from_the_end",
    claim:
      "canonical length and bytes are those of the content without zeros at its end, and need only the pages in question",
    subject: ["canonicalLength", "canonicalBytes", "canonicalData"],
    spec: "The capability kernel, words",
    strength: "sampled",
    domain: sampled(input, { runs: 500, describe: "up to six small pages, some empty or missing" }),
    reaches: ["bytes", "page-missing"],
    implementation: canonical,
    mutants: [
      mutant(CANONICAL, "tree.entries().toReversed()", "tree.entries()"),
      mutant(CANONICAL, "if (length > 0) return ok(index", "if (length >= 0) return ok(index"),
      mutant(CANONICAL, "index * pageSize + length", "index * pageSize + pageSize"),
      mutant(CANONICAL, "Math.min(length.value, max)", "length.value"),
      mutant(CANONICAL, 'if (page.state === "missing") {', 'if (page.state === "empty") {'),
      mutant(CANONICAL, "strippedLength(rawBytes(content.bytes)) : 0", "content.bytes.length : 0"),
    ],
    check({ size, pages, max }, reach, face) {
      const data = valueOf(DataCap.paged(
        size,
        pages.map((page) => {
          if (page === "missing") return MISSING;
          return page === "empty" ? undefined : Uint8Array.from(page);
        }),
      ));
      const content = pages.flatMap((page) =>
        typeof page === "string" ? Array.from({ length: size }, () => 0) : page
      );
      const length = content.findLastIndex((byte) => byte !== 0) + 1;
      const all = [...pages.keys()];
      const above = all.toReversed().filter((page) => page * size >= length);
      const gone = missingAt(pages, above);
      const count = Math.min(length, max);
      const lacks = gone ?? missingAt(pages, all.filter((page) => page * size < count));
      reach(lacks === undefined ? "bytes" : "page-missing");
      const bytes = content.slice(0, count);
      const inline = valueOf(DataCap.inline(Uint8Array.from(content)));
      const again = face.canonicalBytes(face.canonicalData(Uint8Array.from(content)));
      return allOf(
        agrees(
          face.canonicalLength(data),
          gone === undefined ? { ok: true, value: length } : { ok: false, error: gone },
        ),
        agrees(
          face.canonicalBytes(data, max),
          lacks === undefined ? { ok: true, value: bytes } : { ok: false, error: lacks },
        ),
        agrees(face.canonicalLength(inline), { ok: true, value: length }),
        agrees(face.canonicalBytes(inline, max), { ok: true, value: bytes }),
        agrees(again, { ok: true, value: content.slice(0, length) }),
      );
    },
  }),
];

register(proofs);
