/**
 * The kernel of mode v3: its capabilities as values.
 *
 * A slot holds the capability itself and not its name, so that a copy is a copy.
 *
 * @module
 */

import type { Cap as Plain } from "./kernel_caps.ts";
import type { Value } from "./kernel_ssz.ts";

/** Data: its content as it is encoded. */
export interface Data {
  /** Tells the kinds apart. */
  readonly is: "data";
  /** Inline bytes or pages. */
  readonly content: Value;
}

/** An endpoint of an image. */
export interface Endpoint {
  /** Its number. */
  readonly index: bigint;
  /** Where it enters. */
  readonly pc: bigint;
  /** How many registers carry arguments; the kernel does not look at it. */
  readonly argRegisters: bigint;
  /** The size of an argument cnode; the kernel does not look at it. */
  readonly argCnodeSize: bigint;
  /** The registers. */
  readonly registers: readonly bigint[];
}

/** A mapping of an image. */
export interface Mapping {
  /** The first address. */
  readonly start: bigint;
  /** How many bytes. */
  readonly size: bigint;
  /** The path of its source; none when it is ephemeral. */
  readonly path: readonly number[];
}

/** An image of version 3. */
export interface Image {
  /** Tells the kinds apart. */
  readonly is: "image";
  /** The code. */
  readonly code: readonly bigint[];
  /** Its mask, packed. */
  readonly mask: readonly bigint[];
  /** The targets of dynamic jumps. */
  readonly jumps: readonly bigint[];
  /** The endpoints, ascending. */
  readonly endpoints: readonly Endpoint[];
  /** The mappings. */
  readonly mappings: readonly Mapping[];
  /** The slots of meters. */
  readonly gasSlots: readonly number[];
  /** The slots of quotas. */
  readonly quotaSlots: readonly number[];
  /** What it pins, ascending. */
  readonly pinned: Slots;
  /** The slot of its catcher. */
  readonly catcher: number | undefined;
}

/** Slots in use, ascending. */
export type Slots = readonly (readonly [slot: number, cap: Cap])[];

/** A cnode. */
export interface CNode {
  /** Tells the kinds apart. */
  readonly is: "cnode";
  /** It has 2 to this power slots. */
  readonly sizeLog: number;
  /** Those in use. */
  readonly slots: Slots;
}

/** A type. */
export interface Type {
  /** Tells the kinds apart. */
  readonly is: "type";
  /** The chain that it names. */
  readonly chain: string;
}

/** What goes on needs of a mapping that can be written. */
export interface PausedRegion {
  /** What its source held on entry. */
  readonly source: Cap | undefined;
  /** Data of its bytes. */
  readonly content: Cap;
}

/** What going on needs. */
export interface Pause {
  /** The image that runs. */
  readonly image: Cap;
  /** The registers. */
  readonly registers: readonly bigint[];
  /** Where it goes on. */
  readonly pc: bigint;
  /** The hash of the marker. */
  readonly marker: string;
  /** Whether the kernel raised the yield. */
  readonly raised: boolean;
  /** The path of the callee that it waits for; none when it yielded itself. */
  readonly callee: readonly number[];
  /** The mappings that can be written. */
  readonly regions: readonly PausedRegion[];
}

/** An Instance. */
export interface Instance {
  /** Tells the kinds apart. */
  readonly is: "instance";
  /** Its chain. */
  readonly chain: string;
  /** Its image. */
  readonly image: Cap;
  /** Its root cnode. */
  readonly root: Cap;
  /** What it does. */
  readonly status: "idle" | "faulted" | Pause;
}

/** A capability of the other mode, which is kept as it is. */
export interface Foreign {
  /** Tells the kinds apart. */
  readonly is: "foreign";
  /** It. */
  readonly plain: Plain;
}

/** What is known by its hash alone: the content of a slot, or something that a slot refers to. */
export interface Absent {
  /** Tells the kinds apart. */
  readonly is: "absent";
  /** The hash. */
  readonly hash: string;
  /** Whether the slot itself says so. */
  readonly inSlot: boolean;
}

/** A capability. */
export type Cap = Data | Image | CNode | Type | Instance | Foreign | Absent;
