/** Which handler does a call, what calls cost, and what they give. */

import { call } from "../model/pvm_host.ts";
import { coreWith } from "../model/pvm_host_core.ts";
import { BLANK } from "../model/pvm_host_memory.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { HostHandler, Machine } from "../src/pvm/mod.ts";
import { U64 } from "../src/int/mod.ts";
import { value } from "./_kit/paged.ts";
import { type Face, mutant } from "./_kit/pvm.ts";
import { AMPLE, GUEST, machineOf, registersOf } from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const CHARGE = "src/pvm/host/charge.ts";
const DISPATCH = "src/pvm/host/dispatch.ts";
const U64_MAX = 2n ** 64n - 1n;
const GASES = [
  0n,
  1n,
  9n,
  10n,
  11n,
  2n ** 52n - 1n,
  2n ** 52n,
  2n ** 53n,
  U64_MAX - 1n,
  U64_MAX,
] as const;

function machineWith(face: Face, gas: bigint): Machine {
  return machineOf(face, GUEST, { gas, registers: registersOf({ 7: 1n }), memory: BLANK });
}

const LISTED = ["0", "7", "255", "256", "257", String(U64_MAX)];

/** A handler that leaves its mark in r7. */
function marking(mark: bigint): HostHandler {
  return (_call, machine) => {
    machine.setRegister(7, mark);
    return { kind: "continue" };
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_charge_takes_all_or_what_is_left",
    claim:
      "charging takes the gas asked for where there is so much; else it takes all and says out of gas",
    subject: ["charge"],
    spec: "Gray Paper, appendix B, host functions",
    strength: "bounded",
    domain: domain.product({ gas: domain.of(...GASES), cost: domain.of(...GASES) }),
    reaches: ["paid", "out-of-gas"],
    implementation: pvm,
    mutants: [
      mutant(
        CHARGE,
        "machine.setGas(left < 0n ? 0n : left);",
        "if (left >= 0n) machine.setGas(left);",
      ),
      mutant(
        CHARGE,
        "return left < 0n ? OUT_OF_GAS : undefined;",
        "return left <= 0n ? OUT_OF_GAS : undefined;",
      ),
    ],
    check({ gas, cost }, reach, face) {
      const machine = machineWith(face, gas);
      const answer = face.charge(machine, cost)?.kind ?? "paid";
      reach(answer);
      return agrees(
        [answer, machine.gas],
        gas < cost ? ["out-of-gas", 0n] : ["paid", gas - cost],
      );
    },
  }),
  defineProof({
    id: "pvm/host_gas_and_unknown_calls_agree_with_model",
    claim:
      "the call gas gives what is left once it is paid, an unknown call gives WHAT, and both cost 10",
    subject: ["gasCall", "unknownCall", "give"],
    spec: "Gray Paper, appendix B.6",
    strength: "bounded",
    domain: domain.product({ gas: domain.of(...GASES), id: domain.of(0n, 99n) }),
    reaches: ["continue", "out-of-gas"],
    implementation: pvm,
    mutants: [
      mutant(CHARGE, "give(machine, machine.gas)", "give(machine, HOST_RESULT.OK)"),
      mutant(CHARGE, "give(machine, HOST_RESULT.WHAT)", "give(machine, HOST_RESULT.WHO)"),
      mutant(CHARGE, "const RESULT = 7;", "const RESULT = 8;"),
      mutant(
        "src/pvm/host/result.ts",
        "WHAT: asU64(2n ** 64n - 2n)",
        "WHAT: asU64(2n ** 64n - 3n)",
      ),
    ],
    check({ gas, id }, reach, face) {
      const machine = machineWith(face, gas);
      const expected = call(coreWith("panic"), AMPLE, id, {
        gas,
        registers: registersOf({ 7: 1n }),
        memory: BLANK,
        inner: [],
      });
      const done = id === 0n
        ? face.gasCall(undefined, machine)
        : face.unknownCall(undefined, machine);
      reach(done.kind);
      const given = machineWith(face, gas);
      const result = expected.state.registers[7] ?? 0n;
      return allOf(
        agrees([done.kind, machine.gas, machine.registers], [
          expected.answer,
          expected.state.gas,
          expected.state.registers,
        ]),
        agrees([face.give(given, result).kind, given.registers], [
          "continue",
          expected.state.registers,
        ]),
      );
    },
  }),
  defineProof({
    id: "pvm/host_results_are_the_gray_papers",
    claim: "the result constants count down from 2^64 - 1 in the Gray Paper's order, and OK is 0",
    subject: ["give"],
    spec: "Gray Paper, appendix B.1",
    strength: "exhaustive",
    domain: domain.of("NONE", "WHAT", "OOB", "WHO", "FULL", "CORE", "CASH", "LOW", "HUH"),
    reaches: [],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/host/result.ts", "LOW: asU64(2n ** 64n - 8n)", "LOW: asU64(2n ** 64n - 7n)"),
    ],
    check(name, _reach, face) {
      const { HOST_RESULT, HOST_CALL } = face;
      const machine = machineWith(face, 0n);
      face.give(machine, HOST_RESULT[name]);
      const order = ["NONE", "WHAT", "OOB", "WHO", "FULL", "CORE", "CASH", "LOW", "HUH"];
      return allOf(
        agrees(machine.register(7), 2n ** 64n - 1n - BigInt(order.indexOf(name))),
        agrees(HOST_RESULT.OK, 0n),
        agrees(Object.values(HOST_CALL), [0, 8, 9, 10, 11, 12, 13, 100]),
      );
    },
  }),
  defineProof({
    id: "pvm/host_calls_reach_their_handlers",
    claim:
      "each call is done by the handler of its whole 64-bit number, and the others by the rest",
    subject: ["hostCalls"],
    spec: "Gray Paper, appendix B",
    strength: "bounded",
    domain: domain.product({
      id: domain.of(
        0n,
        1n,
        6n,
        7n,
        8n,
        254n,
        255n,
        256n,
        257n,
        258n,
        2n ** 32n,
        2n ** 32n + 7n,
        U64_MAX - 1n,
        U64_MAX,
      ),
      rest: domain.of("default", "given"),
      isEcall: domain.of(false, true),
    }),
    reaches: ["listed", "unlisted", "ecall"],
    implementation: pvm,
    mutants: [
      mutant(
        DISPATCH,
        "near < LISTED ? listed[near] : handlers.get(id)",
        "listed[near % 256]",
      ),
      mutant(DISPATCH, "near < LISTED ?", "near <= LISTED ?"),
      mutant(
        DISPATCH,
        "const listed = Array.from({ length: LISTED }",
        "const listed = Array.from({ length: LISTED - 1 }",
      ),
      mutant(
        DISPATCH,
        'optionOf<A>(options, "ecall", () => PANIC)',
        'optionOf<A>(options, "unknown", () => PANIC)',
      ),
      mutant(DISPATCH, 'optionOf<A>(options, "unknown", unknownCall)', "unknownCall"),
    ],
    check({ id, rest, isEcall }, reach, face) {
      const table = Object.fromEntries(LISTED.map((name, i) => [name, marking(BigInt(100 + i))]));
      const options = rest === "given" ? { unknown: marking(50n), ecall: marking(60n) } : undefined;
      const handler = value(face.hostCalls(table, options));
      const machine = machineWith(face, 100n);
      const answer = isEcall
        ? handler({ kind: "ecall" }, machine)
        : handler({ kind: "host-call", id: value(U64.from(id)) }, machine);
      const place = LISTED.indexOf(String(id));
      reach(isEcall ? "ecall" : place < 0 ? "unlisted" : "listed");
      const outcome = [answer.kind, machine.gas, machine.register(7)];
      if (isEcall) {
        return agrees(outcome, rest === "given" ? ["continue", 100n, 60n] : ["panic", 100n, 1n]);
      }
      if (place >= 0) return agrees(outcome, ["continue", 100n, BigInt(100 + place)]);
      return agrees(
        outcome,
        rest === "given" ? ["continue", 100n, 50n] : ["continue", 90n, U64_MAX - 1n],
      );
    },
  }),
];

register(proofs);
