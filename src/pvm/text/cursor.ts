/**
 * Going through the tokens of a line.
 *
 * @module
 */

import type { AssemblyProblem } from "./error.ts";
import type { LineMistake, Token } from "./token.ts";

/** What stands behind the last token, should one look there. */
const NOTHING: Token = Object.freeze({ kind: "end", column: 1 });

/** The tokens of a line, and the first mistake that was found among them. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at: number;
  #mistake: LineMistake | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#at = 0;
  }

  /** The first mistake, if any. */
  get mistake(): LineMistake | undefined {
    return this.#mistake;
  }

  /** The token ahead. */
  get token(): Token {
    return this.#tokens[this.#at] ?? NOTHING;
  }

  /** The token after the one ahead. */
  get following(): Token {
    return this.#tokens[this.#at + 1] ?? this.token;
  }

  /** Goes on to the next token. */
  advance(): void {
    this.#at++;
  }

  /** Whether a mark is ahead. */
  isAt(mark: string): boolean {
    const { token } = this;
    return token.kind === "mark" && token.text === mark;
  }

  /** Goes past a mark if it is ahead; tells whether it was. */
  skip(mark: string): boolean {
    const found = this.isAt(mark);
    if (found) this.advance();
    return found;
  }

  /** Goes past a mark that must be ahead; tells whether it was. */
  expect(mark: string): boolean {
    return this.skip(mark) || this.fail("syntax", `expected "${mark}"`);
  }

  /** Makes sure that the line ends here; tells whether it does. */
  expectEnd(): boolean {
    return this.token.kind === "end" || this.fail("syntax", "expected the end of the line");
  }

  /** Notes a mistake, at the token ahead unless said otherwise; only the first one counts. */
  fail(problem: AssemblyProblem, message: string, column: number = this.token.column): false {
    this.#mistake ??= { problem, message, column };
    return false;
  }
}
