/** Random lines of guest programs, most of which fit what an Instance holds. */

import fc from "fast-check";
import { ADDRESS, ask, type Line, number, type Operand, path, SLOT } from "./kernel_programs.ts";

/** What an operand is for. */
type Role =
  | "any"
  | "empty"
  | "data"
  | "image"
  | "cnode"
  | "callee"
  | "instance"
  | "quota"
  | "marker"
  | "type"
  | "address"
  | "length"
  | "paths"
  | "count"
  | "small"
  | "endpoint"
  | "file"
  | "authored"
  | "authoredLength"
  | "pins"
  | "value";

/** The operations: how often, and what r7 and the registers behind it are for. */
const OPERATIONS: readonly (readonly [weight: number, number: number, ...roles: Role[]])[] = [
  [4, 0, "value"],
  [4, 1, "any", "empty"],
  [4, 2, "any", "empty"],
  [2, 3, "any"],
  [3, 4, "any", "any"],
  [2, 5, "empty", "small", "quota"],
  [5, 16, "marker"],
  [2, 17, "image"],
  [2, 18, "image", "cnode", "empty"],
  [2, 19, "authored", "authoredLength", "pins", "empty"],
  [1, 20, "instance", "instance"],
  [2, 21, "instance", "empty"],
  [2, 22, "data", "address", "length"],
  [2, 23, "address", "length", "quota", "empty"],
  [1, 24, "file", "empty"],
  [1, 25, "data", "quota"],
  [10, 26, "callee", "endpoint", "value", "value", "value", "value"],
  [6, 27, "callee"],
  [2, 28, "callee"],
  [1, 29, "instance", "instance", "paths", "count"],
  [1, 30, "type", "paths", "count", "empty"],
  [1, 31, "type", "type"],
  [1, 999, "value"],
];

const some = (...values: readonly (number | bigint)[]) =>
  fc.constantFrom(...values.map((value) => number(value)));

/** A slot of the root cnode, in either form, or the slot of the same number of a cnode in it. */
function slots(...wanted: readonly number[]): fc.Arbitrary<Operand> {
  return fc.oneof(
    { weight: 60, arbitrary: some(...wanted) },
    { weight: 2, arbitrary: fc.constantFrom(...wanted.map((slot) => path(slot))) },
    { weight: 3, arbitrary: fc.constantFrom(...wanted.map((slot) => path(SLOT.cnode, slot))) },
    { weight: 1, arbitrary: fc.nat(18).map(number) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        some(200, 256, 2n ** 63n, 2n ** 63n + 2n ** 32n, 2n ** 64n - 1n),
        fc.constantFrom(path(SLOT.cnode, 4000), path(256), path(SLOT.cnode, 3, 3), path(3, 3)),
        fc.constantFrom(path(1, 2, 3, 4, 5, 6, 7, 8), path(1, 2, 3, 4, 5, 6, 7, 8, 9)),
      ),
    },
  );
}

const addresses = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(
      fc.constantFrom(
        ...Array.from({ length: 12 }, () => ADDRESS.scratch),
        ADDRESS.data,
        ...Object.values(ADDRESS),
      ),
      fc.constantFrom(0, 0, 1, 100, 3900),
    ).map(([base, offset]) => number(base + offset)),
  },
  { weight: 1, arbitrary: some(0, 2 ** 32 - 1, 2n ** 32n + 0x1_0000n, 0x9_0000) },
);

const S = SLOT;

/** Operands for what they are for. */
const OPERANDS: Readonly<Record<Role, fc.Arbitrary<Operand>>> = {
  any: slots(S.payload, S.data, S.image, S.cnode, S.child, S.marker, S.type, S.authored, S.gas),
  empty: slots(S.other, S.other, S.other, S.empty, 19, 20, 21, 19, 20, 21, 22, S.payload),
  data: slots(S.data, S.data, S.authored, S.pinned),
  image: slots(S.image, S.image, S.image, S.image, S.pinnedImage, S.empty),
  cnode: slots(S.cnode),
  callee: slots(S.child, S.child, S.child, S.second, S.second, S.kernel, S.kernelToo),
  instance: slots(S.child, S.marker, S.kernel, S.catcher, S.child),
  quota: slots(...Array.from({ length: 12 }, () => S.quota), S.gas, S.empty),
  marker: slots(S.marker, S.marker, S.marker, S.marker, S.second, S.gas),
  type: slots(S.type, S.type, S.type, S.other),
  address: addresses,
  length: fc.oneof(
    { weight: 9, arbitrary: some(0, 1, 3, 40, 40, 100) },
    { weight: 1, arbitrary: some(2 ** 28 + 1, 2n ** 64n - 1n, 4096, 5000) },
  ),
  paths: some(...Array.from({ length: 12 }, () => ADDRESS.data), ADDRESS.scratch + 64, 0),
  count: some(0, 1, 1, 2, 1, 1, 2, 1, 3, 257),
  small: some(0, 1, 4, 8, 8, 16, 8, 8, 4, 1, 17, 2n ** 32n),
  endpoint: fc.oneof(
    { weight: 20, arbitrary: some(0, 0, 0, 1, 2) },
    { weight: 1, arbitrary: some(7, 255, 256) },
  ),
  file: some(2, 2, 2, 2, 1, 9),
  authored: fc.oneof(
    { weight: 9, arbitrary: some(ADDRESS.authored) },
    { weight: 1, arbitrary: addresses },
  ),
  authoredLength: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Operand>({ kind: "authoredLength" }) },
    { weight: 1, arbitrary: some(0, 5, 2 ** 24 + 1) },
  ),
  pins: fc.oneof(
    { weight: 3, arbitrary: some(2n ** 64n - 1n) },
    { weight: 2, arbitrary: slots(S.cnode) },
  ),
  value: fc.oneof(some(0, 1, 2, 3, 9), fc.nat(2000).map(number), some(2n ** 64n - 1n)),
};

