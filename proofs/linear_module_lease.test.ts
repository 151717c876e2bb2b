/** Proofs that a lease of a library module ends with its call, however the call ends. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as linear from "../src/linear/mod.ts";
import { bytesOf, callsAgree, type Command, libraryOf, memoryOf } from "./_kit/modules.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";
import type { Face } from "./_kit/tables.ts";

const mutant = sourceMutants<Face>("src/linear/mod.ts");
const LIBRARY = "src/linear/library_module.ts";
const SPEC = "Wasm core 2.0, 4.2.5";

/** The body of `withMemory` from the call of the callback on. */
const BODY = `    try {
      return ok(callback(loan.lease));
    } catch (thrown) {
      return err({ kind: "callback-threw", thrown });
    } finally {
      loan.revoke();
    }`;

/** Ends the lease only when the callback returns. */
const endsOnReturnOnly = mutant(
  LIBRARY,
  BODY,
  `    try {
      const value = callback(loan.lease);
      loan.revoke();
      return ok(value);
    } catch (thrown) {
      return err({ kind: "callback-threw", thrown });
    }`,
);
const neverEnds = mutant(LIBRARY, BODY, BODY.replace("loan.revoke();", ""));

/** Every operation of a lease and of what it extends, by name. */
function operationsOf({ MemoryLease }: Face): readonly string[] {
  const names: string[] = [];
  for (
    let level: object = MemoryLease.prototype;
    level !== Object.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (typeof value === "function" && name !== "constructor") names.push(name);
    }
  }
  return names;
}

/** Whether an operation did what it was asked for. */
function succeeded(given: unknown): boolean {
  return typeof given === "number" ? given >= 0 : Reflect.get(Object(given), "ok") === true;
}

/** How the callback can come by the lease later. */
const LATER = {
  "after an await": async (lease: linear.MemoryLease): Promise<unknown> => {
    await null;
    return lease.loadU8(0);
  },
  "in a timer": (lease: linear.MemoryLease): Promise<unknown> =>
    new Promise((resolve) => setTimeout(() => resolve(lease.loadU8(0)), 0)),
  "in a microtask": (lease: linear.MemoryLease): Promise<unknown> =>
    Promise.resolve().then(() => lease.loadU8(0)),
  "in a generator": (lease: linear.MemoryLease): Iterator<unknown> =>
    (function* () {
      yield lease.loadU8(0);
    })(),
  "in a closure": (lease: linear.MemoryLease): () => unknown => () => lease.loadU8(0),
  "as the value": (lease: linear.MemoryLease): linear.MemoryLease => lease,
} as const;

/** What a load through a kept lease gives, whichever way it was kept. */
async function loadedLater(kept: unknown): Promise<unknown> {
  const value = await kept;
  if (typeof value === "function") return value();
  if (typeof value === "object" && value !== null) {
    if ("next" in value && typeof value.next === "function") return value.next().value;
    if ("loadU8" in value && typeof value.loadU8 === "function") return value.loadU8(0);
  }
  return value;
}

const EXPIRED = { ok: false, error: { kind: "lease-expired" } };

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear_module/calls_agree_with_model",
    claim: "in programs of nested calls each lease is good until its own call ends, and no longer",
    subject: ["LibraryModule.withMemory"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.words<Command>(
      domain.of("enter", "leave", "throw", "put 0", "put 1", "put 2"),
      5,
    ),
    reaches: ["returned", "threw", "stored", "expired"],
    implementation: linear,
    mutants: [
      neverEnds,
      endsOnReturnOnly,
      mutant(LIBRARY, BODY, BODY.replace("return ok", "loan.revoke();\n      return ok")),
      mutant(LIBRARY, BODY, BODY.replace("loan.revoke();", "queueMicrotask(loan.revoke);")),
      mutant(LIBRARY, BODY, BODY.replace("loan.lease", "memory")),
      mutant(LIBRARY, BODY, BODY.replace("thrown });", "thrown: undefined });")),
      mutant(
        LIBRARY,
        BODY,
        BODY.replace('return err({ kind: "callback-threw", thrown });', "throw thrown;"),
      ),
    ],
    check: callsAgree,
  }),
  defineProof({
    id: "linear_module/every_operation_of_a_lease_ends",
    claim: "each operation of a lease works during the call, and after it gives an error value",
    subject: ["LibraryModule.withMemory"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({
      name: domain.of(...operationsOf(linear)),
      ending: domain.of("return", "throw"),
    }),
    reaches: ["worked, then ended"],
    implementation: linear,
    mutants: [neverEnds, endsOnReturnOnly],
    check({ name, ending }, reach, face) {
      const memory = memoryOf(face, 16);
      const segment = face.DataSegment.create(Uint8Array.of(1));
      if (!segment.ok) return "no segment";
      const kept: linear.MemoryLease[] = [];
      // Whichever of these the operation takes is what it is called with again, once it has ended.
      const choices: readonly (readonly unknown[])[] = [
        [0],
        [0, 0],
        [0, 0n],
        [0, 0, 0],
        [0, Uint8Array.of(1)],
        [memory, 0, 0, 1],
        [segment.value, 0, 0, 1],
        [],
      ];
      const work = (lease: linear.MemoryLease, args: readonly unknown[]): unknown =>
        Reflect.apply(Reflect.get(lease, name), lease, args);
      let taken: readonly unknown[] | undefined;
      libraryOf(face).withMemory(memory, (lease) => {
        kept.push(lease);
        taken = choices.find((args) => succeeded(work(lease, args)));
        if (ending === "throw") throw new Error("hostile");
      });
      if (taken === undefined) return `${name} never worked`;
      const before = bytesOf(memory);
      const after = kept.map((lease) => work(lease, taken ?? []));
      reach("worked, then ended");
      const expected = typeof after[0] === "number" ? -1 : EXPIRED;
      return allOf(agrees(after, [expected]), agrees(bytesOf(memory), before));
    },
  }),
  defineProof({
    id: "linear_module/a_lease_does_not_wait",
    claim: "a lease kept by async code, a generator or a closure has ended when that code runs",
    subject: ["LibraryModule.withMemory"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.values(LATER)),
    reaches: ["ended"],
    implementation: linear,
    mutants: [
      neverEnds,
      mutant(
        LIBRARY,
        BODY,
        `    const value = callback(loan.lease);
    Promise.resolve(value).then(() => setTimeout(loan.revoke, 10));
    return ok(value);`,
      ),
    ],
    async check(later, reach, face) {
      const memory = memoryOf(face, 4);
      const given = libraryOf(face).withMemory<unknown>(memory, (lease) => {
        lease.storeU8(0, 9);
        return later(lease);
      });
      if (!given.ok) return given.error.kind;
      reach("ended");
      return allOf(
        agrees(bytesOf(memory), [9, 0, 0, 0]),
        agrees(await loadedLater(given.value), EXPIRED),
      );
    },
  }),
];

register(proofs);
