/** Errors as wholes: what an argument was to be and was, and which of several errors is reported. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { BACKENDS, build, type Face, layout, settings, stateOf } from "./_kit/paged.ts";
import { call } from "./_kit/paged_calls.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const REGION = "src/paged/region.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

type Maker = "create" | "withPages";
type Name = keyof paged.Memory | Maker;
/** A call with one argument that is none, the parameter, and what that takes. */
type Bad = readonly [
  name: Name,
  args: readonly unknown[],
  parameter: string,
  expected: string,
  given: string,
];

const ADDRESS = "a whole number from 0 to 4,294,967,295";
const USIZE = "a whole number from 0 to 2^53 - 1";
const LOW = "a whole number from -2^31 to 2^32 - 1";
const MAPPED = '"read-only" or "read-write"';
const ANY = '"none", "read-only" or "read-write"';
const PAGES = "a whole number of pages of the address space";

/** The bad arguments of a change of a region. */
const ofRegion = (name: Name, access: string): readonly Bad[] => [
  [name, [0.5, 4, "read-only"], "start", USIZE, "number 0.5"],
  [name, [0, 2 ** 53, "read-only"], "size", USIZE, "number 9007199254740992"],
  [name, [0, 4, null], "access", access, "null"],
];
/** The bad options of what makes a memory. */
const ofOptions = (name: Maker, ...args: readonly unknown[]): readonly Bad[] => [
  [name, [...args, null], "options", "an object of options", "null"],
  [name, [...args, { pageSize: 12 }], "pageSize", "a power of two from 4 to 65,536", "number 12"],
  [
    name,
    [...args, { limitBytes: 2 ** 31 }],
    "limitBytes",
    "a whole number from 0 to 2,147,418,112",
    "number 2147483648",
  ],
  [
    name,
    [...args, { reservedBytes: 4095 }],
    "reservedBytes",
    "a multiple of the page size from 0 to 4,294,967,296",
    "number 4095",
  ],
  [name, [...args, { wraps: 1 }], "wraps", "a boolean", "number 1"],
];
const READS = ["permOf", "readU8", "readU16", "readU32", "readU64", "read"] as const;
const WRITES = ["writeU8", "writeU16", "writeU32", "writeU64", "write"] as const;

const BAD: readonly Bad[] = [
  ...[...READS, ...WRITES].map((name): Bad => [name, [-1, 1], "address", ADDRESS, "number -1"]),
  ["read", [0, -1], "length", USIZE, "number -1"],
  ...WRITES.slice(0, 3).map((name): Bad => [name, [0, 2 ** 32], "value", LOW, "number 4294967296"]),
  ["writeU64", [0, 1], "value", "a bigint from -2^63 to 2^64 - 1", "number 1"],
  ["write", [0, true], "data", "a Uint8Array", "boolean true"],
  ...ofRegion("mapRegion", MAPPED),
  ["mapRegion", [0, 4, "none"], "access", MAPPED, 'string "none"'],
  ["mapRegion", [0, 4, "read-only", 5], "init", "a Uint8Array or undefined", "number 5"],
  ...ofRegion("resetRegion", ANY),
  ...ofRegion("protectRegion", MAPPED),
  ["setHeap", [2 ** 32, 0, 0], "base", ADDRESS, "number 4294967296"],
  ["setHeap", [5, 4, 0], "top", "a whole number from the base to 4,294,967,296", "number 4"],
  ["setHeap", [0, 0, 2 ** 30 + 1], "maxPages", PAGES, "number 1073741825"],
  ["sbrk", [-1], "size", ADDRESS, "number -1"],
  ...ofOptions("create"),
  ...ofOptions("withPages", 0, "none"),
  ["withPages", [2 ** 20 + 1, "none"], "pages", PAGES, "number 1048577"],
  ["withPages", [0, "execute"], "access", ANY, 'string "execute"'],
];

