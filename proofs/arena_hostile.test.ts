/** Hostile arguments: every public function of the arena returns, and says which argument is wrong. */

import * as codec from "../model/arena_codec.ts";
import * as arena from "../src/arena/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileFor,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { arenaOf, mutant, outcome, stateOf, valueOf } from "./_kit/arena.ts";
import { call, DATA, type Kind, PARAMETERS } from "./_kit/arena_parameters.ts";
import { register } from "./_kit/register.ts";

const NO_BYTES = new Set([...hostileFor("bytes").values()].map((value) => value.code));

/** Whether an argument has to be refused; `undefined` where it may be taken or not. */
function isRefused(kind: Kind, value: unknown, code: string): boolean | undefined {
  switch (kind) {
    case "word":
      return codec.word(value) === undefined;
    case "packed":
      return "error" in codec.decode(value);
    case "bytes":
      return NO_BYTES.has(code);
    case "text":
      return typeof value !== "string";
    case "size":
      return value !== 1;
    case "arena":
      return true;
    case "options":
    case "object":
      return typeof value !== "object" && value !== undefined || value === null ? true : undefined;
    case "flag":
      return typeof value !== "number" && typeof value !== "boolean" && value !== undefined
        ? true
        : undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/hostile_arguments_are_refused",
    claim:
      "every function returns for every argument, names the one it does not take, and then changes nothing",
    subject: [...new Set(Object.keys(PARAMETERS).map((name) => name.replace(/ .*/, "")))],
    spec: "guest arena ABI: no input throws",
    strength: "bounded",
    domain: domain.product({
      parameter: domain.of(...Object.keys(PARAMETERS)),
      value: hostileValues,
    }),
    reaches: ["refused", "taken"],
    implementation: arena,
    mutants: [
      mutant(
        "src/arena/packed.ts",
        '"number" || !Number.isInteger(value) || Object.is(value, -0)',
        '"number" || Object.is(value, -0)',
      ),
      mutant("src/arena/packed.ts", "|| Object.is(value, -0)", ""),
      mutant("src/arena/packed.ts", "packed >= 2n ** 64n", "packed > 2n ** 64n"),
      mutant("src/arena/packed.ts", "packed < -(2n ** 63n)", "packed < -(2n ** 64n)"),
      mutant("src/arena/packed.ts", 'typeof packed !== "bigint" ||', ""),
      mutant("src/arena/hex.ts", 'if (typeof hex !== "string")', "if (hex === undefined)"),
      mutant("src/arena/options.ts", 'typeof options !== "object" ||', ""),
      mutant("src/arena/placement.ts", "if (!isObject(memory))", "if (memory === undefined)"),
      mutant(
        "src/arena/access.ts",
        "copyBytes(bytes) === undefined ? undefined : ok(undefined)",
        "ok(undefined)",
      ),
      mutant("src/arena/arena.ts", "isObject(value) && #store in value &&", "isObject(value) ||"),
    ],
    check({ parameter, value: hostile }, reach, face) {
      const tried = PARAMETERS[parameter];
      if (tried === undefined) return "no such parameter";
      const over = arenaOf(face, 32);
      over.hostArgBytes(DATA);
      const before = stateOf(over, 32);
      const value = hostile.make();
      let result: unknown;
      const thrown = isTotal(() => result = tried.call(face, over, value));
      if (thrown !== undefined) return thrown;
      if (!isRecord(result)) return "no result";
      const error = isRecord(result["error"]) ? result["error"] : {};
      const refused = error["kind"] === "invalid-argument";
      const expected = isRefused(tried.kind, value, hostile.code);
      reach(refused ? "refused" : "taken");
      return allOf(
        expected === undefined ? undefined : agrees(refused, expected),
        refused
          ? agrees(String(error["parameter"]).startsWith(tried.name.split(".")[0] ?? ""), true)
          : undefined,
        refused && !parameter.startsWith("CheckedArena.write")
          ? agrees(stateOf(over, 32), before)
          : undefined,
      );
    },
  }),
  defineProof({
    id: "arena/hostile_sizes_allocate_nothing",
    claim: "alloc returns 0 for every value that is no positive i32, and changes nothing",
    subject: ["Arena.alloc"],
    spec: "guest arena ABI, alloc",
    strength: "exhaustive",
    domain: hostileValues,
    reaches: ["none"],
    implementation: arena,
    mutants: [
      mutant("src/arena/bump.ts", '"number" || !Number.isInteger(size)', '"number"'),
      mutant(
        "src/arena/bump.ts",
        'typeof size !== "number" || !Number.isInteger(size)',
        "!Number.isInteger(Number(size))",
      ),
    ],
    check(hostile, reach, face) {
      const over = arenaOf(face, 32);
      const before = stateOf(over, 32);
      const pointer = call(over.alloc, over, hostile.make());
      reach("none");
      return allOf(agrees(pointer, 0), agrees(stateOf(over, 32), before));
    },
  }),
  defineProof({
    id: "arena/capacity_is_limited",
    claim: "a free-standing arena has 0 to 2^28 bytes, 262,144 unless told, all of them 0",
    subject: ["Arena.create", "Arena.capacityBytes", "Arena.readBytes", "hexEncode"],
    spec: "guest arena ABI, default capacity and limits",
    strength: "bounded",
    domain: domain.of<number | undefined>(
      undefined,
      -1,
      -0,
      0,
      0.5,
      1,
      8,
      9,
      262_144,
      2 ** 28,
      2 ** 28 + 1,
      2 ** 53,
      NaN,
    ),
    reaches: ["made", "refused"],
    implementation: arena,
    mutants: [
      mutant("src/arena/bump.ts", "asU32(262_144)", "asU32(262_136)"),
      mutant("src/arena/bump.ts", "asU32(268_435_456)", "asU32(268_435_457)"),
      mutant("src/arena/bump.ts", "asU32(268_435_456)", "asU32(268_435_455)"),
      mutant("src/arena/hex.ts", "BYTES_MAX);", "1);"),
    ],
    check(capacityBytes, reach, { Arena, hexEncode }) {
      const made = Arena.create(capacityBytes === undefined ? {} : { capacityBytes });
      const capacity = capacityBytes ?? 262_144;
      const allowed = Number.isInteger(capacity) && !Object.is(capacity, -0) && capacity >= 0 &&
        capacity <= 2 ** 28;
      reach(made.ok ? "made" : "refused");
      if (!made.ok) {
        const error = { kind: "invalid-argument", parameter: "options.capacityBytes" };
        return allOf(agrees(allowed, false), agrees(outcome(made), { error }));
      }
      const start = valueOf(made.value.readBytes(0, Math.min(capacity, 16)));
      return allOf(
        agrees(allowed, true),
        agrees([made.value.capacityBytes, made.value.base, made.value.generation], [
          capacity,
          0,
          0,
        ]),
        agrees(hexEncode(start), { ok: true, value: "00".repeat(start.length) }),
      );
    },
  }),
];

register(proofs);
