/**
 * Going on with what is paused.
 *
 * @module
 */

import { ok } from "../../result.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import type { Pause } from "../instance_v3.ts";
import { imageOf, NOT_ENTERED, pinnedOf, rootOf, start } from "./enter.ts";
import type { Start } from "./enter.ts";
import type { Frame } from "./frame.ts";
import { STATUS, VALUE } from "./leave.ts";
import { memoryAfterPause } from "./memory.ts";
import { hasRoom } from "./run.ts";
import type { Run } from "./run.ts";
import { placeAt, setSlot0 } from "./slots.ts";
import { broken } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** A paused Instance: the target, or one that it waits for. */
interface Link {
  readonly instance: InstanceCapV3;
  readonly pause: Pause;
  readonly cnode: CNodeCap;
}

/** Going on; or there is no room on the stack; or a detail why not. */
export type Resumed =
  | { readonly kind: "runs"; readonly yielder: Frame; readonly raised: boolean }
  | { readonly kind: "full" }
  | { readonly kind: "refused"; readonly detail: number };

type Images = Pick<Start, "image" | "pinned">;

type Chain = { readonly kind: "links"; readonly links: readonly Link[] } | Resumed;

const FULL: Resumed = { kind: "full" };

function refused(detail: number): Sure<Resumed> {
  return ok({ kind: "refused", detail });
}

/** The Instance that a paused one waits for; nothing when its path leads to none. */
function calleeOf(run: Run, { cnode, pause }: Link): Sure<InstanceCapV3 | undefined> {
  const place = placeAt(run, cnode, pause.callee);
  if (!place.ok) return place;
  const held = place.value?.held;
  if (held === undefined) return ok(undefined);
  const cap = run.space.load(held);
  if (!cap.ok) return cap;
  return ok(InstanceCapV3.is(cap.value) ? cap.value : undefined);
}

/** The target and all that it waits for, the yielder last. */
function chainFrom(run: Run, target: InstanceCapV3): Sure<Chain> {
  const links: Link[] = [];
  let instance: InstanceCapV3 | undefined = target;
  for (;;) {
    if (instance === undefined) return refused(NOT_ENTERED.status);
    if (!hasRoom(run, links.length + 1)) return ok(FULL);
    const { status } = instance.fields;
    if (status.state !== "paused") return refused(NOT_ENTERED.status);
    const root = rootOf(run, instance);
    if (!root.ok) return root;
    if (root.value === undefined) return refused(NOT_ENTERED.image);
    const link: Link = { instance, pause: status.pause, cnode: root.value };
    links.push(link);
    if (link.pause.callee.length === 0) return ok({ kind: "links", links });
    const callee = calleeOf(run, link);
    if (!callee.ok) return callee;
    instance = callee.value;
  }
}

/** What an Instance of a chain runs; a detail when its images are none of version 3. */
function imagesOf(run: Run, link: Link): Sure<Images | undefined> {
  const pinned = pinnedOf(run, link.instance.fields.imageHash);
  if (!pinned.ok) return pinned;
  const image = imageOf(run, link.pause.image);
  if (!image.ok) return image;
  return ok(
    image.value === undefined || pinned.value === undefined
      ? undefined
      : { image: image.value, pinned: pinned.value },
  );
}

/** Lays out and pushes one Instance of a chain; a detail when that cannot be. */
function startLink(
  run: Run,
  caller: Frame | undefined,
  link: Link,
  images: Images,
): Sure<Frame | undefined> {
  const { instance, pause, cnode } = link;
  const laid = memoryAfterPause(run, images.image, pause.regions);
  if (!laid.ok) return laid;
  if (laid.value === undefined) return ok(undefined);
  return start(run, {
    caller,
    instance,
    ...images,
    cnode,
    laid: laid.value,
    registers: pause.regs,
    pc: pcOf(pause),
  });
}

/** The pc of a pause; one that no code has stays without an instruction. */
function pcOf({ pc }: Pause): number {
  return pc <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(pc) : Number.MAX_SAFE_INTEGER;
}

/** Pushes a paused Instance and all that it waits for. Pushed is what is there when one refuses. */
function pushChain(
  run: Run,
  caller: Frame | undefined,
  links: readonly Link[],
): Sure<Resumed> {
  const images: Images[] = [];
  for (const link of links) {
    const own = imagesOf(run, link);
    if (!own.ok) return own;
    if (own.value === undefined) return refused(NOT_ENTERED.image);
    images.push(own.value);
  }
  let last = caller;
  let raised = false;
  for (const [index, link] of links.entries()) {
    const own = images[index];
    const frame = own === undefined ? ok(undefined) : startLink(run, last, link, own);
    if (!frame.ok) return frame;
    if (frame.value === undefined) return refused(NOT_ENTERED.memory);
    const path = links[index - 1]?.pause.callee;
    if (path !== undefined) {
      last?.outstanding.push({ path, callee: frame.value, handles: undefined });
    }
    last = frame.value;
    raised = link.pause.raised;
  }
  return last === undefined
    ? broken("a chain of nothing")
    : ok({ kind: "runs", yielder: last, raised });
}

/** Pushes a paused Instance, which goes on; the yielder's registers and slot 0 are still as they were. */
export function resumePaused(
  run: Run,
  caller: Frame | undefined,
  target: InstanceCapV3,
): Sure<Resumed> {
  const chain = chainFrom(run, target);
  if (!chain.ok) return chain;
  return chain.value.kind === "links" ? pushChain(run, caller, chain.value.links) : ok(chain.value);
}

/** Gives a yielder what it is resumed with. */
export function answerYielder(yielder: Frame, payload: CapTarget | undefined): void {
  setSlot0(yielder, payload);
  yielder.machine.setRegister(VALUE, 0n);
  yielder.machine.setRegister(STATUS, 0n);
}
