/**
 * Images as the kernel runs them.
 *
 * @module
 */

import { ok } from "../../result.ts";
import type { Program } from "../../pvm/mod.ts";
import { rawBytes } from "../byte_string.ts";
import type { ByteString } from "../byte_string.ts";
import { PAGE_SIZE } from "../data_cap.ts";
import type { CapHash } from "../hash.ts";
import type { ImageCache } from "../image_cache.ts";
import type { EndpointV3, ImageCapV3, ImageV3Fields } from "../image_v3.ts";
import type { Path } from "./frame.ts";
import { failure } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** A mapping in whole pages. */
export interface Layout {
  readonly start: number;
  readonly bytes: number;
  readonly path: Path;
  /** The Data that it shows, when it can only be read. */
  readonly shows: CapHash | undefined;
}

/** What is worked out once for an image. */
interface Plan {
  readonly fields: ImageV3Fields;
  readonly endpoints: ReadonlyMap<number, EndpointV3>;
  readonly layouts: readonly Layout[];
  /** The bytes of all mappings. */
  readonly mappedBytes: number;
  readonly pinned: ReadonlySet<number>;
  /** The slots of meters and of quotas, each once: one that comes again pays no better. */
  readonly rowSlots: { readonly gas: readonly number[]; readonly quota: readonly number[] };
}

/** An image that runs. */
export interface RunningImage extends Plan {
  readonly hash: CapHash;
  readonly program: Program;
}

const plans = new WeakMap<ImageCapV3, Plan>();

function layoutsOf({ mappings, pinned }: ImageV3Fields): readonly Layout[] {
  return mappings.map(({ start, size, sourcePath, sourcePathLength }) => {
    const path = sourcePath.slice(0, sourcePathLength);
    const shows = path.length === 1
      ? pinned.find(({ slot }) => slot === path[0])?.capHash
      : undefined;
    return {
      start: Number(start),
      bytes: Math.ceil(Number(size) / PAGE_SIZE) * PAGE_SIZE,
      path,
      shows,
    };
  });
}

function planOf(image: ImageCapV3): Plan {
  const known = plans.get(image);
  if (known !== undefined) return known;
  const { fields } = image;
  const layouts = layoutsOf(fields);
  const plan: Plan = {
    fields,
    endpoints: new Map(fields.endpoints.map((endpoint) => [endpoint.index, endpoint])),
    layouts,
    mappedBytes: layouts.reduce((sum, { bytes }) => sum + bytes, 0),
    pinned: pinnedBy(image),
    rowSlots: { gas: [...new Set(fields.gasSlots)], quota: [...new Set(fields.quotaSlots)] },
  };
  plans.set(image, plan);
  return plan;
}

/** The slots that an image pins. */
export function pinnedBy(image: ImageCapV3): ReadonlySet<number> {
  return plans.get(image)?.pinned ?? new Set(image.fields.pinned.map(({ slot }) => slot));
}

function isStart(bitmask: Uint8Array, at: number): boolean {
  return ((bitmask[at >> 3] ?? 0) >> (at & 7) & 1) === 1;
}

/** One byte for each byte of code: whether an instruction starts there. */
function startsOf(bitmask: ByteString, length: number): Uint8Array<ArrayBuffer> {
  const mask = rawBytes(bitmask);
  return new Uint8Array(length).map((_, at) => isStart(mask, at) ? 1 : 0);
}

/** Where the instruction before an offset starts: there is one. */
export function startBefore({ fields }: RunningImage, pc: number): number {
  const mask = rawBytes(fields.bitmask);
  let at = pc - 1;
  while (at > 0 && !isStart(mask, at)) at--;
  return at;
}

/** An image, ready to run. */
export function runningImage(
  cache: ImageCache,
  hash: CapHash,
  image: ImageCapV3,
): Sure<RunningImage> {
  const plan = planOf(image);
  const known = cache.get(hash);
  if (known !== undefined) return ok({ ...plan, hash, program: known });
  const { code, bitmask, jumpTable } = plan.fields;
  const bytes = rawBytes(code);
  const decoded = cache.getOrDecode(hash, bytes, startsOf(bitmask, bytes.length), jumpTable);
  if (decoded.ok) return ok({ ...plan, hash, program: decoded.value });
  const { error } = decoded;
  return failure(
    error.kind === "invalid-argument"
      ? { kind: "invalid-bytecode", text: `${error.parameter}: ${error.expected}` }
      : error,
  );
}

/** The register of the first of the four arguments. */
const FIRST_ARGUMENT = 7;

/** An endpoint's registers with the arguments of a call. */
export function registersFor(endpoint: EndpointV3, args: readonly bigint[]): readonly bigint[] {
  return endpoint.initialRegs.map((value, index) => args[index - FIRST_ARGUMENT] ?? value);
}
