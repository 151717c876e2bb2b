/** The proofs of a room without a fault: how long each takes, and which faults it would run. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SourceFile } from "../house/tree.ts";
import { ROOT } from "../process.ts";
import { type Ending, Stage, Worker } from "./judge.ts";
import type { Fault } from "./operators.ts";
import { filesOf, proofFilesOf, SUBJECTS } from "./rooms.ts";
import { type Asking, switched } from "./switched.ts";
import type { Named } from "./worker.ts";

/** The faults of a room, and what is known of its proofs. */
export interface Survey {
  /** The faults that can be judged; the number of one is its place here, and one. */
  readonly faults: readonly Fault[];
  readonly proofs: readonly Named[];
  /** The milliseconds of each proof. */
  readonly times: ReadonlyMap<string, number>;
  /** The proofs that run a fault. */
  readonly reaching: ReadonlyMap<number, readonly Named[]>;
  /** Faults that are run when modules are loaded: they must be in force by then. */
  readonly atLoad: ReadonlySet<number>;
  /** The files of proofs that speak of a file of the source. */
  readonly near: (path: string) => ReadonlySet<string>;
  /** Proofs that do not stand, and files that cannot be loaded. */
  readonly leftOut: readonly string[];
}

/** The texts of a room with all of its faults as switches. */
export function stageOf(room: string, faults: readonly Fault[], asking: Asking): Stage {
  const numbers = new Map(faults.map(({ id }, at) => [id, at + 1]));
  const texts = filesOf(ROOT, room).map((file) =>
    [file.path, switched(file, ({ id }) => numbers.get(id), asking)] as const
  );
  return new Stage(new Map(texts), SUBJECTS[room]);
}

/** What a survey gathers while it goes through the messages. */
class Gathered {
  readonly proofs: Named[] = [];
  readonly times = new Map<string, number>();
  readonly reaching = new Map<number, Named[]>();
  readonly atLoad = new Set<number>();
  readonly leftOut: string[] = [];

  take({ kind, messages, current }: Ending): void {
    if (kind !== "done") this.leftOut.push(`${current ?? "?"} (${kind})`);
    for (const message of messages) {
      if ("loaded" in message) {
        for (const fault of message.reached) this.atLoad.add(fault);
      } else if ("ends" in message) {
        const { ends: id, file, failure, ms, reached = [] } = message;
        if (failure !== undefined) this.leftOut.push(id);
        else this.#add({ id, file }, ms, reached);
      }
    }
  }

  #add(proof: Named, ms: number, reached: readonly number[]): void {
    this.proofs.push(proof);
    this.times.set(proof.id, ms);
    for (const fault of reached) {
      const others = this.reaching.get(fault);
      if (others === undefined) this.reaching.set(fault, [proof]);
      else others.push(proof);
    }
  }
}

/** Where the survey of a file is kept: it holds as long as the file and the sources are the same. */
function placeOf(sources: string, file: SourceFile, effort: number): string {
  const hash = createHash("sha256").update(JSON.stringify([sources, file.text, effort]));
  return join(tmpdir(), `ringfence-survey-${hash.digest("hex").slice(0, 24)}.json`);
}

/** Runs the proofs of a room; with `ownOnly` not those of others that patch its files. */
export async function surveyOf(
  room: string,
  faults: readonly Fault[],
  effort: number,
  ownOnly: boolean,
): Promise<Survey> {
  const stage = stageOf(room, faults, "note");
  const files = proofFilesOf(ROOT, room).filter(({ own }) => own || !ownOnly);
  const sources = JSON.stringify(filesOf(ROOT, room));
  const gathered = new Gathered();
  let worker: Worker | undefined;
  for (const file of files) {
    const place = placeOf(sources, file, effort);
    if (existsSync(place)) {
      gathered.take(JSON.parse(readFileSync(place, "utf8")));
      continue;
    }
    if (worker?.usable !== true) worker = new Worker(stage, { atLoad: 0, effort });
    const start = performance.now();
    const ending = await worker.run({ files: [file.path] }, new Map());
    gathered.take(ending);
    if (ending.kind === "done") writeFileSync(place, JSON.stringify(ending));
    console.log(`${file.path}: ${Math.round((performance.now() - start) / 1000)} s`);
  }
  await worker?.end();
  stage.remove();
  return {
    ...{ faults, proofs: gathered.proofs, times: gathered.times, reaching: gathered.reaching },
    ...{ atLoad: gathered.atLoad, leftOut: gathered.leftOut },
    near: (path) =>
      new Set(files.filter(({ text }) => text.includes(path)).map((file) => file.path)),
  };
}
