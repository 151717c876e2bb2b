/**
 * 64-bit arithmetic on halves against the same on bigints, over the same operands.
 *
 * Each side reads operands from an array and writes results to one, as an interpreter does with its
 * registers. The baseline holds bigints in a plain array and cuts them with `BigInt.asUintN`, which
 * V8 compiles to machine words. The second row cuts them with a mask, as portable code does; the
 * third holds them in a `BigUint64Array`, for which some engines do without bigints altogether.
 *
 * Each loop is written out: a loop that took its operation as an argument would see them all, and
 * the engine would inline none.
 */

import { wide } from "../src/int/mod.ts";

// Local constants, as the interpreter has them: V8 reads an imported binding anew at every use.
const { add, divS, divU, ltU, mul, shl, sub } = wide;

/** How many pairs of operands one run works through. */
const PAIRS = 1024;
const HALVES = 2 * PAIRS;

/** Words that are the same in every run: `sizes` gives how many bits each has. */
function words(seed: number, sizes: readonly number[]): bigint[] {
  let state = seed;
  const list: bigint[] = [];
  for (let place = 0; place < PAIRS; place++) {
    let word = 0n;
    for (let piece = 0; piece < 4; piece++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      word = (word << 16n) | BigInt(state >>> 16);
    }
    list.push(BigInt.asUintN(sizes[place % sizes.length] ?? 64, word));
  }
  return list;
}

function halvesOf(list: readonly bigint[]): Int32Array {
  const halves = new Int32Array(HALVES);
  list.forEach((word, place) => wide.split(word, halves, 2 * place));
  return halves;
}

/** Operands, and room for results: words, or flags of comparisons. */
interface Columns<T> {
  readonly a: T;
  readonly b: T;
  readonly out: T;
  readonly flags: Uint8Array;
}

/** The same operands in each form. */
interface Operands {
  readonly values: Columns<bigint[]>;
  readonly array: Columns<BigUint64Array>;
  readonly halves: Columns<Int32Array>;
}

function operands(sizesA: readonly number[], sizesB: readonly number[]): Operands {
  const a = words(1, sizesA);
  const b = words(2, sizesB).map((word) => word === 0n ? 1n : word);
  return {
    values: { a, b, out: Array.from(a), flags: new Uint8Array(PAIRS) },
    array: {
      a: BigUint64Array.from(a),
      b: BigUint64Array.from(b),
      out: new BigUint64Array(PAIRS),
      flags: new Uint8Array(PAIRS),
    },
    halves: {
      a: halvesOf(a),
      b: halvesOf(b),
      out: new Int32Array(HALVES),
      flags: new Uint8Array(PAIRS),
    },
  };
}

/** Operands of all sizes, mixed. */
const MIXED = operands([64, 32, 64, 16, 53, 8, 64], [64, 16, 32, 64, 8, 53]);
const FULL = operands([64], [64]);
/** Dividends and divisors as programs have them. */
const SMALL = operands([31], [15]);
/** Dividends over 53 bits with shorter divisors: long division. */
const LONG = operands([64], [24, 40, 32, 56]);

/** One operation: the same loop in each form. */
interface Workload {
  readonly values: (columns: Columns<bigint[]>) => void;
  readonly masked?: (columns: Columns<bigint[]>) => void;
  readonly array: (columns: Columns<BigUint64Array>) => void;
  readonly halves: (columns: Columns<Int32Array>) => void;
}

const MASK = 2n ** 64n - 1n;

/** A word read as signed, by arithmetic alone. */
function signed(word: bigint): bigint {
  return word >= 2n ** 63n ? word - 2n ** 64n : word;
}

