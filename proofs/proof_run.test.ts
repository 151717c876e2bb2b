/** Running one proof: what makes it fail, what it draws, and how a counterexample is shown. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import { type Changes, doubling, type Face, specimen } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const RUN = "src/proof/run.ts";
const TRIAL = "src/proof/trial.ts";

function fail(why: string): never {
  throw new Error(why);
}

const tenNumbers = (size: number): toolkit.Domain<number> => ({
  describe: `ten numbers, said to be ${size}`,
  size,
  values: () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
});
const same = { name: "the same", implementation: () => doubling };
const wrong = { name: "zero", implementation: () => ({ ...doubling, double: () => 0 }) };
const unmade = { name: "none", implementation: () => Promise.reject(new Error("none")) };
const drawn = toolkit.sampled(fc.nat({ max: 99 }), { runs: 50, describe: "up to 99" });

/** Ways to change a sound record, and the failures that each must bring. */
const CHANGES: readonly (readonly [changes: Changes, failures: readonly string[]])[] = [
  [{}, []],
  [{ domain: tenNumbers(10) }, []],
  [{ domain: tenNumbers(11) }, ["enumerated 10 inputs where the closed form says 11"]],
  [{ domain: tenNumbers(9) }, ["enumerated more than 9 inputs where the closed form says 9"]],
  [{ domain: tenNumbers(0) }, ["cannot enumerate a domain of 0"]],
  [{ domain: tenNumbers(-1) }, ["cannot enumerate a domain of -1"]],
  [{ domain: tenNumbers(2 ** 34) }, ["cannot enumerate a domain of 17179869184"]],
  [{ reaches: ["even", "odd", "huge"] }, ['never reached "huge"']],
  [{ reaches: ["even"] }, ['reached "odd", which it does not declare']],
  [{
    reaches: [],
    check(_value, reach, { double }) {
      double(1);
      reach("toString");
      return undefined;
    },
    mutants: [],
  }, ['reached "toString", which it does not declare']],
  [{ mutants: [wrong, same] }, ["mutant survives: the same"]],
  [{ mutants: [unmade] }, ["mutant could not be made: none: Error: none"]],
  [{ mutants: [{ ...same, equivalent: "it is" }] }, []],
  [{ mutants: [{ ...wrong, equivalent: "no" }] }, ["mutant called equivalent is rejected: zero"]],
  [{ canary: true }, ["is a canary, and found no counterexample"]],
  [{ canary: true, check: (value, _reach, { double }) => `as it should: ${double(value)}` }, []],
  [{ subject: [] }, ["has no subject"]],
  [{ subject: ["double", "triple"] }, ['never calls "triple"']],
  [{
    subject: ["double", "triple"],
    reaches: [],
    check: (value, _reach, { double, triple }) =>
      double(value) === value + value && triple(value) === 3 * value ? undefined : "wrong",
  }, []],
  [{ subject: ["quadruple"] }, ['"quadruple" is no public function']],
  [{ strength: "sampled" }, ["is called sampled, which does not fit its inputs"]],
  [{ domain: drawn }, ["is called exhaustive, which does not fit its inputs"]],
  [{ domain: drawn, strength: "sampled" }, []],
  [{ strength: "bounded" }, []],
  [{ check: () => "no" }, ["no"]],
  [{ check: () => Promise.resolve("late no") }, ["late no"]],
  [{ check: () => fail("boom") }, ["the check threw Error: boom"]],
  [
    { check: () => Promise.reject(new Error("late")) },
    ["the check threw Error: late"],
  ],
  [
    { domain: drawn, strength: "sampled", check: () => Promise.reject(new Error("unseen")) },
    ["a sampled check must not be async"],
  ],
];

