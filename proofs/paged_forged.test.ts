/** What reaches a memory past the type checker: constructors, and properties put over its own. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import type { Result } from "../src/result.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { BACKENDS, build, type Face, layout, settings, stateOf, value } from "./_kit/paged.ts";
import { CALLS, UNBOXED } from "./_kit/paged_calls.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const GETTERS = [
  ...["pageSize", "reservedBytes", "limitBytes", "mappedBytes", "lengthBytes"] as const,
  ...["heapBase", "heapTop", "maxHeapPages"] as const,
];
const NAMES: readonly string[] = [...CALLS, ...UNBOXED].map(([name]) => name);
const WITHOUT_ARGUMENTS = ["regions", "pages", "clone", "clear"];
const METHODS: readonly string[] = [...NAMES, ...WITHOUT_ARGUMENTS];
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

/** The classes that make up a memory, from the backend down to the unboxed tier. */
const LEVELS = ["SparseMemory", "FlatMemory", "Memory", "TypedMemory", "UnboxedMemory"] as const;
function classOf(face: Face, level: typeof LEVELS[number]): object {
  if (level === "SparseMemory" || level === "FlatMemory") return face[level];
  let type: unknown = face.SparseMemory;
  for (let i = LEVELS.indexOf("FlatMemory"); i < LEVELS.indexOf(level); i++) {
    type = Object.getPrototypeOf(type);
  }
  return Object(type);
}

/** A member of a prototype, or of what it inherits from. */
function member(prototype: object, name: string): PropertyDescriptor | undefined {
  for (let at: unknown = prototype; typeof at === "object" && at !== null;) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found;
    at = Object.getPrototypeOf(at);
  }
  return undefined;
}

/** What each member of the prototype gives on an object, whatever properties of its own that has. */
function everything(prototype: object, real: object, members: readonly string[]): unknown[][] {
  const out = new Int32Array(2);
  const valid = new Map([...CALLS, ...UNBOXED].map(([name, ...args]) => [String(name), args]));
  return members.flatMap((name) => {
    const found = member(prototype, name);
    if (found === undefined) return [];
    if (found.get !== undefined) return [[name, Reflect.apply(found.get, real, [])]];
    const args = (valid.get(name) ?? []).map((each) => each === "out" ? out : each);
    const given: unknown = Reflect.apply(found.value, real, args);
    return name === "pages" ? [[name, Array.from(Object(given))]] : [[name, given, [...out]]];
  });
}

const WITHOUT_CLONE = [...GETTERS, ...METHODS].filter((name) => name !== "clone");
const UNCLEARED = WITHOUT_CLONE.filter((name) => name !== "clear");

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/forged_memories_are_empty",
    claim:
      "what a constructor makes of any value past the type checker is an empty memory, and no " +
      "member of it throws",
    subject: of(...GETTERS, ...METHODS),
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.product({ level: domain.of(...LEVELS), hostile: hostileValues }),
    reaches: ["forged"],
    implementation: paged,
    mutants: [
      mutant("src/paged/unboxed.ts", "storeOf(store);", "store;"),
      mutant("src/paged/typed_memory.ts", "storeOf(store);", "store;"),
      mutant("src/paged/memory.ts", "storeOf(store);", "store;"),
      mutant("src/paged/sparse_memory.ts", "SparseStore.isStore(given)", "true"),
      mutant("src/paged/flat_memory.ts", "FlatStore.isStore(given)", "true"),
      mutant("src/paged/memory.ts", "return err(NO_ROOM);", "throw new Error();"),
      mutant(
        "src/paged/sparse_store.ts",
        'typeof value === "object" && value !== null && #mask in value',
        'typeof value === "object" && value !== null',
      ),
    ],
    check({ level, hostile }, reach, face) {
      const type = classOf(face, level);
      const prototype: object = Reflect.get(type, "prototype");
      const made: Result<paged.Memory, unknown> = level === "SparseMemory"
        ? face.SparseMemory.create()
        : face.FlatMemory.create();
      const empty = value(made);
      const given: unknown[] = [];
      const copies: unknown[] = [];
      const failure = isTotal(() => {
        const forged: object = Reflect.construct(Object(type), [hostile.make()]);
        given.push(everything(prototype, forged, WITHOUT_CLONE));
        copies.push(...everything(prototype, forged, ["clone"]).map(([, copy]) => copy));
      });
      reach("forged");
      const isBackend = level === "SparseMemory" || level === "FlatMemory";
      const isCopied = copies.map((copy) => Reflect.get(Object(copy), "ok"));
      return allOf(
        failure,
        agrees(isCopied, isBackend ? [true] : level === "Memory" ? [false] : []),
        agrees(given, failure === undefined ? [everything(prototype, empty, WITHOUT_CLONE)] : []),
      );
    },
  }),
  defineProof({
    id: "paged/own_properties_change_nothing",
    claim: "a property that is put over a member of a memory changes nothing that others do",
    subject: of(...GETTERS, ...METHODS),
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      name: domain.of(...GETTERS, ...METHODS),
      property: domain.of("5n", "a getter that throws"),
    }),
    reaches: ["done"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/memory.ts",
        "value / this.#store.settings.pageSize",
        "value / this.pageSize",
      ),
      mutant(
        "src/paged/memory.ts",
        "read(this.#store, address, length)",
        "this.canRead(0, 0) ? read(this.#store, address, length) : read(this.#store, -1, 0)",
      ),
      mutant(
        "src/paged/memory.ts",
        "sbrk(this.#store, size)",
        "sbrk(this.#store, size + this.heapTop - this.heapTop)",
      ),
    ],
    check({ backend, name, property }, reach, face) {
      const pages = layout(4, ["read-write", "read-only"]);
      const [real, twin] = [0, 1].map(() => build(face, settings(backend, 4), pages).real);
      if (real === undefined || twin === undefined) return "not made";
      const prototype: object = Reflect.get(Object(real.constructor), "prototype");
      const thrown = (): never => {
        throw new Error("hostile");
      };
      const over = property === "5n" ? { value: 5n } : { get: thrown };
      Object.defineProperty(real, name, { configurable: true, ...over });
      const given: unknown[] = [];
      const failure = isTotal(() => {
        given.push(everything(prototype, real, UNCLEARED));
        everything(prototype, real, ["clone"]);
      });
      if (failure !== undefined) return failure;
      reach("done");
      Reflect.deleteProperty(real, name);
      const expected = everything(prototype, twin, UNCLEARED);
      const sameState = agrees(stateOf(real), stateOf(twin));
      const copies = [real.clone(), twin.clone()].map((copy) => stateOf(value(copy)));
      real.clear();
      twin.clear();
      return allOf(
        agrees(given, [expected]),
        sameState,
        agrees(copies[0], copies[1]),
        agrees(stateOf(real), stateOf(twin)),
      );
    },
  }),
];

register(proofs);
