/**
 * Bytes of WebAssembly code, written one after the other (WebAssembly 2.0, 5.2 and 5.4).
 *
 * @module
 */

/** The bytes that a writer has room for at first. */
const ROOM = 4_096;

/** Writes bytes into room that doubles. */
export class CodeWriter {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(ROOM);
  #length = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  /** The bytes that were written, themselves. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins anew, in the same room. */
  clear(): void {
    this.#length = 0;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.bytes);
    this.#bytes = larger;
  }

  /** One byte. */
  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** An unsigned number of up to 32 bits (LEB128). */
  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** A signed number of 32 bits. */
  signed(value: number): void {
    let rest = value | 0;
    while (rest > 63 || rest < -64) {
      this.byte((rest & 127) | 128);
      rest >>= 7;
    }
    this.byte(rest & 127);
  }

  /** A signed number of 64 bits, in halves. */
  signed64(low: number, high: number): void {
    if (high === low >> 31) return this.signed(low);
    let [l, h] = [low | 0, high | 0];
    while (!(h === l >> 31 && l <= 63 && l >= -64)) {
      this.byte((l & 127) | 128);
      l = (l >>> 7) | (h << 25);
      h >>= 7;
    }
    this.byte(l & 127);
  }

  /** What another writer wrote, after its length. */
  sized(content: CodeWriter): void {
    this.unsigned(content.length);
    this.raw(content.bytes);
  }
}
