/**
 * The stack of what was called. An entry is an Instance, of which only a name is kept, or a reference
 * to an earlier entry. The last entry runs, the others wait: nobody has to say so.
 *
 * @module
 */

/** An entry: the name of an Instance, or the place that a reference stands for. */
export type StackEntry = { readonly instance: string } | { readonly reference: bigint };

/** A stack: how many entries it may hold, and those that it holds. */
export interface Stack {
  /** How many entries it may hold. */
  readonly maxDepth: bigint;
  /** The entries, the one that runs last. */
  readonly entries: readonly StackEntry[];
}

/** The stack after an operation, and what the operation gave. */
export interface StackStep {
  /** The stack afterwards. */
  readonly state: Stack;
  /** What the operation gave. */
  readonly outcome: unknown;
}

function pushed(stack: Stack, entry: StackEntry): StackStep {
  const { maxDepth, entries } = stack;
  if (BigInt(entries.length) >= maxDepth) {
    return { state: stack, outcome: { error: "call-stack-full", detail: maxDepth } };
  }
  const state = { maxDepth, entries: [...entries, entry] };
  return { state, outcome: { ok: BigInt(entries.length) } };
}

/** Puts an Instance on top. */
export function pushInstance(stack: Stack, instance: string): StackStep {
  return pushed(stack, { instance });
}

/** Puts a reference on top: to an Instance that is there. */
export function pushReference(stack: Stack, position: bigint): StackStep {
  const done = pushed(stack, { reference: position });
  if (done.state === stack) return done;
  const target = stack.entries[Number(position)];
  if (target === undefined) {
    return { state: stack, outcome: { error: "reference-out-of-range", detail: position } };
  }
  return "instance" in target
    ? done
    : { state: stack, outcome: { error: "reference-non-instance", detail: position } };
}

/** Leaves so many entries, if there are more. */
export function truncate(stack: Stack, length: bigint): StackStep {
  const { maxDepth, entries } = stack;
  return { state: { maxDepth, entries: entries.slice(0, Number(length)) }, outcome: undefined };
}

/** An entry and whether it runs. */
function seen(stack: Stack, place: number): readonly unknown[] {
  const entry = stack.entries[place];
  if (entry === undefined) return [];
  const status = place === stack.entries.length - 1 ? "running" : "waiting";
  return "instance" in entry
    ? ["instance", entry.instance, status]
    : ["reference", entry.reference, status];
}

/** Takes the top entry off, which ran. */
export function pop(stack: Stack): StackStep {
  const last = stack.entries.length - 1;
  const { state } = truncate(stack, BigInt(Math.max(last, 0)));
  return { state, outcome: seen(stack, last) };
}

/** The name of the Instance at a place; none for a reference and beyond the end. */
export function frameAt(stack: Stack, position: bigint): string | undefined {
  const entry = stack.entries[Number(position)];
  return entry !== undefined && "instance" in entry ? entry.instance : undefined;
}

/** The name of the Instance that runs. */
export function runningInstance(stack: Stack): string | undefined {
  const top = stack.entries.at(-1);
  if (top === undefined) return undefined;
  return "instance" in top ? top.instance : frameAt(stack, top.reference);
}

/** All that can be seen of a stack. */
export function view(stack: Stack): unknown {
  const entries = stack.entries.map((_, place) => seen(stack, place));
  return {
    entries,
    running: entries.at(-1) ?? [],
    instance: runningInstance(stack),
    frames: entries.map((_, place) => frameAt(stack, BigInt(place))),
    length: BigInt(entries.length),
    isEmpty: entries.length === 0,
    maxDepth: stack.maxDepth,
    invariants: "kept",
  };
}
