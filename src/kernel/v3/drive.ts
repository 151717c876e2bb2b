/**
 * The loop: the Instance on top runs until it leaves its code, and what it asks for is done.
 *
 * @module
 */

import { asU32 } from "../../int/mod.ts";
import type { Exit } from "../../pvm/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { CallResult } from "../call_result.ts";
import type { VmError } from "../vm_error.ts";
import type { Frame } from "./frame.ts";
import { startBefore } from "./image.ts";
import { fault } from "./leave.ts";
import { activeRow, setLeft } from "./meters.ts";
import { operate } from "./operations/mod.ts";
import type { Run } from "./run.ts";
import { broken, failure } from "./stop.ts";
import type { Sure } from "./stop.ts";
import { raiseExhausted, raiseOutOfGas } from "./yields.ts";

const OPERATION_MASK = 0xffff_ffffn;
const OPERATION_REGISTER = 11;

/** Does an operation and what follows when it stops short. */
function perform(run: Run, frame: Frame, value: bigint): Sure<undefined> {
  const operation = asU32(Number(value & OPERATION_MASK));
  const done = operate(run, frame, operation);
  if (done.ok) return done;
  switch (done.error.kind) {
    case "error":
      return err(done.error);
    case "failed":
      return fault(run, frame, { kind: "operation-failed", operation });
    case "spent": {
      const { machine, image } = frame;
      machine.setPc(startBefore(image, machine.pc)); // it is done anew
      return raiseExhausted(run, frame, done.error.payload);
    }
  }
}

function isAtEnd({ machine, image }: Frame): boolean {
  return machine.pc === image.fields.code.length;
}

function handle(run: Run, frame: Frame, exit: Exit): Sure<undefined> {
  switch (exit.kind) {
    case "host-call":
      return perform(run, frame, exit.id);
    case "ecall":
      return perform(run, frame, frame.machine.register(OPERATION_REGISTER));
    case "trap":
      return fault(run, frame, { kind: "trap" });
    case "page-fault":
      return fault(run, frame, { kind: "page-fault", address: exit.address });
    case "no-room":
      return failure({ kind: "no-room" });
    case "out-of-gas":
      return ok(undefined); // another meter may have some
    case "halt": // never in the JAVM
    case "panic": // the end of the code is a trap, however it is reached
      return fault(run, frame, { kind: isAtEnd(frame) ? "trap" : "panic" });
  }
}

/** Runs the Instance on top until it leaves its code once. */
function advance(run: Run, frame: Frame): Sure<undefined> {
  const meter = activeRow(run, "gas", frame, 1n);
  if (!meter.ok) return meter;
  if (meter.value === undefined) return raiseOutOfGas(run, frame);
  const { id, left } = meter.value;
  const { machine } = frame;
  machine.setGas(left);
  const exit = machine.run();
  const { gas } = machine;
  run.gasUsed += left - gas;
  const set = setLeft(run, "gas", id, gas);
  return set.ok ? handle(run, frame, exit) : set;
}

/** Goes on until the invocation ends. */
export function drive(run: Run): Result<CallResult, VmError> {
  while (run.end === undefined) {
    const frame = run.stack.runningInstance();
    const step = frame === undefined ? broken("nothing runs") : advance(run, frame);
    if (!step.ok) return err(step.error.error);
  }
  return ok(run.end);
}
