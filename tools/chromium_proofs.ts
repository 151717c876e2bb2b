/** Proofs and vectors in Chromium: a page starts workers, each does a part and sends its reports. */

import { pageResponse, scriptResponse, withChromium, withServer } from "./chromium.ts";
import { bundleProofs, readableFiles } from "./chromium_bundle.ts";
import type { Report, Verdict } from "./runtimes_table.ts";

/** How many workers run the proofs. */
const WORKERS = 2;

/** How long nothing may be heard of any worker. */
const PATIENCE_MS = 180_000;

/**
 * Proofs make memories by the thousand, and the browser has room for about 120: it sets 10 GiB of
 * addresses aside for each, for traps of the hardware, out of 1,024. With these switches it is as much
 * as the memory may grow, and at most 256 MiB.
 */
const SWITCHES = [
  "--disable-features=WebAssemblyTrapHandler",
  "--js-flags=--wasm-max-mem-pages=4096",
];

/** Where the files lie that proofs read. */
const READ = ["examples", "proofs"];

/** What to run, and on what. */
export interface ChromiumOptions {
  /** The path of Chromium. */
  readonly program: string;
  /** A staged copy of the project, with its packages. */
  readonly folder: string;
  /** The texts of the vectors, by their paths. */
  readonly vectors: Readonly<Record<string, string>>;
  /** Only proofs whose id contains this. */
  readonly filter: string;
}

/** What the workers found. */
export interface Findings {
  readonly reports: readonly Report[];
  readonly verdicts: readonly Verdict[];
}

/** What came of a run. */
export interface ChromiumRun extends Findings {
  readonly version: string;
}

/** The page: it starts the workers, of which number 0 checks the vectors. */
function page(filter: string): string {
  const task = `count=${WORKERS}&filter=${encodeURIComponent(filter)}`;
  return `<!doctype html><meta charset="utf-8"><title>Proofs</title><script type="module">
    for (let index = 0; index <= ${WORKERS}; index++) {
      const worker = new Worker(\`/worker.js?index=\${index}&${task}\`, { type: "module" });
      worker.onerror = ({ message }) =>
        fetch("/broken", { method: "POST", body: message ?? "a worker could not be started" });
    }
  </script>`;
}

/** Hears the workers: it is settled when all have sent their reports, one is broken, or all are silent. */
export class Listener {
  readonly #workers: number;
  readonly #patienceMs: number;
  readonly #parts = new Map<string, readonly Report[]>();
  readonly #begun = new Map<string, string>();
  readonly #ended = Promise.withResolvers<Findings>();
  #verdicts: readonly Verdict[] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(workers: number, patienceMs: number) {
    this.#workers = workers;
    this.#patienceMs = patienceMs;
    this.#ended.promise.catch(() => {}); // it may fail before anybody waits for it
    this.#wait();
  }

  /** What all of them have found. */
  get ended(): Promise<Findings> {
    return this.#ended.promise;
  }

  /** Waits for the next word. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const last = [...this.#begun.values()].join(", ");
      this.#ended.reject(new Error(`no word for long after the beginning of ${last || "nothing"}`));
    }, this.#patienceMs);
  }

  /** Takes what a worker sends: `/begun/1`, `/reports/1`, `/vectors` or `/broken`. */
  hear(path: string, text: string): void {
    this.#wait();
    const [, what = "", worker = ""] = path.split("/");
    if (what === "begun") this.#begun.set(worker, text);
    else if (what === "reports") this.#parts.set(worker, JSON.parse(text));
    else if (what === "vectors") this.#verdicts = JSON.parse(text);
    else this.#ended.reject(new Error(text));
    if (this.#parts.size === this.#workers && this.#verdicts !== undefined) {
      this.#ended.resolve({
        reports: [...this.#parts.values()].flat(),
        verdicts: this.#verdicts,
      });
    }
  }

  /** Waits no more. */
  close(): void {
    clearTimeout(this.#timer);
  }
}

/** Runs the proofs of a staged copy, reduced and without mutants. */
export async function proveInChromium(options: ChromiumOptions): Promise<ChromiumRun> {
  const { program, folder, vectors, filter } = options;
  const scripts = await bundleProofs(folder);
  const files = JSON.stringify(readableFiles(folder, READ));
  const listener = new Listener(WORKERS, PATIENCE_MS);

  async function answer(path: string, request: Request): Promise<Response> {
    if (request.method === "POST") {
      listener.hear(path, await request.text());
      return new Response("");
    }
    if (path === "/") return pageResponse(page(filter));
    if (path === "/files.json") return new Response(files);
    if (path === "/vectors.json") return new Response(JSON.stringify(vectors));
    const script = scripts.get(path);
    return script === undefined ? new Response("", { status: 404 }) : scriptResponse(script);
  }

  try {
    return await withServer(
      answer,
      (address) =>
        withChromium(program, async ({ version, context }) => {
          const shown = await context.newPage();
          await shown.goto(address);
          return { version, ...await listener.ended };
        }, SWITCHES),
    );
  } finally {
    listener.close();
  }
}
