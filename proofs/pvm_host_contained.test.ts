/** Hosts that misbehave, that run the machine themselves, and that do the calls of the JAVM. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { Call, HostAnswer, HostHandler, HostOutcome, Machine } from "../src/pvm/mod.ts";
import { mutant, PLAIN, realMachine } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { caller, stateOf } from "./_kit/pvm_host_calls.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/host/run.ts";
const ANSWER = "src/pvm/host/answer.ts";
const KINDS = ["continue", "halt", "panic", "out-of-gas", "no-room"] as const;

const go: HostHandler = () => ({ kind: "continue" });

/** How a host misbehaves. */
const MISBEHAVIOUR = {
  answers: (given: unknown) => given,
  throws: (given: unknown) => {
    throw given;
  },
};

/** What is wrong with a value that is no answer. */
async function problemOf(answer: unknown, isAsync: boolean): Promise<"threw" | "no-answer"> {
  try {
    const given: unknown = isAsync ? await answer : answer;
    if (typeof given === "object" && given !== null) Reflect.get(given, "kind");
    return "no-answer";
  } catch {
    return "threw";
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_that_misbehaves_is_contained",
    claim:
      "a handler that throws, or gives what is no answer, ends the run with what it threw, and the machine goes on behind the call as if asked again",
    subject: ["runWithHost", "runWithAsyncHost"],
    spec: "Ringfence: hosts are contained",
    strength: "bounded",
    domain: domain.product({
      given: hostileValues,
      how: domain.of("answers", "throws"),
      isAsync: domain.of(false, true),
    }),
    reaches: ["threw", "no-answer"],
    implementation: pvm,
    mutants: [
      mutant(RUN, "    return failedWith(thrown, call);", '    return { kind: "panic" };'),
      mutant(RUN, "      return failedWith(thrown, exit);", '      return { kind: "panic" };'),
      mutant(
        ANSWER,
        '{ kind: "host-failed", call, problem: "threw", thrown }',
        '{ kind: "host-failed", call, problem: "threw", thrown: undefined }',
      ),
      mutant(
        ANSWER,
        'problem: "no-answer", thrown: undefined',
        'problem: "threw", thrown: undefined',
      ),
      mutant(
        ANSWER,
        'typeof answer === "object" && answer !== null &&',
        'typeof answer === "object" &&',
      ),
    ],
    async check({ given, how, isAsync }, reach, face) {
      const [machine, twin] = [caller(face), caller(face)];
      const made = given.make();
      const handler = () => {
        machine.setRegister(6, 66n);
        return MISBEHAVIOUR[how](made);
      };
      const run = isAsync ? face.runWithAsyncHost : face.runWithHost;
      const outcome: HostOutcome = await Reflect.apply(run, undefined, [machine, handler]);
      const problem = how === "throws" ? "threw" : await problemOf(made, isAsync);
      twin.run();
      twin.setRegister(6, 66n);
      if (outcome.kind !== "host-failed") return `the outcome is ${outcome.kind}`;
      reach(outcome.problem);
      const isThrown = how !== "throws" || Object.is(outcome.thrown, made);
      const failure = allOf(
        agrees(outcome.problem, problem),
        isThrown ? undefined : "what was thrown is lost",
        agrees(outcome.call, { kind: "host-call", id: 1n }),
        agrees(stateOf(machine), stateOf(twin)),
      );
      return failure ?? allOf(
        agrees(face.runWithHost(machine, go), face.runWithHost(twin, go)),
        agrees(stateOf(machine), stateOf(twin)),
        agrees(machine.register(2), 1n),
      );
    },
  }),
  defineProof({
    id: "pvm/host_may_run_the_machine_itself",
    claim:
      "a handler that moves or runs the machine that called it leaves it as the same steps in a row do",
    subject: ["runWithHost"],
    spec: "Ringfence: hosts are contained",
    strength: "bounded",
    domain: domain.product({
      gas: domain.range(0, 14),
      action: domain.of("run", "step", "setPc", "runWithHost", "clear"),
    }),
    reaches: ["halt", "out-of-gas", "page-fault"],
    implementation: pvm,
    mutants: [
      mutant(
        RUN,
        '    const exit = machine.run();\n    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;\n    const',
        '    const exit = machine.run();\n    if (exit.kind !== "host-call") return exit;\n    machine.setPc(machine.pc);\n    const',
      ),
    ],
    check({ gas, action }, reach, face) {
      const act = (machine: Machine) => {
        if (action === "run") machine.run();
        else if (action === "step") machine.step();
        else if (action === "setPc") machine.setPc(0);
        else if (action === "clear") machine.memory.clear();
        else while (machine.run().kind === "host-call");
      };
      const [machine, twin] = [caller(face, BigInt(gas)), caller(face, BigInt(gas))];
      const outcome = face.runWithHost(machine, (_call, self) => {
        if (action === "runWithHost") face.runWithHost(self, go);
        else act(self);
        return { kind: "continue" };
      });
      reach(outcome.kind);
      let exit = twin.run();
      while (exit.kind === "host-call") {
        act(twin);
        exit = twin.run();
      }
      return allOf(agrees(outcome, exit), agrees(stateOf(machine), stateOf(twin)));
    },
  }),
  defineProof({
    id: "pvm/host_does_javm_ecalls",
    claim:
      "a JAVM machine asks its host for ecall and ecalli alike, and stands behind the call that ends it",
    subject: ["runWithHost"],
    spec: "JAVM, ecall interface and run loop",
    strength: "exhaustive",
    domain: domain.words(domain.of(...KINDS), 2),
    reaches: ["trap", "halt", "panic", "out-of-gas", "no-room"],
    implementation: pvm,
    mutants: [
      mutant(ANSWER, 'return { kind: "no-room" };', "return undefined;"),
      mutant(
        RUN,
        '    if (exit.kind !== "host-call" && exit.kind !== "ecall") return exit;\n    const',
        '    if (exit.kind !== "host-call") return exit;\n    const',
      ),
    ],
    check(answers, reach, face) {
      const code = assemble([op("ecall"), op("ecalli", { x: 9n }), op("trap")]);
      const machine = realMachine(face, { ...PLAIN, code, dialect: "javm", gasModel: "pipeline" });
      const calls: Call[] = [];
      const outcome = face.runWithHost(machine, (call): HostAnswer => {
        calls.push(call);
        return { kind: answers[calls.length - 1] ?? "continue" };
      });
      reach(outcome.kind);
      const stoppedAt = answers.findIndex((kind) => kind !== "continue");
      const all = [{ kind: "ecall" }, { kind: "host-call", id: 9n }];
      return allOf(
        agrees(calls, stoppedAt < 0 ? all : all.slice(0, stoppedAt + 1)),
        agrees(outcome, { kind: answers[stoppedAt] ?? "trap" }),
        agrees(machine.pc, stoppedAt === 0 ? 1 : 6),
      );
    },
  }),
];

register(proofs);
