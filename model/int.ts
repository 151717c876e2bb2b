/**
 * Sized integers: what is a value of each type, and arithmetic that checks, wraps or saturates.
 *
 * Wasm core 2.0, 2.2.2 (ranges) and 4.3.2 (integer operations). Everything is computed on exact
 * integers (bigint) and only then brought into the range.
 *
 * @module
 */

/** A range of integers and how its values are written: as a number or as a bigint. */
export interface IntType {
  /** The name of the type. */
  readonly name: string;
  /** Its least value. */
  readonly min: bigint;
  /** Its greatest value. */
  readonly max: bigint;
  /** How its values are written. */
  readonly form: "number" | "bigint";
}

/** The name of a type. */
export type IntName = "U8" | "U16" | "U32" | "I32" | "U64" | "I64" | "Usize";

/** The seven types. */
export const INT_TYPES: Readonly<Record<IntName, IntType>> = {
  U8: { name: "U8", min: 0n, max: 2n ** 8n - 1n, form: "number" },
  U16: { name: "U16", min: 0n, max: 2n ** 16n - 1n, form: "number" },
  U32: { name: "U32", min: 0n, max: 2n ** 32n - 1n, form: "number" },
  I32: { name: "I32", min: -(2n ** 31n), max: 2n ** 31n - 1n, form: "number" },
  U64: { name: "U64", min: 0n, max: 2n ** 64n - 1n, form: "bigint" },
  I64: { name: "I64", min: -(2n ** 63n), max: 2n ** 63n - 1n, form: "bigint" },
  Usize: { name: "Usize", min: 0n, max: 2n ** 53n - 1n, form: "number" },
};

/** The arithmetic operations. */
export const OPERATIONS = {
  Add: (a: bigint, b: bigint): bigint => a + b,
  Sub: (a: bigint, b: bigint): bigint => a - b,
  Mul: (a: bigint, b: bigint): bigint => a * b,
} as const;

/** The name of an arithmetic operation. */
export type Operation = keyof typeof OPERATIONS;

/** The name of a way to treat a result beyond the range. */
export type Policy = "checked" | "wrapping" | "saturating";

/** How an operation ended. */
export type IntOutcome = { readonly ok: number | bigint } | { readonly err: string };

/** The integer written in the type's form. */
function written(type: IntType, integer: bigint): number | bigint {
  return type.form === "bigint" ? integer : Number(integer);
}

/** The one number of the type's range that is congruent to `integer` modulo its size. */
function reduced(type: IntType, integer: bigint): bigint {
  const size = type.max - type.min + 1n;
  const offset = (integer - type.min) % size;
  return type.min + (offset < 0n ? offset + size : offset);
}

/** The number of the type's range that is nearest to `integer`. */
function clamped(type: IntType, integer: bigint): bigint {
  if (integer < type.min) return type.min;
  return integer > type.max ? type.max : integer;
}

/** The integer that a value of the right form denotes exactly; nothing for anything else. */
function denoted(type: IntType, value: unknown): bigint | undefined {
  if (typeof value === "bigint") return type.form === "bigint" ? value : undefined;
  if (typeof value !== "number" || type.form === "bigint") return undefined;
  return Number.isInteger(value) && !Object.is(value, -0) ? BigInt(value) : undefined;
}

/** Whether the value is one of the type. */
export function isOf(type: IntType, value: unknown): boolean {
  const integer = denoted(type, value);
  return integer !== undefined && integer >= type.min && integer <= type.max;
}

/** The value itself, or that it is out of range. */
export function convert(type: IntType, value: unknown): IntOutcome {
  const integer = denoted(type, value);
  return integer !== undefined && isOf(type, value)
    ? { ok: written(type, integer) }
    : { err: "out-of-range" };
}

/** The integer nearest to zero's side of a number or bigint; zero for what denotes no integer. */
function truncated(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

/** The value of the type that any value at all wraps to. */
export function wrap(type: IntType, value: unknown): number | bigint {
  return written(type, reduced(type, truncated(value)));
}

/** Applies an operation under a policy. Where nothing is checked, the operands are wrapped first. */
export function apply(
  type: IntType,
  policy: Policy,
  operation: Operation,
  a: unknown,
  b: unknown,
): IntOutcome {
  const exact = OPERATIONS[operation];
  if (policy === "checked") {
    const left = denoted(type, a);
    const right = denoted(type, b);
    if (left === undefined || !isOf(type, a)) return { err: "invalid a" };
    if (right === undefined || !isOf(type, b)) return { err: "invalid b" };
    const result = exact(left, right);
    return result >= type.min && result <= type.max
      ? { ok: written(type, result) }
      : { err: "overflow" };
  }
  const result = exact(reduced(type, truncated(a)), reduced(type, truncated(b)));
  const bring = policy === "wrapping" ? reduced : clamped;
  return { ok: written(type, bring(type, result)) };
}
