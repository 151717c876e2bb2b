/**
 * The machines that a machine made, by number.
 *
 * @module
 */

import type { Inner } from "./inner_machine.ts";
import type { InnerSettings } from "./inner_limits.ts";

/** The machines that a machine made, by number, and how much they may be. */
export class InnerSlots {
  readonly settings: InnerSettings;
  readonly #slots: (Inner | undefined)[] = [];

  constructor(settings: InnerSettings) {
    this.settings = settings;
  }

  /** The machine of a number, if there is one. */
  at(n: bigint): Inner | undefined {
    return n < this.#slots.length ? this.#slots[Number(n)] : undefined;
  }

  /** The numbers that have a machine, in ascending order. */
  get numbers(): readonly number[] {
    return [...this.#slots.keys()].filter((n) => this.#slots[n] !== undefined);
  }

  /** Gives a machine the smallest number that has none. */
  add(inner: Inner): number {
    const free = this.#slots.indexOf(undefined);
    const n = free < 0 ? this.#slots.length : free;
    this.#slots[n] = inner;
    return n;
  }

  /** Forgets the machine of a number that has one. */
  remove(n: bigint): void {
    this.#slots[Number(n)] = undefined;
  }

  /** Whether there may be one more machine, with a blob of this many bytes. */
  hasRoomFor(codeBytes: bigint): boolean {
    const inners = this.#slots.filter((inner) => inner !== undefined);
    const all = inners.reduce((sum, inner) => sum + inner.codeBytes, 0);
    return inners.length < this.settings.machines &&
      BigInt(all) + codeBytes <= this.settings.codeBytes;
  }

  /** Whether a region may be mapped in one of the machines, along with what is mapped already. */
  mayMap(inner: Inner, start: number, size: number): boolean {
    const { mappedBytes } = this.settings;
    const all = this.#slots.reduce((sum, each) => sum + (each?.machine.memory.mappedBytes ?? 0), 0);
    if (all + size <= mappedBytes) return true;
    const mappedThere = inner.machine.memory.regions().reduce((sum, region) => {
      const [from, to] = [region.start, region.start + region.size];
      return sum + Math.max(0, Math.min(to, start + size) - Math.max(from, start));
    }, 0);
    return all - mappedThere + size <= mappedBytes;
  }
}
