/** Symbolic proofs written as rows: one function, its inputs by name, a claim and a fault. */

import type { Proof } from "../../src/proof/mod.ts";
import type { Argument, InputRange, IntTerm, Result, Truth } from "../../src/symbolic/mod.ts";
import { symbolic, type SymbolicRecord } from "./symbolic.ts";

/** The inputs by name: one that there is not is a mistake. */
export type Given = (name: string) => IntTerm;

/** A row. What is left out is as in `SymbolicRecord`. */
export interface Row extends
  Omit<
    SymbolicRecord<string>,
    "parameters" | "claim" | "assume" | "twin" | "says" | "over" | "inputs" | "function" | "subject"
  > {
  readonly says: string;
  readonly over?: string;
  readonly subject: string;
  readonly function: string;
  readonly inputs: Readonly<Record<string, InputRange>>;
  readonly given?: (given: Given) => Readonly<Record<string, Argument>>;
  readonly where?: (given: Given) => Truth;
  readonly shows: (given: Given, result: Result) => Truth;
  readonly from: string;
  readonly to: string;
}

function givenBy(terms: Readonly<Record<string, IntTerm>>): Given {
  return (name) => {
    const term = terms[name];
    if (term === undefined) throw new Error(`no input is called ${name}`);
    return term;
  };
}

function rangeInWords([name, { min, max }]: [string, InputRange]): string {
  return `${name} from ${min} to ${max}`;
}

/** Makes a proof of a row. */
export function rowProof(row: Row): Proof {
  const { given, where, shows, from, to, subject, over, inputs } = row;
  return symbolic<string>({
    ...row,
    over: over ?? `every ${Object.entries(inputs).map(rangeInWords).join(", ")}`,
    subject: [subject],
    twin: { from, to },
    ...(given === undefined ? {} : { parameters: (terms) => given(givenBy(terms)) }),
    ...(where === undefined ? {} : { assume: (terms) => where(givenBy(terms)) }),
    claim: (terms, result) => shows(givenBy(terms), result),
  });
}

/** A piece of the source, which a pattern with one group finds exactly once. */
export function pieceOf(text: string, pattern: RegExp): string {
  const found = [...text.matchAll(new RegExp(pattern, "g"))];
  const piece = found[0]?.[1];
  if (found.length !== 1 || piece === undefined) {
    throw new Error(`${pattern} is found ${found.length} times`);
  }
  return piece;
}

/** The test that a mutable part of the source makes, as a function of what it reads. */
export function conditionOf(
  name: string,
  parameters: string,
  pattern: RegExp,
): (text: string) => string {
  return (text: string) =>
    `export function ${name}(self, ${parameters}) {
      return ${pieceOf(text, pattern).replaceAll(/this\.#?/g, "self.")};
    }`;
}
