/**
 * Data capabilities: bytes in one piece, or in pages.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asUsize, Usize } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { rawBytes, wrapBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import { inlineOptions, readPages } from "./data_read.ts";
import type { PageMissing, PageSizeMismatch, TooLarge } from "./errors.ts";
import { EMPTY_PAGE, parsePage, rootOfPage } from "./page.ts";
import type { PageInput, PageSlot } from "./page.ts";
import { checked, parseBytes, parseList, parseU32, such } from "./parse.ts";
import { SparseTree } from "./ssz/sparse_tree.ts";
import type { Entry } from "./ssz/sparse_tree.ts";

/** The size of a page of memory, and what data in one piece is padded to. */
export const PAGE_SIZE = 4096;

/** The most bytes of data in one piece, and of one reading: 256 MiB. */
export const DATA_BYTES_MAX: number = 2 ** 28;

/** The most pages of one capability: with pages of 4096 bytes, the whole address space. */
export const DATA_PAGES_MAX: number = 2 ** 20;

/** The depth of the tree over the pages that a capability can have. */
const PAGES_DEPTH = 20;

/**
 * How data in one piece is kept: `padded` with zeros to whole pages, at least one, or `stripped` of
 * the zeros at its end. The two hash differently.
 */
export type DataForm = "padded" | "stripped";

/** Data in one piece. */
export interface InlineContent {
  /** Tells the forms of content apart. */
  readonly form: "inline";
  /** The bytes. */
  readonly bytes: ByteString;
}

/** Data in pages. */
export interface PagedContent {
  /** Tells the forms of content apart. */
  readonly form: "paged";
  /** The size of each page in bytes: at least 1. */
  readonly pageSize: U32;
  /** How many pages there are. */
  readonly pageCount: Usize;
}

/** The pages of paged content. */
export interface Pages {
  readonly pageSize: U32;
  readonly count: number;
  readonly tree: SparseTree<PageSlot>;
}

const EMPTY: InlineContent = Object.freeze({
  form: "inline",
  bytes: wrapBytes(new Uint8Array(PAGE_SIZE)),
});

const parsePageSize = such(parseU32, "1 to 2^32 - 1", (size) => size > 0);
const parseUsize = checked<Usize>("0 to 2^53 - 1", Usize.is);

function pagesOf(pageSize: U32, pages: readonly PageSlot[]): Pages {
  const used = [...pages.entries()].filter((entry): entry is [number, PageSlot] =>
    entry[1].state !== "empty"
  );
  const entries: Entry<PageSlot>[] = used;
  return {
    pageSize,
    count: pages.length,
    tree: new SparseTree(PAGES_DEPTH, rootOfPage, entries),
  };
}

