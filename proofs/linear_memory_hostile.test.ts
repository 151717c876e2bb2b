/** Arguments and attacks of every kind: every operation returns, and a refused one changes nothing. */

import { agreesWithModel, defineProof, domain } from "../src/proof/mod.ts";
import { allOf, hostileValues, isTotal, leavesStateOnFault, type Proof } from "../src/proof/mod.ts";
import { BOUNDS, call, FAR, implementation, mutant } from "./_kit/linear_memory.ts";
import { pair } from "./_kit/linear_memory.ts";
import { applyModel, applyReal, type Command, VALID } from "./_kit/linear_memory_commands.ts";
import { stateOfModelWorld, stateOfWorld, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";
const shape = { pages: 1, max: 3, pageBytes: 16 };
const METHODS = [...new Set(VALID.map(({ method }) => `IsolatedMemory.${method}`))];

/** Every operation with the argument at each place, and at all places, given way to. */
const PLACES = domain.of(
  ...VALID.flatMap((command) =>
    command.args.length === 0
      ? []
      : [...command.args.keys(), -1].map((place) => ({ command, place }))
  ),
);

function replaced({ method, args }: Command, place: number, value: () => unknown): Command {
  return { method, args: args.map((arg, at) => place === -1 || place === at ? value() : arg) };
}

/** Offsets that no operation takes, and those at which a width of 2 to 8 no longer fits. */
const OVERFLOWING = domain.of(...FAR, 16 + 1, 17, 18, 24, 32, 65_536);

/** The place of each offset or length among the arguments: numbers that are no operand. */
const OFFSETS = domain.of(
  ...VALID.flatMap((command) =>
    ["grow", "size"].includes(command.method)
      ? []
      : command.args.flatMap((arg, place) =>
        typeof arg !== "number" || (place > 0 && command.method.startsWith("store")) ||
          (place === 1 && command.method === "fill")
          ? []
          : [{ command, place }]
      )
  ),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/never_throws_any_argument",
    claim:
      "every operation, given any JavaScript value in any place, returns the model's outcome " +
      "and leaves the model's whole state",
    subject: METHODS,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ place: PLACES, hostile: hostileValues }),
    reaches: ["value", "refused"],
    implementation,
    mutants: [
      mutant("segment.ts", 'typeof value === "object" && value !== null && #bytes', "#bytes"),
      mutant("load.ts", 'typeof value === "object" && value !== null && #window', "#window"),
      mutant("bounds.ts", 'return typeof value === "number" && value >= 0', "return value >= 0"),
      mutant(
        "bounds.ts",
        'return typeof value === "number" && value >= -0x8000_0000',
        "return value >= -0x8000_0000",
      ),
      mutant("bounds.ts", 'return typeof value === "bigint" &&\n    (', "return ("),
      mutant(
        "bulk.ts",
        'if (from === undefined) return invalidArgument("source", "a memory or a lease", source);',
        "if (from === undefined) return ok(undefined);",
      ),
      mutant(
        "bulk.ts",
        'if (length === undefined) return invalidArgument("bytes", "a Uint8Array", bytes);',
        "",
      ),
      mutant(
        "store.ts",
        'if (typeof value !== "number") return invalidArgument("value", "a number", value);\n    putFloat64',
        "putFloat64",
      ),
    ],
    check({ place: { command, place }, hostile }, reach, face) {
      const { real, model } = worlds(face, shape);
      const { state, outcome } = applyModel(model, replaced(command, place, hostile.make));
      const given = applyReal(real, replaced(command, place, hostile.make));
      reach(
        typeof outcome === "object" && outcome !== null && !("ok" in outcome) ? "refused" : "value",
      );
      return agreesWithModel(
        { outcome: given, state: stateOfWorld(real) },
        { outcome, state: stateOfModelWorld(state) },
      );
    },
  }),
  defineProof({
    id: "linear/never_throws_construction",
    claim:
      "constructors, create, init, and what reaches a class past the type checker return for " +
      "every value, and what they make refuses every access instead of throwing",
    subject: ["IsolatedMemory.create", "IsolatedMemory.init", "DataSegment.create"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ hostile: hostileValues, method: domain.of(...VALID) }),
    reaches: ["returned"],
    implementation,
    mutants: [
      mutant(
        "backing.ts",
        'typeof value === "object" && value !== null && #seal in value ? value',
        'typeof value === "object" && value !== null && "size" in value ? value',
      ),
    ],
    check({ hostile, method: { method, args } }, reach, face) {
      const { real } = pair(face, shape);
      const construct = (type: object, value: unknown): object =>
        Reflect.construct(Object(type), [value]);
      reach("returned");
      return allOf(
        isTotal(() =>
          call(face.IsolatedMemory, "create", [hostile.make(), hostile.make(), hostile.make()])
        ),
        isTotal(() =>
          call(face.IsolatedMemory, "create", [1, 1, { pageSizeBytes: hostile.make() }])
        ),
        isTotal(() => call(real, "init", [hostile.make()])),
        isTotal(() => call(face.DataSegment, "create", [hostile.make()])),
        isTotal(() => call(construct(face.DataSegment, hostile.make()), "drop", [])),
        isTotal(() =>
          call(real, "initSegment", [construct(face.DataSegment, hostile.make()), 0, 0, 0])
        ),
        isTotal(() => call(construct(face.IsolatedMemory, hostile.make()), method, args)),
        isTotal(() => call(construct(face.IsolatedMemory, hostile.make()), "init", [0])),
        isTotal(() => call(construct(face.IsolatedMemory, { size: 64 }), method, args)),
        isTotal(() => call(construct(face.MemoryLease, hostile.make()), method, args)),
        isTotal(() => call(construct(face.IsolatedMemory, hostile.make()), "asSlice", [])),
        isTotal(() => call(construct(face.IsolatedMemory, hostile.make()), "lend", [])),
      );
    },
  }),
  defineProof({
    id: "linear/offset_overflow_handled",
    claim: "an offset or length that overflows, is no integer or lies beyond is out of bounds in " +
      "every operation and every place, and leaves the whole state as it was",
    subject: METHODS.filter((name) => !/\.(grow|size)$/.test(name)),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ place: OFFSETS, value: OVERFLOWING }),
    reaches: ["out-of-bounds"],
    implementation,
    mutants: [
      ...BOUNDS.slice(2),
      mutant(
        "bounds.ts",
        "return isNatural(offset, size - width);",
        "return ((offset + width) >>> 0) <= size;",
      ),
      mutant(
        "bounds.ts",
        "return isNatural(offset, size - width);",
        "return isNatural(Math.abs(offset), size - width);",
      ),
      mutant("bounds.ts", "return isNatural(length, size) && fits", "return fits"),
      mutant(
        "bounds.ts",
        "value >= 0 && value <= max &&\n    Math.trunc(value) === value &&",
        "value >= 0 && value <= max &&",
      ),
    ],
    check({ place: { command, place }, value }, reach, face) {
      const { real, model } = worlds(face, shape);
      const given = applyReal(real, replaced(command, place, () => value));
      reach("out-of-bounds");
      return agreesWithModel(
        { outcome: given, state: stateOfWorld(real) },
        { outcome: { trap: "out-of-bounds" }, state: stateOfModelWorld(model) },
      );
    },
  }),
  defineProof({
    id: "linear/failure_leaves_state",
    claim: "an operation of any kind that fails, for whatever argument, leaves bytes, sizes and " +
      "segment as they were",
    subject: METHODS,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      place: PLACES,
      value: domain.of<unknown>(...[
        -1,
        15,
        16,
        17,
        2 ** 31,
        2 ** 32,
        NaN,
        -0,
        1n,
        2n ** 64n,
        null,
      ]),
    }),
    reaches: ["failed", "succeeded"],
    implementation,
    mutants: [
      mutant(
        "store.ts",
        'if (!isWord(lo)) return invalidArgument("lo", WORD, lo);',
        'at.view.setInt32(offset, 0, true);\n    if (!isWord(lo)) return invalidArgument("lo", WORD, lo);',
      ),
      mutant(
        "bulk.ts",
        "if (!rangeFits(size, dst, len) || !rangeFits(size, src, len)) return err(fault);",
        "if (!rangeFits(size, dst, 0) || !rangeFits(size, src, 0)) return err(fault);\n    bytes.copyWithin(dst, src, src + len);\n    if (!rangeFits(size, dst, len) || !rangeFits(size, src, len)) return err(fault);",
      ),
      mutant(
        "bulk.ts",
        "if (!rangeFits(from.length, src, len)) return err(OUT_OF_BOUNDS);",
        "at.bytes.set(from.subarray(0, len), dst);\n    if (!rangeFits(from.length, src, len)) return err(OUT_OF_BOUNDS);",
      ),
    ],
    check({ place: { command, place }, value }, reach, face) {
      const { real } = worlds(face, shape);
      const before = structuredClone(stateOfWorld(real));
      const outcome = applyReal(real, replaced(command, place, () => value));
      const failed = outcome === -1 ||
        (typeof outcome === "object" && outcome !== null && !("ok" in outcome));
      reach(failed ? "failed" : "succeeded");
      return leavesStateOnFault(before, failed, stateOfWorld(real));
    },
  }),
];

register(proofs);
