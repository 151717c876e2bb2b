/**
 * The operations on the slots of a cnode, under the rules of either mode. Each gives another cnode;
 * every check comes before the first change.
 *
 * In `compat` a destination is overwritten, and a copy may read a pinned slot. In `v3` a destination
 * has to be empty, and a pinned slot can be neither read nor written.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import type { U32 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { CNodeCap } from "./cnode_cap.ts";
import type { SlotChange, SlotContent } from "./cnode_cap.ts";
import type { CrossCNodeSwap, OpError } from "./errors.ts";
import { checked, parseList, parseRecord, parseU32 } from "./parse.ts";
import { isInside, SlotPath } from "./slot.ts";
import type { SlotIdx } from "./slot.ts";

/** Which rules hold: those of the original, or those of the published design. */
export type KernelMode = "compat" | "v3";

/** The rules under which an operation is done. */
export interface SlotRules {
  /** The mode. */
  readonly mode: KernelMode;
  /** The slots that the image pins. */
  readonly pinned: readonly number[];
}

/** What an operation gives: the cnode afterwards. */
export type SlotResult = Result<CNodeCap, InvalidArgument | OpError>;

interface Rules {
  readonly mode: KernelMode;
  readonly pinned: readonly SlotIdx[];
}

function isMode(value: unknown): value is KernelMode {
  return value === "compat" || value === "v3";
}

const parseRules = parseRecord<Rules>({
  mode: checked<KernelMode>('"compat" or "v3"', isMode),
  pinned: parseList(parseU32),
});

/** What every operation begins with: a cnode, the rules, and the slots that it names. */
interface Operation extends Rules {
  readonly cnode: CNodeCap;
  readonly slots: readonly SlotIdx[];
}

function begin(
  cnode: CNodeCap,
  rules: SlotRules,
  slots: Readonly<Record<string, number>>,
): Result<Operation, InvalidArgument> {
  if (!CNodeCap.is(cnode)) return invalidArgument("cnode", "a CNodeCap", cnode);
  const parsed = parseRules(rules, "rules");
  if (!parsed.ok) return parsed;
  const indices: SlotIdx[] = [];
  for (const [name, slot] of Object.entries(slots)) {
    const index = parseU32(slot, name);
    if (!index.ok) return index;
    indices.push(index.value);
  }
  return ok({ cnode, ...parsed.value, slots: indices });
}

/** The first of some slots that is pinned. */
function pinnedAmong({ pinned }: Rules, slots: readonly SlotIdx[]): Err<OpError> | undefined {
  const slot = slots.find((candidate) => pinned.includes(candidate));
  return slot === undefined ? undefined : err({ kind: "slot-pinned", slot });
}

function beyond({ cnode }: Operation, slot: SlotIdx): Err<OpError> | undefined {
  if (isInside(slot, cnode.sizeLog)) return undefined;
  return err({ kind: "slot-out-of-range", slot, sizeLog: cnode.sizeLog });
}

/** A destination that the mode does not let be overwritten; missing content counts as something. */
function occupied({ mode, cnode }: Operation, slot: SlotIdx): Err<OpError> | undefined {
  if (mode === "compat" || cnode.content(slot) === undefined) return undefined;
  return err({ kind: "destination-occupied", slot });
}

function after(change: Result<SlotChange, InvalidArgument | OpError>): SlotResult {
  return change.ok ? ok(change.value.cnode) : err(change.error);
}

function sourceEmpty(slot: U32): Err<OpError> {
  return err({ kind: "source-empty", slot });
}

/**
 * Copies the target of one slot into another.
 *
 * @param cnode The cnode.
 * @param rules The mode and the pinned slots.
 * @param src The slot to read; one beyond the end is empty.
 * @param dst The slot to write.
 * @returns The cnode afterwards. Errors, in the order of the checks: `slot-pinned` (of the source
 *   only in `v3`), `source-empty`, `destination-occupied` (`v3`), `slot-out-of-range`;
 *   `invalid-argument`.
 *
 * @example A copy leaves the first cnode as it was
 * ```ts
 * import { CNodeCap, copySlot } from "@ringfence/core/kernel";
 * import { assertEquals } from "@std/assert";
 *
 * const hash = "11".repeat(32);
 * const cnode = CNodeCap.create(4, [{ slot: 2, target: hash }]);
 * if (cnode.ok) {
 *   const copy = copySlot(cnode.value, { mode: "v3", pinned: [] }, 2, 7);
 *   assertEquals(copy.ok && copy.value.get(7), hash);
 *   assertEquals(cnode.value.get(7), undefined);
 * }
 * ```
 */
export function copySlot(
  cnode: CNodeCap,
  rules: SlotRules,
  src: number,
  dst: number,
): SlotResult {
  const begun = begin(cnode, rules, { src, dst });
  if (!begun.ok) return begun;
  const [from, to] = begun.value.slots;
  if (from === undefined || to === undefined) return invalidArgument("src", "a slot", src);
  const refused = pinnedAmong(begun.value, begun.value.mode === "v3" ? [from, to] : [to]);
  if (refused !== undefined) return refused;
  const target = cnode.get(from);
  if (target === undefined) return sourceEmpty(from);
  return occupied(begun.value, to) ?? after(cnode.set(to, target));
}

