/**
 * The blobs of a directory: capabilities in memory, or encoded in a store.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { capHash, decodeCap, encodeCap, isCap } from "./cap.ts";
import type { Cap } from "./cap.ts";
import type { TooLarge, UnresolvedRef } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { checked, parseList } from "./parse.ts";
import type { CorruptBlob, StoreEntry, StoreError, StoreFailed, StorePutError } from "./store.ts";
import { storeFailed } from "./store_call.ts";
import type { ForeignStore } from "./store_call.ts";

/** A capability without handles, and its hash. */
export type Blob = readonly [hash: CapHash, cap: Cap];

const parseCap = checked<Cap>("a capability", isCap);

/** The blobs that a list of capabilities are to be. */
export function blobsOf(
  caps: readonly Cap[],
  parameter: string,
): Result<readonly Blob[], InvalidArgument | UnresolvedRef> {
  const list = parseList(parseCap)(caps, parameter);
  if (!list.ok) return list;
  const blobs: Blob[] = [];
  for (const cap of list.value) {
    const hash = capHash(cap);
    if (!hash.ok) return err(hash.error);
    blobs.push([hash.value, cap]);
  }
  return ok(blobs);
}

/** All the blobs that can be had. */
export function allBlobs(blobs: Blobs): Blob[] {
  const hashes = blobs.hashes();
  return (hashes.ok ? hashes.value : []).flatMap((hash): Blob[] => {
    const cap = blobs.get(hash);
    return cap.ok && cap.value !== undefined ? [[hash, cap.value]] : [];
  });
}

/** Where the blobs are. */
export interface Blobs {
  /** The capability of a hash, if it is here. */
  get(hash: CapHash): Result<Cap | undefined, StoreError>;
  /** Keeps all of them or none. */
  put(blobs: readonly Blob[]): Result<undefined, StorePutError>;
  /** Whether there is one of a hash. */
  has(hash: CapHash): Result<boolean, StoreFailed>;
  /** How many there are. */
  count(): Result<Usize, StoreFailed>;
  /** All the hashes. */
  hashes(): Result<readonly CapHash[], StoreFailed>;
}

/** Blobs in memory, as they are: nothing can fail. */
export class BlobsInMemory implements Blobs {
  readonly #caps = new Map<CapHash, Cap>();

  get(hash: CapHash): Result<Cap | undefined, never> {
    return ok(this.#caps.get(hash));
  }

  put(blobs: readonly Blob[]): Result<undefined, never> {
    for (const [hash, cap] of blobs) {
      if (!this.#caps.has(hash)) this.#caps.set(hash, cap);
    }
    return ok(undefined);
  }

  has(hash: CapHash): Result<boolean, never> {
    return ok(this.#caps.has(hash));
  }

  count(): Result<Usize, never> {
    return ok(asUsize(this.#caps.size));
  }

  hashes(): Result<readonly CapHash[], never> {
    return ok([...this.#caps.keys()]);
  }
}

/** A capability that was put or loaded of late, and how long its encoding is. */
interface Recent {
  readonly cap: Cap;
  readonly bytes: number;
}

/** Blobs in a store. The latest are kept as they are too, up to some bytes of their encodings. */
export class BlobsInStore implements Blobs {
  readonly #store: ForeignStore;
  readonly #recent = new Map<CapHash, Recent>();
  readonly #recentBytesMax: number;
  #recentBytes = 0;

  constructor(store: ForeignStore, recentBytesMax: number) {
    this.#store = store;
    this.#recentBytesMax = recentBytesMax;
  }

  get(hash: CapHash): Result<Cap | undefined, StoreError> {
    const recent = this.#recent.get(hash);
    if (recent !== undefined) {
      this.#keep(hash, recent);
      return ok(recent.cap);
    }
    const got = this.#store.get(hash);
    if (!got.ok || got.value === undefined) return got.ok ? ok(undefined) : got;
    const cap = capOf(hash, got.value);
    if (cap.ok) this.#keep(hash, { cap: cap.value, bytes: got.value.length });
    return cap;
  }

  put(blobs: readonly Blob[]): Result<undefined, StorePutError> {
    const fresh = new Map<CapHash, Recent & { readonly entry: StoreEntry }>();
    for (const [hash, cap] of blobs) {
      if (fresh.has(hash) || this.#recent.has(hash)) continue;
      const encoded = encodeCap(cap);
      if (!encoded.ok) return notEncoded(encoded.error);
      const bytes = encoded.value;
      fresh.set(hash, { cap, bytes: bytes.length, entry: Object.freeze({ hash, bytes }) });
    }
    if (fresh.size === 0) return ok(undefined);
    const done = this.#store.put(Array.from(fresh.values(), ({ entry }) => entry));
    if (!done.ok) return done;
    for (const [hash, { cap, bytes }] of fresh) this.#keep(hash, { cap, bytes });
    return ok(undefined);
  }

  has(hash: CapHash): Result<boolean, StoreFailed> {
    return this.#recent.has(hash) ? ok(true) : this.#store.has(hash);
  }

  count(): Result<Usize, StoreFailed> {
    return this.#store.count();
  }

  hashes(): Result<readonly CapHash[], StoreFailed> {
    return this.#store.hashes();
  }

  /** Makes one the latest, and lets the oldest go that are too much. */
  #keep(hash: CapHash, recent: Recent): void {
    if (recent.bytes > this.#recentBytesMax) return;
    this.#drop(hash);
    this.#recent.set(hash, recent);
    this.#recentBytes += recent.bytes;
    for (const oldest of this.#recent.keys()) {
      if (this.#recentBytes <= this.#recentBytesMax) return;
      this.#drop(oldest);
    }
  }

  #drop(hash: CapHash): void {
    this.#recentBytes -= this.#recent.get(hash)?.bytes ?? 0;
    this.#recent.delete(hash);
  }
}

/** Why a capability has no encoding: it has a hash, so that only its size can be wrong. */
function notEncoded(error: InvalidArgument | UnresolvedRef | TooLarge): Err<StorePutError> {
  return error.kind === "too-large" ? err(error) : storeFailed("put", error.kind);
}

/** The capability that the bytes of a hash encode. */
function capOf(hash: CapHash, bytes: Uint8Array): Result<Cap, CorruptBlob> {
  const corrupt = (message: string) => err({ kind: "corrupt-blob" as const, hash, message });
  const cap = decodeCap(bytes);
  if (!cap.ok) {
    const { error } = cap;
    return corrupt(
      error.kind === "malformed"
        ? `${error.field} at byte ${error.offset}: ${error.problem}`
        : error.expected,
    );
  }
  const actual = capHash(cap.value);
  if (actual.ok && actual.value === hash) return cap;
  return corrupt(`its hash is ${actual.ok ? actual.value : "none"}`);
}
