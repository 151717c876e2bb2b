/**
 * The form in which the interpreter runs code: one fixed-size record for each instruction, with
 * every operand resolved to a place in the same array.
 *
 * Immediates are read as registers are, from a place in the array; so an instruction with an
 * immediate needs no code of its own: it becomes the register form of the same operation.
 *
 * @module
 */

/** The number of registers. */
export const REGISTERS = 13;
/** The place of a 64-bit zero, behind the registers. */
export const ZERO: number = 2 * REGISTERS;
/** The place of the first record. */
export const FIRST_RECORD = 32;
/** The length of a record, in words. */
export const RECORD = 8;

// The words of a record.
/** The operation: the number of the opcode that does it with registers. */
export const OPERATION = 0;
/** The place that is written. */
export const D = 1;
/** The place of the first operand, or of the base of an address. */
export const A = 2;
/** The place of the second operand, or of the value that is stored. */
export const B = 3;
/** The immediate operand, 64 bits in two words. */
export const IMMEDIATE = 4;
/** The displacement of an address, or the place of the record that is jumped to. */
export const AUXILIARY = 6;
/** What entering a block here costs. */
export const COST = 7;
