/**
 * Image capabilities: code, where it may be entered, and what it wants in memory and slots.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32, asU64, asU8 } from "../int/mod.ts";
import type { U32, U64, U8 } from "../int/mod.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { wrapBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import type { ImageConvertError } from "./errors.ts";
import type { CapHash } from "./hash.ts";
import { endpointsOf, mappingsOf } from "./image_convert.ts";
import type { ImageSource } from "./image_source.ts";
import { as, parseHash, parseList, parseRecord, parseU32, sortedBy } from "./parse.ts";
import { MAX_SOURCE_DEPTH } from "./slot.ts";
import type { SlotIdx } from "./slot.ts";

/** How many registers there are. */
export const REGISTER_COUNT = 13;

/** How many endpoints an image is given when it is made of an {@link ImageSource}. */
export const MAX_ENDPOINTS = 64;

/** How many endpoints an image may have. */
export const ENDPOINTS_LIMIT = 256;

/** Where code is entered, and with what in the registers. */
export interface Endpoint {
  /** The offset in the code; 0 is documented as "not defined", and entered all the same. */
  readonly entryPc: U64;
  /** The stack's top: the initial value of register 1. */
  readonly stackTop: U64;
  /** The slot of the argument cnode. */
  readonly argCnodeSlot: SlotIdx;
  /** The size of the argument cnode, as a power of two. */
  readonly argCnodeSize: U8;
  /** The initial values of all registers. */
  readonly initialRegs: readonly U64[];
}

/** A region of memory, and the slot path that its bytes come from. */
export interface Mapping {
  /** Where it begins. */
  readonly start: U64;
  /** How many bytes it has. */
  readonly size: U64;
  /** 8 steps, those behind the path 0. */
  readonly sourcePath: readonly SlotIdx[];
  /** How many steps the path has. */
  readonly sourcePathLength: U8;
}

/** A slot that the image fills. */
export interface ImageSlotEntry {
  /** The slot. */
  readonly slot: SlotIdx;
  /** The hash of what it is filled with. */
  readonly capHash: CapHash;
}

/** What an image holds. */
export interface ImageFields {
  /** The code. */
  readonly code: ByteString;
  /** One bit for each byte of code, the lowest first: where an instruction begins. */
  readonly bitmask: ByteString;
  /** The targets of dynamic jumps. */
  readonly jumpTable: readonly U32[];
  /** The endpoints; an index beyond the end has none. */
  readonly endpoints: readonly Endpoint[];
  /** The mappings, in the order in which they are laid out. */
  readonly mappings: readonly Mapping[];
  /** The slots that no operation may touch, and what is in them; by slot. */
  readonly pinned: readonly ImageSlotEntry[];
  /** The slots that a new instance begins with; by slot. */
  readonly initial: readonly ImageSlotEntry[];
  /** The slot of the catcher of yields, if there is one. */
  readonly yieldMarkerSlot: SlotIdx | undefined;
}

const NO_REGISTERS: readonly U64[] = Object.freeze(
  Array.from({ length: REGISTER_COUNT }, () => asU64(0n)),
);

/** The endpoint that is not defined: all zero. */
export const EMPTY_ENDPOINT: Endpoint = Object.freeze({
  entryPc: asU64(0n),
  stackTop: asU64(0n),
  argCnodeSlot: asU32(0),
  argCnodeSize: asU8(0),
  initialRegs: NO_REGISTERS,
});

const NOTHING: ImageFields = Object.freeze({
  code: wrapBytes(new Uint8Array(0)),
  bitmask: wrapBytes(new Uint8Array(0)),
  jumpTable: Object.freeze([]),
  endpoints: Object.freeze([]),
  mappings: Object.freeze([]),
  pinned: Object.freeze([]),
  initial: Object.freeze([]),
  yieldMarkerSlot: undefined,
});

const parseEntries = as(
  parseList(parseRecord<ImageSlotEntry>({ slot: parseU32, capHash: parseHash })),
  (entries) => sortedBy(entries, ({ slot }) => slot),
);

/** The live steps of a mapping's source path. */
export function mappingPath(mapping: Mapping): readonly SlotIdx[] {
  return mapping.sourcePath.slice(0, mapping.sourcePathLength);
}

/** The capability of fields that are well formed. For this room alone. */
export let imageCapOf: (fields: ImageFields) => ImageCap;

/** Code and what it needs to run. */
export class ImageCap {
  #fields: ImageFields = NOTHING;

  private constructor() {
    Object.freeze(this);
  }

  static {
    imageCapOf = (fields) => ImageCap.#of(fields);
  }

  /**
   * The capability of an image in its authoring form. What fills its slots comes from the two lists
   * alone: the capabilities that the image itself gives have to be put first. Neither the code nor
   * the mask is looked at.
   *
   * @param source The image.
   * @param pinned The pinned slots, in any order; none unless told.
   * @param initial The initial slots, in any order; none unless told.
   * @returns The capability. Errors: those of {@link ImageConvertError}; `invalid-argument`.
   */
  static fromSource(
    source: ImageSource,
    pinned: readonly { readonly slot: number; readonly capHash: CapHash }[] = [],
    initial: readonly { readonly slot: number; readonly capHash: CapHash }[] = [],
  ): Result<ImageCap, InvalidArgument | ImageConvertError> {
    const pins = parseEntries(pinned, "pinned");
    if (!pins.ok) return pins;
    const initials = parseEntries(initial, "initial");
    if (!initials.ok) return initials;
    const endpoints = endpointsOf(source, MAX_ENDPOINTS);
    if (!endpoints.ok) return endpoints;
    const mappings = mappingsOf(source);
    if (!mappings.ok) return mappings;
    const { code, packedBitmask, jumpTable, yieldMarkerSlot } = source.fields;
    return ok(ImageCap.#of({
      code,
      bitmask: packedBitmask,
      jumpTable,
      endpoints: endpoints.value,
      mappings: mappings.value,
      pinned: pins.value,
      initial: initials.value,
      yieldMarkerSlot,
    }));
  }

  static #of(fields: ImageFields): ImageCap {
    const cap = new ImageCap();
    cap.#fields = Object.freeze(fields);
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is ImageCap {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** Tells the kinds apart. */
  get kind(): "image" {
    return "image";
  }

  /** What it holds. */
  get fields(): ImageFields {
    return this.#fields;
  }
}

/** The path of a mapping, filled up with zeros. */
export function paddedPath(steps: readonly SlotIdx[]): readonly SlotIdx[] {
  return Object.freeze(
    Array.from({ length: MAX_SOURCE_DEPTH }, (_, index) => steps[index] ?? asU32(0)),
  );
}
