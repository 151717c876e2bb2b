/** Single rules of mode v3 about memory, files and what the host calls, told without the model. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { type Line, load, loadByte, operation, storeByte } from "./_kit/kernel_guest.ts";
import { called, endOf, move, putInstance, worldOf } from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const RUN = "src/kernel/v3/run.ts";
const [CALL] = [26];
const [CHILD, SECOND] = [6, 7];

const mapped = (start: bigint, size: bigint) => ({
  memoryMappings: [{ start, size, source: [] }],
});

/** What is called behind one that wrote to two pages at 0x10000, and how that ends. */
const BEHIND: Readonly<Record<string, readonly [start: bigint, at: number, told: bigint]>> = {
  "the first page": [0x1_0000n, 0x1_0000, 0n],
  "the second page": [0x1_0000n, 0x1_1000, 2n],
  "a page elsewhere": [0x2_0000n, 0x1_0000, 2n],
  "its own page": [0x1_1000n, 0x1_1001, 0n],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_memory_is_fresh_for_each_call",
    claim:
      "what is called behind an Instance that wrote to its memory finds zeros in its own pages, and no others",
    subject: SUBJECT,
    spec: "the kernel, mode v3: Calls",
    strength: "bounded",
    domain: domain.of(...Object.keys(BEHIND)),
    reaches: Object.keys(BEHIND),
    implementation: kernel,
    mutants: [
      mutant(
        RUN,
        'memory.resetRegion(start, bytes, "none").ok',
        'memory.resetRegion(start, bytes, "read-write").ok',
      ),
      mutant(
        RUN,
        'memory.resetRegion(start, bytes, "none").ok',
        'memory.resetRegion(start, 4096, "none").ok',
      ),
    ],
    check(where, reach, face) {
      const [start, at, told] = BEHIND[where] ?? [0n, 0, 0n];
      const world = worldOf(face);
      const writes: readonly Line[] = [
        load(9, 9n),
        storeByte(9, 0x1_0000),
        storeByte(9, 0x1_1000),
        storeByte(9, 0x1_1001),
      ];
      const first = putInstance(world, writes, {}, mapped(0x1_0000n, 8192n));
      const second = putInstance(world, [loadByte(7, at)], {}, mapped(start, 4096n));
      const top = putInstance(
        world,
        [...operation(CALL, CHILD, 0), ...operation(CALL, SECOND, 0), move(7, told === 0n ? 7 : 8)],
        { [CHILD]: first, [SECOND]: second },
      );
      reach(where);
      return agrees(endOf(called(world, top)), told);
    },
  }),
  defineProof({
    id: "kernel/v3_a_mapping_is_whole_pages",
    claim: "a mapping of any size is mapped to the end of its last page, and no further",
    subject: SUBJECT,
    spec: "the kernel, mode v3: Calls",
    strength: "bounded",
    domain: domain.product({
      size: domain.of(1, 2048, 4095, 4096, 4097, 6000, 8192),
      at: domain.of(0, 4095, 4096, 8191, 8192),
    }),
    reaches: ["inside", "outside"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/image.ts", "Math.ceil(Number(size)", "Math.floor(Number(size)"),
      mutant("src/kernel/v3/image.ts", "Math.ceil(Number(size)", "Math.round(Number(size)"),
      mutant(
        "src/kernel/v3/image.ts",
        "Math.ceil(Number(size) / PAGE_SIZE) * PAGE_SIZE",
        "Math.ceil(Number(size) / PAGE_SIZE + 0.1) * PAGE_SIZE",
      ),
    ],
    check({ size, at }, reach, face) {
      const world = worldOf(face);
      const lines = [loadByte(7, 0x1_0000 + at)];
      const result = called(world, putInstance(world, lines, {}, mapped(0x1_0000n, BigInt(size))));
      const isInside = at < 4096 * Math.ceil(size / 4096);
      reach(isInside ? "inside" : "outside");
      return agrees(endOf(result), isInside ? 0n : "page-fault");
    },
  }),
];

register(proofs);
