/**
 * The reference model of the numeric operations (Wasm core 2.0, 4.3): which arguments each takes,
 * in which order they are refused, and what it gives.
 *
 * An operation on 64-bit integers has a second form on halves: each such argument becomes two, and
 * the result becomes its two halves. The second form is derived here from the first.
 *
 * @module
 */

import * as floats from "./linear_numeric_float.ts";
import type { Float } from "./linear_numeric_float.ts";
import { floorOf, type Outcome, signed, unsigned } from "./linear_numeric_integer.ts";

/** What a parameter takes or an operation gives. */
export type Kind = "i32" | "i64" | "f32" | "f64";

/** What an operation works on: whole numbers (modulo 2^32 or 2^64), and floats. */
export interface Operands {
  /** The whole numbers, in their order. */
  readonly ints: readonly bigint[];
  /** The floats, in their order. */
  readonly floats: readonly Float[];
}

/** An operation. */
export interface Operation {
  /** The parameters: name and kind. */
  readonly takes: readonly (readonly [name: string, kind: Kind])[];
  /** The kind of its result. */
  readonly gives: Kind;
  /** What it does. */
  readonly apply: (operands: Operands) => Outcome<bigint | Float>;
}

/** A 64-bit integer as its two halves, each read as signed. */
export interface Halves {
  /** The low half. */
  readonly lo: number;
  /** The high half. */
  readonly hi: number;
}

/** The whole number that an argument of up to 32 bits stands for; nothing when it is none. */
function int32(argument: unknown): bigint | undefined {
  if (typeof argument !== "number" || !Number.isInteger(argument) || Object.is(argument, -0)) {
    return undefined;
  }
  const i = BigInt(argument);
  return i < -(2n ** 31n) || i >= 2n ** 32n ? undefined : i;
}

/** The whole number that a 64-bit argument stands for; nothing when it is none. */
function int64(argument: unknown): bigint | undefined {
  if (typeof argument !== "bigint") return undefined;
  return argument < -(2n ** 63n) || argument >= 2n ** 64n ? undefined : argument;
}

/** What the arguments stand for, or the name of the first that stands for nothing. */
function read(
  takes: Operation["takes"],
  args: readonly unknown[],
  inHalves: boolean,
): Operands | string {
  const ints: bigint[] = [];
  const values: Float[] = [];
  const rest = [...args];
  for (const [name, kind] of takes) {
    if (kind === "f32" || kind === "f64") {
      const argument = rest.shift();
      if (typeof argument !== "number") return name;
      const exact = floats.ofNumber(argument);
      values.push(kind === "f32" ? floats.round(floats.F32, exact) : exact);
    } else if (kind === "i64" && inHalves) {
      const [lo, hi] = [int32(rest.shift()), int32(rest.shift())];
      if (lo === undefined) return `${name}Lo`;
      if (hi === undefined) return `${name}Hi`;
      ints.push(unsigned(32n, hi) * 2n ** 32n + unsigned(32n, lo));
    } else {
      const argument = rest.shift();
      const i = kind === "i32" ? int32(argument) : int64(argument);
      if (i === undefined) return name;
      ints.push(i);
    }
  }
  return { ints, floats: values };
}

/** The JavaScript value of a result. */
function written(result: bigint | Float, gives: Kind, inHalves: boolean): unknown {
  if (typeof result !== "bigint") {
    return floats.toNumber(floats.round(gives === "f32" ? floats.F32 : floats.F64, result));
  }
  if (gives === "i32") return Number(signed(32n, result));
  if (!inHalves) return signed(64n, result);
  const hi = floorOf(unsigned(64n, result), 2n ** 32n);
  return { lo: Number(signed(32n, result)), hi: Number(signed(32n, hi)) };
}

/** Performs an operation on any arguments at all. */
export function perform(
  operation: Operation,
  args: readonly unknown[],
  inHalves: boolean,
): Outcome<unknown> {
  const operands = read(operation.takes, args, inHalves);
  if (typeof operands === "string") return { invalid: operands };
  const outcome = operation.apply(operands);
  return "ok" in outcome ? { ok: written(outcome.ok, operation.gives, inHalves) } : outcome;
}
