/** Gas and quota in mode v3: what meters lose, and what becomes of those that are spent. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, SLOT } from "./_kit/kernel_programs.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import {
  bare,
  catching,
  continues,
  endOf,
  gas,
  goes,
  handler,
  IDLE,
  imageWith,
  kernel as ofKernel,
  postOf,
  quota,
  reachOnly,
} from "./_kit/kernel_v3_guest.ts";
import { PLAIN_CALL } from "./_kit/kernel_v3_scene.ts";
import { register } from "./_kit/register.ts";

const METERS = "src/kernel/v3/meters.ts";
const DRIVE = "src/kernel/v3/drive.ts";
const YIELDS = "src/kernel/v3/yields.ts";

const [MARKER = IDLE] = MARKERS;

/** What the proof has to have seen. */
const WANTED: readonly string[] = ["halt", "paused", "gas spent", "quota spent"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_gas_and_quota_are_conserved",
    claim:
      "meters and quotas lose what is used and nothing else, whichever way what is spent is noticed and made good",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume", "InProcessKernelAssist.gasMeterGet"],
    spec: "the kernel, mode v3: Gas and quota",
    strength: "bounded",
    domain: domain.product({
      gas: domain.of(0n, 96n, 97n, 400n, 2000n),
      own: domain.of<readonly number[]>([], [SLOT.gas], [SLOT.gas, SLOT.gasToo]),
      catches: domain.of(true, false),
      topUp: domain.of(0, 300),
      quotas: domain.of<readonly number[]>([], [SLOT.quota]),
    }),
    reaches: WANTED,
    implementation: kernel,
    mutants: [
      mutant(
        METERS,
        "while (from !== undefined && slotsOf(kind, from).length === 0) from = from.caller;",
        "",
      ),
      mutant(DRIVE, "run.gasUsed += left - gas;", "run.gasUsed += left;"),
      mutant(DRIVE, "machine.setPc(startBefore(image, machine.pc)); // it is done anew", ""),
      mutant(
        YIELDS,
        "const yielded = { yielder, marker: marker.value, raised: true };",
        "const yielded = { yielder, marker: marker.value, raised: false };",
      ),
    ],
    check({ gas: budget, own, catches, topUp, quotas }, reach, face) {
      const worker = imageWith(
        [ask(1, [SLOT.marker, 20]), ask(5, [21, 4, SLOT.quota]), ask(3, [20])],
        { mappings: ["scratch"], pinsData: [], gasSlots: own, quotaSlots: quotas },
      );
      const child = bare(worker, [
        [SLOT.marker, MARKER],
        [SLOT.gas, gas(3n)],
        [SLOT.gasToo, gas(1n)],
        [SLOT.quota, quota(topUp === 0 ? 3n : 1n)],
      ]);
      const lines = [
        ask(26, [SLOT.child, 0, 1, 2]),
        ask(26, [SLOT.second, 0, 3, topUp], "when paused"),
        ask(27, [SLOT.child], "while paused"),
      ];
      const image = imageWith(lines, {
        mappings: [],
        pinsData: [],
        gasSlots: [SLOT.gasToo],
        catches,
      });
      const top = bare(image, [
        [SLOT.child, child],
        [SLOT.second, ofKernel("set_gas_meter")],
        [SLOT.catcher, catching(...MARKERS)],
        [SLOT.gasToo, gas(2n)],
      ]);
      const outer = own.length === 0 ? bare(handler(), [[SLOT.child, top]]) : top;
      const first = goes(face, outer, { gas: budget, quota: 31n });
      reachOnly(reach, WANTED, [...first.did, endOf(first)]);
      const post = postOf(first);
      if (first.failure !== undefined || post === undefined) return first.failure;
      if (endOf(first) !== "paused") return undefined;
      const resumed = continues(first.pair, {
        ...PLAIN_CALL,
        kind: "resume",
        instance: post,
        gas: 3000n,
        quota: 64n,
      });
      reachOnly(reach, WANTED, [...resumed.did, endOf(resumed)]);
      return resumed.failure && `afterwards: ${resumed.failure}`;
    },
  }),
];

register(proofs);
