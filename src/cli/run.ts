/**
 * The commands `run` and `trace`.
 *
 * @module
 */

import { asU64 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { GRAY_PAPER, JAVM, Log } from "../pvm/mod.ts";
import type { Call, Exit, HostAnswer, LogRecord, Machine } from "../pvm/mod.ts";
import { type CommandLine, operandOf } from "./command_line.ts";
import { drive } from "./drive.ts";
import { engineNameOf, engineOf } from "./engine.ts";
import type { Io } from "./io.ts";
import { machineFor, type Setting } from "./machine_for.ts";
import { type Problem, usageProblem } from "./problem.ts";
import { type Input, loadInput } from "./program_input.ts";
import { reportOf, textOf } from "./report.ts";
import { changesOf, instructionAt } from "./trace.ts";
import { readChoice, readHex, readRegisters, readU64, readUsize } from "./values.ts";

/** The gas of a run when none is given. */
const GAS_DEFAULT = 1_000_000_000n;
/** The gas of a slice: a tenth of a second or so. */
const SLICE = 10_000_000n;
/** How many milliseconds a run takes before its progress is shown. */
const PATIENCE_MS = 500;
/** The most steps that are traced when no number is given. */
const STEPS_DEFAULT = 1_000;
const LOG_CALL = 100n;

/** The options of the two commands. */
export const RUN_OPTIONS = {
  gas: "value",
  args: "value",
  text: "value",
  dialect: "value",
  "gas-model": "value",
  entry: "value",
  register: "values",
  steps: "value",
  engine: "value",
  log: "flag",
  trace: "flag",
  json: "flag",
} as const;

function argumentsOf(line: CommandLine): Result<Uint8Array, Problem> {
  const [hex, text] = [line.value("args"), line.value("text")];
  if (hex !== undefined && text !== undefined) {
    return usageProblem("--args and --text cannot stand together");
  }
  return hex === undefined ? ok(new TextEncoder().encode(text ?? "")) : readHex("--args", hex);
}

/** The setting that the options ask for; a vector brings its own gas and its gas model. */
function settingOf(line: CommandLine, input: Input): Result<Setting, Problem> {
  const named = readChoice("--dialect", line.value("dialect") ?? "gray-paper", [
    "gray-paper",
    "javm",
  ]);
  if (!named.ok) return named;
  const isVector = input.kind === "vector";
  const usual = isVector ? "block" : named.value === "javm" ? "pipeline" : "instruction";
  const models = ["instruction", "block", "pipeline"] as const;
  const gasModel = readChoice("--gas-model", line.value("gas-model") ?? usual, models);
  if (!gasModel.ok) return gasModel;
  const given = line.value("gas");
  const gas = given === undefined
    ? ok(isVector ? input.vector.gas : asU64(GAS_DEFAULT))
    : readU64("--gas", given);
  if (!gas.ok) return gas;
  const args = argumentsOf(line);
  if (!args.ok) return args;
  const place = line.value("entry");
  const entry = place === undefined ? ok(undefined) : readUsize("--entry", place);
  if (!entry.ok) return entry;
  const registers = readRegisters("--register", line.values("register"));
  if (!registers.ok) return registers;
  const engine = engineNameOf(line);
  if (!engine.ok) return engine;
  return ok({
    dialect: named.value === "javm" ? JAVM : GRAY_PAPER,
    gasModel: gasModel.value,
    gas: gas.value,
    args: args.value,
    entry: entry.value,
    registers: registers.value,
    engine: engineOf(engine.value),
  });
}

function logLine({ level, target, message }: LogRecord): string {
  return `log ${level}${target === "" ? "" : ` ${target}`}: ${message}`;
}

/** What a run is watched with. */
interface Watch {
  readonly io: Io;
  readonly log: string[];
  /** Does the call `log`, when it is asked for; no other call is handled. */
  readonly onCall: (call: Call, machine: Machine) => HostAnswer | undefined;
}

function watchFor(io: Io, wantsLog: boolean): Watch {
  const lines: string[] = [];
  const made = Log.create();
  const onCall = (call: Call, machine: Machine): HostAnswer | undefined => {
    if (!wantsLog || !made.ok || call.kind !== "host-call" || call.id !== LOG_CALL) {
      return undefined;
    }
    const answer = made.value.handler(call, machine);
    for (const record of made.value.take()) lines.push(logLine(record));
    return answer;
  };
  return { io, log: lines, onCall };
}

/** Runs to the end, and shows how far it is where somebody looks. */
function runThrough(machine: Machine, setting: Setting, { io, onCall }: Watch): Exit {
  const start = io.now();
  let shown = false;
  const onSlice = (left: bigint) => {
    const elapsed = io.now() - start;
    if (!io.isTerminal || elapsed < PATIENCE_MS) return;
    const used = Number(setting.gas - left);
    const speed = (used / elapsed / 1000).toFixed(0);
    io.error(`\r${used.toLocaleString("en")} gas, ${speed} million a second `);
    shown = true;
  };
  const slice = setting.gasModel === "instruction" ? SLICE : undefined;
  const exit = drive(machine, { slice, onCall, onSlice });
  if (shown) io.error("\r\u001b[K");
  return exit;
}

/** Runs step by step and prints each; after so many steps it goes on without printing. */
function runTraced(
  machine: Machine,
  { code }: Input,
  steps: number,
  watch: Watch,
  print: (line: string) => void,
): Exit | undefined {
  for (let step = 0; step < steps; step++) {
    const [pc, before] = [machine.pc, machine.registers];
    const exit = machine.step();
    if (exit?.kind === "out-of-gas") return exit;
    const changes = changesOf(before, machine);
    const text = instructionAt(code, pc);
    print(`${`${pc}`.padStart(6)}  ${text.padEnd(36)} gas=${machine.gas} ${changes}`.trimEnd());
    if (exit === undefined) continue;
    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;
    const answer = watch.onCall(exit, machine);
    if (answer === undefined) return exit;
    if (answer.kind !== "continue") return answer;
  }
  return undefined;
}

function stepsOf(line: CommandLine): Result<number, Problem> {
  const given = line.value("steps");
  return given === undefined ? ok(STEPS_DEFAULT) : readUsize("--steps", given);
}

/** Does the command `run`, or `trace`; gives the exit code. */
export function runCommand(line: CommandLine, io: Io, traced: boolean): Result<number, Problem> {
  const file = operandOf(line, "FILE");
  if (!file.ok) return file;
  const steps = stepsOf(line);
  if (!steps.ok) return steps;
  const input = loadInput(file.value, io);
  if (!input.ok) return input;
  const setting = settingOf(line, input.value);
  if (!setting.ok) return setting;
  const made = machineFor(input.value, setting.value);
  if (!made.ok) return made;
  const machine = made.value;
  const watch = watchFor(io, line.has("log"));
  const isJson = line.has("json");
  const print = isJson
    ? (text: string) => io.error(`${text}\n`)
    : (text: string) => io.out(`${text}\n`);
  const start = io.now();
  const early = traced || line.has("trace")
    ? runTraced(machine, input.value, steps.value, watch, print)
    : undefined;
  const exit = early ?? runThrough(machine, setting.value, watch);
  const { form } = input.value;
  const report = reportOf(exit, machine, {
    file: file.value,
    form,
    limit: setting.value.gas,
    milliseconds: io.now() - start,
    log: watch.log,
  });
  for (const each of watch.log) io.error(`${each}\n`);
  io.out(isJson ? `${JSON.stringify(report)}\n` : textOf(report));
  return ok(report.exitCode);
}
