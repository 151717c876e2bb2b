/** Running machines inside a machine: `invoke`, what it saves, and programs of all six calls. */

import { call } from "../model/pvm_host.ts";
import { coreWith } from "../model/pvm_host_core.ts";
import { bytesOfNumber, PAGE, withBytes } from "../model/pvm_host_memory.ts";
import { agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
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
const U64_MAX = 2n ** 64n - 1n;

/** Where invocations are written in the caller: over the edge of two pages. */
const AT = 17n * PAGE - 50n;
const OUTER = memoryWith({ 16: "read-write", 17: "read-write", 18: "read-only" }, 1n);

/** The caller's memory with the gas and the registers of an invocation in it. */
function withInvocation(gas: bigint, registers: readonly bigint[]): Host["memory"] {
  return withBytes(OUTER, AT, [gas, ...registers].flatMap(bytesOfNumber));
}

const WHERE = {
  "host-call": 32n * PAGE,
  "page-fault": 40n * PAGE + 5n,
  protected: 33n * PAGE,
  low: 5n,
};

const CODES = ["halt", "panic", "page-fault", "host-call", "out-of-gas"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_invoke_agrees_with_model",
    claim:
      "an inner machine invoked again and again runs as the model, with the model's saved pc, gas and registers after each exit",
    subject: ["InnerMachines.create", "InnerMachines.at"],
    spec: "Gray Paper, appendix B.8, invoke and expunge",
    strength: "bounded",
    domain: domain.product({
      gas: domain.of(0n, 1n, 3n, 5n, U64_MAX),
      where: domain.of("host-call", "page-fault", "protected", "low"),
      target: domain.of(HALT_ADDRESS, 3n),
      pc: domain.of(0n, 12n, U64_MAX),
      readOnlyStore: domain.of("panic", "page-fault"),
    }),
    reaches: [...CODES, "twice", "kept far pc"],
    implementation: pvm,
    mutants: [
      mutant(INNER, "machine.pc + 1 + skipOf(starts, machine.pc)", "machine.pc + 1"),
      mutant(INNER, "machine.pc + 1 + skipOf(starts, machine.pc)", "machine.pc"),
      mutant(INNER, "      return asU64(0n);", "      return asU64(BigInt(machine.pc));"),
      mutant(INNER, "pc > Number.MAX_SAFE_INTEGER ? pc : asU64(", "asU64("),
      mutant(INNER, "machine.setPc(Math.min(Number(pc), Number.MAX_SAFE_INTEGER));", ""),
      mutant(INNER, "  inner.pc = nextPc(inner, exit);\n", ""),
      mutant(INNER, "view.setBigUint64(0, machine.gas, true);", ""),
      mutant(INNER, "view.getBigUint64(0, true)", "view.getBigUint64(0, false)"),
      mutant(INNER, "machine.setRegister(index, view.getBigUint64(8 + 8 * index, true));", ""),
      mutant(INNER, "view.setBigUint64(8 + 8 * index, machine.register(index), true);", ""),
      mutant(INNER, "gas: 0n, readOnlyStore })", "gas: 0n })"),
      mutant(CALLS, "caller.setRegister(8, BigInt(exit.address));", ""),
      mutant(CALLS, "caller.setRegister(8, exit.id);", ""),
      mutant(CALLS, "return give(caller, 4n);", "return give(caller, 1n);"),
      mutant(CALLS, "  caller.memory.write(address, invocation.value);\n", ""),
    ],
    check({ gas, where, target, pc, readOnlyStore }, reach, face) {
      const core = coreWith(readOnlyStore);
      const registers = registersOf({ 0: target, 2: U64_MAX - 1n, 3: WHERE[where], 12: U64_MAX });
      const memory = memoryWith({ 32: "read-write", 33: "read-only" }, 2n);
      const outer = registersOf({ 7: 0n, 8: AT, 9: 77n });
      let host: Host = {
        gas: 1000n,
        registers: outer,
        memory: withInvocation(gas, registers),
        inner: [{ n: 0n, blob: GUEST, memory, pc }],
      };
      const real = realOf(face, host, AMPLE, readOnlyStore);
      for (let turn = 0; turn < 3; turn++) {
        const expected = call(core, AMPLE, 12n, host);
        const code = Number(expected.state.registers[7]);
        reach(CODES[code] ?? "?");
        if (turn > 0 && code === 0) reach("twice");
        if (expected.state.inner[0]?.pc === U64_MAX) reach("kept far pc");
        const failure = agreesWithModel(
          { outcome: answerOf(real, 12n), state: stateOf(real) },
          { outcome: expected.answer, state: stateOfModel(expected.state) },
        );
        if (failure !== undefined) return `turn ${turn}: ${failure}`;
        host = { ...expected.state, registers: outer };
        steer(real.caller, host);
      }
      const expunged = call(core, AMPLE, 13n, host);
      return agreesWithModel(
        { outcome: answerOf(real, 13n), state: stateOf(real) },
        { outcome: expunged.answer, state: stateOfModel(expunged.state) },
      );
    },
  }),
  defineProof({
    id: "pvm/host_invoke_tests_in_order",
    claim:
      "invoke panics where the caller may not write 112 bytes, before it looks for the machine",
    subject: ["InnerMachines.create"],
    spec: "Gray Paper, appendix B.8, invoke",
    strength: "bounded",
    domain: domain.product({
      n: domain.of(0n, 1n, U64_MAX),
      at: domain.of(
        ...[
          0n,
          16n * PAGE - 1n,
          16n * PAGE,
          18n * PAGE - 113n,
          18n * PAGE - 112n,
          18n * PAGE - 111n,
        ],
        ...[18n * PAGE, 2n ** 32n - 112n, 2n ** 32n - 111n, 2n ** 32n, U64_MAX - 111n, U64_MAX],
      ),
      last: domain.of("read-write", "none"),
    }),
    reaches: ["panic", "continue"],
    implementation: pvm,
    mutants: [
      mutant(
        CALLS,
        "!caller.memory.canWrite(at, BigInt(INVOCATION_BYTES))",
        "!caller.memory.canRead(at, BigInt(INVOCATION_BYTES))",
      ),
      mutant(
        CALLS,
        "canWrite(at, BigInt(INVOCATION_BYTES))",
        "canWrite(at, BigInt(INVOCATION_BYTES + 1))",
      ),
      mutant(
        CALLS,
        "canWrite(at, BigInt(INVOCATION_BYTES))",
        "canWrite(at, BigInt(INVOCATION_BYTES - 1))",
      ),
    ],
    check({ n, at, last }, reach, face) {
      const pages = { 16: "read-write", 17: "read-write", 18: "read-only" } as const;
      const memory = memoryWith(last === "none" ? pages : { ...pages, 1048575: last }, 6n);
      const inner = [{ n: 0n, blob: GUEST, memory: memoryWith({}, 0n), pc: 0n }];
      const host = { gas: 100n, registers: registersOf({ 7: n, 8: at }), memory, inner };
      const expected = call(coreWith("panic"), AMPLE, 12n, host);
      const real = realOf(face, host, AMPLE);
      const outcome = answerOf(real, 12n);
      reach(outcome);
      return agreesWithModel(
        { outcome, state: stateOf(real) },
        { outcome: expected.answer, state: stateOfModel(expected.state) },
      );
    },
  }),
];

register(proofs);
