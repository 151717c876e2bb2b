/** Loads of 64 bits and of floating-point numbers, each way. */

import * as fixture from "./linear_fixture.ts";
import type { Ways } from "./linear_fixture.ts";

// Local constants: V8 reads an imported binding anew at every use, and folds these.
const { ACCESSES, bare, hand, memory, unboxed, unchecked } = fixture;

/** Loads of 64 bits and of floating-point numbers, each way. */
export const WIDE_LOADS: Readonly<Record<string, Ways>> = {
  "load i64 bigint": {
    "by hand": (offsets) => {
      let sum = 0n;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = BigInt.asIntN(64, sum + hand.loadI64(at));
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0n;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadI64(at);
        if (!got.ok) return undefined;
        sum = BigInt.asIntN(64, sum + got.value);
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0n;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = BigInt.asIntN(64, sum + unchecked.loadI64(at));
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0n;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = BigInt.asIntN(64, sum + bare.getBigInt64(at, true));
      }
      return sum;
    },
  },
  "load i64 halves": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + hand.loadHalves(at)) | 0;
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadI64Halves(at);
        if (!got.ok) return undefined;
        sum = (sum + got.value.lo + got.value.hi) | 0;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const lo = unboxed.loadI64Low(at);
        if (lo === undefined) return undefined;
        sum = (sum + lo + unboxed.high) | 0;
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + bare.getInt32(at, true) + bare.getInt32(at + 4, true)) | 0;
      }
      return sum;
    },
  },
  "load f32": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += hand.loadF32(at);
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadF32(at);
        if (!got.ok) return undefined;
        sum += got.value;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = unboxed.loadF32(at);
        if (got === undefined) return undefined;
        sum += got;
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += unchecked.loadF32(at);
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += bare.getFloat32(at, true);
      }
      return sum;
    },
  },
  "load f64": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += hand.loadF64(at);
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadF64(at);
        if (!got.ok) return undefined;
        sum += got.value;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = unboxed.loadF64(at);
        if (got === undefined) return undefined;
        sum += got;
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += unchecked.loadF64(at);
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum += bare.getFloat64(at, true);
      }
      return sum;
    },
  },
};
