/** Programs that prove hot go over from the interpreter to generated code, and nobody sees it. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { mutant } from "./_kit/recompiler.ts";
import {
  beginning,
  branch,
  type Case,
  CASES,
  FAR,
  FAR_LOOP,
  TWO_LOOPS,
} from "./_kit/recompiler_hot.ts";
import {
  type Beginning,
  both,
  machineWith,
  programWith,
  runTwins,
  twinsOf,
} from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const RUN = "src/pvm/recompiler/run.ts";
const STAY = "src/pvm/recompiler/stay.ts";
const HEAT = "src/pvm/recompiler/heat.ts";
const COMPILED = "src/pvm/recompiler/compiled.ts";
/** Runs a case by and by, each time with more gas; says how it differs. */
function isAlike(
  { lines, jumps, gas, isHanded }: Case,
  gasModel: Beginning["gasModel"],
  slice: number,
  face: typeof recompiler,
): { readonly failure: string | undefined; readonly entries: number } {
  const twins = twinsOf({ ...beginning(lines, jumps), gasModel }, face.auto());
  const { value: failure, entries } = watchEngine((soFar) => {
    let left = gas;
    both(twins, (machine) => machine.setGas(BigInt(Math.min(slice, left))));
    while (left > 0) {
      const before = Number(twins.plain.gas);
      const { kind, failure } = runTwins(twins);
      if (failure !== undefined) return failure;
      left -= Math.max(1, before - Number(twins.plain.gas));
      if (kind !== "out-of-gas") continue;
      if (before < slice && soFar().entries > 0) break; // what is left buys no block
      both(twins, (machine) => machine.setGas(BigInt(Math.min(slice, left))));
    }
    return undefined;
  });
  if (failure === undefined && (entries > 0) !== isHanded) {
    return { failure: `generated code is entered ${entries} times`, entries };
  }
  return { failure, entries };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/hot_programs_are_handed_over",
    claim:
      "what proves hot goes over to generated code, what does not stays in the interpreter, and no exit or state differs",
    subject: ["auto"],
    spec: "The recompiler's own promise: nothing that can be seen depends on the engine",
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...Object.keys(CASES)),
      gasModel: domain.of(...GAS_MODELS),
      slice: domain.of(700, 1_000_000),
    }),
    reaches: ["handed over", "interpreted"],
    implementation: recompiler,
    mutants: [
      mutant(HEAT, "if (total >= this.#worth) this.isHot = true;", ""),
      mutant(HEAT, "+ this.#whole - this.left;", "+ 0;"),
      mutant(HEAT, "const WORTH_LEAST = 20;", "const WORTH_LEAST = 1;"),
      mutant(RUN, "heat.left -= before - state.tank.available;", ""),
      mutant(
        RUN,
        "const exit = this.isShort ? interpret(SHORT_PATIENCE) : undefined;",
        "const exit: Exit | undefined = undefined;",
      ),
      mutant(
        RUN,
        "unseen--;\n      const exit = interpret(SHORT_PATIENCE);\n      if (exit !== undefined) return exit;",
        "unseen--;\n      interpret(SHORT_PATIENCE);",
      ),
      mutant(STAY, "if (place === 0) return -1;", "if (place !== 0) return -1;"),
    ],
    check: ({ name, gasModel, slice }, reach, face) => {
      const one = CASES[name];
      if (one === undefined) return "no case";
      const { failure, entries } = isAlike(one, gasModel, slice, face);
      reach(entries > 0 ? "handed over" : "interpreted");
      return failure;
    },
  }),
  defineProof({
    id: "recompiler/chunks_are_handed_over_one_by_one",
    claim: "each of two loops in two chunks goes over to generated code when it proves hot itself",
    subject: ["auto"],
    spec: "The recompiler's own promise: what it can do it does",
    strength: "bounded",
    domain: domain.of(...GAS_MODELS),
    reaches: ["first", "second"],
    implementation: recompiler,
    mutants: [
      mutant(RUN, "compiled.warm(chunk, spent);", ""),
      mutant(
        COMPILED,
        "this.#heats.set(chunk, (this.#heats.get(chunk) ?? 0) + gas);",
        "this.#heats.set(chunk, gas);",
      ),
      mutant(COMPILED, ">= worthOf(this.sizeOf(chunk))", ">= 0"),
    ],
    check: (gasModel, reach, face) => {
      const jumps = [branch(0, 0), branch(FAR_LOOP, 0)];
      const start = { ...beginning(TWO_LOOPS, jumps), gasModel, gas: 10_000_000n };
      const twins = twinsOf(start, face.auto());
      return watchEngine((soFar) => {
        const first = runTwins(twins);
        if (first.failure !== undefined) return first.failure;
        if (soFar().entries === 0) return "the first loop is never handed over";
        reach("first");
        const { modules } = soFar();
        both(twins, (machine) => machine.setGas(BigInt(FAR + 500)));
        const cold = runTwins(twins);
        if (cold.failure !== undefined) return cold.failure;
        if (soFar().modules > modules) return "what is cold was handed over";
        both(twins, (machine) => machine.setGas(10_000_000n));
        const second = runTwins(twins);
        if (second.failure !== undefined) return second.failure;
        if (soFar().modules === modules) return "the second loop is never handed over";
        reach("second");
        return undefined;
      }).value;
    },
  }),
  defineProof({
    id: "recompiler/machines_of_a_hot_program_are_handed_over",
    claim:
      "the second machine of a hot program stays in the interpreter for a while, then goes over, and does what the first does",
    subject: ["auto"],
    spec: "The recompiler's own promise: nothing that can be seen depends on the engine",
    strength: "bounded",
    domain: domain.product({
      gas: domain.of(5_000, 20_000, 90_000),
      gasModel: domain.of(...GAS_MODELS),
    }),
    reaches: ["handed over", "interpreted"],
    implementation: recompiler,
    mutants: [
      mutant(RUN, "this.#owed ??= heat.isUsed ? LINK_WORTH : 0;", "this.#owed ??= 0;"),
      mutant(RUN, "heat.isUsed = true;", ""),
      mutant(
        RUN,
        "if (this.#owed <= 0) return undefined;",
        "if (this.#owed <= 40_000) return undefined;",
      ),
      mutant(RUN, "const exit = interpret(this.#owed);", "const exit = interpret(1);"),
    ],
    check: ({ gas, gasModel }, reach, face) => {
      const one = CASES["a loop"];
      if (one === undefined) return "no case";
      const start = { ...beginning(one.lines, one.jumps), gasModel, gas: BigInt(gas) };
      const [program, engine] = [programWith(start), face.auto()];
      const { value: exit } = watchEngine(() => machineWith(start, engine, program).run());
      const plain = machineWith(start, undefined, program);
      const quick = machineWith(start, engine, program);
      const { value: result, entries } = watchEngine(() => runTwins({ plain, quick }));
      if (exit.kind !== "out-of-gas") return exit.kind;
      reach(entries > 0 ? "handed over" : "interpreted");
      if (result.failure !== undefined) return result.failure;
      return (entries > 0) === (gas === 90_000) ? undefined : `entered ${entries} times`;
    },
  }),
];

register(proofs);
