/** A memory in each tier, and the same by hand: what the benches of single accesses run on. */

import { IsolatedMemory } from "../../src/linear/mod.ts";
import { type UnboxedAccess, unboxedOf } from "../../src/linear/unboxed.ts";
import { type UncheckedAccess, uncheckedOf } from "../../src/linear/unchecked.ts";

export const ACCESSES = 4096;
export const SIZE = 65_536;
export const VALUE = 77;
export const LONG: bigint = 0x0123_4567_89ab_cdefn;

/** A memory as one writes it by hand: the same check, an exception, and room to grow. */
export class ByHand {
  size = 0;
  view: DataView = new DataView(new ArrayBuffer(0));

  open(buffer: ArrayBufferLike): void {
    this.size = buffer.byteLength;
    this.view = new DataView(buffer);
  }

  #check(at: number, width: number): void {
    const fits = typeof at === "number" && at >= 0 && at <= this.size - width &&
      Math.trunc(at) === at && !Object.is(at, -0);
    if (!fits) throw new RangeError("out of bounds");
  }

  #word(value: number): void {
    const isWord = typeof value === "number" && value >= -0x8000_0000 && value <= 0xffff_ffff &&
      Math.trunc(value) === value && !Object.is(value, -0);
    if (!isWord) throw new RangeError("no operand of 32 bits");
  }

  #long(value: bigint): void {
    const isLong = typeof value === "bigint" &&
      (BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value);
    if (!isLong) throw new RangeError("no operand of 64 bits");
  }

  #float(value: number): void {
    if (typeof value !== "number") throw new TypeError("no number");
  }

  loadU8(at: number): number {
    this.#check(at, 1);
    return this.view.getUint8(at);
  }

  storeU8(at: number, value: number): void {
    this.#check(at, 1);
    this.#word(value);
    this.view.setUint8(at, value);
  }

  loadU16(at: number): number {
    this.#check(at, 2);
    return this.view.getUint16(at, true);
  }

  storeU16(at: number, value: number): void {
    this.#check(at, 2);
    this.#word(value);
    this.view.setUint16(at, value, true);
  }

  loadI32(at: number): number {
    this.#check(at, 4);
    return this.view.getInt32(at, true);
  }

  storeI32(at: number, value: number): void {
    this.#check(at, 4);
    this.#word(value);
    this.view.setInt32(at, value, true);
  }

  loadI64(at: number): bigint {
    this.#check(at, 8);
    return this.view.getBigInt64(at, true);
  }

  storeI64(at: number, value: bigint): void {
    this.#check(at, 8);
    this.#long(value);
    this.view.setBigInt64(at, value, true);
  }

  loadHalves(at: number): number {
    this.#check(at, 8);
    return (this.view.getInt32(at, true) + this.view.getInt32(at + 4, true)) | 0;
  }

  storeHalves(at: number, lo: number, hi: number): void {
    this.#check(at, 8);
    this.#word(lo);
    this.#word(hi);
    this.view.setInt32(at, lo, true);
    this.view.setInt32(at + 4, hi, true);
  }

  loadF32(at: number): number {
    this.#check(at, 4);
    return this.view.getFloat32(at, true);
  }

  storeF32(at: number, value: number): void {
    this.#check(at, 4);
    this.#float(value);
    this.view.setFloat32(at, value, true);
  }

  loadF64(at: number): number {
    this.#check(at, 8);
    return this.view.getFloat64(at, true);
  }

  storeF64(at: number, value: number): void {
    this.#check(at, 8);
    this.#float(value);
    this.view.setFloat64(at, value, true);
  }
}

const made = IsolatedMemory.create(1, 4);
if (!made.ok) Deno.exit(1);
export const memory: IsolatedMemory = made.value;
export const unboxed: UnboxedAccess = unboxedOf(memory);
export const unchecked: UncheckedAccess = uncheckedOf(memory);
export const hand: ByHand = new ByHand();
hand.open(new WebAssembly.Memory({ initial: 2, maximum: 4 }).buffer);
hand.open(memory.asSlice().buffer);
export const bare: DataView = new DataView(memory.asSlice().buffer);

// An access has been refused once in each tier, as in any program that has run for a while.
for (let count = 0; count < 1000; count++) {
  memory.loadI32(SIZE);
  memory.storeI32(SIZE, 0);
  unboxed.loadI32(SIZE);
  unboxed.storeI32(SIZE, 0);
  try {
    hand.loadI32(SIZE);
  } catch {
    // refused
  }
}

export type Offsets = Int32Array<ArrayBuffer>;

/** The ways to make one kind of access, each over all the offsets. */
export interface Ways {
  readonly "by hand": (offsets: Offsets) => unknown;
  readonly "Result": (offsets: Offsets) => unknown;
  readonly "unboxed"?: (offsets: Offsets) => unknown;
  readonly "unchecked"?: (offsets: Offsets) => unknown;
  readonly "bare": (offsets: Offsets) => unknown;
}
