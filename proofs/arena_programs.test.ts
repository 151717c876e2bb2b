/** Programs of arena commands against the model, and the invariants of the allocator. */

import fc from "fast-check";
import * as model from "../model/arena.ts";
import * as arena from "../src/arena/mod.ts";
import {
  allOf,
  defineProof,
  domain,
  type Proof,
  sampled,
  sequenceAgrees,
} from "../src/proof/mod.ts";
import { arenaOf, type Face, honestMemory, modelOf, mutant, valueOf } from "./_kit/arena.ts";
import { type Command, programs, randomProgram } from "./_kit/arena_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI";
const ARENA = "src/arena/arena.ts";

/** A free-standing arena and its model. */
function alone(face: Face, capacity: number) {
  return programs(() => {
    const real = arenaOf(face, capacity);
    const checked = valueOf(face.CheckedArena.over(real));
    return {
      model: { arena: modelOf(capacity), handles: [] },
      real: { arena: real, checked, handles: [], sizeBytes: capacity },
    };
  });
}

/** An arena over a memory, and its model. */
function over(face: Face, base: number, capacity: number, sizeBytes: number) {
  return programs(() => {
    const memory = honestMemory(sizeBytes);
    const real = valueOf(face.Arena.over(memory, { base, capacityBytes: capacity }));
    const checked = valueOf(face.CheckedArena.over(real));
    const modelled = model.create(BigInt(base), BigInt(capacity), BigInt(sizeBytes));
    return {
      model: { arena: modelled, handles: [] },
      real: { arena: real, checked, handles: [], sizeBytes },
    };
  });
}

const LETTERS = domain.of<Command>(
  { do: "alloc", size: 1 },
  { do: "grant", size: 8 },
  { do: "argBytes", data: [1, 2, 3] },
  { do: "argStr", text: "é" },
  { do: "reset", zero: false },
  { do: "reset", zero: true },
  { do: "write", ptr: 9, data: [7, 8] },
  { do: "readHandle", index: 0 },
  { do: "writeHandle", index: 0, data: [5, 6] },
);

const FAILURES = [
  "outside-memory",
  "arena-full",
  "stale-handle",
  "handle-too-small",
  "no-handle",
  "too-long",
];

