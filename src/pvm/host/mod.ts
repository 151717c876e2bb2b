/**
 * The host's side of a machine: its calls, its invocation with arguments, the machines inside it.
 *
 * @module
 */

export type { Call, Continue, HostAnswer, HostFailed, HostHandler, HostOutcome } from "./answer.ts";
export { charge, gasCall, give, unknownCall } from "./charge.ts";
export { hostCalls } from "./dispatch.ts";
export type { HostCallOptions, HostCalls } from "./dispatch.ts";
export type { InnerMachinesOptions } from "./inner_limits.ts";
export { InnerMachines } from "./inner_machines.ts";
export type { InnerMachine, InnerMachineCalls } from "./inner_machines.ts";
export { invoke, invokeAsync } from "./invoke.ts";
export type { Invocation, InvokeError, InvokeOptions, Returned } from "./invoke.ts";
export { Log } from "./log.ts";
export type { LogOptions, LogRecord } from "./log.ts";
export { HOST_CALL, HOST_RESULT } from "./result.ts";
export { runWithAsyncHost, runWithHost } from "./run.ts";
