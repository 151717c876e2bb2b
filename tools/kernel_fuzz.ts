/** Runs random scenes of the kernel beside its model for a time: `deno task kernel-fuzz`. */

import fc from "fast-check";
import process from "node:process";
import { SCENE } from "../proofs/_kit/kernel_programs_scenes.ts";
import { sceneAgrees } from "../proofs/_kit/kernel_v3_scene.ts";
import * as kernel from "../src/kernel/mod.ts";
import { type FuzzOptions, readFuzzOptions, startFuzzing } from "./fuzz_options.ts";

const USAGE = `usage: kernel-fuzz [options]
  --seconds S   stop after S seconds (default 10)
  --scenes N    stop after N scenes
  --seed N      begin with this seed (default 1; "random" for another each time)
  --help        print this`;

/** How many scenes are drawn at once. */
const LOT = 50;

/** The seed of a lot of scenes: other seeds give other lots. */
function seedOf(seed: number, lot: number): number {
  return (Math.imul(seed, 0x9E37_79B1) + lot) | 0;
}

/** What goes wrong with a scene; nothing is thrown. */
function failureOf(
  scene: Parameters<typeof sceneAgrees>[1],
  count: (what: string) => void,
): string | undefined {
  try {
    return sceneAgrees(kernel, scene, count);
  } catch (thrown) {
    return `threw ${thrown instanceof Error ? thrown.message : "something"}`;
  }
}

/** Runs scenes until it is time to stop, and says whether all of them agreed. */
function fuzz({ seconds, count: scenes, seed }: FuzzOptions): boolean {
  const start = performance.now();
  const isTime = () => performance.now() - start < 1000 * seconds;
  const seen = new Map<string, number>();
  let [count, failed] = [0, 0];
  for (let lot = 0; count < scenes && isTime(); lot++) {
    const drawn = fc.sample(SCENE, {
      seed: seedOf(seed, lot),
      numRuns: Math.min(LOT, scenes - count),
    });
    for (const [index, scene] of drawn.entries()) {
      if (!isTime()) break;
      const failure = failureOf(scene, (what) => seen.set(what, (seen.get(what) ?? 0) + 1));
      count++;
      if (failure === undefined) continue;
      failed++;
      console.log(`FAILED seed ${seed}, scene ${LOT * lot + index}: ${failure}`);
      console.log(fc.stringify(scene));
    }
  }
  const steps = [...seen].sort(([, a], [, b]) => b - a);
  console.log(`steps: ${steps.map(([what, times]) => `${what} ${times}`).join(", ")}`);
  const time = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`kernel-fuzz: seed ${seed}, ${count} scenes, ${failed} failed (${time} s)`);
  return failed === 0 && count > 0;
}

startFuzzing(USAGE, readFuzzOptions(process.argv.slice(2), "scenes"), fuzz);
