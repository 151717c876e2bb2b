/** Options, whose reading can run the caller's code: each property is read, and read once. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const MEMORY = "src/linear/memory.ts";
const MODULE = "src/linear/module.ts";
const LIBRARY = "src/linear/library_module.ts";

/** What each option says when it is read first, and ever after. */
const SAYS: Readonly<Record<string, readonly [first: unknown, later: unknown]>> = {
  initialPages: [1, 2],
  maxPages: [3, 4],
  pageSizeBytes: [4, 8],
  initialSlots: [1, 2],
  maxSlots: [3, 4],
  globals: ["first", "later"],
};

/** The options of each maker. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "IsolatedMemory.create": ["pageSizeBytes"],
  "LibraryModule.create": ["initialSlots", "maxSlots", "globals"],
  "Module.create": Object.keys(SAYS),
};

/** What a maker makes of options, as far as they show in it. */
function made({ IsolatedMemory, LibraryModule, Module }: Face, maker: string, options: object) {
  const given: linear.Result<object, unknown> = maker === "IsolatedMemory.create"
    ? Reflect.apply(IsolatedMemory.create, IsolatedMemory, [1, 3, options])
    : maker === "Module.create"
    ? Reflect.apply(Module.create, Module, [options])
    : Reflect.apply(LibraryModule.create, LibraryModule, [options]);
  if (!given.ok) return given.error;
  const { value } = given;
  const memory = maker === "IsolatedMemory.create" ? value : Object(Reflect.get(value, "memory"));
  const table = Object(Reflect.get(value, "table"));
  const shown: Readonly<Record<string, unknown>> = {
    initialPages: memory.pageCount,
    maxPages: memory.maxPages,
    pageSizeBytes: memory.pageSizeBytes,
    initialSlots: table.size?.(),
    maxSlots: table.maxSize,
    globals: Reflect.get(value, "globals"),
  };
  return OPTIONS[maker]?.map((name) => shown[name]);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_module/options_are_read_once",
    claim: "each option is read exactly once, and what it says first is what is made of it",
    subject: Object.keys(OPTIONS),
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(OPTIONS)),
    reaches: ["made"],
    implementation: linear,
    mutants: [
      mutant(
        MEMORY,
        "({ pageSizeBytes = PAGE_SIZE }) =>",
        "(all, pageSizeBytes = all.pageSizeBytes && all.pageSizeBytes) =>",
      ),
      mutant(MEMORY, "? pageSizeBytes : 0", "? options.pageSizeBytes ?? 0 : 0"),
      ...["initialPages", "maxPages", "initialSlots", "maxSlots"].map((name) =>
        mutant(
          MODULE,
          `given.${name},`.replace("maxSlots,", "maxSlots)"),
          `options.${name},`.replace("maxSlots,", "maxSlots)"),
        )
      ),
      mutant(MODULE, "pageSizeBytes: given.pageSizeBytes", "pageSizeBytes: options.pageSizeBytes"),
      mutant(MODULE, "table.value, given.globals)", "table.value, options.globals)"),
      mutant(LIBRARY, "create(given.initialSlots,", "create(options.initialSlots,"),
      mutant(LIBRARY, "given.maxSlots)", "options.maxSlots)"),
      mutant(LIBRARY, "table.value, given.globals)", "table.value, options.globals)"),
    ],
    check(maker, reach, face) {
      const reads: Record<string, number> = {};
      const options = Object.defineProperties(
        {},
        Object.fromEntries(
          Object.entries(SAYS).map(([name, says]) => [name, {
            get() {
              const before = reads[name] ?? 0;
              reads[name] = before + 1;
              return says[before === 0 ? 0 : 1];
            },
          }]),
        ),
      );
      const shown = made(face, maker, options);
      reach("made");
      const names = OPTIONS[maker] ?? [];
      return allOf(
        agrees(shown, names.map((name) => SAYS[name]?.[0])),
        agrees(reads, Object.fromEntries(names.map((name) => [name, 1]))),
      );
    },
  }),
];

register(proofs);
