/** Proofs of making modules and library modules, beside the model. */

import {
  agrees,
  allOf,
  defineProof,
  type Domain,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
} from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import * as model from "../model/linear_module.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { stateOfModelModule, stateOfModule } from "./_kit/modules.ts";
import { register } from "./_kit/register.ts";
import {
  type Face,
  nameOfOutcome,
  outcomeOf,
  slotOfDigit,
  stateOf,
  stateOfModel,
} from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const MODULE = "src/linear/module.ts";
const LIBRARY = "src/linear/library_module.ts";
const OPTIONS = "src/linear/options.ts";

const SPEC = "Wasm core 2.0, 4.5.4";

/** The options of a module, any of which may be of a wrong kind. */
interface Options {
  readonly initialPages: unknown;
  readonly maxPages: unknown;
  readonly pageSizeBytes: unknown;
  readonly initialSlots: unknown;
  readonly maxSlots: unknown;
  readonly globals: unknown;
}

const GLOBALS = { counter: 0 };
const VALID: Options = {
  initialPages: 1,
  maxPages: 2,
  pageSizeBytes: 4,
  initialSlots: 1,
  maxSlots: 3,
  globals: GLOBALS,
};

/** Options: all small numbers, one option of a wrong kind, one that throws, or no object at all. */
const options: Domain<Hostile> = domain.named(
  "limits 0..2, one of them hostile or throwing, no options at all",
  domain.union<Hostile>(
    domain.map(
      domain.product({
        initialPages: domain.range(0, 2),
        maxPages: domain.range(0, 2),
        pageSizeBytes: domain.of(1, 3, 8),
        initialSlots: domain.range(0, 2),
        maxSlots: domain.range(0, 2),
        globals: domain.of(GLOBALS),
      }),
      (given) => ({ code: JSON.stringify(given), make: () => given }),
    ),
    domain.map(
      domain.product({ name: domain.of(...Object.keys(VALID)), value: hostileValues }),
      ({ name, value }) => ({
        code: `{ ...VALID, ${name}: ${value.code} }`,
        make: () => ({ ...VALID, [name]: value.make() }),
      }),
    ),
    domain.map(domain.of(...Object.keys(VALID)), (name) => ({
      code: `{ ...VALID, get ${name}() { throw 1; } }`,
      make: () =>
        Object.defineProperty({ ...VALID }, name, {
          get() {
            throw new Error("hostile");
          },
        }),
    })),
    hostileValues,
  ),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_module/create_agrees_with_model",
    claim: "create makes the model's module or gives the model's error for options of every kind",
    subject: ["Module.create"],
    spec: SPEC,
    strength: "bounded",
    domain: options,
    reaches: [
      "done",
      "invalid-argument",
      "table-initial-exceeds-max",
      "memory-initial-exceeds-max",
    ],
    implementation: linear,
    mutants: [
      mutant(
        MODULE,
        "Table.create(given.initialSlots, given.maxSlots)",
        "Table.create(given.maxSlots, given.maxSlots)",
      ),
      mutant(
        MODULE,
        "IsolatedMemory.create(given.initialPages, given.maxPages,",
        "IsolatedMemory.create(given.initialPages, given.initialPages,",
      ),
      mutant(MODULE, "pageSizeBytes: given.pageSizeBytes,", ""),
      mutant(
        OPTIONS,
        "    return read(options);\n  } catch {\n    return undefined;\n  }",
        "    return read(options);\n  } finally {}",
      ),
      mutant(OPTIONS, 'if (typeof options !== "object" || options === null) return undefined;', ""),
      mutant(MODULE, "table.value, given.globals)", "table.value, options.globals)"),
    ],
    check(given, reach, { Module }) {
      const expected = model.create(given.make());
      reach(nameOfOutcome(expected));
      const made: ReturnType<typeof Module.create> = Reflect.apply(Module.create, Module, [
        once(given.make()),
      ]);
      if (!made.ok) return agrees(outcomeOf(made), expected);
      if (!("ok" in expected)) return `made a module, expected ${nameOfOutcome(expected)}`;
      return allOf(
        agrees(made.value.globals === GLOBALS, expected.ok.globals === GLOBALS),
        given.code.includes("globals:")
          ? undefined
          : agrees(stateOfModule(made.value), stateOfModelModule(expected.ok)),
      );
    },
  }),
  defineProof({
    id: "linear_module/create_library_agrees_with_model",
    claim: "create makes the model's library module or gives the model's error for any options",
    subject: ["LibraryModule.create"],
    spec: SPEC,
    strength: "bounded",
    domain: options,
    reaches: ["done", "invalid-argument", "table-initial-exceeds-max"],
    implementation: linear,
    mutants: [
      mutant(
        LIBRARY,
        "Table.create(given.initialSlots, given.maxSlots)",
        "Table.create(given.initialSlots, given.initialSlots)",
      ),
      mutant(
        LIBRARY,
        "new LibraryModule(table.value, given.globals)",
        "new LibraryModule(table.value, options.globals)",
      ),
      mutant(
        LIBRARY,
        'if (given === undefined) return invalidArgument("options", "library module options", options);',
        "if (given === undefined) return err({ kind: 'limit-out-of-range', limit: 'initialSlots' });",
      ),
    ],
    check(given, reach, { LibraryModule }) {
      const expected = model.createLibrary(given.make());
      reach(nameOfOutcome(expected));
      const made: ReturnType<typeof LibraryModule.create> = Reflect.apply(
        LibraryModule.create,
        LibraryModule,
        [once(given.make())],
      );
      if (!made.ok) return agrees(outcomeOf(made), expected);
      if (!("ok" in expected)) return `made a module, expected ${nameOfOutcome(expected)}`;
      return allOf(
        agrees(made.value.globals === GLOBALS, expected.ok.globals === GLOBALS),
        agrees(stateOf(made.value.table), stateOfModel(expected.ok.table)),
      );
    },
  }),
  defineProof({
    id: "linear_module/modules_are_isolated",
    claim: "nothing done to the memory, table or globals of one module changes another",
    subject: ["Module.create"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("memory", "grow", "table", "grow table", "globals"),
    reaches: ["isolated"],
    implementation: linear,
    mutants: [
      mutant(
        MODULE,
        "return memory.ok ? ok(new Module(memory.value, table.value, given.globals)) : memory;",
        `Reflect.defineProperty(Module, "last", { value: memory.value, writable: false });
    return memory.ok ? ok(new Module(Reflect.get(Module, "last"), table.value, given.globals)) : memory;`,
      ),
      mutant(
        MODULE,
        "return memory.ok ? ok(new Module(memory.value, table.value, given.globals)) : memory;",
        `Reflect.defineProperty(Module, "last", { value: table.value, writable: false });
    return memory.ok ? ok(new Module(memory.value, Reflect.get(Module, "last"), given.globals)) : memory;`,
      ),
    ],
    check(act, reach, { Module }) {
      const make = () =>
        Module.create({
          initialPages: 1,
          maxPages: 2,
          pageSizeBytes: 8,
          initialSlots: 1,
          maxSlots: 2,
          globals: { counter: 0 },
        });
      const [one, two] = [make(), make()];
      if (!one.ok || !two.ok) return "no modules";
      const { memory, table, globals } = one.value;
      const [before, mine] = [stateOfModule(two.value), JSON.stringify(stateOfModule(one.value))];
      if (act === "memory") memory.storeU8(0, 7);
      else if (act === "grow") memory.grow(1);
      else if (act === "table") table.set(0, slotOfDigit(3));
      else if (act === "grow table") table.grow(1, slotOfDigit(3));
      else globals.counter++;
      reach("isolated");
      return allOf(
        agrees(JSON.stringify(stateOfModule(one.value)) === mine, false),
        agrees(stateOfModule(two.value), before),
      );
    },
  }),
];

/** Options of which each property can be read only once; other values as they are. */
function once(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const seen = new Set<PropertyKey>();
  return new Proxy(value, {
    get(target, key) {
      if (seen.has(key)) throw new Error("read twice");
      seen.add(key);
      return Reflect.get(target, key);
    },
  });
}

register(proofs);
