/** The buttons that move the machine, and where it is. */

import type { Actions } from "../actions.ts";
import type { State } from "../state.ts";
import { statusOf } from "../view/status.ts";
import { find, setAttribute, setText } from "./dom.ts";

/** Binds the panel; what it gives shows a state. */
export function controlPanel(actions: Actions): (state: State) => void {
  const button = (id: string, run: () => unknown) => {
    const found = find(document, id, HTMLButtonElement);
    found.addEventListener("click", () => void run());
    return found;
  };
  const movers = [
    button("run", () => actions.run()),
    button("step", () => actions.step()),
    button("to-cursor", () => actions.runToCursor()),
  ];
  const back = button("back", () => actions.back());
  const stop = button("stop", () => actions.stop());
  const restart = button("restart", () => actions.restart());
  const places = ["exit", "pc", "used", "left"].map((id) => find(document, id, HTMLElement));
  const result = find(document, "result", HTMLElement);
  // A disabled button would lose the focus: these only say that they do nothing.
  const able = (element: HTMLElement, isAble: boolean) =>
    setAttribute(element, "aria-disabled", isAble ? undefined : "true");

  return ({ guest, busy }) => {
    const status = guest === undefined ? undefined : statusOf(guest.session);
    const isIdle = guest !== undefined && busy === undefined;
    for (const each of movers) able(each, isIdle && !guest.session.isOver);
    able(back, isIdle && guest.session.canGoBack);
    able(stop, busy !== undefined);
    able(restart, guest !== undefined);
    const texts = status === undefined
      ? ["no guest", "–", "–", "–"]
      : [busy ?? status.exit, status.pc, status.used, status.left];
    places.forEach((place, index) => setText(place, texts[index] ?? ""));
    setAttribute(places[0] ?? result, "data-mood", busy === undefined ? status?.mood : "busy");
    result.hidden = status?.result === undefined;
    setText(result, status?.result === undefined ? "" : `result: ${status.result}`);
  };
}
