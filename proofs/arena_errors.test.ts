/** What the errors for bad arguments of the arena say: every field of them. */

import * as arena from "../src/arena/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { arenaOf, mutant } from "./_kit/arena.ts";
import { PARAMETERS } from "./_kit/arena_parameters.ts";
import { register } from "./_kit/register.ts";

const WORD = "an integer from -2^31 to 2^32 - 1";
const I64 = "a bigint from -2^63 to 2^64 - 1";
const BYTES = "a Uint8Array";
const UNREADABLE = "an object whose properties can be read";

/** A bad argument of a parameter, and what the error has to say of it. */
type BadArgument = readonly [
  parameter: string,
  make: () => unknown,
  expected: string,
  given: string,
];

function detached(): unknown {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const unreadable = {
  get capacityBytes(): number {
    throw new Error("hostile");
  },
};

/** At least one for each parameter; no two with the same text for the same type. */
const BAD_ARGUMENTS: readonly BadArgument[] = [
  ["encodePtrLen ptr", () => 2 ** 32, WORD, "number 4294967296"],
  ["encodePtrLen len", () => -0, WORD, "number -0"],
  ["decodePtrLen packed", () => 2n ** 64n, I64, "bigint 18446744073709551616"],
  ["encodePtrLenHalves ptr", () => 0.5, WORD, "number 0.5"],
  ["encodePtrLenHalves len", () => NaN, WORD, "number NaN"],
  ["decodePtrLenHalves lo", () => 7n, WORD, "bigint 7"],
  ["decodePtrLenHalves hi", () => "7", WORD, 'string "7"'],
  ["hexDecode hex", () => 7, "a string", "number 7"],
  ["hexEncode bytes", () => "00", BYTES, 'string "00"'],
  ["hexEncode bytes", detached, BYTES, "object"],
  ["Arena.create options", () => 8, "an object", "number 8"],
  ["Arena.create options", () => unreadable, UNREADABLE, "object"],
  ["Arena.create capacityBytes", () => -1, "an integer from 0 to 268435456", "number -1"],
  ["Arena.over memory", () => "memory", "a memory", 'string "memory"'],
  ["Arena.over options", () => true, "an object", "boolean true"],
  ["Arena.over base", () => 4, "a multiple of 8 up to 4294967288", "number 4"],
  ["Arena.over capacityBytes", () => null, "an integer from 0 to 4294967296", "null"],
  ["CheckedArena.over arena", () => () => 0, "an arena", "function"],
  ["Arena.reset options", () => "zero", "an object", 'string "zero"'],
  ["Arena.reset zero", () => 1, "a boolean", "number 1"],
  ["Arena.readBytes ptr", () => undefined, WORD, "undefined"],
  ["Arena.readBytes len", () => -(2 ** 31) - 1, WORD, "number -2147483649"],
  ["Arena.readString ptr", () => Infinity, WORD, "number Infinity"],
  ["Arena.readString len", () => [1], WORD, "object"],
  ["Arena.readStringStrict ptr", () => Symbol("ptr"), WORD, "symbol"],
  ["Arena.readStringStrict len", () => false, WORD, "boolean false"],
  ["Arena.readPackedBytes packed", () => 5, I64, "number 5"],
  ["Arena.readPackedString packed", () => -(2n ** 63n) - 1n, I64, "bigint -9223372036854775809"],
  ["Arena.writeBytes ptr", () => 1.5, WORD, "number 1.5"],
  ["Arena.writeBytes bytes", () => "bytes", BYTES, 'string "bytes"'],
  ["Arena.writeBytes bytes", detached, BYTES, "object"],
  ["Arena.hostArgBytes data", () => 3, BYTES, "number 3"],
  ["Arena.hostArgBytes data", detached, BYTES, "object"],
  ["Arena.hostArgStr text", () => 9n, "a string", "bigint 9"],
  ["CheckedArena.alloc size", () => 2 ** 31, "an integer from 1 to 2^31 - 1", "number 2147483648"],
  ["CheckedArena.write bytes", () => 0, BYTES, "number 0"],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/bad_arguments_are_described",
    claim: "the error for a bad argument names the parameter, what it takes and what it was given",
    subject: [...new Set(Object.keys(PARAMETERS).map((name) => name.replace(/ .*/, "")))],
    spec: "guest arena ABI",
    strength: "bounded",
    domain: domain.of(...BAD_ARGUMENTS),
    reaches: Object.keys(PARAMETERS),
    implementation: arena,
    mutants: [
      mutant("src/arena/packed.ts", 'WORD = "an integer', 'WORD = "a number'),
      mutant("src/arena/packed.ts", "WORD, first)", "WORD, second)"),
      mutant("src/arena/packed.ts", "WORD, second)", "WORD, first)"),
      mutant("src/arena/packed.ts", '"a bigint from', '"a number from'),
      mutant("src/arena/hex.ts", '"a string", hex', '"hex", hex'),
      mutant("src/arena/hex.ts", '"a Uint8Array", bytes', '"bytes", bytes'),
      mutant("src/arena/access.ts", '= "a Uint8Array"', '= "an array"'),
      mutant(
        "src/arena/access.ts",
        'invalidArgument("ptr", WORD, ptr)',
        'invalidArgument("ptr", WORD, bytes)',
      ),
      mutant(
        "src/arena/access.ts",
        'if (lengthBytes === undefined) return invalidArgument("bytes", BYTES, bytes)',
        'if (lengthBytes === undefined) return invalidArgument("bytes", BYTES, ptr)',
      ),
      mutant(
        "src/arena/access.ts",
        'written ?? invalidArgument("bytes", BYTES, bytes)',
        'written ?? invalidArgument("bytes", WORD, bytes)',
      ),
      mutant("src/arena/options.ts", "from 0 to ${max}", "from 1 to ${max}"),
      mutant("src/arena/options.ts", "a multiple of ${step} up", "a multiple of 16 up"),
      mutant("src/arena/options.ts", "step === 1 ?", "step !== 1 ?"),
      mutant("src/arena/options.ts", '"a boolean"', '"a flag"'),
      mutant("src/arena/options.ts", '"an object", options', '"an object", name'),
      mutant("src/arena/options.ts", '"an object whose properties can be read"', '"an object"'),
      mutant("src/arena/options.ts", "type.expected, value)", "type.expected, options)"),
      mutant("src/arena/placement.ts", '"a memory", memory', '"a memory", options'),
      mutant("src/arena/checked.ts", '"an arena", arena', '"an object", arena'),
      mutant("src/arena/checked.ts", '"an integer from 1 to', '"an integer from 0 to'),
      mutant("src/arena/arena.ts", '"a string", text', '"text", text'),
      mutant(
        "src/arena/arena.ts",
        'if (lengthBytes === undefined) return invalidArgument("data", BYTES, data)',
        'if (lengthBytes === undefined) return invalidArgument("data", "data", data)',
      ),
      mutant(
        "src/arena/arena.ts",
        'placed ?? invalidArgument("data", BYTES, data)',
        'placed ?? invalidArgument("data", "data", data)',
      ),
    ],
    check([parameter, make, expected, given], reach, face) {
      const tried = PARAMETERS[parameter];
      if (tried === undefined) return "no such parameter";
      const result = tried.call(face, arenaOf(face, 32), make());
      reach(parameter);
      const error = { kind: "invalid-argument", parameter: tried.name, expected, given };
      return agrees(result, { ok: false, error });
    },
  }),
];

register(proofs);
