/** Strings of the guest: lossy and strict UTF-8 against the table of well-formed sequences. */

import fc from "fast-check";
import * as host from "../model/arena_host.ts";
import * as utf8 from "../model/arena_utf8.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import {
  arenaOf,
  bigints,
  modelOf,
  modelState,
  mutant,
  outcome,
  plain,
  stateOf,
  textOutcome,
  valueOf,
} from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI, readString; Unicode 15, table 3-7";
const UTF8 = "src/arena/utf8.ts";

/** One byte of each kind and the edges of each range of the table; the long ones come first. */
const CLASSES = domain.of(
  ...[0xf4, 0xf3, 0xf1, 0xf0, 0xef, 0xee, 0xed, 0xec, 0xe1, 0xe0, 0xdf, 0xc2, 0xc1, 0xf5, 0xff],
  ...[0xc0, 0xbf, 0xbb, 0xa0, 0x9f, 0x90, 0x8f, 0x80, 0x7f],
);

/** Lossy and strict reading of some bytes agree with the model. */
function readsAgree(
  bytes: readonly number[],
  reach: (outcome: string) => void,
  face: typeof arena,
): string | undefined {
  const actual = arenaOf(face, 80);
  const range = valueOf(actual.hostArgBytes(Uint8Array.from(bytes)));
  const lossy = actual.readString(range.ptr, range.len);
  const strict = actual.readStringStrict(range.ptr, range.len);
  reach(strict.ok ? "well-formed" : strict.error.kind);
  const { codePoints, illFormedAt: position } = utf8.decode(bigints(bytes));
  return allOf(
    agrees(textOutcome(lossy), { ok: codePoints }),
    agrees(
      textOutcome(strict),
      position === undefined ? { ok: codePoints } : { error: { kind: "invalid-utf8", position } },
    ),
  );
}

