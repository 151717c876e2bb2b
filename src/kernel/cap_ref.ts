/**
 * Handles of working instances, and targets: what a slot can hold.
 *
 * @module
 */

import { asU64 } from "../int/mod.ts";
import type { U64 } from "../int/mod.ts";
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { checked } from "./parse.ts";
import type { Parse } from "./parse.ts";

/** The handle of an owner. For this room alone. */
export let makeRef: (id: U64, owner: object) => CapRef;

/** Whether a handle is one of an owner's. For this room alone. */
export let isRefOf: (ref: CapRef, owner: object) => boolean;

/** A handle of a working instance in one directory. The same id of another directory is another. */
export class CapRef {
  #id: U64 = asU64(0n); // reserved: no directory gives it out
  #owner: object | undefined;

  private constructor() {
    Object.freeze(this);
  }

  static {
    isRefOf = (ref, owner) => CapRef.#isOf(ref, owner);
    makeRef = (id, owner) => CapRef.#make(id, owner);
  }

  static #make(id: U64, owner: object): CapRef {
    const ref = new CapRef();
    ref.#id = id;
    ref.#owner = owner;
    return ref;
  }

  /** Whether any value at all is a handle. */
  static is(value: unknown): value is CapRef {
    return typeof value === "object" && value !== null && #id in value;
  }

  static #isOf(ref: CapRef, owner: object): boolean {
    return ref.#owner === owner;
  }

  /** The id: from 1 on, unique in its directory. */
  get id(): U64 {
    return this.#id;
  }
}

/** What a slot can hold: the hash of a capability, or the handle of a working instance. */
export type CapTarget = CapHash | CapRef;

/** Whether any value at all is a target. */
export function isTarget(value: unknown): value is CapTarget {
  return isCapHash(value) || CapRef.is(value);
}

/** A target. */
export const parseTarget: Parse<CapTarget> = checked<CapTarget>("a hash or a CapRef", isTarget);
