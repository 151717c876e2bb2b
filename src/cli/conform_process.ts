/**
 * A running implementation as a process of its own, and this process as one.
 *
 * @module
 */

import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import process from "node:process";
import type { Heard, Launch, Link } from "./conform_link.ts";
import { LINE_BYTES_MAX } from "./conform_protocol.ts";

/** How many lines may wait to be asked for; more is a flood. */
const WAITING_MAX = 16;
/** How much of the standard error output is kept, in characters. */
const TAIL = 2_000;
const NEWLINE = 10;

/** Takes lines out of pieces of a stream. */
class Lines {
  readonly #lineBytesMax: number;
  readonly #linesMax: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** @param linesMax After more lines than this the rest of a piece is not looked at. */
  constructor(lineBytesMax: number, linesMax: number) {
    this.#lineBytesMax = lineBytesMax;
    this.#linesMax = linesMax;
  }

  /** The lines that a piece completes; or what is wrong with it. */
  take(
    piece: Uint8Array,
  ): { readonly lines: readonly string[]; readonly wrong?: string } {
    const lines: string[] = [];
    for (let from = 0; from < piece.length;) {
      const end = piece.indexOf(NEWLINE, from);
      const part = piece.subarray(from, end < 0 ? piece.length : end);
      this.#length += part.length;
      if (this.#length > this.#lineBytesMax) {
        return {
          lines,
          wrong: `a line of more than ${this.#lineBytesMax} bytes`,
        };
      }
      this.#pieces.push(part.slice());
      if (end < 0) return { lines };
      const text = this.#line();
      if (text === undefined) {
        return { lines, wrong: "a line that is no UTF-8" };
      }
      lines.push(text);
      if (lines.length > this.#linesMax) return { lines };
      from = end + 1;
    }
    return { lines };
  }

  /** Whether a line has begun and not ended. */
  get isOpen(): boolean {
    return this.#length > 0;
  }

  #line(): string | undefined {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.#length = 0;
    try {
      return this.#decoder.decode(whole).replace(/\r$/, "");
    } catch {
      return undefined;
    }
  }
}

/** A process that is talked to. */
class ProcessLink implements Link {
  readonly #lines: Lines;
  readonly #waiting: string[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #ended: string | undefined;
  #code: number | null = null;
  #tail = "";
  #wake: () => void = () => {};

  constructor(words: readonly string[], lineBytesMax: number) {
    this.#lines = new Lines(lineBytesMax, WAITING_MAX);
    const [program = "", ...args] = words;
    try {
      const child = spawn(program, args, {
        stdio: ["pipe", "pipe", "pipe"],
        windowsHide: true,
      });
      this.#child = child;
      this.#listen(child);
    } catch (mistake) {
      this.#end(
        mistake instanceof Error ? mistake.message : "it cannot be started",
      );
    }
  }

  #listen(child: ChildProcessWithoutNullStreams): void {
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
    // After `close` all of its output has come.
    child.on("close", (code: number | null, signal: string | null) => {
      this.#code = code;
      const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
      const half = this.#lines.isOpen ? ", in the middle of a line" : "";
      const tail = this.#tail.trim().replaceAll(/[^\P{Cc}\n]+/gu, " ");
      this.#end(`${how}${half}${tail === "" ? "" : `: ${tail}`}`);
    });
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
    try {
      child.kill("SIGKILL");
      child.unref();
    } catch {
      // it has ended by itself, or has never begun
    }
    // What it started may hold its pipes open.
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.destroy();
    }
  }
}

/** Starts implementations as processes; `lineBytesMax` is the longest line that is taken. */
export function launcher(lineBytesMax: number = LINE_BYTES_MAX): Launch {
  return (words) => new ProcessLink(words, lineBytesMax);
}

/** The lines of this process's standard input, without their line breaks. */
export async function* inputLines(): AsyncIterable<string> {
  const lines = new Lines(LINE_BYTES_MAX, Infinity);
  for await (const piece of process.stdin) {
    const bytes: Uint8Array = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    const taken = lines.take(bytes);
    yield* taken.lines;
    if (taken.wrong !== undefined) return;
  }
}
