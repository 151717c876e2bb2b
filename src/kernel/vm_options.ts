/**
 * The options of a `Vm` and of its calls, read once and without trust.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32, asUsize, Usize } from "../int/mod.ts";
import type { U32, U64 } from "../int/mod.ts";
import { LIMIT_BYTES_DEFAULT, LIMIT_BYTES_MAX } from "../paged/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";
import type { KernelAssist } from "./kernel_assist.ts";
import {
  checked,
  orElse,
  parseHash,
  parseList,
  parseRecord,
  parseU32,
  parseU64,
  such,
} from "./parse.ts";
import type { Parse } from "./parse.ts";
import type { KernelMode } from "./slot_operations.ts";

/** What a `Vm` is made with. Everything has a default. */
export interface VmOptions {
  /** The rules: `v3` unless told, or `compat`, which are those of the original. */
  readonly mode?: KernelMode;
  /** What keeps meters, quotas, catchers and files; one in the process unless told. */
  readonly assist?: KernelAssist;
  /** How many entries the stack may have: 1 to 65,536; 256 unless told. */
  readonly maxDepth?: number;
  /** How many bytes all entries together may map: 0 to 2^31 - 2^16; 512 MiB unless told. */
  readonly memoryBytes?: number;
  /** How large the cache of programs may grow in bytes; as the cache has it unless told. */
  readonly imageCacheBytes?: number;
  /** The markers that the host catches (`v3`); none unless told. */
  readonly hostMarkers?: readonly CapHash[];
}

/** What else an invocation can be given. */
export interface InvokeOptions {
  /** What moves into slot 0 of the Instance (`v3`). */
  readonly slot0?: CapTarget;
  /** What is put into quota 0 first (`v3`): 0 to 2^64 - 1. */
  readonly quota?: bigint;
}

/** What else a resumption can be given. */
export interface ResumeOptions {
  /** What is put into slot 0 of the yielder (`compat`). */
  readonly scratchpad?: CapTarget;
  /** The paused Instance (`v3`, where it has to be told). */
  readonly instance?: CapHash;
  /** What moves into slot 0 of the yielder (`v3`). */
  readonly slot0?: CapTarget;
  /**
   * Gas, 0 to 2^64 - 1: what is put into meter 0 first (`v3`), or what is added to that of the
   * yielder, up to 2^64 - 1 (`compat`).
   */
  readonly gas?: bigint;
  /** What is put into quota 0 first (`v3`): 0 to 2^64 - 1. */
  readonly quota?: bigint;
}

/** Options with the defaults filled in; what has its own checks is still unknown. */
export interface VmSettings {
  readonly mode: KernelMode;
  readonly assist: unknown;
  readonly maxDepth: U32;
  readonly memoryBytes: Usize;
  readonly imageCacheBytes: Usize | undefined;
  readonly hostMarkers: readonly CapHash[];
}

/** How many entries the stack has unless told. */
const MAX_DEPTH_DEFAULT = 256;
const MAX_DEPTH = 65_536;

function isMode(value: unknown): value is KernelMode {
  return value === "compat" || value === "v3";
}

const parseUsize = checked<Usize>("0 to 2^53 - 1", Usize.is);
const parseDepth = such(parseU32, "1 to 65,536", (depth) => depth >= 1 && depth <= MAX_DEPTH);
const parseMemory = such(
  parseUsize,
  "0 to 2^31 - 2^16",
  (bytes) => bytes <= LIMIT_BYTES_MAX,
);

const parseSettings: Parse<VmSettings> = parseRecord<VmSettings>({
  mode: orElse<KernelMode, "v3">(checked<KernelMode>('"compat" or "v3"', isMode), "v3"),
  assist: ok,
  maxDepth: orElse(parseDepth, asU32(MAX_DEPTH_DEFAULT)),
  memoryBytes: orElse(parseMemory, asUsize(LIMIT_BYTES_DEFAULT)),
  imageCacheBytes: orElse(parseUsize, undefined),
  hostMarkers: orElse(parseList(parseHash), Object.freeze([])),
});

/** The settings that options stand for. */
export function vmSettings(options: unknown): Result<VmSettings, InvalidArgument> {
  return parseSettings(options === undefined ? {} : options, "options");
}

/** The options of an invocation, checked. */
export interface InvokeSettings {
  readonly slot0: CapTarget | undefined;
  readonly quota: U64 | undefined;
}

const parseInvoke = parseRecord<InvokeSettings>({
  slot0: orElse(parseTarget, undefined),
  quota: orElse(parseU64, undefined),
});

/** The checked options of an invocation. */
export function invokeSettings(options: unknown): Result<InvokeSettings, InvalidArgument> {
  return parseInvoke(options === undefined ? {} : options, "options");
}

/** The options of a resumption, checked. */
export interface ResumeSettings extends InvokeSettings {
  readonly scratchpad: CapTarget | undefined;
  readonly instance: CapHash | undefined;
  readonly gas: U64 | undefined;
}

const parseResume = parseRecord<ResumeSettings>({
  scratchpad: orElse(parseTarget, undefined),
  instance: orElse(parseHash, undefined),
  slot0: orElse(parseTarget, undefined),
  gas: orElse(parseU64, undefined),
  quota: orElse(parseU64, undefined),
});

/** The checked options of a resumption. */
export function resumeSettings(options: unknown): Result<ResumeSettings, InvalidArgument> {
  return parseResume(options === undefined ? {} : options, "options");
}
