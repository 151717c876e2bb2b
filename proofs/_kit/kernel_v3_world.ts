/** A Vm in mode v3 with a few small Instances, for single rules told without the model. */

import type {
  CacheDirectory,
  CallResult,
  Cap,
  CapTarget,
  InProcessKernelAssist,
  InstanceCapV3,
  KernelImage,
  KernelInstanceOptions,
  Vm,
  VmOptions,
} from "../../src/kernel/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { imageOf, instanceOf, NO_ARGS, type Special } from "./kernel_attack.ts";
import type { Line } from "./kernel_guest.ts";

/** A directory, an assist and a Vm. */
export interface World {
  readonly face: Face;
  readonly directory: CacheDirectory;
  readonly assist: InProcessKernelAssist;
  readonly vm: Vm;
}

/** What is in slots, by slot. */
export type Held = Readonly<Record<number, string>>;

/** Gas that suffices for every program here. */
export const PLENTY = 100_000n;

/** A fresh world. */
export function worldOf(face: Face, options: VmOptions = {}): World {
  const assist = new face.InProcessKernelAssist();
  const vm = valueOf(face.Vm.create({ assist, ...options }));
  return { face, directory: new face.CacheDirectory(), assist, vm };
}

/** Puts a capability. */
export function put({ directory }: World, cap: Cap): string {
  return valueOf(directory.putCap(cap));
}

/** Puts Data of some bytes. */
export function putData(world: World, ...bytes: readonly number[]): string {
  return put(
    world,
    valueOf(world.face.DataCap.inline(Uint8Array.from(bytes), { form: "stripped" })),
  );
}

/** Puts a cnode. */
export function putCNode(world: World, sizeLog: number, held: Held = {}): string {
  const slots = Object.entries(held).map(([slot, target]) => ({ slot: Number(slot), target }));
  return put(world, valueOf(world.face.CNodeCap.create(sizeLog, slots)));
}

/** Puts the image of a program that halts at its end. */
export function putImage(
  { face, directory }: World,
  lines: readonly Line[],
  special: Special = {},
): string {
  return imageOf(face, directory, lines, special);
}

/** Puts the first Instance of a program that halts at its end. */
export function putInstance(
  { face, directory }: World,
  lines: readonly Line[],
  held: Held = {},
  special: Special = {},
): string {
  const slots = Object.entries(held).map(([slot, target]) => ({ slot: Number(slot), target }));
  return instanceOf(face, directory, lines, special, slots);
}

/** Issues an Instance of the kernel. */
export function issued(
  { face, directory }: World,
  image: KernelImage,
  options: KernelInstanceOptions = {},
): string {
  return valueOf(face.issueKernelInstance(directory, image, options));
}

/** What a call is given besides the Instance. */
export interface Given {
  readonly gas?: bigint;
  readonly quota?: bigint;
  readonly slot0?: string;
}

/** Calls endpoint 0 of an Instance. */
export function called(world: World, instance: string, given: Given = {}): CallResult {
  const { gas = PLENTY, ...options } = given;
  const { vm, directory } = world;
  return valueOf(vm.invokeCached(directory, instance, 0, NO_ARGS, gas, options));
}

/** Goes on with a paused Instance. */
export function wentOn(world: World, instance: string, given: Given = {}): CallResult {
  return valueOf(world.vm.callResume(world.directory, { instance, ...given }));
}

/** How a call ended: what it halted with, why it faulted, or that it paused. */
export function endOf(result: CallResult): bigint | string {
  if (result.kind === "halt") return result.returnValue;
  return result.kind === "faulted" ? result.reason.kind : result.kind;
}

/** The Instance that a call left. */
export function postOf(result: CallResult): string {
  const hash = result.kind === "halt"
    ? result.postInstanceHash
    : result.kind === "paused"
    ? result.pausedInstanceHash
    : undefined;
  if (hash === undefined) throw new Error(`a call that left nothing: ${endOf(result)}`);
  return hash;
}

/** The stored Instance of a target. */
export function instanceAt(
  { face, directory }: World,
  target: CapTarget | undefined,
): InstanceCapV3 {
  const cap = target === undefined ? undefined : directory.get(target);
  if (!face.InstanceCapV3.is(cap)) throw new Error("no Instance");
  return cap;
}

/** What a slot of a stored Instance holds. */
export function heldBy(
  world: World,
  instance: CapTarget | undefined,
  slot: number,
): CapTarget | undefined {
  const root = world.directory.get(instanceAt(world, instance).fields.rootCnode);
  if (root?.kind !== "cnode") throw new Error("no root cnode");
  return root.get(slot);
}

/** What is left of meters 0 to 2 and quotas 0 to 2. */
export function tablesOf({ assist }: World): readonly bigint[] {
  const ids = [0n, 1n, 2n];
  return [
    ...ids.map((id) => assist.gasMeterGet(id)),
    ...ids.map((id) => assist.storageQuotaGet(id)),
  ].map(BigInt);
}

/** One register takes the value of another. */
export function move(to: number, from: number): Line {
  return [100, from << 4 | to];
}
