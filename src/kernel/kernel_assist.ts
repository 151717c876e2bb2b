/**
 * What the kernel leaves to its host: meters, quotas, catchers by name, and files.
 *
 * @module
 */

import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";

/**
 * What the kernel leaves to its host. Every method answers at once; what throws, or gives a value of
 * another type, ends the invocation with the error `assist-failed`. Numbers are 0 to 2^64 - 1.
 */
export interface KernelAssist {
  /**
   * The gas in a meter.
   *
   * @param id The meter; 0 when there is none of the id.
   */
  gasMeterGet(id: bigint): bigint;
  /**
   * Puts gas into a meter, which is made when there is none.
   *
   * @param id The meter.
   * @param value The gas in it from now on.
   * @returns The gas in it before.
   */
  gasMeterSet(id: bigint, value: bigint): bigint;
  /**
   * The bytes that are left of a quota.
   *
   * @param id The quota; 0 when there is none of the id.
   */
  storageQuotaGet(id: bigint): bigint;
  /**
   * Sets a quota, which is made when there is none.
   *
   * @param id The quota.
   * @param value The bytes that are left of it from now on.
   * @returns The bytes that were left before.
   */
  storageQuotaSet(id: bigint, value: bigint): bigint;
  /**
   * The markers that a catcher lists, in the order in which they were added (`compat`).
   *
   * @param catcher The hash that names the catcher.
   */
  yieldCatcherMarkers(catcher: CapHash): readonly CapHash[];
  /**
   * Lists a marker, behind the others; one that is listed already stays where it is (`compat`).
   *
   * @param catcher The hash that names the catcher; it is made when there is none.
   * @param marker The marker.
   */
  yieldCatcherAdd(catcher: CapHash, marker: CapHash): void;
  /**
   * Lists a marker no longer (`compat`).
   *
   * @param catcher The hash that names the catcher.
   * @param marker The marker; nothing happens when it is not listed.
   */
  yieldCatcherRemove(catcher: CapHash, marker: CapHash): void;
  /** Makes a catcher that lists nothing, and gives the hash that names it (`compat`). */
  yieldCatcherNew(): CapHash;
  /**
   * What a file holds.
   *
   * @param file The file; nothing when there is none of the number.
   */
  hostOpen(file: bigint): CapTarget | undefined;
  /**
   * Makes a file, and takes its bytes off a quota.
   *
   * @param data What the file holds.
   * @param quota The quota that pays.
   * @param size How many bytes it costs.
   * @returns The file; nothing, and nothing is taken, when less is left of the quota.
   */
  hostSave(data: CapTarget, quota: bigint, size: bigint): bigint | undefined;
}
