/**
 * Slots: where in a cnode a capability stands, and paths through nested cnodes.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32, asU8 } from "../int/mod.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { SlotOutOfRange } from "./errors.ts";
import { parseList, parseU32, parseU8 } from "./parse.ts";

/** The place of a slot in a cnode: 0 to 2^32 - 1. */
export type SlotIdx = U32;

/** The most steps of a mapping's source, and of an operand. */
export const MAX_SOURCE_DEPTH = 8;

/** How many slots the largest cnode has. */
export const MAX_CNODE_SLOTS = 65_536;

/** The `sizeLog` of the largest cnode. */
export const CNODE_SIZE_LOG_MAX = 16;

/** Whether a slot lies in a cnode of 2^`sizeLog` slots, both known to be in range. */
export function isInside(slot: number, sizeLog: number): boolean {
  return slot < 2 ** sizeLog;
}

/**
 * Whether a slot lies in a cnode of 2^`sizeLog` slots.
 *
 * @param slot 0 to 2^32 - 1.
 * @param sizeLog 0 to 255; from 32 on every slot fits.
 * @returns Whether it does. Errors: `invalid-argument`.
 *
 * @example The last slot of a small cnode
 * ```ts
 * import { slotFits } from "@ringfence/core/kernel";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(slotFits(15, 4), { ok: true, value: true });
 * assertEquals(slotFits(16, 4), { ok: true, value: false });
 * ```
 */
export function slotFits(slot: number, sizeLog: number): Result<boolean, InvalidArgument> {
  const index = parseU32(slot, "slot");
  if (!index.ok) return index;
  const size = parseU8(sizeLog, "sizeLog");
  return size.ok ? ok(isInside(index.value, size.value)) : size;
}

const parseSteps = parseList(parseU32);

/** A path of slots: from the root cnode through those that the earlier steps name. Never empty. */
export class SlotPath {
  #steps: readonly SlotIdx[] = Object.freeze([asU32(0)]);

  private constructor() {
    Object.freeze(this);
  }

  /**
   * A path.
   *
   * @param steps One slot or more.
   * @returns The path. Errors: `slot-out-of-range` (slot 0, size 0) when there is no step;
   *   `invalid-argument`.
   */
  static create(steps: readonly number[]): Result<SlotPath, InvalidArgument | SlotOutOfRange> {
    const parsed = parseSteps(steps, "steps");
    if (!parsed.ok) return parsed;
    if (parsed.value.length === 0) {
      return err({ kind: "slot-out-of-range", slot: asU32(0), sizeLog: asU8(0) });
    }
    const path = new SlotPath();
    path.#steps = parsed.value;
    return ok(path);
  }

  /**
   * The path of one step.
   *
   * @param slot A slot of the root cnode.
   * @returns The path. Errors: `invalid-argument`.
   */
  static root(slot: number): Result<SlotPath, InvalidArgument> {
    const parsed = parseU32(slot, "slot");
    if (!parsed.ok) return parsed;
    const path = new SlotPath();
    path.#steps = Object.freeze([parsed.value]);
    return ok(path);
  }

  /** The steps, first to last. */
  get steps(): readonly SlotIdx[] {
    return this.#steps;
  }

  /** Whether it names a slot of the root cnode. */
  get isRootSlot(): boolean {
    return this.#steps.length === 1;
  }

  /** The last step: the slot in the cnode that the others lead to. */
  get target(): SlotIdx {
    return this.#steps.at(-1) ?? asU32(0);
  }

  /** All steps but the last. */
  get prefix(): readonly SlotIdx[] {
    return this.#steps.slice(0, -1);
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is SlotPath {
    return typeof value === "object" && value !== null && #steps in value;
  }

  /** Whether any value at all is a path of the same steps. */
  equals(other: unknown): boolean {
    if (!SlotPath.is(other)) return false;
    const steps = other.#steps;
    return steps.length === this.#steps.length && steps.every((s, i) => s === this.#steps[i]);
  }
}
