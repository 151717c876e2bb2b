/**
 * The errors of capabilities, of operations on slots, and of the directory.
 *
 * @module
 */

import type { U32, U64, U8, Usize } from "../int/mod.ts";
import type { CapHash } from "./hash.ts";

/** A slot lies beyond the end of its cnode, or a slot path has no step. */
export interface SlotOutOfRange {
  /** Tells this error from the others. */
  readonly kind: "slot-out-of-range";
  /** The slot. */
  readonly slot: U32;
  /** The cnode has 2^`sizeLog` slots. */
  readonly sizeLog: U8;
}

/** A cnode of 2^`sizeLog` slots would have more than 65,536. */
export interface InvalidCNodeSize {
  /** Tells this error from the others. */
  readonly kind: "invalid-cnode-size";
  /** What was asked for: above 16. */
  readonly sizeLog: U8;
}

/** What a capability cannot be made with. */
export type CapError = SlotOutOfRange | InvalidCNodeSize;

/** The source of an operation holds no target. */
export interface SourceEmpty {
  /** Tells this error from the others. */
  readonly kind: "source-empty";
  /** The source. */
  readonly slot: U32;
}

/** The destination of an operation holds something, which version 3 does not overwrite. */
export interface DestinationOccupied {
  /** Tells this error from the others. */
  readonly kind: "destination-occupied";
  /** The destination. */
  readonly slot: U32;
}

/** The image pins the slot: no operation on slots may touch it. */
export interface SlotPinned {
  /** Tells this error from the others. */
  readonly kind: "slot-pinned";
  /** The slot. */
  readonly slot: U32;
}

/** A swap of slots that lie in two cnodes. */
export interface CrossCNodeSwap {
  /** Tells this error from the others. */
  readonly kind: "cross-cnode-swap";
}

/** Why an operation on slots did nothing. */
export type OpError = SourceEmpty | DestinationOccupied | SlotPinned | CrossCNodeSwap | CapError;

/** A mapping's source has no step. */
export interface SourcePathEmpty {
  /** Tells this error from the others. */
  readonly kind: "source-path-empty";
}

/** A mapping's source has more steps than 8. */
export interface SourcePathTooDeep {
  /** Tells this error from the others. */
  readonly kind: "source-path-too-deep";
  /** How many steps it has. */
  readonly steps: Usize;
}

/** An endpoint's index is not below the number of endpoints that an image has. */
export interface EndpointIndexOutOfRange {
  /** Tells this error from the others. */
  readonly kind: "endpoint-index-out-of-range";
  /** The index. */
  readonly index: U8;
}

/** An endpoint gives a value to a register that does not exist. */
export interface RegisterIndexOutOfRange {
  /** Tells this error from the others. */
  readonly kind: "register-index-out-of-range";
  /** The register: above 12. */
  readonly index: U8;
}

/** Why an image in its authoring form is no capability. */
export type ImageConvertError =
  | SourcePathEmpty
  | SourcePathTooDeep
  | EndpointIndexOutOfRange
  | RegisterIndexOutOfRange;

/** Code that no image may have. */
export interface MalformedCode {
  /** Tells this error from the others. */
  readonly kind: "malformed-code";
  /** Where: the instruction that is wrong; the length of the code when its mask is. */
  readonly offset: Usize;
}

/** An endpoint enters where no instruction starts. */
export interface EndpointNotAnInstruction {
  /** Tells this error from the others. */
  readonly kind: "endpoint-not-an-instruction";
  /** Which endpoint. */
  readonly index: U8;
  /** Where it enters. */
  readonly entryPc: U64;
}

/** A mapping does not start at a page. */
export interface UnalignedMapping {
  /** Tells this error from the others. */
  readonly kind: "unaligned-mapping";
  /** Which mapping, in the order of the image. */
  readonly mapping: Usize;
}

/** A mapping has no bytes. */
export interface EmptyMapping {
  /** Tells this error from the others. */
  readonly kind: "empty-mapping";
  /** Which mapping, in the order of the image. */
  readonly mapping: Usize;
}

