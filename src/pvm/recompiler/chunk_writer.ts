/**
 * Writing the function of a chunk.
 *
 * It is handed the id of the segment to begin with and gives the id of one in another chunk, or where it
 * stopped: see `STOPPED`. Registers and fuel are in the memory between functions.
 *
 * @module
 */

import { GUEST_LAYOUT } from "../../paged/mod.ts";
import { RECORDS } from "../mod.ts";
import { ACCESSES, writeAccess } from "./accesses.ts";
import type { Label } from "./function_writer.ts";
import { LOCAL, OperandWriter } from "./operands.ts";
import { COMPARISONS, OPERATIONS } from "./operations.ts";
import type { Chunk } from "./chunk.ts";
import { LOCAL_BITS, LOCAL_MASK } from "./segments.ts";
import { entered, type Shape, shapeOf } from "./shape.ts";
import * as op from "./wasm_opcodes.ts";

const { A, AUXILIARY, B, D, OPERATION, REGISTERS } = RECORDS;
const layout = GUEST_LAYOUT;

/** What is given for a stop in the midst of a segment that was paid for. */
export function stoppedWithin(number: number): number {
  return ~(2 * number + 1);
}

/** What is given for a stop before a segment is paid for. */
export function stoppedBefore(number: number): number {
  return ~(2 * number);
}

/** Locals that are loaded first, and where from. */
const LOADED: readonly (readonly [local: number, at: number])[] = [
  [LOCAL.fuel, layout.FUEL_AT],
  [LOCAL.mainLimit, layout.MAIN_LIMIT_AT],
  [LOCAL.sideBase, layout.SIDE_BASE_AT],
  [LOCAL.sideLimit, layout.SIDE_LIMIT_AT],
  [LOCAL.sideDelta, layout.SIDE_DELTA_AT],
];

/** Writes one chunk. */
export class ChunkWriter {
  readonly #chunk: Chunk;
  readonly #shape: Shape;
  readonly #writer: OperandWriter;
  readonly #mainBase: number;
  // The labels that breaks go to, by segment: before it, and of the loop that it begins.
  readonly #before: Label[];
  readonly #loops: Label[];
  #root: Label = 0;
  #exit: Label = 0;

  /** For memories whose main window begins at `mainBase`. */
  constructor(chunk: Chunk, mainBase: number) {
    this.#chunk = chunk;
    this.#mainBase = mainBase;
    this.#writer = new OperandWriter(chunk.prepared.layout.words);
    this.#shape = shapeOf(chunk.entries(), chunk.edges());
    this.#before = new Array<Label>(chunk.count).fill(0);
    this.#loops = new Array<Label>(chunk.count).fill(0);
  }

  /** The whole body of the function. */
  write(): OperandWriter {
    const writer = this.#writer;
    for (const [local, at] of LOADED) {
      writer.const32(0);
      writer.access(op.I32_LOAD, at);
      writer.set(local);
    }
    for (let register = 0; register < REGISTERS; register++) {
      writer.const32(0);
      writer.access(op.I64_LOAD, layout.REGISTERS_AT + 8 * register);
      writer.set(LOCAL.register0 + register);
    }
    writer.get(LOCAL.entry);
    writer.const32(LOCAL_MASK);
    writer.op(op.I32_AND);
    writer.set(LOCAL.entry);
    this.#exit = writer.block();
    this.#level(-1, this.#chunk.count - 1);
    writer.end();
    for (let register = 0; register < REGISTERS; register++) {
      writer.const32(0);
      writer.get(LOCAL.register0 + register);
      writer.access(op.I64_STORE, layout.REGISTERS_AT + 8 * register);
    }
    writer.const32(0);
    writer.get(LOCAL.fuel);
    writer.access(op.I32_STORE, layout.FUEL_AT);
    writer.get(LOCAL.next);
    writer.op(op.END);
    return writer;
  }

  /** Writes a loop, or the chunk itself for -1: what it dispatches to, and its segments in order. */
  #level(head: number, last: number): void {
    const { inner, outer, loopEnd } = this.#shape;
    const writer = this.#writer;
    const label = writer.loop();
    if (head < 0) this.#root = label;
    else this.#loops[head] = label;
    const items: number[] = [];
    for (let at = Math.max(head, 0); at <= last;) {
      items.push(at);
      const isLoop = at !== head && (loopEnd[at] ?? -1) >= 0;
      at = isLoop ? (loopEnd[at] ?? at) + 1 : at + 1;
    }
    for (const item of items.toReversed()) this.#before[item] = writer.block();
    if (head < 0 || this.#shape.dispatches[head] === 1) this.#dispatch(head, last, items);
    for (const item of items) {
      writer.end();
      const isLoop = item !== head && inner[item] === item && outer[item] === head;
      if (isLoop) this.#level(item, loopEnd[item] ?? item);
      else this.#segment(item);
    }
    writer.end();
  }

  /** Writes how a loop is entered in its midst. */
  #dispatch(head: number, last: number, items: readonly number[]): void {
    const writer = this.#writer;
    const first = Math.max(head, 0);
    const beginning = this.#before[first] ?? 0;
    if (head >= 0) {
      // Its own beginning needs no look into the table.
      writer.get(LOCAL.entry);
      writer.const32(head);
      writer.op(op.I32_EQ);
      writer.brIf(beginning);
    }
    const labels: Label[] = [];
    for (const [index, item] of items.entries()) {
      const end = items[index + 1] ?? last + 1;
      for (let at = item; at < end; at++) labels.push(this.#before[item] ?? 0);
    }
    writer.get(LOCAL.entry);
    if (first > 0) {
      writer.const32(first);
      writer.op(op.I32_SUB);
    }
    writer.brTable(labels, beginning);
  }

