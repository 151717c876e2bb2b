/** Running a machine with its host: the loop, its answers, and what they come to. */

import { coreWith } from "../model/pvm_host_core.ts";
import { withBytes } from "../model/pvm_host_memory.ts";
import * as model from "../model/pvm_host_run.ts";
import { agreesWithModel, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { HostHandler } from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import { HALT_ADDRESS, machineOf, registersOf } from "./_kit/pvm_host.ts";
import { AT, MEMORY, PROGRAM, stateOf } from "./_kit/pvm_host_calls.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/host/run.ts";
const ANSWER = "src/pvm/host/answer.ts";
const KINDS = ["continue", "halt", "panic", "out-of-gas"] as const;
type Kind = typeof KINDS[number];

/** A host that notes the call in r5 and in memory, takes a gas, and answers in turn. */
function realHost(answers: readonly Kind[]): HostHandler {
  let turn = 0;
  return (call, machine) => {
    const id = call.kind === "host-call" ? call.id : 0n;
    machine.setRegister(5, (machine.register(5) * 3n + id) % 2n ** 64n);
    machine.memory.writeU8(Number(AT) + 8 + turn, Number(id % 251n));
    if (machine.gas > 0n) machine.setGas(machine.gas - 1n);
    return { kind: answers[turn++] ?? "continue" };
  };
}

/** The same as a model. */
function modelHost(answers: readonly Kind[]): Parameters<typeof model.runWithHost>[3] {
  let turn = 0;
  return (id, { gas, registers, memory, inner }) => {
    const noted = ((registers[5] ?? 0n) * 3n + id) % 2n ** 64n;
    const state = {
      registers: registers.map((old, index) => (index === 5 ? noted : old)),
      memory: withBytes(memory, AT + 8n + BigInt(turn), [id % 251n]),
      gas: gas > 0n ? gas - 1n : 0n,
      inner,
    };
    return { state, answer: answers[turn++] ?? "continue" };
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_run_agrees_with_model",
    claim:
      "a machine with a host, of whichever kind, makes the model's calls and ends as the model, for every sequence of answers",
    subject: ["runWithHost", "runWithAsyncHost"],
    spec: "Gray Paper, appendix A.6, Psi_H",
    strength: "bounded",
    domain: domain.product({
      answers: domain.words(domain.of(...KINDS), 3),
      gas: domain.of(0n, 2n, 5n, 6n, 100n),
      where: domain.of(AT, AT + 16_384n),
      target: domain.of(HALT_ADDRESS, 3n),
    }),
    reaches: ["halt", "panic", "out-of-gas", "page-fault"],
    implementation: pvm,
    mutants: [
      mutant(
        RUN,
        "    const outcome = answerTo(exit, machine, handler);\n    if (outcome !== undefined) return outcome;",
        "    answerTo(exit, machine, handler);",
      ),
      mutant(RUN, "      if (outcome !== undefined) return outcome;\n    } catch", "    } catch"),
      mutant(ANSWER, 'return { kind: "halt" };', 'return { kind: "panic" };'),
      mutant(ANSWER, 'return { kind: "panic" };', 'return { kind: "halt" };'),
      mutant(ANSWER, 'return { kind: "out-of-gas" };', "return undefined;"),
    ],
    async check({ answers, gas, where, target }, reach, face) {
      const registers = registersOf({ 0: target, 2: 250n, 3: where });
      const start = { gas, registers, memory: MEMORY };
      const expected = model.runWithHost(
        coreWith("panic"),
        PROGRAM,
        { ...start, pc: 0n, inner: [] },
        modelHost(answers),
      );
      const { pc, memory } = expected.state;
      const { kind, detail } = expected.exit;
      reach(kind);
      const state = { pc, gas: expected.state.gas, registers: expected.state.registers, memory };
      const outcome = kind === "page-fault" ? { kind, address: Number(detail) } : { kind };
      const [now, later] = [machineOf(face, PROGRAM, start), machineOf(face, PROGRAM, start)];
      const sync = face.runWithHost(now, realHost(answers));
      const host = realHost(answers);
      const async = await face.runWithAsyncHost(later, (call, machine) => {
        const answer = host(call, machine);
        return answer.kind === "halt" ? answer : Promise.resolve(answer);
      });
      return allOf(
        agreesWithModel({ outcome: sync, state: stateOf(now) }, { outcome, state }),
        agreesWithModel({ outcome: async, state: stateOf(later) }, { outcome, state }),
      );
    },
  }),
];

register(proofs);
