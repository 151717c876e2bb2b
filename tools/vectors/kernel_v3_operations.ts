/** Programs of version 3 that do one operation, and random ones of several. */

import type { JsonObject } from "./json.ts";
import { ask, SHOW } from "./kernel_code.ts";
import { caseOf, PLAIN } from "./kernel_v3.ts";
import { END, guest, LEAF, path, YIELDER } from "./kernel_v3_guests.ts";
import { AT, AUTHORED, HASHES, MARKERS, SLOT } from "./kernel_world.ts";
import type { Line } from "./pvm_code.ts";
import { Random } from "./random.ts";

const S = SLOT;
const NONE = 2n ** 64n - 1n;
const LENGTH = AUTHORED.length;

/** Operations with operands that they take, and with such that they refuse. */
const OPERATIONS: readonly (readonly [number, ...(readonly (number | bigint)[])[]])[] = [
  [0, []],
  [1, [S.data, S.free], [S.data, S.image], [S.empty, S.free], [S.pinned, S.free], [S.data, 256], [
    S.data,
    S.zero,
  ]],
  [2, [S.data, S.free], [S.data, S.image], [S.empty, S.free], [S.pinned, S.free]],
  [3, [S.data], [S.empty], [S.pinned], [300]],
  [4, [S.data, S.image], [S.data, S.empty], [S.pinned, S.data], [S.data, S.data]],
  [5, [S.free, 4, S.quota], [S.free, 16, S.quota], [S.free, 17, S.quota], [S.data, 4, S.quota], [
    S.free,
    8,
    S.gas,
  ]],
  [16, [S.marker], [S.empty], [S.data], [S.gas]],
  [17, [S.image], [S.data], [S.empty]],
  [18, [S.image, S.root, S.free], [S.image, S.cnode, S.free], [S.data, S.root, S.free], [
    S.image,
    S.root,
    S.data,
  ]],
  [
    19,
    [AT.authored, LENGTH, NONE, S.free],
    [AT.authored, 5, NONE, S.free],
    [AT.scratch, 9, NONE, S.free],
    [AT.authored, LENGTH, S.cnode, S.free],
    [AT.authored, LENGTH, NONE, S.data],
  ],
  [20, [S.child, S.child], [S.child, S.marker], [S.data, S.child], [S.empty, S.child]],
  [21, [S.child, S.free], [S.data, S.free], [S.child, S.data]],
  [
    22,
    [S.data, AT.scratch, 5],
    [S.data, AT.scratch, 5000],
    [S.data, AT.pinned, 3],
    [S.data, 0, 3],
    [S.image, AT.scratch, 1],
  ],
  [
    23,
    [AT.data, 3, S.quota, S.free],
    [AT.data, 0, S.quota, S.free],
    [AT.data, 3, S.gas, S.free],
    [AT.data, 3, S.quota, S.data],
    [AT.data, 4097, S.quota, S.free],
    [0x9_0000, 1, S.quota, S.free],
  ],
  [24, [2, S.free], [9, S.free], [2, S.data]],
  [25, [S.data, S.quota], [S.data, S.gas], [S.image, S.quota]],
  [
    26,
    [S.child, 0, 5, 6, 7, 8],
    [S.child, 1],
    [S.child, 7],
    [S.child, 3],
    [S.data, 0],
    [S.empty, 0],
    [S.kernel, 0, 2, 77],
    [S.kernel, 1],
    [S.second, 0, 5],
  ],
  [27, [S.child], [S.data]],
  [28, [S.child], [S.empty]],
  [29, [S.child, S.child, AT.data, 1], [S.child, S.child, AT.data, 0], [
    S.child,
    S.marker,
    AT.data,
    2,
  ], [S.child, S.child, 0, 1]],
  [30, [S.type, AT.data, 1, S.free], [S.type, AT.data, 2, S.free], [S.data, AT.data, 1, S.free], [
    S.type,
    AT.data,
    1,
    S.data,
  ]],
  [31, [S.type, S.type], [S.type, S.data]],
  [6, []],
  [999, [S.child]],
];

/** Each operation, done and refused. */
export function singles(): readonly JsonObject[] {
  return OPERATIONS.flatMap(([number, ...variants]) =>
    variants.map((operands, i) => {
      const top = guest([...ask(number, ...operands), ...SHOW, ...END]);
      return caseOf(`operation_${number}_${i}`, top, [{ quota: 20_000n }]);
    })
  );
}

/** Operations on slots of cnodes in the root, by paths. */
export function paths(): readonly JsonObject[] {
  return [
    [S.cnode, S.data],
    [S.cnode, 5, 1],
    [S.cnode, 0],
    [S.cnode, 99],
    [S.data, 0],
    [S.data],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [],
  ].map((steps, i) => {
    const { lines, value } = path(...steps);
    const top = guest([...lines, ...ask(1, value, S.free), ...SHOW, ...END]);
    return caseOf(`path_${i}`, top);
  });
}

/** Random programs that call random children. */
export function randoms(): readonly JsonObject[] {
  const random = new Random("v3");
  const lines = (count: number): readonly Line[] =>
    Array.from({ length: 1 + random.below(count) }, () => {
      const [number = 1, ...variants] = random.of(OPERATIONS.slice(1, -2));
      // Mostly what is done: the first operands are those that an operation takes.
      const operands = random.below(4) === 0 ? random.of(variants) : variants[0] ?? [];
      return ask(number, ...operands);
    }).flat();
  return Array.from({ length: 50 }, (_, i) => {
    const child = guest([...lines(3), ...SHOW, ...END], random.of([LEAF, YIELDER]));
    const body = [...lines(2), ...ask(26, S.child, 0), ...lines(2)];
    const top = guest(
      [...body, ...ask(27, S.child), ...SHOW, ...END],
      random.of([child, YIELDER]),
      {},
      {
        gasSlots: random.of([[], [S.gas]]),
        quotaSlots: random.of([[], [S.quota]]),
      },
    );
    const call = () => ({
      gas: BigInt(200 + random.below(9000)),
      quota: random.of([0n, 100n, 20_000n]),
    });
    const limits = { ...PLAIN, hostMarkers: random.of([[], [HASHES.of(MARKERS[0] ?? LEAF)]]) };
    return caseOf(`random_${i}`, top, [call(), call(), call()], limits);
  });
}
