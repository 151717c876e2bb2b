/**
 * What becomes of an image's endpoints and mappings when it is turned into a capability.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU32, asU64, asU8, asUsize } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ImageConvertError } from "./errors.ts";
import { EMPTY_ENDPOINT, paddedPath, REGISTER_COUNT } from "./image_cap.ts";
import type { Endpoint, Mapping } from "./image_cap.ts";
import { ImageSource } from "./image_source.ts";
import type { SourceEndpoint } from "./image_source.ts";
import { MAX_SOURCE_DEPTH } from "./slot.ts";

/** The stack pointer's register. */
const STACK_REGISTER = 1;

function endpointOf(source: SourceEndpoint): Endpoint {
  const initialRegs = Array.from(
    { length: REGISTER_COUNT },
    (_, i) => source.initialRegs.find(({ register }) => register === i)?.value ?? asU64(0n),
  );
  return Object.freeze({
    entryPc: source.entryPc,
    stackTop: initialRegs[STACK_REGISTER] ?? asU64(0n),
    argCnodeSlot: asU32(0),
    argCnodeSize: source.argCnodeSize,
    initialRegs: Object.freeze(initialRegs),
  });
}

/** `count` endpoints, empty but for those that the image defines. */
export function endpointsOf(
  source: ImageSource,
  count: number,
): Result<readonly Endpoint[], InvalidArgument | ImageConvertError> {
  if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);
  const endpoints = new Array<Endpoint>(count).fill(EMPTY_ENDPOINT);
  for (const endpoint of source.fields.endpoints) {
    const { index, initialRegs } = endpoint;
    if (index >= count) return err({ kind: "endpoint-index-out-of-range", index });
    const wrong = initialRegs.find(({ register }) => register >= REGISTER_COUNT);
    if (wrong !== undefined) {
      return err({ kind: "register-index-out-of-range", index: wrong.register });
    }
    endpoints[index] = endpointOf(endpoint);
  }
  return ok(Object.freeze(endpoints));
}

/** The mappings, their paths filled up to 8 steps. */
export function mappingsOf(source: ImageSource): Result<readonly Mapping[], ImageConvertError> {
  const mappings: Mapping[] = [];
  for (const { start, size, source: steps } of source.fields.memoryMappings) {
    if (steps.length === 0) return err({ kind: "source-path-empty" });
    if (steps.length > MAX_SOURCE_DEPTH) {
      return err({ kind: "source-path-too-deep", steps: asUsize(steps.length) });
    }
    const sourcePathLength = asU8(steps.length);
    mappings.push(Object.freeze({ start, size, sourcePath: paddedPath(steps), sourcePathLength }));
  }
  return ok(Object.freeze(mappings));
}
