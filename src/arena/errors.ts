/**
 * Why an operation of the arena failed: one plain object for each kind. After any of them the arena
 * and its memory are as they were.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";

/** The arena has no room for an allocation. */
export interface ArenaFull {
  /** Tells this error from the others. */
  readonly kind: "arena-full";
  /** The bytes asked for. */
  readonly wantedBytes: number;
  /** The bytes that one allocation can still have. */
  readonly leftBytes: number;
}

/** The arena does not lie in the memory, or beyond what a 32-bit pointer reaches. */
export interface ArenaOutsideMemory {
  /** Tells this error from the others. */
  readonly kind: "arena-outside-memory";
  /** Where the arena was to begin, in bytes. */
  readonly base: number;
  /** The bytes it was to have. */
  readonly capacityBytes: number;
  /** The bytes that the memory has. */
  readonly sizeBytes: number;
}

/** A range of bytes is not wholly inside the memory. */
export interface OutsideMemory {
  /** Tells this error from the others. */
  readonly kind: "outside-memory";
  /** Where the range begins, in bytes. */
  readonly pointer: number;
  /** How many bytes it has. */
  readonly lengthBytes: number;
  /** The bytes that the memory has. */
  readonly sizeBytes: number;
}

/** The engine has no room for the bytes now; a smaller request, or a later one, can succeed. */
export interface ArenaAllocationFailed {
  /** Tells this error from the others. */
  readonly kind: "allocation-failed";
  /** The bytes asked for. */
  readonly bytes: number;
}

/** The memory under the arena did not do what it was asked, although the range lies inside it. */
export interface MemoryFailed {
  /** Tells this error from the others. */
  readonly kind: "memory-failed";
  /** What it was asked. */
  readonly operation: "activeSize" | "read" | "initData" | "fill";
  /** It gave an error, it threw, or it gave something that is no answer. */
  readonly reason: "refused" | "threw" | "no-answer";
  /** The error that it gave when it refused, as it is; else nothing. */
  readonly cause?: unknown;
}

/** The memory under the arena, while it was asked something, called back to change the arena. */
export interface ArenaBusy {
  /** Tells this error from the others. */
  readonly kind: "arena-busy";
}

/** Bytes or text are longer than one string can hold on every engine. */
export interface TooLong {
  /** Tells this error from the others. */
  readonly kind: "too-long";
  /** The bytes given. */
  readonly lengthBytes: number;
  /** The most bytes that are taken. */
  readonly limitBytes: number;
}

/** Bytes are no well-formed UTF-8. */
export interface InvalidUtf8 {
  /** Tells this error from the others. */
  readonly kind: "invalid-utf8";
  /** Where the first ill-formed sequence begins, in bytes from the start. */
  readonly position: number;
}

/** Hexadecimal text does not have two digits for each byte. */
export interface OddLength {
  /** Tells this error from the others. */
  readonly kind: "odd-length";
  /** The length of the text, in UTF-16 code units. */
  readonly lengthCharacters: number;
}

/** A character of hexadecimal text is no digit. */
export interface BadDigit {
  /** Tells this error from the others. */
  readonly kind: "bad-digit";
  /** Where the first such character stands, in UTF-16 code units from the start. */
  readonly position: number;
}

/** The handle is from before a reset: its bytes may belong to another allocation now. */
export interface StaleHandle {
  /** Tells this error from the others. */
  readonly kind: "stale-handle";
  /** How often the arena had been reset when the handle was made. */
  readonly handleGeneration: number;
  /** How often the arena has been reset by now. */
  readonly arenaGeneration: number;
}

/** The value is no handle of this arena. */
export interface UnknownHandle {
  /** Tells this error from the others. */
  readonly kind: "unknown-handle";
}

/** There are more bytes than the allocation of the handle has. */
export interface HandleTooSmall {
  /** Tells this error from the others. */
  readonly kind: "handle-too-small";
  /** The bytes given. */
  readonly wantedBytes: number;
  /** The bytes that the allocation has. */
  readonly handleBytes: number;
}

/** Why bytes could not be read or written. */
export type AccessError = InvalidArgument | OutsideMemory | MemoryFailed | ArenaAllocationFailed;

/** Why the arena could not be changed: by an argument put into it, or by a reset. */
export type ChangeError = InvalidArgument | ArenaBusy | MemoryFailed | ArenaAllocationFailed;

/** Why an arena over a memory could not be made. */
export type ArenaOverError = InvalidArgument | ArenaOutsideMemory | MemoryFailed;
