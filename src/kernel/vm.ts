/**
 * The `Vm`: invokes Instances of a directory, and goes on with what is paused.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { U64, U8 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { guardAssist } from "./assist_guard.ts";
import type { GuardedAssist } from "./assist_guard.ts";
import { CacheDirectory } from "./cache_directory.ts";
import type { CallResult } from "./call_result.ts";
import type { CallStack } from "./call_stack.ts";
import { CapRef, isTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import { compatState, invokeCompat, resumeCompat, stackView } from "./compat/mod.ts";
import type { CompatState, FrameView } from "./compat/mod.ts";
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { ImageCache } from "./image_cache.ts";
import { InProcessKernelAssist } from "./in_process_assist.ts";
import { InstanceCapV3 } from "./instance_v3.ts";
import type { KernelAssist } from "./kernel_assist.ts";
import { parseList, parseU64, such } from "./parse.ts";
import type { KernelMode } from "./slot_operations.ts";
import { dropV3, invokeV3, resumeV3 } from "./v3/mod.ts";
import type { V3Host } from "./v3/mod.ts";
import type { VmError } from "./vm_error.ts";
import { invokeSettings, resumeSettings, vmSettings } from "./vm_options.ts";
import type { InvokeOptions, ResumeOptions, VmOptions, VmSettings } from "./vm_options.ts";

const ARGS = 4;
const parseArgs = such(parseList(parseU64, ARGS), "4 bigints", ({ length }) => length === ARGS);

/** What a Vm is made of. */
interface Parts {
  readonly settings: VmSettings;
  readonly assist: GuardedAssist;
  readonly kernelAssist: KernelAssist;
  readonly imageCache: ImageCache;
  readonly compat: CompatState;
  /** Whether a call is going on: an assist or a store may call the Vm that called it. */
  busy: boolean;
}

/** What a `Vm` gives: a value, or why it did nothing. */
export type VmResult<T> = Result<T, InvalidArgument | VmError>;

/** The assist as it was given, or one in the process. */
function assistFrom(given: unknown): Result<
  { readonly kernelAssist: KernelAssist; readonly assist: GuardedAssist },
  InvalidArgument
> {
  const kernelAssist = given === undefined ? new InProcessKernelAssist() : given;
  const assist = guardAssist(kernelAssist);
  return assist.ok ? ok({ kernelAssist: assist.value.assist, assist: assist.value }) : assist;
}

