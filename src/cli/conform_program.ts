/**
 * Random programs for the conformance driver.
 *
 * @module
 */

import { OPCODES } from "../pvm/mod.ts";
import { codeOf, type Draft, draftOf, type Line } from "./conform_draft.ts";
import { anyLine, HALT_REGISTER, type Palette } from "./conform_lines.ts";
import { anyWord, type Random } from "./conform_random.ts";

const TERMINATORS: ReadonlySet<number> = new Set(
  OPCODES.filter(({ terminates }) => terminates.includes("gray-paper")).map(({ code }) => code),
);
const GARBAGE_BYTES_MAX = 40;

/** A jump to the beginning of a block, mostly. */
function aimJumps(random: Random, lines: readonly Line[], plain: boolean): readonly Line[] {
  const blocks = lines.flatMap((_, index) =>
    index === 0 || TERMINATORS.has(lines[index - 1]?.bytes[0] ?? 0) ? [index] : []
  );
  return draftOf(codeOf({ lines, width: 0, entries: [] })).lines.map((line) => {
    if (line.jump === undefined) return line;
    const drawn = random.below(8);
    const block = blocks[random.below(blocks.length)] ?? 0;
    const to = {
      line: drawn < 6 ? block : random.below(lines.length + (plain ? 0 : 1)),
      delta: 0,
    };
    const delta = drawn === 7 && !plain ? random.below(7) - 3 : 0;
    return { ...line, jump: { ...line.jump, to: { ...to, delta } } };
  });
}

/** A program of instructions. */
export function programDraft(random: Random, palette: Palette): Draft {
  const count = random.below(3) === 0 ? 1 : 1 + random.below(random.once(8) ? 60 : 10);
  const drawn: Line[] = [];
  while (drawn.length < count) {
    drawn.push(anyLine(random, palette));
    if (random.once(5) && palette.numbers.has(1)) {
      drawn.push({ bytes: [1], isStart: true, jump: undefined });
    }
  }
  if (random.once(3) && palette.numbers.has(50)) {
    drawn.push({ bytes: [50, HALT_REGISTER], isStart: true, jump: undefined });
  }
  const lines = aimJumps(random, drawn, palette.plain).map((line, index) =>
    index > 0 && !palette.plain && random.once(150) ? { ...line, isStart: false } : line
  );
  const entries = Array.from({ length: random.below(7) }, () => {
    const drawn = random.below(8);
    if (drawn === 0) return anyWord(random);
    const delta = drawn === 1 && !palette.plain ? 1 : 0;
    return { line: random.below(lines.length + (palette.plain ? 0 : 1)), delta };
  });
  const width = random.pick([1, 2, 2, 3, 4, 4, 8, palette.plain || !random.once(4) ? 2 : 0]);
  return { lines, width, entries };
}

/** Bytes with any mask, biased to what stands for instructions. */
export function garbageDraft(random: Random, { all, numbers }: Palette, keeps: boolean): Draft {
  const bytes = Uint8Array.from({ length: random.below(GARBAGE_BYTES_MAX) }, () => {
    const byte = random.once(2) ? random.pick(all).code : random.below(256);
    return keeps || numbers.has(byte) ||
        !OPCODES.some(({ code }) => code === byte)
      ? byte
      : 0;
  });
  const starts = bytes.map(() => random.once(3) ? 1 : 0);
  const count = random.below(4);
  const table = Uint8Array.from({ length: count }, () => random.below(bytes.length + 1));
  return draftOf({
    bytes,
    starts,
    jumpTable: { count, width: 1, bytes: table },
  });
}

/** A blob that is none any more, mostly. */
export function damaged(random: Random, blob: Uint8Array): Uint8Array {
  const drawn = random.below(4);
  if (drawn === 0) return blob.slice(0, random.below(blob.length + 1));
  if (drawn === 1) return Uint8Array.of(...blob, random.below(256));
  const copy = blob.slice();
  const at = drawn === 2 ? random.below(Math.min(3, blob.length)) : blob.length - 1;
  if (at >= 0 && at < copy.length) copy[at] = random.below(256);
  return copy;
}
