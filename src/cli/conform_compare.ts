/**
 * Comparing what an implementation says came of a case with what must come of it.
 *
 * @module
 */

import type { Given } from "./conform_answer.ts";
import { type CaseBytes, type CaseEnd, type CasePages, PAGE_BYTES } from "./conform_case.ts";

/** A field that is compared. */
export type Field = keyof CaseEnd;

/** The fields that are compared. */
export const FIELDS: readonly Field[] = [
  ...[
    "status",
    "address",
    "call",
    "pc",
    "gas",
    "registers",
    "memory",
    "pages",
  ] as const,
];

/** A field that is not as it should be. */
export interface Difference {
  readonly field: Field;
  /** What it must be, and what it is, in words. */
  readonly expected: string;
  readonly given: string;
}

/** How a comparison came out. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** The fields that were compared. */
  readonly compared: readonly Field[];
  /** The fields that should have been, but were not given. */
  readonly missing: readonly Field[];
}

/** A number as it is shown. */
export function shown(value: number | bigint): string {
  return value < 10 ? `${value}` : `0x${value.toString(16)}`;
}

/** The pages that chunks lie in, by their number; of some pages alone when there is a choice. */
function bytesByPage(
  chunks: readonly CaseBytes[],
  chosen?: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (const { address, bytes } of chunks) {
    for (const [place, byte] of bytes.entries()) {
      const at = address + place;
      const page = Math.floor(at / PAGE_BYTES);
      if (chosen?.has(page) === false) continue;
      const held = found.get(page) ?? new Uint8Array(PAGE_BYTES);
      held[at % PAGE_BYTES] = byte;
      found.set(page, held);
    }
  }
  return found;
}

/** The first byte that is not zero outside of some pages: who answers may say millions of pages. */
function firstOutside(
  chunks: readonly CaseBytes[],
  pages: ReadonlyMap<number, unknown>,
): { readonly at: number; readonly byte: number } {
  let first = { at: Infinity, byte: 0 };
  for (const { address, bytes } of chunks) {
    for (const [place, byte] of bytes.entries()) {
      const at = address + place;
      const isOutside = byte !== 0 && at < first.at && !pages.has(Math.floor(at / PAGE_BYTES));
      if (isOutside) first = { at, byte };
    }
  }
  return first;
}

/** The first byte that differs. */
function memoryDifference(
  expected: readonly CaseBytes[],
  given: readonly CaseBytes[],
): Difference | undefined {
  const wanted = bytesByPage(expected);
  const found = bytesByPage(given, wanted);
  const outside = firstOutside(given, wanted);
  const difference = (at: number, one: number, other: number): Difference => ({
    field: "memory",
    expected: `${shown(one)} at ${shown(at)}`,
    given: shown(other),
  });
  for (const page of [...wanted.keys()].toSorted((a, b) => a - b)) {
    if (outside.at < page * PAGE_BYTES) break;
    const [want, have] = [wanted.get(page), found.get(page)];
    for (let at = 0; at < PAGE_BYTES; at++) {
      const [one, other] = [want?.[at] ?? 0, have?.[at] ?? 0];
      if (one === other) continue;
      return difference(page * PAGE_BYTES + at, one, other);
    }
  }
  return outside.byte === 0 ? undefined : difference(outside.at, 0, outside.byte);
}

/** Regions as text, adjacent ones merged. */
function pagesText(regions: readonly CasePages[]): string {
  const merged: { address: number; length: number; access: string }[] = [];
  for (
    const { address, length, access } of regions.toSorted((a, b) => a.address - b.address)
  ) {
    const last = merged.at(-1);
    if (length === 0) continue;
    if (
      last !== undefined && last.access === access &&
      last.address + last.length === address
    ) {
      last.length += length;
    } else merged.push({ address, length, access });
  }
  return merged.map(({ address, length, access }) => `${shown(address)}+${shown(length)} ${access}`)
    .join(", ") || "none";
}

/** The registers that differ. */
function registersDifference(
  expected: readonly bigint[],
  given: readonly bigint[],
): Difference | undefined {
  const wrong = expected.flatMap((value, index) => value === given[index] ? [] : [index]);
  if (wrong.length === 0) return undefined;
  const text = (values: readonly bigint[]) =>
    wrong.map((index) => `r${index}=${shown(values[index] ?? 0n)}`).join(" ");
  return { field: "registers", expected: text(expected), given: text(given) };
}

/** Two numbers that should be the same; nothing given counts as such. */
function plainDifference(
  field: Field,
  expected: number | bigint | undefined,
  given: number | bigint | undefined,
): Difference | undefined {
  if (expected === given) return undefined;
  const text = (value: number | bigint | undefined) => value === undefined ? "none" : shown(value);
  return { field, expected: text(expected), given: text(given) };
}

/** The difference in a field that was given. */
function differenceIn(
  field: Field,
  expected: CaseEnd,
  given: Given,
): Difference | undefined {
  switch (field) {
    case "status":
      return expected.status === given.status
        ? undefined
        : { field, expected: expected.status, given: given.status };
    case "registers":
      return registersDifference(expected.registers, given.registers ?? []);
    case "memory":
      return memoryDifference(expected.memory, given.memory ?? []);
    case "pages": {
      const [want, have] = [
        pagesText(expected.pages),
        pagesText(given.pages ?? []),
      ];
      return want === have ? undefined : { field, expected: want, given: have };
    }
    default:
      return plainDifference(field, expected[field], given[field]);
  }
}

/** The fields that mean something after such an end. */
function meaningful({ status }: CaseEnd): readonly Field[] {
  if (status === "malformed") return ["status"];
  return FIELDS.filter((field) =>
    field === "address" ? status === "page-fault" : field === "call" ? status === "host-call" : true
  );
}

/**
 * Compares what came of a case.
 *
 * @param ignored Fields that are not to be compared.
 */
export function compareEnds(
  expected: CaseEnd,
  given: Given,
  ignored: ReadonlySet<string>,
): Comparison {
  const wanted = meaningful(expected).filter((field) => !ignored.has(field));
  // A field of one status says nothing after another, which differs already.
  const comparable = expected.status === given.status || ignored.has("status")
    ? wanted
    : wanted.filter((field) => field !== "address" && field !== "call");
  const compared = comparable.filter((field) => given[field] !== undefined);
  return {
    differences: compared.flatMap((field) => differenceIn(field, expected, given) ?? []),
    compared,
    missing: comparable.filter((field) => given[field] === undefined),
  };
}
