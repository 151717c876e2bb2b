/** What the error for a wrong argument says: which parameter, what it takes, and what it got. */

import { agrees, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { call, type Face, implementation, mutant } from "./_kit/linear_memory.ts";
import { resultOf, VALID, worlds } from "./_kit/linear_memory_commands.ts";
import { libraryOf } from "./_kit/modules.ts";
import { register } from "./_kit/register.ts";
import { full, segmentOf, tableOf } from "./_kit/tables.ts";

const WORD = "an integer from -2^31 to 2^32 - 1";
const LONG = "a bigint from -2^63 to 2^64 - 1";
const ENTRY = "an entry of two integers from 0 to 4294967295, or null";
const ENTRIES =
  "an array of at most 10000000 entries, each of two integers from 0 to 4294967295 or null";

/** A parameter of a method: its place, its name, and what it takes. */
type Parameter = readonly [name: string, place: number, parameter: string, expected: string];

/** The parameters of the methods of a memory. */
const OF_MEMORY: readonly Parameter[] = [
  ...["storeU8", "storeU16", "storeI32", "storeI32As8", "storeI32As16"]
    .map((name): Parameter => [name, 1, "value", WORD]),
  ...["storeI64", "storeI64As8", "storeI64As16", "storeI64As32"]
    .map((name): Parameter => [name, 1, "value", LONG]),
  ["storeI64Halves", 1, "lo", WORD],
  ["storeI64Halves", 2, "hi", WORD],
  ["storeF32", 1, "value", "a number"],
  ["storeF64", 1, "value", "a number"],
  ["storeF32Bits", 1, "bits", WORD],
  ["storeF64Bits", 1, "bits", LONG],
  ["fill", 1, "byte", WORD],
  ["copyFrom", 0, "source", "a memory or a lease"],
  ["initSegment", 0, "segment", "a DataSegment"],
  ["initData", 1, "bytes", "a Uint8Array"],
  ["write", 1, "bytes", "a Uint8Array"],
];

/** The parameters of everything else. */
const OF_OTHERS: readonly Parameter[] = [
  ["IsolatedMemory.create", 2, "options", "memory options, or undefined"],
  ["DataSegment.create", 0, "bytes", "a Uint8Array"],
  ["Table.set", 1, "entry", ENTRY],
  ["Table.fill", 1, "entry", ENTRY],
  ["Table.copyFrom", 0, "source", "a Table"],
  ["Table.initSegment", 0, "segment", "an ElementSegment"],
  ["Table.initElements", 1, "entries", ENTRIES],
  ["ElementSegment.create", 0, "entries", ENTRIES],
  ["callIndirect", 0, "table", "a Table"],
  ["callIndirect", 2, "expectedType", "an integer from 0 to 4294967295"],
  ["Module.create", 0, "options", "module options"],
  ["LibraryModule.create", 0, "options", "library module options"],
  ["LibraryModule.withMemory", 0, "memory", "an IsolatedMemory"],
  ["LibraryModule.withMemory", 1, "callback", "a function"],
];

/** What no parameter takes, and how an error describes it. */
const BAD: readonly (readonly [make: () => unknown, given: string])[] = [
  [() => "bad", 'string "bad"'],
  [() => true, "boolean true"],
  [() => Symbol("bad"), "symbol"],
];

/** What each of the others is called on, and with which good arguments. */
function goodCall(face: Face, name: string): readonly [target: object, args: unknown[]] {
  const [table, memory] = [tableOf(face, full(2)), worlds(face, SHAPE).real.memory];
  const good: Readonly<Record<string, readonly [object, unknown[]]>> = {
    "IsolatedMemory.create": [face.IsolatedMemory, [1, 1, undefined]],
    "DataSegment.create": [face.DataSegment, [Uint8Array.of(1)]],
    "Table.set": [table, [0, null]],
    "Table.fill": [table, [0, null, 1]],
    "Table.copyFrom": [table, [table, 0, 0, 1]],
    "Table.initSegment": [table, [segmentOf(face, full(1)), 0, 0, 1]],
    "Table.initElements": [table, [0, [null]]],
    "ElementSegment.create": [face.ElementSegment, [[null]]],
    "callIndirect": [face, [table, 0, 1]],
    "Module.create": [face.Module, [{}]],
    "LibraryModule.create": [face.LibraryModule, [{}]],
    "LibraryModule.withMemory": [libraryOf(face), [memory, () => 1]],
  };
  return good[name] ?? [{}, []];
}

const SHAPE = { pages: 1, max: 3, pageBytes: 16 };

/** Calls a method of a memory with one of its good arguments given way to. */
function callMemory(face: Face, name: string, place: number, bad: unknown): unknown {
  const { real } = worlds(face, SHAPE);
  const args: readonly unknown[] = VALID.find(({ method }) => method === name)?.args ?? [];
  return resultOf(real.memory, real, { method: name, args: args.with(place, bad) });
}

/** Calls anything else in the same way. */
function callOther(face: Face, name: string, place: number, bad: unknown): unknown {
  const [target, args] = goodCall(face, name);
  return call(target, name.slice(name.indexOf(".") + 1), args.with(place, bad));
}

/** Text of the source, and what each piece of it becomes in a mutant. */
const TEXTS: readonly (readonly [file: string, from: string, to: string])[] = [
  ["bounds.ts", 'WORD = "an integer from -2^31 to 2^32 - 1"', 'WORD = "a string"'],
  ["bounds.ts", 'LONG = "a bigint from -2^63 to 2^64 - 1"', 'LONG = "a bigint"'],
  ["store.ts", 'invalidArgument("lo", WORD, lo)', 'invalidArgument("lo", WORD, hi)'],
  ["store.ts", 'invalidArgument("hi", WORD, hi)', 'invalidArgument("hi", LONG, hi)'],
  ["store.ts", 'invalidArgument("bits", LONG, bits)', 'invalidArgument("bits", WORD, bits)'],
  [
    "store.ts",
    '"a number", value);\n    putFloat32',
    '"a float", value);\n    putFloat32',
  ],
  ["bulk.ts", '"a memory or a lease", source', '"a memory or a lease", from'],
  ["bulk.ts", '"a DataSegment", segment', '"a DataSegment", this'],
  ["bulk.ts", '"byte", WORD, byte', '"byte", WORD, offset'],
  ["bulk.ts", '"a Uint8Array", bytes', '"a Uint8Array with a buffer", bytes'],
  ["bulk.ts", '"a Uint8Array with a buffer", bytes', '"a Uint8Array", bytes'],
  ["segment.ts", '"a Uint8Array", bytes', '"a Uint8Array", segment'],
  ["memory.ts", '"memory options, or undefined", options', '"memory options", options'],
  ["table.ts", '"a Table", source', '"a Table", this'],
  ["table.ts", '"an ElementSegment", segment', '"an ElementSegment", this'],
  ["table.ts", "ENTRIES_EXPECTED, entries)", "ENTRY_EXPECTED, entries)"],
  ["table_slots.ts", '"an entry of two integers from 0 to 4294967295, or null"', '"an entry"'],
  ["element_segment.ts", "ENTRIES_EXPECTED, entries)", "ENTRIES_EXPECTED, list)"],
  ["call_indirect.ts", '"a Table", table', '"a Table", index'],
  ["call_indirect.ts", "U32_EXPECTED, expectedType)", "U32_EXPECTED, index)"],
  ["module.ts", '"module options", options', '"module options", given'],
  ["library_module.ts", '"library module options", options', '"module options", options'],
  ["library_module.ts", '"a function", callback', '"a function", memory'],
  ["library_module.ts", '"an IsolatedMemory", memory', '"an IsolatedMemory", callback'],
];

/** Bytes without a buffer: a `Uint8Array` all the same. */
function detached(): unknown {
  const bytes = new Uint8Array(1);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const OTHER = new Set(OF_OTHERS);
const CASES = [
  ...[...OF_MEMORY, ...OF_OTHERS].flatMap((parameter) =>
    BAD.map(([make, given]) => ({ parameter, make, given }))
  ),
  ...["initData", "write"].map((name) => ({
    parameter: [name, 1, "bytes", "a Uint8Array with a buffer"] satisfies Parameter,
    make: detached,
    given: "object",
  })),
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/wrong_arguments_are_explained",
    claim:
      "the error for a wrong argument of any method names the parameter, says what it takes, " +
      "and describes what it got",
    subject: [
      ...OF_MEMORY.map(([name]) => `IsolatedMemory.${name}`),
      ...OF_OTHERS.map(([name]) => name),
    ],
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.named(`${CASES.length} wrong arguments`, domain.of(...CASES)),
    reaches: ["refused"],
    implementation,
    mutants: TEXTS.map(([file, from, to]) => mutant(file, from, to)),
    check({ parameter, make, given }, reach, face) {
      const [name, place, named, expected] = parameter;
      const run = OTHER.has(parameter) ? callOther : callMemory;
      const outcome = run(face, name, place, make());
      reach("refused");
      const error = { kind: "invalid-argument", parameter: named, expected, given };
      return agrees(outcome, { ok: false, error });
    },
  }),
];

register(proofs);
