/**
 * The kernel under the rules of the original: a child made of an image and a prepared cnode.
 *
 * @module
 */

import { putCap } from "./kernel_cache.ts";
import { type Cap, capHash, CNODE, DATA, IMAGE, INSTANCE } from "./kernel_caps.ts";
import { capOf } from "./kernel_compat_build.ts";
import { inlineBytes } from "./kernel_compat_data.ts";
import { type Done, slotIn } from "./kernel_compat_done.ts";
import { extended, hashIn } from "./kernel_compat_enter.ts";
import { cnodeCap, type Env, type Frame, type State, withTop } from "./kernel_compat_state.ts";
import { at, big } from "./kernel_shapes.ts";
import { type CNode, get, mint, set } from "./kernel_slots.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";

const SPACE = 2n ** 32n;

/** The cnode of a child: pinned entries overwrite, initial ones fill empty slots. */
function childCNode(prepared: Cap, image: Cap): CNode | undefined {
  let cnode: CNode = [big(at(prepared[1], 0)), partsOf(at(prepared[1], 1))];
  const entries = [
    ...partsOf(at(image[1], 5)).map((entry) => ({ entry, overwrites: true })),
    ...partsOf(at(image[1], 6)).map((entry) => ({ entry, overwrites: false })),
  ];
  for (const { entry, overwrites } of entries) {
    const slot = big(at(entry, 0));
    if (!overwrites && get(cnode, slot) !== undefined) continue;
    const done = set(cnode, slot, at(entry, 1));
    if ("error" in done) return undefined;
    cnode = done.cnode;
  }
  return cnode;
}

/** The size of a child's memory and its overlays; nothing where a mapping ends beyond 4 GiB. */
function childMemory(
  env: Env,
  state: State,
  image: Cap,
  cnode: CNode,
): { readonly size: bigint; readonly overlays: readonly Value[] } | undefined {
  let size = 0n;
  let total = 0n;
  const overlays: Value[] = [];
  for (const mapping of partsOf(at(image[1], 4))) {
    const start = big(at(mapping, 0));
    const end = start + big(at(mapping, 1));
    if (end > SPACE) return undefined;
    size = end % SPACE > size ? end % SPACE : size;
    const target = at(mapping, 3) === 0n ? undefined : get(cnode, big(at(at(mapping, 2), 0)));
    const data = target === undefined ? undefined : capOf(state, target, DATA);
    const bytes = data === undefined ? undefined : inlineBytes(data);
    if (bytes === undefined) continue;
    overlays.push([start % SPACE, bytes]);
    total += BigInt(bytes.length);
  }
  return total > env.memoryBytes ? undefined : { size, overlays };
}

/** Makes a child of an image and a prepared cnode. */
export function spawn(env: Env, state: State, frame: Frame): Done | undefined {
  const [imageHash, cnodeHash] = [hashIn(frame, 7), hashIn(frame, 8)];
  if (imageHash === undefined || cnodeHash === undefined) return undefined;
  const [image, prepared] = [capOf(state, imageHash, IMAGE), capOf(state, cnodeHash, CNODE)];
  if (image === undefined || prepared === undefined) return undefined;
  const cnode = childCNode(prepared, image);
  const memory = cnode === undefined ? undefined : childMemory(env, state, image, cnode);
  if (cnode === undefined || memory === undefined) return undefined;
  const chain = extended(env, frame.chain, imageHash);
  const root = cnodeCap(cnode);
  const none = Array.from({ length: 13 }, () => 0n);
  const head = [chain, imageHash, capHash(env.sha, root)];
  const child: Cap = [INSTANCE, [...head, memory.overlays, memory.size, none, 0n, 0n]];
  const emptied = set(frame.cnode, slotIn(frame, 8), undefined);
  if ("error" in emptied) return undefined;
  const hash = capHash(env.sha, child);
  const done = mint("compat", emptied.cnode, frame.pinned, slotIn(frame, 9), hash);
  if ("error" in done) return undefined;
  const directory = putCap(env.sha, putCap(env.sha, state.directory, root).state, child).state;
  return { state: withTop({ ...state, directory }, { ...frame, cnode: done.cnode }) };
}
