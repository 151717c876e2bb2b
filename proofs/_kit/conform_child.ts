/** A process that is none: what it is told is noted, and it does what a proof has it do. */

import type { Link } from "../../src/cli/conform_link.ts";
import type * as talking from "../../src/cli/conform_process.ts";
import type { Child, Start } from "../../src/cli/conform_process.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

export type Face = typeof talking;
export const FILE = "src/cli/conform_process.ts";
export const mutant: MutantMaker<Face> = sourceMutants<Face>(FILE);
export const SPEC = "Ringfence, conformance of other implementations";

/** What the pipes of a process are told when it is let go. */
export const LET_GO: readonly string[] = ["destroy stdin", "destroy stdout", "destroy stderr"];

/** So many lines. */
export const lines = (count: number): string => "x\n".repeat(count);

type Listener = Parameters<Child["on"]>[1];

/** Something that tells its listeners what happens. */
class Source {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, [...this.#listeners.get(event) ?? [], listener]);
  }

  tell(event: string, ...given: readonly unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      Reflect.apply(listener, undefined, given);
    }
  }
}

/** One of its pipes. */
class Pipe extends Source {
  readonly #name: string;
  readonly #noted: string[];

  constructor(name: string, noted: string[]) {
    super();
    this.#name = name;
    this.#noted = noted;
  }

  write(text: string): void {
    this.#noted.push(`write ${JSON.stringify(text)}`);
  }

  end(): void {
    this.#noted.push("end");
  }

  destroy(): void {
    this.#noted.push(`destroy ${this.#name}`);
  }
}

/** What happens to the process: it says something, on either pipe, or something becomes of it. */
export type Event =
  | readonly ["says" | "complains", string | Uint8Array]
  | readonly ["close" | "exit", number | null, string | null]
  | readonly ["fails", string]
  | readonly ["ends output"];

/** The process. */
export class FakeChild extends Source {
  /** What it was told, in order. */
  readonly noted: string[] = [];
  readonly pid = undefined;
  readonly stdin: Pipe = new Pipe("stdin", this.noted);
  readonly stdout: Pipe = new Pipe("stdout", this.noted);
  readonly stderr: Pipe = new Pipe("stderr", this.noted);

  kill(signal: string): void {
    this.noted.push(`kill ${signal}`);
  }

  unref(): void {
    this.noted.push("unref");
  }

  /** Lets something happen. */
  happen(event: Event): void {
    const [kind, first] = event;
    const bytes = typeof first === "string" ? new TextEncoder().encode(first) : first;
    switch (kind) {
      case "says":
        return this.stdout.tell("data", bytes);
      case "complains":
        return this.stderr.tell("data", bytes);
      case "fails":
        return this.tell("error", new Error(event[1]));
      case "ends output":
        return this.stdout.tell("end");
      default:
        return this.tell(kind, event[1], event[2]);
    }
  }
}

/** Starts a process of ours, and notes how it was asked to. */
export function startOf(child: FakeChild): Start {
  return (program, args, options) => {
    child.noted.push(JSON.stringify([program, args, options]));
    return child;
  };
}

/** The most bytes of a line. */
const LINE_BYTES = 10;

/** A process of ours, and the link to it. */
export function linkedTo(
  { launcher }: Face,
): { readonly child: FakeChild; readonly link: Link } {
  const child = new FakeChild();
  return { child, link: launcher(LINE_BYTES, startOf(child))(["prog", "a", "b c"]) };
}

/** What is heard within some time: a line, or how it ended. */
export async function heardOf(link: Link, milliseconds: number): Promise<string> {
  const heard = await link.hear(milliseconds);
  return heard.kind === "line" ? heard.text : heard.kind === "ended" ? heard.reason : "silent";
}
