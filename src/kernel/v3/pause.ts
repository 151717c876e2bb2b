/**
 * Paused Instances as values: what is in flight when an Instance halts or yields to the host.
 *
 * @module
 */

import { asU32, asU64 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import { instanceV3Of } from "../instance_v3.ts";
import type { Frame, Outstanding, Yielded } from "./frame.ts";
import { pausedRegions } from "./memory.ts";
import type { Run } from "./run.ts";
import { putAt } from "./slots.ts";
import { broken } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** The call that an Instance waits for; none when it runs or yielded itself. */
function waitsFor({ outstanding }: Frame): Outstanding | undefined {
  const last = outstanding.at(-1);
  return last?.handles === undefined ? last : undefined;
}

/** An Instance as a paused value. What it holds in flight is in its slots already. */
export function pausedValue(
  run: Run,
  frame: Frame,
  { marker, raised }: Yielded,
): Sure<CapTarget> {
  const regions = pausedRegions(run, frame);
  if (!regions.ok) return regions;
  const { image, machine, chain, imageHash, cnode } = frame;
  const callee = (waitsFor(frame)?.path ?? []).map(asU32);
  const pc = asU64(BigInt(machine.pc));
  const { registers: regs } = machine;
  const pause = { image: image.hash, regs, pc, marker, raised, callee, regions: regions.value };
  return ok(run.space.make(instanceV3Of({
    imageHashChain: chain,
    imageHash,
    rootCnode: run.space.make(cnode),
    status: { state: "paused", pause },
  })));
}

/** A call in flight, and the yield that its callee is paused by. */
interface InFlight {
  readonly caller: Frame;
  readonly call: Outstanding;
  readonly yielded: Yielded;
}

/** All calls in flight below an Instance, each behind the one that led to it. */
function inFlightBelow(top: Frame, yielded: Yielded | undefined): readonly InFlight[] | undefined {
  const found: InFlight[] = [];
  const open: { readonly frame: Frame; readonly own: Yielded | undefined }[] = [
    { frame: top, own: yielded },
  ];
  for (const { frame, own } of open) { // grows while it is walked
    for (const call of frame.outstanding) {
      const by = call.handles ?? own;
      if (by === undefined) return undefined;
      found.push({ caller: frame, call, yielded: by });
      open.push({ frame: call.callee, own: by });
    }
  }
  return found;
}

/**
 * Stores what an Instance has in flight in its slots, as paused Instances.
 *
 * @param yielded The yield that the Instance itself is suspended by; none when it halts.
 */
export function storeCallees(
  run: Run,
  top: Frame,
  yielded: Yielded | undefined,
): Sure<undefined> {
  if (top.outstanding.length === 0) return ok(undefined);
  const calls = inFlightBelow(top, yielded);
  if (calls === undefined) return broken("a callee that nobody suspended");
  for (const { caller, call, yielded: by } of calls.toReversed()) {
    const value = pausedValue(run, call.callee, by);
    if (!value.ok) return value;
    const put = putAt(run, caller, call.path, value.value);
    if (!put.ok) return put;
  }
  return ok(undefined);
}
