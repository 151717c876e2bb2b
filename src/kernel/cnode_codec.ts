/**
 * How a cnode is written and hashed. It is written as its slots in use; the hash is that of the list
 * of all slots up to the highest in use, with zeros for the empty ones.
 *
 * @module
 */

import { asU8 } from "../int/mod.ts";
import type { U32, U8 } from "../int/mod.ts";
import { err } from "../result.ts";
import type { Result } from "../result.ts";
import { cnodeCapOf, slotsRootOf } from "./cnode_cap.ts";
import type { CNodeCap, SlotContent } from "./cnode_cap.ts";
import type { CapHash } from "./hash.ts";
import { CNODE_SIZE_LOG_MAX } from "./slot.ts";
import { hash32, uint32, uint8 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list } from "./ssz/composite.ts";
import { container, mapped } from "./ssz/container.ts";
import { hashPair, mixIn } from "./ssz/merkle.ts";
import type { Entry } from "./ssz/sparse_tree.ts";

/** A slot in use, as it is written. */
interface SlotRow {
  readonly slot: U32;
  /** 0 for a target, 1 for missing content. */
  readonly missing: U8;
  readonly hash: CapHash;
}

interface CNodeRow {
  readonly sizeLog: U8;
  readonly slots: readonly SlotRow[];
}

const row: Ssz<CNodeRow> = container<CNodeRow>({
  sizeLog: uint8,
  slots: list(container<SlotRow>({ slot: uint32, missing: uint8, hash: hash32 })),
});

function contentOf({ missing, hash }: SlotRow): SlotContent {
  return Object.freeze(missing === 0 ? { target: hash } : { missing: hash });
}

function problemOf({ sizeLog, slots }: CNodeRow): string | undefined {
  if (sizeLog > CNODE_SIZE_LOG_MAX) return `a size of 2^${sizeLog} slots`;
  if (slots.some(({ missing }) => missing > 1)) return "a mark that is neither 0 nor 1";
  const ascend = slots.every(({ slot }, i) => i === 0 || slot > (slots[i - 1]?.slot ?? slot));
  return ascend ? undefined : "slots that do not ascend";
}

function fromRow(cnode: CNodeRow): Result<CNodeCap, string> {
  const problem = problemOf(cnode);
  if (problem !== undefined) return err(problem);
  const entries = cnode.slots.map((slot): Entry<SlotContent> => [slot.slot, contentOf(slot)]);
  const made = cnodeCapOf(cnode.sizeLog, entries);
  return made.ok ? made : err(`slot ${made.error.slot} beyond the end`);
}

function toRow(cnode: CNodeCap): CNodeRow {
  const slots = cnode.entries().map((entry): SlotRow => {
    const hash = "missing" in entry ? entry.missing : entry.target;
    return {
      slot: entry.slot,
      missing: asU8("missing" in entry ? 1 : 0),
      hash: typeof hash === "string" ? hash : "", // a handle is never written
    };
  });
  return { sizeLog: cnode.sizeLog, slots };
}

/** The encoding. */
export const cnodeCapSsz: Ssz<CNodeCap> = mapped(
  row,
  fromRow,
  toRow,
  (cnode) => hashPair(uint8.root(cnode.sizeLog), mixIn(slotsRootOf(cnode), cnode.length)),
);
