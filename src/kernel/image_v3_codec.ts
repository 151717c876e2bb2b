/**
 * How images of version 3 are written and hashed. Reading keeps all the rules of making one.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { mappingPath, REGISTER_COUNT } from "./image_cap.ts";
import { keyed, mappingSsz, slotEntrySsz } from "./image_codec.ts";
import { imageV3Of } from "./image_v3.ts";
import type { EndpointV3, ImageCapV3, ImageV3Fields } from "./image_v3.ts";
import { imageV3Problem } from "./image_v3_rules.ts";
import { byteList, uint32, uint64, uint8 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { list, vector } from "./ssz/composite.ts";
import { container, mapped, optional } from "./ssz/container.ts";

const endpoint: Ssz<EndpointV3> = container<EndpointV3>({
  index: uint8,
  entryPc: uint64,
  argRegisters: uint8,
  argCnodeSize: uint8,
  initialRegs: vector(uint64, REGISTER_COUNT),
});

function fromFields(fields: ImageV3Fields): Result<ImageCapV3, string> {
  const problem = imageV3Problem({
    ...fields,
    endpoints: fields.endpoints.map(({ index, entryPc }) => ({ index, entryPc, registers: [] })),
    mappings: fields.mappings.map((mapping) => ({ ...mapping, path: mappingPath(mapping) })),
    pinnedSlots: fields.pinned.map(({ slot }) => slot),
    initialSlots: 0,
  });
  return problem === undefined ? ok(imageV3Of(fields)) : err(problem.kind);
}

/** The encoding. */
export const imageV3Ssz: Ssz<ImageCapV3> = mapped(
  container<ImageV3Fields>({
    code: byteList,
    bitmask: byteList,
    jumpTable: list(uint32),
    endpoints: keyed(endpoint, ({ index }) => index),
    mappings: list(mappingSsz),
    gasSlots: list(uint32),
    quotaSlots: list(uint32),
    pinned: keyed(slotEntrySsz, ({ slot }) => slot),
    yieldMarkerSlot: optional(uint32),
  }),
  fromFields,
  ({ fields }) => fields,
);
