/** Random worlds of programs that call the kernel, under the rules of the original. */

import fc from "fast-check";
import { type Cap, CNODE, DATA, IMAGE, TYPE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import { byteValues } from "./kernel.ts";
import { hashOf } from "./kernel_compat.ts";
import {
  ECALL,
  ecalli,
  type Guest,
  guest,
  type Line,
  load,
  loadByte,
  operation,
  REPLY,
  small,
  storeByte,
  TRAP,
} from "./kernel_guest.ts";

/** The kernel's marker for gas that is spent. */
export const OOG_MARKER = "54bf860a79fdb437888d436dc174eef4c556c0e98094d1d7f50cd6434adb991f";
/** A marker. */
export const MARKER: string = "3a".repeat(32);
/** A catcher of it, and of the kernel's. */
export const CATCHER: string = "ca".repeat(32);
const PAGE = 4096;

const page = (...bytes: readonly number[]): Value =>
  Array.from({ length: PAGE }, (_, i) => BigInt(bytes[i] ?? 0));
export const INLINE: Cap = [DATA, [[0n, page(104, 101, 108, 108, 111)]]];
export const PAGED: Cap = [DATA, [[1n, [8n, [[1n, [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]], [0n], [
  2n,
  "99".repeat(32),
]]]]]];
export const TYPE_CAP: Cap = [TYPE, ["77".repeat(32)]];
export const SMALL: Cap = [CNODE, [3n, [[3n, 0n, hashOf(INLINE)], [5n, 1n, MARKER]]]];
export const BARE: Cap = [CNODE, [0n, []]];
/** What slots usually hold: every operation finds what it wants at these places. */
const SLOT = { zero: 0, image: 1, cnode: 2, data: 3, instance: 4, marker: 5, catcher: 6, free: 7 };
const NO_PATH: readonly Value[] = Array.from({ length: 8 }, () => 0n);
export const NO_REGISTERS: readonly Value[] = Array.from({ length: 13 }, () => 0n);

const anySlot = fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 7 }) }, fc.constantFrom(8, 100));
const at = (usual: number) => fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, anySlot);
const destination = at(SLOT.free);
const length = fc.oneof(fc.nat({ max: 9 }), fc.constantFrom(16, 17, 24, 100));
const address = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 40) },
  fc.constantFrom(PAGE - 4, PAGE, 2 * PAGE - 1),
);

const operands = (number: number, ...of: readonly fc.Arbitrary<number>[]) =>
  fc.tuple(...of).map((values) => operation(number, ...values));
const lines: fc.Arbitrary<readonly Line[]> = fc.oneof(
  operands(1, anySlot, destination),
  operands(2, anySlot, destination),
  operands(3, anySlot),
  operands(4, anySlot, anySlot),
  operands(5, destination, fc.constantFrom(0, 3, 16, 17)),
  { weight: 3, arbitrary: operands(16, at(SLOT.marker)) },
  operands(17, at(SLOT.image)),
  { weight: 2, arbitrary: operands(18, at(SLOT.image), at(SLOT.cnode), at(SLOT.instance)) },
  operands(20, at(SLOT.instance), at(SLOT.instance)),
  operands(21, at(SLOT.instance), destination),
  fc.tuple(at(SLOT.data), address, length).map(([slot, to, count]) => [
    small(7, slot),
    load(8, BigInt(to)),
    load(9, BigInt(count)),
    ecalli(22),
  ]),
  fc.tuple(address, length, fc.nat({ max: 2 }), destination).map(([from, count, quota, to]) => [
    load(7, BigInt(from)),
    load(8, BigInt(count)),
    small(9, quota),
    small(10, to),
    ecalli(23),
  ]),
  operands(24, fc.nat({ max: 3 }), destination),
  operands(25, at(SLOT.data), fc.nat({ max: 2 })),
  { weight: 5, arbitrary: operands(26, at(SLOT.instance), fc.constantFrom(0, 0, 0, 1, 2)) },
  fc.constantFrom(6, 15, 19, 27, 63, 999).map((number) => [ecalli(number)]),
  fc.tuple(fc.constantFrom(0, 1, 16, 26, 300), anySlot).map(([number, slot]) => [
    small(7, slot),
    load(11, BigInt(number)),
    ECALL,
  ]),
  fc.tuple(fc.nat({ max: 12 }), address).map(([register, to]) => [storeByte(register, to)]),
  fc.tuple(fc.nat({ max: 12 }), address).map(([register, from]) => [loadByte(register, from)]),
  fc.nat({ max: 255 }).map((value) => [load(7, BigInt(value)), storeByte(7, 5)]),
);
const ending: fc.Arbitrary<readonly Line[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constant([REPLY]) },
  fc.constantFrom([TRAP], [], [[40, 0]], [[40, 0xf6, 0xff, 0xff, 0xff]]),
);
/** A program that often begins with a certain operation. */
const program = (first: readonly Line[]): fc.Arbitrary<Guest> =>
  fc.tuple(
    fc.oneof({ weight: 2, arbitrary: fc.constant(first) }, fc.constant([])),
    fc.array(lines, { maxLength: 3 }),
    ending,
  ).map(([begin, body, end]) => guest([...begin, ...body.flat(), ...end]));