  /** Says where a loop that dispatches is to go on, before it is run into or jumped to. */
  #announce(to: number, segment: number): void {
    if (this.#shape.dispatches[to] !== 1) return;
    this.#writer.const32(segment);
    this.#writer.set(LOCAL.entry);
  }

  /** Writes a jump to a segment. */
  #jump(from: number, to: number): void {
    const writer = this.#writer;
    if (to < 0 || to >= this.#chunk.count) {
      writer.const32(this.#chunk.id(to));
      writer.set(LOCAL.next);
      return writer.br(this.#exit);
    }
    const { loopEnd } = this.#shape;
    if (to > from) {
      const loop = entered(this.#shape, from, to);
      this.#announce(loop < 0 ? to : loop, to);
      return writer.br(this.#before[loop < 0 ? to : loop] ?? 0);
    }
    if ((loopEnd[to] ?? -1) >= from) {
      this.#announce(to, to);
      return writer.br(this.#loops[to] ?? 0);
    }
    writer.const32(to);
    writer.set(LOCAL.entry);
    writer.br(this.#root);
  }

  #stop(given: number): void {
    this.#writer.const32(given);
    this.#writer.set(LOCAL.next);
    this.#writer.br(this.#exit);
  }

  /** Writes a segment: pays, does its instructions, and goes on. */
  #segment(local: number): void {
    const writer = this.#writer;
    const first = this.#chunk.first(local);
    const end = this.#chunk.first(local + 1);
    const cost = this.#chunk.cost(local);
    if (cost === undefined) return this.#stop(stoppedBefore(first));
    if (cost > 0) {
      writer.get(LOCAL.fuel);
      writer.const32(cost);
      writer.op(op.I32_LT_S);
      writer.ifUnlikely();
      this.#stop(stoppedBefore(first));
      writer.end();
      writer.get(LOCAL.fuel);
      writer.const32(cost);
      writer.op(op.I32_SUB);
      writer.set(LOCAL.fuel);
    }
    for (let number = first; number < end; number++) this.#instruction(local, number);
    const next = this.#chunk.following(local);
    if (next !== local + 1 || next >= this.#chunk.count) this.#jump(local, next);
    else this.#announce(next, next);
  }

  /** Writes an instruction. */
  #instruction(local: number, number: number): void {
    const writer = this.#writer;
    const word = (which: number) => this.#chunk.word(number, which);
    const [operation, displacement] = [word(OPERATION), word(AUXILIARY)];
    const [d, a, b] = [word(D), word(A), word(B)];
    const access = ACCESSES.get(operation);
    if (access !== undefined) {
      const operands = { base: a, displacement, value: access.isStore ? b : d };
      const fail = () => this.#stop(stoppedWithin(number));
      return writeAccess(writer, access, operands, this.#mainBase, fail);
    }
    const comparison = COMPARISONS.get(operation);
    if (comparison !== undefined) {
      writer.push64(a);
      writer.push64(b);
      writer.op(comparison);
      writer.if();
      this.#take(local, number);
      return writer.end();
    }
    if (operation === 40) return this.#take(local, number);
    if (operation === 50 || operation === 180) return this.#dynamic(number);
    if (operation === 1 || operation === 2) return;
    const write = OPERATIONS.get(operation);
    if (write === undefined) return this.#stop(stoppedWithin(number));
    // A jump that may not be taken is the interpreter's, with what it writes first.
    if (operation === 80 && displacement === 0) return this.#stop(stoppedWithin(number));
    write(writer, a, b, d);
    writer.pop64(d);
    if (operation === 80) this.#take(local, number);
  }

  /** Writes the jump of an instruction with a target. */
  #take(local: number, number: number): void {
    const target = this.#chunk.target(number);
    if (target === undefined) this.#stop(stoppedWithin(number));
    else this.#jump(local, target);
  }

  /** Writes a jump through the table; what is no entry of it is the interpreter's. */
  #dynamic(number: number): void {
    const writer = this.#writer;
    const word = (which: number) => this.#chunk.word(number, which);
    const fail = () => {
      writer.ifUnlikely();
      this.#stop(stoppedWithin(number));
      writer.end();
    };
    writer.push32(word(A));
    writer.const32(word(AUXILIARY));
    writer.op(op.I32_ADD);
    writer.const32(2);
    writer.op(op.I32_SUB);
    // Rotated, an odd address is beyond every table.
    writer.const32(1);
    writer.op(op.I32_ROTR);
    writer.tee(LOCAL.address);
    writer.const32(this.#chunk.prepared.layout.table.length);
    writer.op(op.I32_GE_U);
    fail();
    writer.get(LOCAL.address);
    writer.const32(2);
    writer.op(op.I32_SHL);
    writer.access(op.I32_LOAD, layout.JUMPS);
    writer.tee(LOCAL.next);
    writer.const32(0);
    writer.op(op.I32_LT_S);
    fail();
    if (word(OPERATION) === 180) {
      writer.push64(word(B));
      writer.pop64(word(D));
    }
    writer.get(LOCAL.next);
    writer.const32(LOCAL_BITS);
    writer.op(op.I32_SHR_U);
    writer.const32(this.#chunk.number);
    writer.op(op.I32_NE);
    writer.brIf(this.#exit);
    writer.get(LOCAL.next);
    writer.const32(LOCAL_MASK);
    writer.op(op.I32_AND);
    writer.set(LOCAL.entry);
    writer.br(this.#root);
  }
}
