/**
 * Images of version 3: checked when they are made, so that every one that there is can be entered.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { asU64, asU8 } from "../int/mod.ts";
import type { U32, U64, U8 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { wrapBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import type { ImageV3Error } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { paddedPath, REGISTER_COUNT } from "./image_cap.ts";
import type { ImageSlotEntry, Mapping } from "./image_cap.ts";
import { ImageSource } from "./image_source.ts";
import type { ImageSourceFields, SourceEndpoint, SourceMapping } from "./image_source.ts";
import { imageV3Problem } from "./image_v3_rules.ts";
import { parseHash, parseMap, parseRecord, parseU32 } from "./parse.ts";
import type { SlotIdx } from "./slot.ts";

/** Where code is entered, and with what in the registers. */
export interface EndpointV3 {
  /** Which one. */
  readonly index: U8;
  /** The offset in the code: an instruction starts there. */
  readonly entryPc: U64;
  /** How many registers carry arguments, as its author says. */
  readonly argRegisters: U8;
  /** The size of the argument cnode, as a power of two, as its author says. */
  readonly argCnodeSize: U8;
  /** The initial values of the 13 registers. */
  readonly initialRegs: readonly U64[];
}

/** What an image of version 3 holds. */
export interface ImageV3Fields {
  /** The code. */
  readonly code: ByteString;
  /** One bit for each byte of code, the lowest first: where an instruction starts. */
  readonly bitmask: ByteString;
  /** The targets of dynamic jumps. */
  readonly jumpTable: readonly U32[];
  /** The endpoints, by index. */
  readonly endpoints: readonly EndpointV3[];
  /** The mappings; one whose path has no step is ephemeral. */
  readonly mappings: readonly Mapping[];
  /** The slots that name the meters of gas, in the order in which they are tried. */
  readonly gasSlots: readonly SlotIdx[];
  /** The slots that name the quotas of storage, in the order in which they are tried. */
  readonly quotaSlots: readonly SlotIdx[];
  /** What is pinned, by slot. */
  readonly pinned: readonly ImageSlotEntry[];
  /** The slot of the catcher of yields, if there is one. */
  readonly yieldMarkerSlot: SlotIdx | undefined;
}

const NOTHING: ImageV3Fields = Object.freeze({
  code: wrapBytes(new Uint8Array(0)),
  bitmask: wrapBytes(new Uint8Array(0)),
  jumpTable: Object.freeze([]),
  endpoints: Object.freeze([]),
  mappings: Object.freeze([]),
  gasSlots: Object.freeze([]),
  quotaSlots: Object.freeze([]),
  pinned: Object.freeze([]),
  yieldMarkerSlot: undefined,
});

const parseEntries = parseMap(
  parseRecord<ImageSlotEntry>({ slot: parseU32, capHash: parseHash }),
  ({ slot }) => slot,
);

function problemOf(
  fields: ImageSourceFields,
  pinned: readonly ImageSlotEntry[],
): ImageV3Error | undefined {
  return imageV3Problem({
    code: fields.code,
    bitmask: fields.packedBitmask,
    jumpTable: fields.jumpTable,
    endpoints: fields.endpoints.map(({ index, entryPc, initialRegs }) => ({
      index,
      entryPc,
      registers: initialRegs.map(({ register }) => register),
    })),
    mappings: fields.memoryMappings.map(({ start, size, source }) => ({
      start,
      size,
      path: source,
    })),
    gasSlots: fields.gasSlots,
    quotaSlots: fields.quotaSlots,
    pinnedSlots: pinned.map(({ slot }) => slot),
    yieldMarkerSlot: fields.yieldMarkerSlot,
    initialSlots: fields.initialSlots.length,
  });
}

function endpointOf(source: SourceEndpoint): EndpointV3 {
  const registers = new Map<number, U64>(
    source.initialRegs.map(({ register, value }) => [register, value]),
  );
  const { index, entryPc, argRegisters, argCnodeSize } = source;
  const initialRegs = Object.freeze(
    Array.from({ length: REGISTER_COUNT }, (_, register) => registers.get(register) ?? asU64(0n)),
  );
  return Object.freeze({ index, entryPc, argRegisters, argCnodeSize, initialRegs });
}

function mappingOf({ start, size, source }: SourceMapping): Mapping {
  const sourcePathLength = asU8(source.length);
  return Object.freeze({ start, size, sourcePath: paddedPath(source), sourcePathLength });
}

/** The image of fields that keep the rules. For this room alone. */
export let imageV3Of: (fields: ImageV3Fields) => ImageCapV3;

/** Code and what it needs to run, in version 3. */
export class ImageCapV3 {
  #fields: ImageV3Fields = NOTHING;

  private constructor() {
    Object.freeze(this);
  }

  static {
    imageV3Of = (fields) => ImageCapV3.#of(fields);
  }

  /**
   * The image of version 3 of an image in its authoring form. What is pinned comes from the list
   * alone: what the image itself pins has to be put first.
   *
   * @param source The image.
   * @param pinned What is pinned, each slot once, in any order; nothing unless told.
   * @returns The image. Errors: those of {@link ImageV3Error}, the first in the order of the rules
   *   of images; `invalid-argument`.
   *
   * @example An image that traps at once
   * ```ts
   * import { ImageCapV3, ImageSource } from "@ringfence/core/kernel";
   * import { assert } from "@std/assert";
   *
   * const source = ImageSource.create({ code: Uint8Array.of(0), packedBitmask: Uint8Array.of(1) });
   * assert(source.ok && ImageCapV3.create(source.value).ok);
   * ```
   */
  static create(
    source: ImageSource,
    pinned: readonly { readonly slot: number; readonly capHash: CapHash }[] = [],
  ): Result<ImageCapV3, InvalidArgument | ImageV3Error> {
    if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);
    const entries = parseEntries(pinned, "pinned");
    if (!entries.ok) return entries;
    const { fields } = source;
    const problem = problemOf(fields, entries.value);
    if (problem !== undefined) return err(problem);
    return ok(ImageCapV3.#of({
      code: fields.code,
      bitmask: fields.packedBitmask,
      jumpTable: fields.jumpTable,
      endpoints: Object.freeze(fields.endpoints.map(endpointOf)),
      mappings: Object.freeze(fields.memoryMappings.map(mappingOf)),
      gasSlots: fields.gasSlots,
      quotaSlots: fields.quotaSlots,
      pinned: entries.value,
      yieldMarkerSlot: fields.yieldMarkerSlot,
    }));
  }

  static #of(fields: ImageV3Fields): ImageCapV3 {
    const cap = new ImageCapV3();
    cap.#fields = Object.freeze(fields);
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is ImageCapV3 {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** Tells the kinds apart. */
  get kind(): "image" {
    return "image";
  }

  /** What it holds. */
  get fields(): ImageV3Fields {
    return this.#fields;
  }
}
