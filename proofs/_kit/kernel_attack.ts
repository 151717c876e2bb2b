/** First Instances of small programs of version 3, for attacks on the Vm. */

import type {
  CacheDirectory,
  CallResult,
  ImageSourceOptions,
  Result,
} from "../../src/kernel/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { guest, type Line, REPLY } from "./kernel_guest.ts";

/** What an image has besides its program. */
export type Special = Omit<ImageSourceOptions, "code" | "packedBitmask" | "endpoints">;
/** What is in slots. */
export type Slots = readonly { readonly slot: number; readonly target: string }[];

/** No arguments for a call. */
export const NO_ARGS: readonly bigint[] = [0n, 0n, 0n, 0n];

/** How a call ended. */
export function kindOf(result: Result<CallResult, { readonly kind: string }>): string {
  return result.ok ? result.value.kind : result.error.kind;
}

/** Puts the image of a program that halts at its end. */
export function imageOf(
  face: Face,
  directory: CacheDirectory,
  lines: readonly Line[],
  special: Special = {},
): string {
  const endpoints = [{ index: 0, entryPc: 0n }];
  const options = { ...guest([...lines, REPLY]), endpoints, ...special };
  return valueOf(face.publishImageV3(directory, valueOf(face.ImageSource.create(options))));
}

/** Puts the first Instance of a program that halts at its end. */
export function instanceOf(
  face: Face,
  directory: CacheDirectory,
  lines: readonly Line[],
  special: Special = {},
  slots: Slots = [],
): string {
  return valueOf(face.genesisInstance(directory, imageOf(face, directory, lines, special), slots));
}

/** The Instance that a call left. */
export function leftBy(result: Result<CallResult, unknown>): string | undefined {
  if (!result.ok || result.value.kind === "faulted") return undefined;
  return result.value.kind === "halt"
    ? result.value.postInstanceHash
    : result.value.pausedInstanceHash;
}
