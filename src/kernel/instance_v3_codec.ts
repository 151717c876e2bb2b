/**
 * How Instances of version 3 are written and hashed: only with a root cnode that is named by its
 * hash.
 *
 * @module
 */

import { asU8 } from "../int/mod.ts";
import type { U8 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { CapHash } from "./hash.ts";
import { REGISTER_COUNT } from "./image_cap.ts";
import { FAULTED, IDLE, instanceV3Of, isCallee } from "./instance_v3.ts";
import type {
  InstanceCapV3,
  InstanceStatus,
  InstanceV3Fields,
  Pause,
  PausedRegion,
} from "./instance_v3.ts";
import { LIST_MAX } from "./parse.ts";
import { hash32, uint32, uint64, uint8 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list, vector } from "./ssz/composite.ts";
import { container, mapped, nothing, option, optional, refined, union } from "./ssz/container.ts";

const flag: Ssz<boolean> = mapped<U8, boolean>(
  uint8,
  (value) => value > 1 ? err("neither 0 nor 1") : ok(value === 1),
  (value) => asU8(value ? 1 : 0),
);

const pause: Ssz<Pause> = container<Pause>({
  image: hash32,
  regs: vector(uint64, REGISTER_COUNT),
  pc: uint64,
  marker: hash32,
  raised: flag,
  callee: refined(list(uint32), (steps) => isCallee(steps) ? undefined : "no path of a callee"),
  regions: refined(
    list(container<PausedRegion>({ source: optional(hash32), content: hash32 })),
    ({ length }) => length > LIST_MAX ? `${length} regions` : undefined,
  ),
});

const status: Ssz<InstanceStatus> = union<InstanceStatus>([
  nothing("idle", ({ state }) => state === "idle", IDLE),
  option(
    "paused",
    pause,
    (value) => value.state === "paused" ? value.pause : undefined,
    (value) => Object.freeze({ state: "paused", pause: value }),
  ),
  nothing("faulted", ({ state }) => state === "faulted", FAULTED),
]);

type InstanceRow = Omit<InstanceV3Fields, "rootCnode"> & { readonly rootCnode: CapHash };

/** The encoding. */
export const instanceV3Ssz: Ssz<InstanceCapV3> = mapped(
  container<InstanceRow>({
    imageHashChain: hash32,
    imageHash: hash32,
    rootCnode: hash32,
    status,
  }),
  (fields) => ok(instanceV3Of(fields)),
  ({ fields }) => {
    const { rootCnode } = fields;
    // A handle is never written: hashes and encodings are refused before they come here.
    return { ...fields, rootCnode: typeof rootCnode === "string" ? rootCnode : "" };
  },
);
