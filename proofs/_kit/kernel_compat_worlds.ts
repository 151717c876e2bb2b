/** The worlds that random plans stand for, under the rules of the original. */

import { type Cap, CNODE, INSTANCE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import { type Call, hashOf, type World } from "./kernel_compat.ts";
import {
  BARE,
  CATCHER,
  INLINE,
  MARKER,
  NO_REGISTERS,
  OOG_MARKER,
  PAGED,
  type Plan,
  SMALL,
  TYPE_CAP,
} from "./kernel_compat_arbitrary.ts";

/** Data as a working instance: its handle is 1 in every world. */
const HANDLE = 1n;

/** The world of a plan, and what its Instances are named by. */
export function worldOf(plan: Plan): { readonly world: World; readonly instances: Value[] } {
  const images = plan.images.map(hashOf);
  const [inline, paged, type, small] = [INLINE, PAGED, TYPE_CAP, SMALL].map(hashOf);
  const caps: Cap[] = [INLINE, PAGED, TYPE_CAP, SMALL, BARE, ...plan.images];
  const working: Cap[] = [INLINE];
  const instances: Value[] = [];
  for (const b of plan.builds) {
    const target = <T>(choice: number, ...from: readonly T[]) => from[choice];
    const slots: readonly (Value | undefined)[] = [
      target(b.zero, undefined, type, paged, b.working ? HANDLE : inline),
      images[b.image],
      small,
      target(b.data, inline, paged, b.working ? HANDLE : inline),
      instances[b.child] ?? instances.at(-1),
      target(b.marker, MARKER, OOG_MARKER, MARKER),
      target(b.catcher, CATCHER, CATCHER, CATCHER, undefined),
    ];
    const held = slots.flatMap((value, i) => value === undefined ? [] : [[BigInt(i), 0n, value]]);
    const root: Cap = [CNODE, [3n, held]];
    const holdsHandle = slots.some((value) => typeof value === "bigint");
    const named = holdsHandle ? BigInt(working.push(root)) : hashOf(root);
    if (!holdsHandle) caps.push(root);
    const chain = instances.length % 2 === 0 ? "aa".repeat(32) : "bb".repeat(32);
    const overlays: Value = b.memory === 4096n ? [[0n, [7n, 8n, 9n]]] : [];
    const regs = NO_REGISTERS.map((_, i) => i === 3 ? 6n : 0n);
    const parts = [chain, images[b.image] ?? "", named, overlays, b.memory, regs, 0n, 0n];
    const instance: Cap = [INSTANCE, parts];
    instances.push(holdsHandle ? BigInt(working.push(instance)) : hashOf(instance));
    if (!holdsHandle) caps.push(instance);
  }
  const world: World = {
    caps,
    working,
    quotas: [[0n, 100_000n], [1n, 5000n]],
    catchers: [[CATCHER, [MARKER, OOG_MARKER]]],
    files: [[1n, inline ?? ""], [2n, HANDLE]],
    maxDepth: plan.maxDepth,
    memoryBytes: plan.memoryBytes,
  };
  return { world, instances };
}

/** A call of a plan: what is done where something is paused, and where nothing is. */
export interface PlannedCall {
  readonly paused: Call;
  readonly idle: Call;
}

/** The calls of a plan. */
export function callsOf(plan: Plan, instances: readonly Value[]): readonly PlannedCall[] {
  return plan.calls.map(({ instance, endpoint, gas, given, resume }): PlannedCall => {
    const target = instances[instance] ?? instances.at(-1) ?? "";
    const args = [1n, 2n, 3n, 4n];
    const idle: Call = { name: "invoke", instance: target, endpoint, args, gas };
    if (resume === 0) return { paused: idle, idle };
    const scratchpad = [undefined, MARKER, instances[0], HANDLE][given];
    return { paused: { name: "resume", scratchpad, gas }, idle };
  });
}
