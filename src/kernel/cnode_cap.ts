/**
 * CNodes: sparse tables of slots, as values. A change gives another cnode, which shares with the
 * first all that did not change; copies diverge and never alias.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32, asU8, asUsize } from "../int/mod.ts";
import type { U32, U8, Usize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { CapRef, isTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { InvalidCNodeSize, SlotOutOfRange } from "./errors.ts";
import { bytesOfHash, isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { parseMap, parseRecord, parseU32, parseU8 } from "./parse.ts";
import type { Parse } from "./parse.ts";
import { CNODE_SIZE_LOG_MAX, isInside, MAX_CNODE_SLOTS } from "./slot.ts";
import { zeroHash } from "./ssz/merkle.ts";
import { SparseTree } from "./ssz/sparse_tree.ts";
import type { Entry } from "./ssz/sparse_tree.ts";

/** A slot that holds a target. */
export interface BoundSlot {
  /** What it holds. */
  readonly target: CapTarget;
}

/** A slot whose content is known by its hash alone: it hashes as the content would. */
export interface MissingSlot {
  /** The hash of the content. */
  readonly missing: CapHash;
}

/** What a slot in use holds. */
export type SlotContent = BoundSlot | MissingSlot;

/** A slot in use and its place. */
export type CNodeSlot = SlotContent & { readonly slot: U32 };

/** What a cnode is made with: slots in use, each once, in any order. */
export type CNodeSlotInput =
  & { readonly slot: number }
  & ({ readonly target: CapTarget } | { readonly missing: CapHash });

/** A cnode after a change, and what the changed slot held before. */
export interface SlotChange {
  /** The cnode after the change. */
  readonly cnode: CNodeCap;
  /** The target before; nothing when the slot was empty or its content missing. */
  readonly previous: CapTarget | undefined;
}

/** The tree of the slots is as deep as that of the largest cnode, whatever the size. */
type Tree = SparseTree<SlotContent>;

function rootOf(content: SlotContent): Uint8Array {
  const hash = "missing" in content ? content.missing : content.target;
  return typeof hash === "string" ? bytesOfHash(hash) : zeroHash(0); // a handle is never hashed
}

function treeOf(entries: readonly Entry<SlotContent>[]): Tree {
  return new SparseTree(CNODE_SIZE_LOG_MAX, rootOf, entries);
}

const NO_SLOTS: Tree = treeOf([]);

const parseContent: Parse<SlotContent> = (value, parameter) => {
  const fields = parseFields(value, parameter);
  if (!fields.ok) return fields;
  const { target, missing } = fields.value;
  if (missing === undefined && isTarget(target)) return ok(Object.freeze({ target }));
  if (target === undefined && isCapHash(missing)) return ok(Object.freeze({ missing }));
  return invalidArgument(parameter, "a target or a missing hash", value);
};

const parseFields: Parse<{ readonly target: unknown; readonly missing: unknown }> = parseRecord<
  { target: unknown; missing: unknown }
>({ target: ok, missing: ok });

const parseSlot: Parse<Entry<SlotContent>> = (value, parameter) => {
  const place = parsePlace(value, parameter);
  if (!place.ok) return place;
  const content = parseContent(value, parameter);
  return content.ok ? ok([place.value.slot, content.value]) : content;
};

const parsePlace: Parse<{ readonly slot: U32 }> = parseRecord<{ slot: U32 }>({ slot: parseU32 });

const parseSlots = parseMap(parseSlot, ([slot]) => slot);

/** A cnode of a size in range and slots that ascend. For this room alone. */
export let cnodeCapOf: (
  sizeLog: U8,
  entries: readonly Entry<SlotContent>[],
) => Result<CNodeCap, SlotOutOfRange>;

/** The Merkle root of the slots of a cnode that holds no handle. For this room alone. */
export let slotsRootOf: (cnode: CNodeCap) => Uint8Array;

/** A table of 2^`sizeLog` slots, of which some hold a target. */
export class CNodeCap {
  #sizeLog: U8 = asU8(0);
  #tree: Tree = NO_SLOTS;
  #refs = 0;

  private constructor() {
    Object.freeze(this);
  }

  static {
    slotsRootOf = (cnode) => CNodeCap.#slotsRoot(cnode);
    cnodeCapOf = (sizeLog, entries) => CNodeCap.#of(sizeLog, entries);
  }

  /**
   * A cnode.
   *
   * @param sizeLog It has 2^`sizeLog` slots: 0 to 16.
   * @param slots The slots in use, each once; none unless told.
   * @returns The cnode. Errors: `invalid-cnode-size`, `slot-out-of-range`, `invalid-argument`.
   *
   * @example A cnode with one slot in use
   * ```ts
   * import { CNodeCap } from "@ringfence/core/kernel";
   * import { assertEquals } from "@std/assert";
   *
   * const hash = "11".repeat(32);
   * const cnode = CNodeCap.create(8, [{ slot: 9, target: hash }]);
   * assertEquals(cnode.ok && cnode.value.get(9), hash);
   * ```
   */
  static create(
    sizeLog: number,
    slots: readonly CNodeSlotInput[] = [],
  ): Result<CNodeCap, InvalidArgument | InvalidCNodeSize | SlotOutOfRange> {
    const size = parseU8(sizeLog, "sizeLog");
    if (!size.ok) return size;
    if (size.value > CNODE_SIZE_LOG_MAX) {
      return err({ kind: "invalid-cnode-size", sizeLog: size.value });
    }
    const entries = parseSlots(slots, "slots");
    return entries.ok ? CNodeCap.#of(size.value, entries.value) : entries;
  }

