/** The stack of what was called: programs of commands beside the model, and its limits. */

import fc from "fast-check";
import {
  frameAt,
  pop,
  pushInstance,
  pushReference,
  type Stack,
  truncate,
  view,
} from "../model/kernel_stack.ts";
import * as kernel from "../src/kernel/mod.ts";
import type { CallStack, Entry } from "../src/kernel/mod.ts";
import { defineProof, type Proof, sampled, sequenceAgrees } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { register } from "./_kit/register.ts";

const SPEC = "The capability kernel, The stack; kernel, 3.2";
const STACK = "src/kernel/call_stack.ts";
const RULES = "src/kernel/call_stack_rules.ts";

type Command =
  | { readonly name: "push"; readonly frame: string }
  | { readonly name: "refer" | "truncate" | "frame"; readonly place: number }
  | { readonly name: "pop" };

const place = fc.nat(6);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("a", "b").map((frame) => ({ name: "push", frame } as const)),
  },
  { weight: 4, arbitrary: place.map((at) => ({ name: "refer", place: at } as const)) },
  { weight: 2, arbitrary: fc.constant({ name: "pop" } as const) },
  place.map((at) => ({ name: "truncate", place: at } as const)),
  place.map((at) => ({ name: "frame", place: at } as const)),
);

function applyModel(stack: Stack, command: Command) {
  switch (command.name) {
    case "push":
      return pushInstance(stack, command.frame);
    case "refer":
      return pushReference(stack, BigInt(command.place));
    case "pop":
      return pop(stack);
    case "truncate":
      return truncate(stack, BigInt(command.place));
    default:
      return { state: stack, outcome: frameAt(stack, BigInt(command.place)) };
  }
}

type Pushed = ReturnType<CallStack<string>["pushReference"]>;

function told(pushed: Pushed): unknown {
  if (pushed.ok) return { ok: BigInt(pushed.value) };
  const { error } = pushed;
  if (error.kind === "invalid-argument") return error;
  const detail = error.kind === "call-stack-full" ? error.maxDepth : error.position;
  return { error: error.kind, detail: BigInt(detail) };
}

function seen(entry: Entry<string> | undefined): readonly unknown[] {
  if (entry === undefined) return [];
  return entry.kind === "instance"
    ? [entry.kind, entry.frame, entry.status]
    : [entry.kind, BigInt(entry.targetPosition), entry.status];
}

function applyReal(stack: CallStack<string>, command: Command): unknown {
  switch (command.name) {
    case "push":
      return told(stack.pushInstance(command.frame));
    case "refer":
      return told(stack.pushReference(command.place));
    case "pop":
      return seen(stack.pop());
    case "truncate":
      return stack.truncate(command.place);
    default:
      return stack.frameAt(command.place);
  }
}

function stateOfReal(stack: CallStack<string>): unknown {
  const kept = stack.enforceInvariants();
  return {
    entries: stack.entries().map(seen),
    running: seen(stack.running()),
    instance: stack.runningInstance(),
    frames: stack.entries().map((_, at) => stack.frameAt(at)),
    length: BigInt(stack.length),
    isEmpty: stack.isEmpty,
    maxDepth: BigInt(stack.maxDepth),
    invariants: kept.ok ? "kept" : kept.error,
  };
}

const SUBJECT = [
  ...["create", "pushInstance", "pushReference", "pop", "truncate", "running", "runningInstance"],
  ...["frameAt", "entries", "length", "isEmpty", "maxDepth", "enforceInvariants"],
].map((name) => `CallStack.${name}`);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/stack_programs_agree_with_model",
    claim:
      "programs of all operations give the model's outcomes, and the whole stack is the model's after each, its invariants kept",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.array(command, { maxLength: 20, size: "max" })),
      { runs: 600, describe: "programs of up to 20 commands on stacks of up to 6 entries" },
    ),
    reaches: [
      ...["push", "refer", "pop", "truncate", "frame", "call-stack-full"],
      ...["reference-out-of-range", "reference-non-instance"],
    ],
    implementation: kernel,
    mutants: [
      mutant(
        STACK,
        "this.#entries.length < this.#maxDepth",
        "this.#entries.length <= this.#maxDepth",
      ),
      mutant(
        STACK,
        "this.#entries.length < this.#maxDepth",
        "this.#entries.length + 1 < this.#maxDepth",
      ),
      mutant(STACK, 'this.#setTop("waiting");', ""),
      mutant(
        STACK,
        'const top = this.#entries.pop();\n    this.#setTop("running");',
        "const top = this.#entries.pop();",
      ),
      mutant(
        STACK,
        'this.#entries.length = length;\n    this.#setTop("running");',
        "this.#entries.length = length;",
      ),
      mutant(
        STACK,
        "length >= this.#entries.length) return;",
        "length > this.#entries.length + 9) return;",
      ),
      mutant(
        STACK,
        'if (target.kind !== "instance") return',
        "if (target.kind === undefined) return",
      ),
      mutant(
        STACK,
        "return asU32(this.#entries.length - 1);",
        "return asU32(this.#entries.length);",
      ),
      mutant(STACK, "this.frameAt(top.targetPosition)", "this.frameAt(this.#entries.length - 2)"),
      mutant(STACK, "targetPosition: position, status", "targetPosition: asU32(0), status"),
      mutant(STACK, "return [...this.#entries];", "return this.#entries.slice(1);"),
      mutant(
        RULES,
        "const top = index === entries.length - 1;",
        "const top = index === entries.length;",
      ),
      mutant(RULES, "if (position >= index)", "if (position >= index - 1)"),
      mutant(
        RULES,
        'entries[position]?.kind !== "instance"',
        'entries[index]?.kind !== "instance"',
      ),
    ],
    check: ([depth, commands], reach, face) =>
      sequenceAgrees(
        {
          start: () => ({
            model: { maxDepth: BigInt(depth), entries: [] },
            real: valueOf(face.CallStack.create<string>(depth)),
          }),
          applyModel,
          applyReal,
          stateOfModel: view,
          stateOfReal,
          reached({ name }, outcome) {
            const failed = typeof outcome === "object" && outcome !== null && "error" in outcome;
            return failed ? `${outcome.error}` : name;
          },
        },
        commands,
        reach,
      ),
  }),
];

register(proofs);
