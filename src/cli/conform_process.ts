/**
 * A running implementation as a process of its own.
 *
 * @module
 */

import { spawn } from "node:child_process";
import process from "node:process";
import type { Heard, Launch, Link } from "./conform_link.ts";
import { Lines } from "./conform_pieces.ts";
import { LINE_BYTES_MAX } from "./conform_protocol.ts";
import { reasonOf } from "./reason.ts";

/** How many lines may wait to be asked for; more is a flood. */
const WAITING_MAX = 16;
/** How much of the standard error output is kept, in characters. */
const TAIL = 2_000;
/** How long the rest of the output may take when it has ended: what it started may hold the pipes. */
const DRAIN_MS = 500;
/** Where a process has a group, all that it starts is ended with it. */
const HAS_GROUPS = process.platform !== "win32";

/** What tells what happens to it. */
interface Source {
  on(event: string, listener: (...given: never[]) => void): unknown;
}

/** A pipe of a process. */
interface Pipe extends Source {
  destroy(): unknown;
}

/** What is used of a process. */
export interface Child extends Source {
  readonly pid?: number | undefined;
  readonly stdin: Pipe & { write(text: string): unknown; end(): unknown };
  readonly stdout: Pipe;
  readonly stderr: Pipe;
  kill(signal: "SIGKILL"): unknown;
  unref(): unknown;
}

/** How a process is started. */
interface StartOptions {
  readonly stdio: ["pipe", "pipe", "pipe"];
  readonly windowsHide: boolean;
  readonly detached: boolean;
}

/** Starts a process, as `spawn` of Node does. */
export type Start = (program: string, args: readonly string[], options: StartOptions) => Child;

/** What runs, so that it is ended when this process is. */
const running = new Set<ProcessLink>();
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const endings = Object.entries(SIGNALS).map(([signal, code]) => ({
  signal,
  end: () => {
    for (const link of running) link.stop();
    process.exit(code);
  },
}));

/** Listens to what ends this process, for as long as something runs. */
function watchOver(link: ProcessLink): void {
  if (running.size === 0 && HAS_GROUPS) {
    for (const { signal, end } of endings) process.on(signal, end);
  }
  running.add(link);
}

function release(link: ProcessLink): void {
  if (!running.delete(link) || running.size > 0) return;
  for (const { signal, end } of endings) process.off(signal, end);
}

/** A process that is talked to. */
class ProcessLink implements Link {
  readonly #lines: Lines;
  readonly #waiting: string[] = [];
  #child: Child | undefined;
  #ended: string | undefined;
  #code: number | null = null;
  #tail = "";
  /** Whether it is gone, so that its number may be another's. */
  #isGone = false;
  #drain: ReturnType<typeof setTimeout> | undefined;
  #wake: () => void = () => {};

  constructor(words: readonly string[], lineBytesMax: number, start: Start) {
    this.#lines = new Lines(lineBytesMax, WAITING_MAX);
    const [program = "", ...args] = words;
    try {
      const child = start(program, args, {
        stdio: ["pipe", "pipe", "pipe"],
        windowsHide: true,
        detached: HAS_GROUPS,
      });
      this.#child = child;
      watchOver(this);
      this.#listen(child);
    } catch (mistake) {
      this.#end(`it cannot be started: ${reasonOf(mistake)}`);
    }
  }

  #listen(child: Child): void {
    child.on(
      "error",
      (mistake: Error) => this.#end(`it cannot be started: ${mistake.message}`),
    );
    child.stdin.on("error", () => {}); // it does not read: what follows from that is told later
    child.stdout.on("error", () => {});
    child.stderr.on("error", () => {});
    child.stdout.on("data", (piece: Uint8Array) => this.#take(piece));
    child.stderr.on("data", (piece: Uint8Array) => {
      this.#tail = `${this.#tail}${new TextDecoder().decode(piece)}`.slice(
        -TAIL,
      );
    });
    const ended = (code: number | null, signal: string | null) => {
      this.#code = code;
      this.#endAs(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
    };
    // After `close` all of its output has come.
    child.on("close", (code: number | null, signal: string | null) => {
      this.#isGone = true;
      ended(code, signal);
    });
    child.on("exit", (code: number | null, signal: string | null) => {
      this.#soon(() => ended(code, signal));
    });
    child.stdout.on("end", () => this.#soon(() => this.#endAs("it closed its output")));
  }

  /** Does something after a while, unless it has ended by then. */
  #soon(action: () => void): void {
    if (this.#ended !== undefined) return;
    clearTimeout(this.#drain);
    this.#drain = setTimeout(action, DRAIN_MS);
  }

  /** Ends it with what it said last. */
  #endAs(how: string): void {
    const half = this.#lines.isOpen ? ", in the middle of a line" : "";
    const tail = this.#tail.trim().replaceAll(/[^\P{Cc}\n]+/gu, " ");
    this.#end(`${how}${half}${tail === "" ? "" : `: ${tail}`}`);
  }

  #take(piece: Uint8Array): void {
    if (this.#ended !== undefined) return;
    const { lines, wrong } = this.#lines.take(piece);
    for (const line of lines) this.#waiting.push(line);
    if (wrong !== undefined) this.#fail(`it said ${wrong}`);
    else if (this.#waiting.length > WAITING_MAX) {
      this.#fail("it says more than it is asked for");
    } else this.#wake();
  }

  #fail(reason: string): void {
    this.#waiting.length = 0;
    this.#end(reason);
    this.stop();
  }

  #end(reason: string): void {
    clearTimeout(this.#drain);
    this.#ended ??= reason;
    this.#wake();
  }

  send(line: string): void {
    if (this.#ended === undefined) this.#child?.stdin.write(`${line}\n`);
  }

  waiting(): number {
    return this.#waiting.length;
  }

  /** Waits until there is something, or for so long. */
  #until(isThere: () => boolean, milliseconds: number): Promise<void> {
    if (isThere()) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#wake = () => {};
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wake = () => {
        if (isThere()) done();
      };
    });
  }

  async hear(milliseconds: number): Promise<Heard> {
    const isThere = () => this.#waiting.length > 0 || this.#ended !== undefined;
    await this.#until(isThere, milliseconds);
    const text = this.#waiting.shift();
    if (text !== undefined) return { kind: "line", text };
    return this.#ended === undefined ? { kind: "silent" } : { kind: "ended", reason: this.#ended };
  }

  async close(milliseconds: number): Promise<string | undefined> {
    this.#child?.stdin.end();
    await this.#until(() => this.#ended !== undefined, milliseconds);
    const surplus = this.#waiting.length;
    const ended = this.#ended;
    this.stop();
    if (ended === undefined) return "it did not end when its input did";
    if (surplus > 0) return `it said ${surplus} lines after its last answer`;
    return this.#code === 0 && !this.#lines.isOpen ? undefined : ended;
  }

  stop(): void {
    this.#end("it was ended");
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    release(this);
    if (!this.#isGone) killAll(child);
    // What it started may hold its pipes open.
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.destroy();
    }
  }
}

/** Ends a process, and what it has started where that is of its group. */
function killAll(child: Child): void {
  const { pid } = child;
  try {
    if (HAS_GROUPS && pid !== undefined) process.kill(-pid, "SIGKILL");
    else child.kill("SIGKILL");
    child.unref();
  } catch {
    // it has ended by itself, or has never begun
  }
}

/** Starts implementations as processes; `lineBytesMax` is the longest line that is taken. */
export function launcher(lineBytesMax: number = LINE_BYTES_MAX, start: Start = spawn): Launch {
  return (words) => new ProcessLink(words, lineBytesMax, start);
}
