/** The process in which faults are judged: started, told what to do, watched, and ended. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { configuredImports, STAND_INS, withStandIns } from "../import_map.ts";
import { ROOT } from "../process.ts";
import { MARK, type Message, type Setting, type Task } from "./worker.ts";

/** How long a proof may take beyond ten times its own time. */
const PATIENCE_MS = 4_000;
/** How long the loading of a file may take, and a proof whose own time is not known. */
const LOADING_MS = 30_000;
/** How many times as long it may take when the machine has other things to do. */
const BUSY = 20;
/** A worker whose heap is larger is not used again, in bytes. */
const HEAP_MAX = 500_000_000;

const RELATIVE = /(?<=\b(?:from|import)\s*\(?\s*")\.[^"]+(?=")/g;

/** Texts that take the place of files of `src/`, written into a folder with their import map. */
export class Stage {
  readonly #folder: string = mkdtempSync(join(tmpdir(), "ringfence-faults-"));
  readonly map: string = join(this.#folder, "map.json");

  /** With a subject, only what that file imports is replaced: all else keeps the source. */
  constructor(texts: ReadonlyMap<string, string>, subject?: string) {
    const configured = withStandIns(configuredImports(), STAND_INS, ROOT);
    const wrapper = pathToFileURL(join(ROOT, "tools/mutate/without_shrinking.ts")).href;
    const whole = { "fast-check": configured["fast-check"] ?? "" };
    const imports: Record<string, string> = { ...configured, "fast-check": wrapper };
    const scopes: Record<string, Readonly<Record<string, string>>> = { [wrapper]: whole };
    const replaced: Record<string, string> = {};
    for (const [path, text] of texts) {
      const original = pathToFileURL(join(ROOT, path));
      const copy = join(this.#folder, "copy", path);
      mkdirSync(join(copy, ".."), { recursive: true });
      writeFileSync(copy, text.replaceAll(RELATIVE, (target) => new URL(target, original).href));
      replaced[original.href] = pathToFileURL(copy).href;
    }
    if (subject === undefined) Object.assign(imports, replaced);
    else {
      const inner = { ...replaced, ...whole };
      scopes[pathToFileURL(join(ROOT, subject)).href] = inner;
      scopes[pathToFileURL(join(this.#folder, "copy/")).href] = inner;
    }
    writeFileSync(this.map, JSON.stringify({ imports, scopes }));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** How a task ended. */
export interface Ending {
  /**
   * - `done`: the worker went through it.
   * - `ended`: a proof took ten times as long as without the fault, and more: a loop.
   * - `crashed`: the process ended by itself, such as when a module could not be made.
   */
  readonly kind: "done" | "ended" | "crashed";
  readonly messages: readonly Message[];
  /** What was under way when it ended: a proof or a file. */
  readonly current: string | undefined;
}

/** A process that runs proofs. */
export class Worker {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<Uint8Array>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #rest = "";
  /** Whether it can be given another task. */
  usable = true;

  constructor(stage: Stage, setting: Setting) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-check", "--no-prompt", "--no-lock", "--allow-all"],
        ...["--v8-flags=--max-old-space-size=1500", `--import-map=${stage.map}`],
        join(ROOT, "tools/mutate/worker.ts"),
        JSON.stringify(setting),
      ],
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#lines = this.#child.stdout.getReader();
    this.#input = this.#child.stdin.getWriter();
  }

  /** Hands it a task, and waits for its end; `times` are the usual milliseconds of proofs. */
  async run(task: Task, times: ReadonlyMap<string, number>): Promise<Ending> {
    const messages: Message[] = [];
    let current: string | undefined;
    await this.#input.write(new TextEncoder().encode(`${JSON.stringify(task)}\n`)).catch(() => {});
    while (true) {
      const usual = current === undefined ? undefined : times.get(current);
      const limit = usual === undefined ? LOADING_MS : PATIENCE_MS + 10 * usual;
      const chunk = await this.#read(limit);
      if (typeof chunk === "string") {
        await this.end();
        return { kind: chunk, messages, current };
      }
      for (const message of chunk) {
        messages.push(message);
        if ("done" in message) {
          if (message.heapBytes > HEAP_MAX) await this.end();
          return { kind: "done", messages, current: undefined };
        }
        current = "begins" in message ? message.begins : undefined;
      }
    }
  }

  /** The next messages, or how it came to an end. */
  async #read(limitMs: number): Promise<readonly Message[] | "ended" | "crashed"> {
    const late = Promise.withResolvers<"ended">();
    const start = performance.now();
    const work = this.#workMs();
    const timer = setInterval(() => {
      const waited = performance.now() - start;
      const worked = this.#workMs();
      const spent = work === undefined || worked === undefined ? waited : worked - work;
      if (spent > limitMs || waited > BUSY * limitMs) late.resolve("ended");
    }, Math.min(limitMs, 500));
    const chunk = await Promise.race([late.promise, this.#lines.read()]);
    clearInterval(timer);
    if (chunk === "ended") return chunk;
    if (chunk.done) return "crashed";
    const lines = (this.#rest + this.#decoder.decode(chunk.value, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) =>
      line.startsWith(MARK) ? [JSON.parse(line.slice(MARK.length))] : []
    );
  }

  /** How long it has computed, in milliseconds, where the system tells. */
  #workMs(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8");
      const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
      return (Number(user) + Number(system)) * 10;
    } catch {
      return undefined;
    }
  }

  /** Ends the process. */
  async end(): Promise<void> {
    this.usable = false;
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It had ended before.
    }
    await this.#child.status;
    await this.#lines.cancel().catch(() => {});
    await this.#input.abort().catch(() => {});
  }
}
