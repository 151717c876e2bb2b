/** Reading how much a program did from what it printed, so that doing nothing is not a success. */

import type { Ending } from "./process.ts";
import type { Outcome } from "./steps.ts";

/** The ways in which `deno test`, `bun test` and `node --test` say how many tests passed. */
const PASSED = [/(\d+) passed \(?.*\| \d+ failed/, /^ *(\d+) pass$/m, /^(?:#|ℹ) pass (\d+)$/m];

/** How many tests passed, as the test runner of Deno, Bun or Node prints it. */
export function testsPassed(text: string): number {
  for (const pattern of PASSED) {
    const found = pattern.exec(text);
    if (found !== null) return Number(found[1]);
  }
  return 0;
}

/** How many files were looked at, as `deno fmt` and `deno lint` print it. */
export function filesChecked(text: string): number {
  return Number(/Checked (\d+) files?/.exec(text)?.[1] ?? 0);
}

/** How many proofs passed, as the proof runner prints it. */
export function proofsPassed(text: string): number {
  return Number(/^proofs: (\d+) passed, 0 failed$/m.exec(text)?.[1] ?? 0);
}

/** A program that has to end well and to have done something. */
export function counted(
  ending: Ending,
  count: (text: string) => number,
  unit: string,
): Outcome {
  const amount = count(ending.text);
  const ok = ending.code === 0 && amount > 0;
  if (ok) return { ok, summary: `${amount} ${unit}` };
  const summary = ending.code === 0 ? `no ${unit}` : `ended with code ${ending.code}`;
  return { ok, summary, details: ending.text };
}

/** A program that has to end well; there is nothing to count. */
export function ended(ending: Ending, summary: string): Outcome {
  return ending.code === 0
    ? { ok: true, summary }
    : { ok: false, summary: `ended with code ${ending.code}`, details: ending.text };
}
