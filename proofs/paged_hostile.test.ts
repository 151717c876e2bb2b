/** Every public function returns for every value, and what it refuses changes nothing. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileFor,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { BACKENDS, build, type Face, layout, settings, stateOf } from "./_kit/paged.ts";
import { BYTES, call, CALLS, UNBOXED } from "./_kit/paged_calls.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

/** Whether a result, or the answer of a question, is a refusal. */
function isRefused(given: unknown): boolean {
  if (typeof given === "boolean") return !given;
  return typeof given === "object" && given !== null && "ok" in given && given.ok === false;
}

const codes = (kind: "number" | "bigint" | "bytes"): ReadonlySet<string> =>
  new Set(Array.from(hostileFor(kind).values(), ({ code }) => code));
const NO_NUMBER = codes("number");
const NO_BIGINT = codes("bigint");
const NO_BYTES = codes("bytes");

/** Whether a hostile value is not even of the kind of the valid one that it takes the place of. */
function mustRefuse(name: string, valid: unknown, code: string): boolean {
  if (valid === BYTES) return NO_BYTES.has(code) && !(name === "mapRegion" && code === "undefined");
  if (typeof valid === "bigint") return NO_BIGINT.has(code);
  if (typeof valid === "string") return true;
  return NO_NUMBER.has(code) && !(name.startsWith("can") && !NO_BIGINT.has(code));
}

/** The calls with one argument replaced. */
function positions(calls: typeof CALLS) {
  return domain.of(
    ...calls.flatMap(([name, ...valid]) => valid.map((_, at) => ({ name, at, valid }))),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/every_operation_returns",
    claim:
      "every operation returns for every value of every argument, and a refusal changes nothing",
    subject: of(...CALLS.map(([name]) => name)),
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      where: positions(CALLS),
      hostile: hostileValues,
    }),
    reaches: ["refused", "taken"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/page.ts",
        'return typeof value === "number" && value >>> 0',
        "return Number(value) >>> 0",
      ),
      mutant(
        "src/paged/page.ts",
        'return typeof value === "number" && Number.isInteger(value)',
        "return Number.isInteger(Number(value))",
      ),
      mutant(
        "src/paged/typed.ts",
        'typeof value !== "bigint" || value',
        "BigInt(String(value)) !== value || value",
      ),
      mutant(
        "src/paged/bulk.ts",
        "if (!copied.ok) return copied;",
        "if (!copied.ok) return ok(undefined);",
      ),
      mutant(
        "src/paged/region.ts",
        'if (!copied.ok && copied.error.kind === "invalid-argument") return copied;',
        "if (!copied.ok) { store.clear(); return ok(undefined); }",
      ),
    ],
    check({ backend, where: { name, at, valid }, hostile }, reach, face) {
      const { real } = build(face, settings(backend, 4), layout(4, ["read-write", "read-write"]));
      const before = stateOf(real);
      const args = valid.map((each, i) => i === at ? hostile.make() : each);
      let given: unknown;
      const failure = isTotal(() => {
        given = call(real, name, args);
      });
      if (failure !== undefined) return failure;
      reach(isRefused(given) ? "refused" : "taken");
      if (mustRefuse(name, valid[at], hostile.code) && !isRefused(given)) return "was taken";
      return isRefused(given) ? agrees(stateOf(real), before) : undefined;
    },
  }),
  defineProof({
    id: "paged/unboxed_operations_return",
    claim:
      "a load or store with an argument of another type has the status for that and does nothing",
    subject: of(...UNBOXED.map(([name]) => name)),
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      where: positions(UNBOXED),
      hostile: hostileFor("number"),
      isWarm: domain.of(false, true),
    }),
    reaches: ["refused"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/store.ts",
        ' || typeof index !== "number" || !isInt32Array(out)',
        ' || typeof index !== "number"',
      ),
      mutant("src/paged/store.ts", 'typeof address !== "number" || typeof index', "typeof index"),
      mutant("src/paged/store.ts", ' || typeof high !== "number"', ""),
      mutant(
        "src/paged/store.ts",
        "return STATUS_INVALID;\n  }\n  const start = address >>> 0;\n  const status = check(store, start, width, false",
        "return STATUS_OK;\n  }\n  const start = address >>> 0;\n  const status = check(store, start, width, false",
      ),
    ],
    check({ backend, where: { name, at, valid }, hostile, isWarm }, reach, face) {
      const { real } = build(face, settings(backend, 16), layout(16, ["read-write"]));
      const out = Int32Array.of(7, 7, 7);
      if (isWarm) real.loadU8(0, out, 1);
      const [before, halves] = [stateOf(real), [...out]];
      const args = valid.map((each, i) => i === at ? hostile.make() : each === "out" ? out : each);
      let given: unknown;
      const failure = isTotal(() => {
        given = call(real, name, args);
      });
      reach("refused");
      return allOf(
        failure,
        agrees(given, face.STATUS_INVALID),
        agrees(stateOf(real), before),
        agrees([...out], halves),
      );
    },
  }),
  defineProof({
    id: "paged/statuses_are_read_for_every_value",
    claim: "a status that no access gives reads as an invalid argument",
    subject: ["readStatus"],
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.union<Hostile>(
      hostileFor("number"),
      domain.map(domain.of(7, 4, -1, 0.5, NaN, 2 ** 31, 2 ** 32, -0.5, Infinity), (status) => ({
        code: String(status),
        make: () => status,
      })),
    ),
    reaches: ["read"],
    implementation: paged,
    mutants: [
      mutant(
        "src/paged/fault.ts",
        'typeof status === "number" && (status | 0) === status',
        "(status | 0) == status",
      ),
      mutant("src/paged/fault.ts", "if ((status & KIND_MASK) === PROTECTED) return", "return"),
    ],
    check(hostile, reach, { readStatus }) {
      reach("read");
      const given = Reflect.apply(readStatus, undefined, [hostile.make()]);
      return agrees(given, { kind: "invalid-argument", address: 0 });
    },
  }),
];

register(proofs);
