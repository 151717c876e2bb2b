/** An engine that refuses one of the larger buffers of a call, in mode compat. */

import type { CallResult, Result } from "../src/kernel/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import { busy } from "./_kit/kernel_compat_busy.ts";
import { type Bench, benchOf, invoke, kindOf, putInstance } from "./_kit/kernel_compat_unit.ts";
import { ecalli, load, small, storeByte } from "./_kit/kernel_guest.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

type Outcome = Result<CallResult, { readonly kind: string }>;
const told = (outcome: Outcome): string => outcome.ok ? kindOf(outcome.value) : outcome.error.kind;

/** Runs something while the engine refuses the buffer of a number among those of some elements. */
function withoutBuffer<T>(number: number, elements: number, run: () => T): T {
  let made = 0;
  return withEngine((_name, size) => {
    if (typeof size === "number" && size >= elements && made++ === number) {
      throw new RangeError("no room");
    }
  }, run);
}

/** A program that stores to memory that it never wrote to. */
function storing(bench: Bench): string {
  const memoryMappings = [{ start: 0n, size: 8192n, source: [1] }];
  return putInstance(bench, { lines: [storeByte(7, 4096)], source: { memoryMappings } }, {}, {
    memSize: 8192,
  });
}

/** What is refused, and how the call, or its resumption, ends. */
const REFUSED: Readonly<Record<string, (face: Face, number: number) => Outcome>> = {
  "a page of a call": (face, number) => {
    const bench = benchOf(face);
    const instance = busy(bench);
    return withoutBuffer(number, 1000, () => invoke(bench, instance));
  },
  "a page of a resumption": (face, number) => {
    const bench = benchOf(face);
    invoke(bench, busy(bench));
    return withoutBuffer(number, 1000, () => bench.vm.callResume(bench.directory));
  },
  "a page that is stored to": (face, number) => {
    const bench = benchOf(face);
    const instance = storing(bench);
    return withoutBuffer(number, 1000, () => invoke(bench, instance));
  },
  "a page that becomes Data": (face, number) => {
    const bench = benchOf(face);
    bench.assist.storageQuotaSet(0n, 100_000n);
    const lines = [load(7, 0n), load(8, 4096n), small(9, 0), small(10, 11), ecalli(23)];
    const instance = putInstance(bench, { lines }, {}, { memSize: 4096 });
    return withoutBuffer(number, 1000, () => invoke(bench, instance));
  },
  "any buffer of a call": (face, number) => {
    const bench = benchOf(face);
    const instance = storing(bench);
    return withoutBuffer(5 * number, 0, () => invoke(bench, instance));
  },
};

/** Which of them are refused: the others are like one of these. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  "a page of a call": [0, 3, 9, 10],
  "a page of a resumption": [0, 3, 10, 19],
  "a page that is stored to": [0, 3, 4, 5, 6],
  "a page that becomes Data": [4, 5, 6, 7, 8],
  "any buffer of a call": [0, 4, 8, 12, 20],
};
const CASES = Object.entries(NUMBERS).flatMap(([what, numbers]) =>
  numbers.map((number) => ({ what, number }))
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_calls_without_room_say_so",
    claim:
      "a call, or its resumption, for whose page or larger buffer the engine has no room says so, " +
      "or ends as with room",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.of(...CASES),
    reaches: ["no-room", "paused", "halt"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/compat/build.ts",
        'error.kind === "no-room" ? { kind: "no-room" }',
        'error.kind === "no-room" ? { kind: "stack-empty" }',
      ),
      mutant(
        "src/kernel/compat/build.ts",
        'if (!made.ok) return err({ kind: "no-room" });',
        'if (!made.ok) return broken("no memory");',
      ),
      mutant(
        "src/kernel/compat/frame.ts",
        'if (!memory.ok) return err({ kind: "no-room" });',
        'if (!memory.ok) return err({ kind: "invariant", text: "no memory" });',
      ),
      mutant(
        "src/kernel/compat/drive.ts",
        '    case "no-room":\n      return { ok: false, error: { kind: "no-room" } };\n',
        "",
      ),
    ],
    check({ what, number }, reach, face) {
      const outcomes: Outcome[] = [];
      const failure = isTotal(() => {
        const outcome = REFUSED[what]?.(face, number);
        if (outcome !== undefined) outcomes.push(outcome);
      });
      const [kind = "nothing"] = outcomes.map(told);
      reach(kind);
      return failure ?? (kind === "invariant" ? "it is called a fault of the library" : undefined);
    },
  }),
];

register(proofs);
