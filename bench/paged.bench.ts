/**
 * Accesses to one page of a paged memory, against a bare `DataView` and against a check by hand:
 * 4096 of them an iteration, each on its own page-sized stride through 64 pages.
 */

import { FlatMemory, type Memory, SparseMemory } from "../src/paged/mod.ts";

const PAGES = 64;
const BYTES = PAGES * 4096;
const COUNT = 4096;
const STEP = BYTES / COUNT;

const view = new DataView(new ArrayBuffer(BYTES));
const permissions = new Uint8Array(PAGES).fill(2);
const out = new Int32Array(4);

/** A memory of which every page was written to. */
function filled(made: { ok: true; value: Memory } | { ok: false }): Memory | undefined {
  if (!made.ok) return undefined;
  for (let page = 0; page < PAGES; page++) made.value.writeU8(page * 4096, 1);
  return made.value;
}

const memories: readonly (readonly [string, Memory | undefined])[] = [
  ["flat", filled(FlatMemory.withPages(PAGES, "read-write"))],
  ["sparse", filled(SparseMemory.withPages(PAGES, "read-write"))],
];

Deno.bench({ name: "bare DataView", group: "load u32", baseline: true }, () => {
  for (let at = 0; at < BYTES; at += STEP) out[2] = view.getInt32(at, true);
});

Deno.bench({ name: "check by hand", group: "load u32" }, () => {
  for (let at = 0; at < BYTES; at += STEP) {
    const page = at >>> 12;
    if (page >= permissions.length || permissions[page] === 0 || (at & 4095) > 4092) return;
    out[2] = view.getInt32(at, true);
    out[3] = 0;
  }
});

Deno.bench({ name: "bare DataView", group: "store u32", baseline: true }, () => {
  for (let at = 0; at < BYTES; at += STEP) view.setInt32(at, at, true);
});

Deno.bench({ name: "bare DataView", group: "load u64", baseline: true }, () => {
  for (let at = 0; at < BYTES; at += STEP) {
    out[2] = view.getInt32(at, true);
    out[3] = view.getInt32(at + 4, true);
  }
});

for (const [name, memory] of memories) {
  if (memory === undefined) continue;
  Deno.bench({ name: `${name}, unboxed`, group: "load u32" }, () => {
    for (let at = 0; at < BYTES; at += STEP) if (memory.loadU32(at, out, 2) !== 0) return;
  });
  Deno.bench({ name: `${name}, result`, group: "load u32" }, () => {
    for (let at = 0; at < BYTES; at += STEP) if (!memory.readU32(at).ok) return;
  });
  Deno.bench({ name: `${name}, unboxed`, group: "store u32" }, () => {
    for (let at = 0; at < BYTES; at += STEP) if (memory.storeU32(at, at) !== 0) return;
  });
  Deno.bench({ name: `${name}, unboxed`, group: "load u64" }, () => {
    for (let at = 0; at < BYTES; at += STEP) if (memory.loadU64(at, out, 2) !== 0) return;
  });
  Deno.bench({ name: `${name}, result`, group: "load u64" }, () => {
    for (let at = 0; at < BYTES; at += STEP) if (!memory.readU64(at).ok) return;
  });
}
