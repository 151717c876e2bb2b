/**
 * One handler made of a handler for each call.
 *
 * @module
 */

import { invalidArgument } from "../../argument.ts";
import type { InvalidArgument } from "../../argument.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { Machine } from "../machine.ts";
import { PANIC } from "./answer.ts";
import type { Call, HostAnswer, HostHandler } from "./answer.ts";
import { unknownCall } from "./charge.ts";

/** Handlers by the number of the call they do: each name is a number from 0 to 2^64 - 1. */
export type HostCalls<A = HostAnswer> = Readonly<Record<number, HostHandler<A>>>;

/** What does the calls that are in no table. */
export interface HostCallOptions<A = HostAnswer> {
  /** Does the calls with another number; when left out, they cost 10 and give `WHAT`. */
  readonly unknown?: HostHandler<A> | undefined;
  /** Does the JAVM's `ecall`; when left out, the machine panics. */
  readonly ecall?: HostHandler<A> | undefined;
}

/** Numbers below this are looked up in a list. */
const LISTED = 256;
const ID_MAX = 2n ** 64n - 1n;

function isHandler<A>(value: unknown): value is HostHandler<A> {
  return typeof value === "function";
}

/** The number of a call that a name is. */
function idOf(name: string): bigint | undefined {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(name)) return undefined;
  const id = BigInt(name);
  return id <= ID_MAX ? id : undefined;
}

/** The handlers of a table by number; nothing when something else is in it, or reading it fails. */
function handlersOf<A>(table: unknown): ReadonlyMap<bigint, HostHandler<A>> | undefined {
  if (typeof table !== "object" || table === null) return undefined;
  const handlers = new Map<bigint, HostHandler<A>>();
  try {
    for (const name of Object.keys(table)) {
      const id = idOf(name);
      const handler: unknown = Reflect.get(table, name);
      if (id === undefined || !isHandler<A>(handler)) return undefined;
      handlers.set(id, handler);
    }
    return handlers;
  } catch {
    return undefined;
  }
}

/** A handler among options, or another when it is left out; nothing when it is something else. */
function optionOf<A>(
  options: unknown,
  name: keyof HostCallOptions,
  otherwise: HostHandler,
): HostHandler<A | HostAnswer> | undefined {
  if (options === undefined) return otherwise;
  if (typeof options !== "object" || options === null) return undefined;
  try {
    const handler: unknown = Reflect.get(options, name) ?? otherwise;
    return isHandler<A | HostAnswer>(handler) ? handler : undefined;
  } catch {
    return undefined;
  }
}

/** The number of a call, or `"ecall"`; nothing for what is no call. */
function calledId(call: unknown): bigint | "ecall" | undefined {
  if (typeof call !== "object" || call === null) return undefined;
  try {
    if ("id" in call && typeof call.id === "bigint") return call.id;
    return "kind" in call && call.kind === "ecall" ? "ecall" : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes one handler of many: each call is done by the handler of its number.
 *
 * @param table The handlers by number. They are taken as they are now.
 * @param options What does the other calls.
 * @returns The handler; it is for {@link runWithAsyncHost} when one of them is. Fault:
 * `invalid-argument`.
 *
 * @example Two calls, and no others
 * ```ts
 * import { gasCall, hostCalls } from "@ringfence/core/pvm";
 * import { assert } from "@std/assert";
 *
 * const handler = hostCalls({
 *   0: gasCall,
 *   200: () => ({ kind: "halt" }),
 * });
 * assert(handler.ok);
 * ```
 */
export function hostCalls<A = HostAnswer>(
  table: HostCalls<A>,
  options?: HostCallOptions<A>,
): Result<HostHandler<A | HostAnswer>, InvalidArgument> {
  const handlers = handlersOf<A>(table);
  if (handlers === undefined) {
    return invalidArgument("table", "functions, named by numbers from 0 to 2^64 - 1", table);
  }
  const unknown = optionOf<A>(options, "unknown", unknownCall);
  const ecall = optionOf<A>(options, "ecall", () => PANIC);
  if (unknown === undefined || ecall === undefined) {
    return invalidArgument("options", "functions `unknown` and `ecall`, or neither", options);
  }
  const listed = Array.from({ length: LISTED }, (_, id) => handlers.get(BigInt(id)) ?? unknown);
  return ok((call: Call, machine: Machine) => {
    const id = calledId(call);
    if (typeof id !== "bigint") return id === "ecall" ? ecall(call, machine) : PANIC;
    // Several times as fast as to compare a bigint; rounding makes no number of 2^53 or more small.
    const near = Number(id);
    const handler = near < LISTED ? listed[near] : handlers.get(id);
    return (handler ?? unknown)(call, machine);
  });
}
