/** The programs of guests that are made of operations of the kernel in mode v3, line by line. */

import { little } from "../../model/kernel_v3_kernel.ts";

/** Where programs find what they work with, as far as it is there. */
export const SLOT = {
  payload: 0,
  empty: 1,
  other: 2,
  data: 3,
  image: 4,
  cnode: 5,
  child: 6,
  second: 7,
  quota: 8,
  gas: 9,
  catcher: 10,
  kernel: 11,
  marker: 12,
  type: 13,
  pinned: 14,
  authored: 15,
  gasToo: 16,
  kernelToo: 17,
  pinnedImage: 18,
} as const;

/** Where the mappings of programs begin. */
export const ADDRESS = {
  scratch: 0x1_0000,
  data: 0x2_0000,
  authored: 0x3_0000,
  pinned: 0x4_0000,
  nested: 0x5_0000,
  payload: 0x6_0000,
} as const;

/** An operand: a number, a path that is written into memory first, or the length of a made image. */
export type Operand =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "path"; readonly steps: readonly number[] }
  | { readonly kind: "authoredLength" };

/** A line of a program. */
export type Line =
  | {
    readonly kind: "operation";
    readonly number: number;
    readonly operands: readonly Operand[];
    readonly how: "always" | "when paused" | "while paused";
    readonly by: "ecall" | "ecalli";
  }
  | { readonly kind: "store" | "load"; readonly address: number; readonly value: number }
  /** "show" folds r8 into r7, so that the value of a halt tells both. */
  | { readonly kind: "trap" | "back" | "jump nowhere" | "show" };

/** An operand that is a number. */
export const number = (value: number | bigint): Operand => ({
  kind: "number",
  value: BigInt(value),
});

/** An operand that is a path through cnodes. */
export const path = (...steps: readonly number[]): Operand => ({ kind: "path", steps });

/** An operation with plain numbers. */
export function ask(
  code: number,
  operands: readonly number[],
  how: "always" | "when paused" | "while paused" = "always",
): Line {
  return { kind: "operation", number: code, operands: operands.map(number), how, by: "ecalli" };
}

/** The paths of images that `SAME_TYPE_AS` and `SUBTYPE` read, 8 bytes each. */
export const IMAGE_PATHS: readonly bigint[] = [SLOT.image, SLOT.pinnedImage, SLOT.image].flatMap((
  slot,
) => little(BigInt(slot), 8));
