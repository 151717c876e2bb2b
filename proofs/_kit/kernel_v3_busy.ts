/** Calls of mode v3 that together need nearly all that an invocation can need. */

import type { CNode, Instance, Slots } from "../../model/kernel_v3_values.ts";
import {
  ADDRESS,
  ask,
  IMAGE_PATHS,
  type Line,
  number,
  type Operand,
  path,
  SLOT,
} from "./kernel_programs.ts";
import { AUTHORED, MARKERS } from "./kernel_programs_worlds.ts";
import { dataOf } from "../../model/kernel_v3_memory.ts";
import { HASHES } from "./kernel_v3_hashes.ts";
import {
  bare,
  catching,
  data,
  gas,
  handler,
  IDLE,
  imageWith,
  kernel,
  LEAF,
  quota,
  store,
  YIELDER,
} from "./kernel_v3_guest.ts";
import { type HostCall, type Limits, PLAIN_LIMITS } from "./kernel_v3_lockstep.ts";
import { pausedOf, PLAIN_CALL } from "./kernel_v3_scene.ts";

/** A call of the host, and the limits of its Vm. */
export interface Busy {
  readonly call: HostCall;
  readonly limits: Limits;
}

const [MARKER = IDLE, , OOG = IDLE, EXHAUSTED = IDLE] = MARKERS;
const [PREPARED, FITS, SPARE] = [23, 26, 20];
/** Data of three pages. */
const BIG = dataOf(Array.from({ length: 9000 }, (_, i) => BigInt(i % 251)));

/** An operation whose operands are paths or numbers. */
function does(code: number, ...operands: readonly (Operand | number)[]): Line {
  const all = operands.map((each) => typeof each === "number" ? number(each) : each);
  return { kind: "operation", number: code, operands: all, how: "always", by: "ecalli" };
}

const nested = (...slots: Slots): CNode => ({ is: "cnode", sizeLog: 4, slots });

function busy(instance: Instance, call: Partial<HostCall> = {}, limits: Partial<Limits> = {}) {
  return {
    call: { ...PLAIN_CALL, quota: 20_000n, instance, ...call },
    limits: { ...PLAIN_LIMITS, ...limits },
  };
}

const slots = bare(
  imageWith([
    ask(5, [SPARE, 4, SLOT.quota]),
    does(1, path(SLOT.cnode, 2), path(SPARE, 3)),
    does(2, SLOT.marker, path(SPARE, 1)),
    does(4, path(SLOT.cnode, 2), path(SLOT.cnode, 3)),
    does(3, path(SPARE, 1)),
    store(ADDRESS.data, 9),
    store(ADDRESS.nested, 9),
  ], { mappings: ["scratch", "data", "nested"], pinsData: [], quotaSlots: [SLOT.quota] }),
  [
    [SLOT.data, data(1, 2)],
    [SLOT.cnode, nested([2, data(3)], [3, data(4)])],
    [SLOT.quota, quota(1n)],
    [SLOT.marker, MARKER],
  ],
);

const images = bare(
  imageWith([
    {
      kind: "operation",
      number: 19,
      operands: [
        number(ADDRESS.authored),
        { kind: "authoredLength" },
        number(PREPARED),
        number(SPARE),
      ],
      how: "always",
      by: "ecalli",
    },
    ask(18, [SLOT.image, PREPARED, SPARE + 1]),
    ask(21, [SPARE + 1, SPARE + 2]),
    ask(30, [SPARE + 2, ADDRESS.data, 3, SPARE + 4]),
    ask(29, [SLOT.child, SPARE + 1, ADDRESS.data, 1]),
    ask(20, [SLOT.child, SPARE + 1]),
    ask(31, [SPARE + 2, SPARE + 4]),
    ask(17, [FITS]),
    ask(26, [SPARE + 1, 0]),
  ], { pinsData: [SLOT.pinned] }),
  [
    [SLOT.data, dataOf(IMAGE_PATHS)],
    [SLOT.image, LEAF],
    [SLOT.child, IDLE],
    [SLOT.pinned, dataOf(IMAGE_PATHS)],
    [SLOT.authored, dataOf(AUTHORED)],
    [SLOT.pinnedImage, imageWith([], { pinsData: [] })],
    [PREPARED, { ...nested([5, data(5)], [6, LEAF], [7, MARKER]), sizeLog: 8 }],
    [FITS, imageWith([], { pinsData: [SLOT.other] })],
  ],
);

