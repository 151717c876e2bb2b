/** How often blocks were entered, and the gas that was spent on them. */

/** What is counted for each block. */
export interface BlockCount {
  /** The number of the block. */
  readonly block: number;
  readonly entries: number;
  readonly gas: number;
}

/** The counts of all blocks of a program. */
export class Profile {
  readonly #entries: Float64Array;
  readonly #gas: Float64Array;

  constructor(blocks: number) {
    this.#entries = new Float64Array(blocks);
    this.#gas = new Float64Array(blocks);
  }

  /** Counts gas that was spent in a block, and whether the block was entered anew for it. */
  add(block: number, gas: number, isEntry: boolean): void {
    this.#gas[block] = (this.#gas[block] ?? 0) + gas;
    if (isEntry) this.#entries[block] = (this.#entries[block] ?? 0) + 1;
  }

  /** How often a block was entered. */
  entriesOf(block: number): number {
    return this.#entries[block] ?? 0;
  }

  /** The blocks that were entered; those that took the most gas first. */
  hottest(most: number): readonly BlockCount[] {
    const counts: BlockCount[] = [];
    for (let block = 0; block < this.#gas.length; block++) {
      const [entries, gas] = [this.#entries[block] ?? 0, this.#gas[block] ?? 0];
      if (entries > 0 || gas > 0) counts.push({ block, entries, gas });
    }
    counts.sort((a, b) => b.gas - a.gas || a.block - b.block);
    return counts.slice(0, most);
  }
}
