/**
 * The conversation with an implementation: it is started, asked, and started anew when it fails.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Given, readAnswer } from "./conform_answer.ts";
import type { Case } from "./conform_case.ts";
import { readHello } from "./conform_hello.ts";
import type { Link } from "./conform_link.ts";
import { type Hello, helloRequest, runRequest } from "./conform_protocol.ts";

/** What comes of asking for a case. */
export type Reply =
  | { readonly kind: "result"; readonly given: Given }
  /** It says that it does not do this. */
  | { readonly kind: "unsupported"; readonly reason: string }
  /** It says that it failed, and can be asked again. */
  | { readonly kind: "error"; readonly reason: string }
  /** It did not answer as it should. */
  | { readonly kind: "failure"; readonly reason: string };

const failure = (reason: string): Reply => ({ kind: "failure", reason });

/** What is said of output that no request stands for. */
export const STRAY = "it said something that nobody asked for";
/** How long an implementation may take to introduce itself, at least, and to end. */
const PATIENCE_MS = 10_000;

/** An implementation that is asked. */
export class Peer {
  readonly #open: () => Link;
  readonly #milliseconds: number;
  #link: Link | undefined;
  #id = 0;
  #starts = 0;
  #strays = 0;

  /** @param milliseconds How long an answer may take. */
  constructor(open: () => Link, milliseconds: number) {
    this.#open = open;
    this.#milliseconds = milliseconds;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** How often it said something that nobody had asked for. */
  get strays(): number {
    return this.#strays;
  }

  /** Starts it, and lets it introduce itself. */
  async start(): Promise<Result<Hello, string>> {
    this.#drop();
    const link = this.#open();
    this.#link = link;
    this.#starts++;
    link.send(helloRequest());
    const heard = await link.hear(Math.max(this.#milliseconds, PATIENCE_MS));
    const hello = heard.kind === "line"
      ? readHello(heard.text)
      : err(heard.kind === "ended" ? heard.reason : "it says nothing");
    if (!hello.ok) {
      this.#drop();
      return err(`no hello: ${hello.error}`);
    }
    return hello;
  }

  /** Asks it to run a case. */
  async ask(input: Case): Promise<Reply> {
    if (this.#link === undefined) {
      const started = await this.start();
      if (!started.ok) return failure(started.error);
    }
    const link = this.#link;
    if (link === undefined) return failure("it is not running");
    const reply = await this.#exchange(link, input);
    // What failed once is not trusted with the next case.
    if (reply.kind === "failure") this.#drop();
    return reply;
  }

  async #exchange(link: Link, input: Case): Promise<Reply> {
    if (link.waiting() > 0) {
      this.#strays++;
      return failure(STRAY);
    }
    this.#id++;
    link.send(runRequest(this.#id, input, this.#milliseconds));
    const heard = await link.hear(this.#milliseconds);
    if (heard.kind === "silent") {
      return failure(`no answer within ${this.#milliseconds} ms`);
    }
    if (heard.kind === "ended") return failure(heard.reason);
    const answer = readAnswer(heard.text);
    if (!answer.ok) {
      return failure(`no answer: ${answer.error}: ${excerpt(heard.text)}`);
    }
    const { value } = answer;
    if (value.id !== this.#id && value.kind === "error") {
      return failure(`error: ${value.reason}`);
    }
    if (value.id !== this.#id) {
      return failure(`an answer to ${value.id} instead of ${this.#id}`);
    }
    switch (value.kind) {
      case "result":
        return { kind: "result", given: value.given };
      case "unsupported":
        return { kind: "unsupported", reason: value.reason };
      default:
        return { kind: "error", reason: `error: ${value.reason}` };
    }
  }

  /** Lets it end; gives what is wrong with how it did. */
  async dismiss(): Promise<Result<void, string>> {
    const link = this.#link;
    this.#link = undefined;
    const problem = await link?.close(PATIENCE_MS);
    return problem === undefined ? ok(undefined) : err(problem);
  }

  #drop(): void {
    this.#link?.stop();
    this.#link = undefined;
  }
}

const EXCERPT = 80;

/** The beginning of a line, fit to be printed. */
export function excerpt(text: string): string {
  const cut = text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
  return JSON.stringify(cut);
}