const subject = ["Arena.readString", "Arena.readStringStrict", "Arena.hostArgBytes"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/strings_of_one_and_two_bytes",
    claim: "all texts of 0 to 2 bytes read as the model reads them, lossy and strict",
    subject,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.words(domain.range(0, 255), 2),
    reaches: ["well-formed", "invalid-utf8"],
    implementation: arena,
    mutants: [
      mutant(UTF8, "if (lead < 0xc2) return 0;", "if (lead < 0xc0) return 0;"),
      mutant(UTF8, "if (lead < 0x80) return 1;", "if (lead <= 0x80) return 1;"),
      mutant(UTF8, "bytes[at + place] ?? 0", "bytes[at + place] ?? 0x80"),
    ],
    check: readsAgree,
  }),
  defineProof({
    id: "arena/strings_of_three_bytes",
    claim:
      "all texts of up to 3 bytes, one of each kind and each edge of the table, read as the model reads them",
    subject,
    spec: SPEC,
    strength: "bounded",
    domain: domain.words(CLASSES, 3),
    reaches: ["well-formed", "invalid-utf8"],
    implementation: arena,
    mutants: [
      mutant(UTF8, "return [0xa0, 0xbf];", "return [0xa0, 0xc0];"),
      mutant(UTF8, "return [0x80, 0x9f];", "return [0x80, 0xbf];"),
      mutant(UTF8, "at += length;", "at += 1;"),
      mutant(UTF8, "byte < lo || byte > hi", "byte < lo"),
      mutant(UTF8, "{ ignoreBOM: true }", "{ ignoreBOM: false }"),
      mutant(UTF8, "{ ignoreBOM: true, fatal: true }", "{ fatal: true }"),
      mutant(UTF8, 'new TextDecoder("utf-8", { ignoreBOM: true })', 'new TextDecoder("latin1")'),
    ],
    check: readsAgree,
  }),
  defineProof({
    id: "arena/strings_of_four_bytes",
    claim:
      "texts of 4 bytes that begin with a long first byte, alone and with a bad byte behind, read as the model reads them",
    subject,
    spec: SPEC,
    strength: "bounded",
    domain: domain.map(
      domain.product({
        lead: domain.of(0xf5, 0xf4, 0xf3, 0xf1, 0xf0, 0xef, 0xed, 0xe0),
        second: CLASSES,
        third: domain.of(0x7f, 0x80, 0xbf, 0xc0),
        fourth: domain.of(0x7f, 0x80, 0xbf, 0xc0),
        behind: domain.of([], [0xff]),
      }),
      ({ lead, second, third, fourth, behind }) => [lead, second, third, fourth, ...behind],
    ),
    reaches: ["well-formed", "invalid-utf8"],
    implementation: arena,
    mutants: [
      mutant(UTF8, "return [0x90, 0xbf];", "return [0x80, 0xbf];"),
      mutant(UTF8, "return [0x80, 0x8f];", "return [0x80, 0xbf];"),
      mutant(UTF8, "lead < 0xf5 ? 4", "lead < 0xf4 ? 4"),
      mutant(UTF8, "byte < 0x80 || byte > 0xbf", "byte < 0x80"),
    ],
    check: readsAgree,
  }),
  defineProof({
    id: "arena/strings_of_many_bytes",
    claim: "long texts, well-formed and broken, read as the model reads them",
    subject,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.array(
        fc.oneof(
          fc.string({ unit: "binary", minLength: 1, maxLength: 2 }).map((text) => [
            ...new TextEncoder().encode(text),
          ]),
          fc.array(fc.constantFrom(...CLASSES.values()), { minLength: 1, maxLength: 2 }),
        ),
        { maxLength: 8 },
      ),
      { runs: 2000, describe: "up to 8 pieces, of characters or of bytes" },
    ),
    reaches: ["well-formed", "invalid-utf8"],
    implementation: arena,
    mutants: [
      mutant(UTF8, "return lossy.decode(bytes);", "return lossy.decode(bytes, { stream: true });"),
      mutant(UTF8, "position: illFormedAt(bytes)", "position: illFormedAt(bytes) + 1"),
    ],
    check: (pieces, reach, face) => readsAgree(pieces.flat(), reach, face),
  }),
  defineProof({
    id: "arena/host_arg_str_encodes_as_the_model",
    claim:
      "a string becomes its UTF-8 bytes, with U+FFFD for a surrogate that stands alone, or (0, 0)",
    subject: ["Arena.hostArgStr", "Arena.readString"],
    spec: "guest arena ABI, hostArgStr",
    strength: "bounded",
    domain: domain.product({
      units: domain.words(
        domain.of(
          0x00,
          0x7f,
          0x80,
          0x7ff,
          0x800,
          0xd7ff,
          0xd800,
          0xdbff,
          0xdc00,
          0xdfff,
          0xfeff,
          0xffff,
        ),
        3,
      ),
      capacity: domain.of(8, 9, 13, 24),
    }),
    reaches: ["empty", "exhausted", "placed"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/arena.ts",
        "if (text.length > this.leftBytes)",
        "if (text.length >= this.leftBytes)",
      ),
      mutant(
        UTF8,
        "encoder.encode(text)",
        "encoder.encode(text.replaceAll(/[\\ud800-\\udfff]/g, '?'))",
      ),
      mutant(UTF8, "encoder.encode(text)", "Uint8Array.from(text, (unit) => unit.charCodeAt(0))"),
    ],
    check({ units, capacity }, reach, face) {
      const text = String.fromCharCode(...units);
      const actual = arenaOf(face, capacity);
      const range = valueOf(actual.hostArgStr(text));
      const expected = host.hostArgStr(modelOf(capacity), text);
      reach(text === "" ? "empty" : range.ptr === 0 ? "exhausted" : "placed");
      return allOf(
        agreesWithModel(
          { outcome: plain(range), state: stateOf(actual, capacity) },
          { outcome: expected.outcome, state: modelState(expected.state) },
        ),
        range.ptr === 0 ? undefined : agrees(
          textOutcome(actual.readString(range.ptr, range.len)),
          { ok: utf8.codePointsOf(bigints(units)) },
        ),
      );
    },
  }),
  defineProof({
    id: "arena/strings_are_limited",
    claim: "a text longer than the limit is refused before it is read, and one at the limit is not",
    subject: ["Arena.over", "Arena.readString", "Arena.readStringStrict", "Arena.readPackedString"],
    spec: "guest arena ABI, limits",
    strength: "bounded",
    domain: domain.of(1, 2 ** 28 - 17, 2 ** 28 - 16, 2 ** 28 - 15, 2 ** 31, 2 ** 32 - 1),
    reaches: ["too-long", "memory-failed"],
    implementation: arena,
    mutants: [
      mutant(UTF8, "lengthBytes > limitBytes", "lengthBytes >= limitBytes"),
      mutant(UTF8, "STRING_BYTES_MAX = 268_435_440", "STRING_BYTES_MAX = 268_435_456"),
    ],
    check(length, reach, { Arena }) {
      const refused = { ok: false, error: "refused" } as const;
      const memory = {
        activeSize: 2 ** 32,
        read: () => refused,
        initData: () => refused,
        fill: () => refused,
      };
      const actual = valueOf(Arena.over(memory, { capacityBytes: 64 }));
      const read = actual.readString(0, length);
      if (!read.ok) reach(read.error.kind);
      const limit = host.STRING_BYTES_MAX;
      const expected = BigInt(length) > limit
        ? { kind: "too-long", lengthBytes: BigInt(length), limitBytes: limit }
        : { kind: "memory-failed", operation: "read", reason: "refused", cause: "refused" };
      return allOf(
        agrees(outcome(read), { error: expected }),
        agrees(outcome(actual.readStringStrict(0, length)), { error: expected }),
        agrees(outcome(actual.readPackedString(BigInt(length))), { error: expected }),
      );
    },
  }),
];

register(proofs);
