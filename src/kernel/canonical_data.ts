/**
 * Data in its canonical form: zeros at the end are stripped, up to a page is kept in one piece, more
 * in pages.
 *
 * @module
 */

import { asU32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { rawBytes, wrapBytes } from "./byte_string.ts";
import {
  DATA_BYTES_MAX,
  type DataCap,
  dataCapOf,
  dataCapOfPages,
  PAGE_SIZE,
  pagesOfData,
  strippedLength,
} from "./data_cap.ts";
import type { Pages } from "./data_cap.ts";
import { readPages } from "./data_read.ts";
import type { PageMissing } from "./errors.ts";
import { EMPTY_PAGE, loadedPage } from "./page.ts";
import type { PageSlot } from "./page.ts";
import { asUsize } from "../int/mod.ts";

const EMPTY: DataCap = dataCapOf(wrapBytes(new Uint8Array(0)));

function pageOf(bytes: Uint8Array): PageSlot {
  if (strippedLength(bytes) === 0) return EMPTY_PAGE;
  const page = new Uint8Array(PAGE_SIZE);
  page.set(bytes);
  return loadedPage(wrapBytes(page));
}

/** The canonical Data of up to 2^32 bytes, which are copied. */
export function canonicalData(bytes: Uint8Array): DataCap {
  const length = strippedLength(bytes);
  if (length <= PAGE_SIZE) return dataCapOf(wrapBytes(new Uint8Array(bytes.subarray(0, length))));
  const pages: PageSlot[] = [];
  for (let at = 0; at < length; at += PAGE_SIZE) {
    pages.push(pageOf(bytes.subarray(at, Math.min(at + PAGE_SIZE, length))));
  }
  const cap = dataCapOfPages(asU32(PAGE_SIZE), pages);
  return cap.ok ? cap.value : EMPTY; // every page has the size of a page
}

function lengthOfPages({ pageSize, tree }: Pages): Result<number, PageMissing> {
  for (const [index, page] of tree.entries().toReversed()) {
    if (page.state === "missing") {
      return err({ kind: "page-missing", page: asUsize(index), hash: page.hash });
    }
    const length = page.state === "loaded" ? strippedLength(rawBytes(page.bytes)) : 0;
    if (length > 0) return ok(index * pageSize + length);
  }
  return ok(0);
}

/** How many bytes the canonical form of Data has. */
export function canonicalLength(data: DataCap): Result<number, PageMissing> {
  const pages = pagesOfData(data);
  if (pages !== undefined) return lengthOfPages(pages);
  const { content } = data;
  return ok(content.form === "inline" ? strippedLength(rawBytes(content.bytes)) : 0);
}

/** The first bytes of the canonical form, at most `max`. */
export function canonicalBytes(
  data: DataCap,
  max: number = DATA_BYTES_MAX,
): Result<Uint8Array<ArrayBuffer>, PageMissing> {
  const length = canonicalLength(data);
  if (!length.ok) return length;
  const count = Math.min(length.value, max);
  const pages = pagesOfData(data);
  if (pages !== undefined) return readPages(pages, 0, count);
  const { content } = data;
  return ok(
    content.form === "inline" ? rawBytes(content.bytes).slice(0, count) : new Uint8Array(0),
  );
}