  static #of(
    sizeLog: U8,
    entries: readonly Entry<SlotContent>[],
  ): Result<CNodeCap, SlotOutOfRange> {
    const beyond = entries.find(([slot]) => !isInside(slot, sizeLog));
    if (beyond !== undefined) {
      return err({ kind: "slot-out-of-range", slot: asU32(beyond[0]), sizeLog });
    }
    const refs = entries.filter(([, content]) => isRef(content)).length;
    return ok(CNodeCap.#make(sizeLog, treeOf(entries), refs));
  }

  static #make(sizeLog: U8, tree: Tree, refs: number): CNodeCap {
    const cnode = new CNodeCap();
    cnode.#sizeLog = sizeLog;
    cnode.#tree = tree;
    cnode.#refs = refs;
    return cnode;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is CNodeCap {
    return typeof value === "object" && value !== null && #tree in value;
  }

  static #slotsRoot(cnode: CNodeCap): Uint8Array {
    return cnode.#tree.root();
  }

  /** Tells the kinds apart. */
  get kind(): "cnode" {
    return "cnode";
  }

  /** The number of slots is 2 to this power. */
  get sizeLog(): U8 {
    return this.#sizeLog;
  }

  /** How many slots there are, in use or not. */
  get capacity(): Usize {
    return asUsize(2 ** this.#sizeLog);
  }

  /** One more than the highest slot in use: the length that is part of the hash. */
  get length(): Usize {
    return asUsize(this.#tree.length);
  }

  /** How many slots hold a handle. */
  get refCount(): Usize {
    return asUsize(this.#refs);
  }

  /**
   * The target in a slot.
   *
   * @param slot Any slot; nothing is in one beyond the end.
   * @returns The target; nothing when the slot is empty or its content missing.
   */
  get(slot: number): CapTarget | undefined {
    const content = this.content(slot);
    return content !== undefined && "target" in content ? content.target : undefined;
  }

  /**
   * What a slot holds, missing content included.
   *
   * @param slot Any slot; nothing is in one beyond the end.
   */
  content(slot: number): SlotContent | undefined {
    const inside = Number.isInteger(slot) && slot >= 0 && slot < MAX_CNODE_SLOTS;
    return inside ? this.#tree.get(slot) : undefined;
  }

  /**
   * The cnode with a slot bound to a target, or empty.
   *
   * @param slot 0 to `capacity - 1`.
   * @param target What to bind it to; nothing empties it.
   * @returns The cnode and what the slot held. Errors: `slot-out-of-range`, `invalid-argument`.
   */
  set(
    slot: number,
    target: CapTarget | undefined,
  ): Result<SlotChange, InvalidArgument | SlotOutOfRange> {
    if (target !== undefined && !isTarget(target)) {
      return invalidArgument("target", "a hash, a CapRef or undefined", target);
    }
    return this.put(slot, target === undefined ? undefined : Object.freeze({ target }));
  }

  /**
   * The cnode with other content in a slot, or none; missing content can be put this way.
   *
   * @param slot 0 to `capacity - 1`.
   * @param content A target or a missing hash; nothing empties the slot.
   * @returns The cnode and what the slot held. Errors: `slot-out-of-range`, `invalid-argument`.
   */
  put(
    slot: number,
    content: SlotContent | undefined,
  ): Result<SlotChange, InvalidArgument | SlotOutOfRange> {
    const index = parseU32(slot, "slot");
    if (!index.ok) return index;
    const next = content === undefined ? ok(undefined) : parseContent(content, "content");
    if (!next.ok) return next;
    if (!isInside(index.value, this.#sizeLog)) {
      return err({ kind: "slot-out-of-range", slot: index.value, sizeLog: this.#sizeLog });
    }
    const before = this.#tree.get(index.value);
    const refs = this.#refs - (isRef(before) ? 1 : 0) + (isRef(next.value) ? 1 : 0);
    const cnode = CNodeCap.#make(this.#sizeLog, this.#tree.set(index.value, next.value), refs);
    const previous = before !== undefined && "target" in before ? before.target : undefined;
    return ok({ cnode, previous });
  }

  /**
   * The cnode with an empty slot, and what it held.
   *
   * @param slot 0 to `capacity - 1`.
   * @returns The cnode and what the slot held. Errors: `slot-out-of-range`, `invalid-argument`.
   */
  take(slot: number): Result<SlotChange, InvalidArgument | SlotOutOfRange> {
    return this.set(slot, undefined);
  }

  /** The slots in use, ascending. */
  entries(): CNodeSlot[] {
    return this.#tree.entries().map(([slot, content]) => ({ slot: asU32(slot), ...content }));
  }
}

function isRef(content: SlotContent | undefined): boolean {
  return content !== undefined && "target" in content && CapRef.is(content.target);
}
