/** The disassembly. Only the lines in sight are elements, so that a program of any length is shown. */

import type { Actions } from "../actions.ts";
import type { Guest, State } from "../state.ts";
import { type CodeLine, codeLine, lineOf } from "../view/listing.ts";
import { grouped } from "../view/numbers.ts";
import { fill, find, make, setAttribute, setText } from "./dom.ts";

/** The height of a line, as the style sheet has it. */
const LINE = 22;
/** So many lines are there beyond those in sight. */
const BEYOND = 6;

const COLUMNS = ["gutter", "pc", "raw", "mnemonic", "operands", "hits", "unseen"] as const;

/** Columns that only repeat what others say. */
const SILENT: ReadonlySet<string> = new Set(["gutter", "raw"]);

function makeLine(): HTMLElement {
  const line = make("div", "line");
  line.setAttribute("role", "option");
  for (const name of COLUMNS) {
    const cell = make("span", name);
    if (SILENT.has(name)) cell.setAttribute("aria-hidden", "true");
    line.append(cell);
  }
  return line;
}

function gutterOf({ isBreakpoint, isNext }: CodeLine): string {
  return `${isBreakpoint ? "●" : " "}${isNext ? "▶" : " "}`;
}

/** What the marks beside a line say, for those who listen. */
function marksOf({ isNext, isBreakpoint }: CodeLine): string {
  return [...(isNext ? ["next"] : []), ...(isBreakpoint ? ["breakpoint"] : [])].join(", ");
}

/** The target of a jump, as its text has it. */
function targetOf({ operands }: CodeLine): number | undefined {
  const target = /-> (\d+)$/.exec(operands);
  return target === null ? undefined : Number(target[1]);
}

/** Binds the panel; what it gives shows a state. */
export function codePanel(actions: Actions, stateOf: () => State): (state: State) => void {
  const list = find(document, "code", HTMLElement);
  const space = find(document, "code-space", HTMLElement);
  const note = find(document, "code-note", HTMLElement);
  let shown: { guest: Guest; cursor: number } | undefined;

  const rowsInSight = () => Math.max(8, Math.ceil(list.clientHeight / LINE));

  function draw({ guest, cursor, breakpoints }: State): void {
    const count = guest?.offsets.length ?? 0;
    space.style.height = `${count * LINE}px`;
    const first = Math.max(0, Math.floor(list.scrollTop / LINE) - BEYOND);
    const last = Math.min(count, first + rowsInSight() + 2 * BEYOND);
    const numbers = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
    // The cursor has to be there, since it is what is read out.
    if (count > 0 && !numbers.includes(cursor)) numbers.push(cursor);
    fill(space, guest === undefined ? [] : numbers, makeLine, (element, number) => {
      if (guest === undefined) return;
      const line = codeLine(guest.session, guest.offsets, number, breakpoints);
      element.id = `line-${number}`;
      element.style.top = `${number * LINE}px`;
      element.dataset["line"] = `${number}`;
      element.dataset["pc"] = `${line.pc}`;
      setAttribute(element, "aria-selected", `${number === cursor}`);
      setAttribute(element, "aria-current", line.isNext ? "true" : undefined);
      setAttribute(element, "aria-setsize", `${count}`);
      setAttribute(element, "aria-posinset", `${number + 1}`);
      element.classList.toggle("block", line.isBlockStart);
      element.classList.toggle("broken", line.isBreakpoint);
      const hits = line.entries === undefined || line.entries === 0 ? "" : grouped(line.entries);
      const texts = [
        gutterOf(line),
        `${line.pc}`,
        line.bytes,
        line.mnemonic,
        line.operands,
        hits,
        marksOf(line),
      ];
      texts.forEach((text, at) => {
        const cell = element.children[at];
        if (cell !== undefined) setText(cell, text);
      });
    });
    setAttribute(list, "aria-activedescendant", count > 0 ? `line-${cursor}` : undefined);
  }

  /** Brings the cursor into sight. */
  function reveal(cursor: number): void {
    const [top, height] = [cursor * LINE, list.clientHeight];
    if (top >= list.scrollTop + LINE && top + 2 * LINE <= list.scrollTop + height) return;
    list.scrollTop = Math.max(0, top - Math.floor(height / 3 / LINE) * LINE);
  }

  list.addEventListener("scroll", () => draw(stateOf()));
  new ResizeObserver(() => draw(stateOf())).observe(list);
  list.addEventListener("click", (event) => {
    const element = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    const line = Number(element?.getAttribute("data-line") ?? NaN);
    if (Number.isNaN(line)) return;
    actions.moveCursor(line);
    if (event.target instanceof Element && event.target.classList.contains("gutter")) {
      actions.toggleBreakpoint(line);
    }
  });

  function press(key: string): boolean {
    const { guest, cursor, breakpoints } = stateOf();
    if (guest === undefined) return false;
    const page = rowsInSight() - 2;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: guest.offsets.length - 1,
      ArrowLeft: lineOf(guest.offsets, guest.session.next),
    };
    const line = moves[key];
    if (line !== undefined) actions.moveCursor(line);
    else if (key === " ") actions.toggleBreakpoint(cursor);
    else if (key === "Enter") void actions.runToCursor();
    else if (key === "ArrowRight") {
      const target = targetOf(codeLine(guest.session, guest.offsets, cursor, breakpoints));
      if (target !== undefined) actions.goTo(target);
    } else return false;
    return true;
  }
  list.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.altKey && !event.metaKey && press(event.key)) {
      event.preventDefault();
    }
  });

  return (state) => {
    const { guest, cursor } = state;
    const { input } = guest?.session.plan ?? {};
    const text = guest === undefined || input === undefined
      ? ""
      : `${guest.loaded.name}, ${input.form}, ${grouped(guest.offsets.length)} instructions`;
    setText(note, text);
    if (shown === undefined || shown.cursor !== cursor || shown.guest !== guest) {
      space.style.height = `${(guest?.offsets.length ?? 0) * LINE}px`;
      reveal(cursor);
      shown = guest === undefined ? undefined : { guest, cursor };
    }
    draw(state);
  };
}
