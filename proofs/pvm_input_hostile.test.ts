/** Program input is total: what is no argument is refused. */

import {
  agrees,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const JAVM = "src/pvm/javm_code.ts";

const CALLS: Readonly<Record<string, number>> = {
  encodeNatural: 1,
  decodeNatural: 1,
  encodeBlob: 1,
  decodeBlob: 1,
  encodeStandardProgram: 1,
  decodeStandardProgram: 1,
  encodeJamFile: 2,
  decodeJamFile: 1,
  readProgram: 1,
  javmCode: 3,
  packCode: 1,
  initialState: 3,
};

const EMPTY = new Uint8Array(0);

/** Arguments that would do, by name; one of them is replaced, or a property of one. */
function good(name: string): unknown[] {
  const program = {
    readOnlyData: EMPTY,
    readWriteData: EMPTY,
    heapPages: 0,
    stackBytes: 0,
    blob: EMPTY,
  };
  switch (name) {
    case "encodeNatural":
      return [1n];
    case "encodeBlob":
    case "packCode":
      return [{ bytes: EMPTY, starts: EMPTY, jumpTable: { count: 0, width: 0, bytes: EMPTY } }];
    case "encodeStandardProgram":
      return [program];
    case "encodeJamFile":
      return [EMPTY, program];
    case "initialState":
      return [program, EMPTY, 2 ** 20];
    case "javmCode":
      return [EMPTY, EMPTY, []];
    default:
      return [EMPTY];
  }
}

/** The arguments with a hostile value at a place, or at one of the properties of what stands there. */
function* spoilt(name: string, place: number, { make }: Hostile): Iterable<unknown[]> {
  yield good(name).with(place, make());
  const argument = good(name)[place];
  if (typeof argument !== "object" || argument === null || argument instanceof Uint8Array) return;
  for (const property of Object.keys(argument)) {
    yield good(name).with(place, { ...argument, [property]: make() });
  }
  yield good(name).with(place, [make()]);
  yield good(name).with(place, {
    ...argument,
    jumpTable: { count: make(), width: 1, bytes: EMPTY },
  });
  yield good(name).with(place, {
    ...argument,
    jumpTable: { count: 1, width: make(), bytes: EMPTY },
  });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_javm_code_refuses",
    claim:
      "a jump table is an array of numbers from 0 to 2^32 - 1; whatever else stands for it, or in it, is refused by name",
    subject: ["javmCode"],
    spec: "JAVM program",
    strength: "exhaustive",
    domain: domain.product({
      hostile: domain.union(
        hostileValues,
        domain.map(domain.of(2 ** 32, 2 ** 32 - 1, 0, 1), (value): Hostile => ({
          code: `${value}`,
          make: () => value,
        })),
      ),
      inArray: domain.of(false, true),
    }),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(JAVM, "if (!U32.is(entry)) return undefined;", "if (entry < 0) return undefined;"),
      mutant(JAVM, "if (!Array.isArray(entries)) return undefined;", ""),
      mutant(JAVM, "isWhole(count, 0, TABLE_ENTRIES_MAX)", "isWhole(count, 0, 0)"),
    ],
    check({ hostile, inArray }, reach, { javmCode }) {
      const value = hostile.make();
      const isEntry = typeof value === "number" && Number.isInteger(value) && value >= 0 &&
        value < 2 ** 32 && !Object.is(value, -0);
      const isTable = hostile.code === "[]" || hostile.code === "[1]";
      const isTaken = inArray ? isEntry : isTable;
      reach(isTaken ? "taken" : "refused");
      const table = inArray ? [0, value] : value;
      const result: unknown = Reflect.apply(javmCode, undefined, [EMPTY, EMPTY, table]);
      return agrees(
        typeof result === "object" && result !== null && Reflect.get(result, "ok"),
        isTaken,
      );
    },
  }),
  defineProof({
    id: "pvm/input_is_total",
    claim: "no argument, nor any property of one, makes a function of program input throw",
    subject: Object.keys(CALLS),
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.product({
      name: domain.of(...Object.keys(CALLS)),
      place: domain.range(0, 2),
      hostile: hostileValues,
    }),
    reaches: ["refused", "taken"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/natural.ts", "return u64.is(value)", "return value >= 0n"),
      mutant("src/pvm/natural.ts", "const copy = copyBytes(bytes);", "const copy = bytes;"),
      mutant("src/pvm/blob.ts", "const copy = copyBytes(blob);", "const copy = blob;"),
      mutant("src/pvm/blob.ts", "const copy = copyCode(code);", "const copy = code;"),
      mutant(
        "src/pvm/jam_file.ts",
        "const prefix = copyBytes(metadata);",
        "const prefix = metadata;",
      ),
    ],
    check({ name, place, hostile }, reach, face) {
      if (place >= (CALLS[name] ?? 0)) return undefined;
      const call: unknown = Reflect.get(face, name);
      if (typeof call !== "function") return `there is no ${name}`;
      for (const args of spoilt(name, place, hostile)) {
        let failure: string | undefined = "gave no result";
        const thrown = isTotal(() => {
          const result: unknown = Reflect.apply(call, undefined, args);
          if (typeof result !== "object" || result === null || !("ok" in result)) return;
          reach(result.ok === true ? "taken" : "refused");
          failure = undefined;
        });
        if (thrown !== undefined || failure !== undefined) return thrown ?? failure;
      }
      return undefined;
    },
  }),
];

register(proofs);