/** What can be wrong with a mapping, in the order in which it is reported. */
const WRONG = [
  "start",
  "init",
  "unaligned-start",
  "unaligned-size",
  "overflow",
  "reserved",
] as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/invalid_arguments_are_described",
    claim: "the error for an argument names the parameter, what it takes and what it got",
    subject: of(...new Set(BAD.map(([name]) => name))),
    spec: "errors name the argument",
    strength: "bounded",
    domain: domain.product({ backend: domain.of(...BACKENDS), bad: domain.of(...BAD) }),
    reaches: ["refused"],
    implementation: paged,
    mutants: [
      mutant("src/paged/bulk.ts", 'invalidArgument("address", "a', 'invalidArgument("start", "a'),
      mutant(
        "src/paged/bulk.ts",
        'readBytes("data", "a Uint8Array", data)',
        'readBytes("data", "bytes", data)',
      ),
      mutant("src/paged/bulk.ts", 'readUsize("length", length)', 'readUsize("size", length)'),
      mutant(REGION, 'readUsize("start", start)', 'readUsize("start", size)'),
      mutant(
        REGION,
        "invalidArgument(parameter, expected, value)",
        "invalidArgument(expected, parameter, value)",
      ),
      mutant(REGION, "leastCode === NONE ?", "leastCode !== NONE ?"),
      mutant("src/paged/typed.ts", "const expected = width === 8", "const expected = width !== 8"),
      mutant("src/paged/heap.ts", 'invalidArgument("size"', 'invalidArgument("request"'),
      mutant("src/paged/heap.ts", 'address space", maxPages)', 'address space", top)'),
      mutant("src/paged/options.ts", "from 0 to 2,147,418,112", "from 0 to 2,147,483,648"),
      mutant(
        "src/paged/options.ts",
        'return invalidArgument("wraps", "a boolean", wraps)',
        "return ok(DEFAULT_SETTINGS)",
      ),
    ],
    check({ backend, bad: [name, args, parameter, expected, given] }, reach, face) {
      const maker = backend === "flat" ? face.FlatMemory : face.SparseMemory;
      const { real } = build(face, settings(backend, 4), layout(4, ["read-write", "read-write"]));
      const before = stateOf(real);
      const outcome = name === "create" || name === "withPages"
        ? Reflect.apply(maker[name], maker, args)
        : call(real, name, args);
      reach("refused");
      const error = { kind: "invalid-argument", parameter, expected, given };
      return allOf(agrees(outcome, { ok: false, error }), agrees(stateOf(real), before));
    },
  }),
  defineProof({
    id: "paged/region_errors_have_an_order",
    claim:
      "of several things wrong with a mapping the first one in the documented order is reported",
    subject: of("mapRegion"),
    spec: "JAVM map_region",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      start: domain.of(0, 1, 64, 2 ** 32, -1),
      size: domain.of(16, 17, 2 ** 32, 1024, 2 ** 32 + 1),
      isInit: domain.of(true, false),
    }),
    reaches: ["ok", "limit-exceeded", ...WRONG],
    implementation: paged,
    mutants: [
      mutant(
        REGION,
        'if (!region.ok && region.error.kind === "invalid-argument") return region;',
        "if (!region.ok) return region;",
      ),
      mutant(
        REGION,
        'if (!region.ok && region.error.kind === "invalid-argument") return region;',
        "",
      ),
      mutant(REGION, "code !== NONE && length.value > 0 && from.value < reservedBytes", "false"),
    ],
    check({ backend, start, size, isInit }, reach, face) {
      const given = settings(backend, 16, { reservedBytes: 64n, limitBytes: 512n });
      const { real } = build(face, given, []);
      const isWrong: Record<typeof WRONG[number], boolean> = {
        start: start < 0,
        init: !isInit,
        "unaligned-start": start % 16 !== 0,
        "unaligned-size": size % 16 !== 0,
        overflow: start + size > 2 ** 32,
        reserved: start < 64,
      };
      const rest = size === 1024 ? "limit-exceeded" : "ok";
      const expected = WRONG.find((wrong) => isWrong[wrong]) ?? rest;
      reach(expected);
      const args = [start, size, "read-write", isInit ? Uint8Array.of(1) : "bytes"];
      const outcome: unknown = Reflect.apply(real.mapRegion, real, args);
      const error: unknown = Reflect.get(Object(outcome), "error");
      const kind: unknown = Reflect.get(Object(error), "kind");
      const parameter: unknown = Reflect.get(Object(error), "parameter");
      return agrees(kind === "invalid-argument" ? parameter : kind ?? "ok", expected);
    },
  }),
];

register(proofs);
