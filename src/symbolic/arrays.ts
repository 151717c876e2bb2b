/**
 * Typed arrays and views: a place for each element, found by an index that is a term.
 *
 * @module
 */

import type { Machine } from "./machine.ts";
import { type Site, truncated } from "./numbers.ts";
import type { Binding, State } from "./state.ts";
import * as t from "./term.ts";
import type { IntTerm } from "./term.ts";
import { bigint, merge, number, UNDEFINED } from "./value.ts";
import type { ArrayValue, ElementType, ListValue, NumberValue, Value } from "./value.ts";

/** The most elements that an array may have. */
export const CELLS_MAX = 512;

/** The element types by the name of the array. */
export const ELEMENTS: Readonly<Record<string, ElementType>> = {
  Int8Array: { name: "Int8Array", bits: 8, signed: true },
  Uint8Array: { name: "Uint8Array", bits: 8, signed: false },
  Int16Array: { name: "Int16Array", bits: 16, signed: true },
  Uint16Array: { name: "Uint16Array", bits: 16, signed: false },
  Int32Array: { name: "Int32Array", bits: 32, signed: true },
  Uint32Array: { name: "Uint32Array", bits: 32, signed: false },
};

/** The integer as an element holds it. */
function element({ bits, signed }: ElementType, term: IntTerm): IntTerm {
  return signed ? t.signed(bits, term) : t.unsigned(bits, term);
}

/** An array of these elements. */
export function arrayOf(
  type: ElementType,
  elements: readonly IntTerm[],
  length: IntTerm = t.constant(elements.length),
  view = false,
): ArrayValue {
  const cells = elements.map((term, place): Binding => ({
    name: `[${place}]`,
    initial: number(element(type, term)),
  }));
  return { kind: "array", element: type, cells, length, view };
}

/** A new array of zeros. */
export function newArray(site: Site, type: ElementType, length: IntTerm, view = false): Value {
  if (length.min < 0n || length.max > BigInt(CELLS_MAX)) {
    site.machine.refuse(site.node, `an array of more than ${CELLS_MAX} elements`);
    return UNDEFINED;
  }
  const zeros = Array.from({ length: Number(length.max) }, () => t.constant(0));
  return arrayOf(type, zeros, length, view);
}

/** The places that an index can name. */
function candidates(index: IntTerm, count: number): readonly number[] {
  const first = index.min < 0n ? 0 : Number(t.known(t.constant(index.min)) ?? 0n);
  const last = index.max < BigInt(count) ? Number(index.max) : count - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
}

/** What an element holds: nothing outside of the array. */
export function readElement(state: State, array: ArrayValue | ListValue, index: IntTerm): Value {
  const items = array.kind === "list" ? array.items : array.cells.map((cell) => state.get(cell));
  const length = array.kind === "list" ? t.constant(items.length) : array.length;
  const inside = t.and(t.atMost(0n, index), t.less(index, length));
  const found = candidates(index, items.length).reduceRight<Value | undefined>(
    (rest, place) => {
      const item = items[place] ?? UNDEFINED;
      return rest === undefined ? item : merge(t.equal(index, place), item, rest);
    },
    undefined,
  );
  return found === undefined ? UNDEFINED : merge(inside, found, UNDEFINED);
}

/** Writes an element; outside of the array nothing happens. */
export function writeElement(
  state: State,
  array: ArrayValue,
  index: IntTerm,
  value: NumberValue,
): void {
  const written = number(element(array.element, truncated(value)));
  for (const place of candidates(index, array.cells.length)) {
    const cell = array.cells[place];
    if (cell === undefined) continue;
    const here = t.and(t.equal(index, place), t.less(place, array.length));
    state.set(cell, merge(here, written, state.get(cell)));
  }
}

/** A method of a view: `getInt32` and its like. */
interface Access {
  readonly writes: boolean;
  readonly big: boolean;
  readonly signed: boolean;
  readonly bytes: number;
}

/** The access that a method of a view is. */
export function accessOf(name: string): Access | undefined {
  const parts = /^(get|set)(Big)?(Int|Uint)(8|16|32|64)$/.exec(name);
  if (parts === null) return undefined;
  const [, way, big, sign, bits] = parts;
  if ((big === undefined) === (bits === "64")) return undefined;
  const bytes = Number(bits) / 8;
  return { writes: way === "set", big: big !== undefined, signed: sign === "Int", bytes };
}

/** Reads a little-endian integer of a view. */
export function readView(site: Site, view: ArrayValue, access: Access, at: IntTerm): Value {
  inBounds(site.machine, site, view, access, at);
  let sum: IntTerm = t.constant(0);
  for (let place = 0; place < access.bytes; place++) {
    const byte = readElement(site.state, view, t.add(at, place));
    const term = byte.kind === "number" ? byte.term : t.constant(0);
    sum = t.add(sum, t.shiftLeft(term, 8 * place));
  }
  const term = access.signed ? t.signed(8 * access.bytes, sum) : sum;
  return access.big ? bigint(term) : number(term);
}

/** Writes a little-endian integer to a view. */
export function writeView(
  site: Site,
  view: ArrayValue,
  access: Access,
  at: IntTerm,
  value: IntTerm,
): void {
  inBounds(site.machine, site, view, access, at);
  for (let place = 0; place < access.bytes; place++) {
    const byte = t.unsigned(8, t.shiftRight(value, 8 * place));
    writeElement(site.state, view, t.add(at, place), number(byte));
  }
}

function inBounds(
  machine: Machine,
  site: Site,
  view: ArrayValue,
  { bytes }: Access,
  at: IntTerm,
): void {
  const fits = t.within(at, 0n, t.subtract(view.length, bytes));
  machine.require(site.state, fits, "an access outside of the view", site.node);
}

/** The elements from one place to another, as an array of their own. */
export function part(site: Site, array: ArrayValue, from: IntTerm, to: IntTerm): Value {
  const inside = t.and(t.atMost(0n, from), t.atMost(from, to), t.atMost(to, array.length));
  site.machine.require(site.state, inside, "a part that is not within the array", site.node);
  const all = { ...array, length: t.constant(array.cells.length) };
  const cells = array.cells.map((_, place): Binding => {
    const found = readElement(site.state, all, t.add(from, place));
    const one = found.kind === "choice"
      ? found.options.find(({ value }) => value.kind === "number")
      : undefined;
    return {
      name: `[${place}]`,
      initial: one?.value ?? (found.kind === "number" ? found : number(t.constant(0))),
    };
  });
  return { ...array, cells, length: t.subtract(to, from), part: true };
}