const WORKLOADS = {
  add: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) + (b[i] ?? 1n));
    },
    masked({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = ((a[i] ?? 0n) + (b[i] ?? 1n)) & MASK;
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) + (b[i] ?? 1n));
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        add(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0, out, i);
      }
    },
  },
  sub: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) - (b[i] ?? 1n));
    },
    masked({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = ((a[i] ?? 0n) - (b[i] ?? 1n)) & MASK;
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) - (b[i] ?? 1n));
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        sub(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0, out, i);
      }
    },
  },
  ltU: {
    values({ a, b, flags }) {
      for (let i = 0; i < PAIRS; i++) flags[i] = Number((a[i] ?? 0n) < (b[i] ?? 1n));
    },
    array({ a, b, flags }) {
      for (let i = 0; i < PAIRS; i++) flags[i] = Number((a[i] ?? 0n) < (b[i] ?? 1n));
    },
    halves({ a, b, flags }) {
      for (let i = 0; i < HALVES; i += 2) {
        flags[i >> 1] = Number(ltU(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0));
      }
    },
  },
  shl: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) {
        out[i] = BigInt.asUintN(64, (a[i] ?? 0n) << ((b[i] ?? 1n) & 63n));
      }
    },
    masked({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = ((a[i] ?? 0n) << ((b[i] ?? 1n) & 63n)) & MASK;
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) {
        out[i] = BigInt.asUintN(64, (a[i] ?? 0n) << ((b[i] ?? 1n) & 63n));
      }
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        shl(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, out, i);
      }
    },
  },
  mul: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) * (b[i] ?? 1n));
    },
    masked({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = ((a[i] ?? 0n) * (b[i] ?? 1n)) & MASK;
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) * (b[i] ?? 1n));
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        mul(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0, out, i);
      }
    },
  },
  divU: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) / (b[i] ?? 1n));
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) out[i] = BigInt.asUintN(64, (a[i] ?? 0n) / (b[i] ?? 1n));
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        divU(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0, out, i);
      }
    },
  },
  divS: {
    values({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) {
        out[i] = BigInt.asUintN(64, BigInt.asIntN(64, a[i] ?? 0n) / BigInt.asIntN(64, b[i] ?? 1n));
      }
    },
    masked({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) {
        out[i] = (signed(a[i] ?? 0n) / signed(b[i] ?? 1n)) & MASK;
      }
    },
    array({ a, b, out }) {
      for (let i = 0; i < PAIRS; i++) {
        out[i] = BigInt.asUintN(64, BigInt.asIntN(64, a[i] ?? 0n) / BigInt.asIntN(64, b[i] ?? 1n));
      }
    },
    halves({ a, b, out }) {
      for (let i = 0; i < HALVES; i += 2) {
        divS(a[i] ?? 0, a[i + 1] ?? 0, b[i] ?? 0, b[i + 1] ?? 0, out, i);
      }
    },
  },
} as const satisfies Record<string, Workload>;

/** One group of rows. */
export interface Case {
  readonly name: string;
  readonly workload: Workload;
  readonly operands: Operands;
}

/** What is measured: each operation on the operands that tell something of it. */
export const CASES: readonly Case[] = [
  ...Object.entries(WORKLOADS).map(([name, workload]) => ({
    name: `${name}, mixed sizes`,
    workload,
    operands: MIXED,
  })),
  ...Object.entries(WORKLOADS).map(([name, workload]) => ({
    name: `${name}, 64 bits`,
    workload,
    operands: FULL,
  })),
  { name: "divU, small", workload: WORKLOADS.divU, operands: SMALL },
  { name: "divU, long", workload: WORKLOADS.divU, operands: LONG },
  { name: "divS, small", workload: WORKLOADS.divS, operands: SMALL },
];

if ("Deno" in globalThis) {
  for (const { name: group, workload, operands } of CASES) {
    Deno.bench(`${group}: bigints`, { group, baseline: true }, () => {
      workload.values(operands.values);
    });
    const { masked } = workload;
    if (masked !== undefined) {
      Deno.bench(`${group}: bigints, masked`, { group }, () => masked(operands.values));
    }
    Deno.bench(`${group}: bigints in a BigUint64Array`, { group }, () => {
      workload.array(operands.array);
    });
    Deno.bench(`${group}: halves`, { group }, () => workload.halves(operands.halves));
  }
}
