/** Edges of the kernel: types that are compared, the sizes of pages, and the limits of stores. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import * as drivers from "../src/kernel/sqlite/driver.ts";
import type { Face } from "./_kit/kernel.ts";
import { mutant } from "./_kit/kernel.ts";
import { load, operation } from "./_kit/kernel_guest.ts";
import { faces, HAS_SQLITE, mutant as storeMutant, SQLITE_HERE } from "./_kit/kernel_store.ts";
import {
  called,
  endOf,
  type Held,
  putData,
  putInstance,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const DRIVER = "src/kernel/sqlite/driver.ts";
const TYPES = "src/kernel/v3/operations/types.ts";
const driverMutant = sourceMutants<typeof drivers>(DRIVER);

/** Memory that begins and ends with the call. */
const SCRATCH = { memoryMappings: [{ start: 0x1_0000n, size: 4096n, source: [11] }] };
const AT = 0x1_0000;

/** Data, an Instance, one of the same program with something in a slot, and one of another program. */
const HELD = (world: World): Held => ({
  2: putData(world, 1),
  3: putInstance(world, []),
  4: putInstance(world, [], { 20: putData(world, 1) }),
  5: putInstance(world, [load(7, 1n)]),
});

/** Whether one Instance is of the type of another, which is extended by no Images. */
function isOfTypeOf(face: Face, one: number, other: number): unknown {
  const world = worldOf(face);
  const lines = operation(29, one, other, AT, 0);
  return endOf(called(world, putInstance(world, lines, HELD(world), SCRATCH)));
}

/** What a runtime may give for its SQLite, and whether that is one. */
const MODULES: Readonly<Record<string, readonly [module: unknown, isDriver: boolean]>> = {
  "nothing": [undefined, false],
  "null": [null, false],
  "a text": ["DatabaseSync", false],
  "a function": [Object.assign(() => 1, { DatabaseSync: class {} }), false],
  "an empty module": [{}, false],
  "a module of another kind": [{ DatabaseSync: 1 }, false],
  "a module": [{ DatabaseSync: class {} }, true],
};

/** Runs something in a process that gives a module, whatever is asked for. */
function inProcess<T>(process: unknown, run: () => T): T {
  const given = Object.getOwnPropertyDescriptor(globalThis, "process");
  Object.defineProperty(globalThis, "process", { value: process, configurable: true });
  try {
    return run();
  } finally {
    if (given === undefined) Reflect.deleteProperty(globalThis, "process");
    else Object.defineProperty(globalThis, "process", given);
  }
}

/** What SQLite is asked for where it is, by the name that it is asked by. */
const asked = (module: unknown) => ({
  getBuiltinModule: (name: string) => name === "node:sqlite" ? module : undefined,
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/types_of_two_instances_are_compared",
    claim: "SAME_TYPE_AS with no Images compares the chains of both Instances",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "JAVM capability model v3: types",
    strength: "exhaustive",
    domain: domain.product({ one: domain.range(2, 5), other: domain.range(2, 5) }),
    reaches: ["same", "others", "failed"],
    implementation: kernel,
    mutants: [
      mutant(
        TYPES,
        "const other = chainIn(run, frame, 8);\n  if (!other.ok) return other;\n  const chain = extendedBy(run, frame, other",
        "const other = chainIn(run, frame, 7);\n  if (!other.ok) return other;\n  const chain = extendedBy(run, frame, other",
      ),
    ],
    check: ({ one, other }, reach, face) => {
      const isSame = one === other || one + other === 7;
      const wanted = one === 2 || other === 2 ? "operation-failed" : isSame ? 1n : 0n;
      reach(wanted === 1n ? "same" : wanted === 0n ? "others" : "failed");
      return agrees(isOfTypeOf(face, one, other), wanted);
    },
  }),
  defineProof({
    id: "kernel/pages_of_data_have_a_size",
    claim: "Data in pages is made of pages of 1 to 2^32 - 1 bytes, also where there are no pages",
    subject: ["DataCap.paged"],
    spec: "JAVM capability model: Data",
    strength: "bounded",
    domain: domain.of<readonly [size: number, isSize: boolean]>(
      ...[[-1, false], [0, false], [0.5, false], [NaN, false], [2 ** 32, false]] as const,
      ...[[1, true], [4096, true], [2 ** 32 - 1, true]] as const,
    ),
    reaches: ["made", "refused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/data_cap.ts",
        "    if (!size.ok) return size;\n    const slots",
        "    const slots",
      ),
    ],
    check: ([size, isSize], reach, { DataCap }) => {
      const made = DataCap.paged(size, []);
      reach(made.ok ? "made" : "refused");
      const wrong = made.ok || made.error.kind !== "invalid-argument" ? "" : made.error.parameter;
      return agrees([made.ok, wrong], [isSize, isSize ? "" : "pageSize"]);
    },
  }),
  defineProof({
    id: "kernel/sqlite_is_what_the_runtime_gives",
    claim: "the SQLite of a runtime is used exactly if it is a module with a class of databases",
    subject: ["findDriver"],
    spec: "this library: stores",
    strength: "bounded",
    domain: domain.of(...Object.keys(MODULES)),
    reaches: ["found", "none"],
    implementation: drivers,
    mutants: [
      driverMutant(
        DRIVER,
        '&& "DatabaseSync" in value &&\n    typeof',
        '|| "DatabaseSync" in value &&\n    typeof',
      ),
      driverMutant(DRIVER, 'typeof value.DatabaseSync === "function"', "true"),
      driverMutant(
        DRIVER,
        'typeof value === "object" && value !== null && "DatabaseSync"',
        '"DatabaseSync"',
      ),
    ],
    check: (name, reach, { findDriver }) => {
      const [module, isDriver] = MODULES[name] ?? [];
      const found = inProcess(asked(module), findDriver);
      reach(found === undefined ? "none" : "found");
      const without = [undefined, null, {}, { getBuiltinModule: 1 }, 5];
      return agrees(
        [
          found === (isDriver === true ? module : undefined),
          ...without.map((process) => inProcess(process, findDriver)),
        ],
        [true, ...without.map(() => undefined)],
      );
    },
  }),
  defineProof({
    id: "kernel/hashes_are_given_up_to_a_million",
    claim: `hashes of a store are asked for 1 to 2^20 at a time; ${SQLITE_HERE}`,
    subject: HAS_SQLITE ? ["SqliteStore.hashes"] : ["SqliteStore.open"],
    spec: "this library: stores",
    strength: "exhaustive",
    domain: domain.of(0, 1, 2 ** 20, 2 ** 20 + 1),
    reaches: HAS_SQLITE ? ["given", "refused"] : ["refused"],
    implementation: faces,
    mutants: HAS_SQLITE
      ? [
        storeMutant("src/kernel/sqlite/store.ts", "limit <= HASHES_MAX", "limit < HASHES_MAX"),
        storeMutant("src/kernel/sqlite/store.ts", "limit >= 1 &&", "limit >= 0 &&"),
      ]
      : [],
    check: (limit, reach, { SqliteStore }) => {
      const store = SqliteStore.open(":memory:");
      const found = store.ok ? store.value.hashes(undefined, limit) : store;
      if (store.ok) store.value.close();
      reach(found.ok ? "given" : "refused");
      return agrees(found.ok, HAS_SQLITE && limit >= 1 && limit <= 2 ** 20);
    },
  }),
];

register(proofs);
