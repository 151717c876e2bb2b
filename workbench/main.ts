/** The page comes to life here. */

import { Actions } from "./actions.ts";
import type { Data } from "./data.ts";
import { codePanel } from "./page/code_panel.ts";
import { controlPanel } from "./page/control_panel.ts";
import { fill, find, makeCells, setAttribute, setCells, setText } from "./page/dom.ts";
import { enginesPage } from "./page/engines_page.ts";
import { guestPanel, troublePanel } from "./page/guest_panel.ts";
import { type KeyCommand, LIST_KEYS, listen } from "./page/keys.ts";
import { blocksPanel, callsPanel, registersPanel } from "./page/machine_tables.ts";
import { memoryPanel } from "./page/memory_panel.ts";
import { proofsPage } from "./page/proofs_page.ts";
import { firstState, type PageName, PAGES, type State } from "./state.ts";
import { Store } from "./store.ts";

/** Shows one page and hides the others. */
function pages(actions: Actions): (state: State) => void {
  const buttons = PAGES.map((name) => {
    const found = document.querySelector(`nav [data-page="${name}"]`);
    found?.addEventListener("click", () => actions.show(name));
    return { name, found };
  });
  return ({ page }) => {
    for (const { name, found } of buttons) {
      find(document, `page-${name}`, HTMLElement).hidden = name !== page;
      if (found !== null) setAttribute(found, "aria-current", name === page ? "page" : undefined);
    }
  };
}

/** Moves the focus to what can be reached by Tab in an element, or to the element. */
function focusIn(id: string): void {
  const element = find(document, id, HTMLElement);
  const inner = element.tabIndex >= 0 ? element : element.querySelector('[tabindex="0"]');
  if (inner instanceof HTMLElement) inner.focus();
}

/** The keys that are commands everywhere. */
function commandsOf(store: Store<State>, actions: Actions): readonly KeyCommand[] {
  const show = (page: PageName, id: string) => () => {
    actions.show(page);
    focusIn(id);
  };
  const focus = (id: string) => show("machine", id);
  const search = () => focusIn(store.state.page === "proofs" ? "filter-text" : "address");
  return [
    { key: "r", what: "run, to the exit or a breakpoint", run: () => void actions.run() },
    { key: "s", what: "one step", run: () => actions.step() },
    { key: "b", what: "one step back", run: () => void actions.back() },
    { key: "c", what: "run to the cursor", run: () => void actions.runToCursor() },
    { key: "x", what: "stop", run: () => actions.stop() },
    { key: "0", what: "restart", run: () => actions.restart() },
    { key: "m", what: "the machine", run: show("machine", "code") },
    { key: "e", what: "the engines", run: show("engines", "compare") },
    { key: "l", what: "the proof ledger", run: show("proofs", "proofs") },
    { key: "?", what: "the keys", run: show("keys", "has-keys") },
    { key: "1", what: "to the guest", run: focus("example") },
    { key: "2", what: "to the code", run: focus("code") },
    { key: "3", what: "to the registers", run: focus("registers") },
    { key: "4", what: "to the memory", run: focus("bytes-box") },
    { key: "5", what: "to the host calls", run: focus("call-rows") },
    { key: "6", what: "to the gas by block", run: focus("blocks") },
    { key: "o", what: "to the choice of a file", run: focus("file") },
    { key: "a", what: "to the assembly", run: focus("source") },
    { key: "g", what: "to the gas", run: focus("gas") },
    { key: "/", what: "to the address, or the words of the ledger", run: search },
  ];
}

/** Starts the page. */
export function start(data: Data): void {
  const store = new Store(firstState(data));
  const actions = new Actions(store);
  const stateOf = () => store.state;
  setText(find(document, "version", HTMLElement), data.version);

  const commands = commandsOf(store, actions);
  const rows = [...commands.map(({ key, what }) => [key, what] as const), ...LIST_KEYS];
  fill(find(document, "keys", HTMLElement), rows, () => makeCells(["", ""]), (element, row) => {
    setCells(element, row);
    element.removeAttribute("tabindex");
  });
  const hasKeys = find(document, "has-keys", HTMLInputElement);
  hasKeys.addEventListener("change", () => store.update({ hasKeys: hasKeys.checked }));
  listen(commands, () => store.state.hasKeys, () => {
    actions.stop();
    actions.dismiss();
  });

  const said = find(document, "said", HTMLElement);
  const always = [pages(actions), troublePanel(actions), proofsPage(store), enginesPage(actions)];
  const machine = [
    guestPanel(actions, store.state),
    controlPanel(actions),
    codePanel(actions, stateOf),
    registersPanel(actions, stateOf),
    memoryPanel(actions, stateOf),
    callsPanel(actions, stateOf),
    blocksPanel(actions, stateOf),
  ];
  store.subscribe((state) => {
    for (const render of always) render(state);
    if (state.page === "machine") { for (const render of machine) render(state); }
    setText(said, state.said);
  });
  const [example] = data.examples;
  if (example !== undefined) actions.loadExample(example);
}
