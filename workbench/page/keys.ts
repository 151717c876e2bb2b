/// <reference lib="dom" />

/** The keys, and what they do. */

/** A key that is a command. */
export interface KeyCommand {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string;
  readonly what: string;
  readonly run: () => void;
}

/** Keys that lists understand, for the table of keys. */
export const LIST_KEYS: readonly (readonly [key: string, what: string])[] = [
  ["Space in the code", "set a breakpoint, or take it away"],
  ["Enter in the code", "run to the cursor"],
  ["Right, Left in the code", "follow a jump; go to the next instruction"],
  ["Enter on a register or region", "show the memory there"],
  ["Enter on a block or call", "go to its code"],
  ["Ctrl Enter in the assembly", "assemble and load it"],
  ["Escape", "stop; leave a text field; dismiss an error"],
];

/** Whether what is typed there is text. */
function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && target.type !== "checkbox" &&
    target.type !== "file";
}

/** Has keys be commands, as long as `isOn`. */
export function listen(
  commands: readonly KeyCommand[],
  isOn: () => boolean,
  onEscape: () => void,
): void {
  const byKey = new Map(commands.map((command) => [command.key, command]));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const { activeElement } = document;
      if (takesText(activeElement) && activeElement instanceof HTMLElement) activeElement.blur();
      onEscape();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || takesText(event.target)) return;
    const command = isOn() ? byKey.get(event.key) : undefined;
    if (command === undefined) return;
    event.preventDefault();
    command.run();
  });
}
