/** Instances of version 3 as they are asked for, and small encodings to damage. */

import fc from "fast-check";
import type { Cap } from "../../model/kernel_caps.ts";
import { at, big } from "../../model/kernel_shapes.ts";
import { partsOf, serialize, type Value } from "../../model/kernel_ssz.ts";
import { ANY_CAP, IMAGE_V3, INSTANCE_V3 } from "../../model/kernel_v3_caps.ts";
import type { InstanceV3Options } from "../../src/kernel/mod.ts";
import { num, text } from "./kernel.ts";
import { instanceV3 } from "./kernel_v3_arbitrary.ts";

const ONES = "11".repeat(32);
const registers = Array.from({ length: 13 }, (_, i) => BigInt(i));
const paused = (callee: readonly bigint[], regions: readonly Value[]): Value => [
  1n,
  [ONES, registers, 5n, ONES, 1n, callee, regions],
];

/** Small capabilities of version 3. */
export const SMALL_V3: readonly Cap[] = [
  [INSTANCE_V3, [ONES, ONES, ONES, [0n]]],
  [INSTANCE_V3, [ONES, ONES, ONES, paused([1n, 2n], [[[1n, ONES], ONES]])]],
  [IMAGE_V3, [
    [0n, 1n],
    [3n],
    [5n],
    [],
    [[0n, 9n, [1n, 2n, 0n, 0n, 0n, 0n, 0n, 0n], 2n]],
    [1n],
    [2n],
    [[3n, ONES], [4n, ONES]],
    [1n, 9n],
  ]],
  [IMAGE_V3, [
    [0n],
    [1n],
    [],
    [[1n, 0n, 2n, 3n, registers], [2n, 0n, 2n, 3n, registers]],
    [],
    [],
    [],
    [],
    [0n],
  ]],
];

/** What a byte is changed to. */
export const DAMAGE: readonly number[] = [0, 1, 3, 255];

/** Every place of the encodings: cut there, or another byte there. */
export function* smallDamage(): Generator<Uint8Array> {
  for (const value of SMALL_V3) {
    const bytes = Uint8Array.from(serialize(ANY_CAP, value));
    for (let place = 0; place < bytes.length; place++) {
      yield bytes.slice(0, place);
      for (const byte of DAMAGE) yield bytes.with(place, byte);
    }
  }
}

const callees = fc.oneof(
  fc.array(fc.constantFrom(1n, 255n, 65_535n), { minLength: 7, maxLength: 9, size: "max" }),
  fc.constantFrom([0n], [256n], [1n, 65_536n], [255n, 65_535n, 0n], [0n, 1n]),
);

/** The fields of an Instance, with a callee that may be none. */
export const wildInstance: fc.Arbitrary<readonly Value[]> = fc.tuple(
  instanceV3,
  fc.option(callees, { nil: undefined, freq: 2 }),
).map(([fields, callee]) => {
  const status = partsOf(at(fields, 3));
  if (callee === undefined || status[0] !== 1n) return fields;
  return fields.with(3, [1n, partsOf(at(status, 1)).with(5, callee)]);
});

/** The fields as the options that make the Instance. */
export function optionsOf(fields: readonly Value[]): InstanceV3Options {
  const [imageHashChain, imageHash, rootCnode] = [0, 1, 2].map((i) => text(at(fields, i)));
  const of = {
    imageHashChain: imageHashChain ?? "",
    imageHash: imageHash ?? "",
    rootCnode: rootCnode ?? "",
  };
  const status = at(fields, 3);
  if (at(status, 0) === 0n) return of;
  if (at(status, 0) === 2n) return { ...of, status: { state: "faulted" } };
  const pause = at(status, 1);
  return {
    ...of,
    status: {
      state: "paused",
      pause: {
        image: text(at(pause, 0)),
        regs: partsOf(at(pause, 1)).map(big),
        pc: big(at(pause, 2)),
        marker: text(at(pause, 3)),
        raised: at(pause, 4) === 1n,
        callee: partsOf(at(pause, 5)).map(num),
        regions: partsOf(at(pause, 6)).map((region) => ({
          source: at(at(region, 0), 0) === 1n ? text(at(at(region, 0), 1)) : undefined,
          content: text(at(region, 1)),
        })),
      },
    },
  };
}
