/** Surroundings of the command line that are not what they should be. */

import { answerLine } from "../../src/cli/conform_engine.ts";
import type { Link } from "../../src/cli/conform_link.ts";
import type { Io } from "../../src/cli/io.ts";
import { SOURCES } from "./cli.ts";
import { answering } from "./conform.ts";

const HELLO = '{"type":"hello","protocol":"ringfence-conform","version":1}';

/** What is put in place of a function: a value, a function that gives it, or one that fails. */
export type Way =
  | "is"
  | "gives"
  | "succeeds with"
  | "fails with"
  | "throws"
  | "is thrown by a getter"
  | "rejects with";

/** An object with one of its fields replaced. */
export function spoilt<T extends object>(whole: T, name: string, way: Way, value: unknown): T {
  const fail = () => {
    throw value;
  };
  const values: Readonly<Record<Way, unknown>> = {
    "is": value,
    "gives": () => value,
    "succeeds with": () => ({ ok: true, value }),
    "fails with": () => ({ ok: false, error: value }),
    "throws": fail,
    "is thrown by a getter": undefined,
    "rejects with": () => Promise.reject(value),
  };
  const field = way === "is thrown by a getter" ? { get: fail } : { value: values[way] };
  return Object.defineProperty({ ...whole }, name, { ...field, enumerable: true });
}

/** Surroundings that are as they should be. */
export const SOUND: Io = {
  read: () => ({ ok: true, value: new TextEncoder().encode(SOURCES["halt.pvmasm"]) }),
  list: () => ({ ok: true, value: [] }),
  write: () => ({ ok: true, value: undefined }),
  out: () => {},
  error: () => {},
  isTerminal: true,
  now: () => 0,
  store: () => ({ ok: false, error: { code: 66, message: "no such file" } }),
  launch: answering(answerLine),
  lines: async function* () {
    yield await Promise.resolve(HELLO);
  },
};

/** How a link is when it is as it should be. */
const linkOf = (): Link => answering(answerLine)([]);
export const LINK_FIELDS = ["send", "hear", "waiting", "close", "stop"] as const;

/** A link with something of it replaced: a function, or what is heard. */
export function linkWith(name: string, way: Way, value: unknown): Link {
  if (name === "line") return spoilt(linkOf(), "hear", "gives", { kind: "line", text: value });
  return name === "end"
    ? spoilt(linkOf(), "hear", "gives", { kind: "ended", reason: value })
    : spoilt(linkOf(), name, way, value);
}

/** Where the lines of the input can be spoilt: the function, what it gives, and so on inwards. */
export const DEPTHS = ["lines", "iterable", "iterator", "step", "line"] as const;

/** One of them. */
export type Depth = typeof DEPTHS[number];

/** Lines that are a value at some depth. */
export function linesWith(depth: Depth, value: unknown): unknown {
  if (depth === "lines") return value;
  if (depth === "iterable") return () => value;
  if (depth === "iterator") return () => ({ [Symbol.asyncIterator]: () => value });
  const steps: unknown[] = depth === "step" ? [value] : [{ done: false, value }];
  const next = () => Promise.resolve(steps.shift() ?? { done: true, value: undefined });
  return () => ({ [Symbol.asyncIterator]: () => ({ next }) });
}
