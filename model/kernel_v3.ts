/**
 * The reference model of the kernel in mode v3: one step of an invocation.
 *
 * A step runs the guest on top of the stack to its next exit, and does the operation that it asks for.
 * Capabilities are values; the state is the stack, the tables and the files. Nothing is ever undone: the
 * state of a call that faults is simply not taken over by its caller.
 *
 * @module
 */

import { call } from "./kernel_v3_call.ts";
import { faulted, halt } from "./kernel_v3_end.ts";
import { activeMeter } from "./kernel_v3_gas.ts";
import { valueOf, withRow } from "./kernel_v3_kernel.ts";
import {
  deriveSpawn,
  makeImage,
  mintData,
  open,
  readData,
  save,
  setImage,
} from "./kernel_v3_op_images.ts";
import {
  copy,
  drop,
  mintCnode,
  move,
  type Operation,
  sameType,
  sameTypeAs,
  subtype,
  swap,
  typeEq,
  typeOf,
} from "./kernel_v3_op_slots.ts";
import { frameAt, running, withFrame } from "./kernel_v3_stack.ts";
import {
  type Check,
  failed,
  type Fault,
  outcome,
  present,
  type State,
  stop,
  type World,
} from "./kernel_v3_state.ts";
import { callResume, dropPaused } from "./kernel_v3_resume.ts";
import { raise, yieldOp } from "./kernel_v3_yield.ts";
import { type Exit, type Machine, step as guestStep, withPc } from "./pvm.ts";

/** The operations by their numbers. */
export const OPERATIONS: Readonly<Record<number, Operation>> = {
  0: halt,
  1: copy,
  2: move,
  3: drop,
  4: swap,
  5: mintCnode,
  16: yieldOp,
  17: setImage,
  18: deriveSpawn,
  19: makeImage,
  20: sameType,
  21: typeOf,
  22: readData,
  23: mintData,
  24: open,
  25: save,
  26: call,
  27: callResume,
  28: dropPaused,
  29: sameTypeAs,
  30: subtype,
  31: typeEq,
};

/** A guest at its next exit, with the place of the instruction that made it. */
function guestExit(
  start: Machine,
): { readonly machine: Machine; readonly exit: Exit; readonly at: bigint } {
  let machine = start;
  for (;;) {
    const at = machine.next.pc;
    const { machine: next, exit } = guestStep(machine);
    if (exit !== undefined) return { machine: next, exit, at };
    machine = next;
  }
}

/** The number of an operation that an exit asks for. */
function numberOf(exit: Exit, machine: Machine): bigint | undefined {
  if (exit.kind === "host-call") return exit.id % 2n ** 32n;
  return exit.kind === "ecall" ? (machine.registers[11] ?? 0n) % 2n ** 32n : undefined;
}

/** The fault that an exit is. At the end of the code a program traps, however it came there. */
function faultOf(exit: Exit, machine: Machine, at: bigint): Fault {
  if (exit.kind === "page-fault") return { cause: 3n, detail: exit.address };
  const isEnd = at === BigInt(machine.program.code.bytes.length);
  return { cause: exit.kind === "trap" || isEnd ? 1n : 2n, detail: 0n };
}

/** Does an operation of the Instance that runs. */
function* operated(
  world: World,
  state: State,
  position: number,
  number: bigint,
  at: bigint,
): Check<State> {
  const frame = yield* present(frameAt(state, position));
  const operation = OPERATIONS[Number(number)];
  const made = outcome(operation?.(world, state, position, frame) ?? failed());
  if ("done" in made) return { ...made.done, did: `operation ${number} done` };
  if (made.stop.kind === "failed") {
    const fault = { cause: 4n, detail: number };
    const next = yield* faulted(state, position, frame, fault);
    return { ...next, did: `operation ${number} failed` };
  }
  if (made.stop.kind !== "spent") return yield* stop(made.stop);
  const again = withFrame(state, position, { machine: withPc(frame.machine, at) });
  const next = yield* raise(world, again, position, "storage_exhausted_marker", made.stop.payload);
  return { ...next, did: "quota spent" };
}

/** One step: the guest that runs to its next exit, and what the kernel does then. */
export function* step(world: World, state: State): Check<State> {
  const position = running(state);
  const frame = yield* present(frameAt(state, position));
  const { id, payload } = yield* activeMeter(world, state, position);
  if (id === undefined) {
    const next = yield* raise(world, state, position, "oog_marker", payload);
    return { ...next, did: "gas spent" };
  }
  const gas = valueOf(state.meters, id);
  const { machine, exit, at } = guestExit({ ...frame.machine, gas });
  const meters = withRow(state.meters, id, machine.gas);
  const used = state.used + gas - machine.gas;
  const charged = withFrame({ ...state, meters, used }, position, { machine });
  if (exit.kind === "out-of-gas") return { ...charged, did: "meter spent" };
  const number = numberOf(exit, machine);
  if (number !== undefined) return yield* operated(world, charged, position, number, at);
  const ran = yield* present(frameAt(charged, position));
  const next = yield* faulted(charged, position, ran, faultOf(exit, machine, at));
  return { ...next, did: exit.kind };
}
