/**
 * A program made ready to run in a dialect, under a gas model.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { opcodeSets } from "./blocks.ts";
import { copyCode, EXPECTED_CODE } from "./code.ts";
import type { Code } from "./code.ts";
import { GRAY_PAPER, JAVM } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { COST_UNKNOWN, countInstructions, forgetCosts } from "./gas.ts";
import type { GasModel } from "./gas.ts";
import { isWhole } from "./whole.ts";
import { layOut } from "./layout.ts";
import type { Layout } from "./layout.ts";
import { pipelineCost } from "./pipeline.ts";
import { COST, FIRST_RECORD, RECORD } from "./record.ts";

/** What else a program can be made ready with. */
export interface ProgramOptions {
  /** The dialect; {@link GRAY_PAPER} when left out. */
  readonly dialect?: Dialect | undefined;
  /** How gas is charged; `"instruction"` when left out, `"pipeline"` for the JAVM. */
  readonly gasModel?: GasModel | undefined;
  /** The latency of loads and stores in the pipeline model, 1 to 255 cycles; 25 when left out. */
  readonly memoryCycles?: number | undefined;
}

/** The latency of loads and stores in the pipeline model, in cycles (JAVM). */
const MEMORY_CYCLES = 25;
const MEMORY_CYCLES_MAX = 255;

/** A program in the form that an engine runs: for engines. */
export interface Prepared {
  /** Its code. */
  readonly code: Code;
  /** The dialect that it runs in. */
  readonly dialect: Dialect;
  /** How its gas is charged. */
  readonly gasModel: GasModel;
  /** The latency of loads and stores in the pipeline model, 1 to 255 cycles. */
  readonly memoryCycles: number;
  /** Its instructions as records, and where they lie. */
  readonly layout: Layout;
  /** Whether an operation ends a basic block. */
  readonly isTerminator: (operation: number) => boolean;
  /** What entering the record at `record` costs; when more than `limit`, any such number. */
  readonly costAt: (record: number, limit: number) => number;
}

/** Lays the code out and finds what its blocks cost. */
function prepare(code: Code, { dialect, gasModel, memoryCycles }: Settings): Prepared {
  const { defined, terminators } = opcodeSets(dialect);
  const layout = layOut(code, dialect);
  const { words, pcs, starts } = layout;
  const isTerminator = (operation: number) => terminators.has(operation);
  const isInstruction = (pc: number) => code.starts[pc] === 1 && defined.has(code.bytes[pc] ?? 0);
  if (gasModel === "pipeline") forgetCosts(layout, code.bytes.length, isInstruction);
  else countInstructions(layout, code.bytes.length, isTerminator);
  const costAt = (record: number, limit: number) => {
    const known = words[record + COST] ?? 0;
    if (known !== COST_UNKNOWN) return known;
    const pc = pcs[(record - FIRST_RECORD) / RECORD] ?? 0;
    const cost = pipelineCost(code, starts, pc, memoryCycles, limit);
    if (cost <= limit) words[record + COST] = cost;
    return cost;
  };
  return { code, dialect, gasModel, memoryCycles, layout, isTerminator, costAt };
}

const NO_CODE: Code = {
  bytes: new Uint8Array(0),
  starts: new Uint8Array(0),
  jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
};

const DEFAULTS: Settings = {
  dialect: GRAY_PAPER,
  gasModel: "instruction",
  memoryCycles: MEMORY_CYCLES,
};

/** The program without code. */
export const EMPTY_PROGRAM: Prepared = prepare(NO_CODE, DEFAULTS);

/** What a program holds for engines; nothing for a value that is no program. */
export let preparedOf: (value: unknown) => Prepared | undefined;

/**
 * A program made ready to run. It never changes, and any number of machines can run it.
 */
export class Program {
  readonly #prepared: Prepared;

  static {
    preparedOf = (value) =>
      typeof value === "object" && value !== null && #prepared in value
        ? value.#prepared
        : undefined;
  }

  // Reachable with anything, past the type checker: what is no code counts as none.
  private constructor(code: Code, settings: Settings) {
    this.#prepared = prepare(copyCode(code) ?? NO_CODE, settingsOf(settings) ?? DEFAULTS);
    Object.freeze(this); // no property of its own can stand in for a method
  }

  /**
   * Makes code ready to run, in time and space proportional to its length.
   *
   * Any bytes are a program: what is no instruction traps when it is reached.
   *
   * @param code The code, such as `decodeBlob` gives it: up to 64 MiB, with up to 2^22 jump table
   * entries.
   * @param options The dialect and the gas model.
   * @returns The program. Fault: `invalid-argument`.
   */
  static create(code: Code, options?: ProgramOptions): Result<Program, InvalidArgument> {
    const copy = copyCode(code);
    if (copy === undefined) return invalidArgument("code", EXPECTED_CODE, code);
    const settings = settingsOf(options);
    return settings === undefined
      ? invalidArgument(
        "options",
        "a dialect, a gas model, and memory cycles from 1 to 255",
        options,
      )
      : ok(new Program(copy, settings));
  }

  /** The dialect that it runs in. */
  get dialect(): Dialect {
    return this.#prepared.dialect;
  }

  /** How its gas is charged. */
  get gasModel(): GasModel {
    return this.#prepared.gasModel;
  }
}

/** The options made complete. */
interface Settings {
  readonly dialect: Dialect;
  readonly gasModel: GasModel;
  readonly memoryCycles: number;
}

/** The options made complete; nothing when one of them is impossible. */
function settingsOf(options: unknown): Settings | undefined {
  if (options !== undefined && (typeof options !== "object" || options === null)) return undefined;
  try {
    const from = options ?? {};
    const dialect: unknown = Reflect.get(from, "dialect") ?? GRAY_PAPER;
    if (dialect !== GRAY_PAPER && dialect !== JAVM) return undefined;
    const ofDialect = dialect === JAVM ? "pipeline" : "instruction";
    const gasModel: unknown = Reflect.get(from, "gasModel") ?? ofDialect;
    if (gasModel !== "instruction" && gasModel !== "block" && gasModel !== "pipeline") {
      return undefined;
    }
    const memoryCycles: unknown = Reflect.get(from, "memoryCycles") ?? MEMORY_CYCLES;
    return isWhole(memoryCycles, 1, MEMORY_CYCLES_MAX)
      ? { dialect: dialect === JAVM ? JAVM : GRAY_PAPER, gasModel, memoryCycles }
      : undefined;
  } catch {
    return undefined;
  }
}
