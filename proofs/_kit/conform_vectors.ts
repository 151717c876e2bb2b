/** A bundle of vectors with the additions of this library. */

import { type Files, vectorText } from "./cli.ts";

const ZEROS = Array.from({ length: 13 }, () => 0);
const START = {
  "initial-regs": ZEROS,
  "initial-pc": 0,
  "initial-page-map": [],
  "initial-memory": [],
  "initial-gas": 5,
};
const END = { "expected-regs": ZEROS, "expected-pc": 0, "expected-memory": [] };

/** `ecalli 7`, a single step of `fallthrough`, a blob that is none, and a case of another time. */
export const BUNDLE: string = JSON.stringify({
  version: 1,
  family: "pvm",
  kind: "programs",
  spec: [],
  cases: [
    {
      ...{ name: "a call", ...START, ...END, "gas-model": "instruction" },
      program: [0, 0, 2, 10, 7, 1],
      "expected-status": "host-call",
      "expected-host-call": 7,
      "expected-gas": 4,
      resume: [],
    },
    {
      ...{ name: "a step", ...START, ...END, "expected-pc": 1, steps: 1 },
      program: [0, 0, 2, 1, 0, 3],
      "expected-status": "running",
      "expected-gas": 4,
    },
    {
      ...{ name: "no blob", ...START, ...END, program: [9], "expected-status": "malformed" },
      "expected-gas": 5,
      "expected-error": { field: "code length", offset: 1, problem: "too-short" },
    },
    { ...{ name: "of another time", ...START, ...END }, "a-new-field": 1 },
  ],
});

/** A bundle of one case. */
const bundleOf = (each: object): string =>
  JSON.stringify({ version: 1, family: "pvm", kind: "cases", spec: [], cases: [each] });

/** A blob that is none, with some fields that say that something became of it. */
function malformedWith(changes: object): string {
  const wrong = { "expected-status": "malformed", "expected-gas": 5, program: [9] };
  return bundleOf({ name: "no blob", ...START, ...END, ...wrong, ...changes });
}

/** A jump to where it stands, with gas for more than a lifetime. */
export const LASTING: string = bundleOf({
  ...{ name: "for ever", ...START, ...END, "gas-model": "pipeline", dialect: "javm" },
  ...{ program: [0, 0, 2, 40, 0, 1], "initial-gas": Number.MAX_SAFE_INTEGER },
  ...{ "expected-status": "out-of-gas", "expected-gas": 0 },
});

/** The same with less gas, step by step. */
export const MANY_STEPS: string = LASTING.replace(`${Number.MAX_SAFE_INTEGER}`, "16000000")
  .replace('"name"', '"steps":1048577,"name"');

/** What comes of a folder of vectors: the exit code, how many pass and are skipped, and a message. */
export type Fate = readonly [Files, number, number, number, RegExp];

/** A vector with other pages, which cannot be. */
export function withPages(pages: readonly object[]): Fate {
  const map = pages.map((each) => ({ ...each, "is-writable": true }));
  return [{ "v/a.json": vectorText({ "initial-page-map": map }) }, 65, 0, 0, /initial-page-map/];
}

/** A folder of this library's own with a bundle. */
export const ofBundle = (bundle: string): Files => ({
  "v/manifest.json": "{}",
  "v/pvm/b.json": bundle,
});

/** A blob that is none, of which something becomes all the same. */
export function emptied(changes: object): Fate {
  return [ofBundle(malformedWith(changes)), 65, 0, 0, /changes nothing/];
}
