/** The code to be proved: a queue of bytes in a fixed ring, which refuses what does not fit. */
export class RingBuffer {
  readonly #bytes: Uint8Array;
  #first = 0;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Adds a byte at the end; false when the ring is full. */
  push(byte: number): boolean {
    if (this.#length === this.#bytes.length) return false;
    this.#bytes[(this.#first + this.#length) % this.#bytes.length] = byte;
    this.#length++;
    return true;
  }

  /** Takes the first byte off; nothing when the ring is empty. */
  shift(): number | undefined {
    if (this.#length === 0) return undefined;
    const byte = this.#bytes[this.#first];
    this.#first = nextPlace(this.#first, this.#bytes.length);
    this.#length--;
    return byte;
  }

  /** The bytes held, first to last. */
  toArray(): number[] {
    return Array.from(
      { length: this.#length },
      (_, place) => this.#bytes[(this.#first + place) % this.#bytes.length] ?? 0,
    );
  }
}

/** Where a ring of `capacity` places continues after `place`. */
export function nextPlace(place: number, capacity: number): number {
  return place + 1 === capacity ? 0 : place + 1;
}
