/** The comparison of the engines. */

import type { Actions } from "../actions.ts";
import type { Contest, State } from "../state.ts";
import type { Comparison } from "../machine/compare.ts";
import { grouped, milliseconds } from "../view/numbers.ts";
import { fill, find, makeCells, setAttribute, setCells, setText } from "./dom.ts";

function speedOf(name: string, comparison: Comparison): readonly string[] {
  const { interpreterMs, recompilerMs } = comparison;
  const ratio = recompilerMs > 0 ? `${(interpreterMs / recompilerMs).toFixed(1)} ×` : "–";
  return [name, milliseconds(interpreterMs), milliseconds(recompilerMs), ratio];
}

function verdictOf(busy: string | undefined, contest: Contest | undefined): string {
  if (contest === undefined) return "";
  const { first } = contest;
  const work = `${grouped(first.gasUsed)} gas in ${
    first.slices === 1 ? "one slice" : `${grouped(first.slices)} slices`
  }`;
  if (!first.isDone) return busy === undefined ? `Stopped after ${work}.` : `Comparing: ${work}.`;
  return first.isEqual ? `Equal after ${work}.` : `Different after ${work}.`;
}

/** Binds the page; what it gives shows a state. */
export function enginesPage(actions: Actions): (state: State) => void {
  const compare = find(document, "compare", HTMLButtonElement);
  const stop = find(document, "compare-stop", HTMLButtonElement);
  const note = find(document, "compare-guest", HTMLElement);
  const verdict = find(document, "verdict", HTMLElement);
  const speeds = find(document, "speeds", HTMLElement);
  const observations = find(document, "observations", HTMLElement);
  compare.addEventListener("click", () => void actions.compare());
  stop.addEventListener("click", () => actions.stop());

  return ({ busy, contest, guest }) => {
    setAttribute(compare, "aria-disabled", busy === undefined ? undefined : "true");
    setAttribute(stop, "aria-disabled", busy === undefined ? "true" : undefined);
    setText(note, guest === undefined ? "no guest" : guest.loaded.name);
    setText(verdict, verdictOf(busy, contest));
    const mood = contest?.first.isDone !== true ? "open" : contest.first.isEqual ? "good" : "bad";
    setAttribute(verdict, "data-mood", mood);
    const { first, again } = contest ?? {};
    const runs = [
      ...(first === undefined ? [] : [speedOf("first, with compiling", first)]),
      ...(again === undefined ? [] : [speedOf("again", again)]),
    ];
    fill(speeds, runs, () => makeCells(["", "number", "number", "number"]), setCells);
    fill(
      observations,
      first?.observations ?? [],
      () => makeCells(["name", "hex", "hex", "equal"]),
      (element, { name, interpreter, recompiler, isEqual }) => {
        setCells(element, [name, interpreter, recompiler, isEqual ? "yes" : "no"]);
        setAttribute(element, "data-differs", isEqual ? undefined : "");
      },
    );
    for (const row of [...speeds.children, ...observations.children]) {
      row.removeAttribute("tabindex");
    }
  };
}
