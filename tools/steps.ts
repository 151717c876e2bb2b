/** Steps of a run: each is done even when one before it failed, and says how it ended. */

/** How a step ended. */
export interface Outcome {
  readonly ok: boolean;
  /** What was done, such as "12 files"; or what is missing. */
  readonly summary: string;
  /** Shown when the step failed. */
  readonly details?: string;
}

/** One step. */
export interface Step {
  readonly name: string;
  run(): Promise<Outcome>;
}

/** Something that lines can be written to. */
export type Print = (line: string) => void;

async function outcomeOf(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (mistake) {
    const details = mistake instanceof Error ? mistake.stack ?? mistake.message : String(mistake);
    return { ok: false, summary: "could not be done", details };
  }
}

/** Does every step; says whether all of them passed. No step at all is a failure. */
export async function runSteps(
  title: string,
  steps: readonly Step[],
  print: Print = console.log,
): Promise<boolean> {
  const start = performance.now();
  let failed = 0;
  for (const step of steps) {
    const begin = performance.now();
    const { ok, summary, details } = await outcomeOf(step);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (!ok && details !== undefined) print(details.trimEnd());
    print(`${ok ? "ok    " : "FAILED"} ${step.name}: ${summary} (${seconds} s)`);
    if (!ok) failed++;
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  print(`\n${title}: ${steps.length - failed} passed, ${failed} failed (${seconds} s)`);
  return steps.length > 0 && failed === 0;
}
