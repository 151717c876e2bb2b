/**
 * Methods of typed arrays and of maps, and lists that functions make. Nothing changes a map after it
 * was made.
 *
 * @module
 */

import type ts from "typescript";
import { part, readElement } from "./arrays.ts";
import { only } from "./builtins.ts";
import { callFunction } from "./calls.ts";
import { branch, type Context, siteOf } from "./expressions.ts";
import type { Site } from "./numbers.ts";
import * as t from "./term.ts";
import { boolean, number, UNDEFINED } from "./value.ts";
import type { ArrayValue, MapValue, Value } from "./value.ts";

/** The most items of a list that a function makes. */
const ITEMS_MAX = 512;

/** A number or a text that does not depend on the inputs, in words; nothing for other values. */
function keyOf(value: Value): string | undefined {
  if (value.kind === "constant" && typeof value.value === "string") return `"${value.value}"`;
  if (value.kind !== "number" || t.settled(value.minusZero) !== false) return undefined;
  const known = t.known(value.term);
  if (known === undefined) return undefined;
  // 2 / 2 is the key 1.
  let [above, scale] = [known, value.scale];
  for (; scale > 0 && above % 2n === 0n; scale--) above /= 2n;
  return `${above} / 2 ** ${scale}`;
}

/** The map that `new Map` makes of a list of pairs; nothing when it is no such list. */
export function mapOf(site: Site, pairs: Value): MapValue | undefined {
  const entries = new Map<string, Value>();
  for (const pair of only(site, pairs, "list")?.items ?? []) {
    const [key = UNDEFINED, value = UNDEFINED] = only(site, pair, "list")?.items ?? [];
    const text = keyOf(key);
    if (text === undefined) return undefined;
    entries.set(text, value);
  }
  return { kind: "map", entries };
}

/** Calls a method of a map; nothing for one that is not known, or a key that depends on the inputs. */
export function callMap(
  { entries }: MapValue,
  name: string,
  [key = UNDEFINED]: readonly Value[],
): Value | undefined {
  const text = keyOf(key);
  if (text === undefined) return undefined;
  if (name === "has") return boolean(t.truth(entries.has(text)));
  return name === "get" ? entries.get(text) ?? UNDEFINED : undefined;
}

/** `Array.from` of a known length and a function, or of a list; nothing for other values. */
export function listFrom(
  context: Context,
  [source = UNDEFINED, make]: readonly Value[],
  node: ts.Node,
): Value | undefined {
  const items = source.kind === "list" ? source.items : emptyItems(source);
  if (items === undefined || make === undefined) return items && { kind: "list", items };
  const maker = only(siteOf(context, node), make, "function");
  return maker && {
    kind: "list",
    items: items.map((item, place) =>
      callFunction(context, maker, [item, number(t.constant(place))], node)
    ),
  };
}

/** As many items as the field `length` of a record says. */
function emptyItems(source: Value): readonly Value[] | undefined {
  const isLength = source.kind === "record" && source.fields.size === 1;
  const length = isLength ? source.fields.get("length") : undefined;
  const count = length?.kind === "number" && length.scale === 0 ? t.known(length.term) : undefined;
  if (count === undefined || count < 0n || count > ITEMS_MAX) return undefined;
  return Array.from({ length: Number(count) }, () => UNDEFINED);
}

/** Calls a method of a typed array; nothing for one that is not known. */
export function callArray(
  context: Context,
  array: ArrayValue,
  name: string,
  values: readonly Value[],
  node: ts.Node,
): Value | undefined {
  const [first = UNDEFINED, second = UNDEFINED] = values;
  const site = siteOf(context, node);
  if (name === "subarray" || name === "slice") {
    const term = (value: Value, none: t.IntTerm) =>
      value === UNDEFINED ? none : only(site, value, "number")?.term ?? none;
    const from = term(first, t.constant(0));
    return part(site, array, from, term(second, array.length));
  }
  const isReduction = name === "reduceRight" && first.kind === "function" && values.length === 2;
  if (!isReduction) return undefined;
  let sum = second;
  for (let place = array.cells.length - 1; place >= 0; place--) {
    const [before, at] = [sum, t.constant(place)];
    const item = readElement(
      context.state,
      { ...array, length: t.constant(array.cells.length) },
      at,
    );
    sum = branch(
      context,
      t.less(place, array.length),
      (inner) => callFunction(inner, first, [before, item, number(at), array], node),
      () => before,
    );
  }
  return sum;
}
