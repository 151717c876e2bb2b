/** What proofs are fed with: numbers biased to the edges, and hostile values. */

import { isDetached } from "./_kit/detached.ts";
import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as toolkit from "./_kit/toolkit.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/specimen.ts";

const mutant = sourceMutants<Face>("src/proof/mod.ts");
const BIASED = "src/proof/biased.ts";
const HOSTILE = "src/proof/hostile.ts";

function draw<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): readonly T[] {
  return fc.sample(arbitrary, { seed: 1, numRuns });
}

/** Each edge is among the draws, and nothing lies beyond the ends. */
function coversEdges<T extends number | bigint>(
  drawn: readonly T[],
  min: T,
  max: T,
  edges: readonly T[],
): string | undefined {
  const beyond = drawn.find((value) => !(value >= min && value <= max));
  const missing = edges.find((edge) => !drawn.includes(edge));
  return beyond !== undefined
    ? `draws ${beyond}`
    : missing !== undefined
    ? `never draws ${missing}`
    : undefined;
}

function caught<T>(call: () => T): T | string {
  try {
    return call();
  } catch {
    return "throws";
  }
}

/** What can be seen of a value, in plain values. */
function seen(value: unknown): unknown {
  if (typeof value === "symbol") return value.toString();
  if (typeof value === "function") {
    return caught(() => [value.name === "", Reflect.apply(value, 0, [])]);
  }
  if (typeof value !== "object" || value === null) return value;
  const property = (key: string | symbol) =>
    caught(() => {
      const found: unknown = Reflect.get(value, key);
      return typeof found === "object" || typeof found === "function" ? typeof found : found;
    });
  return {
    tag: caught(() => Object.prototype.toString.call(value)),
    list: caught(() => Array.isArray(value)),
    keys: caught(() => Object.keys(value)),
    prototype: caught(() => Object.getPrototypeOf(value) === null),
    lengths: ["length", "byteLength", "kind", "ok", "typeIndex", "detached"].map(property),
    elements: ["0", "2"].map(property),
    resizable: caught(() =>
      value instanceof Uint8Array && [
        Reflect.get(value.buffer, "resizable"),
        Reflect.get(value.buffer, "maxByteLength"),
      ]
    ),
    number: caught(() => Number(value)),
    text: caught(() => String(value)),
    spread: caught(() => [...(Array.isArray(value) ? value : [])].length),
    iterator: caught(() => typeof Reflect.apply(Reflect.get(value, Symbol.iterator), value, [])),
  };
}

