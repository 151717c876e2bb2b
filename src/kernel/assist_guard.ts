/**
 * A host's assist behind a guard: whatever it throws or gives, the kernel gets a value of the type
 * or an error.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { describe } from "../describe.ts";
import type { U64 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Err, Result } from "../result.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";
import type { KernelAssist } from "./kernel_assist.ts";
import { orElse, parseHash, parseList, parseU64 } from "./parse.ts";
import type { Parse } from "./parse.ts";
import type { AssistFailed } from "./vm_error.ts";

const METHODS = [
  "gasMeterGet",
  "gasMeterSet",
  "storageQuotaGet",
  "storageQuotaSet",
  "yieldCatcherMarkers",
  "yieldCatcherAdd",
  "yieldCatcherRemove",
  "yieldCatcherNew",
  "hostOpen",
  "hostSave",
] as const;

type Method = typeof METHODS[number];
type Functions = ReadonlyMap<Method, CallableFunction>;

const parseHashes = parseList(parseHash);
const parseMaybeTarget = orElse(parseTarget, undefined);
const parseMaybeU64 = orElse(parseU64, undefined);
const parseNothing: Parse<undefined> = () => ok(undefined);

function isFunction(value: unknown): value is CallableFunction {
  return typeof value === "function";
}

/** The methods of an assist, each read once; nothing when one of them is none. */
function functionsOf(assist: object): Functions | undefined {
  const functions = new Map<Method, CallableFunction>();
  try {
    for (const method of METHODS) {
      const value: unknown = Reflect.get(assist, method);
      if (!isFunction(value)) return undefined;
      functions.set(method, value);
    }
  } catch {
    return undefined;
  }
  return functions;
}

function failed(method: Method, text: string): Err<AssistFailed> {
  return err({ kind: "assist-failed", method, text });
}

/** An assist whose every method gives a value of its type, or the error `assist-failed`. */
export class GuardedAssist {
  readonly #functions: Functions;
  /** The assist as it was given. */
  readonly assist: KernelAssist;

  constructor(assist: KernelAssist, functions: Functions) {
    this.assist = assist;
    this.#functions = functions;
  }

  #call<T>(
    method: Method,
    args: readonly unknown[],
    parse: Parse<T>,
  ): Result<T, AssistFailed> {
    const call = this.#functions.get(method);
    if (call === undefined) return failed(method, "no such method");
    let answer: unknown;
    try {
      answer = Reflect.apply(call, this.assist, args);
    } catch (thrown) {
      return failed(method, `threw ${describe(thrown)}`);
    }
    const value = parse(answer, "answer");
    if (value.ok) return value;
    return failed(method, `gave ${value.error.given} instead of ${value.error.expected}`);
  }

  gasMeterGet(id: bigint): Result<U64, AssistFailed> {
    return this.#call("gasMeterGet", [id], parseU64);
  }

  gasMeterSet(id: bigint, value: bigint): Result<U64, AssistFailed> {
    return this.#call("gasMeterSet", [id, value], parseU64);
  }

  storageQuotaGet(id: bigint): Result<U64, AssistFailed> {
    return this.#call("storageQuotaGet", [id], parseU64);
  }

  storageQuotaSet(id: bigint, value: bigint): Result<U64, AssistFailed> {
    return this.#call("storageQuotaSet", [id, value], parseU64);
  }

  yieldCatcherMarkers(catcher: CapHash): Result<readonly CapHash[], AssistFailed> {
    return this.#call("yieldCatcherMarkers", [catcher], parseHashes);
  }

  yieldCatcherAdd(catcher: CapHash, marker: CapHash): Result<undefined, AssistFailed> {
    return this.#call("yieldCatcherAdd", [catcher, marker], parseNothing);
  }

  yieldCatcherRemove(catcher: CapHash, marker: CapHash): Result<undefined, AssistFailed> {
    return this.#call("yieldCatcherRemove", [catcher, marker], parseNothing);
  }

  yieldCatcherNew(): Result<CapHash, AssistFailed> {
    return this.#call("yieldCatcherNew", [], parseHash);
  }

  hostOpen(file: bigint): Result<CapTarget | undefined, AssistFailed> {
    return this.#call("hostOpen", [file], parseMaybeTarget);
  }

  hostSave(
    data: CapTarget,
    quota: bigint,
    size: bigint,
  ): Result<U64 | undefined, AssistFailed> {
    return this.#call("hostSave", [data, quota, size], parseMaybeU64);
  }
}

function isAssist(_value: object, functions: Functions | undefined): _value is KernelAssist {
  return functions !== undefined;
}

/** The guard before an assist. Errors: `invalid-argument` when a method is missing. */
export function guardAssist(assist: unknown): Result<GuardedAssist, InvalidArgument> {
  const held = typeof assist === "object" && assist !== null ? assist : {};
  const functions = functionsOf(held);
  if (functions === undefined || !isAssist(held, functions)) {
    return invalidArgument("assist", "an object with the methods of KernelAssist", assist);
  }
  return ok(new GuardedAssist(held, functions));
}
