/**
 * Inputs that fail: the worst of them, and those that are tried without the solver.
 *
 * @module
 */

import type { Arithmetic, Inputs } from "./claim.ts";
import { Evaluation } from "./evaluate.ts";
import { mapped, type Question, satisfy } from "./question.ts";
import type { Answer } from "./solver.ts";
import { and, type IntTerm, not } from "./term.ts";

/**
 * The inputs that show most: those for which the claim fails, not only a side condition, and for which
 * it fails indeed.
 */
export async function worst<N extends string>(
  { terms, assumed, granted, claim, obligations }: Question<N>,
  answer: Exclude<Answer, { readonly kind: "unsat" }>,
  arithmetic: Arithmetic,
  timeoutMs: number,
): Promise<
  Exclude<Answer, { readonly kind: "unsat" }> | { readonly kind: "unknown"; reason: string }
> {
  const sound = and(...obligations.map(({ holds }) => holds));
  const domain = and(assumed, granted);
  const wrong = and(domain, sound, not(claim));
  const real = (found: Answer) => found.kind === "sat" && new Evaluation(found.values).truth(wrong);
  if (real(answer)) return answer;
  const drawn = drawWorst(terms, (inputs) => {
    const evaluation = new Evaluation(inputs);
    return evaluation.truth(assumed) && evaluation.truth(wrong);
  });
  if (drawn !== undefined) return { kind: "sat", values: drawn };
  if (answer.kind === "unknown" && arithmetic === "words") return answer;
  for (const lenient of [true, false]) {
    const found = await satisfy("words", wrong, timeoutMs, lenient);
    if (found.kind === "sat" && real(found)) return found;
  }
  return answer;
}

/** How many inputs are drawn where the solver gives none that fail. */
const DRAWS = 400;

function drawWorst<N extends string>(
  terms: Inputs<N>,
  fails: (inputs: Readonly<Record<N, bigint>>) => boolean,
): Readonly<Record<N, bigint>> | undefined {
  for (let round = 0; round < DRAWS; round++) {
    const inputs = mapped(terms, (term) => draw(term));
    if (fails(inputs)) return inputs;
  }
  return undefined;
}

let seed = 20_260_101;

/** An integer of an interval, often near its ends. */
export function draw({ min, max }: IntTerm): bigint {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  const kind = seed >>> 29;
  let bits = 0n;
  for (let place = 0; place < 4; place++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    bits = (bits << 16n) | BigInt(seed >>> 16);
  }
  const size = max - min + 1n;
  const near = bits % (size < 4n ? size : 4n);
  // Of any size, as likely a small one as a great one, and of either sign.
  const small = bits & ((1n << BigInt(seed >>> 26)) - 1n);
  const signed = kind === 2 ? -small : small;
  if (kind < 6 && kind > 1 && signed >= min && signed <= max) return signed;
  return kind === 0 ? min + near : kind === 1 ? max - near : min + bits % size;
}
