/** Judging a fault: the proofs run in a process in which one file is another one. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { configuredImports, STAND_INS, withStandIns } from "../import_map.ts";
import { ROOT } from "../process.ts";
import { MARK, type Message, type Task } from "./worker.ts";

/** How a run of the proofs ended. */
export interface Verdict {
  /**
   * - `failed`: a proof failed.
   * - `ended`: one proof took ten times as long as without the fault, and more: a loop.
   * - `crashed`: the process ended by itself, such as when a module could not be made.
   * - `passed`: every proof passed.
   * - `undecided`: the whole took too long.
   */
  readonly kind: "failed" | "ended" | "crashed" | "passed" | "undecided";
  /** The proof that decided. */
  readonly by: string | undefined;
  readonly ms: number;
  /** The time and the failure of each proof that was run. */
  readonly runs: readonly Run[];
}

/** How one proof ended. */
export interface Run {
  readonly id: string;
  readonly file: string;
  readonly ms: number;
  readonly failure: string | undefined;
}

/** How long one proof may take beyond ten times its own time; this is also for its imports. */
const PATIENCE_MS = 15_000;
/** How long all of them may take. */
const WHOLE_MS = 240_000;

const RELATIVE = /(?<=\b(?:from|import)\s*\(?\s*")\.[^"]+(?=")/g;

/** The import map in which a file of `src/` is another text. */
function redirected(folder: string, path: string, text: string): string {
  const original = pathToFileURL(join(ROOT, path));
  const copy = join(folder, "copy", path);
  mkdirSync(join(copy, ".."), { recursive: true });
  writeFileSync(copy, text.replaceAll(RELATIVE, (target) => new URL(target, original).href));
  const imports = {
    ...withStandIns(configuredImports(), STAND_INS, ROOT),
    [original.href]: pathToFileURL(copy).href,
  };
  const map = join(folder, "map.json");
  writeFileSync(map, JSON.stringify({ imports }));
  return map;
}

/** Watches one process: what it said, and when it has to be ended. */
class Watch {
  readonly runs: Run[] = [];
  done = false;
  current: string | undefined;
  deadline: number;
  readonly #times: Task["times"];
  #rest = "";

  constructor(times: Task["times"]) {
    this.#times = times;
    this.deadline = performance.now() + PATIENCE_MS;
  }

  hear(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith(MARK)) this.#take(JSON.parse(line.slice(MARK.length)));
    }
  }

  #take(message: Message): void {
    if ("done" in message) this.done = true;
    else if ("begins" in message) this.current = message.begins;
    else {
      const { ends, file, ms, failure } = message;
      this.runs.push({ id: ends, file, ms, failure });
      this.current = undefined;
    }
    const usual = this.current === undefined ? 0 : this.#times[this.current] ?? PATIENCE_MS;
    this.deadline = performance.now() + PATIENCE_MS + 10 * usual;
  }
}

async function listen(stream: ReadableStream<Uint8Array>, watch: Watch): Promise<void> {
  const decoder = new TextDecoder();
  for await (const piece of stream) watch.hear(decoder.decode(piece, { stream: true }));
}

function verdictOf(watch: Watch, stopped: Verdict["kind"] | undefined, ms: number): Verdict {
  const { runs, current, done } = watch;
  const failed = runs.find(({ failure }) => failure !== undefined);
  if (failed !== undefined) return { kind: "failed", by: failed.id, ms, runs };
  if (stopped !== undefined) return { kind: stopped, by: current, ms, runs };
  return { kind: done ? "passed" : "crashed", by: current, ms, runs };
}

/** Runs the proofs of a task with one file replaced, or with none. */
export async function judge(
  task: Task,
  fault?: { readonly path: string; readonly text: string },
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-fault-"));
  const start = performance.now();
  try {
    const { path, text } = fault ?? { path: "src/none.ts", text: "" };
    const map = redirected(folder, path, text);
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-check",
        "--no-prompt",
        "--no-lock",
        "--allow-all",
        "--v8-flags=--max-old-space-size=1500",
        `--import-map=${map}`,
        join(ROOT, "tools/mutate/worker.ts"),
        JSON.stringify(task),
      ],
      cwd: ROOT,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const watch = new Watch(task.times);
    let stopped: Verdict["kind"] | undefined;
    const guard = setInterval(() => {
      const now = performance.now();
      stopped = now > start + WHOLE_MS && !task.all
        ? "undecided"
        : now > watch.deadline
        ? "ended"
        : undefined;
      if (stopped === undefined) return;
      clearInterval(guard);
      child.kill("SIGKILL");
    }, 250);
    await listen(child.stdout, watch);
    await child.status;
    clearInterval(guard);
    return verdictOf(watch, stopped, performance.now() - start);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
