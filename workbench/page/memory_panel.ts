/** The memory: regions with what they allow, and bytes with those marked that changed. */

import type { Actions } from "../actions.ts";
import type { State } from "../state.ts";
import { addressFrom, byteRows, type Cell, regionRows } from "../view/memory.ts";
import { address } from "../view/numbers.ts";
import { fill, find, make, setAttribute, setCells, setText } from "./dom.ts";
import { rove, settle } from "./roving.ts";

/** So many rows of bytes are shown. */
const ROWS = 16;
/** Bytes in a row, and in a row of a narrow page. */
const WIDE = 16;
const NARROW = 8;

function makeRegion(): HTMLElement {
  const option = make("div", "region");
  option.tabIndex = -1;
  option.setAttribute("role", "option");
  option.append(...["", "access", "note", "changes"].map((name) => make("span", name)));
  return option;
}

function makeBytes(): HTMLElement {
  const row = make("tr");
  const head = make("th", "pc");
  head.setAttribute("scope", "row");
  row.append(head, make("td", "cells"), make("td", "text"));
  return row;
}

function showCell(element: HTMLElement, { text, isChanged, isZero }: Cell, index: number): void {
  setText(element, text);
  element.classList.toggle("changed", isChanged);
  element.classList.toggle("zero", isZero && !isChanged);
  element.classList.toggle("half", index % 8 === 7);
}

function bindAddress(actions: Actions, stateOf: () => State): HTMLInputElement {
  const field = find(document, "address", HTMLInputElement);
  const hint = find(document, "address-hint", HTMLElement);
  field.addEventListener("change", () => {
    const at = addressFrom(field.value, stateOf().guest?.session.machine.registers ?? []);
    setAttribute(field, "aria-invalid", at === undefined ? "true" : undefined);
    setText(hint, at === undefined ? "no address: up to 8 hexadecimal digits, or r0 to r12" : "");
    if (at !== undefined) actions.look(at - at % WIDE);
  });
  return field;
}

/** Binds the panel; what it gives shows a state. */
export function memoryPanel(actions: Actions, stateOf: () => State): (state: State) => void {
  const regions = find(document, "regions", HTMLElement);
  const bytes = find(document, "bytes", HTMLElement);
  const box = find(document, "bytes-box", HTMLElement);
  const field = bindAddress(actions, stateOf);
  const narrow = matchMedia("(max-width: 640px)");
  const regionsOf = ({ guest }: State) =>
    guest === undefined ? [] : regionRows(guest.session.machine.memory, guest.changed);
  rove(regions, (index) => {
    const row = regionsOf(stateOf())[index];
    const at = row?.changedAt ?? row?.start;
    if (at !== undefined) actions.look(at - at % WIDE);
  });
  box.addEventListener("keydown", (event) => {
    const width = narrow.matches ? NARROW : WIDE;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: width,
      ArrowUp: -width,
      PageDown: width * ROWS,
      PageUp: -width * ROWS,
    };
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    actions.look(stateOf().memoryAt + move);
  });

  let shownAt = -1;
  return (state) => {
    const { guest, memoryAt } = state;
    fill(regions, regionsOf(state), makeRegion, (element, row) => {
      const isShown = memoryAt >= row.start && memoryAt <= row.end;
      const changed = row.changed === 0
        ? ""
        : ` ${row.changed} page${row.changed === 1 ? "" : "s"} changed`;
      setCells(element, [row.from, row.access, row.size, changed]);
      element.title = `${row.from} to ${row.to}, ${row.size}`;
      setAttribute(element, "aria-selected", `${isShown}`);
    });
    settle(regions);
    const part = { start: memoryAt, rows: ROWS, width: narrow.matches ? NARROW : WIDE };
    const rows = guest === undefined
      ? []
      : byteRows(guest.session.machine.memory, guest.before?.pages, part);
    fill(bytes, rows, makeBytes, (element, row) => {
      const [head, cells, text] = element.children;
      if (head === undefined || !(cells instanceof HTMLElement) || text === undefined) return;
      setText(head, row.address);
      fill(cells, row.cells, () => make("span"), showCell);
      setText(text, row.text);
    });
    if (shownAt !== memoryAt && document.activeElement !== field) {
      shownAt = memoryAt;
      field.value = address(memoryAt);
    }
  };
}
