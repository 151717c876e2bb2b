/**
 * Numeric operations that return, against the check that one writes by hand and that throws.
 *
 * Inputs are fixed, and every operation of a group works through the same ones.
 */

import { f64, i32, i64, i64Halves } from "../src/linear/numeric/mod.ts";

const COUNT = 1024;
const ints = Array.from({ length: COUNT }, (_, place) => Math.imul(place + 1, 0x9e3779b1));
const divisors = ints.map((value) => (value >> 16) || 1);
const floats = ints.map((value) => value / 3);
const bigs = ints.map((value) => BigInt(value) * 0x1_0000_0001n);
const bigDivisors = divisors.map((value) => BigInt(value) * 0x1_0001n);
const halves = bigs.map(split);
const halfDivisors = bigDivisors.map(split);

function split(value: bigint): { readonly lo: number; readonly hi: number } {
  return {
    lo: Number(BigInt.asIntN(32, value)),
    hi: Number(BigInt.asIntN(32, value >> 32n)),
  };
}

/** Keeps results alive, so that no work is removed. */
let sink = 0;

/** Adds up what an operation gives for each place. */
function overAll(operation: (place: number) => number): void {
  let sum = 0;
  for (let place = 0; place < COUNT; place++) sum = (sum + operation(place)) | 0;
  sink = (sink + sum) | 0;
}

function divideOrThrow(dividend: number, divisor: number): number {
  if (divisor === 0) throw new RangeError("division by zero");
  if (dividend === -0x80000000 && divisor === -1) throw new RangeError("integer overflow");
  return (dividend / divisor) | 0;
}

Deno.bench("divS, a check that throws", { group: "i32.divS", baseline: true }, () => {
  overAll((place) => divideOrThrow(ints[place] ?? 0, divisors[place] ?? 1));
});

Deno.bench("i32.divS", { group: "i32.divS" }, () => {
  overAll((place) => {
    const result = i32.divS(ints[place] ?? 0, divisors[place] ?? 1);
    return result.ok ? result.value : 0;
  });
});

function truncateOrThrow(value: number): number {
  const whole = Math.trunc(value);
  if (!(whole >= -0x80000000 && whole <= 0x7fffffff)) throw new RangeError("out of range");
  return whole | 0;
}

Deno.bench("truncF64S, a check that throws", { group: "i32.truncF64S", baseline: true }, () => {
  overAll((place) => truncateOrThrow(floats[place] ?? 0));
});

Deno.bench("i32.truncF64S", { group: "i32.truncF64S" }, () => {
  overAll((place) => {
    const result = i32.truncF64S(floats[place] ?? 0);
    return result.ok ? result.value : 0;
  });
});

function nearestOrThrow(value: number): number {
  if (typeof value !== "number") throw new TypeError("no number");
  const below = Math.floor(value);
  const rest = value - below;
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1;
  return rest < 0.5 ? below : below + 1;
}

Deno.bench("nearest by hand, loses -0", { group: "f64.nearest", baseline: true }, () => {
  overAll((place) => nearestOrThrow(floats[place] ?? 0));
});

Deno.bench("f64.nearest", { group: "f64.nearest" }, () => {
  overAll((place) => {
    const result = f64.nearest(floats[place] ?? 0);
    return result.ok ? result.value : 0;
  });
});

function divideBigOrThrow(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new RangeError("division by zero");
  return BigInt.asIntN(64, dividend / divisor);
}

Deno.bench("i64 divS, a check that throws", { group: "i64.divS", baseline: true }, () => {
  overAll((place) => divideBigOrThrow(bigs[place] ?? 0n, bigDivisors[place] ?? 1n) === 0n ? 1 : 2);
});

Deno.bench("i64.divS", { group: "i64.divS" }, () => {
  overAll((place) => {
    const result = i64.divS(bigs[place] ?? 0n, bigDivisors[place] ?? 1n);
    return result.ok && result.value === 0n ? 1 : 2;
  });
});

const NO_HALVES = { lo: 1, hi: 0 };

Deno.bench("i64Halves.divS", { group: "i64.divS" }, () => {
  overAll((place) => {
    const a = halves[place] ?? NO_HALVES;
    const b = halfDivisors[place] ?? NO_HALVES;
    const result = i64Halves.divS(a.lo, a.hi, b.lo, b.hi);
    return result.ok ? result.value.lo : 0;
  });
});

function rotateOrThrow(value: bigint, count: bigint): bigint {
  if (typeof value !== "bigint" || typeof count !== "bigint") throw new TypeError("no bigint");
  const bits = BigInt.asUintN(64, value);
  return BigInt.asIntN(64, (bits << (count & 63n)) | (bits >> (64n - (count & 63n))));
}

Deno.bench("i64 rotl, a check that throws", { group: "i64.rotl", baseline: true }, () => {
  overAll((place) => rotateOrThrow(bigs[place] ?? 0n, 13n) === 0n ? 1 : 2);
});

Deno.bench("i64.rotl", { group: "i64.rotl" }, () => {
  overAll((place) => {
    const result = i64.rotl(bigs[place] ?? 0n, 13n);
    return result.ok && result.value === 0n ? 1 : 2;
  });
});

Deno.bench("i64Halves.rotl", { group: "i64.rotl" }, () => {
  overAll((place) => {
    const a = halves[place] ?? NO_HALVES;
    const result = i64Halves.rotl(a.lo, a.hi, 13, 0);
    return result.ok ? result.value.lo : 0;
  });
});
