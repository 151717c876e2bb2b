/** Vectors of the guest arena on the implementation. */

import {
  Arena,
  type ArenaHandle,
  CheckedArena,
  decodePtrLen,
  encodePtrLen,
  hexDecode,
  hexEncode,
} from "../../../src/arena/mod.ts";
import { IsolatedMemory } from "../../../src/linear/mod.ts";
import {
  bytes,
  decimal,
  difference,
  field,
  type Given,
  hex,
  listIn,
  number,
  runs,
  text,
  valueOf,
} from "./values.ts";

/** The bytes of a page of the memory under an arena: every memory of the vectors is made of such. */
const PAGE = 8;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An error as the vectors write it: without what only describes it. */
function errorOf(error: object): unknown {
  const fields = Object.entries(error).filter(([name]) => name !== "expected" && name !== "given");
  return { error: Object.fromEntries(fields.map(([name, value]) => [kebab(name), value])) };
}

type Result<T> = { readonly ok: true; readonly value: T } | {
  readonly ok: false;
  readonly error: object;
};

function outcome<T>(result: Result<T>, ok: (value: T) => unknown): unknown {
  return result.ok ? { ok: ok(result.value) } : errorOf(result.error);
}

const nothing = () => null;
const maybe = <T>(ok: (value: T) => unknown) => (value: T | undefined) =>
  value === undefined ? null : ok(value);
const range = ({ ptr, len }: { readonly ptr: number; readonly len: number }) => [ptr, len];
const same = (value: string) => value;

interface World {
  readonly arena: Arena;
  readonly checked: CheckedArena;
  readonly handles: ArenaHandle[];
}

function onHandle({ checked, handles }: World, op: string, args: readonly Given[]): unknown {
  if (op === "handle_alloc") {
    const made = checked.alloc(number(args[0]));
    if (!made.ok) return errorOf(made.error);
    handles.push(made.value);
    return outcome(checked.rangeOf(made.value), range);
  }
  const handle = handles[number(args[0])];
  if (handle === undefined) throw new Error("no such handle");
  return op === "handle_read"
    ? outcome(checked.read(handle), hex)
    : outcome(checked.write(handle, bytes(args[1])), nothing);
}

function apply(world: World, op: string, args: readonly Given[]): unknown {
  const { arena } = world;
  const [a, b] = args;
  switch (op) {
    case "alloc":
      return { ok: Number(arena.alloc(number(a))) };
    case "reset":
      return outcome(arena.reset({ zero: a === true }), nothing);
    case "read":
      return outcome(arena.readBytes(number(a), number(b)), hex);
    case "write":
      return outcome(arena.writeBytes(number(a), bytes(b)), nothing);
    case "read_string":
      return outcome(arena.readString(number(a), number(b)), same);
    case "read_string_strict":
      return outcome(arena.readStringStrict(number(a), number(b)), same);
    case "read_packed":
      return outcome(arena.readPackedBytes(decimal(a)), maybe(hex));
    case "read_packed_string":
      return outcome(arena.readPackedString(decimal(a)), maybe(same));
    case "host_arg_bytes":
      return outcome(arena.hostArgBytes(bytes(a)), range);
    case "host_arg_str":
      return outcome(arena.hostArgStr(text(a)), range);
    default:
      return onHandle(world, op, args);
  }
}

function arenaOf(size: number, base: number, capacity: number): {
  readonly memory: IsolatedMemory;
  readonly arena: Arena;
} {
  const pages = size / PAGE;
  const made = IsolatedMemory.create(pages, pages, { pageSizeBytes: PAGE });
  const memory = valueOf(made, "no memory");
  const arena = valueOf(Arena.over(memory, { base, capacityBytes: capacity }), "no arena");
  return { memory, arena };
}

/** Runs a trace of an arena. */
export function checkArena(trace: Given): string | undefined {
  const create = field(trace, "create");
  const of = (name: string) => number(field(create, name));
  const { memory, arena } = arenaOf(of("memory-bytes"), of("base"), of("capacity"));
  const world = { arena, checked: valueOf(CheckedArena.over(arena), "no arena"), handles: [] };
  for (const [i, step] of listIn(trace, "steps").entries()) {
    const op = text(field(step, "op"));
    const given = apply(world, op, listIn(step, "args"));
    const state = {
      used: Number(arena.usedBytes),
      left: Number(arena.leftBytes),
      generation: Number(arena.generation),
      bytes: runs(memory.asSlice()),
    };
    const found = difference(given, field(step, "outcome"), "outcome") ??
      difference(state, field(step, "state"), "state");
    if (found !== undefined) return `step ${i}, ${op}: ${found}`;
  }
  return undefined;
}

/** The bytes of an arena that holds them and nothing else: for what is read as text. */
function readText(data: Uint8Array, strict: boolean): unknown {
  const { arena } = arenaOf(64, 0, 64);
  valueOf(arena.writeBytes(8, data), "no room");
  return strict
    ? outcome(arena.readStringStrict(8, data.length), same)
    : outcome(arena.readString(8, data.length), same);
}

/** Runs a case of a codec. */
export function checkCodec(each: Given): string | undefined {
  const [a, b] = listIn(each, "args");
  const given = () => {
    switch (text(field(each, "op"))) {
      case "pack":
        return outcome(encodePtrLen(number(a), number(b)), String);
      case "unpack":
        return outcome(decodePtrLen(decimal(a)), range);
      case "hex_decode":
        return outcome(hexDecode(text(a)), hex);
      case "hex_encode":
        return outcome(hexEncode(bytes(a)), same);
      case "utf8_decode":
        return readText(bytes(a), false);
      default:
        return readText(bytes(a), true);
    }
  };
  return difference(given(), field(each, "outcome"), "outcome");
}
