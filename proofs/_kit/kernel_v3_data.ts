/** What Data holds, in plain values. */

import type { Cap } from "../../src/kernel/mod.ts";

/** The bytes in one piece, or for each page its bytes or its state. */
export function contentOf(cap: Cap | undefined): unknown {
  if (cap?.kind !== "data") return "no data";
  const { content } = cap;
  if (content.form === "inline") return [...content.bytes.toBytes()];
  return Array.from({ length: content.pageCount }, (_, i) => {
    const page = cap.page(i);
    return page?.state === "loaded" ? [...page.bytes.toBytes()] : page?.state;
  });
}
