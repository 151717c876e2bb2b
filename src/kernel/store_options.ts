/**
 * With which blobs a directory is made.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { Usize } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { checked, orElse, parseRecord } from "./parse.ts";
import type { CapStore } from "./store.ts";
import { BlobsInMemory, BlobsInStore } from "./store_blobs.ts";
import type { Blobs } from "./store_blobs.ts";
import { ForeignStore } from "./store_call.ts";

/** What a directory can be made with. */
export interface DirectoryOptions {
  /** Where the blobs are kept: memory without one. */
  readonly store?: CapStore;
  /** How many bytes of encodings are kept as capabilities too: 0 to 2^53 - 1, 2^26 unless told. */
  readonly cacheBytes?: number;
}

const CACHE_BYTES = 2 ** 26;

interface Settings {
  readonly store: ForeignStore | undefined;
  readonly cacheBytes: number;
}

const parseOptions = parseRecord<Settings>({
  store: orElse(ForeignStore.from, undefined),
  cacheBytes: orElse(checked<Usize>("0 to 2^53 - 1", Usize.is), CACHE_BYTES),
});

/** The blobs that some options ask for. */
export function blobsFor(options: DirectoryOptions): Result<Blobs, InvalidArgument> {
  const settings = parseOptions(options, "options");
  if (!settings.ok) return settings;
  const { store, cacheBytes } = settings.value;
  return ok(store === undefined ? new BlobsInMemory() : new BlobsInStore(store, cacheBytes));
}