/**
 * Moves the target of one slot into another.
 *
 * @param cnode The cnode.
 * @param rules The mode and the pinned slots.
 * @param src The slot to empty.
 * @param dst The slot to write.
 * @returns The cnode afterwards. Errors, in the order of the checks: `slot-pinned`,
 *   `slot-out-of-range` and `source-empty` of the source, `slot-out-of-range` and
 *   `destination-occupied` (`v3`) of the destination; `invalid-argument`.
 */
export function moveSlot(
  cnode: CNodeCap,
  rules: SlotRules,
  src: number,
  dst: number,
): SlotResult {
  const begun = begin(cnode, rules, { src, dst });
  if (!begun.ok) return begun;
  const [from, to] = begun.value.slots;
  if (from === undefined || to === undefined) return invalidArgument("src", "a slot", src);
  const refused = pinnedAmong(begun.value, begun.value.slots) ?? beyond(begun.value, from);
  if (refused !== undefined) return refused;
  const target = cnode.get(from);
  if (target === undefined) return sourceEmpty(from);
  const blocked = occupied(begun.value, to);
  if (blocked !== undefined) return blocked;
  const taken = after(cnode.take(from));
  return taken.ok ? after(taken.value.set(to, target)) : taken;
}

/**
 * Empties a slot, whatever it holds.
 *
 * @param cnode The cnode.
 * @param rules The mode and the pinned slots.
 * @param slot The slot.
 * @returns The cnode afterwards. Errors: `slot-pinned`, `slot-out-of-range`; `invalid-argument`.
 */
export function dropSlot(cnode: CNodeCap, rules: SlotRules, slot: number): SlotResult {
  const begun = begin(cnode, rules, { slot });
  if (!begun.ok) return begun;
  return pinnedAmong(begun.value, begun.value.slots) ?? after(cnode.take(slot));
}

/**
 * Exchanges what two slots hold: targets, missing content or nothing.
 *
 * @param cnode The cnode.
 * @param rules The mode and the pinned slots.
 * @param a One slot.
 * @param b The other; the same one changes nothing.
 * @returns The cnode afterwards. Errors: `slot-pinned`, `slot-out-of-range`, of `a` before `b`;
 *   `invalid-argument`.
 */
export function swapSlots(cnode: CNodeCap, rules: SlotRules, a: number, b: number): SlotResult {
  const begun = begin(cnode, rules, { a, b });
  if (!begun.ok) return begun;
  const { slots } = begun.value;
  const [first, second] = slots;
  if (first === undefined || second === undefined) return invalidArgument("a", "a slot", a);
  const refused = pinnedAmong(begun.value, slots) ?? beyond(begun.value, first) ??
    beyond(begun.value, second);
  if (refused !== undefined) return refused;
  const [atFirst, atSecond]: readonly (SlotContent | undefined)[] = [
    cnode.content(first),
    cnode.content(second),
  ];
  const half = after(cnode.put(first, atSecond));
  return half.ok ? after(half.value.put(second, atFirst)) : half;
}

/**
 * Puts a target that the kernel made into a slot.
 *
 * @param cnode The cnode.
 * @param rules The mode and the pinned slots.
 * @param dst The slot.
 * @param target What to put there.
 * @returns The cnode afterwards. Errors: `slot-pinned`, `destination-occupied` (`v3`),
 *   `slot-out-of-range`; `invalid-argument`.
 */
export function mintSlot(
  cnode: CNodeCap,
  rules: SlotRules,
  dst: number,
  target: CapTarget,
): SlotResult {
  const begun = begin(cnode, rules, { dst });
  if (!begun.ok) return begun;
  const minted = parseTarget(target, "target");
  if (!minted.ok) return minted;
  const [to] = begun.value.slots;
  if (to === undefined) return invalidArgument("dst", "a slot", dst);
  return pinnedAmong(begun.value, [to]) ?? occupied(begun.value, to) ??
    after(cnode.set(to, minted.value));
}

/**
 * The cnode in which two slots can be exchanged: the one that both paths lead to.
 *
 * @param a The path of one slot.
 * @param b The path of the other.
 * @returns The steps to that cnode, none for the root. Errors: `cross-cnode-swap` when the paths
 *   lead to two; `invalid-argument`.
 */
export function swapPrefix(
  a: SlotPath,
  b: SlotPath,
): Result<readonly SlotIdx[], InvalidArgument | CrossCNodeSwap> {
  if (!SlotPath.is(a)) return invalidArgument("a", "a SlotPath", a);
  if (!SlotPath.is(b)) return invalidArgument("b", "a SlotPath", b);
  const [to, other] = [a.prefix, b.prefix];
  const same = to.length === other.length && to.every((step, index) => step === other[index]);
  return same ? ok(to) : err({ kind: "cross-cnode-swap" });
}
