/**
 * The reference model of the PVM: what a block costs in the pipeline gas model (JAVM "Gas model").
 *
 * @module
 */

import { startsGasBlock } from "./pvm_blocks.ts";
import { type Code, instructionAt, operands, skip } from "./pvm_decode.ts";
import { type Dialect, OPCODES } from "./pvm_opcodes.ts";

/** A line of the table; slots are `[when the destination is among the sources, otherwise]`. */
interface Row {
  readonly opcodes: string;
  readonly cycles: bigint | "memory" | "branch" | "move";
  readonly slots: readonly [bigint, bigint];
  /** Whether the slots are told by comparing the first two fields as they stand in the code. */
  readonly raw?: true;
  readonly sources: string;
  readonly writes: boolean;
}

/** The table, as text: opcodes, cycles, slots, sources, destination. */
const TABLE = `
0,1            | 2      | 1    | -   | -
2              | 40     | 1    | -   | -
3,10           | 100    | 4    | -   | -
20             | 1      | 2    | -   | a
30-33          | memory | 1    | -   | -
40             | 15     | 1    | -   | -
50             | 22     | 1    | -   | -
51             | 1      | 1    | -   | a
52-58,124-130  | memory | 1    | b   | a
59-62,120-123  | memory | 1    | a,b | -
70-73          | memory | 1    | a   | -
80             | 15     | 1    | -   | a
81-90          | branch | 1    | a   | -
100            | move   | 1    | b   | a
101            | 2      | 1    | -   | -
102-105,108,109,111             | 1 | 1   | b | a
106,107        | 2      | 1    | b   | a
110,132-134,149,151-153,158     | 1 | 1/2 | b | a
131,138-140,160                 | 2 | 2/3 | b | a
135            | 4      | 2/3  | b   | a
136,137,142,143                 | 3 | 3   | b | a
141            | 3      | 4    | b   | a
144-146,161    | 2      | 4    | b   | a
147,148        | 2      | 3    | b   | a
150            | 3      | 1/2  | b   | a
154            | 2      | 3    | b   | a
155-157,159    | 1      | 3    | b   | a
170-175        | branch | 1    | a,b | -
180            | 22     | 1    | b   | a
190,191        | 2      | 2/3  | b,d | a
192            | 4      | 2/3  | b,d | a
193-196,203-206                 | 60 | 4  | b,d | a
197-199,221,223                 | 2 | 3/4*| b,d | a
200,201,210-212                 | 1 | 1/2 | b,d | a
202            | 3      | 1/2  | b,d | a
207-209,220,222                 | 1 | 2/3*| b,d | a
213,214        | 4      | 4    | b,d | a
215            | 6      | 4    | b,d | a
216,217        | 3      | 3    | b,d | a
218,219        | 2      | 2    | b,d | a
224,225        | 2      | 3    | b,d | a
226            | 2      | 2/3  | b,d | a
227-230        | 3      | 2/3  | b,d | a`;

const ROWS: readonly Row[] = TABLE.trim().split("\n").map((line) => {
  const [opcodes = "", cycles = "", slots = "", sources = "", writes = ""] = line.split("|").map((
    cell,
  ) => cell.trim());
  const [same = "", other = same] = slots.replace("*", "").split("/");
  return {
    opcodes,
    cycles: cycles === "memory" || cycles === "branch" || cycles === "move"
      ? cycles
      : BigInt(cycles),
    slots: [BigInt(same), BigInt(other)],
    ...(slots.endsWith("*") ? { raw: true } : {}),
    sources,
    writes: writes === "a",
  };
});

const OTHER: Row = { opcodes: "", cycles: 1n, slots: [1n, 1n], sources: "", writes: false };

/** The line that an opcode is on. */
function rowOf(opcode: bigint): Row {
  return ROWS.find((row) =>
    row.opcodes.split(",").some((span) => {
      const [first = "", last = first] = span.split("-");
      return BigInt(first) <= opcode && opcode <= BigInt(last);
    })
  ) ?? OTHER;
}

/** What a branch takes: little when it leads to where the program gives up, or seldom goes. */
function branchCycles(code: Code, pc: bigint, opcode: bigint): bigint {
  const format = OPCODES.find((known) => known.number === opcode)?.format ?? "none";
  const { target } = operands(code.bytes, pc, skip(code, pc), format);
  const byte = code.mask[Number(target)] === true ? code.bytes[Number(target)] : undefined;
  return byte === 0n || byte === 2n ? 1n : 20n;
}

/** What it costs to enter a block at a place where an instruction is. */
export function blockCost(
  code: Code,
  entry: bigint,
  dialect: Dialect,
  memoryCycles: bigint,
): bigint {
  if (instructionAt(code, entry, dialect) === undefined) return 1n;
  const ready: bigint[] = Array.from({ length: 13 }, () => 0n);
  let [cycle, used, longest] = [0n, 0n, 0n];
  let pc = entry;
  do {
    const opcode = code.bytes[Number(pc)] ?? 0n;
    const [b1, b2] = [code.bytes[Number(pc) + 1] ?? 255n, code.bytes[Number(pc) + 2] ?? 255n];
    const fields: Readonly<Record<string, bigint>> = { a: b1 % 16n, b: b1 / 16n, d: b2 % 16n };
    const register = (field: string) => Math.min(12, Number(fields[field] ?? 0n));
    const { cycles, slots, raw, sources, writes } = rowOf(opcode);
    const from = sources === "-" || sources === "" ? [] : sources.split(",").map(register);
    const isSame = raw ? fields["a"] === fields["b"] : from.includes(register("a"));
    const needed = slots[isSame ? 0 : 1];
    if (used >= 4n) [cycle, used] = [cycle + 1n, needed];
    else used += needed;
    if (cycles === "move") {
      ready[register("a")] = ready[register("b")] ?? 0n;
    } else {
      const latency = cycles === "memory"
        ? memoryCycles
        : cycles === "branch"
        ? branchCycles(code, pc, opcode)
        : cycles;
      const start = from.reduce(
        (late, at) => late > (ready[at] ?? 0n) ? late : ready[at] ?? 0n,
        cycle,
      );
      const done = start + latency;
      if (writes) ready[register("a")] = done;
      if (done > longest) longest = done;
    }
    pc += 1n + skip(code, pc);
  } while (pc < BigInt(code.bytes.length) && !startsGasBlock(code, pc, dialect));
  return longest > 3n ? longest - 3n : 1n;
}
