/** COPY, MOVE, DROP and SWAP of mode v3, with slots out of a small set, against the model. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ADDRESS, number, path, SLOT } from "./_kit/kernel_programs.ts";
import { done, NINE, numbers, single } from "./_kit/kernel_v3_single.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Operands";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const SLOTS = "src/kernel/v3/slots.ts";
const OP_SLOTS = "src/kernel/v3/operations/slots.ts";

/** Slots and paths that stand for every rule there is about one. */
const PLACES = domain.of(
  ...[SLOT.payload, SLOT.empty, SLOT.other, SLOT.cnode, SLOT.pinned, 256].map(number),
  path(SLOT.other),
  path(256),
  path(SLOT.cnode, SLOT.data),
  path(SLOT.cnode, SLOT.other),
  path(SLOT.cnode, 16),
  path(SLOT.data, 1),
  path(SLOT.pinned, 1),
  path(SLOT.cnode, SLOT.cnode, 0),
);

/** Values that stand for no path at all. */
const NO_PATHS = domain.of(
  number(2n ** 63n),
  number(2n ** 32n + BigInt(ADDRESS.data)),
  path(NINE, 1, 1, 1, 1, 1, 1, 1, 1),
  number(2n ** 63n + 9n * 2n ** 32n + BigInt(ADDRESS.scratch)),
  number(2n ** 63n + 2n ** 32n + 5n),
  number(2n ** 63n + 2n ** 32n + 2n ** 32n - 2n),
);

/** Sources and destinations of every sort. */
const SOURCES = domain.of(
  ...[SLOT.cnode, SLOT.pinned, SLOT.payload, SLOT.other, 256].map(number),
  path(SLOT.cnode, SLOT.data),
  path(256),
);
const TARGETS = domain.of(
  ...[SLOT.other, SLOT.empty, SLOT.data].map(number),
  path(SLOT.cnode, SLOT.other),
  path(SLOT.cnode, 16),
  path(SLOT.data, 1),
  path(SLOT.cnode, SLOT.cnode, 0),
);

/** The second slots of a swap. */
const SECONDS = domain.of(
  ...[SLOT.payload, SLOT.other, SLOT.pinned].map(number),
  path(256),
  path(SLOT.cnode, SLOT.data),
  path(SLOT.cnode, SLOT.other),
  path(SLOT.data, 1),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_copy_and_move",
    claim: "COPY and MOVE between any two slots of a set give the model's Instance, or fault",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.product({ from: NO_PATHS, to: numbers(SLOT.other), code: domain.of(1, 2) }),
      domain.product({ from: SOURCES, to: TARGETS, code: domain.of(1, 2) }),
    ),
    reaches: done(1, 2),
    implementation: kernel,
    mutants: [
      mutant(SLOTS, "held.value === undefined && mayChange(", "mayChange("),
      mutant(
        SLOTS,
        "held.value === undefined && mayChange(frame, path.value)",
        "held.value === undefined",
      ),
      mutant(SLOTS, "if (operand < BY_ADDRESS) return FAILED;", ""),
      mutant(
        SLOTS,
        "steps < 1 || steps > MAX_SOURCE_DEPTH",
        "steps < 0 || steps > MAX_SOURCE_DEPTH",
      ),
      mutant(SLOTS, "steps < 1 || steps > MAX_SOURCE_DEPTH", "steps < 1"),
      mutant(SLOTS, "const STEP_BYTES = 4;", "const STEP_BYTES = 2;"),
      mutant(OP_SLOTS, "if (isPinned(frame, source.value.path)) return FAILED;", ""),
      mutant(OP_SLOTS, "if (!mayChange(frame, path)) return FAILED;", ""),
      mutant(OP_SLOTS, "if (!outlives(destination.value, path)) return FAILED;", ""),
      mutant(
        OP_SLOTS,
        "const taken = putAt(run, frame, source.path, undefined);",
        "const taken = ok(undefined);",
      ),
    ],
    check: ({ code, from, to }, reach, face) => single(face, { code, operands: [from, to] }, reach),
  }),
  defineProof({
    id: "kernel/v3_drop_and_swap",
    claim: "DROP of any slot and SWAP of any two of a set give the model's Instance, or fault",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.map(PLACES, (slot) => ({ code: 3, operands: [slot] })),
      domain.map(
        domain.product({ a: PLACES, b: SECONDS }),
        ({ a, b }) => ({ code: 4, operands: [a, b] }),
      ),
    ),
    reaches: done(3, 4),
    implementation: kernel,
    mutants: [
      mutant(
        OP_SLOTS,
        "return mayChange(frame, path) ? putAt(run, frame, path, undefined) : FAILED;",
        "return putAt(run, frame, path, undefined);",
      ),
      mutant(
        OP_SLOTS,
        "if (!mayChange(frame, first.path) || !mayChange(frame, second.path)) return FAILED;",
        "",
      ),
      mutant(
        OP_SLOTS,
        "if (!samePath(first.path.slice(0, -1), second.path.slice(0, -1))) return FAILED;",
        "",
      ),
      mutant(
        OP_SLOTS,
        "putAt(run, frame, second.path, first.held)",
        "putAt(run, frame, second.path, second.held)",
      ),
    ],
    check: (each, reach, face) => single(face, each, reach),
  }),
];

register(proofs);
