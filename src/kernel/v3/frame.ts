/**
 * What the stack holds of an Instance that was called: where it is, and what it would be if it ended
 * now.
 *
 * @module
 */

import type { Machine } from "../../pvm/mod.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import type { DataCap } from "../data_cap.ts";
import type { CapHash } from "../hash.ts";
import type { RunningImage } from "./image.ts";

/** The steps to a slot, from the root cnode on. */
export type Path = readonly number[];

/** Memory that can be written, and the slot that it comes from. */
export interface Region {
  readonly start: number;
  readonly bytes: number;
  /** No step: it comes from nowhere, and is dropped at the end. */
  readonly path: Path;
  /** What the slot held on entry. */
  readonly source: CapTarget | undefined;
  /** What it showed at first: pages that are still so need not be hashed anew. */
  readonly shown: DataCap | undefined;
}

/** A yield that was caught, or that the host gets. */
export interface Yielded {
  readonly yielder: Frame;
  readonly marker: CapHash;
  /** Whether the kernel raised it. */
  readonly raised: boolean;
}

/** A call that did not end. */
export interface Outstanding {
  /** The slot of the callee, which is in flight. */
  readonly path: Path;
  readonly callee: Frame;
  /** The yield out of it that the caller handles; none while the caller waits. */
  handles: Yielded | undefined;
}

/** An Instance on the stack. */
export interface Frame {
  /** Who called it; nobody but the host without one. */
  readonly caller: Frame | undefined;
  /** The position of its entry. */
  readonly base: number;
  /** The image whose code runs. */
  readonly image: RunningImage;
  readonly machine: Machine;
  readonly regions: readonly Region[];
  /** Its root cnode as it is now. */
  cnode: CNodeCap;
  /** The chain and the image as they are now, and what that image pins. */
  chain: CapHash;
  imageHash: CapHash;
  pinned: ReadonlySet<number>;
  /** Its calls that did not end, the last one last. */
  readonly outstanding: Outstanding[];
}

/** Whether one path leads to the slot of another, or through it. */
export function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

/** Whether two paths have the same steps. */
export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && startsWith(one, other);
}
