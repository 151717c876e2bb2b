/** Programs of operations on both backends, side by side with the model; copies; clearing. */

import fc from "fast-check";
import * as model from "../model/paged.ts";
import { sbrk, setHeap } from "../model/paged_heap.ts";
import { change, empty, read, write } from "../model/paged_regions.ts";
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
  ACCESSES,
  BACKENDS,
  type Face,
  make,
  nameOf,
  outcomeOf,
  readTyped,
  settings,
  stateOf,
  stateOfModel,
  WIDTHS,
  writeTyped,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const SPARSE = "src/paged/sparse_store.ts";
const PAGE = 8;
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

type Command =
  | {
    readonly do: "map" | "reset" | "protect";
    readonly page: number;
    readonly pages: number;
    readonly access: model.Access;
    readonly init: Uint8Array;
  }
  | { readonly do: "write" | "read"; readonly at: number; readonly data: Uint8Array }
  | {
    readonly do: "store" | "load";
    readonly at: number;
    readonly width: 1 | 2 | 4 | 8;
    readonly bits: bigint;
  }
  | { readonly do: "sbrk"; readonly size: number }
  | { readonly do: "clear" };

const address = fc.oneof(fc.nat(6 * PAGE), fc.integer({ min: 2 ** 32 - 10, max: 2 ** 32 - 1 }));
const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("map" as const, "reset" as const, "protect" as const),
      page: fc.oneof(fc.nat(4), fc.constant(2 ** 29 - 1)),
      pages: fc.integer({ min: 0, max: 3 }),
      access: fc.constantFrom(...ACCESSES),
      init: fc.uint8Array({ maxLength: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("write" as const, "read" as const),
      at: address,
      data: fc.uint8Array({ maxLength: 20 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("store" as const, "load" as const),
      at: address,
      width: fc.constantFrom(...WIDTHS),
      bits: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sbrk" as const), size: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.constant({ do: "clear" as const }) },
);

function applyModel(state: model.Memory, command: Command): model.Step {
  const same = (outcome: model.Outcome): model.Step => ({ state, outcome });
  switch (command.do) {
    case "map":
    case "reset":
    case "protect": {
      const init = command.do === "map" ? Array.from(command.init, BigInt) : "absent";
      const [start, size] = [command.page * PAGE, command.pages * PAGE];
      return change(state, command.do, start, size, command.access, init);
    }
    case "write":
      return write(state, command.at, Array.from(command.data, BigInt));
    case "read":
      return same(read(state, command.at, command.data.length));
    case "store": {
      const value = command.width === 8 ? command.bits : Number(command.bits % 2n ** 32n);
      return model.store(state, BigInt(command.width), command.at, value);
    }
    case "load":
      return same(model.load(state, BigInt(command.width), command.at));
    case "sbrk":
      return sbrk(state, command.size);
    case "clear":
      return { state: empty(state), outcome: { ok: undefined } };
  }
}

function applyReal(real: paged.Memory, command: Command): unknown {
  switch (command.do) {
    case "map":
    case "reset":
    case "protect": {
      const [start, size] = [command.page * PAGE, command.pages * PAGE];
      const how = `${command.do}Region` as const;
      const init = command.do === "map" ? [command.init] : [];
      // What "none" does to a map is a matter of callers without a compiler.
      return outcomeOf(Reflect.apply(real[how], real, [start, size, command.access, ...init]));
    }
    case "write":
      return outcomeOf(real.write(command.at, command.data));
    case "read":
      return outcomeOf(real.read(command.at, command.data.length));
    case "store":
      return outcomeOf(writeTyped(real, command.width, command.at, command.bits));
    case "load":
      return outcomeOf(readTyped(real, command.width, command.at));
    case "sbrk":
      return outcomeOf(real.sbrk(command.size));
    case "clear":
      return { ok: real.clear() };
  }
}

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
      mutant(SPARSE, "(entry & KIND) === READ_ONLY ? READ_ONLY : WRITABLE_UNTOUCHED", "READ_ONLY"),
      mutant(SPARSE, "bytes === 0 ? WRITABLE_UNTOUCHED : WRITABLE;", "WRITABLE;"),
      mutant(
        "src/paged/page_pool.ts",
        "this.#free.push(offset);",
        "this.#free.push(offset, offset);",
      ),
      mutant("src/paged/page_pool.ts", "      bytes.set(this.bytes);\n", ""),
      mutant("src/paged/flat_store.ts", "      permissions.set(this.#permissions);\n", ""),
      mutant(
        "src/paged/flat_store.ts",
        "    this.heap = NO_HEAP;\n    this.lengthBytes = 0;",
        "    this.lengthBytes = 0;",
      ),
      mutant("src/paged/page_table.ts", "        root.set(this.root);\n", ""),
      mutant(SPARSE, "      this.#view = this.#pool.view;\n      this.#table", "      this.#table"),
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
      mutant(SPARSE, "copy.#pool = this.#pool.clone();", "copy.#pool = this.#pool;"),
      mutant(SPARSE, "      copy.heap = this.heap;\n", ""),
      mutant(SPARSE, "      copy.#mapped = this.#mapped;\n", ""),
      mutant(
        "src/paged/page_pool.ts",
        "copy.#free = this.#free.slice();",
        "copy.#free = this.#free;",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "this.#bytes.slice(0, this.lengthBytes)",
        "this.#bytes.subarray(0, this.lengthBytes)",
      ),
      mutant(
        "src/paged/flat_store.ts",
        "this.#permissions.slice(0, this.lengthBytes >>> this.#shift)",
        "this.#permissions",
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
        const failure = allOf(
          agrees(stateOf(kept), stateOfModel(state)),
          agrees(stateOf(changed), stateOfModel(next)),
        );
        if (failure !== undefined) return `${backend}: ${failure}`;
      }
      return undefined;
    },
  }),
];

register(proofs);
