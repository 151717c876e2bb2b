/**
 * The hash of a capability after a small change against the hash of the same content from scratch.
 *
 * The changed row pays for the change, the hash and the put into a directory. The other makes the
 * same capability of its bytes, so that nothing of it was hashed before, and hashes it.
 */

import { CacheDirectory, capHash, CNodeCap, DataCap } from "../src/kernel/mod.ts";
import type { Cap, CapHash, Result } from "../src/kernel/mod.ts";

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error("no value");
  return result.value;
}

const PAGE_BYTES = 4096;
const PAGES = 256;
const SLOTS_LOG = 16;

/** Bytes that differ for every number. */
function pageOf(n: number): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES).fill(n);
  new DataView(page.buffer).setUint32(0, n);
  return page;
}

function hashOf(n: number): CapHash {
  return n.toString(16).padStart(64, "0");
}

const pages = Array.from({ length: PAGES }, (_, n) => pageOf(n + 1));
const data = valueOf(DataCap.paged(PAGE_BYTES, pages));
capHash(data);

const slots = Array.from({ length: 2 ** SLOTS_LOG }, (_, slot) => ({
  slot,
  target: hashOf(slot + 1),
}));
const cnode = valueOf(CNodeCap.create(SLOTS_LOG, slots));
capHash(cnode);

/** Each run changes something that no run changed before. */
let fresh = 2 ** 20;

/** A directory that does not grow without end: each put is into one of its own. */
function put(cap: Cap): void {
  valueOf(new CacheDirectory().putCap(cap));
}

Deno.bench("1 MiB of pages, hashed from scratch", { group: "data", baseline: true }, () => {
  put(valueOf(DataCap.paged(PAGE_BYTES, pages)));
});

Deno.bench("1 MiB of pages, one of them changed", { group: "data" }, () => {
  fresh += 1;
  put(valueOf(data.withPage(fresh % PAGES, pageOf(fresh))));
});

Deno.bench("65,536 slots, hashed from scratch", { group: "cnode", baseline: true }, () => {
  put(valueOf(CNodeCap.create(SLOTS_LOG, slots)));
});

Deno.bench("65,536 slots, one of them changed", { group: "cnode" }, () => {
  fresh += 1;
  put(valueOf(cnode.set(fresh % 2 ** SLOTS_LOG, hashOf(fresh))).cnode);
});
