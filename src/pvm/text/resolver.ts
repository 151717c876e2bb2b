/**
 * What names stand for once everything has a place.
 *
 * @module
 */

import { PAGE_SIZE } from "../../paged/mod.ts";
import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { PROGRAM_ZONE, roundUp } from "../initial_state.ts";
import type { Draft, Section } from "./draft.ts";
import type { Mistake } from "./error.ts";
import { evaluate, numberExpression, soleName } from "./expression.ts";
import type { Expression, Names } from "./expression.ts";

/** Where sections begin, in guest addresses; the code in code offsets. */
export function sectionStarts(draft: Draft): Readonly<Record<Section, number>> {
  const data = 2 * PROGRAM_ZONE + roundUp(draft.rodata.length, PROGRAM_ZONE);
  return {
    code: 0,
    rodata: PROGRAM_ZONE,
    data,
    bss: data + roundUp(draft.data.length, PAGE_SIZE),
  };
}

/** Gives the labels that were asked for an entry of the jump table, behind those of the source. */
function enterLabels(draft: Draft): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let index = 0;
  for (const { expression, count } of draft.table) {
    const name = soleName(expression);
    if (name !== undefined && !places.has(name)) places.set(name, index);
    index += count;
  }
  for (const name of draft.entries) {
    if (places.has(name)) continue;
    const expression: Expression = {
      steps: [{ kind: "name", name, column: 1 }],
      column: 1,
    };
    const known = draft.definitions.get(name)?.kind === "label";
    draft.table.push({
      line: draft.line,
      expression: known ? expression : numberExpression(0n, 1),
      count: 1,
    });
    places.set(name, index++);
    draft.tableCount++;
  }
  return places;
}

/** The values of names: those of labels in the code for the places that items have now. */
export class Resolver implements Names {
  readonly #draft: Draft;
  readonly #starts: Readonly<Record<Section, number>>;
  readonly #entries: ReadonlyMap<string, number>;
  readonly #derived: Map<string, ReturnType<typeof evaluate>> = new Map();
  /** Where each item of the code begins; behind them, where the code ends. */
  readonly positions: Float64Array;

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#starts = sectionStarts(draft);
    this.#entries = enterLabels(draft);
    this.positions = new Float64Array(draft.items.length + 1);
  }

  /** Evaluates the constants that depend on labels, each from those before it. */
  derive(): void {
    this.#derived.clear();
    for (const { name, expression } of this.#draft.derived) {
      this.#derived.set(name, evaluate(expression, this));
    }
  }

  /** Why a constant that depends on labels has no value; nothing when it has one. */
  failureOf(name: string): (Mistake & { readonly column: number }) | undefined {
    const value = this.#derived.get(name);
    return value === undefined || value.ok ? undefined : value.error;
  }

  valueOf(name: string): Result<bigint, Mistake> {
    const definition = this.#draft.definitions.get(name);
    switch (definition?.kind) {
      case "constant":
        return ok(definition.value);
      case "label": {
        const { section, at } = definition;
        return ok(
          BigInt(section === "code" ? this.positions[at] ?? 0 : this.#starts[section] + at),
        );
      }
      default:
        return this.#derived.get(name) ??
          err({ problem: "unknown-name", message: `"${name}" is not defined` });
    }
  }

  entryOf(name: string): Result<bigint, Mistake> {
    const definition = this.#draft.definitions.get(name);
    const index = this.#entries.get(name);
    return definition?.kind === "label" && definition.section === "code" && index !== undefined
      ? ok(2n * (BigInt(index) + 1n))
      : err({ problem: "unknown-name", message: `"${name}" is not a label in the code` });
  }
}
