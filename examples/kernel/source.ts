/** The guests of this folder, as source text. */

import { readFileSync } from "node:fs";

/** The guests by name; the source of each is `NAME.pvmasm`. */
export const KERNEL_GUESTS = [
  "adder",
  "caller",
  "asker",
  "answerer",
  "worker",
  "sponsor",
  "account",
  "teller",
  "mover",
] as const;

/** The name of a guest. */
export type KernelGuest = typeof KERNEL_GUESTS[number];

/** Where source text comes from. */
export type SourceOf = (guest: KernelGuest) => string;

/** The source text of a guest. */
export const sourceOf: SourceOf = (guest) =>
  readFileSync(new URL(`${guest}.pvmasm`, import.meta.url), "utf8");
