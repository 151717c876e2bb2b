/**
 * The kernel of mode v3: its stack, as a list of entries of which the last one runs.
 *
 * @module
 */

import type { Entry, Frame, State } from "./kernel_v3_state.ts";
import type { CNode } from "./kernel_v3_values.ts";

/** The position of the Instance that runs. */
export function running({ entries }: State): number {
  const top = entries.at(-1);
  return top?.kind === "reference" ? top.to : entries.length - 1;
}

/** The Instance at a position. */
export function frameAt({ entries }: State, position: number): Frame | undefined {
  const entry = entries[position];
  return entry?.kind === "instance" ? entry.frame : undefined;
}

/** The state with an Instance changed. */
export function withFrame(state: State, position: number, change: Partial<Frame>): State {
  const entries = state.entries.map((entry, at): Entry =>
    at === position && entry.kind === "instance"
      ? { kind: "instance", frame: { ...entry.frame, ...change } }
      : entry
  );
  return { ...state, entries };
}

/** The state with the slots of an Instance replaced. */
export function withRoot(state: State, position: number, root: CNode): State {
  return withFrame(state, position, { root });
}

/** The state with registers of an Instance replaced. */
export function withRegisters(
  state: State,
  position: number,
  values: Readonly<Record<number, bigint>>,
): State {
  const frame = frameAt(state, position);
  if (frame === undefined) return state;
  const registers = frame.machine.registers.map((old, index) => values[index] ?? old);
  return withFrame(state, position, { machine: { ...frame.machine, registers } });
}

/** The caller of an Instance, its caller and so on. */
export function ancestors(state: State, position: number): readonly number[] {
  const caller = frameAt(state, position)?.caller;
  return caller === undefined ? [] : [caller, ...ancestors(state, caller)];
}

/** The stack up to a position, that one gone. */
export function cut(state: State, position: number): State {
  return { ...state, entries: state.entries.slice(0, position) };
}

/** Whether the stack is in order: see the page, "The stack". */
export function inOrder({ entries }: State, maxDepth: number): boolean {
  const points = entries.every((entry, at) =>
    entry.kind === "instance" || (entry.to < at && entries[entry.to]?.kind === "instance")
  );
  const flights = entries.every((entry, at) =>
    entry.kind === "reference" ||
    entry.frame.flights.every((flight) => {
      const callee = entries[flight.at];
      return flight.at > at && callee?.kind === "instance" && callee.frame.caller === at;
    })
  );
  return entries.length <= maxDepth && points && flights;
}
