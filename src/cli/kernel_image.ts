/**
 * The image that a manifest plans, in its authoring form.
 *
 * @module
 */

import { ImageSource } from "../kernel/mod.ts";
import type { CapHash, ImageSourceOptions } from "../kernel/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ImageCode } from "./kernel_code.ts";
import type { EndpointPlan, ImagePlan } from "./kernel_manifest.ts";
import { fieldPath, type Mistake, mistake } from "./kernel_reader.ts";
import { refusal } from "./kernel_report.ts";

type SourceEndpoint = NonNullable<ImageSourceOptions["endpoints"]>[number];

/** What is wrong with an image, at the part of the plan that it is about. */
export function imageMistake(error: object, plan: ImagePlan, path: string): Mistake {
  const [mapping, index]: unknown[] = [Reflect.get(error, "mapping"), Reflect.get(error, "index")];
  if (typeof mapping === "number") {
    return refusal(`${fieldPath(path, "mappings")}[${mapping}]`, error);
  }
  const kind: unknown = Reflect.get(error, "kind");
  if (kind === "malformed-code") {
    return refusal(fieldPath(path, plan.source === undefined ? "code" : "source"), error);
  }
  const at = plan.endpoints.findIndex((endpoint) => endpoint.index === index);
  if (kind !== "endpoint-not-an-instruction" || at < 0) return refusal(path, error);
  return refusal(`${fieldPath(path, "endpoints")}[${at}].entry`, error);
}

/** The code offset that an endpoint enters at. */
function entryOf(
  { entry }: EndpointPlan,
  path: string,
  { labels }: ImageCode,
): Result<bigint, Mistake> {
  if (typeof entry === "bigint") return ok(entry);
  const offset = labels.get(entry);
  return offset === undefined
    ? mistake(path, `there is no label ${JSON.stringify(entry)}`)
    : ok(offset);
}

function endpointsOf(
  plans: readonly EndpointPlan[],
  path: string,
  code: ImageCode,
): Result<readonly SourceEndpoint[], Mistake> {
  const endpoints: SourceEndpoint[] = [];
  for (const [at, plan] of plans.entries()) {
    const entryPc = entryOf(plan, `${fieldPath(path, "endpoints")}[${at}].entry`, code);
    if (!entryPc.ok) return entryPc;
    const { index, argRegisters, argCnodeSize, registers } = plan;
    const initialRegs = registers.map(({ number, value }) => ({ register: Number(number), value }));
    endpoints.push({ index, entryPc: entryPc.value, argRegisters, argCnodeSize, initialRegs });
  }
  return ok(endpoints);
}

/** The image of a plan, its code, and what its slots pin. */
export function imageSource(
  plan: ImagePlan,
  path: string,
  code: ImageCode,
  pinned: readonly { readonly slot: number; readonly target: CapHash }[],
): Result<ImageSource, Mistake> {
  const endpoints = endpointsOf(plan.endpoints, path, code);
  if (!endpoints.ok) return endpoints;
  const { mappings, gasSlots, quotaSlots, catcherSlot } = plan;
  const { code: bytes, packedBitmask, jumpTable } = code;
  const source = ImageSource.create({
    code: bytes,
    packedBitmask,
    jumpTable,
    endpoints: endpoints.value,
    memoryMappings: mappings,
    gasSlots,
    quotaSlots,
    pinnedSlots: pinned.map(({ slot, target }) => ({ slot, contentHash: target })),
    ...(catcherSlot === undefined ? {} : { yieldMarkerSlot: catcherSlot }),
  });
  return source.ok ? source : err(refusal(path, source.error));
}
