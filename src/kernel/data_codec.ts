/**
 * How data is written and hashed.
 *
 * @module
 */

import { asU32 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { rawBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import { DATA_PAGES_MAX, dataCapOf, dataCapOfPages, isContent, pagesOfData } from "./data_cap.ts";
import type { DataCap, Pages } from "./data_cap.ts";
import { EMPTY_PAGE, pageSsz } from "./page.ts";
import type { PageSlot } from "./page.ts";
import { byteList, LIST_LIMIT, uint32 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list } from "./ssz/composite.ts";
import { container, mapped, option, refined, union } from "./ssz/container.ts";
import { depthFor, hashPair, mixIn, zeroHash } from "./ssz/merkle.ts";

interface PagedRow {
  readonly pageSize: U32;
  readonly pages: readonly PageSlot[];
}

const row: Ssz<PagedRow> = container<PagedRow>({ pageSize: uint32, pages: list(pageSsz) });

function fromRow({ pageSize, pages }: PagedRow): Result<DataCap, string> {
  if (pageSize === 0) return err("pages of no bytes");
  if (pages.length > DATA_PAGES_MAX) return err(`${pages.length} pages`);
  const made = dataCapOfPages(pageSize, pages);
  return made.ok ? made : err(`page ${made.error.page} of ${made.error.got} bytes`);
}

function toRow(cap: DataCap): PagedRow {
  const pages = pagesOfData(cap);
  const count = pages?.count ?? 0;
  return {
    pageSize: pages?.pageSize ?? asU32(1),
    pages: Array.from({ length: count }, (_, index) => pages?.tree.get(index) ?? EMPTY_PAGE),
  };
}

const PAGES_DEPTH = depthFor(DATA_PAGES_MAX);
const LIST_DEPTH = depthFor(LIST_LIMIT);

/** The root of the pages: the tree of those that can be, under the zeros of those that cannot. */
function rootOfPages({ pageSize, count, tree }: Pages): Uint8Array {
  let root = tree.root();
  for (let depth = PAGES_DEPTH; depth < LIST_DEPTH; depth++) root = hashPair(root, zeroHash(depth));
  return hashPair(uint32.root(pageSize), mixIn(root, count));
}

const paged: Ssz<DataCap> = mapped(row, fromRow, toRow, (cap) => {
  const pages = pagesOfData(cap);
  return pages === undefined ? zeroHash(0) : rootOfPages(pages);
});

const inline: Ssz<ByteString> = refined(
  byteList,
  (bytes) => isContent(rawBytes(bytes)) ? undefined : "neither whole pages nor stripped",
);

interface DataRow {
  readonly content: DataCap;
}

/** The encoding. */
export const dataCapSsz: Ssz<DataCap> = mapped(
  container<DataRow>({
    content: union<DataCap>([
      option(
        "inline",
        inline,
        ({ content }) => content.form === "inline" ? content.bytes : undefined,
        (bytes) => dataCapOf(bytes),
      ),
      option(
        "paged",
        paged,
        (cap) => cap.content.form === "paged" ? cap : undefined,
        (cap) => cap,
      ),
    ]),
  }),
  ({ content }) => ok(content),
  (content) => ({ content }),
);
