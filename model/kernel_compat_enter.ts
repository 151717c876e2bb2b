/**
 * The kernel under the rules of the original: the operations that change who runs, or what.
 *
 * @module
 */

import { IMAGE } from "./kernel_caps.ts";
import { build, capOf, imageParts, programOf } from "./kernel_compat_build.ts";
import { type Done, slotIn } from "./kernel_compat_done.ts";
import {
  type Env,
  type Frame,
  frameAt,
  pushed,
  type State,
  withProgram,
  withTop,
} from "./kernel_compat_state.ts";
import { get, set } from "./kernel_slots.ts";
import { hexBytes, hexText } from "./kernel_ssz.ts";

/** The hash in the slot that a register names; nothing for a handle or an empty slot. */
export function hashIn(frame: Frame, index: number): string | undefined {
  const target = get(frame.cnode, slotIn(frame, index));
  return typeof target === "string" ? target : undefined;
}

/** The next position below one whose catcher lists a marker. */
export function catcherBelow(state: State, above: number, marker: string): number | undefined {
  for (let position = above - 1; position >= 0; position--) {
    const frame = frameAt(state, position);
    const catcher = frame?.catcher === undefined ? undefined : get(frame.cnode, frame.catcher);
    if (typeof catcher !== "string") continue;
    const markers = state.assist.catchers.find(([hash]) => hash === catcher)?.[1] ?? [];
    if (markers.includes(marker)) return position;
  }
  return undefined;
}

/** Gives a marker to the nearest entry below that catches it. */
export function yieldTo(env: Env, state: State, frame: Frame): Done | undefined {
  const marker = hashIn(frame, 7);
  if (marker === undefined) return undefined;
  const target = catcherBelow(state, state.stack.length - 1, marker);
  if (target === undefined) return undefined;
  // Where the invocation began is for the driver to say.
  const next = pushed(env, state, { kind: "reference", target, base: 0 });
  return next === undefined ? undefined : { state: next, exit: "yield" };
}

/** The chain with a further image. */
export function extended(env: Env, chain: string, image: string): string {
  return hexText(env.blake([...hexBytes(chain), ...hexBytes(image)]));
}

/** Goes on in another image. */
export function setImage(env: Env, state: State, frame: Frame): Done | undefined {
  const imageHash = hashIn(frame, 7);
  const image = imageHash === undefined ? undefined : capOf(state, imageHash, IMAGE);
  if (imageHash === undefined || image === undefined) return undefined;
  const chain = extended(env, frame.chain, imageHash);
  const next = { ...frame, chain, imageHash, ...imageParts(image) };
  return { state: withTop(state, withProgram(next, programOf(image))), exit: "set-image" };
}

/** Calls an Instance: what is in slot 0 goes along. */
export function call(env: Env, state: State, frame: Frame): Done | undefined {
  const target = get(frame.cnode, slotIn(frame, 7));
  if (target === undefined) return undefined;
  const built = build(env, state, target, Number(slotIn(frame, 8)), [0n, 0n, 0n, 0n]);
  if (typeof built === "string") return undefined;
  const passed = get(frame.cnode, 0n);
  const given = passed === undefined ? { cnode: built.cnode } : set(built.cnode, 0n, passed);
  const left = passed === undefined ? { cnode: frame.cnode } : set(frame.cnode, 0n, undefined);
  if ("error" in given || "error" in left) return undefined;
  const { gas } = frame.machine;
  const child = { ...built, cnode: given.cnode, machine: { ...built.machine, gas } };
  const parent = { ...frame, cnode: left.cnode, machine: { ...frame.machine, gas: 0n } };
  const next = pushed(env, withTop(state, parent), { kind: "instance", frame: child });
  return next === undefined ? undefined : { state: next, exit: "call" };
}
