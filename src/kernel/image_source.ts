/**
 * Images in their authoring form: as their author writes them, before their slots are published.
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
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import {
  orElse,
  parseBytes,
  parseHash,
  parseList,
  parseMap,
  parseRecord,
  parseU32,
  parseU64,
  parseU8,
} from "./parse.ts";
import type { Parse } from "./parse.ts";
import type { SlotIdx } from "./slot.ts";

/** The initial value of a register. */
export interface SourceRegister {
  /** Which one; those above 12 are refused when the image is turned into a capability. */
  readonly register: U8;
  /** The value. */
  readonly value: U64;
}

/** An endpoint as its author writes it. */
export interface SourceEndpoint {
  /** Which one; those above 63 are refused when the image is turned into a capability. */
  readonly index: U8;
  /** The offset in the code. */
  readonly entryPc: U64;
  /** How many registers carry arguments. */
  readonly argRegisters: U8;
  /** The size of the argument cnode, as a power of two. */
  readonly argCnodeSize: U8;
  /** The registers that do not begin as 0, by register. */
  readonly initialRegs: readonly SourceRegister[];
}

/** A mapping as its author writes it. */
export interface SourceMapping {
  /** Where it begins. */
  readonly start: U64;
  /** How many bytes it has. */
  readonly size: U64;
  /** The slot path of its bytes: 1 to 8 steps, which is looked at only when it is converted. */
  readonly source: readonly SlotIdx[];
}

/** Data that fills a slot. */
export interface SourceData {
  /** The slot. */
  readonly slot: SlotIdx;
  /** The bytes. */
  readonly content: ByteString;
  /** At least so many bytes, with zeros behind the content. */
  readonly size: U64;
}

/** An image that fills a slot. */
export interface SourceImage {
  /** The slot. */
  readonly slot: SlotIdx;
  /** The hash of the image. */
  readonly contentHash: CapHash;
}

/** An image as its author writes it. */
export interface ImageSourceFields {
  /** The code. */
  readonly code: ByteString;
  /** One bit for each byte of code, the lowest first: where an instruction begins. */
  readonly packedBitmask: ByteString;
  /** The targets of dynamic jumps. */
  readonly jumpTable: readonly U32[];
  /** The endpoints, by index. */
  readonly endpoints: readonly SourceEndpoint[];
  /** The mappings, in the order in which they are laid out. */
  readonly memoryMappings: readonly SourceMapping[];
  /** The slots that name the meters of gas, in the order in which they are tried. */
  readonly gasSlots: readonly SlotIdx[];
  /** The slots that name the quotas of storage, in the order in which they are tried. */
  readonly quotaSlots: readonly SlotIdx[];
  /** What is pinned, by slot. */
  readonly pinnedSlots: readonly (SourceData | SourceImage)[];
  /** What a new instance begins with, by slot. */
  readonly initialSlots: readonly SourceData[];
  /** The slot of the catcher of yields. */
  readonly yieldMarkerSlot: SlotIdx | undefined;
}

/** What an image is made with. Everything can be left out; lists with a key may be in any order. */
export interface ImageSourceOptions {
  /** The code. */
  readonly code?: Uint8Array | ByteString;
  /** One bit for each byte of code, the lowest first. */
  readonly packedBitmask?: Uint8Array | ByteString;
  /** The targets of dynamic jumps. */
  readonly jumpTable?: readonly number[];
  /** The endpoints, each index once. */
  readonly endpoints?: readonly {
    readonly index: number;
    readonly entryPc?: bigint;
    readonly argRegisters?: number;
    readonly argCnodeSize?: number;
    readonly initialRegs?: readonly { readonly register: number; readonly value: bigint }[];
  }[];
  /** The mappings. */
  readonly memoryMappings?: readonly {
    readonly start: bigint;
    readonly size: bigint;
    readonly source: readonly number[];
  }[];
  /** The slots that name the meters of gas. */
  readonly gasSlots?: readonly number[];
  /** The slots that name the quotas of storage. */
  readonly quotaSlots?: readonly number[];
  /** What is pinned, each slot once: data, or the hash of an image. */
  readonly pinnedSlots?: readonly (
    & { readonly slot: number }
    & ({ readonly content: Uint8Array | ByteString; readonly size?: bigint } | {
      readonly contentHash: CapHash;
    })
  )[];
  /** What a new instance begins with, each slot once. */
  readonly initialSlots?: readonly {
    readonly slot: number;
    readonly content: Uint8Array | ByteString;
    readonly size?: bigint;
  }[];
  /** The slot of the catcher of yields. */
  readonly yieldMarkerSlot?: number;
}

