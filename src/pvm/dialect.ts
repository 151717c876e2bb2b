/**
 * The dialects of the machine: where the Gray Paper and the JAVM differ, as data.
 *
 * @module
 */

import type { DialectName } from "./opcodes.ts";

/** How a machine differs from the other dialect; nothing else branches on a dialect's name. */
export interface Dialect {
  /** Its name; the opcode table says which opcodes have it. */
  readonly name: DialectName;
  /** The address that a dynamic jump halts at; `undefined` when there is none. */
  readonly haltAddress: number | undefined;
  /** Whether the target of a static jump starts a basic block, wherever it lies. */
  readonly targetsStartBlocks: boolean;
  /** What follows when execution reaches a place without an instruction: a trap there, or at the end. */
  readonly strayTrapsAt: "place" | "end";
  /** Whether a start at a place without an instruction traps, charged, or panics, uncharged. */
  readonly strayStart: "trap" | "panic";
  /** What opcode 0 gives. */
  readonly trapExit: "panic" | "trap";
  /** What opcode 101 does. */
  readonly sbrk: "grow" | "panic";
  /** Whether opcode 180 reads its base before or after it writes its destination. */
  readonly loadImmJumpIndReads: "before" | "after";
  /** Whether the pc of a host call is that of the call or of what follows it. */
  readonly hostCallPc: "call" | "next";
  /** How many bytes from address 0 on panic when they are touched. */
  readonly reservedBytes: number;
  /** Which page a page fault names: that of the first byte that fails, or of the first byte. */
  readonly faultPage: "failing" | "first";
  /** What a store to a read-only page gives, unless the caller chooses. */
  readonly readOnlyStore: "panic" | "page-fault";
}

/** The PVM of the Gray Paper, 0.7.2 and later fixes. */
export const GRAY_PAPER: Dialect = Object.freeze({
  name: "gray-paper",
  haltAddress: 0xffff0000,
  targetsStartBlocks: false,
  strayTrapsAt: "place",
  strayStart: "trap",
  trapExit: "panic",
  sbrk: "grow",
  loadImmJumpIndReads: "before",
  hostCallPc: "call",
  reservedBytes: 0x10000,
  faultPage: "failing",
  readOnlyStore: "panic",
});

/** The machine of the capability kernel. */
export const JAVM: Dialect = Object.freeze({
  name: "javm",
  haltAddress: undefined,
  targetsStartBlocks: true,
  strayTrapsAt: "end",
  strayStart: "panic",
  trapExit: "trap",
  sbrk: "panic",
  loadImmJumpIndReads: "after",
  hostCallPc: "next",
  reservedBytes: 0,
  faultPage: "first",
  readOnlyStore: "page-fault",
});
