/** Odd programs in mode compat: what is none, what is not there, what nobody answers. */

import { serialize, type Value } from "../model/kernel_ssz.ts";
import { ANY_CAP } from "../model/kernel_v3_caps.ts";
import type { CallResult, Result } from "../src/kernel/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import {
  AA,
  assistWith,
  benchOf,
  invoke,
  kindOf,
  put,
  putCnode,
  putData,
  putImage,
  putInstance,
} from "./_kit/kernel_compat_unit.ts";
import { directoryOver, faces, MapStore } from "./_kit/kernel_store.ts";
import { operation } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

type Outcome = Result<CallResult, { readonly kind: string }>;
const told = (outcome: Outcome): string => outcome.ok ? kindOf(outcome.value) : outcome.error.kind;

/** A program that runs out of gas in a callee, below a catcher; the assist says nothing of it. */
function silent(face: Face): Outcome {
  const bench = benchOf(face);
  const { assist, directory } = bench;
  const catcher = assist.yieldCatcherNew();
  const yieldCatcherMarkers = () => {
    throw new Error("no");
  };
  const mute = benchOf(face, { assist: assistWith(assist, { yieldCatcherMarkers }) }, directory);
  const child = putInstance(bench, { lines: [] });
  const parts = { lines: operation(26, 4, 0), source: { yieldMarkerSlot: 6 } };
  const instance = putInstance(bench, parts, { 4: child, 6: catcher });
  for (let gas = 1n; gas < 100n; gas++) {
    const outcome = invoke(mute, instance, gas);
    if (told(outcome) !== "out-of-gas") return outcome;
  }
  return { ok: false, error: { kind: "never" } };
}

/** A program that asks for the type of what the store has only rubble of. */
function damaged(face: Face): Outcome {
  const store = new MapStore();
  const bench = benchOf(face, {}, directoryOver({ ...faces, ...face }, store));
  const child = putInstance(bench, { lines: [] });
  const instance = putInstance(bench, { lines: operation(21, 4, 5) }, { 4: child });
  store.bytes.set(child, Uint8Array.of(1, 2, 3));
  return invoke(bench, instance);
}

/** A program that opens a file twice, of Data behind a handle; or once, and holds the handle too. */
function openingTwice(face: Face, isHeld: boolean): Outcome {
  const bench = benchOf(face);
  const { directory, assist } = bench;
  const data = valueOf(face.DataCap.inline(Uint8Array.of(7)));
  const ref = valueOf(directory.putInstance(data));
  const own = assistWith(assist, { hostOpen: () => ref });
  const mute = benchOf(face, { assist: own }, directory);
  const lines = [...operation(24, 9, 5), ...isHeld ? [] : operation(24, 9, 6)];
  const imageHash = putImage(bench, { lines });
  const slots = isHeld ? [{ slot: 12, target: ref }] : [];
  const rootCnode = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(4, slots))));
  const options = { imageHashChain: AA, imageHash, rootCnode };
  const instance = valueOf(directory.putInstance(valueOf(face.InstanceCap.create(options))));
  return invoke(mute, instance);
}

/** A program that makes a child of an image that maps nothing to somewhere. */
function mappingNothing(face: Face): Outcome {
  const bench = benchOf(face);
  const path = new Array<bigint>(8).fill(0n);
  const parts: Value = [[10n, 0n], [1n], [], [], [[0n, 4096n, path, 0n]], [], [], [0n]];
  const image = valueOf(face.decodeCap(Uint8Array.from(serialize(ANY_CAP, [1n, parts]))));
  const held = { 7: put(bench, image), 8: putCnode(bench) };
  return invoke(bench, putInstance(bench, { lines: operation(18, 7, 8, 9) }, held));
}

/** Odd programs, and how they end. */
const SCENES: Readonly<Record<string, readonly [(face: Face) => Outcome, string]>> = {
  "a catcher that the assist does not know": [silent, "assist-failed"],
  "a type of rubble": [damaged, "corrupt-blob"],
  "a mapping of nothing": [mappingNothing, "halt"],
  "a file of a handle that is opened twice": [(face) => openingTwice(face, false), "trap"],
  "a file of a handle that is held as well": [
    (face) => openingTwice(face, true),
    "instance-missing",
  ],
  "an entry far beyond the code": [
    (face) => {
      const bench = benchOf(face);
      const source = { endpoints: [{ index: 0, entryPc: 2n ** 63n }] };
      return invoke(bench, putInstance(bench, { lines: [], source }));
    },
    "panic",
  ],
  "an image that is none": [
    (face) => {
      const bench = benchOf(face);
      const lines = operation(17, 3);
      return invoke(bench, putInstance(bench, { lines }, { 3: putData(bench, "x") }));
    },
    "trap",
  ],
  "an image that is not there": [
    (face) => {
      const bench = benchOf(face);
      return invoke(bench, putInstance(bench, { lines: operation(17, 3) }, { 3: AA }));
    },
    "trap",
  ],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_odd_programs_end_as_they_have_to",
    claim:
      "images that are none trap, an entry beyond all code panics, and what the assist does not " +
      "say is its failure",
    subject: ["Vm.invokeCached"],
    spec: "capabilities, 5",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["ended"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/compat/data.ts",
        "  if (!cap.ok) return cap;\n  const dst = slotOf(frame, 8);",
        "  if (!cap.ok) return TRAP;\n  const dst = slotOf(frame, 8);",
      ),
      mutant(
        "src/kernel/compat/spawn.ts",
        "step === undefined || sourcePathLength === 0 ? undefined",
        "step === undefined || sourcePathLength === 0 ? imageless()",
      ),
      mutant(
        "src/kernel/compat/drive.ts",
        "OOG_MARKER.value);\n  if (!catcher.ok) return catcher;",
        'OOG_MARKER.value);\n  if (!catcher.ok) return fault(run, gas, frame, { kind: "out-of-gas" });',
      ),
      mutant(
        "src/kernel/compat/enter.ts",
        "  if (!image.ok) return trapOr(image.error);\n  const program",
        '  if (!image.ok) return ok("set-image");\n  const program',
      ),
      mutant(
        "src/kernel/compat/frame.ts",
        "offset > PC_MAX ? PC_MAX : offset",
        "offset > PC_MAX ? 0n : offset",
      ),
    ],
    check(name, reach, face) {
      const [scene, expected] = SCENES[name] ?? [];
      const outcome = scene?.(face);
      reach("ended");
      return agrees(outcome && told(outcome), expected);
    },
  }),
];

register(proofs);
