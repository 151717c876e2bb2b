/** Every call of the tiers under the `Result`, beside what the model makes of it. */

import { grow, type Memory as Model } from "../../model/linear_memory.ts";
import { load, type LoadName, store, type StoreName } from "../../model/linear_memory_access.ts";
import { type Domain, domain } from "../../src/proof/mod.ts";
import { call, type Face, kindOf, pair, pattern } from "./linear_memory.ts";

export const shape = { pages: 1, max: 3, pageBytes: 16 };

/** Each load of the unboxed tier, and the load of the model that it is. */
export const LOADS: Readonly<Record<string, LoadName>> = {
  loadU8: "loadU8",
  loadU16: "loadU16",
  loadU32: "loadF32Bits",
  loadI32From8S: "loadI32From8S",
  loadI32From16S: "loadI32From16S",
  loadI32: "loadI32",
  loadF32: "loadF32",
  loadF64: "loadF64",
  loadI64Low: "loadI64Halves",
};
/** The loads of the unchecked tier: they have the names of the model's. */
export const UNCHECKED_LOADS: readonly LoadName[] = [
  ...["loadU8", "loadU16", "loadI32", "loadI64", "loadF32", "loadF64"] as const,
];
export const STORES: readonly StoreName[] = [
  ...[
    "storeU8",
    "storeU16",
    "storeI32",
    "storeI64Halves",
    "storeI64",
    "storeF32",
    "storeF64",
  ] as const,
];

export function isStore(method: string): boolean {
  return method.startsWith("store");
}

/** Some operands of a store: the edges of its type, and some that are none of its type. */
function operandsOf(name: string): readonly (readonly unknown[])[] {
  if (name === "storeI64") {
    return [-1n, 2n ** 63n, 0x0123_4567_89ab_cdefn, 2n ** 64n, 5].map((one) => [one]);
  }
  if (name === "storeI64Halves") {
    return [[1, -2], [2 ** 32 - 1, -(2 ** 31)], [0.5, 1], [1, 2 ** 32]];
  }
  if (name.startsWith("storeF")) return [1.5, NaN, -0, 1e300, 1n].map((one) => [one]);
  return [-2, 0x1234_5678, 2 ** 32 - 1, 2 ** 32, -0, NaN, "1"].map((one) => [one]);
}

/** Every call of a tier: its loads, and its stores with each of their operands. */
function callsOf(loads: readonly string[]): Domain<Call> {
  return domain.of(
    ...[...loads, ...STORES].flatMap((method) =>
      (isStore(method) ? operandsOf(method) : [[]]).map((operands) => ({ method, operands }))
    ),
  );
}

/** Every call of the unboxed tier. */
export const UNBOXED_CALLS: Domain<Call> = callsOf(Object.keys(LOADS));
/** Every call of the unchecked tier. */
export const UNCHECKED_CALLS: Domain<Call> = callsOf(UNCHECKED_LOADS);

export interface Call {
  readonly method: string;
  readonly operands: readonly unknown[];
}

/** What a call should give and leave behind. */
export interface Expected {
  readonly state: Model;
  readonly kind: string;
  readonly value: unknown;
}

/** What the model makes of a call: the value or nothing; stored or not. */
export function expected(model: Model, { method, operands }: Call, offset: unknown): Expected {
  if (STORES.some((name) => name === method)) {
    const name = STORES.find((one) => one === method) ?? "storeU8";
    const { state, outcome } = store(model, name, offset, ...operands);
    return { state, kind: kindOf(outcome), value: "ok" in outcome };
  }
  const unchecked = UNCHECKED_LOADS.find((name) => name === method);
  const outcome = load(model, LOADS[method] ?? unchecked ?? "loadU8", offset);
  return { state: model, kind: kindOf(outcome), value: "ok" in outcome ? outcome.ok : undefined };
}

/** A call in the form of the model: both halves where there are two. */
export function made(
  access: InstanceType<Face["UnboxedAccess"]>,
  { method, operands }: Call,
  offset: unknown,
): unknown {
  const value = call(access, method, [offset, ...operands]);
  return method === "loadI64Low" && value !== undefined ? { lo: value, hi: access.high } : value;
}

export interface Accesses {
  readonly memory: ReturnType<typeof pair>["real"];
  readonly unboxed: InstanceType<Face["UnboxedAccess"]>;
  readonly unchecked: InstanceType<Face["UncheckedAccess"]>;
}

const grown = new WeakMap<Face, { readonly real: Accesses; readonly model: Model }>();

/** A memory of two pages whose second one was grown after the accesses had been made. */
export function pairGrown(face: Face): { readonly real: Accesses; readonly model: Model } {
  const found = grown.get(face);
  if (found !== undefined) return found;
  const { real, model } = pair(face, shape);
  const accesses = {
    memory: real,
    unboxed: face.unboxedOf(real),
    unchecked: face.uncheckedOf(real),
  };
  real.grow(1);
  const entry = { real: accesses, model: { ...grow(model, 1).state, bytes: pattern(32) } };
  grown.set(face, entry);
  return entry;
}
