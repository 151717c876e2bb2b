/** Random scenes: Instances of random images, the tables around them, and what a host does. */

import fc from "fast-check";
import { type ADDRESS, type Line, SLOT } from "./kernel_programs.ts";
import { LINES } from "./kernel_programs_lines.ts";

/** An image: its program, and what it declares. */
export interface ImageSpec {
  readonly lines: readonly Line[];
  readonly ending: "halt" | "halt" | "trap" | "falls off";
  /** Which of the mappings it has. */
  readonly mappings: readonly (keyof typeof ADDRESS)[];
  readonly pages: number;
  readonly gasSlots: readonly number[];
  readonly quotaSlots: readonly number[];
  readonly catches: boolean;
  /** The slots in which it pins data, or the image after it. */
  readonly pinsData: readonly number[];
  readonly pinsImage: boolean;
}

/** An Instance: which image it has, and what it holds. */
export interface InstanceSpec {
  readonly image: number;
  readonly child: InstanceSpec | undefined;
  readonly second: InstanceSpec | undefined;
  readonly status: "idle" | "faulted" | "paused";
  readonly kernel: number;
  readonly kernelToo: number;
  readonly listed: number;
  readonly gas: number;
  readonly quota: number;
  readonly bytes: number;
  /** The slots of those that could be filled that are empty. */
  readonly empty: readonly number[];
  readonly payload: boolean;
}

const weighted = <T>(...entries: readonly (readonly [number, T])[]) =>
  fc.oneof(...entries.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

export const IMAGE_SPEC: fc.Arbitrary<ImageSpec> = fc.record({
  lines: LINES,
  ending: weighted<ImageSpec["ending"]>([8, "halt"], [1, "trap"], [1, "falls off"]),
  mappings: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    {
      weight: 20,
      arbitrary: fc.constantFrom<ImageSpec["mappings"]>(
        ["scratch", "data"],
        ["scratch", "data", "authored"],
        ["scratch", "data", "authored"],
        ["scratch", "data", "authored"],
        ["data", "pinned", "scratch"],
        ["nested", "scratch", "data"],
        ["payload", "scratch", "data"],
      ),
    },
  ),
  pages: weighted([9, 1], [1, 2]),
  gasSlots: weighted<readonly number[]>([6, []], [1, [SLOT.gas]], [2, [SLOT.gas, SLOT.gasToo]]),
  quotaSlots: weighted<readonly number[]>([4, []], [2, [SLOT.quota]], [1, [
    SLOT.empty,
    SLOT.quota,
  ]]),
  catches: weighted([3, true], [1, false]),
  pinsData: weighted<readonly number[]>([3, []], [3, [SLOT.pinned]], [1, [
    SLOT.empty,
    SLOT.pinned,
  ]]),
  pinsImage: weighted([3, false], [1, true]),
});

const leaf = {
  image: fc.nat(3),
  status: weighted<InstanceSpec["status"]>([10, "idle"], [1, "faulted"], [3, "paused"]),
  kernel: fc.constantFrom(3, 3, 4, 5, 6, 7, 10, 11, 0, 9),
  kernelToo: fc.constantFrom(3, 3, 4, 5, 6, 7, 10, 11, 12, 2),
  listed: fc.constantFrom(15, 15, 7, 3, 1, 0, 12),
  gas: fc.nat(3),
  quota: fc.nat(3),
  bytes: weighted([6, 0], [4, 2], [4, 1], [1, 3], [1, 4]),
  empty: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...Object.values(SLOT)), { maxLength: 2 }) },
  ),
  payload: weighted([1, false], [2, true]),
};

function instanceSpec(depth: number): fc.Arbitrary<InstanceSpec> {
  const below = depth === 0
    ? fc.constant(undefined)
    : fc.option(instanceSpec(depth - 1), { nil: undefined, freq: 9 });
  return fc.record({ ...leaf, child: below, second: depth > 1 ? below : fc.constant(undefined) });
}

/** Everything that a host does with an Instance. */
export interface Scene {
  readonly images: readonly ImageSpec[];
  readonly top: InstanceSpec;
  readonly rows: readonly bigint[];
  readonly gas: bigint;
  readonly quota: bigint | undefined;
  readonly endpoint: number;
  readonly slot0: "data" | "instance" | undefined;
  readonly maxDepth: number;
  readonly memoryPages: number;
  readonly hostMarkers: readonly number[];
  /** What it does when one call has ended: gas and quota of the next. */
  readonly next: readonly {
    readonly gas: bigint | undefined;
    readonly quota: bigint | undefined;
  }[];
}

const GAS = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(3000n, 5000n) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1500 }).map(BigInt) },
);
const QUOTA = weighted<bigint | undefined>([3, 20_000n], [1, 4096n], [1, 50n], [1, undefined]);

/** Scenes. */
export const SCENE: fc.Arbitrary<Scene> = fc.noBias(fc.record({
  images: fc.array(IMAGE_SPEC, { minLength: 2, maxLength: 3 }),
  top: fc.tuple(instanceSpec(2), weighted([30, true], [1, false]))
    .map(([spec, idle]) => idle ? { ...spec, status: "idle" as const } : spec),
  rows: fc.array(fc.constantFrom(0n, 0n, 150n, 700n, 3000n, 9000n), { minLength: 6, maxLength: 6 }),
  gas: GAS,
  quota: QUOTA,
  endpoint: weighted([24, 0], [4, 1], [1, 9]),
  slot0: weighted<Scene["slot0"]>([2, undefined], [1, "data"], [1, "instance"]),
  maxDepth: weighted([8, 256], [1, 1], [1, 2], [1, 3], [1, 4], [1, 5]),
  memoryPages: weighted([16, 4096], [1, 2], [1, 4], [1, 7]),
  hostMarkers: weighted<readonly number[]>([2, []], [2, [0]], [1, [0, 1]]),
  next: fc.array(fc.record({ gas: fc.option(GAS, { nil: undefined }), quota: QUOTA }), {
    maxLength: 3,
  }),
}));
