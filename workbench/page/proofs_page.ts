/** The proof ledger. */

import type { ProofRow } from "../data.ts";
import type { State } from "../state.ts";
import type { Store } from "../store.ts";
import { countsOf, filterProofs, roomOf, ROWS_SHOWN } from "../view/proofs.ts";
import { grouped } from "../view/numbers.ts";
import { fill, find, make, makeCells, setCells, setText } from "./dom.ts";
import { rove, settle } from "./roving.ts";

function optionsOf(counts: readonly (readonly [string, number])[], all: string): Option[] {
  return [
    new Option(all, ""),
    ...counts.map(([name, count]) => new Option(`${name} (${count})`, name)),
  ];
}

type Option = HTMLOptionElement;

function detailsOf(row: ProofRow): readonly (readonly [string, string])[] {
  return [
    ["proof", row.id],
    ["claim", row.claim],
    ["strength", row.strength],
    ["domain", row.domain],
    ["cases", row.cases],
    ["reached", row.reached],
    ["mutants killed", row.mutants],
    ["about", row.subject],
  ];
}

/** Binds the page; what it gives shows a state. */
export function proofsPage(store: Store<State>): (state: State) => void {
  const { data } = store.state;
  const text = find(document, "filter-text", HTMLInputElement);
  const room = find(document, "filter-room", HTMLSelectElement);
  const strength = find(document, "filter-strength", HTMLSelectElement);
  const body = find(document, "proofs", HTMLElement);
  const more = find(document, "more-proofs", HTMLButtonElement);
  const note = find(document, "proofs-note", HTMLElement);
  const details = find(document, "proof", HTMLElement);
  room.append(...optionsOf(countsOf(data.proofs, roomOf), "all rooms"));
  strength.append(...optionsOf(countsOf(data.proofs, (row) => row.strength), "all strengths"));
  const filter = () => {
    const chosen = { text: text.value, room: room.value, strength: strength.value };
    store.update({ filter: chosen, proofsShown: ROWS_SHOWN });
  };
  text.addEventListener("input", filter);
  for (const select of [room, strength]) select.addEventListener("change", filter);
  more.addEventListener("click", () => {
    store.update({ proofsShown: store.state.proofsShown + ROWS_SHOWN });
  });

  let rows: readonly ProofRow[] = [];
  const show = (row: ProofRow | undefined) => {
    const pairs = row === undefined ? [] : detailsOf(row).filter(([, value]) => value !== "");
    details.replaceChildren(
      ...pairs.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]),
    );
  };
  rove(body, (index) => show(rows[index]), (index) => show(rows[index]));

  let shown: { filter: State["filter"]; count: number } | undefined;
  return ({ page, filter, proofsShown }) => {
    if (page !== "proofs" || (shown?.filter === filter && shown.count === proofsShown)) return;
    const all = filterProofs(data.proofs, filter);
    if (shown?.filter !== filter) show(all[0]);
    shown = { filter, count: proofsShown };
    rows = all.slice(0, Math.max(ROWS_SHOWN, proofsShown));
    setText(note, `${grouped(all.length)} of ${grouped(data.proofs.length)}`);
    more.hidden = rows.length === all.length;
    fill(
      body,
      rows,
      () => makeCells(["id", "claim", "strength", "number", "number"]),
      (element, { id, claim, strength, cases, mutants }) =>
        setCells(element, [id, claim, strength, cases, mutants]),
    );
    settle(body);
  };
}
