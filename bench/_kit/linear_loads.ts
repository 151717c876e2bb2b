/** Loads of up to 32 bits, each way. */

import * as fixture from "./linear_fixture.ts";
import type { Ways } from "./linear_fixture.ts";

// Local constants: V8 reads an imported binding anew at every use, and folds these.
const { ACCESSES, bare, hand, memory, unboxed, unchecked } = fixture;

/** Loads of up to 32 bits, each way. */
export const NARROW_LOADS: Readonly<Record<string, Ways>> = {
  "load u8": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + hand.loadU8(at)) | 0;
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadU8(at);
        if (!got.ok) return undefined;
        sum = (sum + got.value) | 0;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = unboxed.loadU8(at);
        if (got === undefined) return undefined;
        sum = (sum + got) | 0;
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + unchecked.loadU8(at)) | 0;
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + bare.getUint8(at)) | 0;
      }
      return sum;
    },
  },
  "load u16": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + hand.loadU16(at)) | 0;
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadU16(at);
        if (!got.ok) return undefined;
        sum = (sum + got.value) | 0;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = unboxed.loadU16(at);
        if (got === undefined) return undefined;
        sum = (sum + got) | 0;
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + unchecked.loadU16(at)) | 0;
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + bare.getUint16(at, true)) | 0;
      }
      return sum;
    },
  },
  "load i32": {
    "by hand": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + hand.loadI32(at)) | 0;
      }
      return sum;
    },
    "Result": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = memory.loadI32(at);
        if (!got.ok) return undefined;
        sum = (sum + got.value) | 0;
      }
      return sum;
    },
    "unboxed": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        const got = unboxed.loadI32(at);
        if (got === undefined) return undefined;
        sum = (sum + got) | 0;
      }
      return sum;
    },
    "unchecked": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + unchecked.loadI32(at)) | 0;
      }
      return sum;
    },
    "bare": (offsets) => {
      let sum = 0;
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        sum = (sum + bare.getInt32(at, true)) | 0;
      }
      return sum;
    },
  },
};
