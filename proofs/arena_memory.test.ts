/** Arenas over memories: where they may lie, and memories that fit. */

import * as model from "../model/arena.ts";
import * as arena from "../src/arena/mod.ts";
import type { GuestMemory } from "../src/arena/mod.ts";
import { IsolatedMemory } from "../src/linear/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { lyingMemory, mutant, outcome, plain, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI";
const MEMORY = "src/arena/guest_memory.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/lies_inside_its_memory",
    claim: "an arena is made if and only if its base is 8-aligned and all of it lies in the memory",
    subject: ["Arena.over"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      base: domain.of<number | undefined>(
        undefined,
        -8,
        -0,
        0,
        4,
        8,
        8.5,
        64,
        262_144,
        2 ** 32 - 8,
        2 ** 32,
        NaN,
      ),
      capacityBytes: domain.of<number | undefined>(
        undefined,
        -1,
        -0,
        0,
        0.5,
        1,
        8,
        56,
        57,
        64,
        65,
        2 ** 32,
        Infinity,
      ),
      size: domain.of(0, 1, 63, 64, 65, 72, 262_143, 262_144, 262_152, 2 ** 32, 2 ** 33),
    }),
    reaches: ["made", "invalid-argument", "arena-outside-memory"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/placement.ts",
        "base + capacity > Math",
        "base + capacity >= Math",
      ),
      mutant("src/arena/placement.ts", "base + capacity > Math", "capacity > Math"),
      mutant("src/arena/options.ts", "value % step === 0", "true"),
      mutant("src/arena/options.ts", "!Object.is(value, -0) &&", ""),
      mutant("src/arena/options.ts", "value >= 0 && value <= max", "value <= max"),
      mutant("src/arena/placement.ts", "Math.min(sizeBytes, ADDRESS_SPACE_BYTES)", "sizeBytes"),
      mutant(
        "src/arena/placement.ts",
        "bytesUpTo(ADDRESS_SPACE_BYTES, 1)",
        "bytesUpTo(ADDRESS_SPACE_BYTES - 1, 1)",
      ),
    ],
    check({ base, capacityBytes, size }, reach, { Arena }) {
      const options = {
        ...(base === undefined ? {} : { base }),
        ...(capacityBytes === undefined ? {} : { capacityBytes }),
      };
      const over = Arena.over(lyingMemory({ activeSize: () => size }), options);
      reach(over.ok ? "made" : over.error.kind);
      const expected = model.place(base, capacityBytes, BigInt(size));
      if (!over.ok || "error" in expected) return agrees(over.ok ? over : outcome(over), expected);
      return agrees(
        plain([over.value.base, over.value.capacityBytes, over.value.usedBytes]),
        [expected.ok.base, expected.ok.capacity, 8n],
      );
    },
  }),
  defineProof({
    id: "arena/isolated_memory_fits",
    claim:
      "an arena over an isolated memory or a lease of it works on that memory's bytes; when the lease ends, it fails",
    subject: ["Arena.over", "Arena.hostArgBytes", "Arena.readBytes", "Arena.reset"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      lent: domain.of(false, true),
      base: domain.of(0, 8, 65_536 - 64),
      first: domain.range(0, 25),
      second: domain.range(0, 25),
    }),
    reaches: ["placed", "none", "over"],
    implementation: arena,
    mutants: [
      mutant(MEMORY, "memory.read(offset, length)", "memory.read(0, length)"),
      mutant(MEMORY, "memory.initData(offset, bytes)", "memory.initData(offset + 1, bytes)"),
      mutant(MEMORY, "memory.fill(offset, 0, length)", "memory.fill(offset, 0, 8)"),
    ],
    check({ lent, base, first, second }, reach, { Arena }) {
      const memory = valueOf(IsolatedMemory.create(1, 1));
      const { lease, revoke } = memory.lend();
      const fits: GuestMemory = lent ? lease : memory;
      const over = valueOf(Arena.over(fits, { base, capacityBytes: 64 }));
      for (const length of [first, second]) {
        const data = Uint8Array.from({ length }, (_, at) => 0x80 + at);
        const range = valueOf(over.hostArgBytes(data));
        reach(range.ptr === 0 ? "none" : "placed");
        const failure = allOf(
          agrees(memory.read(range.ptr, range.len), {
            ok: true,
            value: range.ptr === 0 ? new Uint8Array(0) : data,
          }),
          agrees(over.readBytes(range.ptr, range.len), memory.read(range.ptr, range.len)),
        );
        if (failure !== undefined) return failure;
      }
      revoke();
      const reset = over.reset({ zero: true });
      if (!lent) return agrees(memory.read(base, 64), { ok: true, value: new Uint8Array(64) });
      reach("over");
      return agrees(reset.ok ? "ok" : reset.error.kind, "memory-failed");
    },
  }),
];

register(proofs);
