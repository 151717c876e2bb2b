/** Vectors at the ends of what they may be, and each way of running them. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Vector } from "../src/cli/vector.ts";
import * as vectors from "../src/cli/vector_run.ts";
import { asU32, asU64 } from "../src/int/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof vectors;
const FILE = "src/cli/vector_run.ts";
const mutant = sourceMutants<Face>(FILE);

/** A program of one trap. */
const TRAP = Uint8Array.of(0, 0, 1, 0, 1);

/** A vector of one trap, with two pieces of memory before it of so many bytes each. */
function vectorWith(bytes: number): Vector {
  const registers = Array.from({ length: 13 }, () => asU64(0n));
  const piece = { address: asU32(0x2_0000), contents: new Uint8Array(bytes) };
  return {
    ...{ name: "x", program: TRAP, registers, pc: asU32(0), gas: asU64(5n) },
    ...{ pages: [], memory: [piece, piece] },
    expected: {
      ...{ status: "panic", faultAddress: undefined, registers, pc: asU32(0) },
      ...{ memory: [], gas: asU64(4n) },
    },
  };
}

/** A vector of one trap, in two pages with some bytes across their border. */
const ACROSS: Vector = {
  ...vectorWith(0),
  pages: [{ address: asU32(0x2_0000), length: asU32(8192), writable: true }],
  memory: [{ address: asU32(0x2_0ffc), contents: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
};
/** A jump to where it stands, with gas for more steps than are taken. */
const SPIN: Vector = {
  ...{ ...vectorWith(0), program: Uint8Array.of(0, 0, 2, 40, 0, 1), gas: asU64(2n ** 20n + 9n) },
  memory: [],
};

const WAY = { backend: "sparse", mode: "run" } as const;

/** What is asked, and what must be the answer. */
type Fact = readonly [what: string, ask: (face: Face) => unknown, answer: unknown];

const FACTS: readonly Fact[] = [
  [
    "a vector has 64 MiB of memory",
    ({ runVector }) => runVector(vectorWith(2 ** 25), WAY),
    ["the program cannot be loaded"],
  ],
  [
    "bytes may lie in two pages",
    ({ runVector }) => {
      const { expected, memory } = ACROSS;
      return runVector({ ...ACROSS, expected: { ...expected, memory } }, WAY);
    },
    [],
  ],
  [
    "bytes in two pages are compared",
    ({ runVector }) => runVector(ACROSS, WAY),
    ["memory differs: the page 131072"],
  ],
  [
    "a vector is run as it is to be",
    ({ runVector }) =>
      (["run", "step"] as const).map((mode) => {
        const [first = ""] = runVector(SPIN, { backend: "sparse", mode });
        return first.startsWith("status is out-of-gas");
      }),
    [true, false],
  ],
  ["a vector has no more memory", ({ runVector }) => runVector(vectorWith(2 ** 25 + 1), WAY), [
    "it is no vector",
  ]],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/vectors_are_run_as_they_are_to_be",
    claim:
      "vectors have up to 64 MiB of memory, are run in the way that is asked for, and compared",
    subject: ["runVector"],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.of(...FACTS.map(([what]) => what)),
    reaches: ["answered"],
    implementation: vectors,
    mutants: [
      mutant(FILE, "left -= bytes?.length ?? Infinity;", ""),
      mutant(FILE, "const at = address + from - place;", "const at = address - from - place;"),
      mutant(FILE, 'mode === "run" ? runBounded', 'mode !== "run" ? runBounded'),
    ],
    check: (what, reach, face) => {
      const [, ask, answer] = FACTS.find(([name]) => name === what) ?? [];
      reach("answered");
      return agrees(ask?.(face), answer);
    },
  }),
];

register(proofs);
