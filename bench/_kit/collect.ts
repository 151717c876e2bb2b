/** `Deno.bench` for runtimes that have none: it collects the benchmarks of a file. */

/** A benchmark as `Deno.bench` takes it. */
export interface Benchmark {
  readonly name: string;
  readonly group?: string;
  readonly baseline?: boolean;
  readonly fn: (context: Stopwatch) => unknown;
}

/** What a benchmark is handed, so that it can leave its preparation out of the measurement. */
export interface Stopwatch {
  start(): void;
  end(): void;
}

type Body = Benchmark["fn"];
/** Every argument of `Deno.bench`: a name, options, a body, in the orders that it allows. */
type Argument = string | Partial<Benchmark> | Body;

function benchmarkOf(given: readonly Argument[]): Benchmark {
  let benchmark: Benchmark = { name: "", fn: () => {} };
  for (const argument of given) {
    if (typeof argument === "string") benchmark = { ...benchmark, name: argument };
    else if (typeof argument === "function") benchmark = { ...benchmark, fn: argument };
    else benchmark = { ...benchmark, ...argument };
  }
  return benchmark;
}

/** Puts a `Deno.bench` in place, and gives the list that it fills. */
export function collectBenchmarks(): readonly Benchmark[] {
  const collected: Benchmark[] = [];
  const bench = (...given: readonly Argument[]): void => {
    collected.push(benchmarkOf(given));
  };
  Object.defineProperty(globalThis, "Deno", { value: { bench }, configurable: true });
  return collected;
}
