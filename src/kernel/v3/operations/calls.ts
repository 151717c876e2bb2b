/**
 * The operations that lead to another Instance, or away from one.
 *
 * @module
 */

import { asU32 } from "../../../int/mod.ts";
import { ok } from "../../../result.ts";
import { InstanceCapV3 } from "../../instance_v3.ts";
import { enter } from "../enter.ts";
import type { Entered } from "../enter.ts";
import { samePath } from "../frame.ts";
import type { Frame, Outstanding, Path } from "../frame.ts";
import { FAULTED, faultValue, goOnBehind, halt, HALTED } from "../leave.ts";
import { answerYielder, resumePaused } from "../resume.ts";
import { cut, hasRoom } from "../run.ts";
import type { Run } from "../run.ts";
import { capIn, fullSlot, mayChange, ofKind, pathIn, putAt, setSlot0, slot0Of } from "../slots.ts";
import type { Full } from "../slots.ts";
import { FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { numberUpTo } from "../transfer.ts";
import { yieldWith } from "../yields.ts";
import type { Operations } from "./operation.ts";

const ENDPOINT_MAX = 255;
const ARGUMENTS = [9, 10, 11, 12] as const;

function yieldNow(run: Run, frame: Frame): Checked<undefined> {
  const marker = capIn(run, frame, 7, InstanceCapV3.is);
  return marker.ok ? yieldWith(run, frame, marker.value.target) : marker;
}

/** A slot with an Instance that may be called, resumed or dropped. */
interface Callee extends Full {
  readonly cap: InstanceCapV3;
}

function calleeIn(run: Run, frame: Frame): Checked<Callee> {
  const full = fullSlot(run, frame, 7);
  if (!full.ok) return full;
  const { path } = full.value;
  if (path[0] === 0 || !mayChange(frame, path)) return FAILED;
  return ofKind(run, full.value, InstanceCapV3.is);
}

/** The caller goes on behind a call of what was not entered; what it gave comes back. */
function notEntered(
  run: Run,
  frame: Frame,
  path: Path,
  detail: number,
): Checked<undefined> {
  const slot0 = slot0Of(frame);
  if (!slot0.ok) return slot0;
  return goOnBehind(run, frame, path, {
    value: faultValue({ kind: "not-entered", detail: asU32(detail) }),
    status: FAULTED,
    slot0: slot0.value,
    target: undefined,
  });
}

function afterEntry(run: Run, frame: Frame, path: Path, entered: Entered): Checked<undefined> {
  switch (entered.kind) {
    case "refused":
      return notEntered(run, frame, path, entered.detail);
    case "answered":
      return goOnBehind(run, frame, path, { ...entered, status: HALTED });
    case "runs":
      setSlot0(frame, undefined);
      frame.outstanding.push({ path, callee: entered.frame, handles: undefined });
      return ok(undefined);
  }
}

function call(run: Run, frame: Frame): Checked<undefined> {
  const callee = calleeIn(run, frame);
  if (!callee.ok) return callee;
  const { machine } = frame;
  const endpoint = numberUpTo(machine.register(8), ENDPOINT_MAX);
  if (!endpoint.ok) return endpoint;
  if (!hasRoom(run, 1)) return FAILED;
  const payload = slot0Of(frame);
  if (!payload.ok) return payload;
  const { path, target, cap } = callee.value;
  const entered = enter(run, {
    caller: frame,
    target,
    instance: cap,
    endpoint: endpoint.value,
    args: ARGUMENTS.map((register) => machine.register(register)),
    payload: payload.value,
  });
  return entered.ok ? afterEntry(run, frame, path, entered.value) : entered;
}

/** The call whose yield an Instance handles, when a path is that of its callee. */
function handledAt(frame: Frame, path: Path): Outstanding | undefined {
  const last = frame.outstanding.at(-1);
  return last !== undefined && samePath(last.path, path) ? last : undefined;
}

/** Goes on with a yielder that is still on the stack. */
function resumeHandled(run: Run, frame: Frame, handled: Outstanding): Checked<undefined> {
  const yielded = handled.handles;
  if (yielded === undefined) return FAILED; // never: who waits does not run
  if (!yielded.raised) {
    const payload = slot0Of(frame);
    if (!payload.ok) return payload;
    setSlot0(frame, undefined);
    answerYielder(yielded.yielder, payload.value);
  }
  handled.handles = undefined;
  cut(run, run.stack.length - 1);
  return ok(undefined);
}

function resumeStored(run: Run, frame: Frame): Checked<undefined> {
  const callee = calleeIn(run, frame);
  if (!callee.ok) return callee;
  const { path, cap } = callee.value;
  const payload = slot0Of(frame);
  if (!payload.ok) return payload;
  const { length } = run.stack;
  const resumed = resumePaused(run, frame, cap);
  if (!resumed.ok) return resumed;
  if (resumed.value.kind === "full") return FAILED;
  if (resumed.value.kind === "refused") {
    cut(run, length);
    return notEntered(run, frame, path, resumed.value.detail);
  }
  const { yielder, raised } = resumed.value;
  const target = run.stack.frameAt(length);
  if (target === undefined) return FAILED; // never: it was pushed there
  if (!raised) {
    setSlot0(frame, undefined);
    answerYielder(yielder, payload.value);
  }
  frame.outstanding.push({ path, callee: target, handles: undefined });
  return ok(undefined);
}

function callResume(run: Run, frame: Frame): Checked<undefined> {
  const path = pathIn(frame, 7);
  if (!path.ok) return path;
  const handled = handledAt(frame, path.value);
  return handled === undefined ? resumeStored(run, frame) : resumeHandled(run, frame, handled);
}

function dropPaused(run: Run, frame: Frame): Checked<undefined> {
  const path = pathIn(frame, 7);
  if (!path.ok) return path;
  const handled = handledAt(frame, path.value);
  if (handled !== undefined) {
    cut(run, handled.callee.base);
    frame.outstanding.pop();
    return putAt(run, frame, path.value, undefined);
  }
  const callee = calleeIn(run, frame);
  if (!callee.ok) return callee;
  return callee.value.cap.fields.status.state === "paused"
    ? putAt(run, frame, path.value, undefined)
    : FAILED;
}

/** The operations that lead to another Instance, by number. */
export const CALL_OPERATIONS: Operations = {
  0: halt,
  16: yieldNow,
  26: call,
  27: callResume,
  28: dropPaused,
};
