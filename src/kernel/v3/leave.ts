/**
 * How an Instance leaves the stack: it halts, or faults, and its caller goes on.
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { FaultReason } from "../call_result.ts";
import type { CapTarget } from "../cap_ref.ts";

import { IDLE, instanceV3Of } from "../instance_v3.ts";
import type { Frame, Path } from "./frame.ts";
import { writeBacks } from "./memory.ts";
import { payActive } from "./meters.ts";
import { storeCallees } from "./pause.ts";
import { cut } from "./run.ts";
import type { Run } from "./run.ts";
import { putAt, setSlot0, slot0Of } from "./slots.ts";
import type { Checked, Sure } from "./stop.ts";
import { PAGE_SIZE } from "../data_cap.ts";

/** The registers in which a caller finds how its call ended. */
export const VALUE = 7;
export const STATUS = 8;

/** What the second of them says. */
export const HALTED = 0n;
export const YIELDED = 1n;
export const FAULTED = 2n;

/** How a call ended. */
export interface Ending {
  readonly value: bigint;
  readonly status: bigint;
  /** What slot 0 of the target held. */
  readonly slot0: CapTarget | undefined;
  /** What the slot of the target holds from now on. */
  readonly target: CapTarget | undefined;
}

/** Has a caller go on behind its call, which ended. */
export function goOnBehind(run: Run, caller: Frame, path: Path, ending: Ending): Sure<undefined> {
  const put = putAt(run, caller, path, ending.target);
  if (!put.ok) return put;
  setSlot0(caller, ending.slot0);
  caller.machine.setRegister(VALUE, ending.value);
  caller.machine.setRegister(STATUS, ending.status);
  return ok(undefined);
}

const CAUSES = {
  "trap": 1n,
  "panic": 2n,
  "page-fault": 3n,
  "operation-failed": 4n,
  "unhandled-marker": 5n,
  "not-entered": 6n,
  "out-of-gas": 0n, // never: that is a yield
} as const;

function detailOf(reason: FaultReason): number {
  switch (reason.kind) {
    case "page-fault":
      return reason.address;
    case "operation-failed":
      return reason.operation;
    case "not-entered":
      return reason.detail;
    default:
      return 0;
  }
}

/** What a caller finds in r7 of a fault. */
export function faultValue(reason: FaultReason): bigint {
  return CAUSES[reason.kind] | BigInt(detailOf(reason)) << 8n;
}

/** The path of the call that led to an Instance, which is no longer in flight. */
function endCall(run: Run, caller: Frame, callee: Frame): Path {
  cut(run, callee.base);
  return caller.outstanding.pop()?.path ?? [];
}

/** The Instance faults: it, and all that was called or suspended above it, is gone. */
export function fault(run: Run, frame: Frame, reason: FaultReason): Sure<undefined> {
  const slot0 = slot0Of(frame);
  if (!slot0.ok) return slot0;
  const { caller } = frame;
  if (caller === undefined) return endFaulted(run, reason, slot0.value);
  const path = endCall(run, caller, frame);
  const value = faultValue(reason);
  return goOnBehind(run, caller, path, {
    value,
    status: FAULTED,
    slot0: slot0.value,
    target: undefined,
  });
}

function hashIfAny(run: Run, target: CapTarget | undefined): Sure<string | undefined> {
  return target === undefined ? ok(undefined) : run.space.hashOf(target);
}

/** The outermost Instance faulted, or was not entered: nothing is stored. */
export function endFaulted(
  run: Run,
  reason: FaultReason,
  slot0: CapTarget | undefined,
): Sure<undefined> {
  const reflected = hashIfAny(run, slot0);
  if (!reflected.ok) return reflected;
  const gasUsed = asU64(run.gasUsed);
  run.end = { kind: "faulted", reason, reflectedSlot0: reflected.value, gasUsed };
  return ok(undefined);
}

/** The outermost Instance halted: what the result refers to is stored. */
export function endHalted(
  run: Run,
  value: bigint,
  slot0: CapTarget | undefined,
  instance: CapTarget,
): Sure<undefined> {
  const hash = run.space.hashOf(instance);
  if (!hash.ok) return hash;
  const reflected = hashIfAny(run, slot0);
  if (!reflected.ok) return reflected;
  const results = reflected.value === undefined ? [hash.value] : [hash.value, reflected.value];
  const stored = run.space.store(results);
  if (!stored.ok) return stored;
  run.end = {
    kind: "halt",
    returnValue: asU64(value),
    postInstanceHash: hash.value,
    reflectedSlot0: reflected.value,
    gasUsed: asU64(run.gasUsed),
  };
  return ok(undefined);
}

/** The Instance as it is now, idle. */
function idleValue(run: Run, { chain, imageHash, cnode }: Frame): CapTarget {
  const fields = { imageHashChain: chain, imageHash, rootCnode: run.space.make(cnode) };
  return run.space.make(instanceV3Of({ ...fields, status: IDLE }));
}

/** The Instance halts. */
export function halt(run: Run, frame: Frame): Checked<undefined> {
  const backs = writeBacks(run, frame);
  if (!backs.ok) return backs;
  const pages = backs.value.reduce((sum, back) => sum + back.pages, 0);
  const paid = payActive(run, frame, PAGE_SIZE * pages);
  if (!paid.ok) return paid;
  for (const { path, data } of backs.value) {
    const put = putAt(run, frame, path, run.space.make(data));
    if (!put.ok) return put;
  }
  const stored = storeCallees(run, frame, undefined);
  if (!stored.ok) return stored;
  const slot0 = slot0Of(frame); // a mapping may have written it back
  if (!slot0.ok) return slot0;
  setSlot0(frame, undefined);
  const target = idleValue(run, frame);
  const value = frame.machine.register(VALUE);
  const { caller } = frame;
  if (caller === undefined) return endHalted(run, value, slot0.value, target);
  const path = endCall(run, caller, frame);
  return goOnBehind(run, caller, path, { value, status: HALTED, slot0: slot0.value, target });
}
