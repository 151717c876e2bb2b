/** The parameters of the arena's public functions, to be called past their types. */

import type * as arena from "../../src/arena/mod.ts";
import { type Face, honestMemory, valueOf } from "./arena.ts";

/** What a parameter takes. */
export type Kind =
  | "word"
  | "packed"
  | "bytes"
  | "text"
  | "size"
  | "options"
  | "flag"
  | "object"
  | "arena";

/** One parameter of a public function: the others get good values. */
export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly call: (face: Face, over: arena.Arena, value: unknown) => unknown;
}

/** Calls a function past its types. */
export function call(
  method: (...args: never[]) => unknown,
  that: unknown,
  ...args: readonly unknown[]
): unknown {
  const result: unknown = Reflect.apply(method, that, args);
  return result;
}

/** Some bytes. */
export const DATA: Uint8Array = Uint8Array.of(1, 2, 3);

const CODEC: Readonly<Record<string, Parameter>> = {
  "encodePtrLen ptr": {
    name: "ptr",
    kind: "word",
    call: (f, _, v) => call(f.encodePtrLen, f, v, 1),
  },
  "encodePtrLen len": {
    name: "len",
    kind: "word",
    call: (f, _, v) => call(f.encodePtrLen, f, 1, v),
  },
  "decodePtrLen packed": {
    name: "packed",
    kind: "packed",
    call: (f, _, v) => call(f.decodePtrLen, f, v),
  },
  "encodePtrLenHalves ptr": {
    name: "ptr",
    kind: "word",
    call: (f, _, v) => call(f.encodePtrLenHalves, f, v, 1),
  },
  "encodePtrLenHalves len": {
    name: "len",
    kind: "word",
    call: (f, _, v) => call(f.encodePtrLenHalves, f, 1, v),
  },
  "decodePtrLenHalves lo": {
    name: "lo",
    kind: "word",
    call: (f, _, v) => call(f.decodePtrLenHalves, f, v, 1),
  },
  "decodePtrLenHalves hi": {
    name: "hi",
    kind: "word",
    call: (f, _, v) => call(f.decodePtrLenHalves, f, 1, v),
  },
  "hexDecode hex": { name: "hex", kind: "text", call: (f, _, v) => call(f.hexDecode, f, v) },
  "hexEncode bytes": { name: "bytes", kind: "bytes", call: (f, _, v) => call(f.hexEncode, f, v) },
};

const MAKING: Readonly<Record<string, Parameter>> = {
  "Arena.create options": {
    name: "options",
    kind: "options",
    call: (f, _, v) => call(f.Arena.create, f.Arena, v),
  },
  "Arena.create capacityBytes": {
    name: "options.capacityBytes",
    kind: "flag",
    call: (f, _, v) => call(f.Arena.create, f.Arena, { capacityBytes: v }),
  },
  "Arena.over memory": {
    name: "memory",
    kind: "object",
    call: (f, _, v) => call(f.Arena.over, f.Arena, v),
  },
  "Arena.over options": {
    name: "options",
    kind: "options",
    call: (f, _, v) => call(f.Arena.over, f.Arena, honestMemory(262_144), v),
  },
  "Arena.over base": {
    name: "options.base",
    kind: "flag",
    call: (f, _, v) => call(f.Arena.over, f.Arena, honestMemory(262_144), { base: v }),
  },
  "Arena.over capacityBytes": {
    name: "options.capacityBytes",
    kind: "flag",
    call: (f, _, v) => call(f.Arena.over, f.Arena, honestMemory(262_144), { capacityBytes: v }),
  },
  "CheckedArena.over arena": {
    name: "arena",
    kind: "arena",
    call: (f, _, v) => call(f.CheckedArena.over, f.CheckedArena, v),
  },
};

const USING: Readonly<Record<string, Parameter>> = {
  "Arena.reset options": {
    name: "options",
    kind: "options",
    call: (_, o, v) => call(o.reset, o, v),
  },
  "Arena.reset zero": {
    name: "options.zero",
    kind: "flag",
    call: (_, o, v) => call(o.reset, o, { zero: v }),
  },
  "Arena.readBytes ptr": {
    name: "ptr",
    kind: "word",
    call: (_, o, v) => call(o.readBytes, o, v, 1),
  },
  "Arena.readBytes len": {
    name: "len",
    kind: "word",
    call: (_, o, v) => call(o.readBytes, o, 8, v),
  },
  "Arena.readString ptr": {
    name: "ptr",
    kind: "word",
    call: (_, o, v) => call(o.readString, o, v, 1),
  },
  "Arena.readString len": {
    name: "len",
    kind: "word",
    call: (_, o, v) => call(o.readString, o, 8, v),
  },
  "Arena.readStringStrict ptr": {
    name: "ptr",
    kind: "word",
    call: (_, o, v) => call(o.readStringStrict, o, v, 1),
  },
  "Arena.readStringStrict len": {
    name: "len",
    kind: "word",
    call: (_, o, v) => call(o.readStringStrict, o, 8, v),
  },
  "Arena.readPackedBytes packed": {
    name: "packed",
    kind: "packed",
    call: (_, o, v) => call(o.readPackedBytes, o, v),
  },
  "Arena.readPackedString packed": {
    name: "packed",
    kind: "packed",
    call: (_, o, v) => call(o.readPackedString, o, v),
  },
  "Arena.writeBytes ptr": {
    name: "ptr",
    kind: "word",
    call: (_, o, v) => call(o.writeBytes, o, v, DATA),
  },
  "Arena.writeBytes bytes": {
    name: "bytes",
    kind: "bytes",
    call: (_, o, v) => call(o.writeBytes, o, 8, v),
  },
  "Arena.hostArgBytes data": {
    name: "data",
    kind: "bytes",
    call: (_, o, v) => call(o.hostArgBytes, o, v),
  },
  "Arena.hostArgStr text": {
    name: "text",
    kind: "text",
    call: (_, o, v) => call(o.hostArgStr, o, v),
  },
  "CheckedArena.alloc size": {
    name: "size",
    kind: "size",
    call(f, o, v) {
      const checked = valueOf(f.CheckedArena.over(o));
      return call(checked.alloc, checked, v);
    },
  },
  "CheckedArena.write bytes": {
    name: "bytes",
    kind: "bytes",
    call(f, o, v) {
      const checked = valueOf(f.CheckedArena.over(o));
      return call(checked.write, checked, valueOf(checked.alloc(8)), v);
    },
  },
};

/** Every parameter of every public function but `Arena.alloc`, which gives no error. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = { ...CODEC, ...MAKING, ...USING };
