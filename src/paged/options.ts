/**
 * How a paged memory is made: page size, limit, reserved addresses, what happens at the end of the
 * address space.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { isWhole, PAGE_SIZE, PAGE_SIZE_MAX, PAGE_SIZE_MIN, SPACE } from "./page.ts";

/** The limit on mapped bytes when none is given: 512 MiB, more than any standard program needs. */
export const LIMIT_BYTES_DEFAULT = 536_870_912;

/** The greatest limit on mapped bytes: 2^31 - 2^16. Offsets into the pages are then small integers. */
export const LIMIT_BYTES_MAX = 2_147_418_112;

/** The most pages that a memory may have: as many as there are of 4096 bytes. */
const PAGES_MAX = 1_048_576;

/** How a memory is made. Everything has a default. */
export interface PagedOptions {
  /** The size of a page in bytes: a power of two from 4 to 65,536. 4096 by default. */
  readonly pageSize?: number;
  /**
   * The most bytes that may be mapped: a whole number from 0 to 2^31 - 2^16. 512 MiB by default. A
   * flat memory counts its whole buffer, from address 0 on. No memory has more than 2^20 pages, so
   * that pages of less than 2048 bytes make the limit smaller: 4 MiB with pages of 4 bytes. A memory
   * gives the limit that it has as its `limitBytes`.
   *
   * What says what each page allows comes on top. In a flat memory it is a byte for each page; in a
   * sparse one the page table has 4 bytes for each page of every group of 1024 pages of which one is
   * mapped, and 4 for each group: 4 MiB with pages of 4096 bytes, 36 MiB at most. Where a page table
   * may not grow any more, which only pages of less than 1024 bytes far apart can lead to, mapping
   * gives `no-room`.
   */
  readonly limitBytes?: number;
  /**
   * The addresses from 0 up to this one can never be mapped: a multiple of the page size up to 2^32.
   * 0 by default; the Gray Paper reserves 65,536.
   */
  readonly reservedBytes?: number;
  /** Whether a typed access wraps from 2^32 - 1 to 0, as in the Gray Paper; true by default. */
  readonly wraps?: boolean;
}

/** Options after validation, with the defaults filled in. */
export interface Settings {
  readonly pageSize: number;
  readonly pageShift: number;
  readonly limitBytes: number;
  readonly reservedBytes: number;
  readonly wraps: boolean;
}

/** The settings when no option is given. */
export const DEFAULT_SETTINGS: Settings = Object.freeze({
  pageSize: PAGE_SIZE,
  pageShift: 12,
  limitBytes: LIMIT_BYTES_DEFAULT,
  reservedBytes: 0,
  wraps: true,
});

/** The value of an option or its default; a value that no option takes when reading it throws. */
function option(options: object, name: string, otherwise: unknown): unknown {
  try {
    const value: unknown = Reflect.get(options, name);
    return value === undefined ? otherwise : value;
  } catch {
    return null;
  }
}

/** Checks options; the first that is wrong is reported, by its name. */
export function readSettings(options: unknown): Result<Settings, InvalidArgument> {
  if (options === undefined) return ok(DEFAULT_SETTINGS);
  if (typeof options !== "object" || options === null) {
    return invalidArgument("options", "an object of options", options);
  }
  const pageSize = option(options, "pageSize", PAGE_SIZE);
  if (
    !isWhole(pageSize, PAGE_SIZE_MIN, PAGE_SIZE_MAX) || (pageSize & (pageSize - 1)) !== 0
  ) {
    return invalidArgument("pageSize", "a power of two from 4 to 65,536", pageSize);
  }
  const wantedBytes = option(options, "limitBytes", LIMIT_BYTES_DEFAULT);
  if (!isWhole(wantedBytes, 0, LIMIT_BYTES_MAX)) {
    return invalidArgument("limitBytes", "a whole number from 0 to 2,147,418,112", wantedBytes);
  }
  const limitBytes = Math.min(wantedBytes, PAGES_MAX * pageSize);
  const reservedBytes = option(options, "reservedBytes", 0);
  if (!isWhole(reservedBytes, 0, SPACE) || reservedBytes % pageSize !== 0) {
    return invalidArgument(
      "reservedBytes",
      "a multiple of the page size from 0 to 4,294,967,296",
      reservedBytes,
    );
  }
  const wraps = option(options, "wraps", true);
  if (typeof wraps !== "boolean") return invalidArgument("wraps", "a boolean", wraps);
  return ok({ pageSize, pageShift: Math.log2(pageSize), limitBytes, reservedBytes, wraps });
}
