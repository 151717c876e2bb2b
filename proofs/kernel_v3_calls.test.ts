/** Calls in mode v3: how targets are entered, and how calls end. */

import type { Cap } from "../model/kernel_v3_values.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ask, type Line, SLOT } from "./_kit/kernel_programs.ts";
import { MARKERS } from "./_kit/kernel_programs_worlds.ts";
import {
  bare,
  BROKEN,
  data,
  endOf,
  goes,
  IDLE,
  imageWith,
  instanceWith,
  kernel as ofKernel,
  LEAF,
  PAUSED,
  reachOnly,
  store,
  YIELDER,
} from "./_kit/kernel_v3_guest.ts";
import { PLAIN_LIMITS } from "./_kit/kernel_v3_lockstep.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Calls";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const ENTER = "src/kernel/v3/enter.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const MEMORY = "src/kernel/v3/memory.ts";
const CALLS = "src/kernel/v3/operations/calls.ts";

/** Targets that end in every way there is. */
const TARGETS: Readonly<Record<string, Cap>> = {
  halts: IDLE,
  "traps": bare(imageWith([{ kind: "trap" }])),
  "panics": bare(imageWith([{ kind: "jump nowhere" }])),
  "page fault": bare(imageWith([store(0x9_1234, 1)])),
  "falls off its end": bare(imageWith([], { ending: "falls off" })),
  "fails an operation": bare(imageWith([ask(1, [3, 4])])),
  "no such operation": bare(imageWith([ask(999, [])])),
  "yields to nobody": bare(
    imageWith([ask(16, [SLOT.marker])]),
    [[SLOT.marker, ofKernel("file", [[2, data(1)]])]],
  ),
  yields: YIELDER,
  "is faulted": BROKEN,
  "is paused": PAUSED,
  "has a small cnode": { ...IDLE, root: { is: "cnode", sizeLog: 7, slots: [] } },
  "has Data for a cnode": { ...IDLE, root: data(1) },
  "has Data for an image": { ...IDLE, image: data(1) },
  "has a source of another kind": bare(imageWith([]), [[SLOT.data, LEAF]]),
  "has too much Data": bare(imageWith([]), [[SLOT.data, data(...Array<number>(4097).fill(1))]]),
  "has as much Data as fits": bare(imageWith([]), [[
    SLOT.data,
    data(...Array<number>(4096).fill(1)),
  ]]),
  "has a source that leads nowhere": bare(imageWith([], { mappings: ["nested"] })),
  "is no Instance": data(1),
  "sets a meter": ofKernel("set_gas_meter"),
  "is a marker": ofKernel("oog_marker"),
  "changes and halts": bare(imageWith([ask(2, [SLOT.payload, 20]), ask(1, [20, SLOT.payload])])),
};

/** What the proofs have to have seen. */
const CAUSED = [
  "trap",
  "panic",
  "page-fault",
  "operation 1 failed",
  "operation 26 failed",
] as const;
const WANTED: readonly string[] = ["halt", "faulted", ...CAUSED];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_calls_end_as_the_model_says",
    claim:
      "a call of every sort of target, with a payload or none, leaves registers, slot 0 and slot as the model says",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.product({
        payload: domain.of(true, false),
        target: domain.of<string>("halts", "is faulted", "is no Instance", "sets a meter"),
        endpoint: domain.of<number>(256, 3),
      }),
      domain.product({
        payload: domain.of(true, false),
        target: domain.of(...Object.keys(TARGETS)),
        endpoint: domain.of<number>(0),
      }),
    ),
    reaches: ["halt", "faulted", ...CAUSED],
    implementation: kernel,
    mutants: [
      mutant(ENTER, 'if (status.state !== "idle") return refused(NOT_ENTERED.status);', ""),
      mutant(
        ENTER,
        "CNodeCap.is(root.value) && root.value.sizeLog === ROOT_SIZE_LOG;",
        "CNodeCap.is(root.value);",
      ),
      mutant(ENTER, "status: 1, image: 2,", "status: 2, image: 1,"),
      mutant(
        ENTER,
        "const cnode = withSlot(root.value, 0, payload);",
        "const cnode = payload === undefined ? root.value : withSlot(root.value, 0, payload);",
      ),
      mutant(LEAVE, "BigInt(detailOf(reason)) << 8n", "BigInt(detailOf(reason)) << 4n"),
      mutant(LEAVE, '"page-fault": 3n,', '"page-fault": 2n,'),
      mutant(LEAVE, "setSlot0(caller, ending.slot0);", ""),
      mutant(LEAVE, "setSlot0(frame, undefined);\n  const target", "const target"),
      mutant(
        MEMORY,
        "if (length.value > bytes) return ok(undefined);",
        "if (length.value >= bytes) return ok(undefined);",
      ),
      mutant(CALLS, "const ENDPOINT_MAX = 255;", "const ENDPOINT_MAX = 256;"),
    ],
    check({ target, payload, endpoint }, reach, face) {
      const lines: readonly Line[] = [ask(26, [SLOT.child, endpoint, 1, 2]), { kind: "show" }];
      const top = instanceWith(
        imageWith(lines, { catches: target !== "yields to nobody", mappings: [] }),
        { [SLOT.child]: TARGETS[target] },
      );
      const went = goes(face, top, payload ? { slot0: MARKERS[0] } : {});
      reachOnly(reach, WANTED, [...went.did, endOf(went)]);
      return went.failure;
    },
  }),
  defineProof({
    id: "kernel/v3_depth_and_memory_are_limits",
    claim:
      "nested calls go as deep as the Vm allows and map as much, and what is beyond fails or is not entered",
    subject: SUBJECT,
    spec: "the kernel, mode v3: The stack",
    strength: "bounded",
    domain: domain.product({ maxDepth: domain.range(1, 5), pages: domain.range(1, 5) }),
    reaches: ["halt", "faulted", "operation 26 failed"],
    implementation: kernel,
    mutants: [
      mutant(CALLS, "if (!hasRoom(run, 1)) return FAILED;", ""),
      mutant(
        MEMORY,
        "run.mapped + mappedBytes > run.host.memoryBytes",
        "mappedBytes > run.host.memoryBytes",
      ),
      mutant(
        MEMORY,
        "run.mapped + mappedBytes > run.host.memoryBytes",
        "run.mapped + mappedBytes >= run.host.memoryBytes",
      ),
    ],
    check({ maxDepth, pages }, reach, face) {
      const image = imageWith([ask(26, [SLOT.child, 0])], { mappings: ["scratch"], pinsData: [] });
      let top = bare(imageWith([], { mappings: ["scratch"], pinsData: [] }));
      for (let depth = 0; depth < 4; depth++) top = bare(image, [[SLOT.child, top]]);
      const limits = { ...PLAIN_LIMITS, maxDepth, memoryBytes: 4096n * BigInt(pages) };
      const went = goes(face, top, {}, limits);
      reachOnly(reach, WANTED, [...went.did, endOf(went)]);
      return went.failure;
    },
  }),
];

register(proofs);
