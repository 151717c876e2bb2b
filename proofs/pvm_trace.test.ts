/** Proofs of tracing: it changes nothing, and shows every instruction. */

import fc from "fast-check";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { codeOf, mutant, PLAIN, realMachine, type Setup } from "./_kit/pvm.ts";
import { machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { register } from "./_kit/register.ts";

const TRACE = "src/pvm/trace.ts";

/** A program that traps at once. */
const TRAP: Setup = { ...PLAIN, code: codeOf([0], "first"), gas: 9n };

/** Whatever a hook could see of a machine. */
function seen(machine: pvm.Machine): readonly unknown[] {
  return [machine.pc, machine.gas, ...machine.registers];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/tracing_changes_nothing",
    claim:
      "a traced run ends as an untraced one, and its hook sees the machine before each instruction",
    subject: ["runTraced", "Machine.step"],
    spec: "Gray Paper, appendix A.1",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM, fc.constantFrom(0n, 3n, 60n)), {
      runs: 500,
      describe: "programs under 0, 3 and 60 gas",
    }),
    reaches: ["trap", "panic", "page-fault", "host-call", "out-of-gas"],
    implementation: pvm,
    mutants: [
      mutant(TRACE, "      hook(machine);\n", ""),
      mutant(TRACE, 'parts.prepared, "single")', 'parts.prepared, "exit")'),
      mutant(
        TRACE,
        "if (exit !== undefined) return exit;",
        'if (exit?.kind === "panic") return exit;',
      ),
    ],
    check(setup, reach, implementation) {
      const [traced, stepped, plain] = [0, 1, 2].map(() => realMachine(implementation, setup));
      if (traced === undefined || stepped === undefined || plain === undefined) return "unmade";
      const shown: (readonly unknown[])[] = [];
      // A trace that goes on for ever would go on past its gas.
      const exit = implementation.runTraced(traced, (machine) => {
        shown.push(seen(machine));
        if (shown.length > 1000) throw new Error("it does not end");
      });
      const expected: (readonly unknown[])[] = [];
      let end: pvm.Exit | undefined;
      while (end === undefined) {
        expected.push(seen(stepped));
        end = stepped.step();
      }
      const known = ["trap", "panic", "page-fault", "host-call", "out-of-gas"].find((kind) =>
        kind === end.kind
      );
      if (known !== undefined) reach(known);
      return allOf(
        agrees(exit, plain.run()),
        agrees(seen(traced), seen(plain)),
        agrees(shown, expected),
      );
    },
  }),
  defineProof({
    id: "pvm/hooks_are_contained",
    claim:
      "a hook that throws ends the trace where it threw; what is no machine or no hook is refused",
    subject: ["runTraced"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product({
      hostile: hostileValues,
      place: domain.of("machine", "hook", "thrown"),
    }),
    reaches: ["refused", "threw"],
    implementation: pvm,
    mutants: [
      mutant(
        TRACE,
        "if (parts === undefined) return invalidArgument",
        "if (false) return invalidArgument",
      ),
      mutant(TRACE, 'typeof hook !== "function"', "hook === undefined"),
      mutant(TRACE, '{ kind: "hook-threw", thrown }', '{ kind: "hook-threw", thrown: undefined }'),
    ],
    check({ hostile, place }, reach, implementation) {
      const machine = realMachine(implementation, TRAP);
      const given = hostile.make();
      if (place === "thrown" || (place === "hook" && typeof given === "function")) {
        const outcome = implementation.runTraced(machine, () => {
          throw given;
        });
        reach("threw");
        const thrown: unknown = Reflect.get(outcome, "thrown");
        return allOf(
          agrees(outcome.kind, "hook-threw"),
          Object.is(thrown, given) ? undefined : "it gives something else than was thrown",
          agrees([machine.pc, machine.gas], [0, 9n]),
        );
      }
      const args = place === "machine" ? [given, () => {}] : [machine, given];
      const outcome: object = Reflect.apply(implementation.runTraced, undefined, args);
      reach("refused");
      return allOf(
        agrees(Reflect.get(outcome, "kind"), "invalid-argument"),
        agrees(Reflect.get(outcome, "parameter"), place),
        agrees([machine.pc, machine.gas], [0, 9n]),
      );
    },
  }),
];

register(proofs);
