/**
 * The kernel under the rules of the original: bytes of Data, and ranges of guest memory.
 *
 * @module
 */

import { type Cap, DATA } from "./kernel_caps.ts";
import { at, big } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import { firstFault, type Memory, SPACE } from "./paged.ts";
import { read } from "./paged_regions.ts";

const PAGE = 4096;

/** The most bytes of Data in one piece. */
const INLINE_MAX = 2n ** 28n;

/** The memory with other bytes in a range that a program may write; nothing where it may not. */
export function written(
  memory: Memory,
  start: bigint,
  bytes: readonly bigint[],
): Memory | undefined {
  const count = BigInt(bytes.length);
  if (firstFault(memory, start, count, "write", false) !== undefined) return undefined;
  const pages = memory.pages.map((page) => {
    const from = Number(start - page.start);
    if (from >= PAGE || from + bytes.length <= 0) return page;
    const changed = page.bytes.map((byte, i) => bytes[i - from] ?? byte);
    return { ...page, bytes: changed };
  });
  return { ...memory, pages };
}

/** The bytes of a range that a program may read; nothing where it may not. */
export function readable(
  memory: Memory,
  start: bigint,
  count: bigint,
): readonly bigint[] | undefined {
  if (start + count > SPACE || start >= SPACE) return undefined;
  const outcome = read(memory, Number(start), Number(count));
  return "ok" in outcome && Array.isArray(outcome.ok) ? outcome.ok : undefined;
}

/** Data of some bytes, padded to whole pages; nothing when that is too much. */
export function paddedData(bytes: readonly bigint[]): Cap | undefined {
  const pages = Math.max(1, Math.ceil(bytes.length / PAGE));
  if (BigInt(pages * PAGE) > INLINE_MAX) return undefined;
  const rest = Array.from({ length: pages * PAGE - bytes.length }, () => 0n);
  return [DATA, [[0n, [...bytes, ...rest]]]];
}

function content([, fields]: Cap): { readonly form: Value; readonly body: Value } {
  return { form: at(at(fields, 0), 0), body: at(at(fields, 0), 1) };
}

/** How many bytes Data has. */
export function lengthOf(data: Cap): bigint {
  const { form, body } = content(data);
  if (form === 0n) return BigInt(partsOf(body).length);
  return big(at(body, 0)) * BigInt(partsOf(at(body, 1)).length);
}

/** The bytes of Data in one piece; nothing for Data in pages. */
export function inlineBytes(data: Cap): readonly Value[] | undefined {
  const { form, body } = content(data);
  return form === 0n ? partsOf(body) : undefined;
}

/** The first bytes of Data; nothing when one of them is missing. */
export function prefix(data: Cap, count: number): readonly bigint[] | undefined {
  const inline = inlineBytes(data);
  if (inline !== undefined) return inline.slice(0, count).map(big);
  const { body } = content(data);
  const size = Number(big(at(body, 0)));
  const bytes: bigint[] = [];
  for (const page of partsOf(at(body, 1))) {
    const wanted = Math.min(size, count - bytes.length);
    if (wanted === 0) break;
    if (at(page, 0) === 2n) return undefined;
    const loaded = partsOf(at(page, 1));
    for (let i = 0; i < wanted; i++) bytes.push(big(loaded[i] ?? 0n));
  }
  return bytes;
}
