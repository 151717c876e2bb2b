/**
 * How much the machines may be that a machine makes.
 *
 * @module
 */

import { LIMIT_BYTES_MAX } from "../../paged/mod.ts";
import { isWhole } from "../whole.ts";

/** How much the machines may be that a machine makes, and how they behave. */
export interface InnerMachinesOptions {
  /** The most machines at a time, 0 to 65,536; 256 when left out. */
  readonly machines?: number | undefined;
  /** The most bytes of all their program blobs, 0 to 2^31 - 2^16; 16 MiB when left out. */
  readonly codeBytes?: number | undefined;
  /** The most bytes of memory mapped in all of them, 0 to 2^31 - 2^16; 64 MiB when left out. */
  readonly mappedBytes?: number | undefined;
  /** What a store to a read-only page gives in them; `"panic"` when left out. */
  readonly readOnlyStore?: "panic" | "page-fault" | undefined;
}

/** The options made complete. */
export interface InnerSettings {
  readonly machines: number;
  readonly codeBytes: number;
  readonly mappedBytes: number;
  readonly readOnlyStore: "panic" | "page-fault";
}

const MACHINES_MAX = 65_536;
const MACHINES = 256;
const CODE_BYTES = 2 ** 24;
/** Less than a memory has by default: a call costs 10 however many pages it maps. */
const MAPPED_BYTES = 2 ** 26;

/** The options made complete; nothing when one of them is impossible. */
export function innerSettings(options: unknown): InnerSettings | undefined {
  if (options !== undefined && (typeof options !== "object" || options === null)) return undefined;
  try {
    const from = options ?? {};
    const machines: unknown = Reflect.get(from, "machines") ?? MACHINES;
    const codeBytes: unknown = Reflect.get(from, "codeBytes") ?? CODE_BYTES;
    const mappedBytes: unknown = Reflect.get(from, "mappedBytes") ?? MAPPED_BYTES;
    const readOnlyStore: unknown = Reflect.get(from, "readOnlyStore") ?? "panic";
    if (readOnlyStore !== "panic" && readOnlyStore !== "page-fault") return undefined;
    return isWhole(machines, 0, MACHINES_MAX) && isWhole(codeBytes, 0, LIMIT_BYTES_MAX) &&
        isWhole(mappedBytes, 0, LIMIT_BYTES_MAX)
      ? { machines, codeBytes, mappedBytes, readOnlyStore }
      : undefined;
  } catch {
    return undefined;
  }
}
