/**
 * Cutting a case down to a minimal one that shows the same.
 *
 * @module
 */

import { decodeBlob } from "../pvm/mod.ts";
import type { Case } from "./conform_case.ts";
import { draftOf } from "./conform_draft.ts";
import { type Pass, PASSES } from "./conform_simpler.ts";

/** How a case is cut down. */
export interface Shrinking {
  /** Whether a candidate shows the same. */
  readonly shows: (candidate: Case) => Promise<boolean>;
  /** The most candidates that are tried. */
  readonly triesMax: number;
  /** Whether it has taken long enough. */
  readonly isOver: () => boolean;
}

/** A case, and how many candidates it took. */
interface Progress {
  readonly input: Case;
  readonly tries: number;
}

/**
 * Takes a pass until none of its candidates shows the same. After one that does, it goes on with the
 * candidates behind it: those in front are tried again in the next round. No pass leads back: a later
 * start has less gas, which no other pass gives back, and the others take from what there is.
 */
async function exhaust(
  pass: Pass,
  start: Progress,
  shrinking: Shrinking,
): Promise<Progress> {
  let { input, tries } = start;
  let done = 0;
  for (let isDone = false; !isDone;) {
    isDone = true;
    let index = 0;
    for (const candidate of pass(input)) {
      if (index++ < done) continue;
      if (tries >= shrinking.triesMax || shrinking.isOver()) {
        return { input, tries };
      }
      tries++;
      if (!await shrinking.shows(candidate)) continue;
      input = candidate;
      done = index - 1;
      isDone = false;
      break;
    }
  }
  return { input, tries };
}

/**
 * Cuts a case down.
 *
 * @returns The simplest case that was found; no pass makes it simpler when there was time enough.
 */
export async function shrink(input: Case, shrinking: Shrinking): Promise<Case> {
  let progress: Progress = { input, tries: 0 };
  for (;;) {
    const before = progress.input;
    for (const pass of PASSES) {
      progress = await exhaust(pass, progress, shrinking);
    }
    if (progress.input === before) return before;
  }
}

/** How many instructions the program of a case has. */
export function instructionsIn({ program }: Case): number {
  const code = decodeBlob(program);
  return code.ok ? draftOf(code.value).lines.filter(({ isStart }) => isStart).length : 0;
}
