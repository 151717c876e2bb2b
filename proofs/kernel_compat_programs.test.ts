/** Random programs of operations over random cnodes, in lock step with the model. */

import type { Outcome } from "../model/kernel_compat_state.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import {
  callModel,
  callReal,
  modelOf,
  modelState,
  plainOutcome,
  realOf,
  realState,
} from "./_kit/kernel_compat.ts";
import { type Plan, plan } from "./_kit/kernel_compat_arbitrary.ts";
import { callsOf, worldOf } from "./_kit/kernel_compat_worlds.ts";
import { register } from "./_kit/register.ts";

const COMPAT = "src/kernel/compat/";

/** What an outcome counts as. */
function reached(outcome: Outcome): string {
  if ("error" in outcome) return "error";
  return outcome.kind === "faulted" ? outcome.reason.kind : outcome.kind;
}

function inLockStep(plan: Plan, reach: (name: string) => void, face: Face): string | undefined {
  const { world, instances } = worldOf(plan);
  const real = realOf(face, world);
  let state = modelOf(world);
  for (const { paused, idle } of callsOf(plan, instances)) {
    const call = state.stack.length > 0 ? paused : idle;
    if (call.name === "resume") reach("resumed");
    const step = callModel(world, state, call);
    const called = callReal(real, call);
    state = step.state;
    reach(reached(step.outcome));
    const difference = agrees(plainOutcome(called), step.outcome) ?? agrees(
      realState(world, real, state.assist.nextFile),
      modelState(world, state),
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_programs_agree_with_model",
    claim:
      "after every call of random programs the result, the stack, the directory, the quotas and the files are the model's",
    subject: ["Vm.invokeCached", "Vm.callResume", "Vm.stack"],
    spec: "capabilities, 3.5 and 3.6, with the rulings of 5",
    strength: "sampled",
    domain: sampled(plan, {
      runs: 90,
      describe: "worlds of up to 4 Instances of random programs, and up to 4 calls",
    }),
    reaches: [
      "halt",
      "paused",
      "resumed",
      "trap",
      "panic",
      "out-of-gas",
      "page-fault",
      "error",
    ],
    implementation: kernel,
    mutants: [
      mutant(`${COMPAT}build.ts`, "kept === 0n ?", "kept !== 0n ?"),
      mutant(`${COMPAT}build.ts`, "const FIRST_ARG = 7;", "const FIRST_ARG = 6;"),
      mutant(`${COMPAT}drive.ts`, "asU64(gas - now.machine.gas)", "gas"),
    ],
    check: inLockStep,
  }),
];

register(proofs);
