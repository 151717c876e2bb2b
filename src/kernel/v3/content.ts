/**
 * The bytes of a region of memory and Data: from one to the other, a piece at a time.
 *
 * @module
 */

import { asU32 } from "../../int/mod.ts";
import type { Memory } from "../../paged/mod.ts";
import type { InvalidArgument } from "../../argument.ts";
import { ok } from "../../result.ts";
import type { Err } from "../../result.ts";
import { rawBytes } from "../byte_string.ts";
import { canonicalData } from "../canonical_data.ts";
import { DataCap, PAGE_SIZE } from "../data_cap.ts";
import type { PageInput } from "../page.ts";
import type { VmError } from "../vm_error.ts";
import type { Region } from "./frame.ts";
import { broken, failure } from "./stop.ts";
import type { HostError, Sure } from "./stop.ts";

/** How many bytes are looked at together: whole pages. */
const PIECE_BYTES = 64 * PAGE_SIZE;

const WORDS = PAGE_SIZE / Int32Array.BYTES_PER_ELEMENT;

/** Some bytes of Data, which are not to be changed; fewer where it ends before. */
function bytesOf(data: DataCap, at: number, length: number): Sure<Uint8Array> {
  const { content } = data;
  if (content.form === "inline") return ok(rawBytes(content.bytes).subarray(at, at + length));
  const bytes = data.read(at, length);
  return bytes.ok ? bytes : failureOf(bytes.error);
}

/** Writes the first bytes of Data to memory that can be written. */
export function showData(
  memory: Memory,
  start: number,
  data: DataCap,
  length: number,
): Sure<undefined> {
  for (let at = 0; at < length; at += PIECE_BYTES) {
    const bytes = bytesOf(data, at, Math.min(PIECE_BYTES, length - at));
    if (!bytes.ok) return bytes;
    const written = memory.write(start + at, bytes.value);
    if (!written.ok) return failure({ kind: "no-room" }); // it can be written, all of it
  }
  return ok(undefined);
}

function failureOf(error: VmError | InvalidArgument): Err<HostError> {
  return error.kind === "invalid-argument" ? broken("Data was read where none is") : failure(error);
}

/** A region as Data, and how many of its pages differ from some Data. */
export interface Content {
  readonly changed: number;
  /** Made when it is asked for; fails when the engine has no room for it. */
  readonly data: () => Sure<DataCap>;
}

/** A piece of a region as it is now; what it was is in {@link BEFORE}. */
interface Piece {
  readonly first: number;
  readonly now: Uint8Array<ArrayBuffer>;
}

/** What a piece was before: one room for all, since nothing else runs while it is looked at. */
const BEFORE = new Uint8Array(PIECE_BYTES);
const BEFORE_WORDS = new Int32Array(BEFORE.buffer);

function pieceAt(
  memory: Memory,
  { start, bytes }: Region,
  before: DataCap | undefined,
  at: number,
): Sure<Piece> {
  const length = Math.min(PIECE_BYTES, bytes - at);
  const now = memory.read(start + at, length);
  if (!now.ok) {
    return now.error.kind === "no-room" ? failure({ kind: "no-room" }) : broken("no such region");
  }
  const known = before === undefined ? ok(undefined) : bytesOf(before, at, length);
  if (!known.ok) return known;
  BEFORE.fill(0, known.value?.length ?? 0, length);
  if (known.value !== undefined) BEFORE.set(known.value);
  return ok({ first: at / PAGE_SIZE, now: now.value });
}

function isSameIn(now: Int32Array, before: Int32Array, page: number): boolean {
  const end = (page + 1) * WORDS;
  let at = page * WORDS;
  while (at < end && now[at] === before[at]) at++;
  return at === end;
}

function isZero(words: Int32Array, page: number): boolean {
  const end = (page + 1) * WORDS;
  let at = page * WORDS;
  while (at < end && words[at] === 0) at++;
  return at === end;
}

/** Adds the pages of a piece to those of the Data, and gives how many of them differ. */
function addPages(pages: PageInput[], { first, now }: Piece, old: DataCap | undefined): number {
  const words = new Int32Array(now.buffer);
  const keepsPages = old?.content.form === "paged" && old.content.pageSize === PAGE_SIZE;
  let changed = 0;
  for (let page = 0; page < now.length / PAGE_SIZE; page++) {
    const isSame = isSameIn(words, BEFORE_WORDS, page);
    if (!isSame) changed++;
    const kept = isSame && keepsPages ? old?.page(first + page) : undefined;
    const bytes = now.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    pages.push(isZero(words, page) ? undefined : kept?.state === "loaded" ? kept : bytes);
  }
  return changed;
}

/** Canonical Data of pages, which all have the size of one. */
function dataOf(pages: readonly PageInput[], first: Uint8Array<ArrayBuffer>): Sure<DataCap> {
  let count = pages.length;
  while (count > 0 && pages[count - 1] === undefined) count--;
  if (count <= 1) return ok(canonicalData(first.subarray(0, PAGE_SIZE)));
  const data = DataCap.paged(asU32(PAGE_SIZE), pages.slice(0, count));
  return data.ok ? data : failure({ kind: "no-room" });
}

/** A region as it is now, compared with the Data that it showed. */
export function contentOf(
  memory: Memory,
  region: Region,
  before: DataCap | undefined,
): Sure<Content> {
  const pages: PageInput[] = [];
  let first: Uint8Array<ArrayBuffer> | undefined;
  let changed = 0;
  for (let at = 0; at < region.bytes; at += PIECE_BYTES) {
    const piece = pieceAt(memory, region, before, at);
    if (!piece.ok) return piece;
    first ??= piece.value.now;
    changed += addPages(pages, piece.value, before);
  }
  return ok({ changed, data: () => dataOf(pages, first ?? new Uint8Array(0)) });
}
