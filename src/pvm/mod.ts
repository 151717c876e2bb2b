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
export { readProgram } from "./program_file.ts";
export type {
  BlobFile,
  MetadataFile,
  ProgramFile,
  StandardFile,
  UnknownProgram,
} from "./program_file.ts";
export { javmCode, packCode } from "./javm_code.ts";
export type { PackedCode } from "./javm_code.ts";
export type { MalformedProgram } from "./reader.ts";
export { initialState } from "./initial_state.ts";
export type { InitialState } from "./initial_state.ts";
// Source text
export { assemble } from "./text/assemble.ts";
export type { AssembledProgram, AssemblyOptions } from "./text/assemble.ts";
export { disassemble } from "./text/disassemble.ts";
export { disassembleProgram } from "./text/disassemble_program.ts";
export type { AssemblyError, AssemblyProblem } from "./text/error.ts";
// Programs and machines
export { GRAY_PAPER, JAVM } from "./dialect.ts";
export type { Dialect } from "./dialect.ts";
export type { GasModel } from "./gas.ts";
export { Program } from "./program.ts";
export type { ProgramOptions } from "./program.ts";
export { Machine } from "./machine.ts";
export type { MachineOptions } from "./machine.ts";
export { runTraced } from "./trace.ts";
export type { HookThrew } from "./trace.ts";
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
// What engines are made of
export { Engine } from "./engine.ts";
export type { EngineInput, RunMachine } from "./engine.ts";
export type { GasTank } from "./gas_tank.ts";
export type { Mode } from "./interpreter.ts";
export type { Layout } from "./layout.ts";
export type { Prepared } from "./program.ts";
export * as RECORDS from "./record.ts";
export type { MachineState, RegisterFile } from "./state.ts";
// The host's side
export {
  charge,
  gasCall,
  give,
  HOST_CALL,
  HOST_RESULT,
  hostCalls,
  InnerMachines,
  invoke,
  invokeAsync,
  Log,
  runWithAsyncHost,
  runWithHost,
  unknownCall,
} from "./host/mod.ts";
export type {
  Call,
  Continue,
  HostAnswer,
  HostCallOptions,
  HostCalls,
  HostFailed,
  HostHandler,
  HostOutcome,
  InnerMachine,
  InnerMachineCalls,
  InnerMachinesOptions,
  Invocation,
  InvokeError,
  InvokeOptions,
  LogOptions,
  LogRecord,
  Returned,
} from "./host/mod.ts";
// What the signatures above speak of
export type { InvalidArgument } from "../argument.ts";
export type { U32, U64, Usize } from "../int/mod.ts";
export type { Memory } from "../paged/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
