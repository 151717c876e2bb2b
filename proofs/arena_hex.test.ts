/** Hexadecimal text: the unit tests of the original arena under their names, and complete small domains. */

import fc from "fast-check";
import * as codec from "../model/arena_codec.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { bigints, mutant, outcome, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI, hexDecode";
const HEX = "src/arena/hex.ts";

/** All four-digit texts. */
const FOUR_DIGITS = domain.named(
  "all texts of four digits",
  domain.map(domain.range(0, 0xffff), (value) => value.toString(16).padStart(4, "0")),
);

/** All texts of two characters below 256. */
const TWO_CHARACTERS = domain.named(
  "all texts of two characters below U+0100",
  domain.map(
    domain.range(0, 0xffff),
    (value) => String.fromCharCode(Math.floor(value / 256), value % 256),
  ),
);

function agreesOn(hex: string, { hexDecode }: typeof arena): string | undefined {
  return agrees(outcome(hexDecode(hex)), codec.hexDecode(hex));
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/hex_decode_lowercase",
    claim: "lower-case digits decode to the bytes they spell, and those encode to them again",
    subject: ["hexDecode", "hexEncode"],
    spec: SPEC,
    strength: "exhaustive",
    domain: FOUR_DIGITS,
    reaches: ["decoded"],
    implementation: arena,
    mutants: [
      mutant(HEX, "lower - 0x61 + 10", "lower - 0x61 + 9"),
      mutant(HEX, "16 * high + low", "16 * low + high"),
      mutant(HEX, "DIGITS.charCodeAt(byte >> 4)", "DIGITS.charCodeAt(byte >> 5)"),
      mutant(HEX, '"0123456789abcdef"', '"0123456789ABCDEF"'),
    ],
    check(hex, reach, face) {
      const bytes = valueOf(face.hexDecode(hex));
      reach("decoded");
      return allOf(agreesOn(hex, face), agrees(face.hexEncode(bytes), { ok: true, value: hex }));
    },
  }),
  defineProof({
    id: "arena/hex_decode_uppercase",
    claim: "upper-case digits decode to the bytes they spell",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.map(FOUR_DIGITS, (hex) => hex.toUpperCase()),
    reaches: ["decoded"],
    implementation: arena,
    mutants: [mutant(HEX, "code | 0x20", "code")],
    check(hex, reach, face) {
      if (face.hexDecode(hex).ok) reach("decoded");
      return agreesOn(hex, face);
    },
  }),
  defineProof({
    id: "arena/hex_decode_mixed_case",
    claim: "each digit may be in either case",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.words(domain.of(..."09afAF"), 4),
    reaches: ["bytes", "odd-length"],
    implementation: arena,
    mutants: [
      mutant(HEX, "code | 0x20", "code & ~0x20"),
      mutant(HEX, "lower <= 0x66", "lower < 0x66"),
      mutant(HEX, "lower >= 0x61", "lower > 0x61"),
    ],
    check(digits, reach, face) {
      const decoded = face.hexDecode(digits.join(""));
      reach(decoded.ok ? "bytes" : decoded.error.kind);
      return agreesOn(digits.join(""), face);
    },
  }),
  defineProof({
    id: "arena/hex_decode_odd_length_fails",
    claim: "an odd number of characters is refused, also when all of them are digits",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.words(domain.of("0", "f", "G", "é", "\u{1f600}"), 5),
    reaches: ["bytes", "odd-length", "bad-digit"],
    implementation: arena,
    mutants: [
      mutant(
        HEX,
        'if (lengthCharacters % 2 !== 0) return err({ kind: "odd-length", lengthCharacters });',
        "",
      ),
      mutant(HEX, "position: 2 * place + 1", "position: 2 * place"),
    ],
    check(pieces, reach, face) {
      const decoded = face.hexDecode(pieces.join(""));
      reach(decoded.ok ? "bytes" : decoded.error.kind);
      return agreesOn(pieces.join(""), face);
    },
  }),
  defineProof({
    id: "arena/hex_decode_invalid_char_fails",
    claim: "of all texts of two characters exactly those of two digits decode",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "exhaustive",
    domain: TWO_CHARACTERS,
    reaches: ["bytes", "bad-digit"],
    implementation: arena,
    mutants: [
      mutant(HEX, "code <= 0x39", "code <= 0x3a"),
      mutant(HEX, "code >= 0x30", "code >= 0x31"),
      mutant(HEX, "lower <= 0x66", "lower <= 0x67"),
      mutant(HEX, "lower >= 0x61", "lower >= 0x60"),
      mutant(HEX, 'if (low < 0) return err({ kind: "bad-digit", position: 2 * place + 1 });', ""),
      mutant(HEX, "if (high < 0)", "if (high < 0 && low < 0)"),
    ],
    check(hex, reach, face) {
      const decoded = face.hexDecode(hex);
      reach(decoded.ok ? "bytes" : decoded.error.kind);
      return agreesOn(hex, face);
    },
  }),
  defineProof({
    id: "arena/hex_decode_invalid_char_fails_anywhere",
    claim: "longer texts decode as the model says, and name the first character that is no digit",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.array(
        fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(..."0123456789abcdefABCDEF") },
          { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
          {
            weight: 1,
            arbitrary: fc.constantFrom("\u0130", "\u0661", "\uff11", "\u0141", "\ud800"),
          },
        ),
        { maxLength: 24 },
      ),
      { runs: 3000, describe: "up to 24 digits and other characters" },
    ),
    reaches: ["bytes", "bad-digit", "odd-length"],
    implementation: arena,
    mutants: [
      mutant(HEX, "const lower = code | 0x20;", "const lower = (code & 0xff) | 0x20;"),
    ],
    check(pieces, reach, face) {
      const decoded = face.hexDecode(pieces.join(""));
      reach(decoded.ok ? "bytes" : decoded.error.kind);
      return agreesOn(pieces.join(""), face);
    },
  }),
  defineProof({
    id: "arena/hex_decode_empty_ok",
    claim: "no digits give no bytes, and every even number of zeros half as many zero bytes",
    subject: ["hexDecode"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, 64),
    reaches: ["empty", "bytes"],
    implementation: arena,
    mutants: [
      mutant(
        HEX,
        "() => new Uint8Array(lengthCharacters / 2)",
        "() => new Uint8Array(lengthCharacters)",
      ),
      mutant(HEX, 'if (typeof hex !== "string")', 'if (typeof hex !== "string" || hex === "")'),
    ],
    check(count, reach, face) {
      const decoded = valueOf(face.hexDecode("00".repeat(count)));
      reach(count === 0 ? "empty" : "bytes");
      return agrees(decoded, new Uint8Array(count));
    },
  }),
  defineProof({
    id: "arena/hex_decode_inverts_hex_encode",
    claim: "bytes encode as the model says, and decode to themselves in either case",
    subject: ["hexEncode", "hexDecode"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(biased.bytes(80), { runs: 1500, describe: "0 to 80 bytes" }),
    reaches: ["decoded"],
    implementation: arena,
    mutants: [
      mutant(HEX, "DIGITS.charCodeAt(byte & 15)", "DIGITS.charCodeAt(byte & 7)"),
      mutant(HEX, "digits[2 * place] =", "digits[2 * (bytes.length - 1 - place)] ="),
    ],
    check(bytes, reach, { hexEncode, hexDecode }) {
      const hex = valueOf(hexEncode(bytes));
      reach("decoded");
      return allOf(
        agrees(hex, codec.hexEncode(bigints(bytes))),
        agrees(hexDecode(hex), { ok: true, value: bytes }),
        agrees(hexDecode(hex.toUpperCase()), { ok: true, value: bytes }),
      );
    },
  }),
];

register(proofs);