/** Invokes Instances: those of a directory that comes with each call. */
export class Vm {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
    Object.freeze(this);
  }

  /**
   * A Vm.
   *
   * @param options The mode, the assist, and limits; everything has a default.
   * @returns The Vm. Errors: `invalid-argument`.
   *
   * @example A program that ends at once
   * ```ts
   * import { CacheDirectory, genesisInstance, ImageSource, publishImageV3, Vm } from "@ringfence/core/kernel";
   * import { assert } from "@std/assert";
   *
   * const directory = new CacheDirectory();
   * const source = ImageSource.create({
   *   code: Uint8Array.of(10, 0), // ecalli 0
   *   packedBitmask: Uint8Array.of(1),
   *   endpoints: [{ index: 0, entryPc: 0n }],
   * });
   * assert(source.ok);
   * const image = publishImageV3(directory, source.value);
   * assert(image.ok);
   * const instance = genesisInstance(directory, image.value);
   * assert(instance.ok);
   * const vm = Vm.create();
   * assert(vm.ok);
   * const result = vm.value.invokeCached(directory, instance.value, 0, [0n, 0n, 0n, 0n], 1000n);
   * assert(result.ok && result.value.kind === "halt");
   * ```
   */
  static create(options?: VmOptions): Result<Vm, InvalidArgument> {
    const settings = vmSettings(options);
    if (!settings.ok) return settings;
    const { imageCacheBytes, maxDepth } = settings.value;
    const assist = assistFrom(settings.value.assist);
    if (!assist.ok) return assist;
    const imageCache = ImageCache.create(
      imageCacheBytes === undefined ? {} : { limitBytes: imageCacheBytes },
    );
    if (!imageCache.ok) return imageCache;
    const compat = compatState(maxDepth);
    if (!compat.ok) return compat;
    return ok(
      new Vm({
        ...assist.value,
        settings: settings.value,
        imageCache: imageCache.value,
        compat: compat.value,
        busy: false,
      }),
    );
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is Vm {
    return typeof value === "object" && value !== null && #parts in value;
  }

  /** The rules that hold. */
  get mode(): KernelMode {
    return this.#parts.settings.mode;
  }

  /** What keeps meters, quotas, catchers and files. */
  get kernelAssist(): KernelAssist {
    return this.#parts.kernelAssist;
  }

  /** The programs of the images that ran. */
  get imageCache(): ImageCache {
    return this.#parts.imageCache;
  }

  /**
   * A copy of the stack. Between calls it is empty in `v3`, and holds in `compat` what is paused.
   */
  get stack(): CallStack<FrameView> {
    return stackView(this.#parts.compat);
  }

  /**
   * Invokes an Instance.
   *
   * @param directory Where the Instance and all that it needs is, and where its next state goes.
   * @param instance The Instance: a hash, or a handle of the directory. Handles are settled first,
   *   and stay so however the call ends.
   * @param endpoint Where it is entered: 0 to 255.
   * @param args What is put into r7 to r10: 4 bigints of 0 to 2^64 - 1.
   * @param gasBudget The gas that it may use: 0 to 2^64 - 1. In `v3` it is put into meter 0.
   * @param options What else it is given (`v3`).
   * @returns How it ended. Errors: those of {@link VmError}, with the stack and the directory as
   *   they were; `invalid-argument`.
   */
  invokeCached(
    directory: CacheDirectory,
    instance: CapTarget,
    endpoint: number,
    args: readonly bigint[],
    gasBudget: bigint,
    options?: InvokeOptions,
  ): VmResult<CallResult> {
    if (!CacheDirectory.is(directory)) return notADirectory(directory);
    if (!isTarget(instance)) return invalidArgument("instance", "a hash or a CapRef", instance);
    if (!U8.is(endpoint)) return invalidArgument("endpoint", "0 to 255", endpoint);
    const registers = parseArgs(args, "args");
    if (!registers.ok) return registers;
    if (!U64.is(gasBudget)) return invalidArgument("gasBudget", "0n to 2n ** 64n - 1n", gasBudget);
    const settings = invokeSettings(options);
    if (!settings.ok) return settings;
    return this.#alone((parts) => {
      if (parts.settings.mode === "v3") {
        const host = v3Host(parts, directory);
        const held = CapRef.is(instance) ? directory.getInstance(instance) : undefined;
        if (held !== undefined && !InstanceCapV3.is(held)) {
          return err({ kind: "instance-not-found", target: instance }); // settling would end it
        }
        const hash = directory.settle(instance);
        if (!hash.ok) return hash;
        return invokeV3(host, hash.value, endpoint, registers.value, gasBudget, settings.value);
      }
      const host = compatHost(parts, directory);
      const entry = { instance, endpoint, args: registers.value, gas: gasBudget };
      return invokeCompat(parts.compat, host, entry);
    });
  }

  /**
   * Goes on with what is paused: in `compat` the yielder on top of the stack, in `v3` the paused
   * Instance of `options.instance`.
   *
   * @param directory The directory of the invocation that paused.
   * @param options What the yielder is given.
   * @returns How it went on. Errors: those of {@link VmError}, with the stack and the directory as
   *   they were; `invalid-argument`.
   */
  callResume(directory: CacheDirectory, options?: ResumeOptions): VmResult<CallResult> {
    if (!CacheDirectory.is(directory)) return notADirectory(directory);
    const settings = resumeSettings(options);
    if (!settings.ok) return settings;
    const { instance } = settings.value;
    return this.#alone((parts) => {
      if (parts.settings.mode === "compat") {
        return resumeCompat(parts.compat, compatHost(parts, directory), settings.value);
      }
      if (instance === undefined) return noInstance(instance);
      return resumeV3(v3Host(parts, directory), instance, settings.value);
    });
  }

  /**
   * Gives up what is paused. In `v3` that is a value, and this only says whether it is one; in
   * `compat` nothing can be given up, as in the original.
   *
   * @param directory The directory of the paused Instance.
   * @param instance The paused Instance (`v3`).
   * @returns Nothing. Errors: `invariant` (`compat`); `instance-not-found`, `not-paused`, those of a
   *   store; `invalid-argument`.
   */
  dropPaused(directory: CacheDirectory, instance?: CapHash): VmResult<undefined> {
    if (!CacheDirectory.is(directory)) return notADirectory(directory);
    if (instance !== undefined && !isCapHash(instance)) return noInstance(instance);
    return this.#alone((parts) => {
      if (parts.settings.mode === "compat") {
        return err({ kind: "invariant", text: "what is paused in compat cannot be dropped" });
      }
      if (instance === undefined) return noInstance(instance);
      return dropV3(v3Host(parts, directory), instance);
    });
  }

  /** Does a call, unless one is going on. */
  #alone<T>(call: (parts: Parts) => VmResult<T>): VmResult<T> {
    const parts = this.#parts;
    if (parts.busy) return err({ kind: "invariant", text: "the Vm is in a call already" });
    parts.busy = true;
    try {
      return call(parts);
    } catch {
      return err({ kind: "no-room" }); // of the engine's stack, or its heap
    } finally {
      parts.busy = false;
    }
  }
}

function notADirectory(value: unknown): Result<never, InvalidArgument> {
  return invalidArgument("directory", "a CacheDirectory", value);
}

function noInstance(value: unknown): Result<never, InvalidArgument> {
  return invalidArgument("instance", "the hash of a paused Instance", value);
}

function compatHost({ settings, assist, imageCache }: Parts, directory: CacheDirectory) {
  return { directory, assist, imageCache, memoryBytes: settings.memoryBytes };
}

function v3Host({ settings, assist, imageCache }: Parts, directory: CacheDirectory): V3Host {
  const { maxDepth, memoryBytes, hostMarkers } = settings;
  return { directory, assist, imageCache, maxDepth, memoryBytes, hostMarkers };
}
