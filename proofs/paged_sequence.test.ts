/** Programs of operations on both backends, side by side with the model; copies; clearing. */

import fc from "fast-check";
import { setHeap } from "../model/paged_heap.ts";
import { empty } from "../model/paged_regions.ts";
import {
  agrees,
  allOf,
  defineProof,
  type Proof,
  sampled,
  sequenceAgrees,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  BACKENDS,
  type Face,
  make,
  nameOf,
  settings,
  stateOf,
  stateOfModel,
} from "./_kit/paged.ts";
import { applyModel, applyReal, type Command, commands, PAGE } from "./_kit/paged_commands.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const SPARSE = "src/paged/sparse_store.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

const HEAP = [16, 19, 5] as const;
const LIMITS = { limitBytes: 64n };

function runs(
  face: Face,
  backend: "flat" | "sparse",
  list: readonly Command[],
  reach: (name: string) => void,
) {
  return sequenceAgrees(
    {
      start() {
        const real = make(face, settings(backend, PAGE, LIMITS));
        real.setHeap(...HEAP);
        return { model: setHeap(empty(settings(backend, PAGE, LIMITS)), ...HEAP).state, real };
      },
      applyModel,
      applyReal,
      stateOfModel,
      stateOfReal: stateOf,
      reached: (_command, outcome) => nameOf(outcome),
    },
    list,
    reach,
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/programs_agree_on_both_backends",
    claim: "after every operation of a program both backends have the model's outcome and state",
    subject: of("mapRegion", "resetRegion", "protectRegion", "read", "write", "sbrk", "clear"),
    spec: "Gray Paper, appendix A; JAVM Memory",
    strength: "sampled",
    domain: sampled(fc.array(commands, { maxLength: 24, size: "max" }), {
      runs: 500,
      describe: "programs of up to 24 operations on pages of 8 bytes, 64 mapped bytes at most",
    }),
    reaches: [
      "ok",
      "page-fault",
      "write-protected",
      "limit-exceeded",
      "heap-exhausted",
      "invalid-argument",
      "overflow",
    ],
    implementation: paged,
    mutants: [
      mutant(SPARSE, "bytes === 0 ? WRITABLE_UNTOUCHED : WRITABLE;", "WRITABLE;"),
      mutant(
        "src/paged/page_pool.ts",
        "this.#free.push(offset);",
        "this.#free.push(offset, offset);",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "    permissions.set(from.#permissions.subarray(0, permissions.length));\n",
        "",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "    this.heap = NO_HEAP;\n    this.lengthBytes = 0;",
        "    this.lengthBytes = 0;",
      ),
      mutant("src/paged/page_table.ts", "        root.set(this.root);\n", ""),
      mutant(SPARSE, "      this.#refresh();\n    }\n    return true;", "    }\n    return true;"),
    ],
    check: (list, reach, face) =>
      allOf(...BACKENDS.map((backend) => runs(face, backend, list, reach))),
  }),
  defineProof({
    id: "paged/clone_shares_nothing",
    claim: "a copy has the whole state, and neither sees what happens to the other afterwards",
    subject: of("clone"),
    spec: "Gray Paper, inner machines (each has a memory of its own)",
    strength: "sampled",
    domain: sampled(
      fc.record({
        before: fc.array(commands, { maxLength: 12, size: "max" }),
        after: fc.array(commands, { maxLength: 12, size: "max" }),
        isCopyChanged: fc.boolean(),
      }),
      { runs: 300, describe: "programs of up to 12 operations before and after the copy" },
    ),
    reaches: ["copied"],
    implementation: paged,
    mutants: [
      mutant(SPARSE, "copy.#table = this.#table.clone();", "copy.#table = this.#table;"),
      mutant(SPARSE, "copy.#shared ?? this.#pool.clone();", "copy.#shared ?? this.#pool;"),
      mutant(SPARSE, "    copy.heap = this.heap;\n", ""),
      mutant(SPARSE, "    copy.#mapped = this.#mapped;\n", ""),
      mutant(
        "src/paged/page_pool.ts",
        "copy.#free = this.#free.slice();",
        "copy.#free = this.#free;",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "copy.#moveTo(new Uint8Array(lengthBytes),",
        "copy.#moveTo(this.#bytes.subarray(0, lengthBytes),",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "new Uint8Array(lengthBytes >>> this.#shift), this);",
        "this.#permissions, this);",
      ),
    ],
    check({ before, after, isCopyChanged }, reach, face) {
      for (const backend of BACKENDS) {
        const original = make(face, settings(backend, PAGE, LIMITS));
        original.setHeap(...HEAP);
        let state = setHeap(empty(settings(backend, PAGE, LIMITS)), ...HEAP).state;
        for (const command of before) {
          applyReal(original, command);
          state = applyModel(state, command).state;
        }
        const made = original.clone();
        if (!made.ok) return "could not be copied";
        const [changed, kept] = isCopyChanged ? [made.value, original] : [original, made.value];
        let next = state;
        for (const command of after) {
          applyReal(changed, command);
          next = applyModel(next, command).state;
        }
        reach("copied");
        const keptBefore = agrees(stateOf(kept), stateOfModel(state));
        for (const command of after) applyReal(kept, command);
        const failure = allOf(
          keptBefore,
          agrees(stateOf(changed), stateOfModel(next)),
          agrees(stateOf(kept), stateOfModel(next)),
        );
        if (failure !== undefined) return `${backend}: ${failure}`;
      }
      return undefined;
    },
  }),
];

register(proofs);
