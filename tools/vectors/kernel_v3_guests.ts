/** Guests of version 3 that the vectors are about. */

import type { Cap, Instance } from "../../model/kernel_v3_values.ts";
import { ask, SHOW } from "./kernel_code.ts";
import { AT, imageWith, instance, MARKERS, SLOT, type Special, usual } from "./kernel_world.ts";
import { type Line, op } from "./pvm_code.ts";

const S = SLOT;
/** What ends a program. */
export const END: readonly Line[] = ask(0);
/** An image without memory. */
export const BARE: Special = { bare: true };

/** An Instance that halts at once. */
export const LEAF: Instance = instance(imageWith(END, BARE));
/** One that yields with the first marker twice. */
export const YIELDER: Instance = instance(
  imageWith([...ask(16, S.marker), ...ask(16, S.marker), ...SHOW, ...END], BARE),
  [
    [S.marker, MARKERS[0] ?? LEAF],
  ],
);
/** A guest of some lines that has everything in its slots. */
export function guest(
  lines: readonly Line[],
  below: Cap = LEAF,
  changes: Readonly<Record<number, Cap | undefined>> = {},
  special: Special = {},
): Instance {
  const image = imageWith(lines, special);
  return instance(image, usual(imageWith([...SHOW, ...END], BARE), below, changes));
}

/** A path that is written into memory: how it stands in a register. */
export function path(
  ...steps: readonly number[]
): { readonly lines: readonly Line[]; readonly value: bigint } {
  const at = AT.scratch + 512;
  const lines = steps.map((step, i) =>
    op("store_imm_u32", { x: BigInt(at + 4 * i), y: BigInt(step) })
  );
  return { lines, value: 2n ** 63n + BigInt(steps.length) * 2n ** 32n + BigInt(at) };
}
