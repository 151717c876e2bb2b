/**
 * What is simpler than a case: the candidates among which the conformance driver looks for a minimal
 * one. Whether a candidate shows the same difference is not known here.
 *
 * @module
 */

import { decodeBlob } from "../pvm/mod.ts";
import { bytesOf, type Case, machineOf, regionsOf } from "./conform_case.ts";
import {
  blobOf,
  type Draft,
  draftOf,
  type Line,
  placesOf,
  withBytes,
  withoutLines,
} from "./conform_draft.ts";

/** The cases that are simpler in one respect, the simplest first. */
export type Pass = (input: Case) => Iterable<Case>;

/** How many instructions of a case are looked at for a later start. */
const STEPS_MAX = 4_096;

function draftIn({ program }: Case): Draft | undefined {
  const code = decodeBlob(program);
  return code.ok ? draftOf(code.value) : undefined;
}

/** The case with another program; none when there is no such program. */
function withDraft(input: Case, draft: Draft, pc = input.pc): readonly Case[] {
  const program = blobOf(draft);
  return program === undefined ? [] : [{ ...input, program, pc }];
}

/** Numbers that are simpler than one: 0, its half, …, one less. */
function below(value: number): readonly number[] {
  const found: number[] = [];
  for (let less = value; less >= 1; less = Math.floor(less / 2)) {
    found.push(value - less);
  }
  return found;
}

/** Less gas. */
export function* lessGas(input: Case): Iterable<Case> {
  for (
    const gas of [0n, 1n, 2n, 3n, 5n, 8n, 16n, 32n, 64n, 128n, 512n, 1024n]
  ) {
    if (gas < input.gas) yield { ...input, gas };
  }
  for (let less = input.gas / 2n; less >= 1n; less /= 2n) {
    yield { ...input, gas: input.gas - less };
  }
}

/** The case as it stands after some of its instructions, with the gas that is left then. */
function* laterStates(
  input: Case,
  wanted: ReadonlySet<number>,
): Iterable<Case> {
  const made = machineOf(input);
  if (!made.ok) return;
  const machine = made.value;
  const last = Math.max(...wanted);
  for (let step = 1; step <= last; step++) {
    if (machine.step() !== undefined) return;
    if (!wanted.has(step)) continue;
    const { pc, gas, registers, memory } = machine;
    const heap = input.heap === undefined ? undefined : { ...input.heap, top: memory.heapTop };
    const space = { memory: bytesOf(memory), pages: regionsOf(memory), heap };
    yield { ...input, pc, gas, registers, ...space };
  }
}

/** A later start: in the state in which the first instructions leave it. */
export function* laterStart(input: Case): Iterable<Case> {
  const made = machineOf(input);
  if (!made.ok || input.steps !== undefined) return;
  let count = 0;
  while (count < STEPS_MAX && made.value.step() === undefined) count++;
  if (count === 0) return;
  const wanted = new Set(
    below(count).map((steps) => steps + 1).filter((steps) => steps <= count),
  );
  yield* [...laterStates(input, wanted)].toReversed();
}

/** Fewer lines. */
export function* fewerLines(input: Case): Iterable<Case> {
  const draft = draftIn(input);
  if (draft === undefined) return;
  const { length } = draft.lines;
  for (let count = length; count >= 1; count = Math.floor(count / 2)) {
    for (let from = length - count; from >= 0; from -= count) {
      const less = withoutLines(draft, from, count, input.pc);
      yield* withDraft(input, less.draft, less.offset);
    }
  }
}

/** A start at the beginning, and fewer steps. */
export function* simplerStart(input: Case): Iterable<Case> {
  for (const pc of below(input.pc)) yield { ...input, pc };
  if (input.steps !== undefined) {
    yield { ...input, steps: undefined };
    for (const steps of below(input.steps)) yield { ...input, steps };
  }
  if (input.heap !== undefined) yield { ...input, heap: undefined };
}

/** Values that are simpler than a word. */
function* simplerWords(value: bigint): Iterable<bigint> {
  const candidates = [
    0n,
    1n,
    2n,
    value & 0xffn,
    value & 0xffff_ffffn,
    value & ~0xffn,
    value >> 1n,
  ];
  for (const candidate of candidates) if (candidate < value) yield candidate;
}

