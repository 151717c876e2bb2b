/** A small assembler for the guests of the comparison: instructions by name, branches by label. */

import { encodeBlob, encodeStandardProgram, OPCODES } from "../../src/pvm/mod.ts";

/** How long the offset of every jump is. */
const OFFSET_BYTES = 2;
/** The instructions that end a basic block. */
const TERMINATORS: ReadonlySet<number> = new Set(
  OPCODES.filter((opcode) => opcode.terminates.includes("gray-paper")).map((
    { code },
  ) => code),
);

interface Piece {
  readonly bytes: readonly number[];
  /** The label that the offset at the end leads to. */
  readonly label: string | undefined;
}

function codeOf(mnemonic: string): number {
  const found = OPCODES.find((opcode) => opcode.mnemonic === mnemonic);
  if (found === undefined) {
    throw new Error(`there is no instruction ${mnemonic}`);
  }
  return found.code;
}

/** The shortest bytes whose sign extension is the value. */
function immediate(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value;; rest = Math.floor(rest / 256)) {
    if (rest === 0 && (bytes.at(-1) ?? 0) < 128) return bytes;
    if (rest === -1 && (bytes.at(-1) ?? 0) >= 128) return bytes;
    bytes.push(((rest % 256) + 256) % 256);
  }
}

/** Collects instructions and resolves their labels. */
export class Builder {
  readonly #pieces: Piece[] = [];
  readonly #labels = new Map<string, number>();

  #push(bytes: readonly number[], label?: string): this {
    this.#pieces.push({ bytes, label });
    return this;
  }

  /** The next instruction is called so, and starts a basic block, so that jumps may lead there. */
  label(name: string): this {
    const last = this.#pieces.at(-1)?.bytes[0];
    if (last !== undefined && !TERMINATORS.has(last)) {
      this.#push([codeOf("fallthrough")]);
    }
    this.#labels.set(name, this.#pieces.length);
    return this;
  }

  /** `d = a op b`, all registers. */
  three(mnemonic: string, d: number, a: number, b: number): this {
    return this.#push([codeOf(mnemonic), a | (b << 4), d]);
  }

  /** `d = op(a)`. */
  two(mnemonic: string, d: number, a: number): this {
    return this.#push([codeOf(mnemonic), d | (a << 4)]);
  }

  /** `a = b op value`, a load into `a` from `b + value`, or a store of `a` to `b + value`. */
  immediate(mnemonic: string, a: number, b: number, value: number): this {
    return this.#push([codeOf(mnemonic), a | (b << 4), ...immediate(value)]);
  }

  /** `a = value`, 32 bits sign-extended; or another instruction with a register and an immediate. */
  one(mnemonic: string, a: number, value: number): this {
    return this.#push([codeOf(mnemonic), a, ...immediate(value)]);
  }

  /** `a = value`, 64 bits. */
  load64(a: number, value: bigint): this {
    const bytes = Array.from(
      { length: 8 },
      (_, place) => Number((value >> BigInt(8 * place)) & 255n),
    );
    return this.#push([codeOf("load_imm_64"), a, ...bytes]);
  }

  /** Jumps to the label when the registers compare so. */
  branch(mnemonic: string, a: number, b: number, label: string): this {
    return this.#push([codeOf(mnemonic), a | (b << 4)], label);
  }

  /** Jumps to the label when the register and the value compare so. */
  branchImmediate(
    mnemonic: string,
    a: number,
    value: number,
    label: string,
  ): this {
    const bytes = immediate(value);
    return this.#push(
      [codeOf(mnemonic), a | (bytes.length << 4), ...bytes],
      label,
    );
  }

  /** An instruction with nothing but an immediate. */
  plain(mnemonic: string, value: number): this {
    return this.#push([codeOf(mnemonic), ...immediate(value)]);
  }

  /** Returns to where the machine halts. */
  halt(): this {
    return this.#push([codeOf("jump_ind"), 0]);
  }

  /** The program blob. */
  blob(): Uint8Array {
    const places: number[] = [];
    let at = 0;
    for (const { bytes, label } of this.#pieces) {
      places.push(at);
      at += bytes.length + (label === undefined ? 0 : OFFSET_BYTES);
    }
    const code = new Uint8Array(at);
    const starts = new Uint8Array(at);
    for (const [index, { bytes, label }] of this.#pieces.entries()) {
      const place = places[index] ?? 0;
      starts[place] = 1;
      code.set(bytes, place);
      if (label === undefined) continue;
      const target = places[this.#labels.get(label) ?? NaN];
      if (target === undefined) throw new Error(`there is no label ${label}`);
      new DataView(code.buffer).setInt16(
        place + bytes.length,
        target - place,
        true,
      );
    }
    const blob = encodeBlob({
      bytes: code,
      starts,
      jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
    });
    if (!blob.ok) throw new Error(blob.error.expected);
    return blob.value;
  }

  /** The standard program with so many pages of heap, which begin at 0x20000. */
  program(heapPages: number): Uint8Array {
    const encoded = encodeStandardProgram({
      readOnlyData: new Uint8Array(0),
      readWriteData: new Uint8Array(0),
      heapPages,
      stackBytes: 4096,
      blob: this.blob(),
    });
    if (!encoded.ok) throw new Error(encoded.error.expected);
    return encoded.value;
  }
}
