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
  {
    path: "src/arena/utf8.ts",
    text: "let at = 0;",
    ...{ from: "0", to: "(-1)" },
    reason: "what is before the first byte counts as a text of one byte, and is passed over",
  },
  {
    path: "src/arena/utf8.ts",
    text: "while (at < bytes.length) {",
    ...{ from: "<", to: "<=" },
    reason: "it is asked only where something is ill-formed, which is found before the end",
  },
  {
    path: "src/arena/arena.ts",
    text: "if (text.length > this.leftBytes) return ok({ ptr: NONE, len: NONE });",
    ...{ from: "return ok({ ptr: NONE, len: NONE });", to: ";" },
    reason: "that there is no room for it is found once more, after it was encoded",
  },
  {
    path: "src/arena/options.ts",
    text: 'typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0) &&',
    ...{ from: "&&", to: "||" },
    reason: "of the first: a number that is no integer is no multiple of the step either",
  },
  {
    path: "src/arena/hex.ts",
    text: "for (let place = 0; place < bytes.length; place++) {",
    ...{ from: "<", to: "<=" },
    reason: "the round behind the last reads nothing, and writes at places that an array has not",
  },
  {
    path: "src/arena/checked.ts",
    text: "const wantedBytes = byteLengthOf(bytes) ?? 0;",
    ...{ from: "0", to: "(-1)" },
    reason: "what is no byte array is not too large for a handle; the arena refuses it",
  },
];
