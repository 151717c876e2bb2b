/**
 * The modules that are generated: one for each chunk, and one that goes from chunk to chunk.
 *
 * A module imports the guest's memory, or the table of chunks, and nothing else: there is nothing else
 * that its code could reach.
 *
 * @module
 */

import type { Prepared } from "../mod.ts";
import { Chunk } from "./chunk.ts";
import { ChunkWriter } from "./chunk_writer.ts";
import { CodeWriter } from "./code_writer.ts";
import { OperandWriter } from "./operands.ts";
import { LOCAL_BITS } from "./segments.ts";
import type { Segments } from "./segments.ts";
import * as op from "./wasm_opcodes.ts";

const MAGIC = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const TYPES = 1;
const IMPORTS = 2;
const FUNCTIONS = 3;
const EXPORTS = 7;
const CODE = 10;
const CUSTOM = 0;
const HINTS_NAME = "metadata.code.branch_hint";
const FUNCTION_KIND = 0;
const TABLE_KIND = 1;
const MEMORY_KIND = 2;

/** A chunk that is not linked gives the id that it was to begin with, with this bit. */
export const UNLINKED: number = -(2 ** 31);

// Types of functions, by index.
const STEP_TYPE = 0; // i32 to i32
const PRODUCT_TYPE = 1; // two i64 to i64

function section(module: CodeWriter, id: number, content: CodeWriter): void {
  module.byte(id);
  module.sized(content);
}

function listed(...items: readonly (readonly number[])[]): CodeWriter {
  const writer = new CodeWriter();
  writer.unsigned(items.length);
  for (const item of items) for (const byte of item) writer.byte(byte);
  return writer;
}

function types(): CodeWriter {
  return listed(
    [op.FUNCTION, 1, op.I32, 1, op.I32],
    [op.FUNCTION, 2, op.I64, op.I64, 1, op.I64],
  );
}

/** A name of one letter. */
const named = (letter: string): readonly number[] => [1, letter.charCodeAt(0)];

/** A function: its locals by number and type, then its code, which ends itself or is ended. */
function body(locals: readonly (readonly [number, number])[], code: CodeWriter): CodeWriter {
  const writer = new CodeWriter();
  writer.unsigned(locals.length);
  for (const [count, type] of locals) {
    writer.unsigned(count);
    writer.byte(type);
  }
  writer.raw(code.bytes);
  return writer;
}

/** The high half of the product of two numbers of 64 bits without sign, from products of halves. */
function mulHigh(): CodeWriter {
  const writer = new OperandWriter(new Int32Array(0));
  const [a, b, low, middle] = [0, 1, 2, 3];
  const half = (local: number, isHigh: boolean) => {
    writer.get(local);
    writer.const64(isHigh ? 32 : -1, 0);
    writer.op(isHigh ? op.I64_SHR_U : op.I64_AND);
  };
  const product = (highA: boolean, highB: boolean) => {
    half(a, highA);
    half(b, highB);
    writer.op(op.I64_MUL);
  };
  product(false, false);
  writer.const64(32, 0);
  writer.op(op.I64_SHR_U);
  product(true, false);
  writer.op(op.I64_ADD);
  writer.set(middle);
  half(middle, false);
  product(false, true);
  writer.op(op.I64_ADD);
  writer.set(low);
  product(true, true);
  half(middle, true);
  half(low, true);
  writer.op(op.I64_ADD, op.I64_ADD, op.END);
  return body([[2, op.I64]], writer.code);
}

const MUL_HIGH_BODY = mulHigh();

/** The locals of a chunk's function besides its parameter. */
const CHUNK_LOCALS = [[14, op.I64], [8, op.I32]] as const;

/** Which branches are likely, as a section that engines may ignore (branch hinting, 2.1). */
function hints(found: readonly number[], before: number): CodeWriter {
  const content = new CodeWriter();
  content.unsigned(HINTS_NAME.length);
  for (const letter of HINTS_NAME) content.byte(letter.charCodeAt(0));
  content.unsigned(1); // functions
  content.unsigned(0); // which
  content.unsigned(found.length / 2);
  for (let at = 0; at < found.length; at += 2) {
    content.unsigned((found[at] ?? 0) + before);
    content.unsigned(1);
    content.byte(found[at + 1] ?? 0);
  }
  return content;
}

/**
 * The bytes of the module of a chunk, for memories whose main window begins at an address: it imports the
 * memory `m.m` and exports the function `f`.
 */
export function chunkModule(
  prepared: Prepared,
  segments: Segments,
  chunk: number,
  mainBase: number,
): Uint8Array<ArrayBuffer> {
  const module = new CodeWriter();
  module.raw(MAGIC);
  section(module, TYPES, types());
  section(module, IMPORTS, listed([...named("m"), ...named("m"), MEMORY_KIND, 0, 1]));
  section(module, FUNCTIONS, listed([STEP_TYPE], [PRODUCT_TYPE]));
  section(module, EXPORTS, listed([...named("f"), FUNCTION_KIND, 0]));
  const written = new ChunkWriter(new Chunk(prepared, segments, chunk), mainBase).write();
  const whole = body(CHUNK_LOCALS, written.code);
  section(module, CUSTOM, hints(written.hints, whole.length - written.code.length));
  const code = new CodeWriter();
  code.unsigned(2);
  code.sized(whole);
  code.sized(MUL_HIGH_BODY);
  section(module, CODE, code);
  return module.bytes;
}

/**
 * The bytes of the module that goes from chunk to chunk: it imports the table `t.t` and exports `f`,
 * which does so, and `u`, which stands in the table for a chunk that is not linked.
 */
export function stepModule(): Uint8Array<ArrayBuffer> {
  const step = new OperandWriter(new Int32Array(0));
  const again = step.loop();
  step.get(0);
  step.get(0);
  step.const32(LOCAL_BITS);
  step.op(op.I32_SHR_U, op.CALL_INDIRECT, STEP_TYPE, 0);
  step.tee(0);
  step.const32(0);
  step.op(op.I32_GE_S);
  step.brIf(again);
  step.end();
  step.get(0);
  step.op(op.END);
  const unlinked = new OperandWriter(new Int32Array(0));
  unlinked.get(0);
  unlinked.const32(UNLINKED);
  unlinked.op(op.I32_OR, op.END);
  const module = new CodeWriter();
  module.raw(MAGIC);
  section(module, TYPES, types());
  section(module, IMPORTS, listed([...named("t"), ...named("t"), TABLE_KIND, op.FUNCREF, 0, 1]));
  section(module, FUNCTIONS, listed([STEP_TYPE], [STEP_TYPE]));
  const exported = [[...named("f"), FUNCTION_KIND, 0], [...named("u"), FUNCTION_KIND, 1]];
  section(module, EXPORTS, listed(...exported));
  const code = new CodeWriter();
  code.unsigned(2);
  code.sized(body([], step.code));
  code.sized(body([], unlinked.code));
  section(module, CODE, code);
  return module.bytes;
}
