/** An engine that has no room for another buffer while a Vm of mode v3 works. */

import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { BUSY, type Busy } from "./_kit/kernel_v3_busy.ts";
import { TABLES } from "./_kit/kernel_v3_guest.ts";
import { type Pair, pairOf, realCall } from "./_kit/kernel_v3_lockstep.ts";
import { publish } from "./_kit/kernel_v3_real.ts";
import { withRoomFor } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

/** A Vm and a directory with what a call needs. */
function readyFor(face: Face, { call, limits }: Busy): Pair {
  const pair = pairOf(face, limits, TABLES);
  for (const cap of [call.instance, call.slot0]) publish(face, pair.directory, cap);
  return pair;
}

const contentOf = ({ directory }: Pair): readonly string[] =>
  valueOf(directory.blobHashes()).toSorted();

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_an_engine_without_room_is_an_error",
    claim:
      "whichever buffer of a call the engine has no room for: the call gives an error and stores nothing, and the Vm and the directory are as good as before",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product({
      buffers: domain.of(0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987),
      what: domain.of(...Object.keys(BUSY)),
    }),
    reaches: ["no-room", "invalid-bytecode", "result"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/vm.ts",
        "    } finally {\n      parts.busy = false;",
        "      parts.busy = false;",
      ),
      mutant(
        "src/kernel/vm.ts",
        'return err({ kind: "no-room" }); // of',
        "throw new RangeError(); // of",
      ),
    ],
    check({ buffers, what }, reach, face) {
      const busy = BUSY[what];
      if (busy === undefined) return `no call ${what}`;
      const pair = readyFor(face, busy);
      const before = contentOf(pair);
      let first: ReturnType<typeof realCall> | undefined;
      const thrown = isTotal(() => {
        first = withRoomFor(buffers, () => realCall(pair, busy.call));
      });
      if (thrown !== undefined || first === undefined) return thrown ?? "no result";
      reach(first.ok ? "result" : first.error.kind);
      const clean = readyFor(face, busy);
      const result = realCall(clean, busy.call);
      if (first.ok) return agrees([first, contentOf(pair)], [result, contentOf(clean)]);
      // What was saved is a file at once, and stays one.
      const others = contentOf(pair).filter((hash) => !before.includes(hash))
        .filter((hash) => pair.directory.get(hash)?.kind !== "data");
      const { vm } = pair;
      const again = realCall({ ...clean, vm, directory: pair.directory }, {
        ...busy.call,
        gas: 0n,
      });
      return allOf(
        agrees(others, []),
        agrees(again.ok, true),
        agrees(
          realCall({ ...clean, ...readyFor(face, busy), directory: pair.directory }, busy.call),
          result,
        ),
      );
    },
  }),
];

register(proofs);
