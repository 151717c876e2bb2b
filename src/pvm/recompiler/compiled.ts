/**
 * A program as the recompiler holds it: its segments, and the modules of the chunks that were needed.
 *
 * @module
 */

import type { Prepared } from "../mod.ts";
import { type Heat, worthOf } from "./heat.ts";
import { chunkModule, stepModule } from "./module.ts";
import { chunkOf, cut } from "./segments.ts";
import type { Segments } from "./segments.ts";

/** A module, or nothing where the engine does not make one. */
function made(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined; // not allowed to, or no room
  }
}

let step: WebAssembly.Module | undefined;

/** The module that goes from chunk to chunk, made once; throws where the engine does not make it. */
export function stepper(): WebAssembly.Module {
  step ??= new WebAssembly.Module(stepModule());
  return step;
}

/** The most bytes of modules that are made for one program; what is beyond is interpreted. */
const BYTES_MAX = 32 * 1024 * 1024;
/** For so many different beginnings of the main window a program is compiled. */
const BASES_MAX = 8;

/** A program, compiled as far as it was needed. */
export class Compiled {
  /** The program; others may be the same. */
  readonly prepared: Prepared;
  /** Whether its chunks are compiled as soon as they are reached. */
  #isEager = false;
  #segments: Segments | undefined;
  /** The gas that the interpreter spent on each chunk. */
  readonly #heats = new Map<number, number>();
  readonly #modules = new Map<number, Map<number, WebAssembly.Module | undefined>>();
  /** The bytes of the modules that were made. */
  bytes = 0;
  /** Is told of the bytes of each module. */
  readonly #onModule: (bytes: number) => void;

  constructor(prepared: Prepared, onModule: (bytes: number) => void) {
    this.prepared = prepared;
    this.#onModule = onModule;
  }

  /** Where it is cut: found when that is asked for first. */
  get segments(): Segments {
    return this.#segments ??= cut(this.prepared);
  }

  /** The instructions of a chunk. */
  sizeOf(chunk: number): number {
    const { chunks, first } = this.segments;
    return (first[chunks[chunk + 1] ?? 0] ?? 0) - (first[chunks[chunk] ?? 0] ?? 0);
  }

  /** Has every chunk compiled as soon as it is reached. */
  compileAll(): void {
    this.#isEager = true;
  }

  /** Takes over what was learned of the program before it was cut. */
  take(heat: Heat): void {
    for (const [number, gas] of heat.handOn(this.prepared.layout.pcs.length)) {
      this.warm(chunkOf(this.segments, number), gas);
    }
  }

  /** Notes the gas that the interpreter spent on a chunk. */
  warm(chunk: number, gas: number): void {
    this.#heats.set(chunk, (this.#heats.get(chunk) ?? 0) + gas);
  }

  /** Whether a chunk is worth compiling. */
  isHot(chunk: number): boolean {
    return this.#isEager || (this.#heats.get(chunk) ?? 0) >= worthOf(this.sizeOf(chunk));
  }

  /**
   * The module of a chunk for memories whose main window begins at an address; nothing when there is to
   * be none.
   */
  chunk(chunk: number, mainBase: number): WebAssembly.Module | undefined {
    const modules = this.#modules.get(mainBase) ??
      new Map<number, WebAssembly.Module | undefined>();
    if (modules.has(chunk)) return modules.get(chunk);
    const isNew = !this.#modules.has(mainBase);
    if (this.bytes > BYTES_MAX || (isNew && this.#modules.size === BASES_MAX)) return undefined;
    this.#modules.set(mainBase, modules);
    const bytes = chunkModule(this.prepared, this.segments, chunk, mainBase);
    const module = made(bytes);
    this.bytes += bytes.length;
    modules.set(chunk, module);
    this.#onModule(bytes.length);
    return module;
  }
}
