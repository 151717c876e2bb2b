/** Code packed for images of the kernel: the inverse of what makes code of a JAVM program. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { bigs, bytesOf, mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "JAVM program, pack_bitmask";
const JAVM = "src/pvm/javm_code.ts";
const BLOB = "src/pvm/blob.ts";
const CODE = "src/pvm/code.ts";

/** What a jump table may hold, cut to the width of its entries. */
const ENTRIES: readonly (readonly bigint[])[] = [
  [],
  [0n, 1n],
  [2n ** 32n - 1n, 0x0102_0304n],
  [7n, 2n ** 32n],
  [2n ** 64n - 1n, 5n],
];

/** What stands in the list of starts: 0 is none, everything else is one. */
const STARTS: readonly (readonly number[])[] = [[1], [0], [1, 0, 0], [0, 2, 0, 255, 1], [0, 0, 1]];

/** The bytes of a number, the least significant first. */
function little(value: bigint, width: number): readonly bigint[] {
  return Array.from({ length: width }, (_, i) => value / 256n ** BigInt(i) % 256n);
}

/** Code that can be packed, and its parts under names of their own. */
function parts(): Record<"bytes" | "starts" | "count" | "width" | "table", unknown> {
  return {
    bytes: new Uint8Array(5), // no hostile value has as many
    starts: new Uint8Array(5),
    count: 1,
    width: 2,
    table: Uint8Array.of(1, 0),
  };
}

function codeOf({ bytes, starts, count, width, table }: ReturnType<typeof parts>): unknown {
  return { bytes, starts, jumpTable: { count, width, bytes: table } };
}

/** Code with a hostile value in the place of itself, of its jump table, or of a part. */
function spoilt(place: string, { make }: Hostile): unknown {
  switch (place) {
    case "code":
      return make();
    case "jumpTable":
      return { ...parts(), jumpTable: make() };
    case "getter":
      return {
        get bytes(): unknown {
          throw make();
        },
      };
    default:
      return codeOf({ ...parts(), [place]: make() });
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/pack_code_round_trips",
    claim:
      "packed code has a bit for each code byte, zeros behind them and its jump targets as numbers; javmCode makes the same code of it; targets of 2^32 and more are refused",
    subject: ["packCode", "javmCode"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      length: domain.range(0, 18),
      pattern: domain.of(...STARTS),
      width: domain.of(0, 1, 3, 4, 5, 8, 9, 255),
      entries: domain.of(...ENTRIES),
    }),
    reaches: ["packed", "padded", "refused"],
    implementation: pvm,
    mutants: [
      mutant(JAVM, "target > U32.max", "target >= U32.max"),
      mutant(JAVM, "target > U32.max", "target > U32.max + 1"),
      mutant(JAVM, "jumpTarget(table, entry)", "jumpTarget(table, 0)"),
      mutant(JAVM, "packMask(starts)", "packMask(bytes)"),
      mutant(JAVM, "ok({ code: bytes, packed", "ok({ code: code.bytes, packed"),
      mutant(
        BLOB,
        "(starts[place] ?? 0) << (place & 7)",
        "(starts[place] ?? 0) << (7 - place & 7)",
      ),
      mutant(BLOB, "(mask[place >> 3] ?? 0) | ((starts", "((starts"),
      mutant(BLOB, "Math.ceil(starts.length / 8)", "(starts.length >> 3) + 1"),
      mutant(BLOB, "Math.ceil(starts.length / 8)", "starts.length >> 3"),
      mutant(CODE, "starts.map((start) => start === 0 ? 0 : 1)", "starts"),
      mutant(CODE, "place = table.width - 1; place >= 0", "place = table.width - 1; place > 0"),
      mutant(CODE, "offset * 256 + (table", "offset * 255 + (table"),
    ],
    check({ length, pattern, width, entries }, reach, { javmCode, packCode }) {
      const bytes = Uint8Array.from({ length }, (_, i) => i + 1);
      const starts = Uint8Array.from({ length }, (_, i) => pattern[i % pattern.length] ?? 0);
      const table = bytesOf(entries.flatMap((entry) => little(entry, width)));
      const targets = entries.map((entry) => entry % 256n ** BigInt(width));
      const packed = packCode({
        bytes,
        starts,
        jumpTable: { count: entries.length, width, bytes: table },
      });
      const fits = targets.every((target) => target < 2n ** 32n);
      if (!packed.ok || !fits) {
        reach("refused");
        return agrees([packed.ok, fits], [false, false]);
      }
      reach(length % 8 === 0 ? "packed" : "padded");
      const isStart = bigs(starts.map((start) => Math.sign(start)));
      const mask = isStart.reduce((sum, bit, i) => sum + bit * 2n ** BigInt(i), 0n);
      bytes.fill(0); // what was packed shares nothing with it
      const { code, packedBitmask, jumpTable } = packed.value;
      const again = javmCode(code, packedBitmask, jumpTable);
      return allOf(
        agrees(bigs(code), Array.from({ length }, (_, i) => BigInt(i + 1))),
        agrees(bigs(packedBitmask), little(mask, Math.ceil(length / 8))),
        agrees(bigs(jumpTable), targets),
        agrees(again.ok && bigs(again.value.starts), isStart),
        agrees(again.ok && packCode(again.value), packed),
      );
    },
  }),
  defineProof({
    id: "kernel/pack_code_refuses",
    claim:
      "whatever else stands for code or for a part of it is refused by name, and nothing is thrown",
    subject: ["packCode"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      place: domain.of("code", "jumpTable", "getter", ...Object.keys(parts())),
      hostile: hostileValues,
    }),
    reaches: ["refused"],
    implementation: pvm,
    mutants: [
      mutant(
        JAVM,
        'invalidArgument("code", EXPECTED_CODE',
        'invalidArgument("bytes", EXPECTED_CODE',
      ),
      mutant(CODE, "starts?.length !== bytes.length", "starts === undefined"),
      mutant(CODE, "bytes?.length !== count * width", "bytes === undefined"),
      mutant(CODE, "!isWhole(count, 0, TABLE_ENTRIES_MAX) ||", "!(count >= 0) ||"),
    ],
    check({ place, hostile }, reach, { packCode }) {
      const result: unknown = Reflect.apply(packCode, undefined, [spoilt(place, hostile)]);
      if (typeof result !== "object" || result === null) return "gave no result";
      reach("refused");
      const error: unknown = Reflect.get(result, "error");
      if (typeof error !== "object" || error === null) return "took it";
      return agrees(
        [Reflect.get(error, "kind"), Reflect.get(error, "parameter")],
        ["invalid-argument", "code"],
      );
    },
  }),
];

register(proofs);
