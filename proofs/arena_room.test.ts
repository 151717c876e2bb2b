/** What the arena gives where the engine has no room, and where it does not even ask. */

import * as arena from "../src/arena/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { arenaOf, type Face, mutant, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

/** An allocation by the engine: who does it, how many bytes it asks for, and what asks for them. */
interface Allocation {
  readonly owner: object;
  readonly method: string;
  readonly bytes: number;
  readonly start: (face: Face, over: arena.Arena) => unknown;
}

const ALLOCATIONS: Readonly<Record<string, Allocation>> = {
  "Arena.create": {
    owner: globalThis,
    method: "Uint8Array",
    bytes: 40,
    start: ({ Arena }) => Arena.create({ capacityBytes: 40 }),
  },
  "Arena.readBytes": {
    owner: Uint8Array.prototype,
    method: "slice",
    bytes: 5,
    start: (_, over) => over.readBytes(8, 5),
  },
  "Arena.hostArgStr": {
    owner: TextEncoder.prototype,
    method: "encode",
    bytes: 12,
    start: (_, over) => over.hostArgStr("four"),
  },
  "hexDecode": {
    owner: globalThis,
    method: "Uint8Array",
    bytes: 3,
    start: ({ hexDecode }) => hexDecode("010203"),
  },
  "hexEncode": {
    owner: TextDecoder.prototype,
    method: "decode",
    bytes: 6,
    start: ({ hexEncode }) => hexEncode(Uint8Array.of(1, 2, 3)),
  },
};

/** What a function gives while a method of the engine refuses to allocate. */
function refusing(owner: object, method: string, run: () => unknown): unknown {
  const own = Object.getOwnPropertyDescriptor(owner, method);
  function refuse(): never {
    throw new RangeError("no room");
  }
  // Some engines let such a method be replaced, but not described anew.
  const described = own ?? { configurable: true, writable: true };
  Object.defineProperty(owner, method, { ...described, value: refuse });
  try {
    return run();
  } finally {
    if (own === undefined) Reflect.deleteProperty(owner, method);
    else Object.defineProperty(owner, method, own);
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/refused_allocations_are_errors",
    claim: "where the engine has no room, an operation says how many bytes it asked for",
    subject: Object.keys(ALLOCATIONS),
    spec: "guest arena ABI: no input throws",
    strength: "bounded",
    domain: domain.of(...Object.keys(ALLOCATIONS)),
    reaches: Object.keys(ALLOCATIONS),
    implementation: arena,
    mutants: [
      mutant("src/arena/store.ts", "allocating(length,", "allocating(offset,"),
      mutant("src/arena/utf8.ts", "allocating(3 * text.length,", "allocating(text.length,"),
      mutant("src/arena/placement.ts", "allocating(capacity.value,", "allocating(0,"),
      mutant(
        "src/arena/hex.ts",
        "allocating(lengthCharacters / 2,",
        "allocating(lengthCharacters,",
      ),
      mutant("src/arena/hex.ts", "allocating(2 * copy.length,", "allocating(copy.length,"),
      mutant(
        "src/arena/hex.ts",
        "if (!made.ok) return made;",
        "if (!made.ok) return ok(copyBytes(hex) ?? new Uint8Array(0));",
      ),
      mutant(
        "src/arena/store.ts",
        '{ kind: "allocation-failed", bytes }',
        '{ kind: "allocation-failed", bytes: 0 }',
      ),
    ],
    check(name, reach, face) {
      const tried = ALLOCATIONS[name];
      if (tried === undefined) return "no such operation";
      const over = arenaOf(face, 64);
      const { owner, method, bytes, start } = tried;
      const result = refusing(owner, method, () => start(face, over));
      reach(name);
      return agrees(
        [result, Number(over.usedBytes)],
        [{ ok: false, error: { kind: "allocation-failed", bytes } }, 8],
      );
    },
  }),
  defineProof({
    id: "arena/hex_encode_is_limited",
    claim: "more than 2^27 bytes are refused before any of them is copied",
    subject: ["hexEncode"],
    spec: "guest arena ABI, limits",
    strength: "bounded",
    domain: domain.of(0, 1, 2, 4096, 2 ** 27 + 1, 2 ** 27 + 2),
    reaches: ["encoded", "too-long"],
    implementation: arena,
    mutants: [
      mutant("src/arena/hex.ts", "BYTES_MAX = 2 ** 27", "BYTES_MAX = 2 ** 27 + 1"),
      mutant("src/arena/hex.ts", "BYTES_MAX = 2 ** 27", "BYTES_MAX = 2 ** 27 - 1"),
      mutant("src/arena/hex.ts", "if (long !== undefined) return err(long);", ""),
    ],
    check(lengthBytes, reach, { hexEncode }) {
      const zeros = new Uint8Array(lengthBytes);
      const limitBytes = 2 ** 27;
      const refused = lengthBytes > limitBytes;
      const run = () => hexEncode(zeros);
      // What is refused is not copied, and so not stopped by an engine that copies nothing.
      const result = refused ? refusing(globalThis, "Uint8Array", run) : valueOf(run());
      reach(refused ? "too-long" : "encoded");
      return agrees(
        result,
        refused
          ? { ok: false, error: { kind: "too-long", lengthBytes, limitBytes } }
          : "00".repeat(lengthBytes),
      );
    },
  }),
];

register(proofs);
