/** What the proofs of the numeric operations share: all functions with their model, and values. */

import { type Kind, type Operation, perform } from "../../model/linear_numeric.ts";
import { OPERATIONS } from "../../model/linear_numeric_operations.ts";
import type * as numeric from "../../src/linear/numeric/mod.ts";
import { agrees, type Domain, domain, type Reach } from "../../src/proof/mod.ts";
import { modelErrorOf } from "./linear_errors.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The face that is proved. */
export type Face = typeof numeric;

/** Mutants of the numeric operations, by the name of the file among them. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/linear/numeric/mod.ts");

/** Where the operations are. */
export const AT = "src/linear/numeric/";

/** One public function: its name, its operation in the model, and in which form it has 64 bits. */
export interface Target {
  readonly name: string;
  readonly operation: Operation;
  readonly inHalves: boolean;
  /** What each argument is; a 64-bit integer in halves is two of `i32`. */
  readonly takes: readonly Kind[];
}

function target(name: string, operation: Operation, inHalves: boolean): Target {
  const takes = operation.takes.flatMap(([, kind]): Kind[] =>
    kind === "i64" && inHalves ? ["i32", "i32"] : [kind]
  );
  return { name, operation, inHalves, takes };
}

/** The name of the form in halves, for operations on or to 64-bit integers that have one. */
function nameInHalves(name: string): string | undefined {
  if (name.startsWith("i64.")) return name.replace("i64.", "i64Halves.");
  const match = /^(f(?:32|64)\.(?:convert|reinterpret)I64)([SU]?)$/.exec(name);
  return match === null ? undefined : `${match[1]}Halves${match[2]}`;
}

/** Every public function. */
export const TARGETS: readonly Target[] = Object.entries(OPERATIONS).flatMap(
  ([name, operation]) => {
    const halves = nameInHalves(name);
    const plain = target(name, operation, false);
    return halves === undefined ? [plain] : [plain, target(halves, operation, true)];
  },
);

/** The targets whose names match, of which there must be some. */
export function targets(names: RegExp): readonly Target[] {
  const found = TARGETS.filter(({ name }) => names.test(name));
  if (found.length === 0) throw new Error(`no operation matches ${names}`);
  return found;
}

/** The names of some targets, as the subject of a proof. */
export function namesOf(list: readonly Target[]): readonly string[] {
  return list.map(({ name }) => name);
}

/** Calls a public function. */
export function callNumeric(face: Face, name: string, args: readonly unknown[]): unknown {
  const point = name.indexOf(".");
  const [group, operation] = [name.slice(0, point), name.slice(point + 1)];
  return Reflect.apply(Reflect.get(Reflect.get(face, group), operation), undefined, args);
}

/** Calls a public function and gives its outcome in the model's form. */
export function outcomeOf(face: Face, name: string, args: readonly unknown[]): object {
  const result = callNumeric(face, name, args);
  if (typeof result !== "object" || result === null || !("ok" in result)) return { no: result };
  if ("value" in result) return result.ok === true ? { ok: result.value } : { no: result };
  if (!("error" in result) || typeof result.error !== "object" || result.error === null) {
    return { no: result };
  }
  return modelErrorOf(result.error);
}

/** A 64-bit integer as the two arguments of the form in halves, both read as unsigned. */
export function halvesOf(value: bigint): [number, number] {
  const bits = BigInt.asUintN(64, value);
  return [Number(bits % 0x100000000n), Number(bits / 0x100000000n)];
}

/** The arguments for a target: a bigint becomes two where the target has the form in halves. */
export function argumentsFor(
  { inHalves }: Target,
  values: readonly (number | bigint)[],
): readonly (number | bigint)[] {
  return inHalves
    ? values.flatMap((value) => typeof value === "bigint" ? halvesOf(value) : [value])
    : values;
}

/** The function agrees with the model on some arguments; reports which outcome it was. */
export function conforms(
  face: Face,
  { name, operation, inHalves }: Target,
  args: readonly unknown[],
  reach: Reach,
): string | undefined {
  const expected = perform(operation, args, inHalves);
  reach("trap" in expected ? expected.trap : "ok" in expected ? "value" : "invalid-argument");
  const actual = outcomeOf(face, name, args);
  // The comparison in full, which names the difference, is slow: most cases need only this.
  if ("ok" in expected && "ok" in actual && Object.is(actual.ok, expected.ok)) return undefined;
  const failure = agrees(actual, expected);
  return failure === undefined ? undefined : `${name}: ${failure}`;
}

/** Powers of two of both signs and their neighbours, as far as `bits` bits hold them. */
export function edges(bits: number): readonly bigint[] {
  const found = new Set<bigint>();
  const [min, end] = [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits)];
  for (let bit = 0; bit <= bits; bit++) {
    for (const near of [-1n, 0n, 1n]) {
      found.add(2n ** BigInt(bit) + near);
      found.add(-(2n ** BigInt(bit)) + near);
    }
  }
  return [...found].filter((value) => value >= min && value < end);
}

/** The edges of 32 bits as numbers. */
export const EDGES_32: readonly number[] = edges(32).map(Number);
/** The edges of 64 bits. */
export const EDGES_64: readonly bigint[] = edges(64);

/** The number of single precision with some bits, decoded by the engine's own views. */
export function singleOf(bits: number): number {
  return new Float32Array(Uint32Array.of(bits).buffer)[0] ?? 0;
}

/** The number of double precision with some bits, decoded by the engine's own views. */
export function doubleOf(bits: bigint): number {
  return new Float64Array(BigUint64Array.of(BigInt.asUintN(64, bits)).buffer)[0] ?? 0;
}

/** The next float of double precision away from zero, and the one toward it. */
export function neighbours(value: number): readonly number[] {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
  const rest = bits % 2n ** 63n;
  return rest === 0n
    ? [value, doubleOf(bits + 1n)]
    : [-1n, 0n, 1n].map((by) => doubleOf(bits + by));
}

/** Floats at which a conversion or a rounding can go wrong. */
export const EDGE_FLOATS: readonly number[] = [
  ...new Set([
    0,
    -0,
    NaN,
    ...[
      Infinity,
      Number.MAX_VALUE,
      Number.MIN_VALUE,
      2 ** -1022,
      2 ** -149,
      2 ** -150,
      2 ** -126,
      2 ** 128 - 2 ** 104,
      2 ** 128 - 2 ** 103,
      2 ** 1000,
      0.1,
      1.5,
      2.5,
      2147483647.9,
      2147483648.9,
      4294967295.9,
      9223372036854774784,
      ...Array.from({ length: 65 }, (_, bit) => [2 ** bit, 2 ** bit - 0.5, 2 ** bit + 0.5]).flat(),
    ].flatMap((value) => [...neighbours(value), ...neighbours(-value)]),
  ]),
];

/** Some targets with some values each, as a domain. */
export function crossed<T>(
  list: readonly Target[],
  values: Domain<T>,
): Domain<{ readonly target: Target; readonly values: T }> {
  return domain.named(
    `${list.length} operations × ${values.describe}`,
    domain.product({ target: domain.of(...list), values }),
  );
}
