/**
 * The PVM: runs guest programs in isolation, under a gas budget.
 *
 * @module
 */

// Code
export type { Code, JumpTable } from "./code.ts";
export { OPCODES } from "./opcodes.ts";
export type { DialectName, Format, Opcode } from "./opcodes.ts";
// What programs are stored as
export { decodeNatural, encodeNatural } from "./natural.ts";
export type { DecodedNatural } from "./natural.ts";
export { decodeBlob, encodeBlob } from "./blob.ts";
export { decodeStandardProgram, encodeStandardProgram } from "./standard_program.ts";
export type { StandardProgram } from "./standard_program.ts";
export { decodeJamFile, encodeJamFile } from "./jam_file.ts";
export type { JamFile } from "./jam_file.ts";
export { javmCode } from "./javm_code.ts";
export type { MalformedProgram } from "./reader.ts";
export { initialState } from "./initial_state.ts";
export type { InitialState } from "./initial_state.ts";
// Programs and machines
export { GRAY_PAPER, JAVM } from "./dialect.ts";
export type { Dialect } from "./dialect.ts";
export type { GasModel } from "./gas.ts";
export { Program } from "./program.ts";
export type { ProgramOptions } from "./program.ts";
export { Machine } from "./machine.ts";
export type { MachineOptions } from "./machine.ts";
export type {
  Ecall,
  Exit,
  Halt,
  HostCall,
  NoRoomExit,
  OutOfGas,
  PageFaultExit,
  Panic,
  TrapExit,
} from "./exit.ts";
// What the signatures above speak of
export type { InvalidArgument } from "../argument.ts";
export type { U32, U64, Usize } from "../int/mod.ts";
export type { Memory } from "../paged/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