/** Yields, is resumed, and waits for a host; its memory and its slots have something. */
const worker = bare(
  imageWith([
    store(ADDRESS.data, 7),
    ask(16, [SLOT.marker]),
    store(ADDRESS.data + 1, 7),
    ask(16, [SLOT.marker]),
  ], { mappings: ["scratch", "data", "pinned"], pinsData: [SLOT.pinned] }),
  [[SLOT.data, data(1)], [SLOT.marker, MARKER], [SLOT.pinned, dataOf(IMAGE_PATHS)]],
);
const between = bare(handler(), [[SLOT.child, worker], [SLOT.payload, data(8)]]);
/** One that waits for a callee, which has yielded to the host. */
export const WAITING: Instance = pausedOf(between) ?? IDLE;

const calls = bare(
  handler(
    ask(27, [SLOT.child]),
    ask(28, [SLOT.child]),
    ask(26, [SLOT.second, 0]),
    ask(27, [SLOT.kernel]),
    ask(27, [SLOT.kernel]),
    ask(28, [SLOT.kernelToo]),
  ),
  [
    [SLOT.child, between],
    [SLOT.second, YIELDER],
    [SLOT.catcher, catching(OOG, MARKER)],
    [SLOT.kernel, WAITING],
    [SLOT.kernelToo, WAITING],
  ],
);

const kernels = bare(
  imageWith([
    ask(1, [SLOT.marker, 0]),
    ask(26, [SLOT.catcher, 0]),
    ask(26, [SLOT.catcher, 2]),
    ask(3, [0]),
    ask(1, [SLOT.marker, 0]),
    ask(26, [SLOT.catcher, 1]),
    ask(3, [0]),
    ask(1, [SLOT.data, 0]),
    ask(26, [SLOT.second, 0]),
    ask(3, [0]),
    ask(26, [SLOT.kernel, 0, 2]),
    ask(3, [0]),
    ask(26, [SLOT.child, 0, 5, 6]),
    ask(26, [SLOT.kernelToo, 0, 5]),
    ask(3, [0]),
    ask(26, [SPARE, 0]),
  ], { mappings: [], pinsData: [], quotaSlots: [SLOT.quota] }),
  [
    [SLOT.marker, MARKER],
    [SLOT.catcher, catching(OOG)],
    [SLOT.data, BIG],
    [SLOT.quota, quota(1n)],
    [SLOT.second, kernel("host_save")],
    [SLOT.kernel, kernel("host_open")],
    [SLOT.child, kernel("set_storage_quota")],
    [SLOT.kernelToo, kernel("mint_gas")],
    [SPARE, kernel("create_yield_catcher")],
  ],
);

const bytes = bare(
  imageWith([
    ask(22, [SLOT.other, ADDRESS.scratch, 4096]),
    ask(23, [ADDRESS.scratch, 100, SLOT.quota, SPARE]),
    ask(24, [2, SPARE + 1]),
    ask(25, [SPARE, SLOT.quota]),
    ask(3, [SPARE]),
    ask(25, [SLOT.other, SLOT.quota]),
    store(ADDRESS.data + 8192, 1),
  ], { mappings: ["scratch", "data"], pinsData: [], pages: 3 }),
  [[SLOT.data, BIG], [SLOT.other, BIG], [SLOT.quota, quota(1n)]],
);

/** Runs out of gas and of quota, which its caller makes good. */
const thirsty = bare(
  imageWith([ask(1, [SLOT.marker, SPARE]), store(ADDRESS.data, 1)], {
    mappings: ["scratch", "data"],
    pinsData: [],
    gasSlots: [SLOT.gas, SLOT.gasToo],
    quotaSlots: [SLOT.quota],
  }),
  [
    [SLOT.marker, MARKER],
    [SLOT.gas, gas(3n)],
    [SLOT.gasToo, gas(4n)],
    [SLOT.quota, quota(2n)],
  ],
);

const spent = bare(
  handler(
    ask(26, [SLOT.second, 0, 3, 900]),
    ask(27, [SLOT.child]),
    ask(26, [SLOT.kernel, 0, 2, 9000]),
    ask(27, [SLOT.child]),
  ),
  [
    [SLOT.child, thirsty],
    [SLOT.second, kernel("set_gas_meter")],
    [SLOT.kernel, kernel("set_storage_quota")],
    [SLOT.catcher, catching(OOG, EXHAUSTED)],
  ],
);

const host = { hostMarkers: [HASHES.of(MARKER)] };

/** The calls, by what they are about. */
export const BUSY: Readonly<Record<string, Busy>> = {
  slots: busy(slots, { slot0: data(6) }),
  images: busy(images),
  calls: busy(calls, { slot0: data(6) }),
  kernel: busy(kernels),
  bytes: busy(bytes),
  spent: busy(spent),
  "yields to the host": busy(bare(handler(), [[SLOT.child, between]]), { slot0: data(6) }, host),
  "goes on": busy(WAITING, { kind: "resume", slot0: data(7) }, host),
};
