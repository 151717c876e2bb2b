/** Programs of the six calls by which a machine makes and runs others. */

import fc from "fast-check";
import { call } from "../model/pvm_host.ts";
import { coreWith } from "../model/pvm_host_core.ts";
import { bytesOfNumber, PAGE, withBytes } from "../model/pvm_host_memory.ts";
import { defineProof, type Proof, sampled, sequenceAgrees } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import {
  AMPLE,
  answerOf,
  GUEST,
  HALT_ADDRESS,
  type Host,
  memoryWith,
  realOf,
  registersOf,
  stateOf,
  stateOfModel,
  steer,
} from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const CALLS = "src/pvm/host/inner_calls.ts";
const INNER = "src/pvm/host/inner_machine.ts";

const NAMES = ["machine", "peek", "poke", "pages", "invoke", "expunge"];

/** Where the caller of programs of calls keeps a blob, an invocation, and bytes to copy. */
const BLOB_AT = 16n * PAGE;
const INVOCATION_AT = 17n * PAGE - 8n;
const START: Host["memory"] = withBytes(
  withBytes(
    memoryWith({ 16: "read-write", 17: "read-write", 18: "read-only" }, 4n),
    BLOB_AT,
    GUEST,
  ),
  INVOCATION_AT,
  [4n, ...registersOf({ 0: HALT_ADDRESS, 3: 20n * PAGE })].flatMap(bytesOfNumber),
);

interface Command {
  readonly id: bigint;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
}

/** Calls with operands that often mean something. */
function commands(): fc.Arbitrary<readonly Command[]> {
  const n = fc.constantFrom(0n, 0n, 0n, 1n, 2n);
  const outer = fc.constantFrom(BLOB_AT, INVOCATION_AT, INVOCATION_AT + 8n, 18n * PAGE - 3n);
  const inner = fc.constantFrom(20n * PAGE, 20n * PAGE + 7n, 21n * PAGE - 2n, 22n * PAGE);
  const length = fc.constantFrom(0n, 1n, 3n, 9n, 112n);
  const code = BigInt(GUEST.length);
  const operands: readonly fc.Arbitrary<readonly [bigint, ...bigint[]]>[] = [
    fc.tuple(
      fc.constantFrom(BLOB_AT, BLOB_AT, BLOB_AT, BLOB_AT + 1n),
      fc.constantFrom(code, code, code, code - 1n),
      fc.constantFrom(0n, 3n, 5n),
    ),
    fc.tuple(n, outer, inner, length),
    fc.tuple(n, outer, inner, length),
    fc.tuple(
      n,
      fc.constantFrom(20n, 20n, 21n),
      fc.constantFrom(1n, 2n),
      fc.constantFrom(2n, 2n, 4n, 1n, 3n, 0n),
    ),
    fc.tuple(n, fc.constantFrom(INVOCATION_AT, INVOCATION_AT, INVOCATION_AT + 8n)),
    fc.tuple(n),
  ];
  const step = fc.constantFrom(0, 0, 1, 2, 3, 3, 3, 4, 4, 4, 5).chain((kind) =>
    (operands[kind] ?? fc.tuple(n)).map((given): Command => ({
      id: BigInt(8 + kind),
      gas: 30n,
      registers: registersOf(Object.fromEntries(given.map((each, i) => [7 + i, each]))),
    }))
  );
  return fc.array(step, { maxLength: 14, size: "max" });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_programs_of_calls_agree_with_model",
    claim:
      "any sequence of the six calls leaves the model's whole state, caller and inner machines",
    subject: ["InnerMachines.create", "InnerMachines.numbers", "InnerMachines.at"],
    spec: "Gray Paper, appendix B.8",
    strength: "sampled",
    domain: sampled(commands(), {
      runs: 800,
      describe: "up to 14 of the calls, mostly meaningful",
    }),
    reaches: ["machine", "peek", "poke", "pages", "invoke", "expunge"],
    implementation: pvm,
    mutants: [
      mutant(
        CALLS,
        "give(caller, inner === undefined ? HUH : BigInt(slots.add(inner)))",
        "give(caller, BigInt(slots.numbers.length + 0 * (inner === undefined ? 0 : slots.add(inner))))",
      ),
      mutant(CALLS, "  slots.remove(n);\n", ""),
      mutant(
        INNER,
        "machine.setPc(Math.min(Number(pc), Number.MAX_SAFE_INTEGER));",
        "machine.setPc(0);",
      ),
    ],
    check(program, reach, face) {
      const core = coreWith("panic");
      const first: Host = { gas: 0n, registers: registersOf({}), memory: START, inner: [] };
      return sequenceAgrees(
        {
          start: () => ({ model: first, real: realOf(face, first, AMPLE) }),
          applyModel(state, { id, gas, registers }) {
            const { state: next, answer } = call(core, AMPLE, id, { ...state, gas, registers });
            return { state: next, outcome: answer };
          },
          applyReal(real, command) {
            steer(real.caller, command);
            return answerOf(real, command.id);
          },
          stateOfModel,
          stateOfReal: stateOf,
          reached: ({ id }, outcome) => outcome === "continue" ? NAMES[Number(id) - 8] : undefined,
        },
        program,
        reach,
      );
    },
  }),
];

register(proofs);
