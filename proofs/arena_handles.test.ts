/** Handles: stale after a reset, unknown when made by anyone else. */

import * as arena from "../src/arena/mod.ts";
import type { ArenaHandle, CheckedArena } from "../src/arena/mod.ts";
import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import { arenaOf, type Face, mutant, outcome, plain, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI, generation";
const CHECKED = "src/arena/checked.ts";
const ARENA = "src/arena/arena.ts";

/** Makes what looks like a handle out of one. */
const FORGERIES: Readonly<Record<string, (handle: ArenaHandle) => unknown>> = {
  "a look-alike": () => ({ opaque: true }),
  "an heir": (handle) => Object.create(handle),
  "a copy": (handle) => ({ ...handle }),
  "a clone": (handle) => structuredClone(handle),
  "a proxy": (handle) => new Proxy(handle, {}),
  "another of its class": (handle) => Reflect.construct(handle.constructor, []),
  "none": () => undefined,
};

/** A class of other code, with a generation that never changes. */
class Pretender {
  get generation(): number {
    return 0;
  }
}

/** What may look like an arena. */
const PRETENDERS: Readonly<Record<string, (face: Face) => unknown>> = {
  "an arena": (face) => arenaOf(face, 32),
  "an arena of another class": ({ Arena }) => Reflect.construct(Arena, [], Pretender),
  "an heir": (face) => Object.create(arenaOf(face, 32)),
  "an object of the class": ({ Arena }) => Object.create(Arena.prototype),
  "a proxy": (face) => new Proxy(arenaOf(face, 32), {}),
  "the prototype": ({ Arena }) => Arena.prototype,
};

/** Uses a value as a handle, past the types. */
function uses(checked: CheckedArena, handle: unknown): readonly unknown[] {
  const call = (method: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown =>
    Reflect.apply(method, checked, args);
  return [
    call(checked.rangeOf, handle),
    call(checked.read, handle),
    call(checked.write, handle, Uint8Array.of(1)),
  ];
}

function checkedOver({ CheckedArena }: Face, over: arena.Arena): CheckedArena {
  return valueOf(CheckedArena.over(over));
}

const UNKNOWN = { ok: false, error: { kind: "unknown-handle" } };

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/handles_are_good_for_their_generation",
    claim:
      "a handle works until the next reset and is stale ever after, also where the same place is taken again",
    subject: [
      "CheckedArena.alloc",
      "CheckedArena.read",
      "CheckedArena.write",
      "CheckedArena.rangeOf",
      "Arena.reset",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      before: domain.range(0, 3),
      after: domain.range(0, 3),
      again: domain.of(false, true),
    }),
    reaches: ["good", "stale"],
    implementation: arena,
    mutants: [
      mutant(CHECKED, "grant.generation === arenaGeneration", "true"),
      mutant(CHECKED, "const { generation } = arena;", "const generation = 0;"),
      mutant(
        CHECKED,
        "handleGeneration: grant.generation, arenaGeneration",
        "handleGeneration: arenaGeneration, arenaGeneration: grant.generation",
      ),
      mutant("src/arena/arena.ts", "this.#generation++;", "this.#generation = 1;"),
    ],
    check({ before, after, again }, reach, face) {
      const over = arenaOf(face, 32);
      const checked = checkedOver(face, over);
      for (let count = 0; count < before; count++) over.reset();
      const handle = valueOf(checked.alloc(3));
      for (let count = 0; count < after; count++) over.reset();
      if (again) checked.alloc(3);
      const [range, , written] = uses(checked, handle);
      reach(after === 0 ? "good" : "stale");
      if (after === 0) {
        return allOf(
          agrees(plain(range), { ok: true, value: { ptr: 8n, len: 3n } }),
          agrees(written, { ok: true, value: undefined }),
          agrees(outcome(checked.read(handle)), { ok: [1n, 0n, 0n] }),
        );
      }
      const error = {
        kind: "stale-handle",
        handleGeneration: before,
        arenaGeneration: before + after,
      };
      const stale = { ok: false, error };
      return allOf(
        agrees(uses(checked, handle), [stale, stale, stale]),
        agrees(over.readBytes(8, 3), { ok: true, value: new Uint8Array(3) }),
      );
    },
  }),
  defineProof({
    id: "arena/handles_of_others_are_unknown",
    claim:
      "a handle is good only where it was made, cannot be changed, and nothing made from one passes for it",
    subject: [
      "CheckedArena.over",
      "CheckedArena.rangeOf",
      "CheckedArena.read",
      "CheckedArena.write",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      forgery: domain.of(...Object.keys(FORGERIES)),
      elsewhere: domain.of("here", "same arena", "other arena"),
    }),
    reaches: ["unknown"],
    implementation: arena,
    mutants: [
      mutant(
        CHECKED,
        "readonly #grants = new WeakMap<object, Grant>();",
        "readonly #grants = CheckedArena.#all;\n  static readonly #all = new WeakMap<object, Grant>();",
      ),
      mutant("src/arena/handle.ts", "Object.freeze(handle);", ""),
    ],
    check({ forgery, elsewhere }, reach, face) {
      const over = arenaOf(face, 32);
      const checked = checkedOver(face, over);
      const other = elsewhere === "other arena" ? arenaOf(face, 32) : over;
      const used = elsewhere === "here" ? checked : checkedOver(face, other);
      const handle = valueOf(checked.alloc(4));
      if (elsewhere !== "here") used.alloc(4);
      reach("unknown");
      const forged = FORGERIES[forgery]?.(handle);
      return allOf(
        agrees(Object.isFrozen(handle), true), // so that nobody can leave a mark on it
        agrees(uses(used, forged), [UNKNOWN, UNKNOWN, UNKNOWN]),
        elsewhere === "here" ? undefined : agrees(uses(used, handle), [UNKNOWN, UNKNOWN, UNKNOWN]),
        agrees(checked.read(handle), { ok: true, value: new Uint8Array(4) }),
      );
    },
  }),
  defineProof({
    id: "arena/handles_are_of_true_arenas",
    claim:
      "only an arena as this library makes it has handles: no heir of one, no stand-in for one",
    subject: ["CheckedArena.over"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(PRETENDERS)),
    reaches: ["refused", "taken"],
    implementation: arena,
    mutants: [
      mutant(ARENA, "&& Object.getPrototypeOf(value) === Arena.prototype", ""),
      mutant(ARENA, "#store in value && Object", "Object"),
    ],
    check(name, reach, face) {
      const over = PRETENDERS[name]?.(face);
      const result: unknown = Reflect.apply(face.CheckedArena.over, face.CheckedArena, [over]);
      const taken = name === "an arena";
      reach(taken ? "taken" : "refused");
      if (taken) return agrees(Object.isFrozen(over), true);
      const error = { kind: "invalid-argument", parameter: "arena" };
      return agrees(result, {
        ok: false,
        error: { ...error, expected: "an arena", given: "object" },
      });
    },
  }),
  defineProof({
    id: "arena/handles_are_told_apart",
    claim:
      "each handle reads what was written through it, and no hostile value passes for a handle",
    subject: ["CheckedArena.alloc", "CheckedArena.read", "CheckedArena.write"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      first: domain.range(1, 9),
      second: domain.range(1, 9),
      value: hostileValues,
    }),
    reaches: ["apart"],
    implementation: arena,
    mutants: [
      mutant(CHECKED, "arena.writeBytes(held.value.ptr, bytes)", "arena.writeBytes(8, bytes)"),
      mutant(
        CHECKED,
        "arena.readBytes(held.value.ptr, held.value.len)",
        "arena.readBytes(held.value.ptr, 1)",
      ),
    ],
    check({ first, second, value }, reach, face) {
      const checked = checkedOver(face, arenaOf(face, 64));
      const handles = [valueOf(checked.alloc(first)), valueOf(checked.alloc(second))];
      const data = [new Uint8Array(first).fill(1), new Uint8Array(second).fill(2)];
      handles.forEach((handle, at) => checked.write(handle, data[at] ?? new Uint8Array(0)));
      reach("apart");
      return allOf(
        agrees(uses(checked, value.make()), [UNKNOWN, UNKNOWN, UNKNOWN]),
        agrees(handles.map((handle) => valueOf(checked.read(handle))), data),
      );
    },
  }),
];

register(proofs);
