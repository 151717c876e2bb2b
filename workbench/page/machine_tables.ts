/** The tables of the machine: registers, host calls, blocks. */

import type { Actions } from "../actions.ts";
import type { State } from "../state.ts";
import { callRows } from "../view/calls.ts";
import { blockRows } from "../view/hot_blocks.ts";
import { grouped } from "../view/numbers.ts";
import { registerRows } from "../view/registers.ts";
import { fill, find, make, makeCells, setAttribute, setCells, setText } from "./dom.ts";
import { rove, settle } from "./roving.ts";

/** Binds the table of registers. */
export function registersPanel(actions: Actions, stateOf: () => State): (state: State) => void {
  const body = find(document, "registers", HTMLElement);
  rove(body, (index) => {
    const value = stateOf().guest?.session.machine.register(index);
    if (value !== undefined) actions.look(Number(BigInt.asUintN(32, value)));
  });
  return ({ guest }) => {
    const now = guest?.session.machine.registers ?? [];
    const rows = registerRows(now, guest?.before?.registers);
    fill(body, rows, () => makeCells(["name", "dot", "hex", "number"]), (element, row) => {
      setCells(element, [row.name, row.isChanged ? "changed" : "", row.hex, row.decimal]);
      setAttribute(element, "data-changed", row.isChanged ? "" : undefined);
    });
    settle(body);
  };
}

function makeCall(): HTMLElement {
  const row = makeCells(["number", "call", "did"]);
  for (const name of ["call", "did"]) {
    row.querySelector(`.${name}`)?.append(make("span"), make("span", "more"));
  }
  return row;
}

/** Binds the list of host calls. */
export function callsPanel(actions: Actions, stateOf: () => State): (state: State) => void {
  const body = find(document, "call-rows", HTMLElement);
  const none = find(document, "calls-none", HTMLElement);
  const table = find(document, "calls-table", HTMLElement);
  const note = find(document, "calls-note", HTMLElement);
  rove(body, (index) => {
    const row = callRows(stateOf().guest?.session.host.calls ?? [])[index];
    if (row !== undefined) actions.goTo(row.pc);
  });
  return ({ guest }) => {
    const host = guest?.session.host;
    const rows = callRows(host?.calls ?? []);
    none.hidden = rows.length > 0;
    table.hidden = rows.length === 0;
    setText(note, rows.length === 0 ? "" : `${grouped(host?.count ?? 0)}, the newest first`);
    fill(body, rows, makeCall, (element, { number, call, pc, did, details }) => {
      const [first] = element.children;
      if (first !== undefined) setText(first, number);
      const spans = element.querySelectorAll("span");
      const texts = [call, `at ${pc}`, did, details];
      spans.forEach((span, at) => setText(span, texts[at] ?? ""));
    });
    settle(body);
  };
}

function makeBlock(): HTMLElement {
  const row = makeCells(["number", "number", "number", "number", "number share"]);
  row.lastElementChild?.append(make("span"), make("span", "meter"));
  return row;
}

/** Binds the table of blocks. */
export function blocksPanel(actions: Actions, stateOf: () => State): (state: State) => void {
  const body = find(document, "blocks", HTMLElement);
  const note = find(document, "blocks-note", HTMLElement);
  rove(body, (index) => {
    const { guest } = stateOf();
    const row = guest === undefined ? undefined : blockRows(guest.session).rows[index];
    if (row !== undefined) actions.goTo(row.pc);
  });
  return ({ guest }) => {
    const { rows, count } = guest === undefined ? { rows: [], count: 0 } : blockRows(guest.session);
    const all = guest?.session.blocks.starts.length ?? 0;
    setText(note, guest === undefined ? "" : `${grouped(count)} of ${grouped(all)} entered`);
    fill(body, rows, makeBlock, (element, row) => {
      setCells(element, [`${row.pc}`, row.cost, row.entries, row.gas]);
      const [text, meter] = element.lastElementChild?.children ?? [];
      if (text !== undefined) setText(text, row.percent);
      if (meter instanceof HTMLElement) meter.style.width = `${(100 * row.share).toFixed(1)}%`;
    });
    settle(body);
  };
}
