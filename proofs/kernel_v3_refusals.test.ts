/** What few programs of version 3 ask for: wrong paths, parts that say they are missing, odd pauses. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { unsaving } from "./_kit/kernel_v3_odd_world.ts";
import { SCENES, UNSAVED } from "./_kit/kernel_v3_oddities.ts";
import { worldOf } from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const CALLS = "src/kernel/v3/operations/calls.ts";
const DATA = "src/kernel/v3/operations/data.ts";
const IMAGES = "src/kernel/v3/operations/images.ts";
const KERNEL = "src/kernel/v3/kernel_calls.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const METERS = "src/kernel/v3/meters.ts";
const SLOTS = "src/kernel/v3/slots.ts";
const TYPES = "src/kernel/v3/operations/types.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_odd_programs_end_as_they_have_to",
    claim:
      "wrong paths and refused files fail the operation, what says that it is missing ends the " +
      "call as that error, and what the kernel cannot take is refused",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume"],
    spec: "the kernel, mode v3",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES), ...Object.keys(UNSAVED)),
    reaches: ["error", "end"],
    implementation: kernel,
    mutants: [
      mutant(
        CALLS,
        "callResume(run: Run, frame: Frame): Checked<undefined> {\n  const path = pathIn(frame, 7);\n  if (!path.ok) return path;",
        "callResume(run: Run, frame: Frame): Checked<undefined> {\n  const path = pathIn(frame, 7);\n  if (!path.ok) return ok(undefined);",
      ),
      mutant(
        CALLS,
        "dropPaused(run: Run, frame: Frame): Checked<undefined> {\n  const path = pathIn(frame, 7);\n  if (!path.ok) return path;",
        "dropPaused(run: Run, frame: Frame): Checked<undefined> {\n  const path = pathIn(frame, 7);\n  if (!path.ok) return ok(undefined);",
      ),
      mutant(
        DATA,
        "if (file.value === undefined) return FAILED;",
        "if (file.value === undefined) return ok(undefined);",
      ),
      mutant(
        DATA,
        "  if (!length.ok) return failure(length.error);\n  const allowed",
        "  if (!length.ok) return FAILED;\n  const allowed",
      ),
      mutant(DATA, "  if (!shown.ok) return shown;\n", ""),
      mutant(
        DATA,
        "  if (!length.ok) return failure(length.error);\n  const left",
        "  if (!length.ok) return FAILED;\n  const left",
      ),
      mutant(
        IMAGES,
        "    if (!held.ok) return held;\n    if (held.value !== undefined) return FAILED;",
        "    if (!held.ok || held.value !== undefined) return FAILED;",
      ),
      mutant(
        IMAGES,
        "  if (!image.ok) return FAILED;\n  const paid",
        "  if (!image.ok) return ok(undefined);\n  const paid",
      ),
      mutant(KERNEL, "listed.length < MARKERS_MAX", "listed.length < MARKERS_MAX - 1"),
      mutant(
        KERNEL,
        "return cnode === undefined ? REFUSED",
        "return cnode === undefined ? ok({ value: 0n, slot0: payload, cnode: call.cnode })",
      ),
      mutant(
        KERNEL,
        "const read: Handler = (call) => {\n  const listed = listedIn(call.cnode);\n  if (!listed.ok) return listed;",
        "const read: Handler = (call) => {\n  const listed = listedIn(call.cnode);\n  if (!listed.ok) return REFUSED;",
      ),
      mutant(
        KERNEL,
        "  return file.value === undefined\n    ? REFUSED",
        "  return file.value === undefined\n    ? ok({ value: 0n, slot0: payload, cnode: call.cnode })",
      ),
      mutant(
        LEAVE,
        "  if (!slot0.ok) return slot0;\n  const { caller } = frame;\n  if (caller === undefined) return endFaulted",
        "  if (!slot0.ok) return ok(undefined);\n  const { caller } = frame;\n  if (caller === undefined) return endFaulted",
      ),
      mutant(
        LEAVE,
        "a mapping may have written it back\n  if (!slot0.ok) return slot0;",
        "a mapping may have written it back\n  if (!slot0.ok) return endHalted(run, 0n, undefined, idleValue(run, frame));",
      ),
      mutant(
        "src/kernel/v3/content.ts",
        "return bytes.ok ? bytes : failureOf(bytes.error);",
        "return bytes.ok ? bytes : ok(new Uint8Array(length));",
      ),
      mutant("src/kernel/v3/drive.ts", 'isAtEnd(frame) ? "trap" : "panic"', '"panic"'),
      mutant(
        "src/kernel/v3/memory.ts",
        "  if (!place.ok) return place;\n  if (place.value === undefined) return ok(undefined);\n  const { held } = place.value;\n  const stays",
        "  if (!place.ok || place.value === undefined) return ok(undefined);\n  const { held } = place.value;\n  const stays",
      ),
      mutant(
        METERS,
        "if (!length.ok) return failure(length.error);",
        "if (!length.ok) return ok(undefined);",
      ),
      mutant(
        SLOTS,
        "emptySlot(run: Run, frame: Frame, register: number): Checked<Path> {\n  const path = pathIn(frame, register);\n  if (!path.ok) return path;",
        "emptySlot(run: Run, frame: Frame, register: number): Checked<Path> {\n  const path = pathIn(frame, register);\n  if (!path.ok) return ok([20]);",
      ),
      mutant(
        TYPES,
        "  if (!operands.ok) return operands;\n",
        "  if (!operands.ok) return ok(chain);\n",
      ),
      mutant(
        TYPES,
        "  if (!other.ok) return other;\n  const chain",
        "  if (!other.ok) return ok(undefined);\n  const chain",
      ),
    ],
    check(name, reach, face) {
      const [scene, expected] = SCENES[name] ?? UNSAVED[name] ?? [];
      const given = scene?.(name in UNSAVED ? unsaving(face) : worldOf(face));
      reach(typeof given === "string" && given.endsWith("missing") ? "error" : "end");
      return agrees(given, expected);
    },
  }),
];

register(proofs);
