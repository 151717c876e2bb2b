/** Faults of the room arena that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const ARENA: readonly Equivalent[] = [
  {
    path: "src/arena/hex.ts",
    text: "return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;",
    from: "1",
    to: "(2)",
    reason: "any negative number says that it is no digit",
  },
  {
    path: "src/arena/hex.ts",
    text: "const long = tooLong(byteLengthOf(bytes) ?? 0, BYTES_MAX);",
    from: "0",
    to: "(1)",
    reason: "what is no byte array is not too long, by whatever small number; the copy refuses it",
  },
  {
    path: "src/arena/hex.ts",
    text: "const long = tooLong(byteLengthOf(bytes) ?? 0, BYTES_MAX);",
    from: "0",
    to: "(-1)",
    reason: "what is no byte array is not too long, by whatever small number; the copy refuses it",
  },
  {
    path: "src/arena/hex.ts",
    text: "for (let place = 0; place < bytes.length; place++) {",
    from: "0",
    to: "(-1)",
    reason: "the round before the first reads nothing, and writes at places that an array has not",
  },
  {
    path: "src/arena/arena.ts",
    text: "const readable = lengthBytes > 0 || emptyIfReadable(data) !== undefined;",
    from: "0",
    to: "(1)",
    reason: "an array of one byte can be read: it is asked, and says so",
  },
];
