/**
 * The kernel under the rules of the original: invocations, from the push of an entry to its result.
 *
 * An operation gives the state afterwards and an outcome; where there is an error the state is the one
 * before.
 *
 * @module
 */

import { build } from "./kernel_compat_build.ts";
import { ecall } from "./kernel_compat_ecall.ts";
import { fault, halt, type Leg, outOfGas, pause, returned } from "./kernel_compat_end.ts";
import {
  entered,
  type Env,
  type Frame,
  pushed,
  type State,
  type Step,
  topFrame,
  withTop,
} from "./kernel_compat_state.ts";
import { get, set } from "./kernel_slots.ts";
import type { Value } from "./kernel_ssz.ts";
import { type Exit, run } from "./pvm.ts";

const SPACE = 2n ** 32n;
const U64_MAX = 2n ** 64n - 1n;

function operationOf(exit: Exit, frame: Frame): bigint | undefined {
  if (exit.kind === "ecall") return (frame.machine.registers[11] ?? 0n) % SPACE;
  return exit.kind === "host-call" ? exit.id % SPACE : undefined;
}

/** Runs the entry on top, and those that it calls, until the one at the base has ended or yields. */
function drive(env: Env, start: State, leg: Leg): Step | string {
  let state = start;
  for (;;) {
    const top = topFrame(state);
    if (top === undefined) return "invariant";
    const { machine, exit } = run(top.machine);
    const frame = { ...top, machine };
    state = withTop(state, frame);
    const operation = operationOf(exit, frame);
    if (exit.kind === "out-of-gas") return outOfGas(env, state, leg);
    if (exit.kind === "page-fault") return fault(state, leg, exit);
    if (operation === undefined) {
      return fault(state, leg, { kind: exit.kind === "panic" ? "panic" : "trap" });
    }
    const done = ecall(env, state, operation);
    if (done === undefined) return fault(state, leg, { kind: "trap" });
    if (done.exit === "halt") {
      if (state.stack.length - 1 === leg.base) return halt(env, state, leg, frame);
      state = returned(state, frame);
      continue;
    }
    state = done.state;
    const reference = state.stack.at(-1);
    if (done.exit === "yield" && reference?.kind === "reference") {
      const payload = get(frame.cnode, (machine.registers[7] ?? 0n) % 256n);
      return pause(state, leg, reference.target, payload);
    }
  }
}

function stepped(before: State, step: Step | string): Step {
  return typeof step === "string" ? { state: before, outcome: { error: step } } : step;
}

/** Invokes an Instance. */
export function invoke(
  env: Env,
  state: State,
  call: {
    readonly instance: Value;
    readonly endpoint: number;
    readonly args: readonly bigint[];
    readonly gas: bigint;
  },
): Step {
  const built = build(env, state, call.instance, call.endpoint, call.args);
  if (typeof built === "string") return stepped(state, built);
  const frame = { ...built, machine: { ...built.machine, gas: call.gas } };
  const next = pushed(env, state, { kind: "instance", frame });
  if (next === undefined) return stepped(state, "call-stack-full");
  return stepped(state, drive(env, next, { base: state.stack.length, gas: call.gas }));
}

/** Goes on with the yielder below the Reference on top, which is given a capability and gas. */
export function resume(env: Env, state: State, given: Value | undefined, gas: bigint): Step {
  const reference = state.stack.at(-1);
  const below = { ...state, stack: state.stack.slice(0, -1) };
  const yielder = topFrame(below);
  if (reference?.kind !== "reference" || yielder === undefined) return stepped(state, "invariant");
  const set0 = given === undefined ? undefined : set(yielder.cnode, 0n, given);
  const cnode = set0 !== undefined && "cnode" in set0 ? set0.cnode : yielder.cnode;
  const sum = yielder.machine.gas + gas;
  const left = sum > U64_MAX ? U64_MAX : sum;
  const machine = entered({ ...yielder.machine, gas: left });
  const next = withTop(below, { ...yielder, cnode, machine });
  return stepped(state, drive(env, next, { base: reference.base, gas: left }));
}

/** What is paused cannot be dropped. */
export function dropPaused(state: State): Step {
  return stepped(state, "invariant");
}
