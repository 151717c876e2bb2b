/**
 * The pipeline gas model of the JAVM: what a block costs is how long a simple processor would take.
 *
 * @module
 */

import { AFTER_TERMINATOR } from "./blocks.ts";
import type { Code } from "./code.ts";
import { decode, skipOf } from "./instruction.ts";

/** The register fields of an instruction as the model reads them, whatever the format. */
type Field = "a" | "b" | "d";

/** How the model sees an opcode. */
interface Row {
  /** The latency, in cycles; `memory` and `branch` depend on the program, `move` renames a register. */
  readonly cycles: number | "memory" | "branch" | "move";
  /** The decode slots, when the destination is among the sources and otherwise. */
  readonly slots: readonly [number, number];
  /** Whether the slots compare the fields as they stand in the code, 13 to 15 included. */
  readonly raw: boolean;
  readonly sources: readonly Field[];
  readonly writes: boolean;
}

const NONE: readonly Field[] = [];
const OF_A: readonly Field[] = ["a"];
const OF_B: readonly Field[] = ["b"];
const OF_A_B: readonly Field[] = ["a", "b"];
const OF_B_D: readonly Field[] = ["b", "d"];

function row(
  cycles: Row["cycles"],
  slots: number | readonly [number, number],
  sources: readonly Field[] = NONE,
  writes = false,
  raw = false,
): Row {
  return {
    cycles,
    slots: typeof slots === "number" ? [slots, slots] : slots,
    raw,
    sources,
    writes,
  };
}

/** Opcodes of two or three register fields: the first field is written. */
const alu = (cycles: Row["cycles"], slots: number | readonly [number, number], raw = false) => ({
  two: row(cycles, slots, OF_B, true, raw),
  three: row(cycles, slots, OF_B_D, true, raw),
});

const rows = new Map<number, Row>();
function put(as: Row, ...opcodes: readonly number[]): void {
  for (const opcode of opcodes) rows.set(opcode, as);
}
function span(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

put(row(2, 1), 0, 1, 101);
put(row(40, 1), 2);
put(row(100, 4), 3, 10);
put(row(1, 2, NONE, true), 20);
put(row("memory", 1), ...span(30, 33));
put(row(15, 1), 40);
put(row(22, 1), 50);
put(row(1, 1, NONE, true), 51);
put(row("memory", 1, OF_B, true), ...span(52, 58), ...span(124, 130));
put(row("memory", 1, OF_A_B), ...span(59, 62), ...span(120, 123));
put(row("memory", 1, OF_A), ...span(70, 73));
put(row(15, 1, NONE, true), 80);
put(row("branch", 1, OF_A), ...span(81, 90));
put(row("move", 1, OF_B, true), 100);
put(alu(1, 1).two, 102, 103, 104, 105, 108, 109, 111);
put(alu(2, 1).two, 106, 107);
put(alu(1, [1, 2]).two, 110, 132, 133, 134, 149, 151, 152, 153, 158);
put(alu(2, [2, 3]).two, 131, 138, 139, 140, 160);
put(alu(4, [2, 3]).two, 135);
put(alu(3, 3).two, 136, 137, 142, 143);
put(alu(3, 4).two, 141);
put(alu(2, 4).two, 144, 145, 146, 161);
put(alu(2, 3).two, 147, 148, 154);
put(alu(3, [1, 2]).two, 150);
put(alu(1, 3).two, 155, 156, 157, 159);
put(row("branch", 1, OF_A_B), ...span(170, 175));
put(row(22, 1, OF_B, true), 180);
put(alu(2, [2, 3]).three, 190, 191, 226);
put(alu(4, [2, 3]).three, 192);
put(alu(60, 4).three, ...span(193, 196), ...span(203, 206));
put(alu(2, [3, 4], true).three, 197, 198, 199, 221, 223);
put(alu(1, [1, 2]).three, 200, 201, 210, 211, 212);
put(alu(3, [1, 2]).three, 202);
put(alu(1, [2, 3], true).three, 207, 208, 209, 220, 222);
put(alu(4, 4).three, 213, 214);
put(alu(6, 4).three, 215);
put(alu(3, 3).three, 216, 217);
put(alu(2, 2).three, 218, 219);
put(alu(2, 3).three, 224, 225);
put(alu(3, [2, 3]).three, ...span(227, 230));

/** Every opcode that has no row of its own. */
const OTHER = row(1, 1);

/** The rows by opcode. */
const ROWS: readonly Row[] = Array.from({ length: 256 }, (_, opcode) => rows.get(opcode) ?? OTHER);

/** How many decode slots a cycle has. */
const SLOTS = 4;
/** What a block takes at least, and how many cycles of it are free. */
const CYCLES_FREE = 3;
const TAKEN_CYCLES = 20;
const LAST_REGISTER = 12;

const isTrapOrUnlikely = (opcode: number | undefined): boolean => opcode === 0 || opcode === 2;

/** What the branch at `pc` takes: 1 cycle when it leads to a trap or an `unlikely`, else 20. */
function branchCycles(code: Code, pc: number, skip: number): number {
  const { target } = decode(code.bytes, pc, skip);
  return code.starts[target] === 1 && isTrapOrUnlikely(code.bytes[target]) ? 1 : TAKEN_CYCLES;
}

/**
 * What the rest of a block costs, from the instruction at `entry` on.
 *
 * @param starts Which places follow a terminator.
 * @param memoryCycles The latency of loads and stores.
 * @param limit Beyond this the cost is no longer of interest: any greater number may be returned.
 */
export function pipelineCost(
  code: Code,
  starts: Uint8Array,
  entry: number,
  memoryCycles: number,
  limit: number,
): number {
  const ready = new Int32Array(LAST_REGISTER + 1);
  let [cycle, used, done, pc] = [0, 0, 0, entry];
  do {
    const skip = skipOf(code.starts, pc);
    const b1 = code.bytes[pc + 1] ?? 0xff;
    const b2 = code.bytes[pc + 2] ?? 0xff;
    const raw = { a: b1 & 15, b: b1 >> 4, d: b2 & 15 };
    const { cycles, slots, sources, writes, raw: comparesRaw } = ROWS[code.bytes[pc] ?? 0] ?? OTHER;
    const register = (field: Field) => Math.min(LAST_REGISTER, raw[field]);
    const target = register("a");
    const isSame = comparesRaw
      ? raw.a === raw.b
      : sources.some((from) => register(from) === target);
    const taken = slots[isSame ? 0 : 1];
    if (used >= SLOTS) [cycle, used] = [cycle + 1, taken];
    else used += taken;
    if (cycles === "move") {
      ready[target] = ready[register("b")] ?? 0;
    } else {
      const latency = cycles === "memory"
        ? memoryCycles
        : cycles === "branch"
        ? branchCycles(code, pc, skip)
        : cycles;
      const end = Math.max(cycle, ...sources.map((from) => ready[register(from)] ?? 0)) + latency;
      if (writes) ready[target] = end;
      done = Math.max(done, end);
    }
    pc += 1 + skip;
  } while (
    pc < code.bytes.length && ((starts[pc] ?? 0) & AFTER_TERMINATOR) === 0 &&
    done - CYCLES_FREE <= limit
  );
  return done > CYCLES_FREE ? done - CYCLES_FREE : 1;
}
