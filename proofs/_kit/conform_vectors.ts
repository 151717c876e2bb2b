/** A bundle of vectors with the additions of this library. */

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
