/** Programs of arena commands, for the implementation and for the model. */

import fc from "fast-check";
import * as model from "../../model/arena.ts";
import * as host from "../../model/arena_host.ts";
import type { Arena, ArenaHandle, CheckedArena } from "../../src/arena/mod.ts";
import type { SequenceSpec } from "../../src/proof/mod.ts";
import { bigints, modelState, outcome, plain, stateOf, textOutcome } from "./arena.ts";

/** One operation on an arena. */
export type Command =
  | { readonly do: "alloc" | "grant"; readonly size: number }
  | { readonly do: "reset"; readonly zero: boolean }
  | { readonly do: "argBytes"; readonly data: readonly number[] }
  | { readonly do: "argStr"; readonly text: string }
  | { readonly do: "write"; readonly ptr: number; readonly data: readonly number[] }
  | { readonly do: "read" | "readString"; readonly ptr: number; readonly len: number }
  | { readonly do: "readPacked"; readonly ptr: number; readonly len: number }
  | { readonly do: "readHandle"; readonly index: number }
  | { readonly do: "writeHandle"; readonly index: number; readonly data: readonly number[] };

/** An arena of the implementation, with the handles it gave. */
export interface Real {
  readonly arena: Arena;
  readonly checked: CheckedArena;
  readonly handles: ArenaHandle[];
  readonly sizeBytes: number;
}

/** The same of the model. */
export interface Modelled {
  readonly arena: model.Arena;
  readonly handles: readonly host.Handle[];
}

/** What a command gives when it names a handle that there is none of yet. */
const NO_HANDLE = { error: { kind: "no-handle" } };

type Step = { readonly state: Modelled; readonly outcome: unknown };

function applyToHandle(
  state: Modelled,
  command: Extract<Command, { readonly index: number }>,
): Step {
  const handle = state.handles[command.index];
  if (handle === undefined) return { state, outcome: NO_HANDLE };
  if (command.do === "readHandle") {
    return { state, outcome: host.readHandle(state.arena, handle) };
  }
  const step = host.writeHandle(state.arena, handle, bigints(command.data));
  return { state: { ...state, arena: step.state }, outcome: step.outcome };
}

function applyModel(state: Modelled, command: Command): Step {
  const { arena } = state;
  const after = <T>(step: model.Step<T>) => ({
    state: { ...state, arena: step.state },
    outcome: step.outcome,
  });
  switch (command.do) {
    case "alloc":
      return after(model.alloc(arena, command.size));
    case "grant": {
      const step = host.allocHandle(arena, command.size);
      if ("error" in step.outcome) return after(step);
      const { ptr, len } = step.outcome.ok;
      const handles = [...state.handles, step.outcome.ok];
      return { state: { arena: step.state, handles }, outcome: { ok: { ptr, len } } };
    }
    case "reset": {
      const next = model.reset(arena, command.zero);
      return { state: { ...state, arena: next }, outcome: { ok: undefined } };
    }
    case "argBytes":
      return after(host.hostArgBytes(arena, bigints(command.data)));
    case "argStr":
      return after(host.hostArgStr(arena, command.text));
    case "write":
      return after(model.writeBytes(arena, command.ptr, bigints(command.data)));
    case "read":
      return { state, outcome: model.readBytes(arena, command.ptr, command.len) };
    case "readString":
      return { state, outcome: host.readString(arena, command.ptr, command.len) };
    case "readPacked": {
      const packed = BigInt(command.ptr) * 2n ** 32n + BigInt(command.len);
      return { state, outcome: host.readPackedBytes(arena, packed) };
    }
    case "readHandle":
    case "writeHandle":
      return applyToHandle(state, command);
  }
}

function applyReal({ arena, checked, handles }: Real, command: Command): unknown {
  switch (command.do) {
    case "alloc":
      return plain(arena.alloc(command.size));
    case "grant": {
      const handle = checked.alloc(command.size);
      if (!handle.ok) return outcome(handle);
      handles.push(handle.value);
      return outcome(checked.rangeOf(handle.value));
    }
    case "reset":
      return outcome(arena.reset({ zero: command.zero }));
    case "argBytes": {
      const range = arena.hostArgBytes(Uint8Array.from(command.data));
      return range.ok ? plain(range.value) : outcome(range);
    }
    case "argStr": {
      const range = arena.hostArgStr(command.text);
      return range.ok ? plain(range.value) : outcome(range);
    }
    case "write":
      return outcome(arena.writeBytes(command.ptr, Uint8Array.from(command.data)));
    case "read":
      return outcome(arena.readBytes(command.ptr, command.len));
    case "readString":
      return textOutcome(arena.readString(command.ptr, command.len));
    case "readPacked":
      return outcome(
        arena.readPackedBytes(BigInt(command.ptr) * 2n ** 32n + BigInt(command.len)),
      );
    case "readHandle":
    case "writeHandle": {
      const handle = handles[command.index];
      if (handle === undefined) return NO_HANDLE;
      return command.do === "readHandle"
        ? outcome(checked.read(handle))
        : outcome(checked.write(handle, Uint8Array.from(command.data)));
    }
  }
}

/** How a program runs on both: outcome and whole state are compared after every command. */
export function programs(
  start: () => { readonly model: Modelled; readonly real: Real },
): SequenceSpec<Modelled, Real, Command> {
  return {
    start,
    applyModel,
    applyReal,
    stateOfModel: (state) => modelState(state.arena),
    stateOfReal: (real) => stateOf(real.arena, real.sizeBytes),
    reached(_command, result) {
      if (typeof result !== "object" || result === null || !("error" in result)) return "done";
      const { error } = result;
      return typeof error === "object" && error !== null ? String(Reflect.get(error, "kind")) : "";
    },
  };
}

const size = fc.oneof(fc.integer({ min: -1, max: 20 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));
const data = fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 12 });
const ptr = fc.oneof(fc.integer({ min: 0, max: 52 }), fc.constantFrom(-1, 2 ** 31, 2 ** 32 - 1));
const len = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
const index = fc.integer({ min: 0, max: 1 });

/** Programs of up to 12 random commands. */
export const randomProgram: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom("alloc" as const, "grant" as const), size }),
    fc.record({ do: fc.constant("grant" as const), size: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ do: fc.constant("reset" as const), zero: fc.boolean() }),
    fc.record({ do: fc.constant("argBytes" as const), data }),
    fc.record({ do: fc.constant("argStr" as const), text: fc.string({ maxLength: 8 }) }),
    fc.record({ do: fc.constant("write" as const), ptr, data }),
    fc.record({ do: fc.constantFrom("read" as const, "readString" as const), ptr, len }),
    fc.record({
      do: fc.constant("readPacked" as const),
      ptr: fc.nat({ max: 40 }),
      len: fc.nat({ max: 12 }),
    }),
    fc.record({ do: fc.constant("readHandle" as const), index }),
    fc.record({ do: fc.constant("writeHandle" as const), index, data }),
  ),
  { maxLength: 12, size: "max" },
);
