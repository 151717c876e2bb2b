/** Traces of the guest arena on its model. */

import * as model from "../../model/arena.ts";
import type { ArenaError } from "../../model/arena_codec.ts";
import * as host from "../../model/arena_host.ts";
import { hex, type Json, type JsonObject, runsOf } from "./json.ts";
import { bytesIn, type Step } from "./trace.ts";

interface World {
  readonly arena: model.Arena;
  readonly handles: readonly host.Handle[];
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function plain(value: unknown): Json {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function errorJson(error: ArenaError): JsonObject {
  const data = Object.entries(error).map(([name, value]) => [kebab(name), plain(value)] as const);
  return { error: Object.fromEntries(data) };
}

/** The text of code points. */
export const textOf = (codePoints: readonly bigint[]): string =>
  codePoints.map((each) => String.fromCodePoint(Number(each))).join("");

/** The bytes of hexadecimal text. */
export const bytesOf = (text: Json | undefined): readonly bigint[] => bytesIn(text).map(BigInt);

type Given<T> = { readonly ok: T } | { readonly error: ArenaError };

/** An outcome as it is written. */
export function outcomeOf<T>(given: Given<T>, ok: (value: T) => Json): JsonObject {
  return "error" in given ? errorJson(given.error) : { ok: ok(given.ok) };
}

const maybe = <T>(ok: (value: T) => Json) => (value: T | undefined): Json =>
  value === undefined ? null : ok(value);

function onHandle(world: World, { op, args }: Step): { world: World; outcome: JsonObject } {
  const { arena, handles } = world;
  if (op === "handle_alloc") {
    const { state, outcome } = host.allocHandle(arena, args[0]);
    const given = outcomeOf(outcome, ({ ptr, len }) => [Number(ptr), Number(len)]);
    const more = "ok" in outcome ? [...handles, outcome.ok] : handles;
    return { world: { arena: state, handles: more }, outcome: given };
  }
  const handle = handles[Number(args[0])];
  if (handle === undefined) throw new Error("a trace names a handle that there is none of");
  if (op === "handle_read") {
    return { world, outcome: outcomeOf(host.readHandle(arena, handle), hex) };
  }
  const { state, outcome } = host.writeHandle(arena, handle, bytesOf(args[1]));
  return { world: { ...world, arena: state }, outcome: outcomeOf(outcome, () => null) };
}

function apply(world: World, step: Step): { world: World; outcome: JsonObject } {
  const { arena } = world;
  const [a, b] = step.args;
  const keeps = (outcome: JsonObject) => ({ world, outcome });
  const ranged = ({ state, outcome: { ptr, len } }: model.Step<{ ptr: bigint; len: bigint }>) => ({
    world: { ...world, arena: state },
    outcome: { ok: [Number(ptr), Number(len)] },
  });
  switch (step.op) {
    case "alloc": {
      const { state, outcome } = model.alloc(arena, a);
      return { world: { ...world, arena: state }, outcome: { ok: Number(outcome) } };
    }
    case "reset":
      return { world: { ...world, arena: model.reset(arena, a === true) }, outcome: { ok: null } };
    case "read":
      return keeps(outcomeOf(model.readBytes(arena, a, b), hex));
    case "write": {
      const { state, outcome } = model.writeBytes(arena, a, bytesOf(b));
      return { world: { ...world, arena: state }, outcome: outcomeOf(outcome, () => null) };
    }
    case "read_string":
      return keeps(outcomeOf(host.readString(arena, a, b), textOf));
    case "read_string_strict":
      return keeps(outcomeOf(host.readStringStrict(arena, a, b), textOf));
    case "read_packed":
      return keeps(outcomeOf(host.readPackedBytes(arena, BigInt(String(a))), maybe(hex)));
    case "read_packed_string":
      return keeps(outcomeOf(host.readPackedString(arena, BigInt(String(a))), maybe(textOf)));
    case "host_arg_bytes":
      return ranged(host.hostArgBytes(arena, bytesOf(a)));
    case "host_arg_str":
      return ranged(host.hostArgStr(arena, String(a)));
    default:
      return onHandle(world, step);
  }
}

function arenaJson(arena: model.Arena): JsonObject {
  return {
    used: Number(arena.next),
    left: Number(model.left(arena)),
    generation: Number(arena.generation),
    bytes: runsOf(arena.memory).map(({ at, bytes }) => ({ address: at, bytes: hex(bytes) })),
  };
}

/** A trace: every step with its outcome and the state after it. */
export function trace(
  name: string,
  [base, capacity, memory]: readonly [number, number, number],
  steps: readonly Step[],
): JsonObject {
  let world: World = {
    arena: model.create(BigInt(base), BigInt(capacity), BigInt(memory)),
    handles: [],
  };
  const done = steps.map((step) => {
    const { world: next, outcome } = apply(world, step);
    world = next;
    return { op: step.op, args: step.args, outcome, state: arenaJson(world.arena) };
  });
  return { name, create: { base, capacity, "memory-bytes": memory }, steps: done };
}
