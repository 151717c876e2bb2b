/**
 * The solver: Z3, compiled to WebAssembly. It takes SMT-LIB text and gives text.
 *
 * @module
 */

import { nameOf } from "./name_of.ts";

/** What a query came to. */
export type Answer =
  | { readonly kind: "unsat" }
  | { readonly kind: "sat"; readonly values: Readonly<Record<string, bigint>> }
  | { readonly kind: "unknown"; readonly reason: string };

/** Evaluates a text. */
type Evaluate = (text: string) => Promise<string>;

/** One thread of the solver, as Deno and Node have it. */
interface Thread {
  unref?(): void;
}

let starting: Promise<Evaluate> | undefined;

/** Starts the solver: one context, whose threads let the process end. */
async function start(): Promise<Evaluate> {
  const { init } = await import("z3-solver");
  const { Z3, em } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  const threads =
    (): readonly Thread[] => [...em.PThread.unusedWorkers, ...em.PThread.runningWorkers];
  return async (text) => {
    // Its threads do not keep the process alive, so that this has to, as long as it runs.
    const hold = setInterval(() => {}, 1000);
    try {
      const running = Z3.eval_smtlib2_string(context, `(reset)\n${text}`);
      return await running;
    } finally {
      for (const thread of threads()) thread.unref?.();
      clearInterval(hold);
    }
  };
}

let last: Promise<unknown> = Promise.resolve();

/** Evaluates texts one after the other. */
async function evaluate(text: string): Promise<string> {
  starting ??= start();
  const before = last;
  const result = starting.then(async (run) => {
    await before;
    return await run(text);
  });
  last = result.catch(() => undefined);
  return await result;
}

/** A value as the solver writes it. */
function valueOf(text: string): bigint {
  // Words are written with the sign bit that they are declared with.
  if (text.startsWith("#b")) return BigInt.asIntN(text.length - 2, BigInt(`0b${text.slice(2)}`));
  if (text.startsWith("#x")) {
    return BigInt.asIntN(4 * (text.length - 2), BigInt(`0x${text.slice(2)}`));
  }
  const negative = /^\(-\s+(\d+)\)$/.exec(text)?.[1];
  return negative === undefined ? BigInt(text) : -BigInt(negative);
}

/** A pair of name and value in an answer. */
const PAIR = /\(\|?([^\s|()]+)\|?\s+(#b[01]+|#x[0-9a-f]+|\d+|\(-\s+\d+\))\)/g;

/**
 * Asks whether a text can be satisfied.
 *
 * @param text Declarations and assertions.
 * @param names The inputs whose values are wanted.
 */
export async function ask(
  text: string,
  names: readonly string[],
  timeoutMs: number,
): Promise<Answer> {
  const setting = `(set-option :timeout ${timeoutMs})\n`;
  const wanted = names.length === 0
    ? ""
    : `(get-value (${names.map((name) => `|${name}|`).join(" ")}))`;
  try {
    // An answer without values is asked for once more: the solver's clock can run out between the two.
    for (let attempt = 0; attempt < 2; attempt++) {
      const answer = await evaluate(`${setting}${text}\n(check-sat)\n${wanted}`);
      if (answer.startsWith("unsat")) return { kind: "unsat" };
      if (!answer.startsWith("sat")) {
        return { kind: "unknown", reason: answer.trim().slice(0, 300) };
      }
      const values: Record<string, bigint> = {};
      for (const [, name, value] of answer.matchAll(PAIR)) {
        if (name !== undefined && value !== undefined) values[name] = valueOf(value);
      }
      if (names.every((name) => name in values)) return { kind: "sat", values };
    }
    return { kind: "unknown", reason: "inputs exist, but the solver does not say which" };
  } catch (thrown) {
    return { kind: "unknown", reason: `the solver failed: ${nameOf(thrown)}` };
  }
}
