/**
 * Calls through a table: a calculator whose operations are functions in slots. A slot has a type,
 * and a call of an empty slot, of none, or by another type is a trap and not a mistake.
 *
 * Run it: `deno run examples/dispatch.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { err, ok, type Result } from "@ringfence/core";
import { callIndirect, Module } from "@ringfence/core/linear";
import { i32 } from "@ringfence/core/linear/numeric";

/** Types of functions: what they take from the stack. */
const UNARY = 1;
const BINARY = 2;

type Fault = { readonly kind: string };
type Operation = (a: number, b: number) => Result<number, Fault>;

/** The functions that the table can name. */
const FUNCTIONS: readonly Operation[] = [
  (a, b) => ok((a + b) | 0),
  (a, b) => i32.divS(a, b),
  (a) => i32.clz(a),
];

const made = Module.create({
  ...{ initialPages: 1, maxPages: 1, initialSlots: 4, maxSlots: 16 },
  globals: { top: 0 }, // how many operands lie on the stack, which begins at address 0
});
assert(made.ok);
const { memory, table, globals } = made.value;
assert(
  table.initElements(0, [
    { typeIndex: BINARY, funcIndex: 0 },
    { typeIndex: BINARY, funcIndex: 1 },
    { typeIndex: UNARY, funcIndex: 2 },
    null, // a slot that is kept free
  ]).ok,
);

function push(value: number): Result<void, Fault> {
  const stored = memory.storeI32(4 * globals.top, value);
  if (stored.ok) globals.top++;
  return stored;
}

/** Does the operation of a slot on the top of the stack; a trap leaves the stack as it was. */
function operate(slot: number, type: number): Result<void, Fault> {
  const called = callIndirect(table, slot, type);
  if (!called.ok) return called;
  const [a, b] = [0, 1].map((place) => memory.loadI32(4 * (globals.top - type + place)));
  if (a === undefined || !a.ok) return a ?? err({ kind: "empty" });
  const operation = FUNCTIONS[called.value];
  if (operation === undefined) return err({ kind: "no-function" });
  const result = operation(a.value, type === BINARY && b?.ok ? b.value : 0);
  if (!result.ok) return result;
  globals.top -= type;
  return push(result.value);
}

const kind = (result: Result<unknown, Fault>) => result.ok ? "done" : result.error.kind;

for (const value of [7, 35, 6]) assert(push(value).ok);
assertEquals(kind(operate(1, BINARY)), "done"); // 35 / 6
assertEquals(kind(operate(0, BINARY)), "done"); // 7 + 5
assertEquals(memory.loadI32(0), { ok: true, value: 12 });
assertEquals(kind(operate(2, BINARY)), "indirect-call-type-mismatch");
assertEquals(kind(operate(3, UNARY)), "undefined-element");
assertEquals(kind(operate(4, UNARY)), "table-out-of-bounds");
assertEquals(table.grow(1, { typeIndex: UNARY, funcIndex: 2 }), 4); // a plug-in brings an operation
assertEquals(kind(operate(4, UNARY)), "done"); // 28 zeros in front of 12
assert(push(0).ok);
assertEquals(kind(operate(1, BINARY)), "division-by-zero");
assertEquals([globals.top, memory.loadI32(0)], [2, { ok: true, value: 28 }]); // nothing was taken
console.log("dispatch: every call gave a result or a trap");
