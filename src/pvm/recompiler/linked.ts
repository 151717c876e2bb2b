/**
 * A program linked to a memory: what runs it there.
 *
 * @module
 */

import { GUEST_LAYOUT } from "../../paged/mod.ts";
import type { GuestSpace } from "../../paged/mod.ts";
import type { Prepared } from "../mod.ts";
import { type Compiled, stepper } from "./compiled.ts";
import { UNLINKED } from "./module.ts";
import { idOf, LOCAL_BITS, numberOf, segmentAt } from "./segments.ts";

/** Code that is handed the id of a segment and gives what a chunk's function gives. */
type Step = (id: number) => number;

/** The export of an instance that is a function. */
function exported(instance: WebAssembly.Instance, name: string): CallableFunction | undefined {
  const value = instance.exports[name];
  return typeof value === "function" ? value : undefined;
}

/** Whose targets of dynamic jumps stand in a memory. */
const owners = new WeakMap<GuestSpace, Linked>();

/** A program linked to a memory. */
export class Linked {
  readonly compiled: Compiled;
  readonly #prepared: Prepared;
  readonly #space: GuestSpace;
  readonly #table: WebAssembly.Table;
  readonly #step: CallableFunction;
  /** Chunks that there is no code for. */
  readonly #missing = new Set<number>();
  /** The version of the memory that the side window was looked for in. */
  #version = -1;

  private constructor(
    compiled: Compiled,
    prepared: Prepared,
    space: GuestSpace,
    table: WebAssembly.Table,
    step: CallableFunction,
  ) {
    this.compiled = compiled;
    this.#prepared = prepared;
    this.#space = space;
    this.#table = table;
    this.#step = step;
  }

  /** Links a program; nothing where the engine does not let it. */
  static create(
    compiled: Compiled,
    prepared: Prepared,
    space: GuestSpace,
  ): Linked | undefined {
    try {
      const initial = compiled.segments.chunks.length - 1;
      const table = new WebAssembly.Table({ element: "anyfunc", initial });
      const instance = new WebAssembly.Instance(stepper(), { t: { t: table } });
      const step = exported(instance, "f");
      const unlinked = exported(instance, "u");
      if (step === undefined || unlinked === undefined) return undefined;
      for (let chunk = 0; chunk < initial; chunk++) table.set(chunk, unlinked);
      return new Linked(compiled, prepared, space, table, step);
    } catch {
      return undefined;
    }
  }

  /** The words of the memory. */
  get words(): Int32Array {
    return this.#space.words;
  }

  /** Makes the memory this program's: targets of jumps, and the window around the stack pointer. */
  enter(stackPointer: number): void {
    const space = this.#space;
    const words = this.words;
    if (owners.get(space) !== this) {
      const { segments } = this.compiled;
      const ids = this.#prepared.layout.table.map((place) =>
        place === 0 ? -1 : idOf(segments, segmentAt(segments, numberOf(place), false))
      );
      words.set(ids, GUEST_LAYOUT.JUMPS >> 2);
      owners.set(space, this);
      this.#version = -1;
    }
    const base = words[GUEST_LAYOUT.SIDE_BASE_AT >> 2] ?? 0;
    const limit = words[GUEST_LAYOUT.SIDE_LIMIT_AT >> 2] ?? 0;
    const isInside = (stackPointer - base) >>> 0 < limit;
    if (this.#version === space.version && isInside) return;
    const window = space.windowAt(stackPointer >>> 0);
    words[GUEST_LAYOUT.SIDE_BASE_AT >> 2] = window.base;
    words[GUEST_LAYOUT.SIDE_LIMIT_AT >> 2] = window.limit;
    words[GUEST_LAYOUT.SIDE_DELTA_AT >> 2] = window.delta;
    this.#version = space.version;
  }

  /** Whether there never will be code for a chunk. */
  isMissing(chunk: number): boolean {
    return this.#missing.has(chunk);
  }

  /** Whether there is code for a segment, which is made as soon as its chunk is worth that. */
  prepare(id: number): boolean {
    const chunk = id >>> LOCAL_BITS;
    if (this.#missing.has(chunk)) return false;
    if (!this.#linked.has(chunk) && !this.compiled.isHot(chunk)) return false;
    if (this.#linked.has(chunk) || this.#link(chunk)) return true;
    this.#missing.add(chunk);
    return false;
  }

  readonly #linked = new Set<number>();

  #link(chunk: number): boolean {
    const mainBase = this.words[GUEST_LAYOUT.MAIN_BASE_AT >> 2] ?? 0;
    const module = this.compiled.chunk(chunk, mainBase);
    if (module === undefined) return false;
    try {
      const instance = new WebAssembly.Instance(module, { m: { m: this.#space.memory } });
      const step = exported(instance, "f");
      if (step === undefined) return false;
      this.#table.set(chunk, step);
      this.#linked.add(chunk);
      return true;
    } catch {
      return false;
    }
  }

  /** Runs from a segment on, for which there is code; gives what the last chunk gave. */
  run(id: number): number {
    for (let at = id;;) {
      const given: unknown = this.#step(at);
      if (typeof given !== "number") return -1;
      const next = given & ~UNLINKED;
      // What is below this is no stop: those are numbers of instructions.
      if (given >= UNLINKED / 2 || !this.prepare(next)) return given;
      at = next;
    }
  }
}
