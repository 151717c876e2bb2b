/** Program blobs: strict, and the same in both directions. */

import * as model from "../model/pvm_program.ts";
import { encodeNatural } from "../model/pvm_program_fields.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { decodesAsTheModel, DEFECTS } from "./_kit/pvm_blobs.ts";
import { blobOf, bytesOf, mutant, parsed, plain, reachedBy } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Gray Paper, appendix A.2, deblob";
const BLOB = "src/pvm/blob.ts";
const CODE = "src/pvm/code.ts";
const READER = "src/pvm/reader.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_blob_short_decodes_as_the_model",
    claim:
      "every blob of up to 5 bytes out of the telling ones decodes to the model's code or fails in the model's field, and back",
    subject: ["decodeBlob", "encodeBlob"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.words(domain.of(0, 1, 2, 3, 0x80, 0xff), 5),
    reaches: DEFECTS,
    implementation: pvm,
    mutants: [
      mutant(BLOB, "  reader.end();\n", ""),
      mutant(BLOB, "if (padding !== 0) reader", "if (padding > 1) reader"),
      mutant(BLOB, "count * width).slice()", "count).slice()"),
      mutant(READER, 'this.fail("end", this.#at, "trailing")', 'this.fail("end", 0, "trailing")'),
    ],
    check: (word, reach, face) => decodesAsTheModel(Uint8Array.from(word), reach, face),
  }),
  defineProof({
    id: "pvm/input_blob_mask_is_strict",
    claim: "for code of 0 to 17 bytes, each single bit of the mask is a start or padding",
    subject: ["decodeBlob", "encodeBlob"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({ length: domain.range(0, 17), bit: domain.range(0, 23) }),
    reaches: ["ok", "mask: padding", "end: trailing"],
    implementation: pvm,
    mutants: [
      mutant(BLOB, "((length + 7) & 7) + 1", "(length + 7) & 7"),
      mutant(BLOB, 'masked + mask.length - 1, "padding"', 'masked, "padding"'),
      mutant(BLOB, "Math.ceil(length / 8)", "(length >> 3) + 1"),
      mutant(BLOB, "?? 0) >> (place & 7)) & 1", "?? 0) >> (7 - (place & 7))) & 1"),
      mutant(BLOB, "?? 0) << (place & 7))", "?? 0) << (place & 3))"),
    ],
    check({ length, bit }, reach, face) {
      const maskBytes = Math.max(Math.ceil(length / 8), Math.ceil((bit + 1) / 8));
      const mask = Array.from({ length: maskBytes }, (_, i) => i === bit >> 3 ? 1 << (bit & 7) : 0);
      const code = Array.from({ length }, () => 1);
      return decodesAsTheModel(Uint8Array.from([0, 0, length, ...code, ...mask]), reach, face);
    },
  }),
  defineProof({
    id: "pvm/input_blob_entry_widths",
    claim:
      "entries of every width hold their numbers up to 2^64 - 1; a byte beyond the eighth makes a blob malformed",
    subject: ["decodeBlob", "encodeBlob"],
    spec: "Gray Paper, appendix A.2 and C.1.2",
    strength: "bounded",
    domain: domain.product({
      width: domain.union(domain.range(0, 17), domain.of(255)),
      count: domain.range(0, 3),
      place: domain.of(0, 1, 7, 8, 9, 11, 15, 16, 17, 25, 26, 33),
      byte: domain.of(0, 1, 255),
    }),
    reaches: ["ok", "jump table: too-large"],
    implementation: pvm,
    mutants: [
      mutant(CODE, "const ENTRY_VALUE_BYTES = 8;", "const ENTRY_VALUE_BYTES = 9;"),
      mutant(CODE, "const ENTRY_VALUE_BYTES = 8;", "const ENTRY_VALUE_BYTES = 7;"),
      mutant(BLOB, "table + tooLarge", "tooLarge"),
      mutant(CODE, "at < bytes.length; at += width", "at < width; at += width"),
    ],
    check({ width, count, place, byte }, reach, face) {
      const table = Array.from({ length: width * count }, (_, i) => i === place ? byte : 0);
      return decodesAsTheModel(Uint8Array.from([count, width, 1, ...table, 0, 1]), reach, face);
    },
  }),
  defineProof({
    id: "pvm/input_blob_claims_are_bounded",
    claim:
      "headers that claim any number of entries, of any width, and any code length fail as the model says: without the bytes, nothing is made of them",
    subject: ["decodeBlob"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      count: domain.of(
        0n,
        1n,
        2n ** 22n - 1n,
        2n ** 22n,
        2n ** 22n + 1n,
        2n ** 53n,
        2n ** 64n - 1n,
      ),
      width: domain.of(0, 1, 255),
      length: domain.of(0n, 2n ** 26n, 2n ** 26n + 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n),
    }),
    reaches: [
      "ok",
      "jump table length: too-large",
      "code length: too-large",
      "jump table: truncated",
      "code: truncated",
    ],
    implementation: pvm,
    mutants: [
      mutant(
        CODE,
        "TABLE_ENTRIES_MAX: number = 2 ** 22",
        "TABLE_ENTRIES_MAX: number = 2 ** 22 - 1",
      ),
      mutant(
        CODE,
        "TABLE_ENTRIES_MAX: number = 2 ** 22",
        "TABLE_ENTRIES_MAX: number = 2 ** 22 + 1",
      ),
      mutant(CODE, "CODE_BYTES_MAX: number = 2 ** 26", "CODE_BYTES_MAX: number = 2 ** 26 + 1"),
      mutant(READER, "value > BigInt(max)", "value > BigInt(max) && value < 2n ** 60n"),
    ],
    check({ count, width, length }, reach, { decodeBlob }) {
      const bytes = [...encodeNatural(count), BigInt(width), ...encodeNatural(length)];
      const actual = decodeBlob(bytesOf(bytes));
      // The model would write out the entries of width 0 one by one.
      if (width === 0 && count > 0n && count <= 2n ** 22n && length === 0n) {
        reach("ok");
        return actual.ok
          ? agrees(actual.value.jumpTable, {
            count: Number(count),
            width: 0,
            bytes: new Uint8Array(0),
          })
          : "refused entries without bytes";
      }
      const expected = width === 0 && count > 0n && count <= 2n ** 22n
        ? model.deblob([0n, 0n, ...encodeNatural(length)])
        : model.deblob(bytes);
      reach(reachedBy(expected));
      if (!("error" in expected)) return agrees(plain(actual, blobOf), parsed(expected));
      if (actual.ok) return "took what is malformed";
      const { field, problem } = expected.error;
      return agrees(
        actual.error.kind === "malformed-program" && [actual.error.field, actual.error.problem],
        [field, problem],
      );
    },
  }),
];

register(proofs);
