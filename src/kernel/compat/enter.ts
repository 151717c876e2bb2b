/**
 * The operations that change what runs: yield (16), another image (17), and a call (26).
 *
 * @module
 */

import { asU64 } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { CapRef } from "../cap_ref.ts";
import type { CapHash } from "../hash.ts";
import { extended } from "../image_chain.ts";
import type { VmError } from "../vm_error.ts";
import { hashIn, targetIn, TRAP } from "./answer.ts";
import type { Answered, Operation } from "./answer.ts";
import { buildEntry, imageParts, loadImage, programOf } from "./build.ts";
import { withProgram } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { slotOf } from "./state.ts";
import type { Run } from "./state.ts";

const NO_ARGS = [0n, 0n, 0n, 0n].map(asU64);

/** The next position below one whose catcher lists a marker; nothing when there is none. */
export function catcherBelow(
  run: Run,
  above: number,
  marker: CapHash,
): Result<number | undefined, VmError> {
  for (let position = above - 1; position >= 0; position--) {
    const frame = run.stack.frameAt(position)?.now;
    const catcher = frame?.yieldMarkerSlot === undefined
      ? undefined
      : frame.rootCnode.get(frame.yieldMarkerSlot);
    if (catcher === undefined || CapRef.is(catcher)) continue;
    const markers = run.host.assist.yieldCatcherMarkers(catcher);
    if (!markers.ok) return markers;
    if (markers.value.includes(marker)) return ok(position);
  }
  return ok(undefined);
}

/** Yields: a Reference to the nearest catcher below comes on top. */
export const hostYield: Operation = (run, frame) => {
  const marker = hashIn(frame, 7);
  if (marker === undefined) return TRAP;
  const catcher = catcherBelow(run, run.stack.length - 1, marker);
  if (!catcher.ok) return catcher;
  if (catcher.value === undefined) return TRAP;
  return run.stack.pushReference(catcher.value).ok ? ok("yield") : TRAP;
};

/** What went wrong in an operation is a trap, unless the host itself failed. */
export function trapOr(error: VmError): Answered {
  return HOST_FAILURES.has(error.kind) ? err(error) : TRAP;
}

const HOST_FAILURES: ReadonlySet<VmError["kind"]> = new Set<VmError["kind"]>([
  "store-failed",
  "corrupt-blob",
  "assist-failed",
  "no-room",
]);

/** Goes on in another image. */
export const setImage: Operation = (run, frame) => {
  const imageHash = hashIn(frame, 7);
  if (imageHash === undefined) return TRAP;
  const image = loadImage(run, imageHash);
  if (!image.ok) return trapOr(image.error);
  const program = programOf(run.host.imageCache, imageHash, image.value);
  if (!program.ok) return trapOr(program.error);
  const machine = withProgram(frame.now.machine, program.value);
  if (!machine.ok) return machine;
  frame.now = {
    ...frame.now,
    imageHashChain: extended(frame.now.imageHashChain, imageHash),
    imageHash,
    program: program.value,
    ...imageParts(image.value),
    machine: machine.value,
  };
  return ok("set-image");
};

/** Moves what is in slot 0 of the caller to slot 0 of the child. */
function passSlot0(frame: Frame, child: Frame): boolean {
  const taken = frame.now.rootCnode.take(0);
  if (!taken.ok || taken.value.previous === undefined) return taken.ok;
  const given = child.now.rootCnode.set(0, taken.value.previous);
  if (!given.ok) return false;
  frame.now = { ...frame.now, rootCnode: taken.value.cnode };
  child.now = { ...child.now, rootCnode: given.value.cnode };
  return true;
}

/** Calls the Instance in a slot, which shares the gas. Nothing moves before all is checked. */
export const hostCall: Operation = (run, frame) => {
  const instance = targetIn(frame, 7);
  if (instance === undefined) return TRAP;
  const { machine } = frame.now;
  const entry = { instance, endpoint: slotOf(frame, 8), args: NO_ARGS, gas: machine.gas };
  const child = buildEntry(run, entry);
  if (!child.ok) return trapOr(child.error);
  if (!run.stack.pushInstance(child.value).ok) return TRAP;
  passSlot0(frame, child.value);
  machine.setGas(0n);
  return ok("call");
};
