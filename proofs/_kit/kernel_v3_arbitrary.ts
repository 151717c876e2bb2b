/** Random capabilities of version 3, in the terms of the model. */

import fc from "fast-check";
import type { Cap } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import { IMAGE_V3, INSTANCE_V3 } from "../../model/kernel_v3_caps.ts";
import { hash, keyed, list, u32, u64, u8 } from "./kernel_arbitrary.ts";

const registers = fc.array(u64, { minLength: 13, maxLength: 13 });

/** The first bytes of instructions, and what may stand behind them. */
const instruction = fc.tuple(
  fc.constantFrom(0n, 1n, 3n, 10n, 51n, 200n),
  fc.array(u8, { maxLength: 24, size: "max" }),
).map(([opcode, rest]): readonly bigint[] => [opcode, ...rest]);

/** Code of whole instructions, with its mask and the places where they start. */
export const code: fc.Arbitrary<readonly [Value, Value, readonly bigint[]]> = fc.array(
  instruction,
  { minLength: 1, maxLength: 4 },
).map((instructions) => {
  const bytes = instructions.flat();
  const marks = instructions.flatMap((own) => own.map((_, i) => i === 0 ? 1n : 0n));
  const mask = Array.from(
    { length: Math.ceil(bytes.length / 8) },
    (_, at) =>
      marks.slice(8 * at, 8 * at + 8).reduceRight<bigint>((byte, mark) => 2n * byte + mark, 0n),
  );
  const starts = marks.flatMap((mark, place) => mark === 1n ? [BigInt(place)] : []);
  return [bytes, mask, starts];
});

const slot = fc.bigInt(0n, 255n);
const path = fc.oneof(
  fc.constant<bigint[]>([]),
  fc.tuple(slot, list(fc.bigInt(0n, 65_535n), 7)).map(([first, rest]) => [first, ...rest]),
);

/** Mappings that share neither page nor source: each begins behind the one before. */
const mappings = fc.uniqueArray(
  fc.tuple(path, fc.bigInt(0n, 3n), fc.bigInt(1n, 9000n)),
  { maxLength: 3, selector: ([steps]) => `${steps}` },
).map((rows) => {
  let page = 0n;
  return rows.map(([steps, gap, size]): Value => {
    const start = page + gap;
    page = start + (size + 4095n) / 4096n;
    const padded = Array.from({ length: 8 }, (_, i) => steps[i] ?? 0n);
    return [4096n * start, size, padded, BigInt(steps.length)];
  });
});

function endpointsAt(starts: readonly bigint[]): fc.Arbitrary<Value> {
  return keyed(u8, fc.tuple(fc.constantFrom(...starts), u8, u8, registers));
}

/** The fields of an image of version 3. */
export const imageV3: fc.Arbitrary<readonly Value[]> = code.chain(([bytes, mask, starts]) =>
  fc.tuple(
    fc.constant(bytes),
    fc.constant(mask),
    list(u32),
    endpointsAt(starts),
    mappings,
    list(slot),
    list(slot),
    keyed(fc.bigInt(1n, 255n), fc.tuple(hash)),
    fc.oneof(fc.constant<Value>([0n]), slot.map((s): Value => [1n, s])),
  )
);

const callee = fc.oneof(
  fc.constant<bigint[]>([]),
  fc.tuple(fc.bigInt(1n, 255n), list(fc.bigInt(0n, 65_535n), 7)).map(([first, rest]) => [
    first,
    ...rest,
  ]),
);
const optionHash = fc.oneof(fc.constant<Value>([0n]), hash.map((h): Value => [1n, h]));
const pause = fc.tuple(
  hash,
  registers,
  u64,
  hash,
  fc.bigInt(0n, 1n),
  callee,
  list(fc.tuple(optionHash, hash)),
);
const status: fc.Arbitrary<Value> = fc.oneof(
  fc.constant<Value>([0n]),
  fc.constant<Value>([2n]),
  { weight: 3, arbitrary: pause.map((p): Value => [1n, p]) },
);

/** The fields of an Instance of version 3. */
export const instanceV3: fc.Arbitrary<readonly Value[]> = fc.tuple(hash, hash, hash, status);

/** A capability of version 3. */
export const capV3: fc.Arbitrary<Cap> = fc.oneof(
  imageV3.map((fields): Cap => [IMAGE_V3, fields]),
  instanceV3.map((fields): Cap => [INSTANCE_V3, fields]),
);
