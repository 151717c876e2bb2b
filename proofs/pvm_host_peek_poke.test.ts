/** Copying between a machine and those inside it: `peek` and `poke`. */

import { call } from "../model/pvm_host.ts";
import { coreWith } from "../model/pvm_host_core.ts";
import { PAGE } from "../model/pvm_host_memory.ts";
import { agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import {
  AMPLE,
  answerOf,
  GUEST,
  type Host,
  memoryWith,
  realOf,
  registersOf,
  stateOf,
  stateOfModel,
} from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const CALLS = "src/pvm/host/inner_calls.ts";
const CORE = coreWith("panic");
const LAST = 2n ** 32n;

/** The pages 16 and 17 are writable, 18 is not, 19 is a hole; the last page of all is writable. */
const OUTER = memoryWith({
  16: "read-write",
  17: "read-write",
  18: "read-only",
  1048575: "read-write",
}, 3n);
/** The pages 32 and 33 are writable, 34 is not, 35 is a hole; the last but one of all is writable. */
const INNER = memoryWith({
  32: "read-write",
  33: "read-write",
  34: "read-only",
  1048574: "read-write",
}, 9n);

/** Both sides of every edge of pages from `first` on, and of the space. */
const edges = (first: bigint): readonly bigint[] => [
  0n,
  first * PAGE - 1n,
  first * PAGE,
  (first + 2n) * PAGE - 2n,
  (first + 3n) * PAGE - 2n,
  LAST - PAGE - 2n,
  LAST - 2n,
  LAST,
  2n ** 64n - 1n,
];

const lengths = [0n, 1n, 2n, 3n, PAGE + 1n, 2n ** 64n - 1n];
const grid = domain.product({
  id: domain.of(9n, 10n),
  n: domain.of(0n, 1n, 2n ** 64n - 1n),
  outer: domain.of(...edges(16n)),
  inner: domain.of(...edges(32n)),
  length: domain.of(...lengths),
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_peek_and_poke_agree_with_model",
    claim:
      "peek and poke copy the model's bytes, or fail in the model's order of tests, and change nothing else",
    subject: ["InnerMachines.create", "InnerMachines.numbers", "InnerMachines.at"],
    spec: "Gray Paper, appendix B.8, peek and poke",
    strength: "bounded",
    domain: domain.named("edges of pages and of the space, both ways", grid),
    reaches: ["panic", "who", "oob", "ok"],
    implementation: pvm,
    mutants: [
      mutant(CALLS, "if (!caller.memory.canWrite(target, length)) return PANIC;", ""),
      mutant(
        CALLS,
        "caller.memory.canWrite(target, length)",
        "caller.memory.canRead(target, length)",
      ),
      mutant(CALLS, "!memory.canRead(start, length)", "!memory.canWrite(start, length)"),
      mutant(CALLS, "!memory.canWrite(target, length)", "!memory.canRead(target, length)"),
      mutant(CALLS, "if (length === 0n) return true;", ""),
      mutant(CALLS, "from.read(Number(start), Number(length))", "from.read(Number(start), 1)"),
      mutant(
        CALLS,
        "copied(memory, start, caller.memory, target, length)",
        "copied(caller.memory, target, memory, start, length)",
      ),
      mutant(
        CALLS,
        "const [start, target] = [caller.register(8), caller.register(9)];",
        "const [start, target] = [caller.register(9), caller.register(8)];",
      ),
    ],
    check({ id, n, outer, inner, length }, reach, face) {
      const registers = registersOf({ 7: n, 8: outer, 9: inner, 10: length });
      const before: Host = {
        gas: 100n,
        registers,
        memory: OUTER,
        inner: [{ n: 0n, blob: GUEST, memory: INNER, pc: 0n }],
      };
      const expected = call(CORE, AMPLE, id, before);
      const real = realOf(face, before, AMPLE);
      const outcome = answerOf(real, id);
      const result = expected.state.registers[7] ?? 0n;
      reach(
        outcome !== "continue"
          ? outcome
          : result === 0n
          ? "ok"
          : result === 2n ** 64n - 3n
          ? "oob"
          : "who",
      );
      return agreesWithModel(
        { outcome, state: stateOf(real) },
        { outcome: expected.answer, state: stateOfModel(expected.state) },
      );
    },
  }),
];

register(proofs);
