/**
 * Tables against a plain array of entries with a hand-written check that throws.
 *
 * Each run does the same 1,000 operations, at the same indices.
 */

import { callIndirect, Table } from "../src/linear/mod.ts";

const SLOTS = 1_024;
const OPERATIONS = 1_000;

interface Entry {
  readonly typeIndex: number;
  readonly funcIndex: number;
}

const entries: readonly Entry[] = Array.from(
  { length: SLOTS },
  (_, index) => ({ typeIndex: index % 4, funcIndex: index }),
);
const plain: (Entry | null)[] = [...entries];

function tableOfEntries(): Table {
  const made = Table.create(SLOTS, SLOTS);
  if (!made.ok) throw new Error(made.error.kind);
  made.value.initElements(0, entries);
  return made.value;
}

const table = tableOfEntries();

/** A fixed walk over the slots that no prefetching follows. */
const indices = Array.from({ length: OPERATIONS }, (_, step) => (step * 389) % SLOTS);

function plainGet(index: number): Entry {
  if (!(index >= 0 && index < plain.length)) throw new RangeError("out of bounds");
  const entry = plain[index];
  if (entry === null || entry === undefined) throw new RangeError("undefined element");
  return entry;
}

function plainSet(index: number, entry: Entry | null): void {
  if (!(index >= 0 && index < plain.length)) throw new RangeError("out of bounds");
  plain[index] = entry === null ? null : { typeIndex: entry.typeIndex, funcIndex: entry.funcIndex };
}

function plainCall(index: number, expectedType: number): number {
  const { typeIndex, funcIndex } = plainGet(index);
  if (typeIndex !== expectedType) throw new TypeError("type mismatch");
  return funcIndex;
}

/** What the operations add up to, so that none can be left out. */
let sum = 0;

Deno.bench({
  name: "plain array, check that throws",
  group: "get",
  baseline: true,
  fn() {
    for (const index of indices) sum += plainGet(index).funcIndex;
  },
});

Deno.bench({
  name: "Table.get",
  group: "get",
  fn() {
    for (const index of indices) {
      const found = table.get(index);
      if (found.ok) sum += found.value.funcIndex;
    }
  },
});

Deno.bench({
  name: "plain array, check that throws, copied entry",
  group: "set",
  baseline: true,
  fn() {
    for (const index of indices) plainSet(index, entries[index] ?? null);
  },
});

Deno.bench({
  name: "Table.set",
  group: "set",
  fn() {
    for (const index of indices) {
      if (table.set(index, entries[index] ?? null).ok) sum++;
    }
  },
});

Deno.bench({
  name: "plain array, checks that throw",
  group: "call_indirect",
  baseline: true,
  fn() {
    for (const index of indices) sum += plainCall(index, index % 4);
  },
});

Deno.bench({
  name: "callIndirect",
  group: "call_indirect",
  fn() {
    for (const index of indices) {
      const found = callIndirect(table, index, index % 4);
      if (found.ok) sum += found.value;
    }
  },
});
