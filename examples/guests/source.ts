/** The guests of this folder, as source text. */

import { readFileSync } from "node:fs";

/** The guests by name; the source of each is `NAME.pvmasm`. */
export const GUEST_NAMES = ["sieve", "sort_u64", "life", "crc32", "blake2b"] as const;

/** The name of a guest. */
export type GuestName = typeof GUEST_NAMES[number];

/** The source text of a guest. */
export function sourceOf(name: GuestName): string {
  return readFileSync(new URL(`${name}.pvmasm`, import.meta.url), "utf8");
}
