/**
 * A cnode and the operations on its slots, under the rules of either mode.
 *
 * Pinned slots come as a list. Nothing is changed where an operation fails: the outcome holds the
 * cnode afterwards, or the error alone.
 *
 * @module
 */

import { ascends, at, big, sorted } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";

/** The size of a cnode and its slots in use: slot, whether its content is missing, target or hash. */
export type CNode = readonly [sizeLog: bigint, entries: readonly Value[]];

/** "compat" follows the original, "v3" the published design. */
export type Mode = "compat" | "v3";

/** What an operation did. */
export type Done =
  | { readonly cnode: CNode }
  | { readonly error: string; readonly slot?: bigint; readonly sizeLog?: bigint };

const fits = (cnode: CNode, slot: bigint) => slot < 2n ** cnode[0];
const outOfRange = (cnode: CNode, slot: bigint): Done => ({
  error: "slot-out-of-range",
  slot,
  sizeLog: cnode[0],
});

/** A slot's content, without its number. */
export function contentOf(cnode: CNode, slot: bigint): readonly Value[] | undefined {
  const entry = cnode[1].find((e) => at(e, 0) === slot);
  return entry === undefined ? undefined : partsOf(entry).slice(1);
}

/** The target in a slot; nothing where it is empty, missing or beyond the end. */
export function get(cnode: CNode, slot: bigint): Value | undefined {
  const content = contentOf(cnode, slot);
  return content?.[0] === 0n ? content[1] : undefined;
}

function put(cnode: CNode, slot: bigint, content: readonly Value[] | undefined): CNode {
  const others = cnode[1].filter((e) => at(e, 0) !== slot);
  return [cnode[0], content === undefined ? others : sorted([...others, [slot, ...content]])];
}

/** Binds a slot to a target, or clears it. */
export function set(cnode: CNode, slot: bigint, target: Value | undefined): Done {
  if (!fits(cnode, slot)) return outOfRange(cnode, slot);
  return { cnode: put(cnode, slot, target === undefined ? undefined : [0n, target]) };
}

function firstPinned(pinned: readonly bigint[], slots: readonly bigint[]): Done | undefined {
  const slot = slots.find((s) => pinned.includes(s));
  return slot === undefined ? undefined : { error: "slot-pinned", slot };
}

function occupied(mode: Mode, cnode: CNode, slot: bigint): Done | undefined {
  const refused = mode === "v3" && contentOf(cnode, slot) !== undefined;
  return refused ? { error: "destination-occupied", slot } : undefined;
}

/** Copies a target; the original does not ask whether the source is pinned. */
export function copy(
  mode: Mode,
  cnode: CNode,
  pinned: readonly bigint[],
  src: bigint,
  dst: bigint,
): Done {
  const refused = firstPinned(pinned, mode === "v3" ? [src, dst] : [dst]);
  if (refused !== undefined) return refused;
  const target = get(cnode, src);
  if (target === undefined) return { error: "source-empty", slot: src };
  return occupied(mode, cnode, dst) ?? set(cnode, dst, target);
}

/** Moves a target; every check comes before the first change. */
export function move(
  mode: Mode,
  cnode: CNode,
  pinned: readonly bigint[],
  src: bigint,
  dst: bigint,
): Done {
  const refused = firstPinned(pinned, [src, dst]);
  if (refused !== undefined) return refused;
  if (!fits(cnode, src)) return outOfRange(cnode, src);
  const target = get(cnode, src);
  if (target === undefined) return { error: "source-empty", slot: src };
  if (!fits(cnode, dst)) return outOfRange(cnode, dst);
  return occupied(mode, cnode, dst) ?? set(put(cnode, src, undefined), dst, target);
}

/** Empties a slot. */
export function drop(_mode: Mode, cnode: CNode, pinned: readonly bigint[], slot: bigint): Done {
  return firstPinned(pinned, [slot]) ?? set(cnode, slot, undefined);
}

/** Exchanges what two slots hold, whether a target, a missing one or nothing. */
export function swap(
  _mode: Mode,
  cnode: CNode,
  pinned: readonly bigint[],
  a: bigint,
  b: bigint,
): Done {
  const refused = firstPinned(pinned, [a, b]);
  if (refused !== undefined) return refused;
  const beyond = [a, b].find((slot) => !fits(cnode, slot));
  if (beyond !== undefined) return outOfRange(cnode, beyond);
  const [atA, atB] = [contentOf(cnode, a), contentOf(cnode, b)];
  return { cnode: put(put(cnode, a, atB), b, atA) };
}

/** Puts a target made by the kernel into a slot. */
export function mint(
  mode: Mode,
  cnode: CNode,
  pinned: readonly bigint[],
  dst: bigint,
  target: Value,
): Done {
  const refused = firstPinned(pinned, [dst]);
  if (refused !== undefined) return refused;
  return occupied(mode, cnode, dst) ?? set(cnode, dst, target);
}

/** A cnode of some slots, which have to be in range and each there once. */
export function cnodeOf(sizeLog: bigint, entries: readonly Value[]): CNode | undefined {
  const inOrder = sorted(entries);
  const inRange = entries.every((e) => big(at(e, 0)) < 2n ** sizeLog);
  return sizeLog <= 16n && inRange && ascends(inOrder, true) ? [sizeLog, inOrder] : undefined;
}