/** Draws with a proof: the inputs it was given, in their order. */
async function drawWith(face: Face, seed: number, effort: number) {
  const inputs: number[] = [];
  const proof = specimen(face, {
    domain: face.sampled(fc.nat(), { runs: 20, describe: "", examples: [7, 8] }),
    strength: "sampled",
    reaches: [],
    check(value) {
      inputs.push(value);
      return undefined;
    },
  });
  const { cases, failures } = await proof.run({ seed, effort, mutants: false });
  return { inputs, cases, failures };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/nothing_unsound_passes",
    claim:
      "a proof stands exactly when its size, outcomes, subject, strength and mutants are right",
    subject: ["defineProof"],
    spec: "Proof toolkit: records",
    strength: "exhaustive",
    domain: domain.map(domain.range(0, CHANGES.length - 1), (place) => ({ place })),
    reaches: ["stands", "falls"],
    implementation: toolkit,
    mutants: [
      mutant(TRIAL, "complete && count === 0)", "complete && count < 0)"),
      mutant(TRIAL, "this.#undeclared.add(outcome)", "void 0"),
      mutant(TRIAL, "if (cases !== inputs.size) {", "if (cases < inputs.size) {"),
      mutant(TRIAL, "if (cases !== inputs.size) {", "if (cases > inputs.size) {"),
      mutant(TRIAL, "inputs.size > 0 && ", ""),
      mutant(TRIAL, '(typeof given === "object" ? await given : given)', "(given)"),
      mutant(TRIAL, 'return "a sampled check must not be async";', "return undefined;"),
      mutant(RUN, "failures: killed ? [] :", "failures: !killed ? [] :"),
      mutant(RUN, "const failures = killed ?", "const failures = !killed ?"),
      mutant(RUN, "if (trial.falsified === undefined) failures", "if (false) failures"),
      mutant(RUN, "record.subject.length > 0", "true"),
      mutant(RUN, 'in domain === (strength === "sampled")', "in domain || true"),
      mutant(RUN, "if (unknown.length > 0) return", "if (false) return"),
      mutant(RUN, "failures.push(...await unproved(record, quick));", ""),
      mutant(RUN, "failures.push(...trial.flaws);", ""),
      mutant("src/proof/audit.ts", "return Reflect.apply(call, this, args);", "return undefined;"),
      mutant(RUN, "failures.push(trial.falsified.message);", ";"),
    ],
    async check({ place }, reach, face) {
      const [changes, failures] = CHANGES[place] ?? [{}, []];
      const report = await specimen(face, changes).run();
      reach(failures.length === 0 ? "stands" : "falls");
      return agrees(report.failures, failures);
    },
  }),
  defineProof({
    id: "proof/seeds_decide_the_samples",
    claim:
      "one seed draws the same inputs again, another seed others, examples first, in the number " +
      "asked for",
    subject: ["defineProof", "sampled"],
    spec: "Proof toolkit: seeds",
    strength: "bounded",
    domain: domain.product({ seed: domain.range(-5, 5), effort: domain.of(0.01, 0.5, 1, 3) }),
    reaches: ["drawn"],
    implementation: toolkit,
    mutants: [
      mutant(TRIAL, "      seed: options.seed,\n", ""),
      mutant(TRIAL, "seed: options.seed", "seed: 1"),
      mutant(RUN, "seed: options.seed ?? DEFAULT_SEED", "seed: DEFAULT_SEED"),
      mutant(RUN, "effort: options.effort ?? 1", "effort: 1"),
      mutant(TRIAL, "Math.max(1, Math.round(", "Math.max(2, Math.floor("),
      mutant(TRIAL, "inputs.examples.map(", "[].map("),
    ],
    async check({ seed, effort }, reach, face) {
      const first = await drawWith(face, seed, effort);
      const again = await drawWith(face, seed, effort);
      const other = await drawWith(face, seed + 100, effort);
      const count = Math.max(1, Math.round(20 * effort));
      reach("drawn");
      return allOf(
        agrees(first.failures, []),
        agrees(first.inputs, again.inputs),
        agrees([first.cases, first.inputs.length], [count, count]),
        agrees(first.inputs.slice(0, 2), [7, 8].slice(0, count)),
        count > 2 && agrees(first.inputs, other.inputs) === undefined
          ? "another seed draws the same"
          : undefined,
      );
    },
  }),
  defineProof({
    id: "proof/fewer_samples_may_miss_an_outcome",
    claim: "an outcome that is never reached fails an enumeration, and a sampling of full effort",
    subject: ["defineProof"],
    spec: "Proof toolkit: reach counts",
    strength: "exhaustive",
    domain: domain.product({ effort: domain.of(0.5, 0.99, 1, 2), samples: domain.of(true, false) }),
    reaches: ["failed", "stood"],
    implementation: toolkit,
    mutants: [
      mutant(TRIAL, "reached.flaws(options.effort >= 1)", "reached.flaws(false)"),
      mutant(TRIAL, "reached.flaws(options.effort >= 1)", "reached.flaws(true)"),
      mutant(TRIAL, "reached.flaws(true)", "reached.flaws(false)"),
    ],
    async check({ effort, samples }, reach, face) {
      const changes: Changes = { reaches: ["even", "odd", "huge"] };
      const proof = specimen(
        face,
        samples ? { ...changes, domain: drawn, strength: "sampled" } : changes,
      );
      const { failures } = await proof.run({ effort, mutants: false });
      const expected = samples && effort < 1 ? [] : ['never reached "huge"'];
      reach(expected.length === 0 ? "stood" : "failed");
      return agrees(failures, expected);
    },
  }),
];

register(proofs);
