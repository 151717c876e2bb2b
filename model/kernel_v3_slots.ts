/**
 * The kernel of mode v3: slots, and the paths that operands give (the page, "Operands").
 *
 * @module
 */

import {
  type Check,
  demand,
  failed,
  type Frame,
  type Path,
  present,
  stop,
} from "./kernel_v3_state.ts";
import type { Cap, CNode, Slots } from "./kernel_v3_values.ts";
import { readBytes } from "./kernel_v3_memory.ts";

/** A root cnode has so many slots, as a power of two. */
export const ROOT_LOG = 8;

const STEPS_MAX = 8n;

/** What a slot of a cnode holds. */
export function slotOf(cnode: CNode, slot: number): Cap | undefined {
  return cnode.slots.find(([at]) => at === slot)?.[1];
}

/** Slots with one of them replaced. */
export function withSlot(slots: Slots, slot: number, cap: Cap | undefined): Slots {
  const others = slots.filter(([at]) => at !== slot);
  if (cap === undefined) return others;
  return [...others, [slot, cap] as const].sort(([a], [b]) => a - b);
}

/** What a cap is, when that can be told. */
export function* known(cap: Cap | undefined): Check<Cap | undefined> {
  return cap?.is === "absent" ? yield* stop({ kind: "absent", hash: cap.hash }) : cap;
}

/** A cap in a slot whose content is not missing. */
export function* named(cap: Cap | undefined): Check<Cap | undefined> {
  return cap?.is === "absent" && cap.inSlot ? yield* known(cap) : cap;
}

/** The cnode that all steps but the last lead to, in which the last one lies. */
export function* cnodeOf(root: CNode, path: Path): Check<CNode> {
  const [first = -1, ...rest] = path;
  yield* demand(first >= 0 && first < 2 ** root.sizeLog);
  if (rest.length === 0) return root;
  const next = yield* known(slotOf(root, first));
  return next?.is === "cnode" ? yield* cnodeOf(next, rest) : yield* failed();
}

/** What a path leads to: perhaps nothing. */
export function* held(root: CNode, path: Path): Check<Cap | undefined> {
  const cnode = yield* cnodeOf(root, path);
  return yield* named(slotOf(cnode, path.at(-1) ?? -1));
}

/** The cnode with the slot at the end of a path replaced; the path has to lead there. */
export function put(root: CNode, path: Path, cap: Cap | undefined): CNode {
  const [first = -1, ...rest] = path;
  if (rest.length === 0) return { ...root, slots: withSlot(root.slots, first, cap) };
  const next = slotOf(root, first);
  if (next?.is !== "cnode") return root;
  return { ...root, slots: withSlot(root.slots, first, put(next, rest, cap)) };
}

/** The steps that an operand gives. */
export function* pathOf(frame: Frame, operand: bigint): Check<Path> {
  if (operand < 256n) return [Number(operand)];
  yield* demand(operand >= 2n ** 63n);
  const count = (operand / 2n ** 32n) % 2n ** 31n;
  yield* demand(count >= 1n && count <= STEPS_MAX);
  const bytes = yield* present(readBytes(frame.machine.memory, operand % 2n ** 32n, 4n * count));
  return Array.from(
    { length: Number(count) },
    (_, step) =>
      bytes.slice(4 * step, 4 * step + 4).reduceRight((n, byte) => 256 * n + Number(byte), 0),
  );
}

/** Whether the present image pins the slot that a path begins with. */
export function isPinned(frame: Frame, path: Path): boolean {
  return frame.image.pinned.some(([slot]) => slot === path[0]);
}

/** Whether a slot is the end of a path or on the way to it. */
function leadsTo(path: Path, end: Path): boolean {
  return path.every((step, at) => step === end[at]);
}

/** A slot that an operation may change: neither pinned, nor in flight, nor on the way to what is. */
export function* free(frame: Frame, path: Path): Check<void> {
  yield* demand(!isPinned(frame, path));
  yield* demand(!frame.flights.some((flight) => leadsTo(path, flight.path)));
}

/** The register of an operand. */
export function operand(frame: Frame, register: number): bigint {
  return frame.machine.registers[register] ?? 0n;
}

/** The path of an operand, and what it leads to. */
export function* looked(
  frame: Frame,
  register: number,
): Check<{ readonly path: Path; readonly cap: Cap | undefined }> {
  const path = yield* pathOf(frame, operand(frame, register));
  return { path, cap: yield* held(frame.root, path) };
}

/** A slot that has to hold a kind of capability. */
export function* holding<K extends Cap["is"]>(
  frame: Frame,
  register: number,
  kind: K,
): Check<{ readonly path: Path; readonly cap: Extract<Cap, { is: K }> }> {
  const { path, cap } = yield* looked(frame, register);
  const whole = yield* known(cap);
  return isA(whole, kind) ? { path, cap: whole } : yield* failed();
}

function isA<K extends Cap["is"]>(
  cap: Cap | undefined,
  kind: K,
): cap is Extract<Cap, { is: K }> {
  return cap?.is === kind;
}

/** A destination: a slot that is empty and may be changed. */
export function* destination(frame: Frame, register: number): Check<Path> {
  const { path, cap } = yield* looked(frame, register);
  yield* free(frame, path);
  yield* demand(cap === undefined);
  return path;
}
