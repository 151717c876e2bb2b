/** Traps: one frozen value for each, which every operation gives. */

import { agrees, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { call, type Face, implementation, memory, mutant } from "./_kit/linear_memory.ts";
import { register } from "./_kit/register.ts";

const SHAPE = { pages: 1, max: 1, pageBytes: 16 };

/** The name of each trap and fault of the face, and its kind. */
const KINDS = {
  OUT_OF_BOUNDS: "out-of-bounds",
  DIVISION_BY_ZERO: "division-by-zero",
  INTEGER_OVERFLOW: "integer-overflow",
  INVALID_CONVERSION: "invalid-conversion",
  UNREACHABLE: "unreachable",
  INDIRECT_CALL_TYPE_MISMATCH: "indirect-call-type-mismatch",
  TABLE_OUT_OF_BOUNDS: "table-out-of-bounds",
  UNDEFINED_ELEMENT: "undefined-element",
  FUEL_EXHAUSTED: "fuel-exhausted",
  STACK_OVERFLOW: "stack-overflow",
  LEASE_EXPIRED: "lease-expired",
} as const;

type Name = keyof typeof KINDS;

/** A table with an entry in its first slot and nothing in its second. */
function table({ Table }: Face): object {
  const made = Table.create(2, 2);
  if (!made.ok) throw new Error("no table");
  made.value.set(0, { typeIndex: 1, funcIndex: 11 });
  return made.value;
}

function expired(face: Face): object {
  const { lease, revoke } = memory(face, SHAPE).lend();
  revoke();
  return lease;
}

/** Operations that give each trap; those that only a guest's own code gives have none. */
const GIVERS: Readonly<Partial<Record<Name, readonly ((face: Face) => unknown)[]>>> = {
  OUT_OF_BOUNDS: [
    ...["loadU8", "loadF64", "loadI64From32S"].map((name) => (face: Face) =>
      call(memory(face, SHAPE), name, [16])
    ),
    (face) => memory(face, SHAPE).storeI64(9, 1n),
    (face) => memory(face, SHAPE).copy(0, 16, 1),
    (face) => memory(face, SHAPE).initData(17, new Uint8Array(0)),
    (face) => {
      const segment = face.DataSegment.create(new Uint8Array(0));
      return segment.ok ? memory(face, SHAPE).initSegment(segment.value, 0, 0, 1) : segment;
    },
  ],
  DIVISION_BY_ZERO: [
    ({ i32 }) => i32.divS(1, 0),
    ({ i64 }) => i64.remU(1n, 0n),
    ({ i64Halves }) => i64Halves.divU(1, 0, 0, 0),
  ],
  INTEGER_OVERFLOW: [
    ({ i32 }) => i32.divS(-(2 ** 31), -1),
    ({ i64 }) => i64.truncF64S(2 ** 63),
  ],
  INVALID_CONVERSION: [({ i32 }) => i32.truncF64S(NaN), ({ i64 }) => i64.truncF32U(NaN)],
  INDIRECT_CALL_TYPE_MISMATCH: [(face) => call(face, "callIndirect", [table(face), 0, 2])],
  TABLE_OUT_OF_BOUNDS: [
    (face) => call(table(face), "get", [2]),
    (face) => call(table(face), "copy", [0, 2, 1]),
    (face) => call(face, "callIndirect", [table(face), 2, 1]),
  ],
  UNDEFINED_ELEMENT: [
    (face) => call(table(face), "get", [1]),
    (face) => call(face, "callIndirect", [table(face), 1, 1]),
  ],
  LEASE_EXPIRED: [
    (face) => call(expired(face), "loadI32", [0]),
    (face) => call(expired(face), "fill", [0, 0, 0]),
    (face) => call(memory(face, SHAPE), "copyFrom", [expired(face), 0, 0, 0]),
  ],
};

const NAMES: readonly Name[] = [
  ...["OUT_OF_BOUNDS", "DIVISION_BY_ZERO", "INTEGER_OVERFLOW", "INVALID_CONVERSION"] as const,
  ...["UNREACHABLE", "INDIRECT_CALL_TYPE_MISMATCH", "TABLE_OUT_OF_BOUNDS"] as const,
  ...["UNDEFINED_ELEMENT", "FUEL_EXHAUSTED", "STACK_OVERFLOW", "LEASE_EXPIRED"] as const,
];

/** What the operations that give a trap really give. */
function errorsOf(face: Face, name: Name): readonly unknown[] {
  return (GIVERS[name] ?? []).map((give) => Reflect.get(Object(give(face)), "error"));
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/traps_are_one_frozen_value_each",
    claim: "each trap and fault is a frozen value of its kind alone, and every operation that " +
      "gives it gives that very value",
    subject: [
      ...["loadU8", "loadF64", "loadI64From32S", "storeI64", "copy", "initData", "initSegment"]
        .map((name) => `IsolatedMemory.${name}`),
      ...["i32.divS", "i64.remU", "i64Halves.divU", "i64.truncF64S", "i32.truncF64S"],
      ...["i64.truncF32U", "callIndirect", "Table.get", "Table.copy"],
    ],
    spec: "Wasm core 2.0, 4.2.3 (traps)",
    strength: "exhaustive",
    domain: domain.of(...NAMES),
    reaches: ["given", "not given"],
    implementation,
    mutants: [
      mutant("trap.ts", "return Object.freeze({ kind });", "return { kind };"),
      mutant("trap.ts", "return Object.freeze({ kind });", "return Object.seal({ kind });"),
      mutant("fault.ts", 'Object.freeze({ kind: "lease-expired" })', '{ kind: "lease-expired" }'),
      mutant("trap.ts", 'trap("fuel-exhausted")', 'trap("stack-overflow")'),
      mutant(
        "table.ts",
        "if (slot === undefined) return err(TABLE_OUT_OF_BOUNDS);",
        'if (slot === undefined) return err({ kind: "table-out-of-bounds" });',
      ),
      mutant("bulk.ts", "return err(OUT_OF_BOUNDS);", 'return err({ kind: "out-of-bounds" });'),
      mutant("backing.ts", "this.fault = OUT_OF_BOUNDS;", "this.fault = { ...OUT_OF_BOUNDS };"),
    ],
    check(name, reach, face) {
      const trap: object = face[name];
      // All of them for each: a watched face has copies of the traps, and this fails at the first.
      const errors = NAMES.map((one) => errorsOf(face, one))[NAMES.indexOf(name)] ?? [];
      reach(errors.length === 0 ? "not given" : "given");
      return allOf(
        agrees(trap, { kind: KINDS[name] }),
        agrees([Object.isFrozen(trap), Reflect.set(trap, "kind", "other")], [true, false]),
        agrees(errors.map((error) => error === trap), errors.map(() => true)),
      );
    },
  }),
];

register(proofs);
