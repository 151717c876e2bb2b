/**
 * The same algorithms written in WebAssembly by hand, with a gas counter for each block and no check of
 * what an access may touch: as fast as any recompiler could be.
 */

import { CodeWriter } from "../../src/pvm/recompiler/code_writer.ts";
import * as op from "../../src/pvm/recompiler/wasm_opcodes.ts";
import { type Entry, insist } from "./engine.ts";
import type { Guest } from "./guests.ts";
import { COUNT, END, Hand, I, J, K, R10, R11, R12, R7, R8 } from "./hand.ts";

/** Where the words that the programs work on begin. */
const HEAP = 0x2_0000;
const MEMORY_PAGES = 128;

function fibonacci(hand: Hand): void {
  hand.set64(R8, 1n);
  hand.countdown(COUNT, () => {
    hand.pay(5);
    hand.binary(R10, R7, R8, op.I64_ADD);
    hand.get(R8);
    hand.set(R7);
    hand.get(R10);
    hand.set(R8);
  });
}

function sieve(hand: Hand): void {
  hand.set32(I, 2);
  hand.get(COUNT);
  hand.const32(HEAP);
  hand.op(op.I32_ADD);
  hand.set(END);
  hand.while(I, COUNT, () => {
    const next = hand.block();
    hand.pay(2);
    hand.get(I);
    hand.access(op.I64_LOAD8_U, HEAP);
    hand.op(op.I64_EQZ, op.I32_EQZ);
    hand.brIf(next);
    hand.pay(4);
    hand.get(R7);
    hand.const64(1, 0);
    hand.op(op.I64_ADD);
    hand.set(R7);
    hand.get(I); // the square, of 64 bits as in the program
    hand.op(op.I64_EXTEND_U);
    hand.tee(R11);
    hand.get(R11);
    hand.op(op.I64_MUL);
    hand.const64(HEAP, 0);
    hand.op(op.I64_ADD);
    hand.tee(R11);
    hand.get(END);
    hand.op(op.I64_EXTEND_U, op.I64_GE_U);
    hand.brIf(next);
    hand.get(R11);
    hand.op(op.I32_WRAP);
    hand.set(J);
    hand.while(J, END, () => {
      hand.pay(3);
      hand.get(J);
      hand.const64(1, 0);
      hand.access(op.I64_STORE8, 0);
      hand.binary(J, J, I, op.I32_ADD);
    });
    hand.end();
    hand.pay(2);
    hand.advance(I, 1);
  });
}

function mix(hand: Hand): void {
  const fold = (bits: number, factor: bigint | undefined) => {
    hand.get(R10);
    hand.get(R10);
    hand.const64(bits, 0);
    hand.op(op.I64_SHR_U, op.I64_XOR);
    if (factor !== undefined) {
      hand.const64(
        Number(factor & 0xffff_ffffn) | 0,
        Number(factor >> 32n) | 0,
      );
      hand.op(op.I64_MUL);
    }
    hand.set(R10);
  };
  hand.countdown(COUNT, () => {
    hand.pay(12);
    hand.get(R8);
    hand.const64(0x7f4a_7c15, 0x9e37_79b9 | 0);
    hand.op(op.I64_ADD);
    hand.tee(R8);
    hand.set(R10);
    fold(30, 0xbf58_476d_1ce4_e5b9n);
    fold(27, 0x94d0_49bb_1331_11ebn);
    fold(31, undefined);
    hand.binary(R7, R7, R10, op.I64_XOR);
  });
}

/** The end of so many words of some width, as an address. */
function endOf(hand: Hand, shift: number): void {
  hand.get(COUNT);
  hand.const32(shift);
  hand.op(op.I32_SHL);
  hand.const32(HEAP);
  hand.op(op.I32_ADD);
  hand.set(END);
}

