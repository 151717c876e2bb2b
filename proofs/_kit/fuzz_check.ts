/** What every input must survive: loading and running, in every dialect and gas model. */

import * as pvm from "../../src/pvm/mod.ts";
import type {
  Code,
  Dialect,
  GasModel,
  Machine,
  Memory,
  StandardProgram,
} from "../../src/pvm/mod.ts";

/** What an input goes through. */
export type FuzzFace = Pick<
  typeof pvm,
  "readProgram" | "encodeBlob" | "initialState" | "Program" | "Machine" | "GRAY_PAPER" | "JAVM"
>;

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
function settingsOf({ GRAY_PAPER, JAVM }: FuzzFace): readonly Setting[] {
  const models: readonly GasModel[] = ["instruction", "block", "pipeline"];
  return [GRAY_PAPER, JAVM].flatMap((dialect) => models.map((gasModel) => ({ dialect, gasModel })));
}

interface Start {
  readonly memory: Memory;
  readonly registers: readonly bigint[];
}

const NOTHING = new Uint8Array(0);
const BARE: StandardProgram = {
  readOnlyData: NOTHING,
  readWriteData: NOTHING,
  heapPages: 2,
  stackBytes: 4_096,
  blob: NOTHING,
};

/** The state that a program starts in; registers of code alone lie all over its heap. */
function startOf(face: FuzzFace, program: StandardProgram | undefined): Start | undefined {
  const state = face.initialState(program ?? BARE, Uint8Array.of(1, 2, 3), LIMIT_BYTES);
  if (!state.ok) return undefined;
  const { memory, registers } = state.value;
  const spread = registers.map((value, index) =>
    index === 0 ? value : 131_072n + 700n * BigInt(index)
  );
  return { memory, registers: program === undefined ? spread : registers };
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

function runIn(
  face: FuzzFace,
  setting: Setting,
  code: Code,
  program: StandardProgram | undefined,
  pc: number,
): string {
  const made = face.Program.create(code, setting);
  if (!made.ok) return "WRONG: well-formed code cannot be prepared";
  const start = startOf(face, program);
  if (start === undefined) return "no memory";
  const machine = face.Machine.create(made.value, { ...start, gas: GAS, pc });
  return machine.ok ? runOne(machine.value) : "WRONG: the machine cannot be made";
}

/** Whether a blob is encoded as it was decoded. */
function comesBack({ encodeBlob }: FuzzFace, code: Code, blob: Uint8Array): boolean {
  const encoded = encodeBlob(code);
  return encoded.ok && encoded.value.join() === blob.join();
}

function exitsOf(face: FuzzFace, bytes: Uint8Array, only: number | undefined): readonly string[] {
  const file = face.readProgram(bytes);
  if (!file.ok) return file.error.kind === "unknown-program" ? [] : ["WRONG: bytes are refused"];
  const { value } = file;
  const program = value.kind === "blob" ? undefined : value.program;
  if (!comesBack(face, value.code, program?.blob ?? bytes)) {
    return ["WRONG: another blob comes back"];
  }
  const pc = (bytes.at(-1) ?? 0) % 8 === 0 ? bytes.length : 0;
  const settings = settingsOf(face);
  const chosen = only === undefined ? settings : [settings[only % settings.length] ?? settings[0]];
  return chosen.flatMap((setting) =>
    setting === undefined ? [] : [runIn(face, setting, value.code, program, pc)]
  );
}

/**
 * Loads and runs an input.
 *
 * @param only The number of the one setting to run it in; all of them when left out.
 */
export function fateOf(bytes: Uint8Array, only?: number, face: FuzzFace = pvm): Fate {
  const begin = performance.now();
  try {
    const exits = exitsOf(face, bytes, only);
    const slow = performance.now() - begin > PATIENCE_MS ? "it takes too long" : undefined;
    const problem = exits.find((exit) => exit.startsWith("WRONG")) ?? slow;
    return { problem, loaded: exits.length > 0, exits };
  } catch (mistake) {
    const problem = mistake instanceof Error ? mistake.stack ?? mistake.message : String(mistake);
    return { problem, loaded: false, exits: [] };
  }
}