/** Whether a value is one of the kind after all. */
function isOfKind(kind: toolkit.ParameterKind, value: unknown): boolean {
  switch (kind) {
    case "number":
      return typeof value === "number";
    case "bigint":
      return typeof value === "bigint";
    case "bytes":
      return ArrayBuffer.isView(value) &&
        caught(() => value instanceof Uint8Array && !isDetached(value.buffer)) === true;
    case "any":
      return false;
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "proof/biased_integers_keep_and_reach_their_ends",
    claim: "of every width up to 64 bits only integers of that width are drawn, and its edges are",
    subject: ["biased.unsigned", "biased.signed"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.range(1, 64),
    reaches: ["width"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "(1n << BigInt(w)) - 1n, w", "(1n << BigInt(w)), w"),
      mutant(BIASED, "half - 1n, w", "half, w"),
      mutant(BIASED, "between(-half,", "between(-half + 1n,"),
      mutant(BIASED, "[power - 1n, power, power + 1n]", "[power, power + 1n]"),
      mutant(BIASED, "oneof(constantFrom(...edges(min, max, bits)), bigInt", "oneof(bigInt"),
      mutant(BIASED, "found.add(-value);", ""),
    ],
    check(bits, reach, { biased }) {
      const size = 2n ** BigInt(bits);
      const half = size / 2n;
      reach("width");
      const powers = bits < 3 ? [] : [4n, 3n];
      return allOf(
        coversEdges(draw(biased.unsigned(bits), 100 * bits), 0n, size - 1n, [
          0n,
          1n,
          half,
          half - 1n,
          size - 2n,
          size - 1n,
        ]),
        coversEdges(draw(biased.signed(bits), 100 * bits), -half, half - 1n, [
          -half,
          -1n,
          0n,
          half - 1n,
          ...powers.flatMap((power) => [power - 1n, -power]),
        ]),
      );
    },
  }),
  defineProof({
    id: "proof/biased_numbers_stay_on_both_sides_of_the_end",
    claim:
      "numbers, offsets and byte strings are drawn of their ranges, and from both sides of the ends",
    subject: ["biased.u32", "biased.i32", "biased.index", "biased.bytes"],
    spec: "Proof toolkit: arbitraries",
    strength: "bounded",
    domain: domain.range(0, 40),
    reaches: ["size"],
    implementation: toolkit,
    mutants: [
      mutant(BIASED, "return unsigned(32).map", "return signed(32).map"),
      mutant(BIASED, "return signed(32).map", "return unsigned(32).map"),
      mutant(BIASED, "delta = -9; delta <= 9", "delta = -9; delta < 0"),
      mutant(BIASED, "near.filter((value) => value >= 0)", "near"),
      mutant(BIASED, "{ weight: 1, arbitrary: constantFrom(...far) },", ""),
      mutant(BIASED, "Math.max(lengthMax, 0)", "Math.max(lengthMax + 1, 0)"),
      mutant(BIASED, "Math.max(lengthMax, 0)", "0"),
    ],
    check(size, reach, { biased }) {
      const bytes = draw(biased.bytes(size), 1_000);
      const lengths = bytes.map(({ length }) => length);
      reach("size");
      return allOf(
        coversEdges(draw(biased.u32(), 3_000), 0, 2 ** 32 - 1, [
          0,
          2 ** 31 - 1,
          2 ** 31,
          2 ** 32 - 1,
        ]),
        coversEdges(draw(biased.i32(), 3_000), -(2 ** 31), 2 ** 31 - 1, [
          -(2 ** 31),
          -1,
          0,
          2 ** 31 - 1,
        ]),
        coversEdges(draw(biased.index(size), 1_000), 0, 2 ** 53, [
          ...[0, size, size + 1, size + 8, 2 ** 32 - 4, 2 ** 32, 2 ** 53],
          ...(size > 0 ? [size - 1] : []),
        ]),
        coversEdges(lengths, 0, size, [0, size]),
        bytes.every((piece) => piece instanceof Uint8Array) ? undefined : "draws no bytes",
      );
    },
  }),
  defineProof({
    id: "proof/hostile_values_are_what_their_code_makes",
    claim:
      "each hostile value is made afresh, is what its code evaluates to, and is found by its code",
    subject: ["hostileValues.values", "hostileByCode"],
    spec: "Proof toolkit: hostile values",
    strength: "exhaustive",
    domain: domain.range(0, toolkit.hostileValues.size - 1),
    reaches: ["primitive", "object"],
    implementation: toolkit,
    mutants: [
      mutant(HOSTILE, '["-0", () => -0]', '["-0", () => 0]'),
      mutant(HOSTILE, "p.revoke(); return", "return"),
      mutant(HOSTILE, "structuredClone(bytes.buffer, { transfer: [bytes.buffer] });", ""),
      mutant(
        HOSTILE,
        "() => new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))",
        "() => new Uint8Array(new ArrayBuffer(4, { maxByteLength: 7 }))",
      ),
      mutant(HOSTILE, "value.code === code", "value.code !== code"),
      mutant(HOSTILE, '() => "\\ud800"]', '() => "d800"]'),
    ],
    check(place, reach, { hostileValues, hostileByCode }) {
      const hostile = [...hostileValues.values()][place];
      if (hostile === undefined) return "is missing";
      const made = hostile.make();
      const evaluated: unknown = new Function(`return (${hostile.code});`)();
      const isPrimitive = typeof made !== "object" && typeof made !== "function" || made === null;
      reach(isPrimitive ? "primitive" : "object");
      return allOf(
        agrees(seen(made), seen(evaluated)),
        isPrimitive || made !== hostile.make() ? undefined : "is made once",
        hostileByCode(hostile.code) === hostile ? undefined : "is not found",
        agrees(hostileByCode("no code"), undefined),
        fc.stringify(hostile) === `hostileByCode(${JSON.stringify(hostile.code)})`
          ? undefined
          : "is not printed as code",
      );
    },
  }),
  defineProof({
    id: "proof/hostile_values_leave_out_the_valid_ones",
    claim: "hostileFor leaves out exactly the values that are of the kind",
    subject: ["hostileFor"],
    spec: "Proof toolkit: hostile values",
    strength: "exhaustive",
    domain: domain.of("number", "bigint", "bytes", "any"),
    reaches: ["filtered"],
    implementation: toolkit,
    mutants: [
      mutant(HOSTILE, '    "Infinity",\n', ""),
      mutant(HOSTILE, "!taken.has(value.code)", "taken.has(value.code)"),
      mutant(
        HOSTILE,
        "describe: `${values.length} hostile values`, size: values.length",
        "describe: ``, size: ALL.length",
      ),
    ],
    check(kind, reach, { hostileFor, hostileValues }) {
      const chosen = hostileFor(kind);
      const expected = [...hostileValues.values()].filter(({ make }) => !isOfKind(kind, make()));
      reach("filtered");
      return allOf(
        agrees([...chosen.values()].map(({ code }) => code), expected.map(({ code }) => code)),
        agrees(chosen.size, expected.length),
      );
    },
  }),
];

register(proofs);
