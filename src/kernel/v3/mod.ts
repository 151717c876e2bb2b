/**
 * The engine of version 3: invocations as docs/kernel.md has them.
 *
 * @module
 */

import { asU32 } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CallResult } from "../call_result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CapHash } from "../hash.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import type { VmError } from "../vm_error.ts";
import { drive } from "./drive.ts";
import { enter } from "./enter.ts";
import type { Entered } from "./enter.ts";
import { endFaulted, endHalted } from "./leave.ts";
import { setLeft } from "./meters.ts";
import { answerYielder, resumePaused } from "./resume.ts";
import type { Resumed } from "./resume.ts";
import { startRun } from "./run.ts";
import type { Run, V3Host } from "./run.ts";
import { settledTarget } from "./settled.ts";
import { failure } from "./stop.ts";
import type { Sure } from "./stop.ts";

export type { V3Host } from "./run.ts";

/** What an invocation is given besides its arguments. */
export interface InvokeInput {
  /** Moves into slot 0 of the Instance. */
  readonly slot0?: CapTarget | undefined;
  /** Put into quota 0 first. */
  readonly quota?: bigint | undefined;
}

/** What goes on is given. */
export interface ResumeInput extends InvokeInput {
  /** Put into meter 0 first. */
  readonly gas?: bigint | undefined;
}

/** Gas and quota from the host: rows 0, if they are given. */
function fill(run: Run, { gas, quota }: ResumeInput): Sure<undefined> {
  const meter = gas === undefined ? ok(0n) : setLeft(run, "gas", 0n, gas);
  if (!meter.ok) return meter;
  const row = quota === undefined ? ok(0n) : setLeft(run, "quota", 0n, quota);
  return row.ok ? ok(undefined) : row;
}

function instanceOf(run: Run, hash: CapHash): Sure<InstanceCapV3> {
  const cap = run.space.find(hash);
  if (!cap.ok) return cap;
  if (InstanceCapV3.is(cap.value)) return ok(cap.value);
  return failure({ kind: "instance-not-found", target: hash });
}

function payloadOf(run: Run, { slot0 }: InvokeInput): Sure<CapHash | undefined> {
  return slot0 === undefined ? ok(undefined) : settledTarget(run.host.directory, slot0);
}

/** What an entry by the host led to. */
function settleEntry(run: Run, entered: Entered, payload: CapTarget | undefined): Sure<undefined> {
  switch (entered.kind) {
    case "runs":
      return ok(undefined);
    case "refused": {
      const reason = { kind: "not-entered", detail: asU32(entered.detail) } as const;
      return endFaulted(run, reason, payload);
    }
    case "answered":
      return endHalted(run, entered.value, entered.slot0, entered.target);
  }
}

/** Runs to the end what was begun. */
function finish(host: V3Host, begin: (run: Run) => Sure<undefined>): Result<CallResult, VmError> {
  const run = startRun(host);
  if (!run.ok) return run;
  const begun = begin(run.value);
  return begun.ok ? drive(run.value) : err(begun.error.error);
}

/**
 * Invokes an Instance.
 *
 * @param host What it works with.
 * @param instance The hash of the Instance.
 * @param endpoint 0 to 255.
 * @param args What r7 to r10 begin with.
 * @param gas What is put into meter 0 first.
 * @param options What moves into slot 0, and what is put into quota 0.
 * @returns How it ended.
 */
export function invokeV3(
  host: V3Host,
  instance: CapHash,
  endpoint: number,
  args: readonly bigint[],
  gas: bigint,
  options: InvokeInput,
): Result<CallResult, VmError> {
  return finish(host, (run) => {
    const cap = instanceOf(run, instance);
    if (!cap.ok) return cap;
    const payload = payloadOf(run, options);
    if (!payload.ok) return payload;
    const filled = fill(run, { ...options, gas });
    if (!filled.ok) return filled;
    const call = { caller: undefined, target: instance, instance: cap.value, endpoint, args };
    const entered = enter(run, { ...call, payload: payload.value });
    return entered.ok ? settleEntry(run, entered.value, payload.value) : entered;
  });
}

/** What going on with a paused Instance led to. */
function settleResume(
  run: Run,
  resumed: Resumed,
  payload: CapTarget | undefined,
): Sure<undefined> {
  switch (resumed.kind) {
    case "full":
      return failure({ kind: "call-stack-full", maxDepth: run.stack.maxDepth });
    case "refused": {
      const reason = { kind: "not-entered", detail: asU32(resumed.detail) } as const;
      return endFaulted(run, reason, payload);
    }
    case "runs":
      if (!resumed.raised) answerYielder(resumed.yielder, payload);
      return ok(undefined);
  }
}

/**
 * Goes on with a paused Instance.
 *
 * @param host What it works with.
 * @param instance The hash of the Instance.
 * @param options What moves into the yielder's slot 0, and what is put into meter 0 and quota 0.
 * @returns How it ended.
 */
export function resumeV3(
  host: V3Host,
  instance: CapHash,
  options: ResumeInput,
): Result<CallResult, VmError> {
  return finish(host, (run) => {
    const cap = pausedOf(run, instance);
    if (!cap.ok) return cap;
    const payload = payloadOf(run, options);
    if (!payload.ok) return payload;
    const filled = fill(run, options);
    if (!filled.ok) return filled;
    const resumed = resumePaused(run, undefined, cap.value);
    return resumed.ok ? settleResume(run, resumed.value, payload.value) : resumed;
  });
}

function pausedOf(run: Run, hash: CapHash): Sure<InstanceCapV3> {
  const cap = instanceOf(run, hash);
  if (!cap.ok || cap.value.fields.status.state === "paused") return cap;
  return failure({ kind: "not-paused", hash });
}

/**
 * Says whether a hash is that of a paused Instance. It is a value, so that nothing is left to do.
 *
 * @param host What it is looked for in.
 * @param instance The hash.
 * @returns Nothing, when it is.
 */
export function dropV3(host: V3Host, instance: CapHash): Result<undefined, VmError> {
  const run = startRun(host);
  if (!run.ok) return run;
  const cap = pausedOf(run.value, instance);
  return cap.ok ? ok(undefined) : err(cap.error.error);
}
