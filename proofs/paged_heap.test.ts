/** The heap: sbrk for every request of a tiny one, and at the end of the address space. */

import { sbrk, setHeap } from "../model/paged_heap.ts";
import { agreesWithModel, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  BACKENDS,
  build,
  type Face,
  nameOf,
  outcomeOf,
  settings,
  stateOf,
  stateOfModel,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const HEAP = "src/paged/heap.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

interface Case {
  readonly backend: "flat" | "sparse";
  readonly pageSize: number;
  readonly heap: readonly [base: number, top: number, maxPages: number];
  readonly page: { readonly start: number; readonly access: "none" | "read-only" | "read-write" };
  readonly limitBytes: bigint;
  readonly reservedBytes: bigint;
  readonly requests: readonly number[];
}

/** Sets the heap and makes the requests one after the other; all agree. */
function heapAgrees(input: Case, reach: (name: string) => void, face: Face): string | undefined {
  const { backend, pageSize, heap, page, limitBytes, reservedBytes } = input;
  const given = settings(backend, pageSize, { limitBytes, reservedBytes });
  const { real, model } = build(face, given, [page]);
  let step = setHeap(model, ...heap);
  let failure = agreesWithModel(
    { outcome: outcomeOf(real.setHeap(...heap)), state: stateOf(real) },
    { outcome: step.outcome, state: stateOfModel(step.state) },
  );
  for (const request of input.requests) {
    step = sbrk(step.state, request);
    const outcome = outcomeOf(real.sbrk(request));
    reach(nameOf(outcome));
    failure = allOf(
      failure,
      agreesWithModel(
        { outcome, state: stateOf(real) },
        { outcome: step.outcome, state: stateOfModel(step.state) },
      ),
    );
  }
  return failure;
}

const SUBJECT = of("sbrk", "setHeap", "heapBase", "heapTop", "maxHeapPages");

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/sbrk_agrees_for_every_request",
    claim: "sbrk gives the old top and maps what it passes, or refuses and changes nothing",
    subject: SUBJECT,
    spec: "Gray Paper, appendix A (sbrk), as implementations agree on it",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      base: domain.of(0, 5),
      top: domain.of(5, 8, 9),
      maxPages: domain.of(0, 2, 4),
      limitBytes: domain.of(12n, 16n, 64n),
      reservedBytes: domain.of(0n, 8n),
      access: domain.of("none", "read-only"),
      request: domain.range(0, 18),
    }),
    reaches: ["ok", "heap-exhausted"],
    implementation: paged,
    mutants: [
      mutant(HEAP, "top + size > Math.min", "top + size >= Math.min"),
      mutant(HEAP, "base + maxPages * pageSize", "top + maxPages * pageSize"),
      mutant(HEAP, "Math.floor(top / pageSize)", "Math.ceil(top / pageSize)"),
      mutant(HEAP, "Math.ceil((top + size) / pageSize)", "Math.floor((top + size) / pageSize)"),
      mutant(HEAP, "if (store.permission(page) === NONE) ", ""),
      mutant(HEAP, "first * pageSize < reservedBytes", "first * pageSize <= reservedBytes"),
      mutant(HEAP, "top: top + size, maxPages", "top, maxPages"),
      mutant(HEAP, "return ok(asUsize(top));\n}", "return ok(asUsize(top + size));\n}"),
    ],
    check(
      { backend, base, top, maxPages, limitBytes, reservedBytes, access, request },
      reach,
      face,
    ) {
      const input = { backend, pageSize: 4, heap: [base, top, maxPages], limitBytes } as const;
      const page = { start: 8, access };
      return heapAgrees(
        { ...input, page, reservedBytes, requests: [0, request, 0, 1] },
        reach,
        face,
      );
    },
  }),
  defineProof({
    id: "paged/sbrk_ends_with_the_address_space",
    claim: "the heap grows up to 2^32 and no further",
    subject: SUBJECT.filter((name) => name.startsWith("Sparse")),
    spec: "Gray Paper, appendix A (sbrk)",
    strength: "bounded",
    domain: domain.product({
      top: domain.range(2 ** 32 - 66, 2 ** 32),
      maxPages: domain.of(1, 2, 2 ** 26),
      request: domain.of(0, 1, 2, 10, 63, 64, 65, 66, 2 ** 31, 2 ** 32 - 1),
    }),
    reaches: ["ok", "heap-exhausted"],
    implementation: paged,
    mutants: [mutant(HEAP, "maxPages * pageSize, SPACE)", "maxPages * pageSize, 2 * SPACE)")],
    check({ top, maxPages, request }, reach, face) {
      return heapAgrees(
        {
          backend: "sparse",
          pageSize: 64,
          heap: [2 ** 32 - 128, top, maxPages],
          page: { start: 0, access: "none" },
          limitBytes: 1024n,
          reservedBytes: 0n,
          requests: [request, 0],
        },
        reach,
        face,
      );
    },
  }),
  defineProof({
    id: "paged/heap_is_set_only_in_order",
    claim: "a heap is taken exactly when base, top and pages are in range and in order",
    subject: of("setHeap", "sbrk"),
    spec: "Gray Paper, appendix A (sbrk)",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      base: domain.of(0, 7, 2 ** 32 - 1, 2 ** 32, -1, -0, 0.5, NaN),
      top: domain.of(0, 6, 7, 8, 2 ** 32, 2 ** 32 + 1, Infinity, -0),
      maxPages: domain.of(0, 1, 2 ** 30, 2 ** 30 + 1, -1, 1.5, -0),
      request: domain.of(0, 1, 2 ** 32, -1, -0, 0.5, NaN),
    }),
    reaches: ["ok", "heap-exhausted", "invalid-argument"],
    implementation: paged,
    mutants: [
      mutant(HEAP, "isWhole(top, base, SPACE)", "isWhole(top, 0, SPACE)"),
      mutant(
        HEAP,
        "isWhole(maxPages, 0, SPACE / store.settings.pageSize)",
        "isWhole(maxPages, 0, SPACE)",
      ),
      mutant(
        "src/paged/page.ts",
        "value >>> 0 === value && !Object.is(value, -0)",
        "value >>> 0 === value",
      ),
      mutant("src/paged/page.ts", "value >= min && value <= max", "value >= min && value < max"),
    ],
    check({ backend, base, top, maxPages, request }, reach, face) {
      return heapAgrees(
        {
          backend,
          pageSize: 4,
          heap: [base, top, maxPages],
          page: { start: 4, access: "read-write" },
          limitBytes: 64n,
          reservedBytes: 0n,
          requests: [request],
        },
        reach,
        face,
      );
    },
  }),
];

register(proofs);
