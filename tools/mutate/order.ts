/** Which proofs judge a fault, and in which order: those that soonest find faults like it first. */

import type { Fault } from "./operators.ts";
import type { Survey } from "./survey.ts";
import type { Named } from "./worker.ts";

/** How often a proof was run on faults of one file, and found them. */
interface Luck {
  runs: number;
  finds: number;
}

/** What loading and starting cost beside the proof itself, in milliseconds. */
const ROUND_MS = 2;

/** How many proofs that run nothing of a file judge what is run when it is loaded, beside the others. */
const OTHERS = 20;

/** Learns which proofs find the faults of a file. */
export class Order {
  readonly #survey: Survey;
  readonly #luck = new Map<string, Luck>();

  constructor(survey: Survey) {
    this.#survey = survey;
  }

  #luckOf(path: string, proof: string): Luck {
    const key = `${path} ${proof}`;
    const luck = this.#luck.get(key) ?? { runs: 0, finds: 0 };
    this.#luck.set(key, luck);
    return luck;
  }

  /** Remembers how a run ended. */
  learn({ path }: Fault, proof: string, found: boolean): void {
    const luck = this.#luckOf(path, proof);
    luck.runs += 1;
    luck.finds += found ? 1 : 0;
  }

  #sorted({ path }: Fault, proofs: readonly Named[]): Named[] {
    const near = this.#survey.near(path);
    const merit = new Map(proofs.map(({ id, file }) => {
      const { runs, finds } = this.#luckOf(path, id);
      const chance = (finds + (near.has(file) ? 0.6 : 0.3)) / (runs + 1);
      return [id, chance / ((this.#survey.times.get(id) ?? 0) + ROUND_MS)] as const;
    }));
    return [...proofs].sort((a, b) => (merit.get(b.id) ?? 0) - (merit.get(a.id) ?? 0));
  }

  /** The proofs that run a fault. */
  judgesOf(number: number, fault: Fault): readonly Named[] {
    return this.#sorted(fault, this.#survey.reaching.get(number) ?? []);
  }

  /** The proofs for what is run when a module is loaded: it may show anywhere. */
  judgesAtLoadOf(fault: Fault): readonly Named[] {
    const { reaching, faults, proofs } = this.#survey;
    const numbers = faults.flatMap(({ path }, at) => path === fault.path ? [at + 1] : []);
    const touching = new Set(numbers.flatMap((one) => reaching.get(one) ?? []));
    const rest = this.#sorted(fault, proofs.filter((proof) => !touching.has(proof)));
    const others = touching.size === 0 ? rest : rest.slice(0, OTHERS);
    return [...this.#sorted(fault, [...touching]), ...others];
  }
}
