/**
 * Gas as the interpreter spends it: 64 bits in all, of which a part is at hand as a number.
 *
 * @module
 */

import { asU64 } from "../int/mod.ts";
import type { U64 } from "../int/mod.ts";

/** The most gas that is kept as a number. */
const AT_HAND_MAX = 2 ** 52;

/** The gas of one machine. */
export class GasTank {
  #atHand = 0;
  #reserve = 0n;
  /** Whether there is a reserve: asking the bigint takes longer. */
  #hasReserve = false;

  /** All of it. */
  get gas(): U64 {
    return asU64(this.#reserve + BigInt(this.#atHand));
  }

  set gas(gas: bigint) {
    this.#atHand = gas > AT_HAND_MAX ? 0 : Number(gas);
    this.#reserve = gas > AT_HAND_MAX ? gas : 0n;
    this.#hasReserve = gas > AT_HAND_MAX;
  }

  /** What can be spent now: all there is, or more than any block costs. */
  get available(): number {
    if (this.#hasReserve && this.#atHand < AT_HAND_MAX) {
      const moved = BigInt(AT_HAND_MAX) < this.#reserve ? BigInt(AT_HAND_MAX) : this.#reserve;
      this.#reserve -= moved;
      this.#atHand += Number(moved);
      this.#hasReserve = this.#reserve > 0n;
    }
    return this.#atHand;
  }

  /** Takes away gas that is available; a negative amount gives it back. */
  spend(amount: number): void {
    this.#atHand -= amount;
  }
}
