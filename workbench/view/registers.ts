/** The registers. */

import { grouped, word } from "./numbers.ts";

/** A register, as the page shows it. */
export interface RegisterRow {
  readonly name: string;
  readonly hex: string;
  /** As a number with a sign. */
  readonly decimal: string;
  readonly isChanged: boolean;
}

/** What some registers hold and which of them changed. */
export function registerRows(
  now: readonly bigint[],
  before: readonly bigint[] | undefined,
): readonly RegisterRow[] {
  return now.map((value, index) => ({
    name: `r${index}`,
    hex: word(value),
    decimal: grouped(BigInt.asIntN(64, value)),
    isChanged: before !== undefined && before[index] !== value,
  }));
}