/** Simpler registers. */
export function* simplerRegisters(input: Case): Iterable<Case> {
  const { registers } = input;
  yield* registers.every((value) => value === 0n)
    ? []
    : [{ ...input, registers: registers.map(() => 0n) }];
  for (const [index, value] of registers.entries()) {
    for (const simpler of simplerWords(value)) {
      yield { ...input, registers: registers.with(index, simpler) };
    }
  }
}

/** Less memory: fewer bytes, then fewer pages. */
export function* lessMemory(input: Case): Iterable<Case> {
  const { memory, pages } = input;
  if (memory.length > 1) yield { ...input, memory: [] };
  for (const [index, { address, bytes }] of memory.entries()) {
    yield { ...input, memory: memory.toSpliced(index, 1) };
    const half = Math.floor(bytes.length / 2);
    if (half === 0) continue;
    yield {
      ...input,
      memory: memory.with(index, { address, bytes: bytes.slice(0, half) }),
    };
    const second = { address: address + half, bytes: bytes.slice(half) };
    yield { ...input, memory: memory.with(index, second) };
  }
  for (const [index, { address, length }] of pages.entries()) {
    const outside = memory.filter((chunk) =>
      chunk.address + chunk.bytes.length <= address ||
      chunk.address >= address + length
    );
    yield { ...input, pages: pages.toSpliced(index, 1), memory: outside };
  }
}

/** A smaller jump table. */
export function* smallerTable(input: Case): Iterable<Case> {
  const draft = draftIn(input);
  if (draft === undefined || draft.entries.length + draft.width === 0) return;
  yield* withDraft(input, { ...draft, entries: [], width: 0 });
  for (const [index, entry] of draft.entries.entries()) {
    yield* withDraft(input, {
      ...draft,
      entries: draft.entries.slice(0, index),
    });
    if (typeof entry === "bigint" ? entry === 0n : entry.line === 0) continue;
    yield* withDraft(input, {
      ...draft,
      entries: draft.entries.with(index, 0n),
    });
  }
  if (draft.width > 1) yield* withDraft(input, { ...draft, width: 1 });
}

/** Lines that are simpler than one: a shorter operand, or bytes that are zero. */
function* simplerLine(line: Line): Iterable<Line> {
  const { bytes } = line;
  const end = line.jump === undefined ? 1 : line.jump.at + line.jump.length;
  if (bytes.length > end) {
    yield withBytes(line, bytes.slice(0, -1));
  }
  const kept = line.jump === undefined ? bytes.length : line.jump.at;
  for (let at = 1; at < kept; at++) {
    const byte = bytes[at] ?? 0;
    for (const simpler of [0, 1, byte & 0xf0, byte & 0x0f]) {
      if (simpler < byte) yield withBytes(line, bytes.with(at, simpler));
    }
  }
}

/** Simpler lines. */
export function* simplerLines(input: Case): Iterable<Case> {
  const draft = draftIn(input);
  if (draft === undefined) return;
  const places = placesOf(draft);
  for (const [index, line] of draft.lines.entries()) {
    for (const simpler of simplerLine(line)) {
      const changed = { ...draft, lines: draft.lines.with(index, simpler) };
      const shorter = line.bytes.length - simpler.bytes.length;
      const pc = input.pc > (places[index] ?? 0) ? input.pc - shorter : input.pc;
      yield* withDraft(input, changed, Math.max(0, pc));
    }
  }
}

/** A shorter blob, where it is none anyway. */
export function* shorterBlob(input: Case): Iterable<Case> {
  if (draftIn(input) !== undefined) return;
  const { program } = input;
  for (let count = program.length; count >= 1; count = Math.floor(count / 2)) {
    for (let from = 0; from + count <= program.length; from += count) {
      const bytes = Uint8Array.of(
        ...program.subarray(0, from),
        ...program.subarray(from + count),
      );
      yield { ...input, program: bytes };
    }
  }
}

/** Every pass, in the order in which they pay. */
export const PASSES: readonly Pass[] = [
  ...[
    shorterBlob,
    lessGas,
    laterStart,
    fewerLines,
    simplerStart,
    simplerRegisters,
  ] as const,
  ...[lessMemory, smallerTable, simplerLines] as const,
];
