/** Theorems about mode v3 that hold of every scene, whatever becomes of it. */

import { agrees, allOf, defineProof, isTotal, type Proof, sampled } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import fc from "fast-check";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { SCENE } from "./_kit/kernel_programs_scenes.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { pairOf, realCall } from "./_kit/kernel_v3_lockstep.ts";
import { publish } from "./_kit/kernel_v3_real.ts";
import { begun } from "./_kit/kernel_v3_scene.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];

/** The errors that tell what is absent. */
const TOLD: readonly string[] = ["blob-missing", "page-missing", "instance-not-found"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_ends_within_its_budget",
    claim: "an invocation of any scene ends, and uses no more gas than the meters had",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(SCENE, { runs: 40, describe: "scenes" }),
    reaches: ["ended"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/v3/drive.ts",
        "run.gasUsed += left - gas;",
        "run.gasUsed += left + 99_999n;",
      ),
    ],
    check(scene, reach, face) {
      const { call, limits, tables } = begun(scene);
      const pair = pairOf(face, limits, tables);
      for (const cap of [call.instance, call.slot0]) publish(face, pair.directory, cap);
      const result = realCall(pair, call);
      if (!result.ok) return undefined;
      reach("ended");
      // What programs can set meters to themselves is below this.
      const most = 100_000n + tables.meters.reduce((sum, [, value]) => sum + value, call.gas ?? 0n);
      return result.value.gasUsed <= most ? undefined : `${result.value.gasUsed} gas of ${most}`;
    },
  }),
  defineProof({
    id: "kernel/v3_nothing_throws",
    claim:
      "no store with parts missing makes an invocation throw: the error names what is absent, and nothing is stored",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.tuple(SCENE, fc.nat(40)), {
      runs: 40,
      describe: "scenes of which one blob is missing",
    }),
    reaches: ["error", "result"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/v3/drive.ts", "const { gas } = machine;", "const { gas } = machine.none;"),
    ],
    check([scene, missing], reach, face) {
      const { call, limits, tables } = begun(scene);
      const whole = pairOf(face, limits, tables);
      publish(face, whole.directory, call.instance);
      publish(face, whole.directory, call.slot0);
      const hashes = [...valueOf(whole.directory.blobHashes())].sort();
      const gone = missing % 4 === 0
        ? HASHES.of(call.instance.image)
        : hashes[missing % hashes.length];
      const directory = new face.CacheDirectory();
      for (const hash of hashes) {
        const cap = whole.directory.get(hash);
        if (hash !== gone && cap !== undefined) valueOf(directory.putCap(cap));
      }
      const before = Number(directory.blobCount);
      let failure: string | undefined;
      const thrown = isTotal(() => {
        const result = realCall({ ...whole, directory }, call);
        reach(result.ok ? "result" : "error");
        if (!result.ok) {
          const { kind } = result.error;
          const isTold = TOLD.includes(kind) ? undefined : `an error of the kind ${kind}`;
          failure = allOf(agrees(Number(directory.blobCount), before), isTold);
        }
      });
      return thrown ?? failure;
    },
  }),
];

register(proofs);
