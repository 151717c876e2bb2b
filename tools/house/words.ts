/** Words that no file of the project may hold. */

import type { Offence, SourceFile } from "./tree.ts";

// The patterns are written so that none matches its own line.
const FORBIDDEN: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/, "a mark of unfinished work"],
  [
    /\b(?:test|it|describe|bench)\.(?:skip|only|ignore)\(|\b(?:ignore|only): *true\b/,
    "a test that is left out or runs alone",
  ],
  [/@ts-(?:ignore|nocheck|expect-error)\b/, "a silenced type check"],
  [/(?<![\w.~-])\/(?:tmp|work|home|root|Users|farm)\/\w/, "a path of one machine"],
  [/https?:\/\/(?:registry|deb|npm)\./, "the host of a registry"],
];

/** Lines that hold a forbidden word. */
export function wordOffences(file: SourceFile): Offence[] {
  return file.text.split("\n").flatMap((text, index) =>
    FORBIDDEN.flatMap(([pattern, message]) =>
      pattern.test(text) ? [{ path: file.path, line: index + 1, message }] : []
    )
  );
}
