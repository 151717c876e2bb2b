/** Single operations of mode v3 between slots of every sort, on both sides. */

import type { Cap, CNode } from "../../model/kernel_v3_values.ts";
import { type Domain, domain, type Reach } from "../../src/proof/mod.ts";
import type { Face } from "./kernel.ts";
import { type Line, number, type Operand, path, SLOT } from "./kernel_programs.ts";
import { data, goes, imageWith, instanceWith, LEAF } from "./kernel_v3_guest.ts";

/** Operands that are numbers. */
export const numbers = (...values: readonly (number | bigint)[]): Domain<Operand> =>
  domain.of(...values.map(number));

const NESTED: CNode = {
  is: "cnode",
  sizeLog: 4,
  slots: [
    [SLOT.data, data(1, 2)],
    [SLOT.cnode, { is: "cnode", sizeLog: 1, slots: [[1, data(3)]] }],
    [7, LEAF],
  ],
};

/** Cnodes in each other: nine steps lead to what is in the last one. */
const DEEP = Array.from({ length: 8 }).reduce<Cap>(
  (inner) => ({ is: "cnode", sizeLog: 1, slots: [[1, inner]] }),
  data(4),
);

/** The slot of a cnode that can be a root. */
export const ROOT = 23;
/** The slot of cnodes in each other. */
export const NINE = 24;
/** The slot of an image that pins a slot which is full. */
export const COLLIDES = 25;
/** The slot of an image that pins one which is empty. */
export const FITS = 26;

/** One operation and its operands. */
export interface Single {
  readonly code: number;
  readonly operands: readonly Operand[];
}

/** Runs one operation and halts, on both sides. */
export function single(face: Face, { code, operands }: Single, reach: Reach): string | undefined {
  const line: Line = { kind: "operation", number: code, operands, how: "always", by: "ecalli" };
  const top = instanceWith(imageWith([line], { pinsData: [SLOT.empty, SLOT.pinned] }), {
    [SLOT.empty]: undefined,
    [SLOT.cnode]: NESTED,
    [SLOT.image]: LEAF,
    [SLOT.pinnedImage]: LEAF,
    [SLOT.gasToo]: { is: "type", chain: "11".repeat(32) },
    [ROOT]: { ...NESTED, sizeLog: 8 },
    [NINE]: DEEP,
    [COLLIDES]: imageWith([], { pinsData: [SLOT.data] }),
    [FITS]: imageWith([], { pinsData: [SLOT.other] }),
  });
  const { failure, did } = goes(face, top, { slot0: LEAF });
  reach(
    did.find((what) => what.startsWith(`operation ${code} `) || what.startsWith("quota")) ?? "not",
  );
  return failure;
}

/** What a proof of operations has to have seen: each of them done, and failed. */
export const done = (...codes: readonly number[]): readonly string[] =>
  codes.flatMap((code) => [`operation ${code} done`, `operation ${code} failed`]);

/** Slots to put something into: an empty one, a full one, and one below. */
export const EMPTIES: Domain<Operand> = domain.of(
  number(SLOT.other),
  number(SLOT.data),
  path(SLOT.cnode, 0),
);

/** A quota, and what is none. */
export const QUOTAS: Domain<Operand> = numbers(SLOT.quota, SLOT.gas, SLOT.other);
