/**
 * Changes of what whole regions of pages allow. Each checks everything before it changes anything.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { byteLengthOf, copyBytes } from "../bytes.ts";
import { asU32, asUsize } from "../int/mod.ts";
import type { Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { faultOf, NO_ROOM, STATUS_OK } from "./fault.ts";
import type { LimitExceeded, NoRoom, RegionError, Reserved } from "./fault.ts";
import { codeOf, isWhole, NONE, READ_ONLY, READ_WRITE, SPACE } from "./page.ts";
import { check, copyIn, NO_BYTES, type PageStore } from "./store.ts";

/** A region of whole pages within the address space, and the code of the access it is to have. */
interface Region {
  readonly first: number;
  readonly count: number;
  readonly code: number;
}

/** A whole number that a number holds exactly. */
export function readUsize(parameter: string, value: unknown): Result<Usize, InvalidArgument> {
  return isWhole(value, 0, Number.MAX_SAFE_INTEGER)
    ? ok(asUsize(value))
    : invalidArgument(parameter, "a whole number from 0 to 2^53 - 1", value);
}

/** A private copy of bytes. */
export function readBytes(
  parameter: string,
  expected: string,
  value: unknown,
): Result<Uint8Array<ArrayBuffer>, InvalidArgument | NoRoom> {
  const bytes = copyBytes(value);
  if (bytes !== undefined) return ok(bytes);
  // What has bytes was a view of something, and only lacked room: a detached one has none.
  const hasBytes = (byteLengthOf(value) ?? 0) > 0;
  return hasBytes ? err(NO_ROOM) : invalidArgument(parameter, expected, value);
}

/** Checks the values of a region and its access, and then what they say, in the original's order. */
function readRegion(
  store: PageStore,
  start: unknown,
  size: unknown,
  access: unknown,
  leastCode: number,
): Result<Region, RegionError> {
  const { pageSize, reservedBytes } = store.settings;
  const from = readUsize("start", start);
  if (!from.ok) return from;
  const length = readUsize("size", size);
  if (!length.ok) return length;
  const code = codeOf(access);
  if (code === undefined || code < leastCode) {
    const none = leastCode === NONE ? '"none", ' : "";
    return invalidArgument("access", `${none}"read-only" or "read-write"`, access);
  }
  if (from.value % pageSize !== 0) return err({ kind: "unaligned-start", start: from.value });
  if (length.value % pageSize !== 0) return err({ kind: "unaligned-size", size: length.value });
  if (from.value + length.value > SPACE) {
    return err({ kind: "overflow", start: from.value, size: length.value });
  }
  if (code !== NONE && length.value > 0 && from.value < reservedBytes) {
    const address = asU32(from.value);
    return err({ kind: "reserved", address, start: address });
  }
  const [first, count] = [from.value / pageSize, length.value / pageSize];
  return ok({ first, count, code });
}

/** Why these pages cannot all be mapped, with `written` of them written to; nothing when they can. */
export function prepareToMap(
  store: PageStore,
  first: number,
  count: number,
  written: number,
): Err<LimitExceeded | NoRoom> | undefined {
  const limitBytes = asUsize(store.settings.limitBytes);
  const neededBytes = asUsize(store.mappedBytesWith(first, count));
  if (neededBytes > limitBytes) return err({ kind: "limit-exceeded", neededBytes, limitBytes });
  return store.prepare(first, count, written) ? undefined : err(NO_ROOM);
}

/** Maps a region; pages that were mapped already keep their bytes where `init` does not reach. */
export function mapRegion(
  store: PageStore,
  start: unknown,
  size: unknown,
  access: unknown,
  init: unknown,
): Result<void, RegionError> {
  const region = readRegion(store, start, size, access, READ_ONLY);
  if (!region.ok && region.error.kind === "invalid-argument") return region;
  const copied = init === undefined
    ? ok(NO_BYTES)
    : readBytes("init", "a Uint8Array or undefined", init);
  if (!copied.ok && copied.error.kind === "invalid-argument") return copied;
  if (!region.ok) return region;
  if (!copied.ok) return copied;
  const bytes = copied.value;
  const { first, count, code } = region.value;
  if (count === 0) return ok(undefined);
  const { pageSize } = store.settings;
  const data = bytes.subarray(0, Math.min(bytes.length, count * pageSize));
  const failure = prepareToMap(store, first, count, Math.ceil(data.length / pageSize));
  if (failure !== undefined) return failure;
  store.setPermission(first, count, READ_WRITE);
  store.touch(first * pageSize, data.length); // finds the room that was prepared
  copyIn(store, first * pageSize, data);
  if (code !== READ_WRITE) store.setPermission(first, count, code);
  return ok(undefined);
}

/** Gives a region any access and zeros. */
export function resetRegion(
  store: PageStore,
  start: unknown,
  size: unknown,
  access: unknown,
): Result<void, RegionError> {
  const region = readRegion(store, start, size, access, NONE);
  if (!region.ok) return region;
  const { first, count, code } = region.value;
  if (count === 0) return ok(undefined);
  const failure = code === NONE ? undefined : prepareToMap(store, first, count, 0);
  if (failure !== undefined) return failure;
  store.setPermission(first, count, NONE);
  if (code !== NONE) store.setPermission(first, count, code);
  return ok(undefined);
}

/** Gives a mapped region another access; its bytes stay. */
export function protectRegion(
  store: PageStore,
  start: unknown,
  size: unknown,
  access: unknown,
): Result<void, RegionError> {
  const region = readRegion(store, start, size, access, READ_ONLY);
  if (!region.ok) return region;
  const { first, count, code } = region.value;
  if (count === 0) return ok(undefined);
  const { pageSize, reservedBytes } = store.settings;
  const status = check(store, first * pageSize, count * pageSize, false, false);
  if (status !== STATUS_OK) return err(faultOf(status, first * pageSize, reservedBytes));
  store.setPermission(first, count, code);
  return ok(undefined);
}

/**
 * Maps the first pages of a fresh memory. With an access of none they merely exist, where a backend
 * has a way to `extend` to them.
 */
export function mapFirstPages(
  store: PageStore,
  pages: unknown,
  access: unknown,
  extend?: (pages: number) => void,
): Result<void, InvalidArgument | Reserved | LimitExceeded | NoRoom> {
  const { pageSize, reservedBytes } = store.settings;
  if (!isWhole(pages, 0, SPACE / pageSize)) {
    return invalidArgument("pages", "a whole number of pages of the address space", pages);
  }
  const code = codeOf(access);
  if (code === undefined) {
    return invalidArgument("access", '"none", "read-only" or "read-write"', access);
  }
  if (code !== NONE && pages > 0 && reservedBytes > 0) {
    return err({ kind: "reserved", address: asU32(0), start: asU32(0) });
  }
  if (pages === 0 || (code === NONE && extend === undefined)) return ok(undefined);
  const failure = prepareToMap(store, 0, pages, 0);
  if (failure !== undefined) return failure;
  if (code === NONE) extend?.(pages);
  else store.setPermission(0, pages, code);
  return ok(undefined);
}
