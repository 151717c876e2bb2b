/**
 * Ranges of bytes, as host calls use them: they do not wrap, and everything is checked first.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { faultOf, inaccessibleAt, NO_ROOM, STATUS_OK, withRoom } from "./fault.ts";
import type { TransferError } from "./fault.ts";
import { isAddress, isWhole, SPACE } from "./page.ts";
import { readBytes, readUsize } from "./region.ts";
import { check, copyIn, copyOut, type PageStore } from "./store.ts";

/** Checks an address. */
export function readAddress(address: unknown): Result<U32, InvalidArgument> {
  return isAddress(address)
    ? ok(asU32(address))
    : invalidArgument("address", "a whole number from 0 to 4,294,967,295", address);
}

/** The status of using a range; an empty one is in order up to the end of what there is. */
function rangeStatus(store: PageStore, start: number, length: number, isWrite: boolean): number {
  if (length === 0 && start > store.lengthBytes) {
    return inaccessibleAt(start - start % store.settings.pageSize);
  }
  return check(store, start, length, isWrite, false);
}

/** Copies bytes out. */
export function read(
  store: PageStore,
  address: unknown,
  length: unknown,
): Result<Uint8Array<ArrayBuffer>, TransferError> {
  const start = readAddress(address);
  if (!start.ok) return start;
  const count = readUsize("length", length);
  if (!count.ok) return count;
  const status = rangeStatus(store, start.value, count.value, false);
  if (status !== STATUS_OK) return err(faultOf(status, start.value, store.settings.reservedBytes));
  return withRoom(() => {
    const bytes = new Uint8Array(count.value);
    copyOut(store, start.value, bytes);
    return bytes;
  });
}

/** Copies bytes in. */
export function write(
  store: PageStore,
  address: unknown,
  data: unknown,
): Result<void, TransferError> {
  const start = readAddress(address);
  if (!start.ok) return start;
  const copied = readBytes("data", "a Uint8Array", data);
  if (!copied.ok) return copied;
  const bytes = copied.value;
  const status = rangeStatus(store, start.value, bytes.length, true);
  if (status !== STATUS_OK) return err(faultOf(status, start.value, store.settings.reservedBytes));
  if (!store.touch(start.value, bytes.length)) return err(NO_ROOM);
  copyIn(store, start.value, bytes);
  return ok(undefined);
}

/** The number that a number or bigint stands for, or infinity beyond; nothing for other values. */
function natural(value: unknown): number | undefined {
  if (typeof value !== "bigint") {
    return isWhole(value, 0, Number.MAX_SAFE_INTEGER) ? value : undefined;
  }
  if (value < 0n) return undefined;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : Infinity;
}

/** Whether a range can be used. */
export function can(
  store: PageStore,
  address: unknown,
  length: unknown,
  isWrite: boolean,
): boolean {
  const start = natural(address);
  const count = natural(length);
  if (start === undefined || count === undefined) return false;
  // Every address is there in a sparse memory, so that an empty range may be anywhere.
  if (count === 0) return store.lengthBytes === SPACE || start <= store.lengthBytes;
  return check(store, start, count, isWrite, false) === STATUS_OK;
}
