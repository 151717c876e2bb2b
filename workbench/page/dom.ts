/// <reference lib="dom" />

/** Finding and making elements. */

/** The element with an id, which has to be of a class: the page is broken otherwise. */
export function find<T extends Element>(
  root: ParentNode,
  id: string,
  kind: abstract new () => T,
): T {
  const found = root.querySelector(`#${id}`);
  if (!(found instanceof kind)) throw new Error(`the page has no #${id}`);
  return found;
}

/** Makes an element. */
export function make(
  tag: string,
  className: string = "",
  text: string = "",
): HTMLElement {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  if (text !== "") made.textContent = text;
  return made;
}

/** Sets a text where it is another one: what does not change is not announced or laid out anew. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute, or takes it away. */
export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Has as many children as there are rows, made and brought up to date one by one. */
export function fill<Row>(
  parent: HTMLElement,
  rows: readonly Row[],
  makeRow: () => HTMLElement,
  update: (element: HTMLElement, row: Row, index: number) => void,
): void {
  const { children } = parent;
  while (children.length > rows.length) parent.lastElementChild?.remove();
  rows.forEach((row, index) => {
    const known = children[index];
    const element = known instanceof HTMLElement ? known : parent.appendChild(makeRow());
    update(element, row, index);
  });
}

/** Makes a row of a table with cells of some classes; the first is the row's heading. */
export function makeCells(classes: readonly string[]): HTMLElement {
  const row = make("tr");
  row.tabIndex = -1;
  classes.forEach((name, index) => {
    const cell = make(index === 0 ? "th" : "td", name);
    if (index === 0) cell.setAttribute("scope", "row");
    row.append(cell);
  });
  return row;
}

/** Sets the texts of the cells of a row. */
export function setCells(row: HTMLElement, texts: readonly string[]): void {
  texts.forEach((text, index) => {
    const cell = row.children[index];
    if (cell !== undefined) setText(cell, text);
  });
}
