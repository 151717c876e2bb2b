/**
 * The host's side of the guest arena: strings, packed results, arguments, handles.
 *
 * @module
 */

import { alloc, bytesAt, left, readBytes, sizeOf, writeBytes } from "./arena.ts";
import type { Arena, Step } from "./arena.ts";
import { decode, invalid, word } from "./arena_codec.ts";
import type { ArenaError, Outcome, PtrLen } from "./arena_codec.ts";
import { codePointsOf, decode as decodeText, encode } from "./arena_utf8.ts";

/** The right to one allocation, for as long as the arena is not reset. */
export interface Handle extends PtrLen {
  /** The generation of the arena that it belongs to. */
  readonly generation: bigint;
}

/** The most bytes that become one string. */
export const STRING_BYTES_MAX: bigint = 2n ** 28n - 16n;

/** The bytes at a pointer, unless they are too many for one string. */
function textBytes(state: Arena, ptr: unknown, len: unknown): Outcome<readonly bigint[]> {
  const from = word(ptr);
  const lengthBytes = word(len);
  if (from !== undefined && lengthBytes !== undefined && lengthBytes > STRING_BYTES_MAX) {
    return { error: { kind: "too-long", lengthBytes, limitBytes: STRING_BYTES_MAX } };
  }
  return readBytes(state, ptr, len);
}

/** The code points at a pointer, lossy. */
export function readString(state: Arena, ptr: unknown, len: unknown): Outcome<readonly bigint[]> {
  const read = textBytes(state, ptr, len);
  return "error" in read ? read : { ok: decodeText(read.ok).codePoints };
}

/** The code points at a pointer, or where they are ill-formed. */
export function readStringStrict(
  state: Arena,
  ptr: unknown,
  len: unknown,
): Outcome<readonly bigint[]> {
  const read = textBytes(state, ptr, len);
  if ("error" in read) return read;
  const { codePoints, illFormedAt: position } = decodeText(read.ok);
  return position === undefined
    ? { ok: codePoints }
    : { error: { kind: "invalid-utf8", position } };
}

/** The bytes that a packed result points at: nothing for 0. */
export function readPackedBytes(
  state: Arena,
  packed: unknown,
): Outcome<readonly bigint[] | undefined> {
  const range = decode(packed);
  if ("error" in range) return range;
  return packed === 0n ? { ok: undefined } : bytesAt(state, range.ok.ptr, range.ok.len);
}

/** The code points that a packed result points at: nothing for 0. */
export function readPackedString(
  state: Arena,
  packed: unknown,
): Outcome<readonly bigint[] | undefined> {
  const range = decode(packed);
  if ("error" in range) return range;
  return packed === 0n
    ? { ok: undefined }
    : readString(state, Number(range.ok.ptr), Number(range.ok.len));
}

/** Puts bytes into a fresh allocation: (0, 0) when there are none or no room. */
export function hostArgBytes(state: Arena, bytes: readonly bigint[]): Step<PtrLen> {
  const step = alloc(state, bytes.length);
  if (step.outcome === 0n) return { state, outcome: { ptr: 0n, len: 0n } };
  const written = writeBytes(step.state, Number(step.outcome), bytes);
  return { state: written.state, outcome: { ptr: step.outcome, len: BigInt(bytes.length) } };
}

/** Puts a string into a fresh allocation, as UTF-8. */
export function hostArgStr(state: Arena, text: string): Step<PtrLen> {
  const units = text.split("").map((unit) => BigInt(unit.charCodeAt(0)));
  return hostArgBytes(state, encode(codePointsOf(units)));
}

/** A handle of `size` fresh bytes. */
export function allocHandle(state: Arena, size: unknown): Step<Outcome<Handle>> {
  const len = sizeOf(size);
  if (len === undefined) return { state, outcome: invalid("size") };
  const step = alloc(state, size);
  if (step.outcome === 0n) {
    const error = { kind: "arena-full", wantedBytes: len, leftBytes: left(state) };
    return { state, outcome: { error } };
  }
  const handle = { generation: state.generation, ptr: step.outcome, len };
  return { state: step.state, outcome: { ok: handle } };
}

/** Whether a handle still stands. */
function stale(state: Arena, handle: Handle): { readonly error: ArenaError } | null {
  if (handle.generation === state.generation) return null;
  const { generation: handleGeneration } = handle;
  const arenaGeneration = state.generation;
  return { error: { kind: "stale-handle", handleGeneration, arenaGeneration } };
}

/** The bytes of a handle. */
export function readHandle(state: Arena, handle: Handle): Outcome<readonly bigint[]> {
  return stale(state, handle) ?? bytesAt(state, handle.ptr, handle.len);
}

/** Puts bytes at the start of a handle's allocation. */
export function writeHandle(
  state: Arena,
  handle: Handle,
  bytes: readonly bigint[],
): Step<Outcome<undefined>> {
  const refused = stale(state, handle);
  if (refused !== null) return { state, outcome: refused };
  const wantedBytes = BigInt(bytes.length);
  if (wantedBytes > handle.len) {
    const error = { kind: "handle-too-small", wantedBytes, handleBytes: handle.len };
    return { state, outcome: { error } };
  }
  return writeBytes(state, Number(handle.ptr), bytes);
}
