/**
 * The code of an image: out of a file of source text, or as the manifest gives it.
 *
 * @module
 */

import { ok } from "../result.ts";
import type { Result } from "../result.ts";
import { assemble, packCode } from "../pvm/mod.ts";
import type { PackedCode } from "../pvm/mod.ts";
import type { Io } from "./io.ts";
import type { CodePlan } from "./kernel_manifest.ts";
import { fieldPath, type Mistake, mistake } from "./kernel_reader.ts";

/** Code as an image has it, and the labels of its source. */
export interface ImageCode extends Omit<PackedCode, "jumpTable"> {
  readonly jumpTable: readonly number[];
  readonly labels: ReadonlyMap<string, bigint>;
}

/** The path of a file that is named relative to another one. */
export function besides(manifest: string, file: string): string {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:)/.test(file);
  const folder = /^.*[/\\]/.exec(manifest)?.[0] ?? "";
  return isAbsolute ? file : `${folder}${file}`;
}

function sourceCode(text: string, file: string, path: string): Result<ImageCode, Mistake> {
  const assembled = assemble(text);
  if (!assembled.ok) {
    const lines = assembled.error.map((wrong) =>
      wrong.kind === "assembly-error"
        ? `${file}:${wrong.line}:${wrong.column}: ${wrong.message}`
        : `${file}: expected ${wrong.expected}`
    );
    return mistake(path, lines.join("\n"));
  }
  const { code, symbols, program } = assembled.value;
  if (program.readOnlyData.length + program.readWriteData.length > 0) {
    return mistake(path, `${file}: an image has no data sections; its memory comes from mappings`);
  }
  const packed = packCode(code);
  if (!packed.ok) return mistake(path, `${file}: a jump target beyond 32 bits`);
  return ok({ ...packed.value, labels: symbols });
}

/** The code of an image that is planned at a path. */
export function codeOf(
  { source, code, mask, jumpTable }: CodePlan,
  path: string,
  manifest: string,
  io: Io,
): Result<ImageCode, Mistake> {
  if (source === undefined) {
    if (code === undefined) return mistake(path, "expected source, or code with mask");
    if (mask === undefined) return mistake(fieldPath(path, "mask"), "is missing");
    return ok({ code, packedBitmask: mask, jumpTable: jumpTable ?? [], labels: new Map() });
  }
  if (code !== undefined || mask !== undefined || jumpTable !== undefined) {
    return mistake(path, "source stands alone, without code, mask and jumpTable");
  }
  const place = fieldPath(path, "source");
  const file = besides(manifest, source);
  const bytes = io.read(file);
  if (!bytes.ok) return mistake(place, `${file}: ${bytes.error}`);
  return sourceCode(new TextDecoder().decode(bytes.value), file, place);
}
