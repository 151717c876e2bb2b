/**
 * Instance capabilities: an image at work, with its slots, memory and registers.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { asU32, asU64 } from "../int/mod.ts";
import type { U32, U64 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { ByteString } from "./byte_string.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";
import { REGISTER_COUNT } from "./image_cap.ts";
import {
  orElse,
  parseBytes,
  parseHash,
  parseList,
  parseRecord,
  parseU32,
  parseU64,
  such,
} from "./parse.ts";

/** Bytes that are laid over the memory when the instance is entered. */
export interface RwOverlay {
  /** Where they begin. */
  readonly start: U32;
  /** The bytes. */
  readonly bytes: ByteString;
}

/** What an instance holds. */
export interface InstanceFields {
  /** What it is: the hash of its image's history. */
  readonly imageHashChain: CapHash;
  /** The hash of its image. */
  readonly imageHash: CapHash;
  /** Its slots. */
  readonly rootCnode: CapTarget;
  /** What is in its memory, in the order in which it is laid over. */
  readonly rwOverlays: readonly RwOverlay[];
  /** The size of its memory in bytes. */
  readonly memSize: U32;
  /** Its 13 registers. */
  readonly regs: readonly U64[];
  /** The offset in the code. */
  readonly pc: U64;
  /** The gas that was left. */
  readonly gasRemaining: U64;
}

/** What an instance is made with. Memory and registers are empty unless told. */
export interface InstanceOptions {
  /** The hash of its image's history. */
  readonly imageHashChain: CapHash;
  /** The hash of its image. */
  readonly imageHash: CapHash;
  /** Its slots: the hash of a cnode, or the handle of one. */
  readonly rootCnode: CapTarget;
  /** What is in its memory; kept as it is, neither sorted nor checked. */
  readonly rwOverlays?: readonly {
    readonly start: number;
    readonly bytes: Uint8Array | ByteString;
  }[];
  /** The size of its memory in bytes: 0 to 2^32 - 1. */
  readonly memSize?: number;
  /** Its 13 registers. */
  readonly regs?: readonly bigint[];
  /** The offset in the code. */
  readonly pc?: bigint;
  /** The gas that is left. */
  readonly gasRemaining?: bigint;
}

const ZERO = asU64(0n);
const NO_REGISTERS: readonly U64[] = Object.freeze(new Array<U64>(REGISTER_COUNT).fill(ZERO));

const parseFields = parseRecord<InstanceFields>({
  imageHashChain: parseHash,
  imageHash: parseHash,
  rootCnode: parseTarget,
  rwOverlays: orElse(
    parseList(parseRecord<RwOverlay>({ start: parseU32, bytes: parseBytes })),
    Object.freeze([]),
  ),
  memSize: orElse(parseU32, asU32(0)),
  regs: orElse(
    such(parseList(parseU64), "13 registers", ({ length }) => length === REGISTER_COUNT),
    NO_REGISTERS,
  ),
  pc: orElse(parseU64, ZERO),
  gasRemaining: orElse(parseU64, ZERO),
});

const NO_HASH: CapHash = "0".repeat(64);

const NOTHING: InstanceFields = Object.freeze({
  imageHashChain: NO_HASH,
  imageHash: NO_HASH,
  rootCnode: NO_HASH,
  rwOverlays: Object.freeze([]),
  memSize: asU32(0),
  regs: NO_REGISTERS,
  pc: ZERO,
  gasRemaining: ZERO,
});

/** An instance of fields that are well formed. For this room alone. */
export let instanceCapOf: (fields: InstanceFields) => InstanceCap;

/** An image at work: the only kind of capability that can be called. */
export class InstanceCap {
  #fields: InstanceFields = NOTHING;

  private constructor() {
    Object.freeze(this);
  }

  static {
    instanceCapOf = (fields) => InstanceCap.#of(fields);
  }

  /**
   * An instance.
   *
   * @param options What it holds.
   * @returns The instance. Errors: `invalid-argument`, naming the part.
   */
  static create(options: InstanceOptions): Result<InstanceCap, InvalidArgument> {
    const fields = parseFields(options, "options");
    return fields.ok ? ok(InstanceCap.#of(fields.value)) : err(fields.error);
  }

  static #of(fields: InstanceFields): InstanceCap {
    const cap = new InstanceCap();
    cap.#fields = Object.freeze(fields);
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is InstanceCap {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** Tells the kinds apart. */
  get kind(): "instance" {
    return "instance";
  }

  /** What it holds. */
  get fields(): InstanceFields {
    return this.#fields;
  }

  /**
   * The instance with another root cnode.
   *
   * @param rootCnode The hash of a cnode, or the handle of one.
   * @returns The instance. Errors: `invalid-argument`.
   */
  withRootCnode(rootCnode: CapTarget): Result<InstanceCap, InvalidArgument> {
    const target = parseTarget(rootCnode, "rootCnode");
    if (!target.ok) return err(target.error);
    return ok(InstanceCap.#of({ ...this.#fields, rootCnode: target.value }));
  }
}
