/** One Instance at work under the rules of the original, for single cases. */

import type {
  CacheDirectory,
  CallResult,
  Cap,
  CapTarget,
  CNodeCap,
  ImageSourceOptions,
  InProcessKernelAssist,
  InstanceCap,
  InstanceOptions,
  KernelAssist,
  Vm,
  VmOptions,
} from "../../src/kernel/mod.ts";
import * as kernel from "../../src/kernel/mod.ts";
import { defineProof, domain, type Proof } from "../../src/proof/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { guest, type Line, REPLY } from "./kernel_guest.ts";
import type { Unit } from "./kernel_unit.ts";

/** Hashes of nothing known. */
export const AA: string = "aa".repeat(32);
export const BB: string = "bb".repeat(32);
/** The chain of every Instance of the cases. */
export const CHAIN: string = "01".repeat(32);
/** The gas of a call, unless told. */
const GAS = 10_000n;

/** What is in slots. */
export type Slots = Readonly<Record<number, CapTarget>>;

/** An image of a program, and what else it has. */
export interface Parts {
  readonly lines: readonly Line[];
  readonly source?: ImageSourceOptions;
  readonly pinned?: Slots;
  readonly initial?: Slots;
}

/** A directory and a Vm. */
export interface Bench {
  readonly face: Face;
  readonly directory: CacheDirectory;
  readonly assist: InProcessKernelAssist;
  readonly vm: Vm;
}

/** A Vm with an empty directory. */
export function benchOf(
  face: Face,
  options: VmOptions = {},
  directory: CacheDirectory = new face.CacheDirectory(),
): Bench {
  const assist = new face.InProcessKernelAssist();
  const vm = valueOf(face.Vm.create({ mode: "compat", assist, ...options }));
  return { face, directory, assist, vm };
}

/** Puts a capability. */
export function put({ directory }: Bench, cap: Cap): string {
  return valueOf(directory.putCap(cap));
}

/** Puts data of some bytes, padded. */
export function putData(bench: Bench, text: string): string {
  return put(bench, valueOf(bench.face.DataCap.inline(new TextEncoder().encode(text))));
}

const entries = (slots: Slots = {}) =>
  Object.entries(slots).map(([slot, target]) => ({ slot: Number(slot), target }));
const hashes = (slots: Slots = {}) =>
  entries(slots).map(({ slot, target }) => ({ slot, capHash: `${target}` }));

/** Puts the image of a program, which ends with a reply unless it says otherwise. */
export function putImage(bench: Bench, { lines, source, pinned, initial }: Parts): string {
  const options = { ...guest([...lines, REPLY]), ...source };
  const made = valueOf(bench.face.ImageSource.create(options));
  return put(bench, valueOf(bench.face.ImageCap.fromSource(made, hashes(pinned), hashes(initial))));
}

/** Puts a cnode of 16 slots. */
export function putCnode(bench: Bench, slots: Slots = {}): string {
  return put(bench, valueOf(bench.face.CNodeCap.create(4, entries(slots))));
}

/** Puts an Instance of a program. */
export function putInstance(
  bench: Bench,
  parts: Parts,
  slots: Slots = {},
  more: Partial<InstanceOptions> = {},
): string {
  const [imageHash, rootCnode] = [putImage(bench, parts), putCnode(bench, slots)];
  const options = { imageHashChain: CHAIN, imageHash, rootCnode, ...more };
  return put(bench, valueOf(bench.face.InstanceCap.create(options)));
}

/** Calls endpoint 0 of an Instance. */
export function invoke(
  { vm, directory }: Bench,
  instance: CapTarget,
  gas: bigint = GAS,
): ReturnType<Vm["invokeCached"]> {
  return vm.invokeCached(directory, instance, 0, [0n, 0n, 0n, 0n], gas);
}

/** How a call ended, that had to have a result. */
export function ended(bench: Bench, instance: CapTarget, gas: bigint = GAS): CallResult {
  return valueOf(invoke(bench, instance, gas));
}

/** Puts an Instance and calls it. */
export function ran(
  bench: Bench,
  parts: Parts,
  slots: Slots = {},
  more: Partial<InstanceOptions> = {},
): CallResult {
  return ended(bench, putInstance(bench, parts, slots, more));
}

/** The kind of a result, with the reason of a fault. */
export function kindOf(result: CallResult): string {
  return result.kind === "faulted" ? result.reason.kind : result.kind;
}

/** The Instance that a call left. */
export function leftBy(bench: Bench, result: CallResult): InstanceCap {
  const cap = result.kind === "halt" ? instanceAt(bench, result.postInstanceHash) : undefined;
  if (cap === undefined) throw new Error(`no Instance: ${kindOf(result)}`);
  return cap;
}

/** The Instance of a target. */
export function instanceAt(
  { face, directory }: Bench,
  target: CapTarget | undefined,
): InstanceCap | undefined {
  const cap = target === undefined ? undefined : directory.get(target);
  return face.InstanceCap.is(cap) ? cap : undefined;
}

/** The slots that a call left. */
export function slotsLeft(bench: Bench, result: CallResult): CNodeCap {
  const { fields } = leftBy(bench, result);
  const cnode = bench.directory.get(fields.rootCnode);
  if (cnode?.kind !== "cnode") throw new Error("no cnode");
  return cnode;
}

/** An assist of which some methods are replaced. */
export function assistWith(assist: KernelAssist, methods: Partial<KernelAssist>): KernelAssist {
  return {
    gasMeterGet: (id) => assist.gasMeterGet(id),
    gasMeterSet: (id, value) => assist.gasMeterSet(id, value),
    storageQuotaGet: (id) => assist.storageQuotaGet(id),
    storageQuotaSet: (id, value) => assist.storageQuotaSet(id, value),
    yieldCatcherMarkers: (catcher) => assist.yieldCatcherMarkers(catcher),
    yieldCatcherAdd: (catcher, marker) => assist.yieldCatcherAdd(catcher, marker),
    yieldCatcherRemove: (catcher, marker) => assist.yieldCatcherRemove(catcher, marker),
    yieldCatcherNew: () => assist.yieldCatcherNew(),
    hostOpen: (file) => assist.hostOpen(file),
    hostSave: (data, quota, size) => assist.hostSave(data, quota, size),
    ...methods,
  };
}

/** The proof of a ruling, by a single case. */
export function ruling(name: string, { subject, mutant, check }: Unit): Proof {
  return defineProof({
    id: `kernel/${name}`,
    claim: `${name.replace(/^compat_ruling_/, "ruling ").replaceAll("_", " ")} (compat)`,
    subject,
    spec: "capabilities, 5",
    strength: "bounded",
    domain: domain.of(name),
    reaches: ["checked"],
    implementation: kernel,
    mutants: [mutant],
    check(_name, reach, face) {
      reach("checked");
      return check(face);
    },
  });
}
