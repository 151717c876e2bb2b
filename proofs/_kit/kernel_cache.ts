/** Programs on a directory of capabilities, on the kernel and on its model. */

import fc from "fast-check";
import * as model from "../../model/kernel_cache.ts";
import { hold, holders, sweep } from "../../model/kernel_cache_handles.ts";
import { type Cap, capHash, CNODE, DATA, INSTANCE, TYPE } from "../../model/kernel_caps.ts";
import type { Value } from "../../model/kernel_ssz.ts";
import type { CacheDirectory, CapRef, Result } from "../../src/kernel/mod.ts";
import { type Face, plainCap, realCap, sha } from "./kernel.ts";
import { HASHES } from "./kernel_arbitrary.ts";

/** A target of a plan: a hash, or one of the handles given out so far, by its number. */
export type Target = string | number;

/** A capability that a command makes. */
export type Plan =
  | { readonly kind: "cnode"; readonly targets: readonly Target[] }
  | { readonly kind: "instance"; readonly root: Target; readonly pc: bigint }
  | { readonly kind: "data" | "type"; readonly n: number };

/** A command. */
export type Command =
  | { readonly name: "putCap" | "putInstance"; readonly plan: Plan }
  | { readonly name: "putCapWithHash"; readonly plan: Plan; readonly hash: number }
  | { readonly name: "setInstance"; readonly plan: Plan; readonly ref: number }
  | { readonly name: "promote"; readonly hash: number }
  | { readonly name: "settle" | "get"; readonly target: Target }
  | { readonly name: "retain" | "release"; readonly ref: number }
  | { readonly name: "sweep" };

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constantFrom(...HASHES.slice(0, 2)),
  { weight: 3, arbitrary: fc.nat({ max: 7 }) },
);
const nat = fc.nat({ max: 7 });
/** A random capability to make. */
export const plan: fc.Arbitrary<Plan> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("cnode"),
      targets: fc.array(target, { maxLength: 3 }),
    }),
  },
  fc.record({ kind: fc.constant("instance"), root: target, pc: fc.bigInt(0n, 2n) }),
  fc.record({ kind: fc.constantFrom("data", "type"), n: fc.nat({ max: 1 }) }),
);

/** A random command. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ name: fc.constantFrom("putCap", "putInstance"), plan }),
  { weight: 2, arbitrary: fc.record({ name: fc.constant("putInstance"), plan }) },
  fc.record({ name: fc.constant("putCapWithHash"), plan, hash: nat }),
  { weight: 2, arbitrary: fc.record({ name: fc.constant("setInstance"), plan, ref: nat }) },
  fc.record({ name: fc.constant("promote"), hash: nat }),
  { weight: 2, arbitrary: fc.record({ name: fc.constantFrom("settle", "get"), target }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constantFrom("retain", "release"), ref: nat }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant("release"), ref: nat }) },
  fc.constant({ name: "sweep" }),
);

/** The kernel's directory, and the handles that it gave out. */
export interface Real {
  readonly face: Face;
  readonly directory: CacheDirectory;
  readonly refs: CapRef[];
}

/** The id that a number of a plan means, when so many handles were given out. */
function idOf(n: number, given: number): bigint {
  return BigInt(1 + n % given);
}

/** The target that a plan means, when so many handles were given out. */
export function targetOf(target: Target, given: number): Value {
  if (typeof target === "string") return target;
  return given === 0 ? HASHES[0] ?? "" : idOf(target, given);
}

/** The capability that a plan means, when so many handles were given out. */
export function capOf(plan: Plan, given: number): Cap {
  switch (plan.kind) {
    case "cnode":
      return [CNODE, [2n, plan.targets.map((t, i): Value => [BigInt(i), 0n, targetOf(t, given)])]];
    case "instance": {
      const none = Array.from({ length: 13 }, () => 0n);
      const hash = HASHES[3] ?? "";
      return [INSTANCE, [hash, hash, targetOf(plan.root, given), [], 0n, none, plan.pc, 0n]];
    }
    case "data":
      return [DATA, [[0n, [BigInt(plan.n + 1)]]]];
    default:
      return [TYPE, [HASHES[plan.n] ?? ""]];
  }
}

/** The hash that a number means: that of a blob, or of none. */
function hashOf(n: number, hashes: readonly string[]): string {
  return hashes.toSorted()[n] ?? HASHES[2] ?? "";
}

/** The hash that is given with a capability: its own half of the time. */
function givenHash(n: number, hashes: readonly string[], cap: Cap): string {
  return n % 2 === 0 ? capHash(sha, cap) : hashOf(n, hashes);
}

