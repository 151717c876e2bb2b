/** How a program is cut, said once more: by asking of each instruction what leads to it. */

import { type Prepared, RECORDS } from "../../src/pvm/mod.ts";

/** Where segments begin, what is said of each, and where chunks begin. */
export interface Cut {
  readonly first: readonly number[];
  readonly flags: readonly number[];
  readonly chunks: readonly number[];
}

const JUMPS: readonly number[] = [40, 80, 170, 171, 172, 173, 174, 175];
const LEAVING: readonly number[] = [3, 10, 101];

/** The instruction whose record lies at a place. */
const numberAt = (place: number): number => (place - RECORDS.FIRST_RECORD) / RECORDS.RECORD;

/** What is known of an instruction. */
interface Known {
  readonly operation: number;
  /** The instruction that it jumps to. */
  readonly target: number | undefined;
  /** Whether a jump or the table leads to it. */
  readonly isTarget: boolean;
  readonly isTableTarget: boolean;
}

function instructionsOf({ layout: { words, pcs, table } }: Prepared): readonly Known[] {
  const word = (number: number, which: number) =>
    words[RECORDS.FIRST_RECORD + number * RECORDS.RECORD + which] ?? 0;
  const read = Array.from(pcs, (_, number) => {
    const operation = word(number, RECORDS.OPERATION);
    const place = word(number, RECORDS.AUXILIARY);
    const target = JUMPS.includes(operation) && place !== 0 ? numberAt(place) : undefined;
    return { operation, target };
  });
  const targets = new Set(read.map(({ target }) => target));
  const entries = new Set(Array.from(table).filter((place) => place !== 0).map(numberAt));
  return read.map((known, number) => ({
    ...known,
    isTarget: targets.has(number) || entries.has(number),
    isTableTarget: entries.has(number),
  }));
}

/** The segments that begin at an instruction, by what is said of them. */
function beginnings(
  isBlock: boolean,
  isOpen: boolean,
  isPerInstruction: boolean,
  entry: number,
): readonly number[] {
  if (!isOpen) return [entry];
  if (isPerInstruction) return [entry | 8];
  return isBlock ? [entry | 4, entry | 8 | 2] : [entry | 8 | 2];
}

/** How a program is to be cut. */
export function cutOf(prepared: Prepared): Cut {
  const instructions = instructionsOf(prepared);
  const isPerInstruction = prepared.gasModel === "instruction";
  const first: number[] = [];
  const flags: number[] = [];
  const chunks: number[] = [];
  let [entered, began] = [0, 0];
  instructions.forEach(({ isTarget, isTableTarget }, number) => {
    const before = instructions[number - 1]?.operation;
    const ends = before === undefined || prepared.isTerminator(before);
    const isAfterExit = !ends && LEAVING.includes(before);
    const isLeader = ends || isAfterExit || isTarget;
    const length = number - began;
    const segments = first.length - (chunks.at(-1) ?? 0);
    const isNewChunk = number === 0 || length >= 2_000 || (isLeader && segments >= 799) ||
      (length >= 1_000 && ends);
    if (!isLeader && !isNewChunk) return;
    if (isNewChunk) {
      began = number;
      chunks.push(first.length);
    }
    const isEntry = isAfterExit || isTableTarget || number - entered >= 40;
    if (isEntry) entered = number;
    for (const one of beginnings(isTarget, !ends, isPerInstruction, isEntry ? 1 : 0)) {
      first.push(number);
      flags.push(one);
    }
  });
  chunks.push(first.length);
  first.push(instructions.length);
  return { first, flags: withEntries(instructions, { first, flags, chunks }), chunks };
}

/** With those segments marked that other chunks lead to, or something behind them. */
function withEntries(instructions: readonly Known[], { first, flags, chunks }: Cut): number[] {
  const marked = [...flags];
  const mark = (segment: number) => {
    const flag = marked[segment];
    if (flag !== undefined) marked[segment] = flag | 1;
  };
  chunks.forEach((start) => [start, start + 1].forEach(mark));
  const segmentOf = (number: number) => first.findLastIndex((at) => at <= number);
  instructions.forEach(({ target }, number) => {
    if (target === undefined) return;
    const to = first.findIndex((at, index) => at === target && ((flags[index] ?? 2) & 2) === 0);
    const from = segmentOf(number);
    const end = chunks.find((start) => start > from) ?? 0;
    if (to <= from || to >= end) mark(to);
  });
  return marked;
}
