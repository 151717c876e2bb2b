/** What traces have in common: steps as they are written. */

import type { Json } from "./json.ts";

/** A step: the operation and its arguments as they are written. */
export interface Step {
  readonly op: string;
  readonly args: readonly Json[];
}

/** A step. */
export const step = (op: string, ...args: readonly Json[]): Step => ({ op, args });

/** The bytes that hexadecimal text stands for; none for anything else. */
export function bytesIn(text: Json | undefined): readonly number[] {
  return (typeof text === "string" ? text.match(/../g) ?? [] : []).map((pair) =>
    parseInt(pair, 16)
  );
}