const HOW: fc.Arbitrary<"always" | "when paused" | "while paused"> = fc.constantFrom(
  "always",
  "always",
  "when paused",
  "while paused",
);

const operation: fc.Arbitrary<Line> = fc.oneof(
  ...OPERATIONS.map(([weight, code, ...roles]) => ({
    weight,
    arbitrary: fc.record({
      kind: fc.constant("operation" as const),
      number: fc.constant(code),
      operands: fc.tuple(...roles.map((role) => OPERANDS[role])),
      how: code === 27 || code === 28 ? HOW : fc.constant("always" as const),
      by: fc.constantFrom("ecalli" as const, "ecalli" as const, "ecall" as const),
    }),
  })),
);

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 24, arbitrary: operation },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("store" as const, "store" as const, "load" as const),
      address: fc.tuple(
        fc.constantFrom(...Object.values(ADDRESS)),
        fc.constantFrom(0, 3, 4095, 4097),
      )
        .map(([base, offset]) => base + offset),
      value: fc.constantFrom(0, 1, 255),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Line>({ kind: "trap" }, { kind: "back" }, { kind: "jump nowhere" }),
  },
);

const callee = fc.constantFrom(SLOT.child, SLOT.child, SLOT.second);
const endpoint = fc.constantFrom(0, 0, 0, 1);

/** Lines that belong together: calls, and what is done when what was called has yielded. */
const habit: fc.Arbitrary<readonly Line[]> = fc.oneof(
  fc.tuple(callee, endpoint).map(([slot, at]) => [
    ask(26, [slot, at, 1, 2]),
    ask(27, [slot], "while paused"),
  ]),
  fc.tuple(callee, endpoint).map(([slot, at]) => [
    ask(26, [slot, at, 1, 2]),
    ask(27, [slot], "when paused"),
    ask(28, [slot], "when paused"),
  ]),
  fc.tuple(callee, endpoint).map(([slot, at]) => [
    ask(26, [slot, at]),
    ask(26, [SLOT.second + SLOT.child - slot, 0], "when paused"),
    ask(27, [slot], "when paused"),
  ]),
  fc.tuple(callee, fc.constantFrom(0, 40, 800, 5000)).map(([slot, gas]) => [
    ask(26, [slot, 0]),
    ask(26, [SLOT.kernel, 0, 1, gas], "when paused"),
    ask(26, [SLOT.kernelToo, 0, 0, gas], "when paused"),
    ask(27, [slot], "when paused"),
    ask(27, [slot], "when paused"),
  ]),
  fc.constantFrom(SLOT.data, SLOT.marker, SLOT.child).map((slot) => [
    ask(3, [SLOT.payload]),
    ask(1, [slot, SLOT.payload]),
    ask(26, [SLOT.second, 0]),
  ]),
  fc.constantFrom(SLOT.data, SLOT.type, SLOT.data).map((slot) => [
    ask(3, [SLOT.payload]),
    ask(2, [slot, SLOT.payload]),
    ask(16, [SLOT.marker]),
  ]),
  fc.constantFrom(SLOT.marker, SLOT.marker, SLOT.gas).map((slot) => [ask(16, [slot])]),
  fc.constantFrom(SLOT.kernel, SLOT.kernelToo, SLOT.catcher).map((slot) => [
    ask(3, [SLOT.payload]),
    ask(1, [SLOT.marker, SLOT.payload]),
    ask(26, [slot, 0, 3, 700]),
  ]),
  fc.constantFrom(1, 2).map((at) => [
    ask(3, [SLOT.payload]),
    ask(1, [SLOT.marker, SLOT.payload]),
    ask(26, [SLOT.catcher, at]),
  ]),
  fc.constantFrom(SLOT.image).map((slot) => [
    ask(18, [slot, SLOT.cnode, SLOT.other]),
    ask(26, [SLOT.other, 0]),
    ask(20, [SLOT.other, SLOT.child]),
  ]),
);

/** The lines of a program. */
export const LINES: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: line.map((each) => [each]) },
    { weight: 2, arbitrary: habit },
  ),
  { minLength: 1, maxLength: 7, size: "max" },
).map((lines) => lines.flat());
