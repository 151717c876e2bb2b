/** How long one call of a benchmark takes. */

import type { Benchmark, Stopwatch } from "./collect.ts";

const WARM_UP_MS = 200;
const MEASURE_MS = 500;
/** One sample lasts at least so long, so that the clock's grain does not show. */
const SAMPLE_MS = 1;
const SAMPLES_MIN = 10;

/** A stopwatch that a benchmark may use to leave its preparation out. */
class Watch implements Stopwatch {
  #begin = 0;
  #elapsedMs = 0;

  start(): void {
    this.#begin = performance.now();
  }

  end(): void {
    this.#elapsedMs += performance.now() - this.#begin;
    this.#begin = 0;
  }

  /** Milliseconds that it ran; all of the call's when the benchmark never started it. */
  take(callMs: number): number {
    const elapsed = this.#elapsedMs;
    this.#elapsedMs = 0;
    return elapsed === 0 ? callMs : elapsed;
  }
}

async function sample({ fn }: Benchmark, watch: Watch, calls: number): Promise<number> {
  const start = performance.now();
  for (let call = 0; call < calls; call++) {
    const pending = fn(watch);
    if (pending instanceof Promise) await pending;
  }
  return watch.take(performance.now() - start);
}

/** Nanoseconds for one call: the fastest of many samples. */
export async function measure(benchmark: Benchmark): Promise<number> {
  const watch = new Watch();
  const warm = performance.now() + WARM_UP_MS;
  let calls = 1;
  while (performance.now() < warm) {
    const elapsed = await sample(benchmark, watch, calls);
    if (elapsed < SAMPLE_MS) calls *= 2;
  }
  let fastest = Infinity;
  const end = performance.now() + MEASURE_MS;
  for (let taken = 0; taken < SAMPLES_MIN || performance.now() < end; taken++) {
    fastest = Math.min(fastest, await sample(benchmark, watch, calls) * 1e6 / calls);
  }
  return fastest;
}
