/** Judges the faults of a room, one after the other, in as few processes as can be. */

import { type Ending, type Stage, Worker } from "./judge.ts";
import type { Fault } from "./operators.ts";
import { Order } from "./order.ts";
import { survived, type Verdict } from "./record.ts";
import { stageOf, type Survey } from "./survey.ts";
import type { Named } from "./worker.ts";

/** What became of a fault, and the proof that decided. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly by?: string;
}

/** How a task ended, as a judgement; `dirty` when the proof fails without the fault as well. */
function judgementOf({ kind, messages, current }: Ending): Judgement & { readonly dirty: boolean } {
  const failed = messages.find((message) => "ends" in message && message.failure !== undefined);
  const checked = messages.find((message) => "clean" in message);
  if (failed !== undefined && "ends" in failed) {
    const clean = checked !== undefined && "clean" in checked && checked.clean;
    return { verdict: "failed", by: failed.ends, dirty: !clean };
  }
  if (kind === "done") return { verdict: "passed", dirty: false };
  return { verdict: kind, dirty: true, ...(current === undefined ? {} : { by: current }) };
}

/** A room's faults before their judges. */
export class Court {
  readonly #survey: Survey;
  readonly #effort: number;
  readonly #stage: Stage;
  readonly #order: Order;
  #worker: Worker | undefined;
  /** Whether the worker has met no fault yet. */
  #fresh = false;

  constructor(room: string, survey: Survey, effort: number) {
    this.#survey = survey;
    this.#effort = effort;
    this.#stage = stageOf(room, survey.faults, "switch");
    this.#order = new Order(survey);
  }

  /**
   * Judges the fault of a number. One that is run when modules are loaded is in force from then on,
   * unless a proof finds it without.
   */
  async judge(number: number, fault: Fault): Promise<Judgement> {
    const judges = this.#order.judgesOf(number, fault);
    const later = judges.length === 0
      ? { verdict: "unreached" as const }
      : await this.#judgeLater(number, fault, judges);
    return this.#survey.atLoad.has(number) && survived(later.verdict)
      ? await this.#judgeAtLoad(number, fault)
      : later;
  }

  async #judgeLater(number: number, fault: Fault, judges: readonly Named[]): Promise<Judgement> {
    if (this.#worker?.usable !== true) await this.#replace();
    const wasFresh = this.#fresh;
    const { dirty, ...first } = await this.#run(number, fault, judges);
    // What was made before, and kept, may have no fault in it: code that was generated, for one.
    const isSure = wasFresh || !survived(first.verdict);
    if (!dirty && isSure) return first;
    await this.#replace();
    // A loop is a loop; but what a process has left from other faults is not held against this one.
    if (dirty && (wasFresh || first.verdict === "ended")) return first;
    const { dirty: still, ...second } = await this.#run(number, fault, judges);
    if (still) await this.#replace();
    return second;
  }

  async #run(number: number, fault: Fault, proofs: readonly Named[]) {
    this.#fresh = false;
    const ending = await this.#worker?.run({ fault: number, proofs }, this.#survey.times);
    this.#learn(fault, ending);
    return ending === undefined
      ? { verdict: "crashed" as const, dirty: true }
      : judgementOf(ending);
  }

  async #judgeAtLoad(number: number, fault: Fault): Promise<Judgement> {
    const proofs = this.#order.judgesAtLoadOf(fault);
    const worker = new Worker(this.#stage, { atLoad: number, effort: this.#effort });
    const ending = await worker.run({ fault: number, proofs }, this.#survey.times);
    await worker.end();
    this.#learn(fault, ending);
    const { dirty: _dirty, ...judgement } = judgementOf(ending);
    return judgement;
  }

  #learn(fault: Fault, ending: Ending | undefined): void {
    for (const message of ending?.messages ?? []) {
      if ("ends" in message) this.#order.learn(fault, message.ends, message.failure !== undefined);
    }
  }

  async #replace(): Promise<void> {
    await this.#worker?.end();
    this.#worker = new Worker(this.#stage, { atLoad: 0, effort: this.#effort });
    this.#fresh = true;
  }

  /** Ends its processes. */
  async close(): Promise<void> {
    await this.#worker?.end();
    this.#stage.remove();
  }
}
