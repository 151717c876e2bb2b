/**
 * What a symbolic execution keeps besides its state: what has to be shown, what is taken for granted,
 * and the first construct that it does not know.
 *
 * @module
 */

import type ts from "typescript";
import type { Contract } from "./contract.ts";
import type { Module, Modules } from "./modules.ts";
import type { State } from "./state.ts";
import { implies, input, type IntTerm, settled, type Truth } from "./term.ts";
import type { Value } from "./value.ts";

/** A place in a source file, counted from 1. */
export interface SourcePlace {
  /** The path of the file, as it was asked for. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The column in UTF-16 code units, from 1. */
  readonly column: number;
}

/** What the executor does not know. */
export interface Unsupported {
  readonly construct: string;
  readonly at: SourcePlace;
}

/** A condition that must hold for the execution to mean what it says. */
export interface Obligation {
  readonly holds: Truth;
  readonly what: string;
  readonly at: SourcePlace;
}

/** How far an execution may go before it is given up. */
const STEPS_MAX = 200_000;
const DEPTH_MAX = 60;

/** Where a node stands. */
export function placeOf(node: ts.Node): SourcePlace {
  const tree = node.getSourceFile();
  const { line, character } = tree.getLineAndCharacterOfPosition(node.getStart());
  return { file: tree.fileName, line: line + 1, column: character + 1 };
}

/** The things that one execution shares. */
export class Machine {
  readonly modules: Modules;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** Whether numbers may leave the exact integers, and are then rounded. */
  readonly rounding: boolean;
  /** How often a loop may go round. */
  readonly rounds: number;
  readonly obligations: Obligation[] = [];
  readonly assumptions: Truth[] = [];
  /** What module constants hold. */
  readonly globals: Map<ts.Node, Value> = new Map();
  unsupported: Unsupported | undefined;
  #steps = 0;
  #depth = 0;
  #fresh = 0;

  constructor(
    modules: Modules,
    contracts: ReadonlyMap<string, Contract>,
    rounding: boolean,
    rounds: number,
  ) {
    this.modules = modules;
    this.contracts = contracts;
    this.rounding = rounding;
    this.rounds = rounds;
  }

  /** Notes a construct that is not known; only the first one counts. */
  refuse(node: ts.Node, construct: string): void {
    this.unsupported ??= { construct, at: placeOf(node) };
  }

  /** Whether execution has come to something that it does not know, or has gone on for too long. */
  stopped(node: ts.Node): boolean {
    if (++this.#steps > STEPS_MAX) this.refuse(node, "too long a run");
    return this.unsupported !== undefined;
  }

  /** Notes what must hold here. */
  require(state: State, holds: Truth, what: string, node: ts.Node): void {
    const needed = implies(state.path, holds);
    if (settled(needed) !== true) this.obligations.push({ holds: needed, what, at: placeOf(node) });
  }

  /** Goes into a call; false when it is too deep. */
  enter(node: ts.Node): boolean {
    if (++this.#depth > DEPTH_MAX) this.refuse(node, "recursion without a constant bound");
    return this.unsupported === undefined;
  }

  /** Comes back from a call. */
  leave(): void {
    this.#depth--;
  }

  /** An integer of which nothing is known but its interval. */
  fresh(name: string, min: bigint, max: bigint): IntTerm {
    return input(`${name}'${++this.#fresh}`, min, max);
  }

  /** The module of a file that another one imports. */
  moduleOf(file: string, node: ts.Node): Module | undefined {
    const module = this.modules.get(file);
    if (module === undefined) this.refuse(node, `import of ${file}`);
    return module;
  }
}
