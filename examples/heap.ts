/**
 * A host and a guest of its own making: it gives the guest some words, calls the guest's functions
 * through its table, and sees a broken guest end in a value.
 */

import type { Result } from "@ringfence/core";
import { call, type Fault, type Guest, makeGuest, OTHER_TYPE, push, SLOTS } from "./word_list.ts";

const WORDS = ["memory", "table", "module", "arena", "Grüße", "ringfence", "🦎"];
const COMMA = 0x2c;

/** Prints a result, and says whether it is the expected one. */
type Show = (what: string, actual: unknown, expected: unknown) => void;

/** A result in short: its value, or the kind of its error. */
function brief(result: Result<unknown, Fault>): unknown {
  return result.ok ? result.value : result.error.kind;
}

/** The string that a guest function gave: its length, then its bytes. */
function stringAt(guest: Guest, pointer: Result<number, Fault>): unknown {
  if (!pointer.ok) return brief(pointer);
  const length = guest.module.memory.loadI32(pointer.value);
  return brief(length.ok ? guest.heap.readString(pointer.value + 4, length.value) : length);
}

function useWords(guest: Guest, show: Show): void {
  console.log("A list of words on the guest's heap, through its table:");
  for (const word of WORDS) {
    const node = push(guest, word);
    if (!node.ok) show(`push "${word}"`, brief(node), "a node");
  }
  const encoder = new TextEncoder();
  const sizes = WORDS.map((word) => encoder.encode(word).length);
  show("  count()", brief(call(guest, SLOTS.count, 0)), WORDS.length);
  show("  longest(), in bytes", brief(call(guest, SLOTS.longest, 0)), Math.max(...sizes));
  const joined = stringAt(guest, call(guest, SLOTS.join, COMMA));
  show("  join(','), a string that grew in the arena", joined, WORDS.toReversed().join(","));
  console.log(`  the heap has ${guest.heap.leftBytes} bytes left\n`);
}

function breakRules(guest: Guest, show: Show): void {
  const { memory, globals } = guest.module;
  console.log("What would be an exception or worse elsewhere is a value here:");
  show("  an empty slot", brief(call(guest, SLOTS.retired, 0)), "undefined-element");
  show("  a slot beyond the table", brief(call(guest, 4_000, 0)), "table-out-of-bounds");
  show(
    "  a function of another type",
    brief(call(guest, SLOTS.count, 0, OTHER_TYPE)),
    "indirect-call-type-mismatch",
  );
  show("  more memory than the module may have", Number(memory.grow(1)), -1);
  show("  a heap that is full", Number(guest.heap.alloc(1 << 20)), 0);
  const head = globals.head;
  const before = memory.loadI32(head);
  memory.storeI32(head, 0x7fff_0000); // the guest follows a pointer that was overwritten
  show(
    "  a list that leads out of the memory",
    brief(call(guest, SLOTS.count, 0)),
    "out-of-bounds",
  );
  if (before.ok) memory.storeI32(head, before.value);
  show("  and the guest goes on: count()", brief(call(guest, SLOTS.count, 0)), WORDS.length);
}

/** Shows it all; gives how many results are not what they have to be. */
export function showHeap(): number {
  let wrong = 0;
  const show: Show = (what, actual, expected) => {
    const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (is !== shouldBe) wrong++;
    const verdict = is === shouldBe ? "" : `   WRONG: expected ${shouldBe}`;
    console.log(`${what.padEnd(44)} ${is}${verdict}`);
  };
  const guest = makeGuest();
  if (guest.ok) {
    useWords(guest.value, show);
    breakRules(guest.value, show);
  } else show("makeGuest()", brief(guest), "a guest");
  return wrong;
}