/** What holds of all live allocations, whatever the model says. */
function invariants(
  { base, capacity, sizes }: {
    readonly base: number;
    readonly capacity: number;
    readonly sizes: readonly number[];
  },
  reach: (outcome: string) => void,
  face: Face,
): string | undefined {
  const actual = valueOf(
    face.Arena.over(honestMemory(base + capacity), { base, capacityBytes: capacity }),
  );
  let end = base + 8;
  for (const size of sizes) {
    const pointer = actual.alloc(size);
    reach(pointer === 0 ? "none" : "pointer");
    if (pointer === 0) continue;
    if (pointer % 8 !== 0) return `pointer ${pointer} is not aligned`;
    if (pointer < end) return `pointer ${pointer} lies before ${end}, where the last one ends`;
    end = pointer + size;
    if (end > base + capacity) return `${end} is beyond the arena`;
    if (end !== base + actual.usedBytes) return `used ${actual.usedBytes}, not ${end - base}`;
  }
  return actual.base === base && actual.capacityBytes === capacity ? undefined : "arena moved";
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/allocations_are_aligned_disjoint_inside_and_ascending",
    claim:
      "every pointer is 8-aligned and not 0, and each allocation lies behind the last and inside the arena",
    subject: ["Arena.over", "Arena.alloc", "Arena.base", "Arena.capacityBytes", "Arena.usedBytes"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      base: domain.of(0, 8, 4096),
      capacity: domain.of(0, 7, 8, 9, 40, 47, 48),
      sizes: domain.words(domain.of(1, 7, 8, 9, 17), 4),
    }),
    reaches: ["none", "pointer"],
    implementation: arena,
    mutants: [
      mutant(ARENA, "this.#next = offset + bytes;", "this.#next = offset;"),
      mutant(ARENA, "this.#next = offset + bytes;", "this.#next = offset + bytes - 1;"),
      mutant(ARENA, "return asU32(this.#base + offset);", "return asU32(offset);"),
      mutant(
        "src/arena/bump.ts",
        "ARENA_FIRST_OFFSET: U32 = asU32(8)",
        "ARENA_FIRST_OFFSET: U32 = asU32(0)",
      ),
      mutant("src/arena/bump.ts", "Math.max(capacity -", "Math.max(capacity + 1 -"),
    ],
    check: invariants,
  }),
  defineProof({
    id: "arena/all_short_programs_agree",
    claim: "all programs of up to 3 of nine commands give the model's outcomes and leave its state",
    subject: [
      "Arena.alloc",
      "Arena.reset",
      "Arena.hostArgBytes",
      "Arena.hostArgStr",
      "Arena.writeBytes",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ capacity: domain.of(16, 27), program: domain.words(LETTERS, 3) }),
    reaches: ["done", "arena-full", "stale-handle", "no-handle"],
    implementation: arena,
    mutants: [
      mutant(ARENA, "if (zero.value) {", "if (!zero.value) {"),
      mutant(ARENA, "if (zero.value) {", "if (zero.value === null) {"),
      mutant(
        "src/arena/store.ts",
        "bytes.fill(0, offset, offset + length)",
        "bytes.fill(0, offset, 10)",
      ),
      mutant(
        "src/arena/checked.ts",
        "grant.generation === arenaGeneration",
        "grant.generation <= arenaGeneration",
      ),
      mutant("src/arena/checked.ts", "wantedBytes > leftBytes", "wantedBytes >= leftBytes"),
    ],
    check: ({ capacity, program }, reach, face) =>
      sequenceAgrees(alone(face, capacity), program, reach),
  }),
  defineProof({
    id: "arena/random_programs_agree",
    claim: "longer programs on a free-standing arena give the model's outcomes and leave its state",
    subject: [
      "Arena.create",
      "Arena.readBytes",
      "Arena.readString",
      "Arena.readPackedBytes",
      "Arena.leftBytes",
      "CheckedArena.over",
      "CheckedArena.alloc",
      "CheckedArena.read",
      "CheckedArena.write",
      "CheckedArena.rangeOf",
    ],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({ capacity: fc.integer({ min: 0, max: 48 }), program: randomProgram }),
      { runs: 700, describe: "capacity 0 to 48, up to 12 commands" },
    ),
    reaches: ["done", ...FAILURES, "invalid-argument"],
    implementation: arena,
    mutants: [
      mutant("src/arena/checked.ts", "wantedBytes > handleBytes", "wantedBytes > handleBytes + 1"),
      mutant("src/arena/checked.ts", "wantedBytes > handleBytes", "wantedBytes >= handleBytes"),
      mutant("src/arena/checked.ts", "len: asU32(wantedBytes)", "len: asU32(wantedBytes - 1)"),
      mutant("src/arena/packed.ts", "asU32(value >>> 0)", "asU32(value & 0x7fff_ffff)"),
    ],
    check: ({ capacity, program }, reach, face) =>
      sequenceAgrees(alone(face, capacity), program, reach),
  }),
  defineProof({
    id: "arena/random_programs_over_a_memory_agree",
    claim:
      "programs on an arena over a memory give the outcomes of the model, and touch nothing outside what they name",
    subject: [
      "Arena.over",
      "Arena.reset",
      "Arena.hostArgBytes",
      "Arena.readBytes",
      "Arena.writeBytes",
    ],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        base: fc.constantFrom(0, 8, 16),
        capacity: fc.integer({ min: 0, max: 32 }),
        behind: fc.constantFrom(0, 1, 8),
        program: randomProgram,
      }),
      { runs: 700, describe: "base 0 to 16, capacity 0 to 32, up to 12 commands" },
    ),
    reaches: ["done", ...FAILURES, "invalid-argument"],
    implementation: arena,
    mutants: [
      mutant(ARENA, "const ptr = asU32(this.#base + offset);", "const ptr = asU32(offset);"),
      mutant(ARENA, "store.clear(this.#base, this.#capacity)", "store.clear(0, this.#capacity)"),
      mutant(
        "src/arena/guest_memory.ts",
        "memory.fill(offset, 0, length)",
        "memory.fill(offset, 1, length)",
      ),
      mutant(
        "src/arena/guest_memory.ts",
        "memory.fill(offset, 0, length)",
        "memory.fill(offset, length, 0)",
      ),
      mutant(
        "src/arena/guest_memory.ts",
        "memory.initData(offset, bytes)",
        "memory.initData(0, bytes)",
      ),
    ],
    check: ({ base, capacity, behind, program }, reach, face) =>
      allOf(sequenceAgrees(over(face, base, capacity, base + capacity + behind), program, reach)),
  }),
];

register(proofs);
