/**
 * Bytes between the kernel and the memory of a program, as the program itself could read and write
 * them.
 *
 * @module
 */

import { ok } from "../../result.ts";
import type { Memory } from "../../paged/mod.ts";
import { FAILED, failure } from "./stop.ts";
import type { Checked } from "./stop.ts";

/** The address that a register stands for: its low half. */
export function addressOf(register: bigint): number {
  return Number(register & 0xffff_ffffn);
}

/** Some bytes of a program: all of them or a failed check. */
export function readMemory(
  memory: Memory,
  address: bigint,
  length: number,
): Checked<Uint8Array<ArrayBuffer>> {
  const read = memory.read(addressOf(address), length);
  if (read.ok) return read;
  return read.error.kind === "no-room" ? failure({ kind: "no-room" }) : FAILED;
}

/** A register that is a number up to some limit. */
export function numberUpTo(register: bigint, limit: number): Checked<number> {
  return register <= BigInt(limit) ? ok(Number(register)) : FAILED;
}
