/**
 * Making an Instance of an image and a prepared cnode: 18.
 *
 * @module
 */

import { asU32 } from "../../int/mod.ts";
import type { U32 } from "../../int/mod.ts";
import { ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { ByteString } from "../byte_string.ts";
import { CNodeCap } from "../cnode_cap.ts";
import { DataCap } from "../data_cap.ts";
import { ImageCap } from "../image_cap.ts";
import type { Mapping } from "../image_cap.ts";
import { extended } from "../image_chain.ts";
import { InstanceCap } from "../instance_cap.ts";
import type { RwOverlay } from "../instance_cap.ts";
import type { VmError } from "../vm_error.ts";
import { bind, capIn, hashIn, isWritable, publishInto, TRAP } from "./answer.ts";
import type { Operation } from "./answer.ts";
import { endsInside } from "./build.ts";
import { slotOf } from "./state.ts";
import type { Run } from "./state.ts";

/** The child's slots: pinned entries overwrite, initial ones fill; nothing when one is out of range. */
function childCnode(prepared: CNodeCap, { fields }: ImageCap): CNodeCap | undefined {
  let cnode = prepared;
  for (const { slot, capHash } of fields.pinned) {
    const change = cnode.set(slot, capHash);
    if (!change.ok) return undefined;
    cnode = change.value.cnode;
  }
  for (const { slot, capHash } of fields.initial) {
    if (cnode.get(slot) !== undefined) continue;
    const change = cnode.set(slot, capHash);
    if (!change.ok) return undefined;
    cnode = change.value.cnode;
  }
  return cnode;
}

/** What the first step of a mapping's path leads to, when that is data in one piece. */
function sourceBytes(
  run: Run,
  cnode: CNodeCap,
  { sourcePath, sourcePathLength }: Mapping,
): Result<ByteString | undefined, VmError> {
  const [step] = sourcePath;
  const target = step === undefined || sourcePathLength === 0 ? undefined : cnode.get(step);
  if (target === undefined) return ok(undefined);
  const cap = run.workspace.load(target);
  if (!cap.ok) return cap;
  const content = DataCap.is(cap.value) ? cap.value.content : undefined;
  return ok(content?.form === "inline" ? content.bytes : undefined);
}

/** The low 32 bits of an address. */
function low(address: bigint): U32 {
  return asU32(Number(BigInt.asUintN(32, address)));
}

interface ChildMemory {
  readonly memSize: U32;
  readonly rwOverlays: readonly RwOverlay[];
}

/** The child's memory; nothing when a mapping ends beyond 4 GiB, or all are more than may be mapped. */
function childMemory(
  run: Run,
  cnode: CNodeCap,
  { fields }: ImageCap,
): Result<ChildMemory | undefined, VmError> {
  let memSize = asU32(0);
  let total = 0;
  const rwOverlays: RwOverlay[] = [];
  for (const mapping of fields.mappings) {
    if (!endsInside(mapping.start, mapping.size)) return ok(undefined);
    const end = low(mapping.start + mapping.size);
    if (end > memSize) memSize = end;
    const bytes = sourceBytes(run, cnode, mapping);
    if (!bytes.ok) return bytes;
    if (bytes.value === undefined) continue;
    rwOverlays.push({ start: low(mapping.start), bytes: bytes.value });
    total += bytes.value.length;
    if (total > run.host.memoryBytes) return ok(undefined);
  }
  return ok({ memSize, rwOverlays });
}

/** Makes a child. */
export const deriveSpawn: Operation = (run, frame) => {
  const imageHash = hashIn(frame, 7);
  const dst = slotOf(frame, 9);
  if (imageHash === undefined || hashIn(frame, 8) === undefined) return TRAP;
  const image = capIn(run, frame, 7);
  if (!image.ok) return image;
  const prepared = capIn(run, frame, 8);
  if (!prepared.ok) return prepared;
  if (!ImageCap.is(image.value) || !CNodeCap.is(prepared.value)) return TRAP;
  const cnode = childCnode(prepared.value, image.value);
  if (cnode === undefined || !isWritable(frame, dst)) return TRAP;
  const memory = childMemory(run, cnode, image.value);
  if (!memory.ok) return memory;
  if (memory.value === undefined) return TRAP;
  const rootCnode = run.workspace.publish(cnode);
  if (!rootCnode.ok) return rootCnode;
  const child = InstanceCap.create({
    imageHashChain: extended(frame.now.imageHashChain, imageHash),
    imageHash,
    rootCnode: rootCnode.value,
    ...memory.value,
  });
  if (!child.ok) return TRAP;
  bind(frame, slotOf(frame, 8), undefined);
  return publishInto(run, frame, dst, child.value);
};
