/** Rows and catchers of mode v3 as a store can have them: what they name and catch. */

import { rootOf } from "../model/kernel_v3_kernel.ts";
import type { Cap, Instance } from "../model/kernel_v3_values.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, SLOT } from "./_kit/kernel_programs.ts";
import {
  bare,
  catching,
  data,
  endOf,
  goes,
  handler,
  IDLE,
  imageWith,
  kernel as ofKernel,
  PAUSED,
  slotIn,
} from "./_kit/kernel_v3_guest.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import { register } from "./_kit/register.ts";
const METERS = "src/kernel/v3/meters.ts";
const YIELDS = "src/kernel/v3/yields.ts";
const [MARKER = IDLE, , OOG = IDLE] = MARKERS;

/** Instances of the kernel that name a row in a way that there is, or is not. */
const IDS: Readonly<Record<string, (label: "gas" | "quota") => Instance>> = {
  "no bytes": (label) => ofKernel(label, [[1, data()]]),
  "8 bytes": (label) => ofKernel(label, [[1, data(1, 0, 0, 0, 0, 0, 0, 1)]]),
  "a byte and zeros": (label) =>
    ofKernel(label, [[1, {
      is: "data",
      content: [0n, [1n, ...Array.from({ length: 20 }, () => 0n)]],
    }]]),
  "9 bytes": (label) => ofKernel(label, [[1, data(1, 0, 0, 0, 0, 0, 0, 0, 1)]]),
  "no Data": (label) => ofKernel(label),
  "a cnode": (label) => ofKernel(label, [[1, rootOf([])]]),
  "in another slot": (label) => ofKernel(label, [[2, data(1)]]),
  "a small root": (label) => ({
    ...ofKernel(label),
    root: { is: "cnode", sizeLog: 1, slots: [[1, data(1)]] },
  }),
  "no root": (label) => ({ ...ofKernel(label), root: data(1) }),
  "pages": (label) =>
    ofKernel(label, [[1, {
      is: "data",
      content: [1n, [4096n, [[1n, [2n, ...Array.from({ length: 4095 }, () => 0n)]]]]],
    }]]),
  "the other kind": (label) => ofKernel(label === "gas" ? "quota" : "gas", [[1, data(1)]]),
  "paused": (label) => ({ ...ofKernel(label, [[1, data(1)]]), status: "faulted" }),
};

/** Catchers, most of which catch nothing. */
const CATCHERS: Readonly<Record<string, Cap>> = {
  one: catching(MARKER),
  "behind another": catching(OOG, MARKER),
  "twice": catching(OOG, MARKER, MARKER),
  "behind a gap": ofKernel("yieldcatcher", [[1, OOG], [3, MARKER]]),
  "in slot 0": ofKernel("yieldcatcher", [[0, MARKER]]),
  "in the last slot": ofKernel(
    "yieldcatcher",
    Array.from({ length: 255 }, (_, i) => [i + 1, i < 254 ? OOG : MARKER] as const),
  ),
  "with a small root": {
    ...catching(MARKER),
    root: { is: "cnode", sizeLog: 2, slots: [[1, MARKER]] },
  },
  "without a root": { ...catching(MARKER), root: data(1) },
  "another kernel image": ofKernel("gas", [[1, MARKER]]),
  "no Instance": data(1),
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_rows_are_named_by_up_to_8_bytes",
    claim:
      "a Gas or a Quota names the row of the bytes in its slot 1; what has no such bytes names none, wherever it is used",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "the kernel, mode v3: Gas and quota",
    strength: "bounded",
    domain: domain.product({
      id: domain.of(...Object.keys(IDS)),
      use: domain.of("operand", "active", "gas", "after another"),
    }),
    reaches: ["halt", "faulted", "paused"],
    implementation: kernel,
    mutants: [
      mutant(METERS, "const ID_BYTES = 8;", "const ID_BYTES = 9;"),
      mutant(METERS, "const ID_BYTES = 8;", "const ID_BYTES = 7;"),
      mutant(METERS, "const ID_SLOT = 1;", "const ID_SLOT = 2;"),
      mutant(METERS, "sum * 256n + BigInt(byte)", "sum * 256n + BigInt(byte) % 2n"),
      mutant(METERS, "    if (id.value !== undefined) return held;\n", "    return held;\n"),
    ],
    check({ id, use }, reach, face) {
      const make = IDS[id];
      if (make === undefined) return "no such row";
      const gasSlots = use === "gas"
        ? [SLOT.gas]
        : use === "after another"
        ? [SLOT.gas, SLOT.gasToo]
        : [];
      const quotaSlots = use === "active"
        ? [SLOT.quota]
        : use === "after another"
        ? [SLOT.other, SLOT.quota]
        : [];
      const image = imageWith([ask(5, [20, 4, SLOT.quota]), {
        kind: "store",
        address: 0x2_0000,
        value: 1,
      }], {
        mappings: ["scratch", "data"],
        pinsData: [],
        gasSlots,
        quotaSlots,
      });
      const top = bare(image, [
        [SLOT.gas, make("gas")],
        [SLOT.gasToo, ofKernel("gas", [[1, data(2)]])],
        [SLOT.quota, make("quota")],
        [SLOT.other, ofKernel("quota", [[1, data(3)]])],
      ]);
      const went = goes(face, top);
      reach(endOf(went));
      return went.failure;
    },
  }),
  defineProof({
    id: "kernel/v3_catchers_are_lists_without_gaps",
    claim:
      "a yield is caught by what is an Instance of the kernel's catcher, in the slots behind 0 up to the first that is empty",
    subject: ["Vm.create", "Vm.invokeCached"],
    spec: "the kernel, mode v3: Yields",
    strength: "bounded",
    domain: domain.of(...Object.keys(CATCHERS)),
    reaches: ["caught", "faulted"],
    implementation: kernel,
    mutants: [
      mutant(YIELDS, "let slot = 1; slot <= MARKERS_MAX", "let slot = 0; slot <= MARKERS_MAX"),
      mutant(YIELDS, "export const MARKERS_MAX = 255;", "export const MARKERS_MAX = 254;"),
      mutant(YIELDS, 'isOfKernel(catcher.value, "yieldcatcher")', "catcher.ok"),
      mutant(YIELDS, "slots.value[0] ?? 0", "slots.value.at(-1) ?? 0"),
    ],
    check(name, reach, face) {
      const catcher = CATCHERS[name];
      if (catcher === undefined) return "no such catcher";
      const yielder = bare(imageWith([ask(16, [SLOT.marker])], { mappings: [], pinsData: [] }), [[
        SLOT.marker,
        MARKER,
      ]]);
      const top = bare(handler(), [[SLOT.child, yielder], [SLOT.catcher, catcher], [
        SLOT.second,
        PAUSED,
      ]]);
      const went = goes(face, top);
      reach(slotIn(went, SLOT.child) === undefined ? "faulted" : "caught");
      return went.failure;
    },
  }),
];

register(proofs);