/** Runs a command on the model. */
export function applyModel(state: model.Directory, command: Command): model.Step {
  const given = Number(state.next) - 1;
  const hashes = state.blobs.map(([hash]) => hash);
  const ref = "ref" in command ? idOf(command.ref, Math.max(given, 1)) : 0n;
  switch (command.name) {
    case "putCap":
      return model.putCap(sha, state, capOf(command.plan, given));
    case "putInstance":
      return model.putInstance(state, capOf(command.plan, given));
    case "putCapWithHash":
      return model.putCapWithHash(
        sha,
        state,
        givenHash(command.hash, hashes, capOf(command.plan, given)),
        capOf(command.plan, given),
      );
    case "setInstance":
      return model.setInstance(state, ref, capOf(command.plan, given));
    case "promote":
      return model.promote(state, hashOf(command.hash, hashes));
    case "settle":
      return model.settle(sha, state, targetOf(command.target, given));
    case "get":
      return { state, outcome: { ok: model.get(state, targetOf(command.target, given)) } };
    case "retain":
      return hold(state, ref, 1n);
    case "release":
      return hold(state, ref, -1n);
    default:
      return sweep(state);
  }
}

/** An outcome in the terms of the model. */
export function outcomeOf(
  result: Result<unknown, { readonly kind: string }>,
  ok: (value: unknown) => unknown = (value) => value,
): unknown {
  if (result.ok) return { ok: ok(result.value) };
  const { kind, ...data } = result.error;
  const { id, given } = { id: undefined, given: undefined, ...data };
  return {
    error: kind,
    ...id === undefined ? {} : { id },
    ...given === undefined ? {} : { hash: given },
  };
}

/** Runs a command on the kernel. */
export function applyReal({ face, directory, refs }: Real, command: Command): unknown {
  const refOf = (id: bigint): CapRef => {
    const ref = refs[Number(id) - 1];
    if (ref === undefined) throw new Error(`no handle ${id}`);
    return ref;
  };
  const hashes = directory.blobs().map(([hash]) => hash);
  const cap = (plan: Plan) => realCap(face, capOf(plan, refs.length), refOf);
  const target = (t: Target) => {
    const value = targetOf(t, refs.length);
    return typeof value === "bigint" ? refOf(value) : `${value}`;
  };
  const given = (value: unknown) => {
    if (!face.CapRef.is(value)) return value;
    refs.push(value);
    return value.id;
  };
  const none = { error: "instance-missing", id: 1n };
  const ref = "ref" in command ? refs[command.ref % Math.max(refs.length, 1)] : undefined;
  switch (command.name) {
    case "putCap":
      return outcomeOf(directory.putCap(cap(command.plan)));
    case "putInstance":
      return outcomeOf(directory.putInstance(cap(command.plan)), given);
    case "putCapWithHash":
      return outcomeOf(
        directory.putCapWithHash(
          givenHash(command.hash, hashes, capOf(command.plan, refs.length)),
          cap(command.plan),
        ),
      );
    case "setInstance":
      return ref === undefined ? none : outcomeOf(directory.setInstance(ref, cap(command.plan)));
    case "promote":
      return outcomeOf(directory.promoteBlobToInstance(hashOf(command.hash, hashes)), given);
    case "settle":
      return outcomeOf(directory.settle(target(command.target)));
    case "get": {
      const got = directory.get(target(command.target));
      return { ok: got && plainCap(got) };
    }
    case "retain":
      return ref === undefined ? none : outcomeOf(directory.retain(ref));
    case "release":
      return ref === undefined ? none : outcomeOf(directory.release(ref));
    default:
      return { ok: BigInt(directory.sweepInstances()) };
  }
}

const byHash = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => a < b ? -1 : 1;

/** The whole state of the kernel's directory. */
export function stateOfReal({ directory, refs }: Real): unknown {
  return {
    blobs: directory.blobs().map(([hash, cap]) => [hash, plainCap(cap)] as const).sort(byHash),
    entries: directory.instances().map(([ref, cap]) => [ref.id, plainCap(cap)]),
    counts: [directory.blobCount, directory.instanceCount].map(BigInt),
    holders: refs.map((ref) => outcomeOf(directory.holders(ref), (n) => BigInt(Number(n)))),
  };
}

/** The whole state of the model's directory. */
export function stateOfModel(state: model.Directory): unknown {
  const ids = Array.from({ length: Number(state.next) - 1 }, (_, i) => BigInt(i + 1));
  return {
    blobs: state.blobs.toSorted(byHash),
    entries: state.entries.map(({ id, cap }) => [id, cap]),
    counts: [state.blobs.length, state.entries.length].map(BigInt),
    holders: ids.map((id) => ({ ok: holders(state, id) })),
  };
}
