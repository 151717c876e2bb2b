/**
 * The driver: runs the entry on top of the stack and those that it calls.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import type { U64 } from "../../int/mod.ts";
import type { Exit } from "../../pvm/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CallResult, FaultReason } from "../call_result.ts";
import type { CapTarget } from "../cap_ref.ts";
import { kernelImageHash } from "../kernel_image.ts";
import type { VmError } from "../vm_error.ts";
import type { Answer } from "./answer.ts";
import { ecall } from "./ecall.ts";
import { catcherBelow } from "./enter.ts";
import type { Frame } from "./frame.ts";
import { settleEntry } from "./settle.ts";
import { broken, slotOf } from "./state.ts";
import type { Run } from "./state.ts";

/** A result, or nothing while it goes on. */
type Driven = Result<CallResult | undefined, VmError>;

const GOES_ON: Driven = ok(undefined);
const OOG_MARKER = kernelImageHash("oog_marker");

function gasUsed(gas: U64, { now }: Frame): U64 {
  return asU64(gas - now.machine.gas);
}

/** The fault of whoever runs ends the whole invocation. */
function fault(run: Run, gas: U64, frame: Frame, reason: FaultReason): Driven {
  run.stack.truncate(run.base);
  const reflectedSlot0 = frame.now.rootCnode.get(0);
  return ok({ kind: "faulted", reason, reflectedSlot0, gasUsed: gasUsed(gas, frame) });
}

function paused(gas: U64, frame: Frame, markerPayload: CapTarget | undefined): Driven {
  return ok({
    kind: "paused",
    markerPayload,
    marker: undefined,
    pausedInstanceHash: undefined,
    gasUsed: gasUsed(gas, frame),
  });
}

/** Out of gas: a yield of the kernel's marker to whoever catches it below, or a fault. */
function outOfGas(run: Run, gas: U64, frame: Frame): Driven {
  if (!OOG_MARKER.ok) return broken("the kernel has no marker for gas");
  const catcher = catcherBelow(run, run.stack.length - 1, OOG_MARKER.value);
  if (!catcher.ok) return catcher;
  const routed = catcher.value !== undefined && run.stack.pushReference(catcher.value).ok;
  return routed
    ? paused(gas, frame, OOG_MARKER.value)
    : fault(run, gas, frame, { kind: "out-of-gas" });
}

/** The caller goes on: nothing comes back but the gas, and what the child had in slot 0. */
function returnTo(run: Run, child: Frame): Driven {
  run.stack.pop();
  const parent = run.stack.runningInstance();
  if (parent === undefined) return broken("no caller below a called Instance");
  const touched = run.touch(parent);
  if (!touched.ok) return touched;
  const { machine, rootCnode } = parent.now;
  machine.setGas(child.now.machine.gas);
  machine.setPc(machine.pc); // it is entered anew
  const slot0 = child.now.rootCnode.get(0);
  const change = slot0 === undefined ? undefined : rootCnode.set(0, slot0);
  if (change?.ok) parent.now = { ...parent.now, rootCnode: change.value.cnode };
  return GOES_ON;
}

/** The end of the one at the base is that of the invocation. */
function halt(run: Run, gas: U64, frame: Frame): Driven {
  if (run.stack.length - 1 > run.base) return returnTo(run, frame);
  run.stack.pop();
  const taken = frame.now.rootCnode.take(0);
  if (!taken.ok) return broken("a cnode without a slot 0");
  const { cnode, previous: reflectedSlot0 } = taken.value;
  const hash = settleEntry(run, { ...frame.now, rootCnode: cnode });
  if (!hash.ok) return hash;
  return ok({
    kind: "halt",
    returnValue: frame.now.machine.register(7),
    postInstanceHash: hash.value,
    reflectedSlot0,
    gasUsed: gasUsed(gas, frame),
  });
}

function react(run: Run, gas: U64, frame: Frame, answer: Answer): Driven {
  switch (answer) {
    case "halt":
      return halt(run, gas, frame);
    case "trap":
      return fault(run, gas, frame, { kind: "trap" });
    case "yield":
      return paused(gas, frame, frame.now.rootCnode.get(slotOf(frame, 7)));
    case "call":
    case "set-image":
    case "continue":
      return GOES_ON;
  }
}

/** The operation that an exit asks for. */
function operationOf(exit: Exit, { now }: Frame): number | undefined {
  if (exit.kind === "host-call") return Number(BigInt.asUintN(32, exit.id));
  return exit.kind === "ecall" ? Number(BigInt.asUintN(32, now.machine.register(11))) : undefined;
}

function step(run: Run, gas: U64, frame: Frame): Driven {
  const exit = frame.now.machine.run();
  const operation = operationOf(exit, frame);
  if (operation !== undefined) {
    const answer = ecall(run, operation);
    return answer.ok ? react(run, gas, frame, answer.value) : answer;
  }
  switch (exit.kind) {
    case "out-of-gas":
      return outOfGas(run, gas, frame);
    case "no-room":
      return { ok: false, error: { kind: "no-room" } };
    case "page-fault":
    case "panic":
      return fault(run, gas, frame, exit);
    default:
      return fault(run, gas, frame, { kind: "trap" });
  }
}

/**
 * Runs the entry on top until the one at the base has ended, faulted or yielded.
 *
 * @param run The call.
 * @param gas The gas with which it begins.
 */
export function drive(run: Run, gas: U64): Result<CallResult, VmError> {
  for (;;) {
    const frame = run.stack.runningInstance();
    if (frame === undefined) return broken("no Instance on the stack");
    const driven = step(run, gas, frame);
    if (!driven.ok) return driven;
    if (driven.value !== undefined) return ok(driven.value);
  }
}
