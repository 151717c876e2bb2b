/** Random Instances and programs of operations of mode v3, in lock step with the model. */

import { agrees, allOf, defineProof, type Proof, sampled } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { SCENE } from "./_kit/kernel_programs_scenes.ts";
import { HASHES, modelHash } from "./_kit/kernel_v3_hashes.ts";
import { bothCall, pairOf } from "./_kit/kernel_v3_lockstep.ts";
import { begun, sceneAgrees } from "./_kit/kernel_v3_scene.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3";
const SUBJECT = ["Vm.create", "Vm.invokeCached", "Vm.callResume", "Vm.stack"];

/** What a run of any effort is sure to see. */
const REACHES: readonly string[] = [
  ...["invoke: halt", "invoke: faulted", "invoke: paused", "resume: paused"],
  ...["operation 26 done: entered", "operation 26 done: the kernel", "operation 26 failed"],
  ...["operation 1 done", "operation 2 done", "operation 3 done", "operation 18 done"],
  ...["gas spent: host", "meter spent", "trap", "page-fault"],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_programs_stay_in_step",
    claim:
      "random programs of operations give the model's results, gas, tables, files and stored values, call after call",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(SCENE, {
      runs: 150,
      describe: "Instances nested up to three deep, of up to three images, called up to four times",
    }),
    reaches: REACHES,
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/drive.ts", "run.gasUsed += left - gas;", "run.gasUsed += left;"),
      mutant("src/kernel/v3/leave.ts", "setSlot0(caller, ending.slot0);", ""),
    ],
    check: (scene, reach, face) =>
      sceneAgrees(face, scene, (what) => {
        if (REACHES.includes(what)) reach(what);
      }),
  }),
  defineProof({
    id: "kernel/v3_results_have_the_models_hashes",
    claim:
      "what an invocation stores has the hash that the model takes of the encoding of its value",
    subject: ["Vm.invokeCached"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(SCENE, { runs: 12, describe: "scenes" }),
    reaches: ["stored"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/leave.ts",
        "setSlot0(frame, undefined);\n  const target",
        "const target",
      ),
    ],
    check(scene, reach, face) {
      const { call, limits, tables } = begun(scene);
      const { failure, end } = bothCall(pairOf(face, limits, tables), call);
      if ("kind" in end || end.ending === undefined) return failure;
      reach("stored");
      const value = end.ending.kind === "faulted" ? call.instance : end.ending.post;
      return allOf(failure, agrees(HASHES.of(value), modelHash(value)));
    },
  }),
];

register(proofs);
