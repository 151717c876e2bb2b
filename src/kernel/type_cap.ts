/**
 * Type capabilities: they name an image chain and authorise nothing.
 *
 * @module
 */

import type { InvalidArgument } from "../argument.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { CapHash } from "./hash.ts";
import { parseHash } from "./parse.ts";
import { hash32 } from "./ssz/basic.ts";
import type { Ssz } from "./ssz/codec.ts";
import { container, mapped } from "./ssz/container.ts";

const NO_CHAIN: CapHash = "0".repeat(64);

/** The capability of a chain that is known to be one. For this room alone. */
export let typeCapOf: (chain: CapHash) => TypeCap;

/** A capability that names an image chain. */
export class TypeCap {
  #chain: CapHash = NO_CHAIN;

  private constructor() {
    Object.freeze(this);
  }

  static {
    typeCapOf = (chain) => TypeCap.#of(chain);
  }

  /**
   * The capability of an image chain.
   *
   * @param imageHashChain The chain's hash.
   * @returns The capability. Errors: `invalid-argument`.
   */
  static create(imageHashChain: CapHash): Result<TypeCap, InvalidArgument> {
    const chain = parseHash(imageHashChain, "imageHashChain");
    return chain.ok ? ok(TypeCap.#of(chain.value)) : err(chain.error);
  }

  static #of(chain: CapHash): TypeCap {
    const cap = new TypeCap();
    cap.#chain = chain;
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is TypeCap {
    return typeof value === "object" && value !== null && #chain in value;
  }

  /** Tells the kinds apart. */
  get kind(): "type" {
    return "type";
  }

  /** The chain that it names. */
  get imageHashChain(): CapHash {
    return this.#chain;
  }
}

/** The encoding. */
export const typeCapSsz: Ssz<TypeCap> = mapped(
  container<{ imageHashChain: CapHash }>({ imageHashChain: hash32 }),
  ({ imageHashChain }) => ok(typeCapOf(imageHashChain)),
  (cap) => cap,
);
