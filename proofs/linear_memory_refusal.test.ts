/** What a refusal says: the whole error, with the limits and the bytes that were asked for. */

import { agrees, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { call, type Face, implementation, memory, mutant } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

/** What is called, with what, and the error that it must give. */
interface Refusal {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly error: Readonly<Record<string, unknown>>;
}

const SMALL = { pageSizeBytes: 16 };

function limit(name: string, args: readonly unknown[], limit: string): Refusal {
  return { name, args, error: { kind: "limit-out-of-range", limit } };
}

function exceeds(
  name: string,
  args: readonly unknown[],
  kind: "memory-initial-exceeds-max" | "table-initial-exceeds-max",
  [initial, max]: readonly [number, number],
): Refusal {
  return { name, args, error: { kind, initial, max } };
}

/** The options of a module, some of them other than possible. */
function options(other: object): readonly unknown[] {
  const possible = { initialPages: 1, maxPages: 2, initialSlots: 1, maxSlots: 2, globals: 0 };
  return [{ ...possible, ...other }];
}

/** Refusals of limits. The memory that `init` begins anew has 1 of 4 pages of 16 bytes. */
const REFUSALS: readonly Refusal[] = [
  limit("IsolatedMemory.create", [-1, 1], "initialPages"),
  limit("IsolatedMemory.create", [1, 65_537], "maxPages"),
  limit("IsolatedMemory.create", [1, 1, { pageSizeBytes: 3 }], "pageSizeBytes"),
  limit("IsolatedMemory.create", [2, 1, { pageSizeBytes: 131_072 }], "pageSizeBytes"),
  exceeds("IsolatedMemory.create", [7, 5], "memory-initial-exceeds-max", [7, 5]),
  limit("init", [0.5], "initialPages"),
  exceeds("init", [6], "memory-initial-exceeds-max", [6, 4]),
  limit("Table.create", [-1, 1], "initialSlots"),
  limit("Table.create", [1, 10_000_001], "maxSlots"),
  exceeds("Table.create", [7, 5], "table-initial-exceeds-max", [7, 5]),
  ...["initialPages", "maxPages", "pageSizeBytes", "initialSlots", "maxSlots"].map((name) =>
    limit("Module.create", options({ [name]: -1 }), name)
  ),
  exceeds("Module.create", options({ initialPages: 3 }), "memory-initial-exceeds-max", [3, 2]),
  exceeds("Module.create", options({ initialSlots: 3 }), "table-initial-exceeds-max", [3, 2]),
  ...["initialSlots", "maxSlots"].map((name) =>
    limit("LibraryModule.create", options({ [name]: -1 }), name)
  ),
  exceeds("LibraryModule.create", options({ maxSlots: 0 }), "table-initial-exceeds-max", [1, 0]),
];

/** What the engine has no room for, and the bytes that were asked for. */
const TOO_MUCH: readonly Refusal[] = [
  ["IsolatedMemory.create", [2, 4], 131_072],
  ["IsolatedMemory.create", [3, 4, SMALL], 48],
  ["IsolatedMemory.create", [0, 4, SMALL], 0],
  ["Module.create", options({ pageSizeBytes: 8 }), 8],
  ["init", [2], 131_072],
  ["init", [4], 262_144],
  ["read", [1, 5], 5],
  ["read", [0, 0], 0],
].map(([name, args, bytes]) => ({
  name: `${name}`,
  args: Array.isArray(args) ? args : [],
  error: { kind: "allocation-failed", bytes },
}));

/** Makes what is called, and then calls it between `before` and `after`. */
function outcome(
  face: Face,
  { name, args }: Refusal,
  pageBytes: number,
  around: (run: () => unknown) => unknown = (run) => run(),
): unknown {
  const [owner = "", method] = name.split(".");
  const target = method === undefined
    ? memory(face, { pages: 1, max: 4, pageBytes })
    : Object(Reflect.get(face, owner));
  return around(() => call(target, method ?? owner, args));
}

/** Runs something in an engine that has no room for anything. */
function withoutRoom(run: () => unknown): unknown {
  const { Memory } = WebAssembly;
  const [{ grow }, bytes] = [Memory.prototype, globalThis.Uint8Array];
  const refuse = function (): never {
    throw new RangeError("no room");
  };
  try {
    Reflect.set(WebAssembly, "Memory", refuse);
    Reflect.set(globalThis, "Uint8Array", refuse);
    Memory.prototype.grow = refuse;
    return run();
  } finally {
    Memory.prototype.grow = grow;
    Reflect.set(globalThis, "Uint8Array", bytes);
    Reflect.set(WebAssembly, "Memory", Memory);
  }
}

const SUBJECT = ["IsolatedMemory.create", "IsolatedMemory.init", "Module.create"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/refusals_of_limits_say_which",
    claim: "the error for a limit names it, and the one for too great a beginning has both numbers",
    subject: [...SUBJECT, "Table.create", "LibraryModule.create"],
    spec: "Wasm core 2.0, 3.2.1",
    strength: "exhaustive",
    domain: domain.of(...REFUSALS),
    reaches: ["limit-out-of-range", "memory-initial-exceeds-max", "table-initial-exceeds-max"],
    implementation,
    mutants: [
      mutant("memory.ts", "initial: asU32(initialPages)", "initial: asU32(maxPages)"),
      mutant("memory.ts", "max: asU32(maxPages)", "max: PAGES_MAX"),
      mutant("memory.ts", 'limit: "pageSizeBytes" }', 'limit: "pageSize" }'),
      mutant("memory.ts", 'limit: "maxPages" }', 'limit: "initialPages" }'),
      mutant("memory.ts", 'limit: "initialPages" }', 'limit: "maxPages" }'),
      mutant("memory.ts", "backing?.maxPages ?? 0", "PAGES_MAX"),
      mutant("table.ts", 'outOfRange("maxSlots")', 'outOfRange("slots")'),
      mutant("table.ts", "initial, max });", "initial: max, max: initial });"),
      mutant(
        "table.ts",
        '{ kind: "limit-out-of-range", limit }',
        '{ kind: "limit-out-of-range", limit: "initialSlots" }',
      ),
    ],
    check(refusal, reach, face) {
      reach(String(refusal.error.kind));
      return agrees(outcome(face, refusal, 16), { ok: false, error: refusal.error });
    },
  }),
  defineProof({
    id: "linear/refusals_for_room_say_how_much",
    claim:
      "when the engine has no room, allocation-failed carries the bytes that were asked for: " +
      "active ones, not those of the maximum",
    subject: [...SUBJECT, "IsolatedMemory.read"],
    spec: "Wasm JavaScript interface 2.0, 5.3",
    strength: "exhaustive",
    domain: domain.of(...TOO_MUCH),
    reaches: ["refused"],
    implementation,
    mutants: [
      mutant("memory.ts", "bytes: initialPages * pageBytes", "bytes: maxPages * pageBytes"),
      mutant("memory.ts", "bytes: initialPages * pageBytes", "bytes: initialPages * PAGE_SIZE"),
      mutant("memory.ts", "bytes: initialPages * backing.pageBytes", "bytes: initialPages"),
      mutant(
        "memory.ts",
        "bytes: initialPages * backing.pageBytes",
        "bytes: backing.maxPages * backing.pageBytes",
      ),
      mutant(
        "bulk.ts",
        'kind: "allocation-failed", bytes: len',
        'kind: "allocation-failed", bytes: 0',
      ),
      mutant(
        "bulk.ts",
        'kind: "allocation-failed", bytes: len',
        'kind: "allocation-failed", bytes: bytes.length',
      ),
      mutant(
        "bulk.ts",
        '} catch {\n      return err({ kind: "allocation-failed"',
        '} finally {\n      if (len === 5) err({ kind: "allocation-failed"',
      ),
    ],
    check(refusal, reach, face) {
      const given = outcome(face, refusal, 65_536, withoutRoom);
      reach("refused");
      return agrees(given, { ok: false, error: refusal.error });
    },
  }),
];

register(proofs);
