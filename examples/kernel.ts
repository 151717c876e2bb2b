/**
 * The kernel by example: images from source text, Instances with capabilities in their slots, and
 * what these can do to each other. `deno run --allow-read=examples examples/kernel.ts` shows it
 * alone, the demo with the rest.
 */

import process from "node:process";
import { pathToFileURL } from "node:url";
import { SCENE_NAMES, SCENES } from "./kernel/scenes.ts";
import { sourceOf } from "./kernel/source.ts";

/** Shows it all; gives how many results are not what they have to be. */
export function showKernel(): number {
  console.log("Programs that hold capabilities, on the kernel:");
  let wrong = 0;
  const shown = SCENE_NAMES.flatMap((name) => SCENES[name](sourceOf));
  for (const { what, actual, expected } of shown) {
    const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (is !== shouldBe) wrong++;
    const verdict = is === shouldBe ? "" : `   WRONG: expected ${shouldBe}`;
    console.log(`  ${what.padEnd(66)} ${is}${verdict}`);
  }
  return wrong;
}

const isAlone = import.meta.url === pathToFileURL(process.argv[1] ?? "").href;
if (isAlone) process.exitCode = showKernel() === 0 ? 0 : 1;