/** How many bytes are left without the zeros at the end. */
export function strippedLength(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** Whether bytes are in one of the two forms. */
export function isContent(bytes: Uint8Array): boolean {
  return bytes.length % PAGE_SIZE === 0 || bytes[bytes.length - 1] !== 0;
}

/** Data of bytes that are in one of the forms. For this room alone. */
export let dataCapOf: (bytes: ByteString) => DataCap;

/** Data of pages. For this room alone. */
export let dataCapOfPages: (
  pageSize: U32,
  pages: readonly PageSlot[],
) => Result<DataCap, PageSizeMismatch>;

/** The pages of data, if it has pages. For this room alone. */
export let pagesOfData: (cap: DataCap) => Pages | undefined;

/** Bytes that can be read and not written, in one piece or in pages. */
export class DataCap {
  #content: InlineContent | Pages = EMPTY;

  private constructor() {
    Object.freeze(this);
  }

  static {
    pagesOfData = (cap) => DataCap.#pagesOf(cap);
    dataCapOfPages = (pageSize, pages) => DataCap.#ofPages(pageSize, pages);
    dataCapOf = (bytes) => DataCap.#of(bytes);
  }

  /**
   * Data in one piece.
   *
   * @param bytes The bytes.
   * @param options `form`: `padded` unless told. `size`: at least so many bytes, before padding; it
   *   does not matter to the stripped form.
   * @returns The capability. Errors: `too-large` beyond 2^28 bytes; `invalid-argument`.
   *
   * @example Five bytes take a page
   * ```ts
   * import { DataCap } from "@ringfence/core/kernel";
   * import { assertEquals } from "@std/assert";
   *
   * const data = DataCap.inline(new TextEncoder().encode("hello"));
   * assertEquals<number | false>(data.ok && data.value.contentLength, 4096);
   * ```
   */
  static inline(
    bytes: Uint8Array | ByteString,
    options: { readonly form?: DataForm; readonly size?: number } = {},
  ): Result<DataCap, InvalidArgument | TooLarge> {
    const settings = inlineOptions(options);
    if (!settings.ok) return settings;
    const content = parseBytes(bytes, "bytes");
    if (!content.ok) return content;
    const { form, size } = settings.value;
    const raw = rawBytes(content.value);
    if (form === "stripped") {
      const length = strippedLength(raw);
      if (length > DATA_BYTES_MAX) return tooLarge(length);
      return ok(DataCap.#of(wrapBytes(raw.slice(0, length))));
    }
    const wanted = Math.max(raw.length, size, 1);
    if (wanted > DATA_BYTES_MAX) return tooLarge(wanted);
    const padded = new Uint8Array(Math.ceil(wanted / PAGE_SIZE) * PAGE_SIZE);
    padded.set(raw);
    return ok(DataCap.#of(wrapBytes(padded)));
  }

  /**
   * Data in pages.
   *
   * @param pageSize The size of each page: 1 to 2^32 - 1.
   * @param pages Each page: its bytes, the hash of bytes that are missing, or nothing for a page of
   *   zeros. A page of another capability is taken as it is, without hashing it again.
   * @returns The capability. Errors: `page-size-mismatch`; `invalid-argument`.
   */
  static paged(
    pageSize: number,
    pages: readonly PageInput[],
  ): Result<DataCap, InvalidArgument | PageSizeMismatch> {
    const size = parsePageSize(pageSize, "pageSize");
    if (!size.ok) return size;
    const slots = parseList(parsePage, DATA_PAGES_MAX)(pages, "pages");
    return slots.ok ? DataCap.#ofPages(size.value, slots.value) : slots;
  }

  static #of(bytes: ByteString): DataCap {
    const cap = new DataCap();
    cap.#content = Object.freeze({ form: "inline", bytes });
    return cap;
  }

  static #ofPages(
    pageSize: U32,
    pages: readonly PageSlot[],
  ): Result<DataCap, PageSizeMismatch> {
    for (const [index, page] of pages.entries()) {
      const wrong = mismatch(pageSize, index, page);
      if (wrong !== undefined) return err(wrong);
    }
    return ok(DataCap.#ofTree(pagesOf(pageSize, pages)));
  }

  static #ofTree(pages: Pages): DataCap {
    const cap = new DataCap();
    cap.#content = pages;
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is DataCap {
    return typeof value === "object" && value !== null && #content in value;
  }

  static #pagesOf(cap: DataCap): Pages | undefined {
    return "tree" in cap.#content ? cap.#content : undefined;
  }

  /** Tells the kinds apart. */
  get kind(): "data" {
    return "data";
  }

  /** The content: the bytes, or the size and number of its pages. */
  get content(): InlineContent | PagedContent {
    const content = this.#content;
    if (!("tree" in content)) return content;
    const { pageSize, count } = content;
    return Object.freeze({ form: "paged", pageSize, pageCount: asUsize(count) });
  }

  /** How many bytes it holds. */
  get contentLength(): Usize {
    const content = this.#content;
    return "tree" in content ? asUsize(content.pageSize * content.count) : content.bytes.length;
  }

  /**
   * One page of paged content.
   *
   * @param index Which page; nothing when there is no such page, or the content is in one piece.
   */
  page(index: number): PageSlot | undefined {
    const content = this.#content;
    if (!("tree" in content) || !Number.isInteger(index)) return undefined;
    return index >= 0 && index < content.count ? content.tree.get(index) ?? EMPTY_PAGE : undefined;
  }

  /**
   * The capability with another page in place of one. Hashing it costs the page and its path.
   *
   * @param index Which page: 0 to the number of pages, less one.
   * @param page Its bytes, the hash of missing bytes, or nothing for a page of zeros.
   * @returns The capability. Errors: `page-size-mismatch`; `invalid-argument`, also for data in one
   *   piece.
   */
  withPage(
    index: number,
    page: PageInput,
  ): Result<DataCap, InvalidArgument | PageSizeMismatch> {
    const content = this.#content;
    const count = "tree" in content ? content.count : 0;
    if (!("tree" in content) || !Usize.is(index) || index >= count) {
      return invalidArgument("index", `a page below ${count}`, index);
    }
    const slot = parsePage(page, "page");
    if (!slot.ok) return slot;
    const wrong = mismatch(content.pageSize, index, slot.value);
    if (wrong !== undefined) return err(wrong);
    const used = slot.value.state === "empty" ? undefined : slot.value;
    return ok(DataCap.#ofTree({ ...content, tree: content.tree.set(index, used) }));
  }

  /**
   * A copy of some of the bytes.
   *
   * @param offset Where to begin; beyond the end there is nothing to read.
   * @param length How many bytes, up to 2^28: fewer are given where the content ends before.
   * @returns The bytes. Errors: `page-missing` when one of them lies in a missing page;
   *   `invalid-argument`.
   */
  read(
    offset: number,
    length: number,
  ): Result<Uint8Array<ArrayBuffer>, InvalidArgument | PageMissing> {
    const start = parseUsize(offset, "offset");
    if (!start.ok) return start;
    if (!Usize.is(length) || length > DATA_BYTES_MAX) {
      return invalidArgument("length", `0 to ${DATA_BYTES_MAX}`, length);
    }
    const count = Math.max(0, Math.min(length, this.contentLength - start.value));
    const content = this.#content;
    if ("tree" in content) return readPages(content, start.value, count);
    return ok(rawBytes(content.bytes).slice(start.value, start.value + count));
  }
}

function mismatch(pageSize: U32, index: number, page: PageSlot): PageSizeMismatch | undefined {
  if (page.state !== "loaded" || page.bytes.length === pageSize) return undefined;
  const got = page.bytes.length;
  return { kind: "page-size-mismatch", page: asUsize(index), expected: pageSize, got };
}

function tooLarge(bytes: number): Result<never, TooLarge> {
  return err({ kind: "too-large", bytes: asUsize(bytes), limitBytes: asUsize(DATA_BYTES_MAX) });
}
