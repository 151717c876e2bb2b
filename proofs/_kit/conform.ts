/** The conformance driver in surroundings of its own: implementations that are functions. */

import type { Heard, Launch, Link } from "../../src/cli/conform_link.ts";
import type * as cli from "../../src/cli/main.ts";
import type { Files } from "./cli.ts";

/** What came of a run of the driver. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A report of the driver, as far as proofs look at it. */
export interface Report {
  readonly pass: number;
  readonly fail: number;
  readonly skip: number;
  readonly problems: readonly string[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, number>>;
  readonly failures: readonly {
    readonly kind: string;
    readonly instructions: number;
    readonly source: string;
    readonly again: number;
    readonly reason?: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly differences?: readonly { readonly field: string }[];
  }[];
}

/** The report that a run with `--json` printed. */
export function reportOf({ out }: Outcome): Report {
  const report: Report = JSON.parse(out);
  return report;
}

/** An implementation that answers each line by some lines, or ends. */
export type Script = (line: string, index: number) => readonly string[] | { readonly ends: string };

/** A running implementation that follows a script; `atEnd` is what is wrong when it is closed. */
export function scripted(script: Script, atEnd?: string): Link {
  const waiting: string[] = [];
  let [index, ended]: [number, string | undefined] = [0, undefined];
  return {
    send(line) {
      if (ended !== undefined) return;
      const answer = script(line, index++);
      if ("ends" in answer) ended = answer.ends;
      else waiting.push(...answer);
    },
    hear(): Promise<Heard> {
      const text = waiting.shift();
      if (text !== undefined) return Promise.resolve({ kind: "line", text });
      return Promise.resolve(
        ended === undefined ? { kind: "silent" } : { kind: "ended", reason: ended },
      );
    },
    waiting: () => waiting.length,
    close: () => Promise.resolve(atEnd),
    stop() {
      ended ??= "killed";
    },
  };
}

/** An implementation that is a function from a request to its answer. */
export function answering(answer: (line: string) => string): Launch {
  return () => scripted((line) => [answer(line)]);
}

const text = new TextEncoder();

/** Runs a command line that waits for others. */
export async function runWaiting(
  { mainAsync }: Pick<typeof cli, "mainAsync">,
  args: readonly string[],
  launch: Launch,
  files: Files = {},
): Promise<Outcome> {
  const printed = { out: "", error: "" };
  let time = 0;
  const code = await mainAsync(args, {
    read: (path) => {
      const content = files[path];
      if (content === undefined) return { ok: false, error: "no such file" };
      return { ok: true, value: typeof content === "string" ? text.encode(content) : content };
    },
    list: (path) => {
      const names = Object.keys(files).flatMap((name) =>
        name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : []
      );
      return { ok: true, value: names };
    },
    write: () => ({ ok: false, error: "nothing can be written" }),
    out: (more) => {
      printed.out += more;
    },
    error: (more) => {
      printed.error += more;
    },
    isTerminal: false,
    launch,
    now: () => time++,
  });
  return { code, ...printed };
}
