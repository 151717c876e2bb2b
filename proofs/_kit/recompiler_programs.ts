/** Programs for two engines: loops in loops and across each other, calls, tables, stacks, garbage. */

import type { Code, DialectName, Opcode } from "../../src/pvm/mod.ts";
import { garbage } from "./recompiler_garbage.ts";
import * as groups from "./recompiler_groups.ts";
import type { Random } from "./fuzz_inputs.ts";

/** Where memory is interesting: around the borders of the pages of `pagesFor`. */
export const PLACES: readonly number[] = [
  ...[0xfffe, 0x1_0000, 0x1_0ff8, 0x2_0000, 0x2_0010, 0x2_0ffc, 0x2_0fff, 0x2_1ff8, 0x2_1ffc],
  ...[0x2_1fff, 0x2_2000, 0x3_0000, 0x3_0ffe, 0x3_0fff, 0x3_1000, 0x4_0000, 0x4_0ff9, 0x4_1000],
];
/** Immediates at their edges. */
const IMMEDIATES: readonly number[] = [
  ...[0, 1, -1, 2, 7, 8, 31, 32, 33, 63, 64, 0x7fff_ffff, -0x8000_0000, 0xff, 0x80, 0x8000],
];
const DISPLACEMENTS: readonly number[] = [0, 0, 0, 4, 8, -8, 1, -1, 4_088, 4_096, -4_096, 24];

/** The register of return addresses, the stack pointer, two more pointers, and that of tables. */
const RETURN = 0;
const POINTERS: readonly number[] = [1, 1, 10, 11];
const INDEX = 12;

const word = (value: number): readonly number[] => [value, value >> 8, value >> 16, value >> 24];
const pair = (low: number, high: number): number => low | (high << 4);

/** A line of a program; its target goes behind its bytes. */
interface Line {
  readonly bytes: readonly number[];
  /** A number that stands for one of the labels. */
  readonly to: number | undefined;
}

/** Writes a program. */
class Draft {
  readonly #random: Random;
  readonly #dialect: DialectName;
  readonly #lines: Line[] = [];
  /** The lines that jumps lead to. */
  readonly #labels: number[] = [0];
  /** The labels that the jump table leads to: code may be entered there. */
  readonly #entries: number[] = [];

  constructor(random: Random, dialect: DialectName) {
    this.#random = random;
    this.#dialect = dialect;
  }

  get length(): number {
    return this.#lines.length;
  }

