/**
 * Where execution stands: under which condition, and what every variable holds there.
 *
 * @module
 */

import type { Module } from "./modules.ts";
import { or, TRUE, type Truth } from "./term.ts";
import { merge, UNDEFINED, type Value } from "./value.ts";

/** A place that holds a value: a variable, an element or a field. It is told by its identity. */
export interface Binding {
  readonly name: string;
  /** What it holds until something is written to it; for those of a module, when it has been made. */
  initial: Value;
}

/** The names that can be seen, from the inside out, and the module behind them. */
export class Scope {
  readonly module: Module;
  readonly self: Value | undefined;
  readonly #outer: Scope | undefined;
  readonly #names: Map<string, Binding> = new Map();

  constructor(module: Module, outer?: Scope, self: Value | undefined = outer?.self) {
    this.module = module;
    this.#outer = outer;
    this.self = self;
  }

  /** Adds a name. */
  declare(name: string): Binding {
    const binding: Binding = { name, initial: UNDEFINED };
    this.#names.set(name, binding);
    return binding;
  }

  /** What a name stands for; nothing when it is not a local one. */
  find(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.find(name);
  }
}

/** A condition, and what the variables hold under it. */
export class State {
  path: Truth;
  readonly values: Map<Binding, Value>;

  constructor(path: Truth = TRUE, values: ReadonlyMap<Binding, Value> = new Map()) {
    this.path = path;
    this.values = new Map(values);
  }

  /** What a place holds. */
  get(binding: Binding): Value {
    return this.values.get(binding) ?? binding.initial;
  }

  /** Writes to a place. */
  set(binding: Binding, value: Value): void {
    this.values.set(binding, value);
  }

  /** The same under another condition. */
  at(path: Truth): State {
    return new State(path, this.values);
  }

  /** Becomes another state. */
  adopt(other: State): void {
    this.path = other.path;
    if (other === this) return;
    this.values.clear();
    for (const [binding, value] of other.values) this.values.set(binding, value);
  }
}

/** The state that is `yes` where a test holds and else `no`. */
export function join(test: Truth, yes: State, no: State, path: Truth): State {
  const values = new Map(no.values);
  for (const [binding, value] of yes.values) {
    const other = no.get(binding);
    values.set(binding, value === other ? value : merge(test, value, other));
  }
  for (const [binding, value] of no.values) {
    if (!yes.values.has(binding)) values.set(binding, merge(test, binding.initial, value));
  }
  return new State(path, values);
}

/** One state from several of which only one can be. */
export function joinAll(states: readonly State[]): State | undefined {
  return states.reduceRight<State | undefined>(
    (rest, state) =>
      rest === undefined ? state : join(state.path, state, rest, or(state.path, rest.path)),
    undefined,
  );
}
