/**
 * The SSZ types without parts: numbers, hashes and bytes.
 *
 * @module
 */

import { asU32, asU64, asU8 } from "../../int/mod.ts";
import type { U32, U64, U8 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import { rawBytes, wrapBytes } from "../byte_string.ts";
import type { ByteString } from "../byte_string.ts";
import { bytesOfHash, HASH_BYTES, hashOfBytes } from "../hash.ts";
import type { CapHash } from "../hash.ts";
import { malformed, viewOf } from "./codec.ts";
import type { Ssz } from "./codec.ts";
import { depthFor, merkleize, mixIn, pack } from "./merkle.ts";

/** The most elements of a list. */
export const LIST_LIMIT: number = 2 ** 32;

function uint<T>(
  size: number,
  set: (view: DataView<ArrayBuffer>, at: number, value: T) => void,
  get: (view: DataView<ArrayBuffer>, at: number) => T,
): Ssz<T> {
  return {
    fixedSize: size,
    basic: true,
    sizeOf: () => size,
    write: (value, into, at) => set(viewOf(into), at, value),
    read({ bytes, from, to }) {
      if (to - from !== size) return malformed(from, `${size} bytes, not ${to - from}`);
      return ok(get(viewOf(bytes), from));
    },
    root(value) {
      const chunk = new Uint8Array(HASH_BYTES);
      set(viewOf(chunk), 0, value);
      return chunk;
    },
  };
}

/** A number of one byte. */
export const uint8: Ssz<U8> = uint<U8>(
  1,
  (view, at, value) => view.setUint8(at, value),
  (view, at) => asU8(view.getUint8(at)),
);

/** A number of four bytes. */
export const uint32: Ssz<U32> = uint<U32>(
  4,
  (view, at, value) => view.setUint32(at, value, true),
  (view, at) => asU32(view.getUint32(at, true)),
);

/** A number of eight bytes. */
export const uint64: Ssz<U64> = uint<U64>(
  8,
  (view, at, value) => view.setBigUint64(at, value, true),
  (view, at) => asU64(view.getBigUint64(at, true)),
);

/** A hash, which is its own root. */
export const hash32: Ssz<CapHash> = {
  fixedSize: HASH_BYTES,
  basic: false,
  sizeOf: () => HASH_BYTES,
  write: (value, into, at) => into.set(bytesOfHash(value), at),
  read({ bytes, from, to }) {
    if (to - from !== HASH_BYTES) return malformed(from, `32 bytes, not ${to - from}`);
    return ok(hashOfBytes(bytes.subarray(from, to)));
  },
  root: (value) => bytesOfHash(value),
};

const BYTES_DEPTH = depthFor(LIST_LIMIT / HASH_BYTES);

/** A list of bytes. */
export const byteList: Ssz<ByteString> = {
  fixedSize: undefined,
  basic: false,
  sizeOf: ({ length }) => length,
  write: (value, into, at) => into.set(rawBytes(value), at),
  read: ({ bytes, from, to }) => ok(wrapBytes(bytes.slice(from, to))),
  root: (value) => mixIn(merkleize(pack(rawBytes(value)), BYTES_DEPTH), value.length),
};
