/** Leases: the lender's memory while they last, and nothing at all afterwards. */

import { grow, init } from "../model/linear_memory.ts";
import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import { isTotal, type Proof } from "../src/proof/mod.ts";
import { implementation, mutant, outcomeOf, pair } from "./_kit/linear_memory.ts";
import { applyModel, applyTo, SELF, VALID } from "./_kit/linear_memory_commands.ts";
import { stateOfModelWorld, stateOfWorld, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7; the borrow of a caller's memory";
const shape = { pages: 1, max: 4, pageBytes: 16 };
const METHODS = [...new Set(VALID.map(({ method }) => `MemoryLease.${method}`))];

/** Operations on no bytes, which fit everywhere but in an expired lease. */
const EMPTY = [
  { method: "read", args: [0, 0] },
  { method: "copy", args: [0, 0, 0] },
  { method: "fill", args: [0, 0, 0] },
  { method: "initData", args: [0, new Uint8Array(0)] },
  { method: "copyFrom", args: [SELF, 0, 0, 0] },
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/lease_works_on_the_lenders_memory",
    claim: "every operation of a live lease gives the model's outcome and whole state of the " +
      "lender's memory, also after either of them grew it or the lender began anew",
    subject: ["IsolatedMemory.lend", ...METHODS],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      before: domain.of(
        "nothing",
        "lender grows",
        "lease grows",
        "lender begins anew",
        "other ends",
      ),
      command: domain.of(...VALID, ...EMPTY, { method: "loadI32", args: [13] }),
    }),
    reaches: ["nothing", "lender grows", "lease grows", "lender begins anew", "other ends"],
    implementation,
    mutants: [
      mutant("lease.ts", "backing?.openWindow() ?? new Window()", "new Window()"),
      mutant("backing.ts", "this.#windows.add(window);", ""),
      mutant("backing.ts", "this.#windows.delete(window);", "this.#windows.clear();"),
    ],
    check({ before, command }, reach, face) {
      const { real, model } = worlds(face, shape);
      const { lease } = real.memory.lend();
      const other = real.memory.lend();
      let memory = model.memory;
      reach(before);
      if (before === "lender grows" || before === "lease grows") {
        (before === "lender grows" ? real.memory : lease).grow(1);
        memory = grow(memory, 1).state;
      }
      if (before === "lender begins anew") {
        real.memory.init(2);
        memory = init(memory, 2).state;
      }
      if (before === "other ends") {
        other.revoke();
        lease.grow(1);
        memory = grow(memory, 1).state;
      }
      const { state, outcome } = applyModel({ ...model, memory }, command);
      return agreesWithModel(
        { outcome: applyTo(lease, real, command), state: stateOfWorld(real) },
        { outcome, state: stateOfModelWorld(state) },
      );
    },
  }),
  defineProof({
    id: "linear/lease_expires_for_every_operation",
    claim:
      "after revoke, once or twice, and whatever the lender does then, every operation of the " +
      "lease gives lease-expired, size and grow -1, its sizes 0, and nothing changes",
    subject: [
      ...METHODS,
      ...["pageCount", "activeSize", "maxPages", "pageSizeBytes"].map((name) =>
        `MemoryLease.${name}`
      ),
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      revokes: domain.range(1, 2),
      after: domain.of("nothing", "lender grows", "lender begins anew"),
      command: domain.of(...VALID, ...EMPTY, { method: "loadI32", args: [99] }),
    }),
    reaches: ["expired"],
    implementation,
    mutants: [
      mutant("lease.ts", "revoke: () => window.close()", "revoke: () => {}"),
      mutant("backing.ts", "this.size = CLOSED_SIZE;", ""),
      mutant("backing.ts", "CLOSED_SIZE = -1;", "CLOSED_SIZE = 0;"),
      mutant("backing.ts", "    this.fault = LEASE_EXPIRED;\n", ""),
      mutant("backing.ts", "this.backing = undefined;\n", ""),
      mutant("backing.ts", "backing?.forget(this);", ""),
      mutant("bulk.ts", "this.#window.backing?.pages ?? -1", "this.#window.backing?.pages ?? 0"),
    ],
    check({ revokes, after, command }, reach, face) {
      const { real, model } = worlds(face, shape);
      const { lease, revoke } = real.memory.lend();
      for (let count = 0; count < revokes; count++) revoke();
      let memory = model.memory;
      if (after === "lender grows") {
        real.memory.grow(1);
        memory = grow(memory, 1).state;
      }
      if (after === "lender begins anew") {
        real.memory.init(2);
        memory = init(memory, 2).state;
      }
      const isNumber = command.method === "grow" || command.method === "size";
      const given = applyTo(lease, real, command);
      reach("expired");
      const { activeSize, maxPages, pageCount, pageSizeBytes } = lease;
      return allOf(
        agrees(given, isNumber ? -1 : { trap: "lease-expired" }),
        agrees([activeSize, maxPages, pageCount, pageSizeBytes], [0, 0, 0, 0]),
        agrees(stateOfWorld(real), stateOfModelWorld({ ...model, memory })),
      );
    },
  }),
  defineProof({
    id: "linear/lease_ends_with_everything_made_from_it",
    claim:
      "after revoke, the unboxed and unchecked accesses made from a lease reach nothing, and " +
      "copying from it into another memory gives lease-expired",
    subject: ["unboxedOf", "uncheckedOf", "IsolatedMemory.copyFrom", "IsolatedMemory.lend"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({ offset: domain.range(0, 15), live: domain.of(true, false) }),
    reaches: ["live", "expired"],
    implementation,
    mutants: [
      mutant("backing.ts", "    this.view = NO_VIEW;\n", ""),
      mutant("backing.ts", "this.size = CLOSED_SIZE;", ""),
      mutant("bulk.ts", "return err(from.fault);", "return err(at.fault);"),
    ],
    check({ offset, live }, reach, face) {
      const [one, two] = [pair(face, shape), pair(face, shape)];
      const { lease, revoke } = one.real.lend();
      const [unboxed, unchecked] = [face.unboxedOf(lease), face.uncheckedOf(lease)];
      reach(live ? "live" : "expired");
      if (!live) revoke();
      const byte = one.model.bytes[offset] ?? 0;
      const seen = [
        unboxed.loadU8(offset),
        unboxed.storeU8(offset, 255 - byte),
        outcomeOf(two.real.copyFrom(lease, 0, 0, 1)),
      ];
      unchecked.storeU8(offset, 7);
      return allOf(
        agrees(
          seen,
          live ? [byte, true, { ok: null }] : [undefined, false, { trap: "lease-expired" }],
        ),
        agrees(outcomeOf(one.real.loadU8(offset)), { ok: live ? 7 : byte }),
        isTotal(() => unchecked.loadI64(offset)),
      );
    },
  }),
];

register(proofs);
