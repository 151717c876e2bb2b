/**
 * Typed reads and writes: little-endian, over any number of pages, with the arguments checked.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { readAddress } from "./bulk.ts";
import { faultOf, NO_ROOM, STATUS_NO_ROOM, STATUS_OK } from "./fault.ts";
import type { ReadError, TransferError } from "./fault.ts";
import { isWhole } from "./page.ts";
import { check, type PageStore } from "./store.ts";

/** The widths of typed accesses, in bytes. */
export type Width = 1 | 2 | 4 | 8;

/** The load of a store for a width. */
function load(store: PageStore, width: Width, address: number, out: Int32Array): number {
  switch (width) {
    case 1:
      return store.loadU8(address, out, 0);
    case 2:
      return store.loadU16(address, out, 0);
    case 4:
      return store.loadU32(address, out, 0);
    case 8:
      return store.loadU64(address, out, 0);
  }
}

/** Reads into `out[0]` and, the upper half, `out[1]`; the failure, if it did not. */
export function readInto(
  store: PageStore,
  width: Width,
  address: unknown,
  out: Int32Array,
): Err<ReadError> | undefined {
  const start = readAddress(address);
  if (!start.ok) return start;
  const status = load(store, width, start.value, out);
  if (status === STATUS_OK) return undefined;
  return err(faultOf(status, start.value, store.settings.reservedBytes));
}

/** The two halves of a 64-bit operand. */
function wideHalves(value: unknown): readonly [low: number, high: number] | undefined {
  if (typeof value !== "bigint" || value < -(2n ** 63n) || value >= 2n ** 64n) return undefined;
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}

function halves(width: Width, value: unknown): readonly [low: number, high: number] | undefined {
  if (width === 8) return wideHalves(value);
  return isWhole(value, -2_147_483_648, 4_294_967_295) ? [value | 0, 0] : undefined;
}

/** Writes the low bytes of a value: all of them or none. */
export function writeValue(
  store: PageStore,
  width: Width,
  address: unknown,
  value: unknown,
): Result<void, TransferError> {
  const start = readAddress(address);
  if (!start.ok) return start;
  const { reservedBytes, wraps } = store.settings;
  const status = check(store, start.value, width, true, wraps);
  if (status !== STATUS_OK) return err(faultOf(status, start.value, reservedBytes));
  const operand = halves(width, value);
  if (operand === undefined) {
    const expected = width === 8
      ? "a bigint from -2^63 to 2^64 - 1"
      : "a whole number from -2^31 to 2^32 - 1";
    return invalidArgument("value", expected, value);
  }
  const stored = put(store, width, start.value, operand[0], operand[1]);
  return stored === STATUS_NO_ROOM ? err(NO_ROOM) : ok(undefined);
}

/** The store of a store for a width. */
function put(
  store: PageStore,
  width: Width,
  address: number,
  low: number,
  high: number,
): number {
  switch (width) {
    case 1:
      return store.storeU8(address, low);
    case 2:
      return store.storeU16(address, low);
    case 4:
      return store.storeU32(address, low);
    case 8:
      return store.storeU64(address, low, high);
  }
}
