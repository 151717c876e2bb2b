/** Naturals of variable length: shortest forms alone, and back. */

import * as model from "../model/pvm_program_fields.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { bigs, bytesOf, mutant, parsed, plain, reachedBy } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Gray Paper, appendix C.1.3";
const READER = "src/pvm/reader.ts";
const NATURAL = "src/pvm/natural.ts";

/** What stands behind the first byte. */
const TAILS: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0, 0],
  [255, 255, 255, 255, 255, 255, 255, 255],
  [1, 2, 3, 4, 5, 6, 7, 8],
  [1, 0, 0, 0, 0, 0, 0, 0],
  [0, 64, 0, 0, 0, 0, 0, 0],
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((place) =>
    [0x80].map((byte) => Array.from({ length: 8 }, (_, i) => i === place ? byte : 0))
  ),
  ...[1, 2, 3, 4, 5, 6, 7].map((place) => Array.from({ length: 8 }, (_, i) => i < place ? 255 : 0)),
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_natural_decodes_as_the_model",
    claim:
      "every first byte, with tails at the edges and of every length, decodes to the model's natural or fails as it does",
    subject: ["decodeNatural"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      first: domain.range(0, 255),
      tail: domain.of(...TAILS),
      length: domain.of(0, 1, 2, 3, 5, 8, 9, 10),
    }),
    reaches: ["ok", "natural: truncated", "natural: not-shortest"],
    implementation: pvm,
    mutants: [
      mutant(
        READER,
        "Math.clz32(~first << 24 | 0x80_0000)",
        "Math.clz32(~first << 24 | 0x100_0000)",
      ),
      mutant(READER, "(0xff >> (extra + 1))", "(0xff >> (extra + 2))"),
      mutant(READER, "value < 1n << BigInt(7 * extra)", "value <= 1n << BigInt(7 * extra)"),
      mutant(READER, "value < 1n << BigInt(7 * extra)", "value < 1n << BigInt(7 * extra - 1)"),
      mutant(READER, "if (extra > 0 && value", "if (extra > 0 && extra < 8 && value"),
      mutant(
        READER,
        'this.fail(field, offset, "truncated")',
        "this.fail(field, offset + 1, 'truncated')",
      ),
      mutant(READER, "above * 256n + BigInt(byte)", "above * 255n + BigInt(byte)"),
      mutant(
        READER,
        "length <= this.#bytes.length - this.#at",
        "length < this.#bytes.length - this.#at",
      ),
      mutant(NATURAL, "length: asUsize(reader.offset)", "length: asUsize(copy.length)"),
    ],
    check({ first, tail, length }, reach, { decodeNatural }) {
      const bytes = [first, ...tail, 0xaa].slice(0, length);
      const expected = model.natural(bigs(bytes), 0n, "natural");
      reach(reachedBy(expected));
      const actual = decodeNatural(Uint8Array.from(bytes));
      return agrees(
        plain(actual, ({ value, length }) => [value, BigInt(length)]),
        "error" in expected ? parsed(expected) : { ok: [expected.ok, expected.next] },
      );
    },
  }),
  defineProof({
    id: "pvm/input_natural_encodes_shortest",
    claim:
      "every natural up to 20,000 and around each power of two is encoded as the model does, and decodes to itself",
    subject: ["encodeNatural", "decodeNatural"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.bigRange(0n, 20_000n),
      domain.map(
        domain.product({ power: domain.bigRange(7n, 64n), offset: domain.bigRange(-3n, 2n) }),
        ({ power, offset }) => 2n ** power + offset,
      ),
    ),
    reaches: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "refused"],
    implementation: pvm,
    mutants: [
      mutant(
        NATURAL,
        "value >= 1n << BigInt(7 * (extra + 1))",
        "value > 1n << BigInt(7 * (extra + 1))",
      ),
      mutant(NATURAL, "while (extra < 8 &&", "while (extra < 7 &&"),
      mutant(NATURAL, "256 - 2 ** (8 - extra)", "256 - 2 ** (7 - extra)"),
      mutant(
        NATURAL,
        "(value >> BigInt(8 * place)) & 0xffn",
        "(value >> BigInt(8 * place)) & 0x7fn",
      ),
    ],
    check(value, reach, { encodeNatural, decodeNatural }) {
      const encoded = encodeNatural(value);
      if (value >= 2n ** 64n) {
        reach("refused");
        return encoded.ok ? "took more than 64 bits" : undefined;
      }
      if (!encoded.ok) return "refused a natural";
      reach(`${encoded.value.length}`);
      return allOf(
        agrees(encoded.value, bytesOf(model.encodeNatural(value))),
        agrees(decodeNatural(encoded.value), {
          ok: true,
          value: { value, length: encoded.value.length },
        }),
      );
    },
  }),
];

register(proofs);
