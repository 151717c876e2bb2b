/** Branches of the room arena that no proof takes, and why. */

import type { Explained } from "../explained.ts";

export const ARENA: readonly Explained[] = [
  {
    path: "src/arena/arena.ts",
    lines: [
      "return this.#place(bytes.value.length, bytes.value) ?? ok({ ptr: NONE, len: NONE });",
    ],
    reason: "nothing comes back for bytes that cannot be read; these are the arena's own",
  },
  {
    path: "src/arena/guest_memory.ts",
    lines: ["if (bytes?.length !== length) return undefined;"],
    reason:
      "of the question mark: an array that has a length was not detached, and no code of others " +
      "runs before it is copied",
  },
  {
    path: "src/arena/store.ts",
    lines: ["return ok(undefined); } catch {"],
    reason: "the length of the array was read just before, and no code of others ran since",
  },
  {
    path: "src/arena/utf8.ts",
    lines: ["at += length; }"],
    reason: "only asked of bytes that the engine did not decode: some piece of them is ill-formed",
  },
];
