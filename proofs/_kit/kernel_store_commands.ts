/** Programs on a directory over a store, on the kernel and on its model. */

import fc from "fast-check";
import { EMPTY, type Step } from "../../model/kernel_cache.ts";
import * as model from "../../model/kernel_cache_store.ts";
import type { CapRef, CapTarget } from "../../src/kernel/mod.ts";
import { plainCap, realCap, sha, valueOf } from "./kernel.ts";
import * as cache from "./kernel_cache.ts";
import { directoryOver, type Face, FAILURES, HAS_SQLITE, MapStore } from "./kernel_store.ts";

/** A command of the directory, one of those that it has over a store, or one to the store itself. */
export type Command =
  | cache.Command
  | { readonly name: "putAll"; readonly plans: readonly cache.Plan[] }
  | { readonly name: "load"; readonly target: cache.Target }
  | { readonly name: "break" | "mend" };

/** What a directory is made over, and what is done with it. */
export interface Program {
  readonly over: "memory" | "map" | "cached map" | "sqlite";
  readonly commands: readonly Command[];
}

/** The stores that there are here. */
export const STORES: readonly Program["over"][] = HAS_SQLITE
  ? ["memory", "map", "cached map", "sqlite"]
  : ["memory", "map", "cached map"];

const target = fc.oneof(fc.constantFrom("11".repeat(32)), fc.nat({ max: 7 }));
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: cache.command },
  fc.record({ name: fc.constant("putAll"), plans: fc.array(cache.plan, { maxLength: 4 }) }),
  fc.record({ name: fc.constant("load"), target }),
  fc.record({ name: fc.constant("break") }),
  { weight: 2, arbitrary: fc.record({ name: fc.constant("mend") }) },
);

/** A random program. */
export const program: fc.Arbitrary<Program> = fc.record({
  over: fc.constantFrom(...STORES),
  commands: fc.array(command, { maxLength: 25, size: "max" }),
});

/** A store that fails in one way or another while it is told to. */
class Fragile extends MapStore {
  broken = false;
  readonly #ways = Object.values(FAILURES);

  constructor() {
    super();
    this.instead = (_operation, call) =>
      this.broken ? this.#ways[call % this.#ways.length]?.() : undefined;
  }
}

/** The directory, the handles that it gave out, and the store below if it can be broken. */
export interface Real extends cache.Real {
  readonly store: Fragile | undefined;
  /** Lets all of it go. */
  close(): void;
}

/** The commands that make sense: one breaks a store that no cache hides. */
export function commandsOf({ over, commands }: Program): readonly Command[] {
  let broken = false;
  return commands.flatMap((command): readonly Command[] => {
    if (command.name === "break" || command.name === "mend") {
      broken = over === "map" && command.name === "break";
      return over === "map" ? [command] : [];
    }
    // Which hashes there are cannot be asked of a broken store: the own one is given.
    return broken && command.name === "putCapWithHash" ? [{ ...command, hash: 0 }] : [command];
  });
}

/** A directory over a store of a kind. */
export function realOf(face: Face, over: Program["over"]): Real {
  const refs: CapRef[] = [];
  const real = { face, refs, store: undefined, close: () => {} };
  switch (over) {
    case "memory":
      return { ...real, directory: new face.CacheDirectory() };
    case "sqlite": {
      const store = valueOf(face.SqliteStore.open(":memory:"));
      return { ...real, directory: directoryOver(face, store), close: () => void store.close() };
    }
    default: {
      const store = new Fragile();
      // The cache has room for two or three capabilities.
      return { ...real, directory: directoryOver(face, store, over === "map" ? 0 : 150), store };
    }
  }
}

/** The model of any of them. */
export const MODEL: model.Stored = { directory: EMPTY, works: true };

function stepOf(stored: model.Stored, command: Command): Step {
  const { directory } = stored;
  const given = Number(directory.next) - 1;
  switch (command.name) {
    case "break":
    case "mend":
      return { state: directory, outcome: { ok: undefined } };
    case "putAll": {
      const caps = command.plans.map((plan) => cache.capOf(plan, given));
      return model.putting(stored, model.putAll(sha, directory, caps), caps.length > 0);
    }
    case "load":
      return model.load(stored, cache.targetOf(command.target, given));
    case "get":
      return model.getStored(stored, cache.targetOf(command.target, given));
    case "settle":
      return model.settleStored(sha, stored, cache.targetOf(command.target, given));
    case "putCap":
    case "putCapWithHash":
      return model.putting(stored, cache.applyModel(directory, command));
    case "promote":
      return model.loading(stored, cache.applyModel(directory, command));
    default:
      return cache.applyModel(directory, command);
  }
}

/** Runs a command on the model. */
export function applyModel(
  stored: model.Stored,
  command: Command,
): { readonly state: model.Stored; readonly outcome: Step["outcome"] } {
  const { state: directory, outcome } = stepOf(stored, command);
  const works = command.name === "mend" || (stored.works && command.name !== "break");
  return { state: { directory, works }, outcome };
}

/** Runs a command on the kernel. */
export function applyReal(real: Real, command: Command): unknown {
  const { face, directory, refs, store } = real;
  const target = (plan: cache.Target): CapTarget => {
    const value = cache.targetOf(plan, refs.length);
    return typeof value === "bigint" ? refOf(refs, value) : `${value}`;
  };
  switch (command.name) {
    case "break":
    case "mend":
      if (store !== undefined) store.broken = command.name === "break";
      return { ok: undefined };
    case "putAll": {
      const caps = command.plans.map((plan) =>
        realCap(face, cache.capOf(plan, refs.length), (id) => refOf(refs, id))
      );
      return cache.outcomeOf(directory.putAll(caps));
    }
    case "load":
      return cache.outcomeOf(
        directory.load(target(command.target)),
        (cap) => face.isCap(cap) ? plainCap(cap) : cap,
      );
    default:
      return cache.applyReal(real, command);
  }
}

function refOf(refs: readonly CapRef[], id: bigint): CapRef {
  const ref = refs[Number(id) - 1];
  if (ref === undefined) throw new Error(`no handle ${id}`);
  return ref;
}

/** The whole state of the kernel's directory; a broken store is mended while it is looked at. */
export function stateOfReal(real: Real): unknown {
  const { store, directory } = real;
  const broken = store?.broken === true;
  if (store !== undefined) store.broken = false;
  const state = cache.stateOfReal(real);
  const hashes = cache.outcomeOf(
    directory.blobHashes(),
    (list) => Array.isArray(list) ? list.toSorted() : list,
  );
  if (store !== undefined) store.broken = broken;
  return { state, hashes };
}

/** The whole state of the model's directory. */
export function stateOfModel({ directory }: model.Stored): unknown {
  const hashes = directory.blobs.map(([hash]) => hash).toSorted();
  return { state: cache.stateOfModel(directory), hashes: { ok: hashes } };
}
