/** The original's unit tests of the stack and of the image cache, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const STACK = "src/kernel/call_stack.ts";
const CACHE = "src/kernel/image_cache.ts";
const OTHER = "22".repeat(32);

const stackOf = (face: Face, frames: readonly string[], depth?: number) => {
  const stack = valueOf(face.CallStack.create<string>(depth));
  for (const frame of frames) stack.pushInstance(frame);
  return stack;
};
const kept = { ok: true, value: undefined };
const statuses = (stack: ReturnType<typeof stackOf>) => stack.entries().map(({ status }) => status);
const trapIn = (cache: ReturnType<typeof cacheOf>, hash = ONES) =>
  valueOf(cache.getOrDecode(hash, new Uint8Array(1), Uint8Array.of(1), []));
const cacheOf = (face: Face) => valueOf(face.ImageCache.create());

const STACKS: Readonly<Record<string, Unit>> = {
  empty_stack_invariants_hold: {
    subject: ["CallStack.enforceInvariants"],
    mutant: mutant(
      STACK,
      "return broken === undefined ? ok(undefined)",
      "return !broken && this.length > 0 ? ok(undefined)",
    ),
    check(face) {
      const stack = stackOf(face, []);
      return agrees([stack.isEmpty, stack.running(), stack.enforceInvariants()], [
        true,
        undefined,
        kept,
      ]);
    },
  },
  push_instance_makes_it_running: {
    subject: ["CallStack.pushInstance"],
    mutant: mutant(
      STACK,
      '{ kind: "instance", frame, status: "running" }',
      '{ kind: "instance", frame, status: "waiting" }',
    ),
    check(face) {
      const stack = stackOf(face, ["a"]);
      return agrees([statuses(stack), stack.enforceInvariants()], [["running"], kept]);
    },
  },
  push_two_instances_top_running_rest_waiting: {
    subject: ["CallStack.pushInstance"],
    mutant: mutant(STACK, 'this.#setTop("waiting");', ""),
    check(face) {
      const stack = stackOf(face, ["a", "b"]);
      return agrees([statuses(stack), stack.enforceInvariants()], [["waiting", "running"], kept]);
    },
  },
  pop_promotes_next: {
    subject: ["CallStack.pop"],
    mutant: mutant(STACK, 'this.#setTop("running");\n    return top;', "return top;"),
    check(face) {
      const stack = stackOf(face, ["a", "b"]);
      stack.pop();
      return agrees([statuses(stack), stack.enforceInvariants()], [["running"], kept]);
    },
  },
  pop_last_leaves_empty: {
    subject: ["CallStack.pop"],
    mutant: mutant(
      STACK,
      "const top = this.#entries.pop();\n    this",
      "const top = this.#entries.at(-1);\n    this",
    ),
    check(face) {
      const stack = stackOf(face, ["a"]);
      const popped = stack.pop();
      return agrees([popped?.kind, stack.isEmpty, stack.pop()], ["instance", true, undefined]);
    },
  },
  push_reference_targets_earlier_instance: {
    subject: ["CallStack.pushReference"],
    mutant: mutant(STACK, "targetPosition: position, status", "targetPosition: asU32(1), status"),
    check(face) {
      const stack = stackOf(face, ["a", "b"]);
      const pushed = stack.pushReference(0);
      return allOf(
        agrees(pushed, { ok: true, value: 2 }),
        agrees(stack.running(), { kind: "reference", targetPosition: 0, status: "running" }),
        agrees([statuses(stack), stack.enforceInvariants()], [
          ["waiting", "waiting", "running"],
          kept,
        ]),
      );
    },
  },
  push_reference_out_of_range_rejected: {
    subject: ["CallStack.pushReference"],
    mutant: mutant(
      STACK,
      'if (target === undefined) return err({ kind: "reference-out-of-range", position });',
      'if (target === undefined) return err({ kind: "reference-non-instance", position });',
    ),
    check(face) {
      const stack = stackOf(face, ["a"]);
      const error = { kind: "reference-out-of-range", position: 5 };
      return agrees([stack.pushReference(5), Number(stack.length)], [{ ok: false, error }, 1]);
    },
  },
  push_reference_targeting_reference_rejected: {
    subject: ["CallStack.pushReference"],
    mutant: mutant(
      STACK,
      'if (target.kind !== "instance") return',
      "if (target.kind === undefined) return",
    ),
    check(face) {
      const stack = stackOf(face, ["a"]);
      stack.pushReference(0);
      const error = { kind: "reference-non-instance", position: 1 };
      return agrees([stack.pushReference(1), Number(stack.length)], [{ ok: false, error }, 2]);
    },
  },
  push_beyond_max_depth_rejected: {
    subject: ["CallStack.create", "CallStack.pushInstance"],
    mutant: mutant(
      STACK,
      "this.#entries.length < this.#maxDepth",
      "this.#entries.length <= this.#maxDepth",
    ),
    check(face) {
      const stack = stackOf(face, ["a", "b"], 2);
      const refused = { ok: false, error: { kind: "call-stack-full", maxDepth: 2 } };
      return agrees(
        [stack.pushInstance("c"), stack.pushReference(0), Number(stack.length), statuses(stack)],
        [refused, refused, 2, ["waiting", "running"]],
      );
    },
  },
  running_instance_resolves_through_reference: {
    subject: ["CallStack.runningInstance"],
    mutant: mutant(
      STACK,
      'return top.kind === "instance" ? top.frame : this.frameAt(top.targetPosition);',
      'return top.kind === "instance" ? top.frame : undefined;',
    ),
    check(face) {
      const stack = stackOf(face, ["a", "b"]);
      stack.pushReference(0);
      return agrees(stack.runningInstance(), "a");
    },
  },
};

const CACHES: Readonly<Record<string, Unit>> = {
  miss_then_hit: {
    subject: [
      "ImageCache.getOrDecode",
      "ImageCache.get",
      "ImageCache.isEmpty",
      "ImageCache.length",
    ],
    mutant: mutant(CACHE, "    this.insert(hash, program.value, bytes.length);\n", ""),
    check(face) {
      const cache = cacheOf(face);
      const before = [cache.get(ONES), cache.isEmpty, Number(cache.length)];
      const program = trapIn(cache);
      return agrees(
        [before, cache.get(ONES) === program, cache.isEmpty, Number(cache.length)],
        [[undefined, true, 0], true, false, 1],
      );
    },
  },
  get_or_decode_reuses_existing_entry: {
    subject: ["ImageCache.getOrDecode"],
    mutant: mutant(CACHE, "if (known !== undefined) return ok(known);", ""),
    check(face) {
      const cache = cacheOf(face);
      const program = trapIn(cache);
      const again = cache.getOrDecode(ONES, new Uint8Array(9), new Uint8Array(2), [1]);
      return agrees([again.ok && again.value === program, trapIn(cache, OTHER) === program], [
        true,
        false,
      ]);
    },
  },
  clear_drops_entries: {
    subject: ["ImageCache.clear"],
    mutant: mutant(CACHE, "    this.#kept.clear();\n", ""),
    check(face) {
      const cache = cacheOf(face);
      trapIn(cache);
      cache.clear();
      return agrees([cache.get(ONES), cache.isEmpty], [undefined, true]);
    },
  },
  invalid_bytecode_returns_err: {
    subject: ["ImageCache.getOrDecode"],
    mutant: mutant(CACHE, "if (mask.length !== code.length) {", "if (mask.length > code.length) {"),
    check(face) {
      const cache = cacheOf(face);
      const bad = [[2, 1], [1, 2]].map(([code, mask]) =>
        cache.getOrDecode(ONES, new Uint8Array(code ?? 0), new Uint8Array(mask ?? 0), [])
      );
      const kinds = bad.map((result) => !result.ok && result.error);
      return agrees([kinds, cache.isEmpty], [
        [
          { kind: "invalid-bytecode", text: "a mask of 1 bytes for code of 2" },
          { kind: "invalid-bytecode", text: "a mask of 2 bytes for code of 1" },
        ],
        true,
      ]);
    },
  },
};

const all = { ...STACKS, ...CACHES };

export const proofs: readonly Proof[] = Object.entries(all).map(([name, test]) =>
  unit(name, "kernel, 3.2, 3.3 and 4.3", test)
);

register(proofs);
