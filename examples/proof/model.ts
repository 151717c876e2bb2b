/** What a ring buffer is meant to do, said as plainly as possible: a list that is never changed. */
export interface Queue {
  readonly capacity: number;
  readonly bytes: readonly number[];
}

/** One step of a program. */
export type Command = { readonly kind: "push"; readonly byte: number } | { readonly kind: "shift" };

/** A queue that holds nothing. */
export function empty(capacity: number): Queue {
  return { capacity, bytes: [] };
}

/** Applies one command: the next state, and what the operation gives back. */
export function apply(
  { capacity, bytes }: Queue,
  command: Command,
): { readonly state: Queue; readonly outcome: unknown } {
  if (command.kind === "shift") {
    const [first, ...rest] = bytes;
    return { state: { capacity, bytes: rest }, outcome: first };
  }
  return bytes.length < capacity
    ? { state: { capacity, bytes: [...bytes, command.byte] }, outcome: true }
    : { state: { capacity, bytes }, outcome: false };
}
