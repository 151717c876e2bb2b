/** What becomes of the memory of programs of mode v3 that halt. */

import type { Cap } from "../model/kernel_v3_values.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ADDRESS, ask, type Line, SLOT } from "./_kit/kernel_programs.ts";
import {
  data,
  endOf,
  goes,
  imageWith,
  instanceWith,
  reachOnly,
  type Special,
  store,
} from "./_kit/kernel_v3_guest.ts";
import { register } from "./_kit/register.ts";

const LEAVE = "src/kernel/v3/leave.ts";
const MEMORY = "src/kernel/v3/memory.ts";

/** Data that is not canonical: it changes when it is written back. */
const PADDED: Cap = { is: "data", content: [0n, Array<bigint>(4096).fill(0n).fill(3n, 0, 1)] };

/** What the proof has to have seen. */
const WANTED: readonly string[] = ["halt", "paused", "faulted", "quota spent", "page-fault"];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_write_back",
    claim:
      "what a program changes in a mapping is Data in its source when it halts, paid by the page, unless it replaced the source",
    subject: ["Vm.create", "Vm.invokeCached", "InProcessKernelAssist.storageQuotaGet"],
    spec: "the kernel, mode v3: Calls",
    strength: "bounded",
    domain: domain.product({
      value: domain.of(7, 0),
      replaces: domain.of<readonly Line[]>([], [ask(3, [SLOT.data])], [
        ask(3, [SLOT.data]),
        ask(1, [SLOT.authored, SLOT.data]),
      ], [ask(2, [SLOT.cnode, 20])]),
      quota: domain.of(4096n, 8192n),
      writes: domain.of<readonly number[]>([], [0], [4095, 4096], [8191]),
      mapping: domain.of<Special["mappings"]>(["data"], ["nested"], ["authored"], ["pinned"]),
    }),
    reaches: WANTED,
    implementation: kernel,
    mutants: [
      mutant(LEAVE, "payActive(run, frame, PAGE_SIZE * pages)", "payActive(run, frame, PAGE_SIZE)"),
      mutant(MEMORY, "if (!stays.value) return ok(undefined);", ""),
      mutant(
        MEMORY,
        "if (pages === 0) return ok(undefined);\n  const data",
        "const data",
      ),
      mutant(
        MEMORY,
        'if (shows !== undefined) memory.protectRegion(start, bytes, "read-only");',
        "",
      ),
    ],
    check({ writes, value, mapping, replaces, quota: left }, reach, face) {
      const base = ADDRESS[mapping?.[0] ?? "data"];
      const lines = [...replaces, ...writes.map((at) => store(base + at, value))];
      const image = imageWith(lines, {
        pages: 2,
        ...(mapping === undefined ? {} : { mappings: mapping }),
      });
      const top = instanceWith(image, { [SLOT.authored]: PADDED });
      const went = goes(face, top, { quota: left, slot0: data(9) });
      reachOnly(reach, WANTED, [...went.did, endOf(went)]);
      return went.failure;
    },
  }),
];

register(proofs);
