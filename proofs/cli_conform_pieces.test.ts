/** Lines out of pieces of a stream, however it is cut. */

import fc from "fast-check";
import { agrees, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as pieces from "../src/cli/conform_pieces.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof pieces;
const FILE = "src/cli/conform_pieces.ts";
const mutant = sourceMutants<Face>(FILE);

/** What is taken of some pieces: each with its lines and what is wrong, and whether a line is open then. */
interface Taken {
  readonly lines: readonly string[];
  readonly wrong: string | undefined;
  readonly isOpen: boolean;
}

const NEWLINE = 10;
const BYTES_MAX = 6;
const LINES_MAX = 2;

/** The text of a line; nothing where it is no UTF-8. */
function textOf(line: readonly number[]): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(line));
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  } catch {
    return undefined;
  }
}

/** Byte by byte: a line is too long as soon as it is, but a piece is looked at as a whole up to its end. */
function expected(given: readonly (readonly number[])[]): readonly Taken[] {
  let open: number[] = [];
  return given.map((piece) => {
    const lines: string[] = [];
    let rest = [...piece];
    let wrong: string | undefined;
    while (rest.length > 0 && wrong === undefined && lines.length <= LINES_MAX) {
      const end = rest.indexOf(NEWLINE);
      const part = end < 0 ? rest : rest.slice(0, end);
      open = [...open, ...part];
      rest = end < 0 ? [] : rest.slice(end + 1);
      if (open.length > BYTES_MAX) wrong = `a line of more than ${BYTES_MAX} bytes`;
      else if (end >= 0) {
        const text = textOf(open);
        open = [];
        if (text === undefined) wrong = "a line that is no UTF-8";
        else lines.push(text);
      }
    }
    return { lines, wrong, isOpen: open.length > 0 };
  });
}

/** Pieces up to the first with which something is wrong: nobody takes more behind it. */
const upToWrong = (all: readonly Taken[]) => {
  const place = all.findIndex(({ wrong }) => wrong !== undefined);
  return place < 0 ? all : all.slice(0, place + 1);
};

const byte = fc.oneof(
  fc.constantFrom(NEWLINE, NEWLINE, 13, 0x61, 0x62),
  fc.constantFrom(0xc3, 0xa9, 0xff, 0xe2, 0x82, 0xac),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/lines_are_the_same_however_they_come",
    claim:
      "lines come out as they were written, without the end of a line, and one that is too long, or " +
      "no UTF-8, is told",
    subject: ["Lines.take", "Lines.rest", "Lines.isOpen"],
    spec: "Ringfence, conformance of other implementations",
    strength: "sampled",
    domain: sampled(fc.array(fc.array(byte, { maxLength: 14 }), { maxLength: 5 }), {
      runs: 1_500,
      describe: "pieces of a stream with short lines, some of them wrong",
      examples: [[[97, 97, 97, 97, 97, 97, 10]], [[97, 97, 97, 97, 97, 97, 97]], [[
        10,
        10,
        10,
        10,
      ]]],
    }),
    reaches: ["line", "too long", "no UTF-8", "open"],
    implementation: pieces,
    mutants: [
      mutant(FILE, "this.#length > this.#lineBytesMax", "this.#length >= this.#lineBytesMax"),
      mutant(FILE, "lines.length > this.#linesMax", "lines.length >= this.#linesMax"),
      mutant(FILE, "from = end + 1;", "from = end + 2;"),
      mutant(FILE, "this.#length += part.length;", ""),
      mutant(FILE, "at += piece.length;", ""),
      mutant(FILE, "part.slice()", "part"),
      mutant(FILE, '.replace(/\\r$/, "")', ""),
      mutant(FILE, "return this.#length > 0;", "return this.#length > 1;"),
      mutant(FILE, "this.#pieces = [];\n    this.#length = 0;", "this.#length = 0;"),
      mutant(FILE, "{ fatal: true }", "{ fatal: false }"),
    ],
    check: (given, reach, { Lines }) => {
      const taking = new Lines(BYTES_MAX, LINES_MAX);
      const wanted = upToWrong(expected(given));
      const found = wanted.map((_, index) => {
        const bytes = Uint8Array.from(given[index] ?? []);
        const { lines, wrong } = taking.take(bytes);
        bytes.fill(0x7a); // what was taken is not looked at any more
        return { lines, wrong, isOpen: taking.isOpen };
      });
      for (const { lines, wrong, isOpen } of wanted) {
        if (lines.length > 0) reach("line");
        if (wrong !== undefined) reach(wrong.endsWith("UTF-8") ? "no UTF-8" : "too long");
        if (isOpen) reach("open");
      }
      const failure = agrees(found, wanted);
      const last = wanted.at(-1);
      if (failure !== undefined || last === undefined || last.wrong !== undefined) return failure;
      const [end] = upToWrong(expected([...given, [NEWLINE]]).slice(given.length));
      const rest = taking.rest();
      return last.isOpen
        ? agrees([rest.lines, rest.wrong], [end?.lines, end?.wrong])
        : agrees(rest, { lines: [] });
    },
  }),
];

register(proofs);
