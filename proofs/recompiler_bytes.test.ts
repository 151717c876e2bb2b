/** The bytes of generated modules: numbers as LEB128, and the room that they are written into. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as writing from "../src/pvm/recompiler/code_writer.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const CODE = "src/pvm/recompiler/code_writer.ts";
const writingMutant = sourceMutants<typeof writing>(CODE);

/** A number as LEB128: groups of seven bits, the last of which says the sign where there is one. */
function leb(value: bigint, isSigned: boolean): readonly number[] {
  const low = ((value % 128n) + 128n) % 128n;
  const rest = (value - low) / 128n;
  const isLast = isSigned
    ? (rest === 0n && low < 64n) || (rest === -1n && low >= 64n)
    : rest === 0n;
  return isLast ? [Number(low)] : [Number(low) + 128, ...leb(rest, isSigned)];
}

/** Numbers at the ends of each group of seven bits, and of 32. */
const EDGES: readonly bigint[] = [
  6n,
  7n,
  13n,
  14n,
  20n,
  21n,
  27n,
  28n,
  31n,
  32n,
  34n,
  35n,
  41n,
  42n,
]
  .concat([48n, 49n, 55n, 56n, 62n, 63n, 64n])
  .flatMap((bit) => [-1n, 0n, 1n].flatMap((more) => [2n ** bit + more, -(2n ** bit) + more]))
  .concat([0n, 1n, -1n]);

/** The bytes that a writer wrote. */
function written(face: typeof writing, write: (writer: writing.CodeWriter) => void): number[] {
  const writer = new face.CodeWriter();
  write(writer);
  return [...writer.bytes];
}

const low = (value: bigint): number => Number(BigInt.asIntN(32, value));
const high = (value: bigint): number => Number(BigInt.asIntN(32, value >> 32n));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/numbers_are_written_as_leb128",
    claim: "numbers of 32 and 64 bits, with a sign or without, are written in the fewest bytes",
    subject: ["CodeWriter.unsigned", "CodeWriter.signed", "CodeWriter.signed64"],
    spec: "WebAssembly core 2.0, 5.2.2",
    strength: "bounded",
    domain: domain.of(...EDGES),
    reaches: ["written"],
    implementation: writing,
    mutants: [
      writingMutant(CODE, "while (rest > 127)", "while (rest >= 127)"),
      writingMutant(CODE, "rest > 63 || rest < -64", "rest > 63 || rest < -63"),
      writingMutant(CODE, "rest > 63 || rest < -64", "rest > 64 || rest < -64"),
      writingMutant(CODE, "l <= 63 && l >= -64", "l <= 63 && l >= -63"),
      writingMutant(CODE, "l <= 63 && l >= -64", "l < 63 && l >= -64"),
      writingMutant(CODE, "let rest = value >>> 0;", "let rest = value | 0;"),
    ],
    check: (value, reach, face) => {
      const unsigned = BigInt.asUintN(32, value);
      const [narrow, wide] = [BigInt.asIntN(32, value), BigInt.asIntN(64, value)];
      reach("written");
      return allOf(
        agrees(written(face, (one) => one.unsigned(Number(unsigned))), leb(unsigned, false)),
        agrees(written(face, (one) => one.unsigned(low(value))), leb(unsigned, false)),
        agrees(written(face, (one) => one.signed(Number(narrow))), leb(narrow, true)),
        agrees(written(face, (one) => one.signed64(low(wide), high(wide))), leb(wide, true)),
      );
    },
  }),
  defineProof({
    id: "recompiler/bytes_are_kept_as_the_room_grows",
    claim: "a writer holds what was written, one by one or at once, also beyond its first room",
    subject: ["CodeWriter.byte", "CodeWriter.raw", "CodeWriter.clear", "CodeWriter.sized"],
    spec: "The recompiler's own design: modules",
    strength: "bounded",
    domain: domain.product({
      first: domain.of(0, 1, 4_095, 4_096, 4_097, 9_000),
      more: domain.of(0, 1, 2, 4_096, 20_000),
    }),
    reaches: ["kept"],
    implementation: writing,
    mutants: [
      writingMutant(CODE, "larger.set(this.bytes);", ""),
      writingMutant(
        CODE,
        "this.#length + more <= this.#bytes.length",
        "this.#length <= this.#bytes.length",
      ),
      writingMutant(
        CODE,
        "Math.max(2 * this.#bytes.length, this.#length + more)",
        "2 * this.#bytes.length",
      ),
      writingMutant(CODE, "clear(): void {\n    this.#length = 0;", "clear(): void {"),
      writingMutant(CODE, "this.#bytes.set(bytes, this.#length);", "this.#bytes.set(bytes, 0);"),
    ],
    check: ({ first, more }, reach, { CodeWriter }) => {
      const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => at % 251);
      const [writer, holder] = [new CodeWriter(), new CodeWriter()];
      for (const byte of bytes(first)) writer.byte(byte);
      writer.raw(bytes(more));
      writer.byte(7);
      holder.byte(1);
      holder.clear();
      holder.sized(writer);
      reach("kept");
      const wanted = [...bytes(first), ...bytes(more), 7];
      return allOf(
        agrees(writer.length, wanted.length),
        agrees([...writer.bytes], wanted),
        agrees([...holder.bytes], [...leb(BigInt(wanted.length), false), ...wanted]),
      );
    },
  }),
];

register(proofs);
