/** Program files of unknown kind, and JAVM programs. */

import fc from "fast-check";
import { deblob } from "../model/pvm_program.ts";
import * as model from "../model/pvm_program_start.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import {
  bigs,
  blobOf,
  codes,
  damaged,
  damages,
  type Face,
  malformedOf,
  mutant,
  standardOf,
} from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const FILE = "src/pvm/program_file.ts";
const JAVM = "src/pvm/javm_code.ts";

/** The error of a standard program or of the blob in it, whose place is told in the whole file. */
function standardError(
  outcome: ReturnType<typeof model.standard>,
  fileBytes: number,
): { readonly field: string; readonly offset: bigint; readonly problem: string } | undefined {
  if ("error" in outcome) return outcome.error;
  const code = deblob(outcome.ok.blob);
  if (!("error" in code)) return undefined;
  const offset = BigInt(fileBytes - outcome.ok.blob.length) + code.error.offset;
  return { ...code.error, offset };
}

/** What the bytes are by the model, strictly: a standard program, one with metadata, or a blob. */
function expectedFile(bytes: Uint8Array): unknown {
  const list = bigs(bytes);
  const standard = model.standard(list);
  const standardFault = standardError(standard, bytes.length);
  if ("ok" in standard && standardFault === undefined) {
    return { kind: "standard", program: standard.ok };
  }
  const jam = model.jam(list);
  const inner = "error" in jam ? jam : { ok: jam.ok.program };
  const jamFault = standardError(inner, bytes.length);
  if ("ok" in jam && jamFault === undefined) return { kind: "jam", ...jam.ok };
  const blob = deblob(list);
  return "ok" in blob
    ? { kind: "blob", code: blob.ok }
    : { standard: standardFault, jam: jamFault, blob: blob.error };
}

/** What the library says, in the same terms. */
function actualFile(bytes: Uint8Array, { readProgram }: Face): unknown {
  const file = readProgram(bytes);
  if (!file.ok) {
    const { error } = file;
    return error.kind === "unknown-program"
      ? {
        standard: malformedOf(error.standard),
        jam: malformedOf(error.jam),
        blob: malformedOf(error.blob),
      }
      : error;
  }
  const { value } = file;
  switch (value.kind) {
    case "blob":
      return { kind: "blob", code: blobOf(value.code) };
    case "standard":
      return { kind: "standard", program: standardOf(value.program) };
    case "jam":
      return {
        kind: "jam",
        metadata: bigs(value.metadata),
        program: standardOf(value.program),
      };
  }
}

/** The code of a file, and of the blob in it. */
function codesOf(bytes: Uint8Array, { readProgram, decodeBlob }: Face): string | undefined {
  const file = readProgram(bytes);
  if (!file.ok || file.value.kind === "blob") return undefined;
  return agrees(decodeBlob(file.value.program.blob), { ok: true, value: file.value.code });
}

const EMPTY = new Uint8Array(0);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_file_kind_agrees",
    claim:
      "any bytes are told to be a standard program, one with metadata, a blob, or none with the reason for each, as strict decoding in that order has it",
    subject: ["readProgram"],
    spec: "Gray Paper, appendix A.7; service code preimage",
    strength: "sampled",
    domain: sampled(
      fc.record({
        kind: fc.constantFrom("standard", "jam", "blob", "bytes"),
        code: codes(20),
        metadata: biased.bytes(6),
        damage: damages,
        inBlob: fc.boolean(),
      }),
      { runs: 1500, describe: "program files of each kind, damaged; random bytes" },
    ),
    reaches: ["standard", "jam", "blob", "none"],
    implementation: pvm,
    mutants: [
      mutant(FILE, "fileBytes - program.blob.length + code.error.offset", "code.error.offset"),
      mutant(FILE, "  if (standard.ok) return standard;\n", ""),
      mutant(FILE, "  if (jam.ok) return jam;\n", ""),
      mutant(FILE, "jam: jam.error", "jam: standard.error"),
      mutant(FILE, "readJamFile(reader, bytes.length)", "readJamFile(reader, bytes.length + 1)"),
    ],
    check({ kind, code, metadata, damage, inBlob }, reach, face) {
      const blob = face.encodeBlob(code);
      if (!blob.ok) return "refused code";
      const program = {
        readOnlyData: metadata,
        readWriteData: EMPTY,
        heapPages: 1,
        stackBytes: 4096,
        blob: inBlob ? damaged(blob.value, damage) : blob.value,
      };
      const whole = kind === "standard"
        ? face.encodeStandardProgram(program)
        : kind === "jam"
        ? face.encodeJamFile(metadata, program)
        : { ok: true as const, value: kind === "blob" ? blob.value : metadata };
      if (!whole.ok) return "refused a program";
      const bytes = inBlob ? whole.value : damaged(whole.value, damage);
      const expected = expectedFile(bytes);
      const found = face.readProgram(bytes);
      reach(found.ok ? found.value.kind : "none");
      return allOf(agrees(actualFile(bytes, face), expected), codesOf(bytes, face));
    },
  }),
  defineProof({
    id: "pvm/input_javm_code_unpacks",
    claim:
      "the packed mask of a JAVM program gives a start for each code byte, lowest bit first: missing bits are 0, surplus ones left out",
    subject: ["javmCode"],
    spec: "JAVM program, unpack_bitmask",
    strength: "bounded",
    domain: domain.product({
      length: domain.range(0, 18),
      maskBytes: domain.range(0, 3),
      pattern: domain.of(0b1000_1101, 0xff, 0x01, 0x80),
      entries: domain.of<readonly number[]>([], [0, 1], [2 ** 32 - 1, 0x0102_0304]),
    }),
    reaches: ["missing", "surplus"],
    implementation: pvm,
    mutants: [
      mutant(
        JAVM,
        "setUint32(ENTRY_BYTES * index, entry, true)",
        "setUint32(ENTRY_BYTES * index, entry)",
      ),
      mutant(JAVM, "unpackMask(packed, code.length)", "unpackMask(packed, 8 * packed.length)"),
      mutant(JAVM, "width: ENTRY_BYTES, bytes", "width: 8, bytes"),
      mutant(
        "src/pvm/blob.ts",
        "(mask[place >> 3] ?? 0) >> (place & 7)",
        "(mask[place >> 3] ?? 1) >> (place & 7)",
      ),
    ],
    check({ length, maskBytes, pattern, entries }, reach, { javmCode }) {
      reach(8 * maskBytes < length ? "missing" : "surplus");
      const mask = Array.from({ length: maskBytes }, (_, i) => pattern ^ i);
      const bits = mask.flatMap((byte) =>
        [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => Math.floor(byte / bit) % 2)
      );
      const bytes = Uint8Array.from({ length }, (_, i) => i);
      const code = javmCode(bytes, Uint8Array.from(mask), entries);
      if (!code.ok) return "refused a program";
      return agrees(blobOf(code.value), {
        code: bigs(bytes),
        starts: Array.from({ length }, (_, i) => BigInt(bits[i] ?? 0)),
        width: 4n,
        table: bigs(entries),
      });
    },
  }),
];

register(proofs);
