/** The stack of what was called: its depth, and hostile arguments. */

import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
} from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { register } from "./_kit/register.ts";

const SPEC = "The capability kernel, The stack; kernel, 3.2";
const STACK = "src/kernel/call_stack.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/stacks_have_a_depth_of_1_to_65536",
    claim: "a stack is made for 1 to 65,536 entries, 256 unless told, and holds so many",
    subject: ["CallStack.create", "CallStack.maxDepth", "CallStack.pushInstance"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(0, 1, 2, 256, 65_535, 65_536, 65_537, 2 ** 32, -1, 1.5, undefined),
    reaches: ["made", "refused"],
    implementation: kernel,
    mutants: [
      mutant(STACK, "maxDepth < 1 ||", ""),
      mutant(STACK, "maxDepth > MAX_DEPTH_LIMIT)", "maxDepth >= MAX_DEPTH_LIMIT)"),
      mutant(STACK, "MAX_DEPTH_LIMIT = 65_536", "MAX_DEPTH_LIMIT = 65_537"),
      mutant(STACK, "DEFAULT_MAX_DEPTH = 256", "DEFAULT_MAX_DEPTH = 255"),
    ],
    check(depth, reach, face) {
      const made = face.CallStack.create<number>(depth);
      const wanted = depth ?? 256;
      const good = Number.isInteger(wanted) && wanted >= 1 && wanted <= 65_536;
      reach(made.ok ? "made" : "refused");
      if (!made.ok) return agrees([good, made.error.kind], [false, "invalid-argument"]);
      const stack = made.value;
      let pushed = 0;
      while (pushed <= wanted && stack.pushInstance(pushed).ok) pushed += 1;
      return agrees([good, pushed, Number(stack.maxDepth)], [true, wanted, wanted]);
    },
  }),
  defineProof({
    id: "kernel/stacks_survive_hostile_arguments",
    claim:
      "every method of a stack returns for every hostile argument, refuses places that are none, and leaves the stack alone",
    subject: ["CallStack.pushReference", "CallStack.truncate", "CallStack.frameAt", "CallStack.is"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["survived"],
    implementation: kernel,
    mutants: [
      mutant(
        STACK,
        'if (!U32.is(position)) return invalidArgument("position", "0 to 2^32 - 1", position);',
        "",
      ),
      mutant(STACK, "if (!U32.is(length) || length", "if (length"),
      mutant(
        STACK,
        "U32.is(position) ? this.#entries[position] : undefined",
        "this.#entries[position]",
      ),
      mutant(
        STACK,
        'typeof value === "object" && value !== null && #entries in value',
        "Reflect.has(Object(value), '#entries')",
      ),
    ],
    check({ make }: Hostile, reach, face) {
      const stack = valueOf(face.CallStack.create<string>());
      stack.pushInstance("a");
      stack.pushInstance("b");
      const before = stack.entries();
      const valid = (value: unknown) => value === 0 || value === 1;
      const refused = valid(make()) ? undefined : call(stack, "pushReference", [make()]);
      const frame = valid(make()) ? undefined : call(stack, "frameAt", [make()]);
      if (!valid(make())) call(stack, "truncate", [make()]);
      const made = call(face.CallStack, "create", [make()]);
      reach("survived");
      const failed = typeof refused === "object" && refused !== null && "error" in refused;
      return allOf(
        agrees(stack.entries(), before),
        agrees([failed || refused === undefined, frame, typeof made], [true, undefined, "object"]),
        agrees([face.CallStack.is(make()), face.CallStack.is(stack)], [false, true]),
      );
    },
  }),
];

register(proofs);
