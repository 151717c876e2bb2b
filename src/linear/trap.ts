/**
 * Why an operation of a guest stopped: one frozen error value for each trap of WebAssembly.
 *
 * @module
 */

/** The trap of one kind: an error value without further data. */
export interface TrapOf<K extends TrapKind> {
  /** Tells this trap from the others. */
  readonly kind: K;
}

/** A trap, told apart by its `kind` (Wasm core 2.0, 4.4). */
export type Trap = { [K in TrapKind]: TrapOf<K> }[TrapKind];

/** The names of the traps. */
export type TrapKind =
  | "out-of-bounds"
  | "division-by-zero"
  | "integer-overflow"
  | "invalid-conversion"
  | "unreachable"
  | "indirect-call-type-mismatch"
  | "table-out-of-bounds"
  | "undefined-element"
  | "fuel-exhausted"
  | "stack-overflow";

function trap<K extends TrapKind>(kind: K): TrapOf<K> {
  return Object.freeze({ kind });
}

/** An access reaches outside the active memory. */
export const OUT_OF_BOUNDS: TrapOf<"out-of-bounds"> = trap("out-of-bounds");
/** An integer division or remainder by zero. */
export const DIVISION_BY_ZERO: TrapOf<"division-by-zero"> = trap("division-by-zero");
/** The result does not fit: the least signed value divided by -1, or a truncation out of range. */
export const INTEGER_OVERFLOW: TrapOf<"integer-overflow"> = trap("integer-overflow");
/** A NaN truncated to an integer. */
export const INVALID_CONVERSION: TrapOf<"invalid-conversion"> = trap("invalid-conversion");
/** The guest executed `unreachable`. */
export const UNREACHABLE: TrapOf<"unreachable"> = trap("unreachable");
/** An indirect call reached a function of another type. */
export const INDIRECT_CALL_TYPE_MISMATCH: TrapOf<"indirect-call-type-mismatch"> = trap(
  "indirect-call-type-mismatch",
);
/** An index reaches outside the active table. */
export const TABLE_OUT_OF_BOUNDS: TrapOf<"table-out-of-bounds"> = trap("table-out-of-bounds");
/** A slot of a table is empty. */
export const UNDEFINED_ELEMENT: TrapOf<"undefined-element"> = trap("undefined-element");
/** The budget for execution is spent. */
export const FUEL_EXHAUSTED: TrapOf<"fuel-exhausted"> = trap("fuel-exhausted");
/** The guest called too deeply. */
export const STACK_OVERFLOW: TrapOf<"stack-overflow"> = trap("stack-overflow");
