/** The guest: which it is, how it is run, and its source. */

import type { Actions } from "../actions.ts";
import type { State } from "../state.ts";
import { FILE_BYTES_MAX } from "../machine/loading.ts";
import { find, setAttribute, setText } from "./dom.ts";

function showError(field: HTMLInputElement, message: string | undefined): void {
  const place = find(document, `${field.id}-error`, HTMLElement);
  place.hidden = message === undefined;
  setText(place, message ?? "");
  setAttribute(field, "aria-invalid", message === undefined ? undefined : "true");
}

/** Reads a file; one that is too large is not read at all. */
async function readFile(file: File, actions: Actions): Promise<void> {
  if (file.size > FILE_BYTES_MAX) {
    const lines = [`${file.name}: ${file.size} bytes; at most ${FILE_BYTES_MAX} are taken`];
    return actions.fail({ title: "The guest is too large", lines });
  }
  try {
    actions.loadFile(file.name, new Uint8Array(await file.arrayBuffer()));
  } catch {
    actions.fail({ title: "The file cannot be read", lines: [file.name] });
  }
}

function bindExamples(actions: Actions, { data }: State): HTMLSelectElement {
  const select = find(document, "example", HTMLSelectElement);
  const own = new Option("a guest of your own", "");
  own.disabled = true;
  select.append(own, ...data.examples.map(({ name, title }) => new Option(title, name)));
  select.addEventListener("change", () => {
    const example = data.examples.find(({ name }) => name === select.value);
    if (example !== undefined) actions.loadExample(example);
  });
  return select;
}

/** Lets files be dropped anywhere. */
function bindFiles(actions: Actions): void {
  const input = find(document, "file", HTMLInputElement);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined) void readFile(file, actions);
  };
  input.addEventListener("change", () => {
    take(input.files);
    input.value = ""; // so that the same file can be chosen again
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files);
  });
}

function bindSource(actions: Actions): HTMLTextAreaElement {
  const source = find(document, "source", HTMLTextAreaElement);
  const assemble = () => actions.assemble(source.value);
  find(document, "assemble", HTMLButtonElement).addEventListener("click", assemble);
  source.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    assemble();
  });
  return source;
}

/** Binds the panel; what it gives shows a state. */
export function guestPanel(actions: Actions, state: State): (state: State) => void {
  const example = bindExamples(actions, state);
  bindFiles(actions);
  const source = bindSource(actions);
  const dialect = find(document, "dialect", HTMLSelectElement);
  const gasModel = find(document, "gas-model", HTMLSelectElement);
  const gas = find(document, "gas", HTMLInputElement);
  const args = find(document, "args", HTMLInputElement);
  const argsAs = find(document, "args-as", HTMLSelectElement);
  const calls = find(document, "calls", HTMLSelectElement);
  const models = ["usual", "instruction", "block", "pipeline"] as const;
  const configure = () =>
    actions.configure({
      dialect: dialect.value === "javm" ? "javm" : "gray-paper",
      gasModel: models.find((model) => model === gasModel.value) ?? "usual",
      gas: gas.value,
      args: args.value,
      argsAs: argsAs.value === "text" ? "text" : "hex",
      calls: calls.value === "answer" ? "answer" : "stop",
    });
  for (const field of [dialect, gasModel, gas, args, argsAs, calls]) {
    field.addEventListener("change", configure);
  }
  let [shownForm, shownSource]: [State["form"] | undefined, string | undefined] = [
    undefined,
    undefined,
  ];
  return ({ form, fieldErrors, example: chosen, source: text }) => {
    // What somebody is typing is only overwritten by what was loaded.
    if (form !== shownForm) {
      shownForm = form;
      [dialect.value, gasModel.value, gas.value] = [form.dialect, form.gasModel, form.gas];
      [args.value, argsAs.value, calls.value] = [form.args, form.argsAs, form.calls];
    }
    if (text !== shownSource) {
      shownSource = text;
      source.value = text;
    }
    if (example.value !== chosen) example.value = chosen;
    showError(gas, fieldErrors.gas);
    showError(args, fieldErrors.args);
  };
}

/** Shows an error; nothing when there is none. */
export function troublePanel(actions: Actions): (state: State) => void {
  const box = find(document, "trouble", HTMLElement);
  const title = find(document, "trouble-title", HTMLElement);
  const lines = find(document, "trouble-lines", HTMLElement);
  find(document, "dismiss", HTMLButtonElement).addEventListener("click", () => actions.dismiss());
  return ({ trouble }) => {
    box.hidden = trouble === undefined;
    setText(title, trouble?.title ?? "");
    setText(lines, trouble?.lines.join("\n") ?? "");
  };
}
