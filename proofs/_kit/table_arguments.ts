/** The arguments that the proofs of tables try. */

import { domain, hostileValues } from "../../src/proof/mod.ts";
import type { Domain, Hostile } from "../../src/proof/mod.ts";
import { type Digits, slotOfDigit } from "./tables.ts";

/** An argument, made afresh for each side. */
export type Argument = Hostile;

/** An argument that is a plain value. */
export function plainArgument(value: number): Argument {
  return { code: Object.is(value, -0) ? "-0" : `${value}`, make: () => value };
}

/** Arguments that are these numbers. */
export function numbers(values: Domain<number>): Domain<Argument> {
  return domain.map(values, plainArgument);
}

/** Numbers far outside of every table, at the places where arithmetic of some width wraps. */
export const far: Domain<Argument> = domain.named(
  "far numbers",
  numbers(domain.of(
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 32 + 1,
    2 ** 53 - 1,
    2 ** 53 - 2,
    -(2 ** 31),
    -(2 ** 32) + 1,
    10_000_000,
    10_000_001,
  )),
);

/** Every argument that could be taken for an index of a table of up to `size` slots. */
export function indices(size: number): Domain<Argument> {
  return domain.named(
    `0..${size + 1}, far numbers, hostile values`,
    domain.union(numbers(domain.range(0, size + 1)), far, hostileValues),
  );
}

/** Numbers within and just beyond a table of `size` slots. */
export function near(size: number): Domain<Argument> {
  return numbers(domain.range(0, size + 1));
}

/** The operands of a move of slots. */
export interface Run {
  readonly dst: Argument;
  readonly src: Argument;
  readonly len: Argument;
}

/** Runs to move: every near one, those with one operand far or hostile, those with all far. */
export function runs(size: number): Domain<Run> {
  const small = near(size);
  const any = indices(size);
  const few = numbers(domain.of(0, 1, size));
  return domain.named(
    `dst, src and len 0..${size + 1}, one of them or all far, one of them hostile`,
    domain.union<Run>(
      domain.product({ dst: small, src: small, len: small }),
      domain.product({ dst: any, src: few, len: few }),
      domain.product({ dst: few, src: any, len: few }),
      domain.product({ dst: few, src: few, len: any }),
      domain.product({ dst: far, src: far, len: far }),
    ),
  );
}

function entryArgument(typeIndex: number, funcIndex: number): Argument {
  return {
    code: `{ typeIndex: ${typeIndex}, funcIndex: ${funcIndex} }`,
    make: () => ({ typeIndex, funcIndex }),
  };
}

/** Arguments for an entry: the slots that these digits stand for. */
export function slotArguments(...digits: Digits): Domain<Argument> {
  return domain.of(...digits.map((digit) => ({
    code: `slotOfDigit(${digit})`,
    make: () => slotOfDigit(digit),
  })));
}

/** Numbers on both sides of the ends of 32 bits. */
export const edges: Domain<number> = domain.of(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1);

/** Arguments for an entry: valid ones, ones just out of range, and hostile values. */
export const entries: Domain<Argument> = domain.named(
  "entries within and without 32 bits, hostile values",
  domain.union(
    domain.of(
      entryArgument(1, 11),
      entryArgument(0, 2 ** 32 - 1),
      entryArgument(2 ** 32 - 1, 0),
      entryArgument(2 ** 32, 0),
      entryArgument(0, 2 ** 32),
      entryArgument(-1, 0),
      entryArgument(0, -1),
      entryArgument(-0, 0),
      entryArgument(0, 0.5),
      entryArgument(NaN, 0),
    ),
    hostileValues,
  ),
);

/** An array that answers what `get` says when an item or its length is read. */
export function proxied(items: readonly unknown[], get: (key: PropertyKey) => unknown): unknown {
  return new Proxy([...items], {
    get: (target, key) => get(key) ?? Reflect.get(target, key),
  });
}

function throws(): never {
  throw new Error("hostile");
}

const one = slotOfDigit(1);

/** Arguments for a list of entries: arrays of all kinds, proxies of arrays, hostile values. */
export const lists: Domain<Argument> = domain.named(
  "arrays, arrays that lie, hostile values",
  domain.union<Argument>(
    domain.of<Argument>(
      { code: "[one]", make: () => [one] },
      { code: "[one, null]", make: () => [one, null] },
      { code: "[one, undefined]", make: () => [one, undefined] },
      { code: "[one, , one]", make: () => Object.assign([one], { 2: one }) },
      { code: "new Array(2 ** 32 - 1)", make: () => new Array(2 ** 32 - 1) },
      {
        code: "[one] with an iterator that throws",
        make: () => Object.assign([one], { [Symbol.iterator]: throws }),
      },
      {
        code: "[{ get typeIndex() { throw 1; } }]",
        make: () => [Object.defineProperty({}, "typeIndex", { get: throws })],
      },
      {
        code: "an array whose first item throws",
        make: () => Object.defineProperty([], 0, { get: throws }),
      },
      { code: "a class of its own", make: () => (class extends Array<unknown> {}).of(one, null) },
      { code: "new Proxy([one], {})", make: () => new Proxy([one], {}) },
      {
        code: "an array of length -1",
        make: () => proxied([one], (key) => (key === "length" ? -1 : undefined)),
      },
      {
        code: "an array of length 0.5",
        make: () => proxied([one], (key) => (key === "length" ? 0.5 : undefined)),
      },
      {
        code: 'an array of length "1"',
        make: () => proxied([one], (key) => (key === "length" ? "1" : undefined)),
      },
      {
        code: "an array of length 2 ** 53",
        make: () => proxied([one], (key) => (key === "length" ? 2 ** 53 : undefined)),
      },
      {
        code: "an array of length 3 with one item",
        make: () => proxied([one], (key) => (key === "length" ? 3 : undefined)),
      },
      {
        code: "an array whose length throws",
        make: () => proxied([one], (key) => (key === "length" ? throws() : undefined)),
      },
      {
        code: "an array whose items throw",
        make: () => proxied([one], (key) => (key === "length" ? undefined : throws())),
      },
    ),
    hostileValues,
  ),
);
