/**
 * The command `kernel run`.
 *
 * @module
 */

import { InProcessKernelAssist, isCapHash, Vm } from "../kernel/mod.ts";
import type {
  CacheDirectory,
  CallResult,
  CapHash,
  CapTarget,
  InvalidArgument,
  VmError,
} from "../kernel/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { CommandLine } from "./command_line.ts";
import { parseExact } from "./exact_json.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { Builder } from "./kernel_build.ts";
import { type Manifest, readManifest } from "./kernel_manifest.ts";
import { type Mistake, mistake } from "./kernel_reader.ts";
import { kernelReportOf, kernelTextOf, refusal } from "./kernel_report.ts";
import { withDirectory } from "./kernel_store.ts";
import { malformed, type Problem, unreadable } from "./problem.ts";
import { readU64 } from "./values.ts";

const GAS = 1_000_000_000n;
const ARGS = 4;

function manifestOf(file: string, io: Io): Result<Manifest, Problem> {
  const bytes = io.read(file);
  if (!bytes.ok) return unreadable(file, bytes.error);
  const value = parseExact(new TextDecoder().decode(bytes.value));
  if (!value.ok) return malformed(`${file}: no JSON: ${value.error.detail}`);
  return placed(file, readManifest(value.value, ""));
}

/** A result whose mistake is told with the file. */
function placed<T>(file: string, result: Result<T, Mistake>): Result<T, Problem> {
  if (result.ok) return result;
  const { path, message, code = EXIT_CODE.malformed } = result.error;
  return err({ code, message: `${file}: ${path === "" ? "" : `${path}: `}${message}` });
}

/** What an invocation is made of. */
interface Plan {
  readonly names: ReadonlyMap<string, CapHash>;
  readonly vm: Vm;
  readonly root: CapHash;
  readonly slot0: CapHash | undefined;
}

function assistOf(manifest: Manifest, builder: Builder): Result<InProcessKernelAssist, Mistake> {
  const assist = new InProcessKernelAssist();
  for (const { number, value } of manifest.meters) assist.gasMeterSet(number, value);
  for (const { number, value } of manifest.quotas) assist.storageQuotaSet(number, value);
  for (const { number, value } of manifest.files) {
    const hash = builder.hashOf(value);
    if (!hash.ok) return hash;
    assist.registerFile(number, hash.value);
  }
  return ok(assist);
}

function vmOf(manifest: Manifest, builder: Builder): Result<Vm, Mistake> {
  const assist = assistOf(manifest, builder);
  if (!assist.ok) return assist;
  const hostMarkers = builder.hashesOf(manifest.hostMarkers);
  if (!hostMarkers.ok) return hostMarkers;
  const { mode, maxDepth, memoryBytes } = manifest;
  const vm = Vm.create({
    mode,
    assist: assist.value,
    hostMarkers: hostMarkers.value,
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  });
  if (vm.ok) return vm;
  const { parameter, expected } = vm.error;
  return mistake(parameter.replace(/^options\.?/, ""), `expected ${expected}`);
}

/** What only one of the modes or kinds of invocation knows. */
function misplaced(
  { mode, resume, slot0, quota, args, hostMarkers }: Manifest,
): Mistake | undefined {
  if (mode === "compat") {
    const given = { resume: resume || undefined, slot0, quota, hostMarkers: hostMarkers[0] };
    const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
    if (name !== undefined) return { path: name, message: "is of mode v3 alone" };
  }
  return resume && args.length > 0
    ? { path: "args", message: "what is resumed takes no arguments" }
    : undefined;
}

function planOf(
  manifest: Manifest,
  file: string,
  directory: CacheDirectory,
  io: Io,
): Result<Plan, Mistake> {
  const odd = misplaced(manifest);
  if (odd !== undefined) return err(odd);
  const builder = Builder.create(manifest, { directory, file, io });
  if (!builder.ok) return builder;
  const names = builder.value.all();
  if (!names.ok) return names;
  const root = builder.value.hashOf(manifest.root);
  if (!root.ok) return root;
  const slot0 = manifest.slot0 === undefined ? ok(undefined) : builder.value.hashOf(manifest.slot0);
  if (!slot0.ok) return slot0;
  const vm = vmOf(manifest, builder.value);
  return vm.ok
    ? ok({ names: names.value, vm: vm.value, root: root.value, slot0: slot0.value })
    : vm;
}

function invoke(
  { vm, root, slot0 }: Plan,
  { resume, endpoint, args, quota }: Manifest,
  gas: bigint,
  directory: CacheDirectory,
): Result<CallResult, VmError | InvalidArgument> {
  const options = {
    ...(slot0 === undefined ? {} : { slot0 }),
    ...(quota === undefined ? {} : { quota }),
  };
  const registers = Array.from({ length: ARGS }, (_, index) => args[index] ?? 0n);
  return resume
    ? vm.callResume(directory, { ...options, instance: root, gas })
    : vm.invokeCached(directory, root, endpoint, registers, gas, options);
}

/** Does the command `kernel run`. */
export function kernelRunCommand(file: string, line: CommandLine, io: Io): Result<number, Problem> {
  const limit = line.value("gas");
  const given = limit === undefined ? ok(undefined) : readU64("--gas", limit);
  if (!given.ok) return given;
  const manifest = manifestOf(file, io);
  if (!manifest.ok) return manifest;
  const gas = given.value ?? manifest.value.gas ?? GAS;
  return withDirectory(line.value("store"), false, io, (directory) => {
    const plan = placed(file, planOf(manifest.value, file, directory, io));
    if (!plan.ok) return plan;
    const result = invoke(plan.value, manifest.value, gas, directory);
    if (!result.ok) return placed(file, err(refusal("root", result.error)));
    const hashOf = (target: CapTarget | undefined): CapHash | null => {
      const hash = target === undefined || isCapHash(target) ? target : directory.settle(target);
      return typeof hash === "object" ? (hash.ok ? hash.value : null) : hash ?? null;
    };
    const { mode } = manifest.value;
    const { names } = plan.value;
    const report = kernelReportOf(result.value, { file, mode, gas, names, hashOf });
    io.out(line.has("json") ? `${JSON.stringify(report)}\n` : kernelTextOf(report));
    return ok(report.exitCode);
  });
}
