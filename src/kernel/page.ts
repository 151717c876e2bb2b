/**
 * Pages of data: loaded with their bytes, missing with their hash, or empty. Pages are values of
 * their own, shared by every capability that holds them.
 *
 * @module
 */

import { ok } from "../result.ts";
import { rawBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import { bytesOfHash, hashOfBytes, isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { parseBytes } from "./parse.ts";
import type { Parse } from "./parse.ts";
import { byteList, hash32 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { mapped, nothing, option, union } from "./ssz/container.ts";
import { depthFor, merkleize, pack } from "./ssz/merkle.ts";

/** A page whose bytes are here, with their hash. */
export interface LoadedPage {
  /** Tells the states of a page apart. */
  readonly state: "loaded";
  /** The bytes. */
  readonly bytes: ByteString;
  /** The hash tree root of the bytes. */
  readonly hash: CapHash;
}

/** A page of which only the hash is known. It hashes as the page would. */
export interface MissingPage {
  /** Tells the states of a page apart. */
  readonly state: "missing";
  /** The hash tree root of the bytes. */
  readonly hash: CapHash;
}

/** A page that was never written: it reads as zeros, and hashes as nothing. */
export interface EmptyPage {
  /** Tells the states of a page apart. */
  readonly state: "empty";
}

/** A page, in one of its states. */
export type PageSlot = LoadedPage | MissingPage | EmptyPage;

/** A page to make a capability with: bytes, a hash of bytes that are missing, or nothing. */
export type PageInput = Uint8Array | ByteString | LoadedPage | CapHash | undefined;

/** The page that was never written. */
export const EMPTY_PAGE: EmptyPage = Object.freeze({ state: "empty" });

/** Pages that were made here: their hash is that of their bytes. */
const made = new WeakSet<object>();

/** A page of bytes. */
export function loadedPage(bytes: ByteString): LoadedPage {
  const chunks = pack(rawBytes(bytes));
  const hash = hashOfBytes(merkleize(chunks, depthFor(chunks.length / 32)));
  const page: LoadedPage = Object.freeze({ state: "loaded", bytes, hash });
  made.add(page);
  return page;
}

function isLoaded(value: unknown): value is LoadedPage {
  return typeof value === "object" && value !== null && made.has(value);
}

/** A page in one of the forms that a caller may give it. */
export const parsePage: Parse<PageSlot> = (value, parameter) => {
  if (value === undefined) return ok(EMPTY_PAGE);
  if (isLoaded(value)) return ok(value);
  if (isCapHash(value)) return ok(Object.freeze({ state: "missing", hash: value }));
  const bytes = parseBytes(value, parameter);
  return bytes.ok ? ok(loadedPage(bytes.value)) : bytes;
};

/** The root of a page. */
export function rootOfPage(page: PageSlot): Uint8Array {
  return page.state === "empty" ? new Uint8Array(32) : bytesOfHash(page.hash);
}

/** The encoding: the hash of a loaded page is that of its bytes, and not written. */
export const pageSsz: Ssz<PageSlot> = mapped(
  union<PageSlot>([
    nothing("empty", ({ state }) => state === "empty", EMPTY_PAGE),
    option(
      "loaded",
      byteList,
      (page) => page.state === "loaded" ? page.bytes : undefined,
      loadedPage,
    ),
    option(
      "missing",
      hash32,
      (page) => page.state === "missing" ? page.hash : undefined,
      (hash) => Object.freeze({ state: "missing", hash }),
    ),
  ]),
  ok,
  (page) => page,
  rootOfPage,
);
