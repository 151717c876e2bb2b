/** Arguments that are out of range in a way that the type allows, each beside one that is not. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import { value } from "./_kit/paged.ts";
import { type Face, mutant } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

/** What a call gives: the parameter that it refuses, or nothing. */
type Given = { readonly ok: boolean; readonly error?: { readonly parameter?: unknown } };
type Call = (face: Face) => Given;

/** Code without instructions, with a jump table of these bytes, `width` for each entry. */
function codeWith(width: number, ...bytes: readonly number[]): pvm.Code {
  const jumpTable = { count: bytes.length / width, width, bytes: Uint8Array.from(bytes) };
  return { bytes: new Uint8Array(0), starts: new Uint8Array(0), jumpTable };
}

const CODE: pvm.Code = codeWith(1);
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8] as const;

function program(options: object): Call {
  return ({ Program }) => Reflect.apply(Program.create, Program, [CODE, options]);
}

function machine(options: object): Call {
  return ({ Machine, Program }) => {
    const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
    const all = { memory, gas: 1n, ...options };
    return Reflect.apply(Machine.create, Machine, [value(Program.create(CODE)), all]);
  };
}

function inner(options: object): Call {
  return ({ InnerMachines }) => Reflect.apply(InnerMachines.create, InnerMachines, [options]);
}

function calls(name: string): Call {
  return ({ hostCalls, gasCall }) => hostCalls({ [name]: gasCall });
}

/** A list of numbers that says something else of its length. */
function lying(length: unknown): readonly number[] {
  return new Proxy([1, 2, 3], {
    get: (target, name, receiver) =>
      name === "length" ? length : Reflect.get(target, name, receiver),
  });
}

function table(make: () => readonly number[]): Call {
  return ({ javmCode }) => javmCode(new Uint8Array(0), new Uint8Array(0), make());
}

