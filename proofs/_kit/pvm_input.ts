/** What the proofs of program input share: outcomes and programs in the model's terms. */

import fc from "fast-check";
import type { Malformed, Parsed } from "../../model/pvm_program_fields.ts";
import type { Standard } from "../../model/pvm_program_start.ts";
import { biased } from "../../src/proof/mod.ts";
import type * as pvm from "../../src/pvm/mod.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The face of the PVM. */
export type Face = typeof pvm;

/** Mutants of it. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/pvm/mod.ts");

/** Bytes as the model writes them. */
export function bigs(bytes: Iterable<number>): readonly bigint[] {
  return Array.from(bytes, BigInt);
}

/** The model's bytes as an array of the platform. */
export function bytesOf(values: readonly bigint[]): Uint8Array {
  return Uint8Array.from(values, Number);
}

interface Failure {
  readonly kind: string;
  readonly field?: string;
  readonly offset?: number;
  readonly problem?: string;
}

/** An error in the model's terms; one that is no malformed program keeps its kind. */
export function malformedOf(error: Failure): unknown {
  const { kind, field, offset, problem } = error;
  return kind === "malformed-program" ? { field, offset: BigInt(offset ?? -1), problem } : { kind };
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

/** What the library gave, in the model's terms. */
export function plain<T>(outcome: Outcome<T>, value: (value: T) => unknown): unknown {
  return outcome.ok ? { ok: value(outcome.value) } : { error: malformedOf(outcome.error) };
}

/** What the model's parser gave, without where it stopped. */
export function parsed<T>(outcome: Parsed<T> | { ok: T } | { error: Malformed }): unknown {
  return "error" in outcome ? { error: outcome.error } : { ok: outcome.ok };
}

/** What a model's outcome is reported as. */
export function reachedBy(
  outcome: { readonly ok: unknown } | { readonly error: Malformed },
): string {
  return "error" in outcome ? `${outcome.error.field}: ${outcome.error.problem}` : "ok";
}

/** Code in the model's terms; entries are read here, byte by byte. */
export function blobOf(code: pvm.Code): unknown {
  const { count, width, bytes } = code.jumpTable;
  const table = Array.from(
    { length: count },
    (_, index) =>
      bigs(bytes.subarray(index * width, (index + 1) * width))
        .reduceRight((above, byte) => above * 256n + byte, 0n),
  );
  return {
    code: bigs(code.bytes),
    starts: bigs(code.starts),
    width: BigInt(width),
    table,
  };
}

/** A standard program in the model's terms. */
export function standardOf(program: pvm.StandardProgram): Standard {
  return {
    readOnly: bigs(program.readOnlyData),
    readWrite: bigs(program.readWriteData),
    heapPages: BigInt(program.heapPages),
    stackBytes: BigInt(program.stackBytes),
    blob: bigs(program.blob),
  };
}

/** Random code: garbage, with opcodes and starts at random places, and any jump table. */
export function codes(lengthMax: number): fc.Arbitrary<pvm.Code> {
  const opcodes = fc.constantFrom(0, 1, 10, 20, 30, 40, 51, 70, 80, 81, 120, 149, 170, 180, 200);
  const byte = fc.oneof(opcodes, fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
  const table = fc.integer({ min: 0, max: 12 }).chain((width) =>
    fc.array(fc.oneof(fc.bigInt(0n, 40n), biased.unsigned(64)), { maxLength: 5 })
      .map((entries) => ({
        count: entries.length,
        width,
        bytes: Uint8Array.from(
          entries.flatMap((entry) =>
            Array.from({ length: width }, (_, i) => Number((entry >> BigInt(8 * i)) & 0xffn))
          ),
        ),
      }))
  );
  return fc.tuple(
    fc.array(fc.tuple(byte, fc.constantFrom(1, 0, 0)), { maxLength: lengthMax, size: "max" }),
    table,
  ).map(([pairs, jumpTable]) => ({
    bytes: Uint8Array.from(pairs, ([value]) => value),
    starts: Uint8Array.from(pairs, ([, start]) => start),
    jumpTable,
  }));
}

/** How bytes are damaged: cut, extended, or one of them changed. */
export interface Damage {
  readonly kind: "none" | "cut" | "extend" | "change";
  readonly at: number;
  readonly by: number;
}

/** Random damage. */
export const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("none", "cut", "extend", "change", "change"),
  at: fc.oneof(fc.nat(12), fc.nat(2 ** 16)),
  by: fc.oneof(fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128, 255), fc.integer({ min: 1, max: 255 })),
});

/** The bytes with the damage done. */
export function damaged(bytes: Uint8Array, { kind, at, by }: Damage): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  switch (kind) {
    case "none":
      return bytes;
    case "cut":
      return bytes.slice(0, place);
    case "extend":
      return Uint8Array.from([...bytes, by]);
    case "change":
      return bytes.map((byte, index) => index === place ? byte ^ by : byte);
  }
}