  #add(opcode: number, operands: readonly number[], to?: number): void {
    this.#lines.push({ bytes: [opcode, ...operands], to });
  }

  #label(): number {
    const last = this.#lines.at(-1)?.bytes[0] ?? groups.FALLTHROUGH;
    if (
      !groups.TERMINATORS.has(last) && this.#random.below(this.#dialect === "javm" ? 2 : 20) > 0
    ) {
      this.#add(groups.FALLTHROUGH, []);
    }
    return this.#labels.push(this.#lines.length) - 1;
  }

  #register(): number {
    const drawn = this.#random.below(12);
    return drawn === 0 ? this.#random.below(16) : 2 + this.#random.below(8);
  }

  #immediate(): number {
    const random = this.#random;
    return random.below(4) === 0 ? random.next() | 0 : random.pick(IMMEDIATES, 0);
  }

  #place(): number {
    return this.#random.pick(PLACES, 0) + this.#random.below(3);
  }

  #anywhere(): number {
    return this.#random.next();
  }

  /** An operation on registers. */
  #compute(): void {
    const random = this.#random;
    const [a, b, d] = [this.#register(), this.#register(), this.#register()];
    const drawn = random.below(8);
    if (drawn < 3) {
      this.#add(random.pick(groups.THREE, groups.THREE[0])?.code ?? 0, [pair(a, b), d]);
    } else if (drawn < 4) {
      this.#add(random.pick(groups.TWO, groups.TWO[0])?.code ?? 0, [pair(d, a)]);
    } else if (drawn < 7) {
      const opcode = random.pick(groups.WITH_IMMEDIATE, groups.WITH_IMMEDIATE[0]);
      this.#add(opcode?.code ?? 0, [pair(a, b), ...word(this.#immediate())]);
    } else {this.#add(groups.LOAD_IMM_64, [
        d,
        ...word(this.#immediate()),
        ...word(this.#immediate()),
      ]);}
  }

  /** A load or a store. */
  #access(): void {
    const random = this.#random;
    const drawn = random.below(12);
    const base = random.below(16) === 0 ? this.#register() : random.pick(POINTERS, 1);
    const displacement = word(random.pick(DISPLACEMENTS, 0));
    const immediate = word(this.#immediate());
    const code = (opcodes: readonly Opcode[]) => random.pick(opcodes, opcodes[0])?.code ?? 0;
    if (drawn < 8) {
      this.#add(code(groups.INDIRECT), [pair(this.#register(), base), ...displacement]);
    } else if (drawn < 10) {
      this.#add(code(groups.DIRECT), [this.#register(), ...word(this.#place())]);
    } else if (drawn < 11) {
      this.#add(code(groups.STORE_IMMEDIATE), [4, ...word(this.#place()), ...immediate]);
    } else {
      this.#add(code(groups.STORE_IMMEDIATE_INDIRECT), [
        base | 0x40,
        ...displacement,
        ...immediate,
      ]);
    }
  }

  /** A branch or a jump to anywhere: into loops, out of them, across them. */
  #branch(): void {
    const random = this.#random;
    const [a, b] = [this.#register(), this.#register()];
    const drawn = random.below(9);
    if (drawn < 4) {
      this.#add(
        random.pick(groups.BRANCH, groups.BRANCH[0])?.code ?? 0,
        [pair(a, b)],
        this.#anywhere(),
      );
    } else if (drawn < 8) {
      const opcode = random.pick(groups.BRANCH_IMMEDIATE, groups.BRANCH_IMMEDIATE[0]);
      this.#add(opcode?.code ?? 0, [a | 0x40, ...word(this.#immediate())], this.#anywhere());
    } else this.#add(groups.JUMP, [], this.#anywhere());
    if (random.below(3) > 0) this.#label();
  }

  /** A call whose return address is the entry of the label behind it, or a return, or a dispatch. */
  #dynamic(): void {
    const random = this.#random;
    const drawn = random.below(6);
    const entry = () => 2 * (1 + random.below(Math.max(this.#entries.length, 4)));
    if (drawn < 2) {
      const back = 2 * (this.#entries.length + 1);
      this.#add(groups.LOAD_IMM_JUMP, [RETURN | 0x40, ...word(back)], this.#anywhere());
      this.#entries.push(this.#label());
    } else if (drawn < 4) this.#add(groups.JUMP_IND, [RETURN, ...word(0)]);
    else if (drawn < 5) {
      this.#add(groups.LOAD_IMM, [INDEX, ...word(entry())]);
      this.#add(groups.JUMP_IND, [INDEX, ...word(random.below(6) === 0 ? this.#immediate() : 0)]);
    } else {
      const operands = [pair(random.below(2) === 0 ? INDEX : this.#register(), INDEX), 4];
      this.#add(groups.LOAD_IMM, [INDEX, ...word(entry())]);
      this.#add(groups.LOAD_IMM_JUMP_IND, [...operands, ...word(entry()), ...word(0)]);
    }
    if (random.below(2) === 0) this.#label();
  }

  /** What the generated code does not do. */
  #leave(): void {
    const random = this.#random;
    const drawn = random.below(12);
    if (drawn < 5) this.#add(groups.ECALLI, [random.below(9)]);
    else if (drawn < 8) this.#add(groups.SBRK, [pair(this.#register(), random.below(13))]);
    else if (drawn < 9) this.#add(random.below(256), []);
    else if (this.#dialect === "javm") this.#add(2 + random.below(2), []);
    else if (drawn < 11) {
      this.#add(groups.LOAD_IMM, [random.pick(POINTERS, 1), ...word(this.#place())]);
    } else this.#add(0, []);
  }

  /** A loop of a few rounds around other pieces. */
  #loop(depth: number): void {
    const counter = 2 + this.#random.below(8);
    this.#add(groups.LOAD_IMM, [counter, this.#random.below(6)]);
    const head = this.#label();
    for (let left = 1 + this.#random.below(3); left > 0; left--) this.piece(depth + 1);
    this.#add(groups.ADD_IMM, [pair(counter, counter), ...word(-1)]);
    this.#add(groups.BRANCH_NE_IMM, [counter | 0x40, ...word(0)], head);
  }

  /** The next piece of the program. */
  piece(depth = 0): void {
    const drawn = this.#random.below(40);
    if (drawn < 14) this.#compute();
    else if (drawn < 23) this.#access();
    else if (drawn < 30) this.#branch();
    else if (drawn < 32) this.#dynamic();
    else if (drawn < 34) this.#leave();
    else if (drawn < 36) this.#label();
    else if (depth < 5) this.#loop(depth);
    else this.#compute();
  }

  /** The program, now that all labels are known. */
  code(): Code {
    const random = this.#random;
    const starts: number[] = [];
    let length = 0;
    for (const { bytes, to } of this.#lines) {
      starts.push(length);
      length += bytes.length + (to === undefined ? 0 : 4);
    }
    const places = this.#labels.map((line) => starts[line] ?? length);
    const bytes = new Uint8Array(length);
    const marks = new Uint8Array(length);
    for (const [index, line] of this.#lines.entries()) {
      const start = starts[index] ?? 0;
      marks[start] = random.below(400) === 0 ? 0 : 1;
      bytes.set(line.bytes, start);
      if (line.to === undefined) continue;
      const target = (places[line.to % places.length] ?? 0) + (random.below(60) === 0 ? 1 : 0);
      bytes.set(word(target - start), start + line.bytes.length);
    }
    const others = random.below(2) === 0 ? places : places.slice(-2);
    const entries = [
      ...this.#entries.map((label) => places[label] ?? 0),
      ...others,
      random.below(length + 2),
    ];
    const width = random.below(16) === 0 ? 0 : length < 256 ? 1 + random.below(4) : 4;
    const table = entries.flatMap((entry) => word(entry).slice(0, width));
    const jumpTable = { count: entries.length, width, bytes: Uint8Array.from(table) };
    return { bytes, starts: marks, jumpTable };
  }
}

/** A program of about so many pieces. */
export function programOf(random: Random, dialect: DialectName, pieces: number): Code {
  const draft = new Draft(random, dialect);
  while (draft.length < pieces) draft.piece();
  return draft.code();
}

/** Any program: mostly short, some long, some over several chunks, some garbage. */
export function anyProgram(random: Random, dialect: DialectName): Code {
  const drawn = random.below(400);
  if (drawn < 30) return garbage(random);
  const pieces = drawn < 330 ? 2 + random.below(40) : drawn < 398 ? random.below(200) : 2_500;
  return programOf(random, dialect, pieces);
}
