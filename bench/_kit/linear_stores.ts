/** Stores, each way. */

import * as fixture from "./linear_fixture.ts";
import type { Ways } from "./linear_fixture.ts";

// Local constants: V8 reads an imported binding anew at every use, and folds these.
const { ACCESSES, bare, hand, memory, unboxed, unchecked, LONG, VALUE } = fixture;

/** Stores, each way. */
export const STORES: Readonly<Record<string, Ways>> = {
  "store u8": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeU8(at, VALUE);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeU8(at, VALUE).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeU8(at, VALUE)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeU8(at, VALUE);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setUint8(at, VALUE);
      }
    },
  },
  "store u16": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeU16(at, VALUE);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeU16(at, VALUE).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeU16(at, VALUE)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeU16(at, VALUE);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setUint16(at, VALUE, true);
      }
    },
  },
  "store i32": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeI32(at, VALUE);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeI32(at, VALUE).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeI32(at, VALUE)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeI32(at, VALUE);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setInt32(at, VALUE, true);
      }
    },
  },
  "store i64 bigint": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeI64(at, LONG);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeI64(at, LONG).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeI64(at, LONG)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeI64(at, LONG);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setBigInt64(at, LONG, true);
      }
    },
  },
  "store i64 halves": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeHalves(at, VALUE, i);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeI64Halves(at, VALUE, i).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeI64Halves(at, VALUE, i)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeI64Halves(at, VALUE, i);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setInt32(at, VALUE, true);
        bare.setInt32(at + 4, i, true);
      }
    },
  },
  "store f32": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeF32(at, VALUE);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeF32(at, VALUE).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeF32(at, VALUE)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeF32(at, VALUE);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setFloat32(at, VALUE, true);
      }
    },
  },
  "store f64": {
    "by hand": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        hand.storeF64(at, VALUE);
      }
    },
    "Result": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!memory.storeF64(at, VALUE).ok) return;
      }
    },
    "unboxed": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        if (!unboxed.storeF64(at, VALUE)) return;
      }
    },
    "unchecked": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        unchecked.storeF64(at, VALUE);
      }
    },
    "bare": (offsets) => {
      for (let i = 0; i < ACCESSES; i++) {
        const at = offsets[i] ?? 0;
        bare.setFloat64(at, VALUE, true);
      }
    },
  },
};
