/**
 * The calls by which a machine makes and runs others (Gray Paper, appendix B.8). The tests are in the
 * order in which the Gray Paper has them: which of several faults a caller sees depends on it.
 *
 * @module
 */

import type { Memory } from "../../paged/mod.ts";
import type { Machine } from "../machine.ts";
import { NO_ROOM, PANIC } from "./answer.ts";
import type { HostAnswer } from "./answer.ts";
import { give } from "./charge.ts";
import { INVOCATION_BYTES, makeInner, runInner } from "./inner_machine.ts";
import type { InnerSlots } from "./inner_slots.ts";
import { HOST_RESULT } from "./result.ts";

const { FULL, HUH, OK, OOB, WHO } = HOST_RESULT;

/** The size of a page in bytes, how many there are, and the first that may be mapped. */
const PAGE_BYTES = 4096;
const PAGES = 2n ** 20n;
const FIRST_PAGE = 16n;

/** A call by which a machine makes or runs others, once it is paid. */
export type InnerCall = (slots: InnerSlots, caller: Machine) => HostAnswer;

/** Copies bytes that can be read to where they can be written. False when the engine has no room. */
function copied(from: Memory, start: bigint, to: Memory, target: bigint, length: bigint): boolean {
  if (length === 0n) return true;
  const bytes = from.read(Number(start), Number(length));
  return bytes.ok && to.write(Number(target), bytes.value).ok;
}

/** `machine`, number 8. */
export function machineCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const [start, length, pc] = [caller.register(7), caller.register(8), caller.register(9)];
  if (!caller.memory.canRead(start, length)) return PANIC;
  if (!slots.hasRoomFor(length)) return give(caller, FULL);
  // An empty range may lie anywhere.
  const blob = caller.memory.read(length === 0n ? 0 : Number(start), Number(length));
  if (!blob.ok) return NO_ROOM;
  const inner = makeInner(blob.value, pc, slots.settings);
  if (inner === "no-room") return NO_ROOM;
  return give(caller, inner === undefined ? HUH : BigInt(slots.add(inner)));
}

/** `peek`, number 9. */
export function peekCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const [target, start] = [caller.register(8), caller.register(9)];
  const length = caller.register(10);
  if (!caller.memory.canWrite(target, length)) return PANIC;
  const inner = slots.at(caller.register(7));
  if (inner === undefined) return give(caller, WHO);
  const { memory } = inner.machine;
  if (!memory.canRead(start, length)) return give(caller, OOB);
  return copied(memory, start, caller.memory, target, length) ? give(caller, OK) : NO_ROOM;
}

/** `poke`, number 10. */
export function pokeCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const [start, target] = [caller.register(8), caller.register(9)];
  const length = caller.register(10);
  if (!caller.memory.canRead(start, length)) return PANIC;
  const inner = slots.at(caller.register(7));
  if (inner === undefined) return give(caller, WHO);
  const { memory } = inner.machine;
  if (!memory.canWrite(target, length)) return give(caller, OOB);
  return copied(caller.memory, start, memory, target, length) ? give(caller, OK) : NO_ROOM;
}

/** `pages`, number 11. */
export function pagesCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const inner = slots.at(caller.register(7));
  if (inner === undefined) return give(caller, WHO);
  const [first, count, kind] = [caller.register(8), caller.register(9), caller.register(10)];
  if (kind > 4n || first < FIRST_PAGE || first + count >= PAGES) return give(caller, HUH);
  const { memory } = inner.machine;
  const [start, size] = [Number(first) * PAGE_BYTES, Number(count) * PAGE_BYTES];
  const access = kind === 1n || kind === 3n ? "read-only" : "read-write";
  if (kind > 2n) {
    // It fails when a page is inaccessible, and only then.
    return give(caller, memory.protectRegion(start, size, access).ok ? OK : HUH);
  }
  if (kind !== 0n && size > 0 && !slots.mayMap(inner, start, size)) return give(caller, FULL);
  const reset = memory.resetRegion(start, size, kind === 0n ? "none" : access);
  return reset.ok ? give(caller, OK) : NO_ROOM;
}

/** `invoke`, number 12. */
export function invokeCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const at = caller.register(8);
  if (!caller.memory.canWrite(at, BigInt(INVOCATION_BYTES))) return PANIC;
  const inner = slots.at(caller.register(7));
  if (inner === undefined) return give(caller, WHO);
  const address = Number(at);
  const invocation = caller.memory.read(address, INVOCATION_BYTES);
  if (!invocation.ok) return NO_ROOM;
  // Writing what is there already finds now the room that the outcome needs afterwards.
  if (!caller.memory.write(address, invocation.value).ok) return NO_ROOM;
  const exit = runInner(inner, invocation.value);
  caller.memory.write(address, invocation.value);
  switch (exit.kind) {
    case "halt":
      return give(caller, 0n);
    case "page-fault":
      caller.setRegister(8, BigInt(exit.address));
      return give(caller, 2n);
    case "host-call":
      caller.setRegister(8, exit.id);
      return give(caller, 3n);
    case "out-of-gas":
      return give(caller, 4n);
    case "no-room":
      return NO_ROOM;
    default: // panic
      return give(caller, 1n);
  }
}

/** `expunge`, number 13. */
export function expungeCall(slots: InnerSlots, caller: Machine): HostAnswer {
  const n = caller.register(7);
  const inner = slots.at(n);
  if (inner === undefined) return give(caller, WHO);
  slots.remove(n);
  return give(caller, inner.pc);
}
