/**
 * Lines of text out of a stream of bytes.
 *
 * @module
 */

const NEWLINE = 10;

/** Takes lines out of pieces of a stream. */
export class Lines {
  readonly #lineBytesMax: number;
  readonly #linesMax: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** @param linesMax After more lines than this the rest of a piece is not looked at. */
  constructor(lineBytesMax: number, linesMax: number) {
    this.#lineBytesMax = lineBytesMax;
    this.#linesMax = linesMax;
  }

  /** The lines that a piece completes; or what is wrong with it. */
  take(
    piece: Uint8Array,
  ): { readonly lines: readonly string[]; readonly wrong?: string } {
    const lines: string[] = [];
    for (let from = 0; from < piece.length;) {
      const end = piece.indexOf(NEWLINE, from);
      const part = piece.subarray(from, end < 0 ? piece.length : end);
      this.#length += part.length;
      if (this.#length > this.#lineBytesMax) {
        return {
          lines,
          wrong: `a line of more than ${this.#lineBytesMax} bytes`,
        };
      }
      this.#pieces.push(part.slice());
      if (end < 0) return { lines };
      const text = this.#line();
      if (text === undefined) {
        return { lines, wrong: "a line that is no UTF-8" };
      }
      lines.push(text);
      if (lines.length > this.#linesMax) return { lines };
      from = end + 1;
    }
    return { lines };
  }

  /** The line that has begun and does not end; or what is wrong with it. */
  rest(): { readonly lines: readonly string[]; readonly wrong?: string } {
    return this.isOpen ? this.take(Uint8Array.of(NEWLINE)) : { lines: [] };
  }

  /** Whether a line has begun and not ended. */
  get isOpen(): boolean {
    return this.#length > 0;
  }

  #line(): string | undefined {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#length = 0;
    try {
      return this.#decoder.decode(whole).replace(/\r$/, "");
    } catch {
      return undefined;
    }
  }
}