const NO_BYTES = wrapBytes(new Uint8Array(0));
const none: readonly never[] = Object.freeze([]);
const zeroU64 = orElse(parseU64, asU64(0n));
const zeroU8 = orElse(parseU8, asU8(0));

const parseEndpoint = parseRecord<SourceEndpoint>({
  index: parseU8,
  entryPc: zeroU64,
  argRegisters: zeroU8,
  argCnodeSize: zeroU8,
  initialRegs: orElse(
    parseMap(
      parseRecord<SourceRegister>({ register: parseU8, value: parseU64 }),
      ({ register }) => register,
    ),
    none,
  ),
});

const parseMapping = parseRecord<SourceMapping>({
  start: parseU64,
  size: parseU64,
  source: parseList(parseU32),
});

const parseData = parseRecord<SourceData>({ slot: parseU32, content: parseBytes, size: zeroU64 });
const parseImage = parseRecord<SourceImage>({ slot: parseU32, contentHash: parseHash });
const parseHashField = parseRecord<{ contentHash: unknown }>({ contentHash: ok });

const parsePinned: Parse<SourceData | SourceImage> = (value, parameter) => {
  const hash = parseHashField(value, parameter);
  if (!hash.ok) return hash;
  if (hash.value.contentHash === undefined) return parseData(value, parameter);
  if (isCapHash(hash.value.contentHash)) return parseImage(value, parameter);
  return invalidArgument(`${parameter}.contentHash`, "64 lowercase hex digits", value);
};

const bySlot = ({ slot }: { readonly slot: U32 }): number => slot;

const parseFields = parseRecord<ImageSourceFields>({
  code: orElse(parseBytes, NO_BYTES),
  packedBitmask: orElse(parseBytes, NO_BYTES),
  jumpTable: orElse(parseList(parseU32), none),
  endpoints: orElse(parseMap(parseEndpoint, ({ index }) => index), none),
  memoryMappings: orElse(parseList(parseMapping), none),
  gasSlots: orElse(parseList(parseU32), none),
  quotaSlots: orElse(parseList(parseU32), none),
  pinnedSlots: orElse(parseMap(parsePinned, bySlot), none),
  initialSlots: orElse(parseMap(parseData, bySlot), none),
  yieldMarkerSlot: orElse(parseU32, undefined),
});

const EMPTY: ImageSourceFields = Object.freeze({
  code: NO_BYTES,
  packedBitmask: NO_BYTES,
  jumpTable: none,
  endpoints: none,
  memoryMappings: none,
  gasSlots: none,
  quotaSlots: none,
  pinnedSlots: none,
  initialSlots: none,
  yieldMarkerSlot: undefined,
});

/** The image of fields that are well formed. For this room alone. */
export let imageSourceOf: (fields: ImageSourceFields) => ImageSource;

/** An image as its author writes it: checked to be of the right types, and no more. */
export class ImageSource {
  #fields: ImageSourceFields = EMPTY;

  private constructor() {
    Object.freeze(this);
  }

  static {
    imageSourceOf = (fields) => ImageSource.#of(fields);
  }

  /**
   * An image.
   *
   * @param options What it holds; the empty image unless told.
   * @returns The image. Errors: `invalid-argument`, naming the part.
   *
   * @example An image that traps at once
   * ```ts
   * import { ImageCap, ImageSource } from "@ringfence/core/kernel";
   * import { assert } from "@std/assert";
   *
   * const source = ImageSource.create({ code: Uint8Array.of(0), packedBitmask: Uint8Array.of(1) });
   * assert(source.ok && ImageCap.fromSource(source.value).ok);
   * ```
   */
  static create(options: ImageSourceOptions = {}): Result<ImageSource, InvalidArgument> {
    const fields = parseFields(options, "options");
    return fields.ok ? ok(ImageSource.#of(fields.value)) : err(fields.error);
  }

  static #of(fields: ImageSourceFields): ImageSource {
    const source = new ImageSource();
    source.#fields = fields;
    return source;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is ImageSource {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** What it holds. */
  get fields(): ImageSourceFields {
    return this.#fields;
  }
}
