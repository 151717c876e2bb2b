/// <reference lib="dom" />

/** Lists and tables with one row in the order of Tab: the arrow keys move between rows. */

/** How far a key moves; rows that a page key passes over. */
const PAGE_ROWS = 10;

function targetOf(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return Math.min(last, index + 1);
    case "ArrowUp":
    case "ArrowLeft":
      return Math.max(0, index - 1);
    case "PageDown":
      return Math.min(last, index + PAGE_ROWS);
    case "PageUp":
      return Math.max(0, index - PAGE_ROWS);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

function rowsOf(body: HTMLElement): HTMLElement[] {
  return [...body.children].filter((row) => row instanceof HTMLElement);
}

/** Lets one row be reached by Tab: the one that was left last, or the first. */
export function settle(body: HTMLElement): void {
  const rows = rowsOf(body);
  const current = rows.find((row) => row.tabIndex === 0) ?? rows[0];
  for (const row of rows) {
    const wanted = row === current ? 0 : -1;
    if (row.tabIndex !== wanted) row.tabIndex = wanted;
  }
}

/**
 * Has the arrow keys move between the children of an element.
 *
 * @param onEnter Called for Enter, Space and a click, with the number of the row.
 * @param onMove Called when a row was moved to.
 */
export function rove(
  body: HTMLElement,
  onEnter: (index: number) => void,
  onMove: (index: number) => void = () => {},
): void {
  const focus = (rows: readonly HTMLElement[], index: number): void => {
    rows.forEach((row, at) => row.tabIndex = at === index ? 0 : -1);
    rows[index]?.focus();
    onMove(index);
  };
  const indexOf = (event: Event, rows: readonly HTMLElement[]): number =>
    rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = rowsOf(body);
    const index = indexOf(event, rows);
    if (index < 0) return;
    const target = targetOf(event.key, index, rows.length);
    if (target !== undefined) focus(rows, target);
    else if (event.key === "Enter" || event.key === " ") onEnter(index);
    else return;
    event.preventDefault();
  });
  body.addEventListener("click", (event) => {
    const rows = rowsOf(body);
    const index = indexOf(event, rows);
    if (index < 0) return;
    focus(rows, index);
    onEnter(index);
  });
}