function sort(hand: Hand): void {
  endOf(hand, 2);
  hand.set32(I, HEAP);
  hand.set32(K, 1);
  hand.while(I, END, () => {
    hand.pay(5);
    hand.get(K);
    hand.const32(1_664_525);
    hand.op(op.I32_MUL);
    hand.const32(1_013_904_223);
    hand.op(op.I32_ADD);
    hand.set(K);
    hand.get(I);
    hand.get(K);
    hand.access(op.I32_STORE, 0);
    hand.advance(I, 4);
  });
  hand.set32(I, HEAP + 4);
  hand.while(I, END, () => {
    hand.pay(2);
    hand.get(I);
    hand.access(op.I64_LOAD32_U, 0);
    hand.set(R10);
    hand.get(I);
    hand.set(J);
    const place = hand.block();
    const inner = hand.loop();
    hand.pay(2);
    hand.get(R10);
    hand.get(J);
    hand.const32(4);
    hand.op(op.I32_SUB);
    hand.access(op.I64_LOAD32_U, 0);
    hand.tee(R12);
    hand.op(op.I64_GE_U);
    hand.brIf(place);
    hand.pay(3);
    hand.get(J);
    hand.get(R12);
    hand.access(op.I64_STORE32, 0);
    hand.advance(J, -4);
    hand.const32(HEAP);
    hand.get(J);
    hand.op(op.I32_LT_U);
    hand.brIf(inner);
    hand.end();
    hand.end();
    hand.pay(3);
    hand.get(J);
    hand.get(R10);
    hand.access(op.I64_STORE32, 0);
    hand.advance(I, 4);
  });
  hand.set32(I, HEAP);
  hand.while(I, END, () => {
    hand.pay(5);
    hand.get(R7);
    hand.const64(31, 0);
    hand.op(op.I64_MUL);
    hand.get(I);
    hand.access(op.I64_LOAD32_U, 0);
    hand.op(op.I64_ADD);
    hand.set(R7);
    hand.advance(I, 4);
  });
}

const COPY_WORDS = 8_192;

function copy(hand: Hand): void {
  const [source, target] = [HEAP, HEAP + 8 * COPY_WORDS];
  hand.set64(R10, 0x9e37_79b9_7f4a_7c15n);
  hand.set32(I, source);
  hand.set32(END, target);
  hand.while(I, END, () => {
    hand.pay(3);
    hand.get(I);
    hand.get(R10);
    hand.access(op.I64_STORE, 0);
    hand.advance(I, 8);
  });
  hand.countdown(COUNT, () => {
    hand.pay(2);
    hand.set32(I, source);
    hand.set32(J, target);
    hand.while(I, END, () => {
      hand.pay(5);
      hand.get(J);
      hand.get(I);
      hand.access(op.I64_LOAD, 0);
      hand.access(op.I64_STORE, 0);
      hand.advance(I, 8);
      hand.advance(J, 8);
    });
    hand.pay(4);
    hand.get(R7);
    hand.get(J);
    hand.const32(8);
    hand.op(op.I32_SUB);
    hand.access(op.I64_LOAD, 0);
    hand.op(op.I64_ADD);
    hand.set(R7);
  });
}

const PROGRAMS: Readonly<Record<string, (hand: Hand) => void>> = {
  "fib": fibonacci,
  "sieve": sieve,
  "64-bit mix": mix,
  "u32 sort": sort,
  "u64 copy": copy,
};

/** A module with one function, from i32 to i64, and a memory of its own. */
function moduleOf(code: CodeWriter): Uint8Array<ArrayBuffer> {
  const module = new CodeWriter();
  const section = (id: number, write: (content: CodeWriter) => void) => {
    const content = new CodeWriter();
    write(content);
    module.byte(id);
    module.sized(content);
  };
  const bytes = (...values: number[]) => Uint8Array.from(values);
  module.raw(bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  section(
    1,
    (content) => content.raw(bytes(1, op.FUNCTION, 1, op.I32, 1, op.I64)),
  );
  section(3, (content) => content.raw(bytes(1, 0)));
  section(5, (content) => {
    content.raw(bytes(1, 0));
    content.unsigned(MEMORY_PAGES);
  });
  section(7, (content) => content.raw(bytes(2, 1, 0x66, 0, 0, 1, 0x6d, 2, 0)));
  section(10, (content) => {
    const body = new CodeWriter();
    body.raw(bytes(2, 7, op.I64, 5, op.I32)); // as the numbers of the locals have it
    body.raw(code.bytes);
    content.unsigned(1);
    content.sized(body);
  });
  return module.bytes;
}

const modules = new Map<string, WebAssembly.Module>();

/** A program by hand, ready to run; nothing for a guest that there is none for. */
function byHand(name: string, count: number): (() => bigint) | undefined {
  const write = PROGRAMS[name];
  if (write === undefined) return undefined;
  const hand = new Hand();
  const module = modules.get(name) ??
    new WebAssembly.Module(moduleOf(hand.program(() => write(hand))));
  modules.set(name, module);
  const run: unknown = new WebAssembly.Instance(module).exports["f"];
  insist(typeof run === "function", "the program by hand has no function");
  return () => BigInt.asUintN(64, BigInt(run(count)));
}

/** The programs by hand. */
export const LIMIT: Entry = {
  name: "WebAssembly by hand",
  make: () =>
    Promise.resolve({
      runs: 25,
      load({ name, count }) {
        const run = byHand(name, count);
        insist(run !== undefined, `${name} is not written by hand`);
        return { run: () => ({ result: run(), gasUsed: undefined }) };
      },
    }),
};

/** Whether a guest is written by hand. */
export function isByHand({ name }: Guest): boolean {
  return PROGRAMS[name] !== undefined;
}
