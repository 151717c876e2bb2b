/** Instances of the kernel in mode v3: what they answer, and when they refuse. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, SLOT } from "./_kit/kernel_programs.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import {
  data,
  goes,
  IDLE,
  imageWith,
  instanceWith,
  kernel as ofKernel,
  quota,
  slotIn,
} from "./_kit/kernel_v3_guest.ts";
import { register } from "./_kit/register.ts";

const ENTER = "src/kernel/v3/enter.ts";
const KERNEL_CALLS = "src/kernel/v3/kernel_calls.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_the_kernels_own_instances",
    claim:
      "every Instance of the kernel answers or refuses as the model does, at any endpoint and with any payload",
    subject: [
      "Vm.create",
      "Vm.invokeCached",
      "InProcessKernelAssist.gasMeterGet",
      "InProcessKernelAssist.hostOpen",
    ],
    spec: "the kernel, mode v3: Instances of the kernel",
    strength: "bounded",
    domain: domain.product({
      id: domain.of(0, 2),
      payload: domain.of("marker", "listed", "data", "none"),
      label: domain.of(
        ...["set_gas_meter", "set_storage_quota", "mint_gas", "mint_quota"] as const,
        ...["create_yield_catcher", "yieldcatcher", "host_open", "host_save", "gas"] as const,
      ),
      endpoint: domain.of(0, 1, 2),
    }),
    reaches: ["answered", "refused"],
    implementation: kernel,
    mutants: [
      mutant(KERNEL_CALLS, "if (slots.length > 0) return call.cnode;", ""),
      mutant(
        KERNEL_CALLS,
        "withSlot(call.cnode, listed.length + 1, marker)",
        "withSlot(call.cnode, listed.length, marker)",
      ),
      mutant(
        KERNEL_CALLS,
        "value: set.value, slot0: call.payload",
        "value: 0n, slot0: call.payload",
      ),
      mutant(KERNEL_CALLS, "!slots.includes(index + 1)", "!slots.includes(index)"),
      mutant(
        ENTER,
        "const cnode = withSlot(answer.cnode, 0, undefined);",
        "const cnode = withSlot(answer.cnode, 0, answer.slot0);",
      ),
    ],
    check({ label, endpoint, payload, id }, reach, face) {
      const [first = IDLE, second = IDLE, third = IDLE] = MARKERS;
      const target = label === "yieldcatcher"
        ? ofKernel(label, [[1, first], [2, second], [4, third]])
        : label === "gas"
        ? quota(1n)
        : ofKernel(label);
      const given = payload === "marker"
        ? third
        : payload === "listed"
        ? first
        : payload === "data"
        ? data(1, 2, 3)
        : undefined;
      const lines = [ask(26, [SLOT.child, endpoint, id, 50]), ask(2, [SLOT.payload, 20])];
      const top = instanceWith(imageWith(lines), { [SLOT.child]: target });
      const went = goes(face, top, { slot0: given });
      reach(slotIn(went, SLOT.child) === undefined ? "refused" : "answered");
      return went.failure;
    },
  }),
];

register(proofs);
