/**
 * What the kernel leaves to its host: meters and quotas by id, catchers by name, and files. Tables
 * are lists of rows, the last one of an id counts.
 *
 * @module
 */

/** Hashes bytes to a name: 64 hex digits. */
export type Naming = (bytes: readonly number[]) => string;

/** A row: an id, and what is kept under it. */
export type Row<K, V> = readonly [key: K, value: V];

/** An assist. */
export interface Assist {
  /** The meters: how much gas is left, by id. */
  readonly meters: readonly Row<bigint, bigint>[];
  /** The quotas: how many bytes are left, by id. */
  readonly quotas: readonly Row<bigint, bigint>[];
  /** The catchers: the markers that are listed, by name. */
  readonly catchers: readonly Row<string, readonly string[]>[];
  /** The files: what is kept, by number. */
  readonly files: readonly Row<bigint, string>[];
  /** The number of the next catcher, from 0. */
  readonly nextCatcher: bigint;
  /** The number of the next file, from 1. */
  readonly nextFile: bigint;
}

/** An assist that was never used. */
export const EMPTY_ASSIST: Assist = {
  meters: [],
  quotas: [],
  catchers: [],
  files: [],
  nextCatcher: 0n,
  nextFile: 1n,
};

/** The assist after a call, and what the call gave. */
export interface AssistStep {
  /** The assist afterwards. */
  readonly state: Assist;
  /** What the call gave. */
  readonly outcome: unknown;
}

/** What is kept under an id. */
export function lookUp<K, V>(rows: readonly Row<K, V>[], key: K): V | undefined {
  return rows.findLast(([id]) => id === key)?.[1];
}

/** Sets a meter or a quota, and gives what it was. */
export function setRow(
  assist: Assist,
  table: "meters" | "quotas",
  id: bigint,
  value: bigint,
): AssistStep {
  const rows = assist[table];
  const state = { ...assist, [table]: [...rows, [id, value]] };
  return { state, outcome: lookUp(rows, id) ?? 0n };
}

/** Lists a marker, unless it is listed. */
export function addMarker(assist: Assist, catcher: string, marker: string): AssistStep {
  const before = lookUp(assist.catchers, catcher) ?? [];
  const markers = before.includes(marker) ? before : [...before, marker];
  const state = { ...assist, catchers: [...assist.catchers, [catcher, markers] as const] };
  return { state, outcome: undefined };
}

/** Lists a marker no longer. */
export function removeMarker(assist: Assist, catcher: string, marker: string): AssistStep {
  const markers = (lookUp(assist.catchers, catcher) ?? []).filter((other) => other !== marker);
  const state = { ...assist, catchers: [...assist.catchers, [catcher, markers] as const] };
  return { state, outcome: undefined };
}

/** Makes a catcher: its name is the hash of its number in 8 bytes, the least significant first. */
export function newCatcher(assist: Assist, naming: Naming): AssistStep {
  const number = assist.nextCatcher;
  const bytes = Array.from({ length: 8 }, (_, i) => Number((number / 256n ** BigInt(i)) % 256n));
  const name = naming(bytes);
  const catchers = [...assist.catchers, [name, []] as const];
  return { state: { ...assist, catchers, nextCatcher: number + 1n }, outcome: name };
}

/** Keeps a file; numbers that are given out later are greater. */
export function keepFile(assist: Assist, file: bigint, target: string): AssistStep {
  const nextFile = file >= assist.nextFile ? file + 1n : assist.nextFile;
  const state = { ...assist, nextFile, files: [...assist.files, [file, target] as const] };
  return { state, outcome: { ok: undefined } };
}

/** Makes a file that a quota pays, unless too little is left of it or the numbers are used up. */
export function saveFile(
  assist: Assist,
  target: string,
  quota: bigint,
  size: bigint,
): AssistStep {
  const left = lookUp(assist.quotas, quota) ?? 0n;
  const file = assist.nextFile;
  if (left < size || file >= 2n ** 64n) return { state: assist, outcome: undefined };
  const paid = setRow(assist, "quotas", quota, left - size);
  return { state: keepFile(paid.state, file, target).state, outcome: file };
}

/** Forgets meters, quotas and catchers. */
export function resetBlock(assist: Assist): AssistStep {
  return { state: { ...assist, meters: [], quotas: [], catchers: [] }, outcome: undefined };
}