/** Calls, and the parameter that each refuses. */
const CALLS: Readonly<Record<string, readonly [call: Call, refused?: string]>> = {
  "the usual gas model": [program({})],
  "no gas model": [program({ gasModel: "blocks" }), "options"],
  "an entry of 8 bytes": [({ Program }) => Program.create(codeWith(8, ...EIGHT))],
  "an entry of 9 bytes": [({ Program }) => Program.create(codeWith(9, ...EIGHT, 0))],
  "an entry of 2^64": [({ Program }) => Program.create(codeWith(9, ...EIGHT, 1)), "code"],
  "two entries, one of 2^64": [
    ({ Program }) => Program.create(codeWith(9, ...EIGHT, 0, ...EIGHT, 1)),
    "code",
  ],
  "the last pc": [machine({ pc: 2 ** 53 - 1 })],
  "a pc beyond": [machine({ pc: 2 ** 53 }), "pc"],
  "a pc below": [machine({ pc: -1 }), "pc"],
  "a panic": [machine({ readOnlyStore: "panic" })],
  "a fault": [machine({ readOnlyStore: "page-fault" })],
  "neither": [machine({ readOnlyStore: "fault" }), "readOnlyStore"],
  "a panic inside": [inner({ readOnlyStore: "panic" })],
  "a fault inside": [inner({ readOnlyStore: "page-fault" })],
  "neither inside": [inner({ readOnlyStore: "fault" }), "options"],
  "the last call": [calls("18446744073709551615")],
  "a call beyond": [calls("18446744073709551616"), "table"],
  "a call of 21 digits": [calls("100000000000000000000"), "table"],
  "3 entries": [table(() => lying(3))],
  "2 of 3 entries": [table(() => lying(2))],
  "entries of a length in words": [table(() => lying("3")), "jumpTable"],
  "half an entry": [table(() => lying(2.5)), "jumpTable"],
  "less than none": [table(() => lying(-1)), "jumpTable"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/arguments_out_of_range_are_refused",
    claim:
      "an option, entry, number or length just out of its range is refused by its name, and the " +
      "one beside it taken",
    subject: ["Program.create", "Machine.create", "InnerMachines.create", "hostCalls", "javmCode"],
    spec: "limits are explicit; nothing throws",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(CALLS)),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/program.ts", ' && gasModel !== "pipeline") {', ' && gasModel === "x") {'),
      mutant(
        "src/pvm/code.ts",
        "return tooLargeEntryAt(table) === -1 ? table : undefined;",
        "return table;",
      ),
      mutant("src/pvm/code.ts", "at + ENTRY_VALUE_BYTES, at + width", "ENTRY_VALUE_BYTES, width"),
      mutant(
        "src/pvm/machine.ts",
        'if (!isUsize(pc)) return invalidArgument("pc", EXPECTED.pc, pc);\n  if (read',
        'if (typeof pc !== "number") return invalidArgument("pc", EXPECTED.pc, pc);\n  if (read',
      ),
      mutant(
        "src/pvm/machine.ts",
        'readOnlyStore !== "panic" && readOnlyStore !== "page-fault"',
        'readOnlyStore === ""',
      ),
      mutant(
        "src/pvm/machine.ts",
        'invalidArgument("readOnlyStore", EX',
        'invalidArgument("pc", EX',
      ),
      mutant(
        "src/pvm/host/inner_limits.ts",
        'if (readOnlyStore !== "panic" && readOnlyStore !== "page-fault") return undefined;',
        'if (typeof readOnlyStore !== "string") return undefined;',
      ),
      mutant("src/pvm/host/dispatch.ts", "return id <= ID_MAX ? id : undefined;", "return id;"),
      mutant("src/pvm/host/dispatch.ts", "id <= ID_MAX ? id", "id < ID_MAX ? id"),
      mutant("src/pvm/javm_code.ts", "isWhole(count, 0, TABLE_ENTRIES_MAX)", "count"),
    ],
    check(name, reach, face) {
      const [call, refused] = CALLS[name] ?? [];
      const given = call?.(face);
      reach(refused === undefined ? "taken" : "refused");
      return agrees([given?.ok, given?.error?.parameter], [refused === undefined, refused]);
    },
  }),
  defineProof({
    id: "pvm/jump_tables_of_numbers_have_a_limit",
    claim: "a jump table of 2^22 numbers is taken, one of more is not",
    subject: ["javmCode"],
    spec: "limits are explicit",
    strength: "exhaustive",
    domain: domain.range(0, 1),
    reaches: ["taken", "refused"],
    implementation: pvm,
    mutants: [
      mutant(
        "src/pvm/javm_code.ts",
        "isWhole(count, 0, TABLE_ENTRIES_MAX)",
        "isWhole(count, 0, 2 ** 32)",
      ),
      mutant(
        "src/pvm/javm_code.ts",
        "isWhole(count, 0, TABLE_ENTRIES_MAX)",
        "isWhole(count, 0, 2 ** 22 - 1)",
      ),
    ],
    check(more, reach, { javmCode }) {
      const entries = new Array<number>(2 ** 22 + more).fill(0);
      const code = javmCode(new Uint8Array(0), new Uint8Array(0), entries);
      reach(code.ok ? "taken" : "refused");
      return agrees(code.ok, more === 0);
    },
  }),
  defineProof({
    id: "pvm/engines_of_no_function_interpret",
    claim:
      "an engine that was made of anything but a function runs machines as they are run without",
    subject: ["Engine.create", "Machine.run"],
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.of<unknown>(undefined, null, 7, {}),
    reaches: ["run"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/engine.ts", 'typeof run === "function" ? run : interpreted', "run"),
      mutant(
        "src/pvm/engine.ts",
        'interpret("exit") ?? { kind: "out-of-gas" }',
        '({ kind: "panic" })',
      ),
    ],
    check(run, reach, { assemble, Engine, Machine, Program }) {
      const source = assemble("load_imm r1, 5\necalli 7");
      if (!source.ok) return "it was not assembled";
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      const made = value(Program.create(source.value.code));
      const engine: pvm.Engine = Reflect.apply(Engine.create, Engine, [run]);
      const real = value(Machine.create(made, { memory, gas: 9n, engine }));
      reach("run");
      return agrees([real.run(), real.register(1)], [{ kind: "host-call", id: 7n }, 5n]);
    },
  }),
];

register(proofs);
