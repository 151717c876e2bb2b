/**
 * What an Instance has become when it ends.
 *
 * @module
 */

import { asU32, asU64, asUsize } from "../../int/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { wrapBytes } from "../byte_string.ts";
import { CNodeCap } from "../cnode_cap.ts";
import type { CapHash } from "../hash.ts";
import type { Mapping } from "../image_cap.ts";
import { InstanceCap } from "../instance_cap.ts";
import type { RwOverlay } from "../instance_cap.ts";
import type { VmError } from "../vm_error.ts";
import { loadImage } from "./build.ts";
import type { FrameState } from "./frame.ts";
import { broken } from "./state.ts";
import type { Run } from "./state.ts";

const ADDRESSES = 2n ** 32n;

function low(address: bigint) {
  return asU32(Number(address % ADDRESSES));
}

/** Publishes the slots that hold a target. */
function settledCnode(run: Run, cnode: CNodeCap): Result<CapHash, VmError> {
  const bound = cnode.entries().filter((entry) => "target" in entry);
  const next = CNodeCap.create(cnode.sizeLog, bound);
  return next.ok
    ? run.workspace.publishSlots(next.value)
    : broken("slots of a cnode make no cnode");
}

/** What is in memory where the image maps it; what cannot be read is left out. */
function overlaysOf(
  run: Run,
  { machine }: FrameState,
  mappings: readonly Mapping[],
): Result<readonly RwOverlay[], VmError> {
  const overlays: RwOverlay[] = [];
  let total = 0;
  for (const mapping of mappings) {
    const start = low(mapping.start);
    if (!machine.memory.canRead(start, mapping.size)) continue;
    total += Number(mapping.size);
    if (total > run.host.memoryBytes) {
      const limitBytes = asUsize(run.host.memoryBytes);
      return err({ kind: "too-large", bytes: asUsize(total), limitBytes });
    }
    const bytes = machine.memory.read(start, Number(mapping.size));
    if (bytes.ok) overlays.push({ start, bytes: wrapBytes(bytes.value) });
  }
  return ok(overlays);
}

/** Publishes the Instance that an entry has become. */
export function settleEntry(run: Run, entry: FrameState): Result<CapHash, VmError> {
  const image = loadImage(run, entry.imageHash);
  if (!image.ok) return image;
  const { mappings } = image.value.fields;
  const rwOverlays = overlaysOf(run, entry, mappings);
  if (!rwOverlays.ok) return rwOverlays;
  const rootCnode = settledCnode(run, entry.rootCnode);
  if (!rootCnode.ok) return rootCnode;
  const last = mappings.at(-1);
  const instance = InstanceCap.create({
    imageHashChain: entry.imageHashChain,
    imageHash: entry.imageHash,
    rootCnode: rootCnode.value,
    rwOverlays: rwOverlays.value,
    memSize: last === undefined ? 0 : low(last.start + last.size),
    regs: entry.machine.registers,
    pc: asU64(BigInt(entry.machine.pc)),
    gasRemaining: entry.machine.gas,
  });
  return instance.ok ? run.workspace.publish(instance.value) : broken("no Instance of an entry");
}
