/** Arenas that were placed nowhere, and operations on no bytes. */

import * as arena from "../src/arena/mod.ts";
import type { Arena } from "../src/arena/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { lyingMemory, mutant, outcome, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI";

/** Operations on no bytes. */
const NOTHINGS: Readonly<Record<string, (over: Arena, at: number) => unknown>> = {
  readBytes: (over, at) => outcome(over.readBytes(at, 0)),
  readString: (over, at) => outcome(over.readString(at, 0)),
  readStringStrict: (over, at) => outcome(over.readStringStrict(at, 0)),
  readPackedBytes: (over, at) => outcome(over.readPackedBytes(BigInt(at) << 32n)),
  readPackedString: (over, at) => outcome(over.readPackedString(BigInt(at) << 32n)),
  writeBytes: (over, at) => outcome(over.writeBytes(at, new Uint8Array(0))),
  hostArgBytes: (over) => outcome(over.hostArgBytes(new Uint8Array(0))),
  hostArgStr: (over) => outcome(over.hostArgStr("")),
};

/** What each gives. */
function expectedOf(operation: string): unknown {
  if (operation.endsWith("Bytes") && operation.startsWith("read")) return { ok: [] };
  if (operation.startsWith("read")) return { ok: "" };
  return { ok: operation === "writeBytes" ? undefined : { ptr: 0n, len: 0n } };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/nothing_is_asked_of_a_memory_for_no_bytes",
    claim: "an operation on no bytes succeeds, wherever they are, and the memory is asked nothing",
    subject: Object.keys(NOTHINGS).map((name) => `Arena.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      operation: domain.of(...Object.keys(NOTHINGS)),
      at: domain.of(1, 8, 64, 65, 2 ** 31, 2 ** 32 - 1),
    }),
    reaches: ["done"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/access.ts",
        "length === 0 ? ok(new Uint8Array(0))",
        "length === -1 ? ok(new Uint8Array(0))",
      ),
      mutant("src/arena/access.ts", "if (lengthBytes === 0) return undefined;", ""),
    ],
    check: ({ operation, at }, reach, { Arena }) => {
      let honest = true;
      let asked = 0;
      const ask = (): never => {
        asked++;
        throw new Error("asked");
      };
      const deeds = { activeSize: () => honest ? 64 : ask(), read: ask, initData: ask, fill: ask };
      const over = valueOf(Arena.over(lyingMemory(deeds), { capacityBytes: 64 }));
      honest = false;
      const given = NOTHINGS[operation]?.(over, at);
      reach("done");
      return agrees([given, asked], [expectedOf(operation), 0]);
    },
  }),
  defineProof({
    id: "arena/made_by_force_is_empty",
    claim: "an arena made past the type checker has no bytes, and nothing can be had from it",
    subject: ["Arena.alloc", "Arena.reset", "Arena.readBytes", "CheckedArena.alloc"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(0, 1, 8, 2 ** 31 - 1),
    reaches: ["refused"],
    implementation: arena,
    mutants: [
      mutant("src/arena/arena.ts", "#base = 0;", "#base = 1;"),
      mutant("src/arena/arena.ts", "#capacity = 0;", "#capacity = 100;"),
      mutant("src/arena/arena.ts", "#generation = 0;", "#generation = 1;"),
      mutant("src/arena/checked.ts", "arena?.leftBytes ?? 0", "arena?.leftBytes ?? 1"),
    ],
    check: (size, reach, { Arena, CheckedArena }) => {
      const forced: Arena = Reflect.construct(Arena, []);
      const checked: arena.CheckedArena = Reflect.construct(CheckedArena, []);
      const numbers = [forced.base, forced.capacityBytes, forced.usedBytes, forced.leftBytes];
      const refused = checked.alloc(size);
      const read = forced.readBytes(0, 1);
      reach("refused");
      return agrees(
        [
          ...[...numbers, forced.generation, forced.alloc(size)],
          forced.hostArgBytes(new Uint8Array(1)),
          read.ok ? read : read.error.kind,
          refused.ok ? refused : refused.error,
          forced.reset({ zero: true }),
          forced.generation,
        ].map(plainNumber),
        [
          ...[0, 0, 8, 0, 0, 0],
          { ok: true, value: { ptr: 0, len: 0 } },
          "outside-memory",
          size === 0
            ? { ...invalidSize(refused), kind: "invalid-argument" }
            : { kind: "arena-full", wantedBytes: size, leftBytes: 0 },
          { ok: true, value: undefined },
          1,
        ].map(plainNumber),
      );
    },
  }),
];

/** A number without its brand. */
function plainNumber(value: unknown): unknown {
  return typeof value === "number" ? Number(value) : value;
}

/** The error as it is: what it says of a wrong argument is no part of this. */
function invalidSize(refused: arena.Result<unknown, object>): object {
  return refused.ok ? {} : refused.error;
}

register(proofs);
