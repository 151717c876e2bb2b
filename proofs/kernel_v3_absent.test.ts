/** What is known by its hash alone, in mode v3: the same values with one part of them absent. */

import { rootOf } from "../model/kernel_v3_kernel.ts";
import type { Cap, Instance } from "../model/kernel_v3_values.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { BUSY, type Busy } from "./_kit/kernel_v3_busy.ts";
import { TABLES } from "./_kit/kernel_v3_guest.ts";
import { HASHES } from "./_kit/kernel_v3_hashes.ts";
import { bothCall, pairOf } from "./_kit/kernel_v3_lockstep.ts";
import { publish, reachable } from "./_kit/kernel_v3_real.ts";
import { lacking, without } from "./_kit/kernel_v3_lacking.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: What is stored";
const SUBJECT = ["Vm.create", "Vm.invokeCached", "Vm.callResume"];
const METERS = "src/kernel/v3/meters.ts";
const SLOTS = "src/kernel/v3/slots.ts";
const YIELDS = "src/kernel/v3/yields.ts";
const RESUME = "src/kernel/v3/resume.ts";

/** More than any of the calls has parts. */
const PARTS_MAX = 36;

/** What an Instance is made of, and what it is given: all but the Instance itself. */
function partsOf({ call }: Busy): readonly string[] {
  const parts = reachable(call.slot0, reachable(call.instance));
  for (const [, file] of TABLES.files) reachable(file, parts);
  parts.delete(HASHES.of(call.instance));
  parts.delete(HASHES.of(rootOf([]))); // the kernel makes it anew, and knows it then
  return [...parts.keys()];
}

const asInstance = (cap: Cap): Instance => {
  if (cap.is !== "instance") throw new Error(`an Instance became ${cap.is}`);
  return cap;
};

/** The call on both sides; after an error the directory has what it had. */
function differs(
  face: typeof kernel,
  { call, limits }: Busy,
  change: (cap: Cap) => Cap,
  reach: (kind: string) => void,
): string | undefined {
  const instance = asInstance(change(call.instance));
  const slot0 = call.slot0 === undefined ? undefined : change(call.slot0);
  const files = TABLES.files.map(([id, file]) => [id, change(file)] as const);
  const pair = pairOf(face, limits, { ...TABLES, files });
  publish(face, pair.directory, instance);
  publish(face, pair.directory, slot0);
  const before = Number(pair.directory.blobCount);
  const { failure, end } = bothCall(pair, { ...call, instance, slot0 });
  const isStopped = "kind" in end;
  reach(isStopped ? "error" : end.ending?.kind ?? "none");
  return allOf(
    failure,
    isStopped ? agrees(Number(pair.directory.blobCount), before) : undefined,
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_what_is_absent_ends_a_call_when_it_is_needed",
    claim:
      "calls that need nearly everything end as the model says; with any one blob absent the error names it, as soon as it is needed and no sooner, and nothing is stored",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      at: domain.range(0, PARTS_MAX),
      what: domain.of(...Object.keys(BUSY)),
    }),
    reaches: ["error", "halt", "paused"],
    implementation: kernel,
    mutants: [
      mutant(
        METERS,
        "  if (!data.ok) return data;\n  if (!DataCap",
        "  if (!data.ok) return ok(undefined);\n  if (!DataCap",
      ),
      mutant(YIELDS, "  if (!catcher.ok) return catcher;\n", "  if (!catcher.ok) return ok(0);\n"),
      mutant(
        RESUME,
        "  if (!pinned.ok) return pinned;\n",
        "  if (!pinned.ok) return ok(undefined);\n",
      ),
      mutant(
        SLOTS,
        "    if (!next.ok) return next;\n",
        "    if (!next.ok) return ok(undefined);\n",
      ),
      mutant(
        "src/kernel/v3/files.ts",
        "  if (!data.ok) return data;\n  if (DataCap",
        "  if (!data.ok) return ok(undefined);\n  if (DataCap",
      ),
    ],
    check({ at, what }, reach, face) {
      const call = BUSY[what];
      if (call === undefined) return `no call ${what}`;
      const hash = at === 0 ? "" : partsOf(call)[at - 1];
      if (hash === undefined) return undefined; // it has fewer parts
      return differs(face, call, (cap) => at === 0 ? cap : without(cap, hash), reach);
    },
  }),
  defineProof({
    id: "kernel/v3_a_slot_that_says_it_is_missing_ends_a_call",
    claim:
      "the same with a slot, or a page of Data, that itself says that its content is missing, whatever is done to it",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      at: domain.range(0, PARTS_MAX),
      what: domain.of(...Object.keys(BUSY)),
    }),
    reaches: ["error", "halt", "paused"],
    implementation: kernel,
    mutants: [
      mutant(
        SLOTS,
        '? failure({ kind: "blob-missing", hash: content.missing })',
        "? ok(undefined)",
      ),
      mutant(
        "src/kernel/v3/memory.ts",
        "  if (!place.ok) return place;\n  if (place.value === undefined) return ok(undefined);\n  const { held } = place.value;\n  return",
        "  if (!place.ok || place.value === undefined) return ok(undefined);\n  const { held } = place.value;\n  return",
      ),
    ],
    check({ at, what }, reach, face) {
      const call = BUSY[what];
      const hash = call === undefined ? undefined : partsOf(call)[at];
      if (call === undefined || hash === undefined) return undefined;
      return differs(face, call, (cap) => lacking(cap, hash), reach);
    },
  }),
];

register(proofs);
