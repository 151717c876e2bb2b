/** How to make what few programs of version 3 meet: parts that say that they are missing, odd pauses. */

import type { CapTarget, CNodeCap, DataCap, Vm } from "../../src/kernel/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { NO_ARGS, type Special } from "./kernel_attack.ts";
import { assistWith } from "./kernel_compat_unit.ts";
import { ecalli, type Line, load, operation } from "./kernel_guest.ts";
import {
  endOf,
  type Held,
  instanceAt,
  issued,
  move,
  PLENTY,
  put,
  putCNode,
  putImage,
  putInstance,
  type World,
  worldOf,
} from "./kernel_v3_world.ts";

const ABSENT = "ab".repeat(32);
export const AT = 0x10000n;
export const NOWHERE = 256n;

/** An operation with any values in r7 and on. */
export function asks(number: number, ...operands: readonly (number | bigint)[]): readonly Line[] {
  return [...operands.map((value, i) => load(7 + i, BigInt(value))), ecalli(number)];
}

/** A path of so many steps that lie at an address. */
export const pathAt = (address: bigint, steps: bigint): bigint =>
  2n ** 63n | steps << 32n | address;

/** Maps slot 3 at the address. */
export const mapped = (pages: bigint): Special => ({
  memoryMappings: [{ start: AT, size: 4096n * pages, source: [3] }],
});

type Outcome = ReturnType<Vm["invokeCached"]>;

/** How a call ended, in a word. */
export function told(outcome: Outcome): bigint | string {
  return outcome.ok ? endOf(outcome.value) : outcome.error.kind;
}

export function invoked({ vm, directory }: World, instance: CapTarget): Outcome {
  return vm.invokeCached(directory, instance, 0, NO_ARGS, PLENTY, { quota: 100_000n });
}

/** Puts an Instance of a program and calls it. */
export function ran(
  world: World,
  lines: readonly Line[],
  held: Held = {},
  special: Special = {},
): bigint | string {
  return told(invoked(world, putInstance(world, lines, held, special)));
}

/** A cnode with a slot that says that its content is missing. */
export function lacking({ face }: World, sizeLog: number, slot: number, held: Held = {}): CNodeCap {
  const rest = Object.entries(held).map(([at, target]) => ({ slot: Number(at), target }));
  return valueOf(face.CNodeCap.create(sizeLog, [...rest, { slot, missing: ABSENT }]));
}

/** An Instance whose root cnode has a slot that says so. */
export function lackingInstance(
  world: World,
  image: string,
  slot: number,
  held: Held = {},
): string {
  const rootCnode = put(world, lacking(world, 8, slot, held));
  const options = { imageHashChain: ABSENT, imageHash: image, rootCnode };
  return put(world, valueOf(world.face.InstanceCapV3.create(options)));
}

/** Data of three pages one of which is missing. */
export function gapped({ face }: World, page: number): DataCap {
  const pages = [0, 1, 2].map((at) => at === page ? ABSENT : new Uint8Array(4096).fill(at + 1));
  return valueOf(face.DataCap.paged(4096, pages));
}

/** Puts an Instance that the kernel had yield. */
export function putPaused(world: World, image: string, rootCnode: string, pc: bigint): string {
  const pause = {
    ...{ image, regs: new Array<bigint>(13).fill(0n), pc, marker: ABSENT, raised: true },
    ...{ callee: [], regions: [] },
  };
  const status = { state: "paused", pause } as const;
  const options = { imageHashChain: ABSENT, imageHash: image, rootCnode, status };
  return put(world, valueOf(world.face.InstanceCapV3.create(options)));
}

/** Goes on with such an Instance, whose slot 0 says that it is missing, or that is far on. */
export function pausedAt(world: World, lines: readonly Line[], held: Held, pc = 0n): Outcome {
  const image = putImage(world, lines);
  const root = pc > 0n ? putCNode(world, 8) : put(world, lacking(world, 8, 0, held));
  const instance = putPaused(world, image, root, pc);
  return world.vm.callResume(world.directory, { instance, gas: PLENTY });
}

/** An Instance of the kernel whose root cnode is another one. */
export function altered(world: World, instance: string, cnode: CNodeCap): string {
  const { imageHash, imageHashChain } = instanceAt(world, instance).fields;
  const options = { imageHash, imageHashChain, rootCnode: put(world, cnode) };
  return put(world, valueOf(world.face.InstanceCapV3.create(options)));
}

export const child = (world: World): string => putInstance(world, []);
const numbered = (at: number): string => at.toString(16).padStart(64, "0");

/** A catcher of so many markers is given one more. */
export function addedTo(world: World, count: number): bigint | string {
  const markers = Array.from({ length: count }, (_, at) => numbered(at + 1));
  const held = {
    6: issued(world, "yieldcatcher", { markers }),
    12: issued(world, "gas", { id: 7n }),
  };
  return ran(world, [...operation(1, 12, 0), ...operation(26, 6, 0), move(7, 8)], held);
}

/** A world whose host refuses every file. */
export function unsaving(face: Face): World {
  const world = worldOf(face);
  const assist = assistWith(world.assist, { hostSave: () => undefined });
  return { ...world, vm: valueOf(face.Vm.create({ assist })) };
}
