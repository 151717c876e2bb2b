/** One program of every operation that asks a store, for the store to fail at each of its calls. */

import type { CacheDirectory, CapRef } from "../../src/kernel/mod.ts";
import { plainCap, valueOf } from "./kernel.ts";
import { outcomeOf } from "./kernel_cache.ts";
import { contentOf, directoryOver, type Face, MapStore } from "./kernel_store.ts";

/** An operation: what it gives, and whether it tells a failure or gives nothing in its place. */
export interface Operation {
  readonly name: string;
  readonly tells: boolean;
  run(): unknown;
}

/** A directory over a store of its own, and the program on it. */
export interface Stage {
  readonly store: MapStore;
  readonly directory: CacheDirectory;
  readonly operations: readonly Operation[];
}

function imageOf(face: Face) {
  const content = new TextEncoder().encode("hello");
  return valueOf(face.ImageSource.create({ pinnedSlots: [{ slot: 1, content }] }));
}

/** The stage before the first operation. */
export function stageOf(face: Face): Stage {
  const store = new MapStore();
  const directory = directoryOver(face, store);
  const types = ["11", "22", "ab"].map((byte) => valueOf(face.TypeCap.create(byte.repeat(32))));
  const [first = noCap(), second = noCap(), third = noCap()] = types;
  const hash = valueOf(face.capHash(first));
  const cnode = (target: string | CapRef) =>
    valueOf(face.CNodeCap.create(2, [{ slot: 1, target }]));
  const instance = (rootCnode: CapRef) =>
    valueOf(face.InstanceCap.create({ imageHashChain: hash, imageHash: hash, rootCnode }));
  const inner = valueOf(directory.putInstance(cnode(hash)));
  const middle = valueOf(directory.putInstance(instance(inner)));
  const top = valueOf(directory.putInstance(cnode(middle)));
  const aside = valueOf(directory.putInstance(cnode(inner)));
  directory.release(aside);
  const tells = (name: string, run: Operation["run"]): Operation => ({ name, tells: true, run });
  const quiet = (name: string, run: Operation["run"]): Operation => ({ name, tells: false, run });
  const operations = [
    tells("putCap", () => directory.putCap(first)),
    tells("putAll", () => directory.putAll([second, first, cnode(hash)])),
    tells("putCapWithHash", () => directory.putCapWithHash(valueOf(face.capHash(third)), third)),
    tells("settle", () => directory.settle(top)),
    tells("settle an instance", () => directory.settle(middle)),
    tells("publishImage", () => face.publishImage(directory, imageOf(face))),
    tells("promoteBlobToInstance", () => {
      const made = directory.promoteBlobToInstance(hash);
      return made.ok ? { ok: true, value: made.value?.id } : made;
    }),
    tells("load", () => directory.load(hash)),
    tells("blobHashes", () => directory.blobHashes()),
    quiet("get", () => directory.get(hash)),
    quiet("containsBlob", () => directory.containsBlob(hash)),
    quiet("blobs", () => directory.blobs().length),
    quiet("blobCount", () => Number(directory.blobCount)),
  ];
  return { store, directory, operations };
}

function noCap(): never {
  throw new Error("no capability");
}

/** Everything that an operation could have changed. */
export function stateOf({ store, directory }: Stage): unknown {
  const instances = directory.instances().map(([ref, cap]) => [
    ref.id,
    plainCap(cap),
    outcomeOf(directory.holders(ref), (n) => Number(n)),
  ]);
  return { content: contentOf(store), instances };
}

/** The error of an outcome, if it is one. */
export function errorOf(outcome: unknown): unknown {
  return typeof outcome === "object" && outcome !== null && "error" in outcome
    ? outcome.error
    : undefined;
}
