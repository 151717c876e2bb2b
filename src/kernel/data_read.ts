/**
 * Reading data in pages, and the options of data in one piece.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asUsize, Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { rawBytes } from "./byte_string.ts";
import type { DataForm, Pages } from "./data_cap.ts";
import type { PageMissing } from "./errors.ts";
import { checked, orElse, parseRecord } from "./parse.ts";

/** Some bytes of pages, which all exist; empty ones read as zeros. */
export function readPages(
  { pageSize, tree }: Pages,
  offset: number,
  count: number,
): Result<Uint8Array<ArrayBuffer>, PageMissing> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const index = Math.floor((offset + at) / pageSize);
    const within = (offset + at) % pageSize;
    const length = Math.min(pageSize - within, count - at);
    const page = tree.get(index);
    if (page?.state === "missing") {
      return err({ kind: "page-missing", page: asUsize(index), hash: page.hash });
    }
    if (page?.state === "loaded") {
      bytes.set(rawBytes(page.bytes).subarray(within, within + length), at);
    }
    at += length;
  }
  return ok(bytes);
}

/** The options of data in one piece, with the defaults filled in. */
export interface InlineOptions {
  readonly form: DataForm;
  readonly size: number;
}

function isForm(value: unknown): value is DataForm {
  return value === "padded" || value === "stripped";
}

const parseOptions = parseRecord<InlineOptions>({
  form: orElse(checked<DataForm>('"padded" or "stripped"', isForm), "padded"),
  size: orElse(checked<Usize>("0 to 2^53 - 1", Usize.is), 0),
});

/** Reads the options. */
export function inlineOptions(options: unknown): Result<InlineOptions, InvalidArgument> {
  return parseOptions(options, "options");
}
