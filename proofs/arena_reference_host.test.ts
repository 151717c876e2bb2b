/** The unit tests of the original arena that read and pack, under their names, each widened to a domain. */

import fc from "fast-check";
import * as model from "../model/arena.ts";
import * as codec from "../model/arena_codec.ts";
import * as host from "../model/arena_host.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  biased,
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

const EDGES = domain.of(0, 1, 7, 8, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1);
const SPEC = "guest arena ABI";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/encode_decode_round_trip_zero",
    claim: "every pair of edge words survives packing, signed or unsigned, and (0, 0) packs to 0",
    subject: ["encodePtrLen", "decodePtrLen"],
    spec: `${SPEC}, packed result`,
    strength: "bounded",
    domain: domain.product({ ptr: EDGES, len: EDGES }),
    reaches: ["zero", "other"],
    implementation: arena,
    mutants: [
      mutant("src/arena/packed.ts", "asU32(Number(value >> 32n))", "asU32(Number(value >> 31n))"),
      mutant("src/arena/packed.ts", "BigInt.asUintN(64, packed)", "packed"),
    ],
    check({ ptr, len }, reach, { encodePtrLen, decodePtrLen }) {
      const packed = valueOf(encodePtrLen(ptr, len));
      reach(packed === 0n ? "zero" : "other");
      return allOf(
        agrees(packed === 0n, ptr === 0 && len === 0),
        agrees(outcome(decodePtrLen(packed)), { ok: plain({ ptr, len }) }),
        agrees(outcome(decodePtrLen(BigInt.asIntN(64, packed))), { ok: plain({ ptr, len }) }),
      );
    },
  }),
  defineProof({
    id: "arena/read_packed_zero_is_none",
    claim: "only the packed value 0 is no result; a length of 0 at another pointer is empty",
    subject: ["Arena.readPackedBytes", "Arena.readPackedString"],
    spec: `${SPEC}, 0`,
    strength: "bounded",
    domain: domain.product({ ptr: domain.union(domain.range(0, 20), EDGES), len: EDGES }),
    reaches: ["none", "empty", "bytes", "outside-memory"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/arena.ts",
        "packed === 0n ? ok(undefined) : readAt(",
        "range.value.len === 0 ? ok(undefined) : readAt(",
      ),
      mutant(
        "src/arena/arena.ts",
        "packed === 0n ? ok(undefined) : this.readString(",
        "range.value.ptr === 0 ? ok(undefined) : this.readString(",
      ),
      mutant("src/arena/utf8.ts", "lengthBytes > limitBytes", "lengthBytes > 2 ** 31"),
    ],
    check({ ptr, len }, reach, face) {
      const packed = BigInt(ptr) * 2n ** 32n + BigInt(len);
      const actual = arenaOf(face, 16);
      actual.writeBytes(0, Uint8Array.from({ length: 16 }, (_, at) => 0x61 + at));
      const filled = model.writeBytes(
        modelOf(16),
        0,
        bigints(Array(16).keys()).map((at) => at + 0x61n),
      );
      const bytes = actual.readPackedBytes(packed);
      if (!bytes.ok) reach(bytes.error.kind);
      else reach(bytes.value === undefined ? "none" : bytes.value.length === 0 ? "empty" : "bytes");
      const expected = host.readPackedBytes(filled.state, packed);
      return allOf(
        agrees(outcome(bytes), expected),
        agrees(
          textOutcome(actual.readPackedString(packed)),
          host.readPackedString(filled.state, packed),
        ),
      );
    },
  }),
  defineProof({
    id: "arena/read_bytes_zero_len_is_empty",
    claim:
      "length 0 reads no bytes whatever the pointer, and other ranges read what the model reads",
    subject: ["Arena.readBytes", "Arena.readString", "Arena.readStringStrict", "Arena.writeBytes"],
    spec: `${SPEC}, readBytes`,
    strength: "bounded",
    domain: domain.product({
      ptr: domain.union(domain.range(-2, 18), EDGES),
      len: domain.union(domain.range(-1, 18), EDGES),
    }),
    reaches: ["empty", "bytes", "outside-memory"],
    implementation: arena,
    mutants: [
      mutant("src/arena/access.ts", "if (lengthBytes === 0) return undefined;", ""),
      mutant(
        "src/arena/access.ts",
        "lengthBytes > sizeBytes - pointer",
        "lengthBytes >= sizeBytes - pointer",
      ),
      mutant(
        "src/arena/access.ts",
        "lengthBytes > sizeBytes - pointer",
        "lengthBytes - 1 > sizeBytes - pointer",
      ),
      mutant(
        "src/arena/access.ts",
        "lengthBytes > sizeBytes - pointer",
        "((lengthBytes + pointer) | 0) > sizeBytes",
      ),
      mutant(
        "src/arena/store.ts",
        "bytes.slice(offset, offset + length)",
        "bytes.slice(offset, length)",
      ),
    ],
    check({ ptr, len }, reach, face) {
      const actual = arenaOf(face, 16);
      actual.writeBytes(0, Uint8Array.from({ length: 16 }, (_, at) => 0x61 + at));
      const filled = model.writeBytes(
        modelOf(16),
        0,
        bigints(Array(16).keys()).map((at) => at + 0x61n),
      );
      const bytes = actual.readBytes(ptr, len);
      reach(bytes.ok ? bytes.value.length === 0 ? "empty" : "bytes" : bytes.error.kind);
      const expected = model.readBytes(filled.state, ptr, len);
      const text = host.readString(filled.state, ptr, len);
      return allOf(
        agrees(outcome(bytes), expected),
        agrees(textOutcome(actual.readString(ptr, len)), text),
        agrees(textOutcome(actual.readStringStrict(ptr, len)), text),
      );
    },
  }),
  defineProof({
    id: "arena/host_arg_bytes_round_trip",
    claim: "bytes put into the arena are read back, in order, where the model puts them",
    subject: ["Arena.hostArgBytes", "Arena.readBytes", "Arena.usedBytes", "Arena.leftBytes"],
    spec: `${SPEC}, hostArgBytes`,
    strength: "sampled",
    domain: sampled(fc.oneof(biased.bytes(56), fc.uint8Array({ minLength: 54, maxLength: 66 })), {
      runs: 1500,
      describe: "0 to 66 bytes into 64",
    }),
    reaches: ["empty", "exhausted", "placed"],
    implementation: arena,
    mutants: [
      mutant("src/arena/arena.ts", "this.#next = offset + length;", "this.#next = offset;"),
      mutant(
        "src/arena/arena.ts",
        "this.#place(lengthBytes, data)",
        "this.#place(lengthBytes + 1, data)",
      ),
      mutant(
        "src/arena/store.ts",
        "bytes.subarray(offset, offset + length).set(source)",
        "bytes.subarray(offset, offset + length).set(source.subarray(1))",
      ),
      mutant(
        "src/arena/arena.ts",
        "ok({ ptr, len: asU32(length) })",
        "ok({ ptr: asU32(length), len: ptr })",
      ),
    ],
    check(bytes, reach, face) {
      const actual = arenaOf(face, 64);
      const range = valueOf(actual.hostArgBytes(bytes));
      const expected = host.hostArgBytes(modelOf(64), bigints(bytes));
      reach(bytes.length === 0 ? "empty" : range.ptr === 0 ? "exhausted" : "placed");
      return allOf(
        agreesWithModel(
          { outcome: plain(range), state: stateOf(actual, 64) },
          { outcome: expected.outcome, state: modelState(expected.state) },
        ),
        range.ptr === 0 ? undefined : agrees(actual.readBytes(range.ptr, range.len), {
          ok: true,
          value: bytes,
        }),
      );
    },
  }),
  defineProof({
    id: "arena/decode_ptr_len_splits_high_low",
    claim: "the pointer is the high half and the length the low half",
    subject: ["encodePtrLen", "decodePtrLen"],
    spec: `${SPEC}, packed result`,
    strength: "sampled",
    domain: sampled(biased.unsigned(64), { runs: 3000, describe: "64-bit values" }),
    reaches: ["decoded"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/packed.ts",
        "ptr: asU32(Number(value >> 32n)), len: asU32(Number(value & 0xffff_ffffn))",
        "ptr: asU32(Number(value & 0xffff_ffffn)), len: asU32(Number(value >> 32n))",
      ),
      mutant("src/arena/packed.ts", "value & 0xffff_ffffn", "value & 0x7fff_ffffn"),
      mutant(
        "src/arena/packed.ts",
        "(BigInt(words.value[0]) << 32n) | BigInt(words.value[1])",
        "(BigInt(words.value[0]) << 31n) | BigInt(words.value[1])",
      ),
    ],
    check(packed, reach, { encodePtrLen, decodePtrLen }) {
      const range = valueOf(decodePtrLen(packed));
      reach("decoded");
      return allOf(
        agrees({ ok: plain(range) }, codec.decode(packed)),
        agrees(outcome(encodePtrLen(range.ptr, range.len)), { ok: packed }),
      );
    },
  }),
];

register(proofs);
