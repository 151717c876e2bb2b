/** Proofs that `withMemory` contains every memory and callback that it is handed. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { libraryOf, memoryOf } from "./_kit/modules.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
/** Variants of which no function has run yet: the engine compiles each when it is first called. */
const fresh = sourceMutants<Face>("src/linear/mod.ts", false);
const LIBRARY = "src/linear/library_module.ts";
const MEMORY = "src/linear/memory.ts";
const SPEC = "Wasm core 2.0, 4.2.5";

/** The body of `withMemory` from the call of the callback on. */
const BODY = `    try {
      return ok(callback(loan.lease));
    } catch (thrown) {
      return err({ kind: "callback-threw", thrown });
    } finally {
      loan.revoke();
    }`;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_module/what_is_no_memory_is_not_lent",
    claim: "withMemory refuses every value that is no memory, a lease too, and runs nothing",
    subject: ["LibraryModule.withMemory"],
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: domain.union(
      hostileValues,
      domain.of(
        { code: "lend().lease", make: () => memoryOf(linear, 1).lend().lease },
        { code: "Object.create(memory)", make: () => Object.create(memoryOf(linear, 1)) },
        { code: "new Proxy(memory, {})", make: () => new Proxy(memoryOf(linear, 1), {}) },
        { code: "IsolatedMemory.prototype", make: () => linear.IsolatedMemory.prototype },
        { code: "{ lend: () => 1 }", make: () => ({ lend: () => 1 }) },
      ),
    ),
    reaches: ["refused"],
    implementation: linear,
    mutants: [
      mutant(LIBRARY, "loan = lendMemory(memory);", "loan = memory.lend();"),
      mutant(MEMORY, 'typeof value === "object" && value !== null && #window in value', "true"),
      mutant(MEMORY, "#window in value\n", "value instanceof IsolatedMemory\n"),
    ],
    check(value, reach, face) {
      let ran = false;
      const library = libraryOf(face);
      const given: unknown = Reflect.apply(library.withMemory, library, [value.make(), () => {
        ran = true;
      }]);
      reach("refused");
      return allOf(
        agrees(ran, false),
        agrees(Reflect.get(Object(given), "ok"), false),
        agrees(Reflect.get(Object(Reflect.get(Object(given), "error")), "parameter"), "memory"),
      );
    },
  }),
  defineProof({
    id: "linear_module/callbacks_are_contained",
    claim: "withMemory returns whatever the callback is: no function, a throwing one, or a class",
    subject: ["LibraryModule.withMemory"],
    spec: "host misuse: none in the specification",
    strength: "exhaustive",
    domain: hostileValues,
    reaches: ["invalid-argument", "callback-threw", "returned"],
    implementation: linear,
    mutants: [
      mutant(LIBRARY, 'if (typeof callback !== "function")', "if (callback === undefined)"),
      mutant(
        LIBRARY,
        'invalidArgument("callback", "a function", callback)',
        'invalidArgument("memory", "a function", callback)',
      ),
    ],
    check(value, reach, face) {
      const memory = memoryOf(face, 1);
      // Its own property of that name is not what lends it.
      Object.defineProperty(memory, "lend", { get: () => "hostile" });
      const library = libraryOf(face);
      const callback = value.make();
      const given: ReturnType<typeof library.withMemory> = Reflect.apply(
        library.withMemory,
        library,
        [memory, callback],
      );
      reach(given.ok ? "returned" : given.error.kind);
      const kinds = typeof callback === "function" ? ["returned", "callback-threw"] : ["callback"];
      const kind = given.ok
        ? "returned"
        : given.error.kind === "invalid-argument"
        ? given.error.parameter
        : given.error.kind;
      return kinds.includes(kind) ? undefined : `${value.code} gives ${kind}`;
    },
  }),
  defineProof({
    id: "linear_module/a_lease_ends_where_the_stack_does",
    claim:
      "a callback run with next to no stack left cannot keep its lease, and one that there is " +
      "no stack to run for is no mistake of an argument",
    subject: ["LibraryModule.withMemory"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, 39),
    reaches: ["ran"],
    implementation: linear,
    mutants: [
      fresh(LIBRARY, "lendMemory(memory)?.revoke();", ""),
      fresh(
        LIBRARY,
        'return err({ kind: "callback-threw", thrown }); // the stack',
        'return invalidArgument("memory", "an IsolatedMemory", memory); // the stack',
      ),
      fresh(LIBRARY, '"callback-threw", thrown }); // the', '"callback", thrown }); // the'),
      fresh(
        LIBRARY,
        BODY,
        BODY.replace(
          "loan.revoke();",
          "const down = (n: number): void => n === 0 ? loan.revoke() : down(n - 1);\n      down(200);",
        ),
      ),
    ],
    check(padding, reach, face) {
      const [library, memory] = [libraryOf(face), memoryOf(face, 1)];
      const kept: linear.MemoryLease[] = [];
      const keep = (lease: linear.MemoryLease) => {
        kept.push(lease);
      };
      const given: ReturnType<typeof library.withMemory>[] = [];
      let tries = 500;
      // Down to the end of the stack, then a call at each of the last depths on the way back.
      const down = (): void => {
        try {
          down();
        } catch {
          // The stack has ended.
        }
        try {
          if (tries-- > 0) given.push(library.withMemory(memory, keep));
        } catch {
          // Not even withMemory could be called here.
        }
      };
      // Compiles what makes an error of an argument, so that it too could run there.
      Reflect.apply(library.withMemory, library, [Object.create(memory), keep]);
      // More or fewer arguments move where the stack ends, by less than a frame. Inside of a call,
      // so that lending has been compiled, which takes stack too, and ending need not have been.
      library.withMemory(memory, () => {
        Reflect.apply(down, null, Array.from({ length: padding }, () => 0));
      });
      if (kept.length > 0) reach("ran");
      const refused = given.filter((one) => !one.ok && one.error.kind !== "callback-threw");
      return allOf(
        agrees(kept.filter((lease) => lease.loadU8(0).ok).length, 0),
        agrees(refused.length, 0),
      );
    },
  }),
];

register(proofs);