/** A mapping ends beyond 2^32. */
export interface MappingOverflow {
  /** Tells this error from the others. */
  readonly kind: "mapping-overflow";
  /** Which mapping, in the order of the image. */
  readonly mapping: Usize;
}

/** A mapping shares a page with one before it. */
export interface MappingOverlap {
  /** Tells this error from the others. */
  readonly kind: "mapping-overlap";
  /** Which mapping, in the order of the image. */
  readonly mapping: Usize;
}

/** A mapping has the source of one before it. */
export interface MappingSourceTwice {
  /** Tells this error from the others. */
  readonly kind: "mapping-source-twice";
  /** Which mapping, in the order of the image. */
  readonly mapping: Usize;
}

/** A slot that an image may not pin: slot 0. */
export interface SlotReserved {
  /** Tells this error from the others. */
  readonly kind: "slot-reserved";
  /** The slot. */
  readonly slot: U32;
}

/** Images of version 3 have no initial slots. */
export interface InitialSlotsUnsupported {
  /** Tells this error from the others. */
  readonly kind: "initial-slots-unsupported";
}

/** Why an image in its authoring form is no image of version 3. */
export type ImageV3Error =
  | MalformedCode
  | EndpointNotAnInstruction
  | RegisterIndexOutOfRange
  | UnalignedMapping
  | EmptyMapping
  | MappingOverflow
  | MappingOverlap
  | MappingSourceTwice
  | SourcePathTooDeep
  | SlotOutOfRange
  | SlotReserved
  | InitialSlotsUnsupported;

/** A loaded page has another size than the pages of its capability. */
export interface PageSizeMismatch {
  /** Tells this error from the others. */
  readonly kind: "page-size-mismatch";
  /** Which page. */
  readonly page: Usize;
  /** The size of the pages. */
  readonly expected: U32;
  /** The size of this one. */
  readonly got: Usize;
}

/** The bytes of a page are not here; only its hash is known. */
export interface PageMissing {
  /** Tells this error from the others. */
  readonly kind: "page-missing";
  /** Which page. */
  readonly page: Usize;
  /** Its hash. */
  readonly hash: CapHash;
}

/** Something would be larger than its limit. */
export interface TooLarge {
  /** Tells this error from the others. */
  readonly kind: "too-large";
  /** How many bytes it would have. */
  readonly bytes: Usize;
  /** How many it may have. */
  readonly limitBytes: Usize;
}

/** A capability that is to be hashed holds a handle; it has to be settled first. */
export interface UnresolvedRef {
  /** Tells this error from the others. */
  readonly kind: "unresolved-ref";
  /** The handle's id. */
  readonly id: U64;
}

/** What a capability refers to is not among the blobs. */
export interface BlobMissing {
  /** Tells this error from the others. */
  readonly kind: "blob-missing";
  /** What is missing. */
  readonly hash: CapHash;
}

/** A handle whose instance is no longer in the directory. */
export interface InstanceMissing {
  /** Tells this error from the others. */
  readonly kind: "instance-missing";
  /** The handle's id. */
  readonly id: U64;
}

/** A handle of another directory. */
export interface ForeignRef {
  /** Tells this error from the others. */
  readonly kind: "foreign-ref";
  /** The handle's id there. */
  readonly id: U64;
}

/** An instance would hold itself, through others or at once. */
export interface RefCycle {
  /** Tells this error from the others. */
  readonly kind: "cycle";
  /** The handle's id. */
  readonly id: U64;
}

/** A handle that nobody outside the directory holds was let go. */
export interface NotHeld {
  /** Tells this error from the others. */
  readonly kind: "not-held";
  /** The handle's id. */
  readonly id: U64;
}

/** A capability has another hash than the one given with it. */
export interface HashMismatch {
  /** Tells this error from the others. */
  readonly kind: "hash-mismatch";
  /** The hash given. */
  readonly given: CapHash;
  /** The hash it has. */
  readonly actual: CapHash;
}

/** A handle that this directory cannot follow. */
export type RefError = InstanceMissing | ForeignRef;

/** Why the directory did nothing. */
export type CacheError =
  | BlobMissing
  | RefError
  | RefCycle
  | NotHeld
  | HashMismatch
  | UnresolvedRef
  | ImageConvertError
  | TooLarge;
