/**
 * The guest of the demo, written by hand until there are compiled ones: a linked list of words and a
 * string that grows, both in guest memory, as functions that are called through a table.
 */

import { err, ok, type Result } from "@ringfence/core";
import { Arena } from "@ringfence/core/arena";
import { callIndirect, Module } from "@ringfence/core/linear";

/** Why a guest function gave no value. Every kind of the library fits. */
export interface Fault {
  readonly kind: string;
}

/** The global variables of the guest. */
interface Globals {
  /** The first node of the list; 0 when it is empty. */
  head: number;
}

/** A guest: its module, and the heap in the module's memory. */
export interface Guest {
  readonly module: Module<Globals>;
  readonly heap: Arena;
}

/** A function of the guest, which takes and gives a 32-bit integer. */
type GuestFunction = (guest: Guest, argument: number) => Result<number, Fault>;

/** A node: the next one, then where its word is and how long it is; each a 32-bit integer. */
const NODE_BYTES = 12;
const NEXT = 0;
const POINTER = 4;
const LENGTH = 8;

/** The heap begins after the first 4 KiB, which stand for the guest's own data. */
const HEAP = { base: 4_096, capacityBytes: 61_440 };

/** Types of functions, as a module declares them. */
export const UNARY_TYPE = 0;
export const OTHER_TYPE = 1;

/** Slots of the table. */
export const SLOTS = { count: 0, longest: 1, join: 2, retired: 3 } as const;

function alloc(guest: Guest, bytes: number): Result<number, Fault> {
  const pointer = guest.heap.alloc(bytes);
  return pointer === 0 ? err({ kind: "arena-full" }) : ok(pointer);
}

/** Puts a word in front of the list. */
export function push(guest: Guest, word: string): Result<number, Fault> {
  const { memory, globals } = guest.module;
  const text = guest.heap.hostArgStr(word);
  if (!text.ok) return text;
  const node = alloc(guest, NODE_BYTES);
  if (!node.ok) return node;
  const fields = [[NEXT, globals.head], [POINTER, text.value.ptr], [
    LENGTH,
    text.value.len,
  ]] as const;
  for (const [offset, value] of fields) {
    const stored = memory.storeI32(node.value + offset, value);
    if (!stored.ok) return stored;
  }
  globals.head = node.value;
  return node;
}

/** Goes through the list, and takes each word's place together with what was found so far. */
function fold(
  guest: Guest,
  start: number,
  step: (found: number, pointer: number, length: number) => Result<number, Fault>,
): Result<number, Fault> {
  const { memory, globals } = guest.module;
  let found = start;
  for (let node = globals.head; node !== 0;) {
    const [next, pointer, length] = [
      memory.loadI32(node + NEXT),
      memory.loadI32(node + POINTER),
      memory.loadI32(node + LENGTH),
    ];
    if (!next.ok) return next;
    if (!pointer.ok) return pointer;
    if (!length.ok) return length;
    const result = step(found, pointer.value, length.value);
    if (!result.ok) return result;
    found = result.value;
    node = next.value;
  }
  return ok(found);
}

const count: GuestFunction = (guest) => fold(guest, 0, (found) => ok(found + 1));

const longest: GuestFunction = (guest) =>
  fold(guest, 0, (found, _pointer, length) => ok(Math.max(found, length)));

/** Joins the words with a separator byte into a string that doubles its room whenever it is full. */
const join: GuestFunction = (guest, separator) => {
  const { memory } = guest.module;
  let room = 8;
  const first = alloc(guest, room + 4);
  if (!first.ok) return first;
  let string = first.value; // its length, then its bytes
  const length = fold(guest, 0, (used, pointer, bytes) => {
    while (used + bytes + 1 > room) {
      const larger = alloc(guest, room * 2 + 4);
      if (!larger.ok) return larger;
      const moved = memory.copy(larger.value + 4, string + 4, used);
      if (!moved.ok) return moved;
      string = larger.value;
      room *= 2;
    }
    const copied = memory.copy(string + 4 + used, pointer, bytes);
    if (!copied.ok) return copied;
    const stored = memory.storeU8(string + 4 + used + bytes, separator);
    return stored.ok ? ok(used + bytes + 1) : stored;
  });
  if (!length.ok) return length;
  const stored = memory.storeI32(string, Math.max(0, length.value - 1));
  return stored.ok ? ok(string) : stored;
};

const FUNCTIONS: readonly GuestFunction[] = [count, longest, join];

/** Makes the guest: a module with one page, a heap in it, and a table of its functions. */
export function makeGuest(): Result<Guest, Fault> {
  const limits = { initialPages: 1, maxPages: 1, initialSlots: 4, maxSlots: 4 };
  const globals: Globals = { head: 0 };
  const module = Module.create({ ...limits, globals });
  if (!module.ok) return module;
  const heap = Arena.over(module.value.memory, HEAP);
  if (!heap.ok) return heap;
  for (const funcIndex of FUNCTIONS.keys()) {
    const set = module.value.table.set(funcIndex, { typeIndex: UNARY_TYPE, funcIndex });
    if (!set.ok) return set;
  }
  return ok({ module: module.value, heap: heap.value });
}

/** Calls a function of the guest through its table, as `call_indirect` does. */
export function call(
  guest: Guest,
  slot: number,
  argument: number,
  type: number = UNARY_TYPE,
): Result<number, Fault> {
  const index = callIndirect(guest.module.table, slot, type);
  if (!index.ok) return index;
  const body = FUNCTIONS[index.value];
  return body === undefined ? err({ kind: "undefined-element" }) : body(guest, argument);
}
