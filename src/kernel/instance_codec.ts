/**
 * How instances are written and hashed: only with a root cnode that is named by its hash.
 *
 * @module
 */

import { ok } from "../result.ts";
import type { CapHash } from "./hash.ts";
import { REGISTER_COUNT } from "./image_cap.ts";
import { instanceCapOf } from "./instance_cap.ts";
import type { InstanceCap, InstanceFields, RwOverlay } from "./instance_cap.ts";
import { byteList, hash32, uint32, uint64 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list, vector } from "./ssz/composite.ts";
import { container, mapped } from "./ssz/container.ts";

type InstanceRow = Omit<InstanceFields, "rootCnode"> & { readonly rootCnode: CapHash };

/** The encoding. */
export const instanceCapSsz: Ssz<InstanceCap> = mapped(
  container<InstanceRow>({
    imageHashChain: hash32,
    imageHash: hash32,
    rootCnode: hash32,
    rwOverlays: list(container<RwOverlay>({ start: uint32, bytes: byteList })),
    memSize: uint32,
    regs: vector(uint64, REGISTER_COUNT),
    pc: uint64,
    gasRemaining: uint64,
  }),
  (fields) => ok(instanceCapOf(fields)),
  ({ fields }) => {
    const { rootCnode } = fields;
    // A handle is never written: hashes and encodings are refused before they come here.
    return { ...fields, rootCnode: typeof rootCnode === "string" ? rootCnode : "" };
  },
);
