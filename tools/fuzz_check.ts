/** What every input must survive: loading and running, in every dialect and gas model. */

import { SparseMemory } from "../src/paged/mod.ts";
import {
  type Code,
  type Dialect,
  type GasModel,
  GRAY_PAPER,
  initialState,
  JAVM,
  Machine,
  type Memory,
  Program,
  readProgram,
  type StandardProgram,
} from "../src/pvm/mod.ts";

const GAS = 200n;
/** Longer than anything here takes, by far. */
const PATIENCE_MS = 2_000;
const LIMIT_BYTES = 2 ** 24;
const HOST_CALLS = 20;

/** How far an input came. */
export interface Fate {
  /** What went wrong; nothing when nothing did. */
  readonly problem: string | undefined;
  readonly loaded: boolean;
  /** The exits that it came to. */
  readonly exits: readonly string[];
}

/** How a program is run. */
interface Setting {
  readonly dialect: Dialect;
  readonly gasModel: GasModel;
}

/** The settings that an input can be run in. */
const SETTINGS: readonly Setting[] = [
  { dialect: GRAY_PAPER, gasModel: "instruction" },
  { dialect: GRAY_PAPER, gasModel: "block" },
  { dialect: GRAY_PAPER, gasModel: "pipeline" },
  { dialect: JAVM, gasModel: "instruction" },
  { dialect: JAVM, gasModel: "block" },
  { dialect: JAVM, gasModel: "pipeline" },
];

interface Start {
  readonly memory: Memory;
  readonly registers: readonly bigint[];
}

function startOf(program: StandardProgram | undefined): Start | undefined {
  if (program !== undefined) {
    const state = initialState(program, Uint8Array.of(1, 2, 3), LIMIT_BYTES);
    return state.ok ? state.value : undefined;
  }
  const memory = SparseMemory.create({ reservedBytes: 65_536, limitBytes: LIMIT_BYTES });
  if (!memory.ok || !memory.value.mapRegion(65_536, 8_192, "read-write").ok) return undefined;
  const registers = Array.from({ length: 13 }, (_, index) => 65_536n + 700n * BigInt(index));
  return { memory: memory.value, registers: [0xffff_0000n, ...registers.slice(1)] };
}

/** Runs until something other than a call stops it; says why it is wrong, or the exit. */
function runOne(machine: Machine): string {
  for (let calls = 0; calls < HOST_CALLS; calls++) {
    const before = machine.gas;
    const { kind } = machine.run();
    if (machine.gas > before) return "WRONG: it has more gas than before";
    if (kind !== "host-call" && kind !== "ecall") return kind;
  }
  return "host-call";
}

function runAll(
  code: Code,
  program: StandardProgram | undefined,
  entry: number,
  settings: readonly Setting[],
): readonly string[] {
  return settings.map((setting) => {
    const made = Program.create(code, setting);
    if (!made.ok) return "WRONG: well-formed code cannot be prepared";
    const start = startOf(program);
    if (start === undefined) return "no memory";
    const machine = Machine.create(made.value, { ...start, gas: GAS, pc: entry });
    return machine.ok ? runOne(machine.value) : "WRONG: the machine cannot be made";
  });
}

/**
 * Loads and runs an input.
 *
 * @param only The number of the one setting to run it in; all of them when left out.
 */
export function fateOf(bytes: Uint8Array, only?: number): Fate {
  const settings = only === undefined
    ? SETTINGS
    : SETTINGS.slice(only % SETTINGS.length, only % SETTINGS.length + 1);
  const begin = performance.now();
  try {
    const file = readProgram(bytes);
    if (!file.ok) {
      const problem = file.error.kind === "unknown-program" ? undefined : "bytes are no argument";
      return { problem, loaded: false, exits: [] };
    }
    const { value } = file;
    const entry = (bytes.at(-1) ?? 0) % 8 === 0 ? bytes.length : 0;
    const program = value.kind === "blob" ? undefined : value.program;
    const exits = runAll(value.code, program, entry, settings);
    const slow = performance.now() - begin > PATIENCE_MS ? "it takes too long" : undefined;
    return { problem: exits.find((exit) => exit.startsWith("WRONG")) ?? slow, loaded: true, exits };
  } catch (mistake) {
    const problem = mistake instanceof Error ? mistake.stack ?? mistake.message : String(mistake);
    return { problem, loaded: false, exits: [] };
  }
}