const YIELD = operation(16, SLOT.marker);
const CALL = operation(26, SLOT.instance, 0);

const endpoint = (entry: bigint): Value => [entry, 0n, 0n, 0n, NO_REGISTERS];
const FILLED: Value = [0n, 5n, 0n, 0n, NO_REGISTERS.map((_, i) => BigInt(i))];
const mapping: fc.Arbitrary<Value> = fc.tuple(
  fc.constantFrom(0n, 0n, 4096n, 100n, 2n ** 32n - 4096n, 2n ** 32n),
  fc.constantFrom(0n, 8n, 8n, 4096n, 8192n, 2n ** 63n),
  fc.constantFrom(3n, 3n, 1n, 7n),
  fc.constantFrom(1n, 1n, 0n, 2n),
).map(([start, size, slot, steps]) => [
  start,
  size,
  NO_PATH.map((_, i) => i === 0 && steps > 0n ? slot : 0n),
  steps,
]);
const entries = (slots: readonly bigint[], hash: string) =>
  fc.subarray([...slots], { maxLength: 2 }).map((list): Value => list.map((slot) => [slot, hash]));

const image = (first: readonly Line[]): fc.Arbitrary<Cap> =>
  fc.tuple(
    program(first),
    fc.array(mapping, { maxLength: 2 }),
    fc.oneof(fc.constant<Value>([]), entries([0n, 3n, 7n, 9n], hashOf(INLINE))),
    fc.oneof(fc.constant<Value>([]), entries([0n, 2n, 9n], hashOf(TYPE_CAP))),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Value>([1n, BigInt(SLOT.catcher)]) },
      fc.constant([
        0n,
      ]),
    ),
  ).map(([{ code, packedBitmask }, mappings, pinned, initial, catcher]): Cap => [IMAGE, [
    byteValues(code),
    byteValues(packedBitmask),
    [0n, 2n],
    [endpoint(0n), FILLED],
    mappings,
    pinned,
    initial,
    catcher,
  ]]);

/** Some choices: of what an Instance has in its slots, and how much memory. */
const build = fc.record({
  zero: fc.nat({ max: 3 }),
  image: fc.nat({ max: 2 }),
  data: fc.nat({ max: 2 }),
  child: fc.nat({ max: 4 }),
  marker: fc.nat({ max: 2 }),
  catcher: fc.nat({ max: 3 }),
  memory: fc.constantFrom(0n, 1n, 4096n, 4096n, 8192n),
  working: fc.boolean(),
});

/** What a world and its calls are made of. */
export interface Plan {
  readonly images: readonly Cap[];
  readonly builds: readonly {
    readonly zero: number;
    readonly image: number;
    readonly data: number;
    readonly child: number;
    readonly marker: number;
    readonly catcher: number;
    readonly memory: bigint;
    readonly working: boolean;
  }[];
  readonly calls: readonly {
    readonly resume: number;
    readonly instance: number;
    readonly endpoint: number;
    readonly gas: bigint;
    readonly given: number;
  }[];
  readonly maxDepth: number;
  readonly memoryBytes: number;
}

/** A random plan. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  images: fc.tuple(image(YIELD), image(CALL), image(CALL)),
  builds: fc.array(build, { minLength: 2, maxLength: 4 }),
  calls: fc.array(
    fc.record({
      resume: fc.nat({ max: 3 }),
      instance: fc.nat({ max: 4 }),
      endpoint: fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, fc.constantFrom(1, 2, 64)),
      gas: fc.oneof(fc.constantFrom(0n, 97n, 700n), {
        weight: 3,
        arbitrary: fc.bigInt(800n, 8000n),
      }),
      given: fc.nat({ max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  maxDepth: fc.constantFrom(1, 2, 3, 16, 16),
  memoryBytes: fc.constantFrom(2 ** 20, 2 ** 20, 8192),
});
