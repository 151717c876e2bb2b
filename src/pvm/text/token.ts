/**
 * Lines of source text, cut into tokens.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import type { Mistake } from "./error.ts";

/** The most UTF-16 units of a line. */
const LINE_LENGTH_MAX = 65_536;
/** The most characters of a number. */
const NUMBER_LENGTH_MAX = 80;
/** The greatest number. */
const NUMBER_MAX = 2n ** 64n - 1n;

/** A piece of a line. */
export type Token =
  & { readonly column: number }
  & (
    | { readonly kind: "name" | "directive" | "mark"; readonly text: string }
    | { readonly kind: "number"; readonly value: bigint }
    | { readonly kind: "text"; readonly bytes: readonly number[] }
    | { readonly kind: "end" }
  );

/** What is wrong with a line, and at which column. */
export type LineMistake = Mistake & { readonly column: number };

const PIECE =
  /[ \t]*(?:(?<end>(?:;.*)?$)|(?<number>[0-9][0-9A-Za-z_]*)|(?<directive>\.[A-Za-z_][A-Za-z0-9_]*)|(?<name>[A-Za-z_][A-Za-z0-9_.$]*)|(?<character>'(?:\\x[0-9a-fA-F]{2}|\\.|[^\\'])')|(?<text>"(?:\\.|[^\\"])*")|(?<mark>[-,:+*()[\]@]))/suy;

const NUMBER = /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)$/;

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ["0", 0],
  ["t", 9],
  ["n", 10],
  ["r", 13],
  ['"', 34],
  ["'", 39],
  ["\\", 92],
]);

const utf8 = new TextEncoder();

function mistake(column: number, message: string): Result<never, LineMistake> {
  return err({ problem: "syntax", column, message });
}

/** The parts of what stands between quotes: a byte, an escape, or plain characters. */
const QUOTED = /\\x(?<byte>[0-9a-fA-F]{2})|\\(?<escape>.)|(?<plain>[^\\]+)/gsu;

/** The bytes of what stands between quotes: UTF-8, and what the escapes say. */
function bytesOf(quoted: string, column: number): Result<readonly number[], LineMistake> {
  const bytes: number[] = [];
  for (const { groups = {}, index } of quoted.matchAll(QUOTED)) {
    const { byte, escape, plain } = groups;
    const value = byte === undefined ? ESCAPES.get(escape ?? "") : Number.parseInt(byte, 16);
    if (plain !== undefined) {
      if (/\p{Surrogate}/u.test(plain)) return mistake(column, "half of a character");
      for (const each of utf8.encode(plain)) bytes.push(each);
    } else if (value === undefined) {
      return mistake(column + 1 + index, "unknown escape");
    } else {
      bytes.push(value);
    }
  }
  return ok(bytes);
}

function numberOf(text: string, column: number): Result<Token, LineMistake> {
  const digits = text.replaceAll("_", "");
  if (!NUMBER.test(digits)) return mistake(column, "malformed number");
  if (digits.length > NUMBER_LENGTH_MAX) return mistake(column, "number of more than 64 bits");
  const value = BigInt(digits);
  if (value > NUMBER_MAX) return mistake(column, "number of more than 64 bits");
  return ok({ kind: "number", column, value });
}

/** A character stands for its code point, an escape for its byte. */
function characterOf(text: string, column: number): Result<Token, LineMistake> {
  const quoted = text.slice(1, -1);
  if (!quoted.startsWith("\\")) {
    return ok({ kind: "number", column, value: BigInt(quoted.codePointAt(0) ?? 0) });
  }
  const bytes = bytesOf(quoted, column);
  return bytes.ok ? ok({ kind: "number", column, value: BigInt(bytes.value[0] ?? 0) }) : bytes;
}

type Groups = Readonly<Record<string, string | undefined>>;

function tokenOf(groups: Groups, column: number): Result<Token, LineMistake> {
  const { number, name, directive, mark, character, text } = groups;
  if (number !== undefined) return numberOf(number, column);
  if (name !== undefined) return ok({ kind: "name", column, text: name });
  if (directive !== undefined) return ok({ kind: "directive", column, text: directive });
  if (mark !== undefined) return ok({ kind: "mark", column, text: mark });
  if (character !== undefined) return characterOf(character, column);
  if (text === undefined) return ok({ kind: "end", column });
  const bytes = bytesOf(text.slice(1, -1), column);
  return bytes.ok ? ok({ kind: "text", column, bytes: bytes.value }) : bytes;
}

/** Cuts a line into tokens, the last of which is its end. */
export function tokenize(line: string): Result<readonly Token[], LineMistake> {
  if (line.length > LINE_LENGTH_MAX) {
    return err({ problem: "too-large", column: LINE_LENGTH_MAX + 1, message: "line too long" });
  }
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  for (;;) {
    const from = PIECE.lastIndex;
    const match = PIECE.exec(line);
    if (match === null) {
      const blanks = line.slice(from).search(/[^ \t]|$/);
      return mistake(1 + from + blanks, "unexpected character");
    }
    const groups: Groups = match.groups ?? {};
    const blanks = match[0].length - match[0].trimStart().length;
    const token = tokenOf(groups, 1 + from + blanks);
    if (!token.ok) return token;
    tokens.push(token.value);
    if (token.value.kind === "end") return ok(tokens);
  }
}
