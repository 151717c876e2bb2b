/** What reaches a data segment past the type checker: its constructor. */

import * as linear from "../src/linear/mod.ts";
import { agrees, defineProof, hostileFor, isTotal, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof linear>("src/linear/mod.ts");
const SEGMENT = "src/linear/segment.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/forged_segments_have_no_bytes",
    claim:
      "what the constructor of a data segment makes of a value that is no array of bytes has " +
      "length 0, and no memory takes it for a segment until it has been dropped",
    subject: ["DataSegment.length", "DataSegment.drop", "IsolatedMemory.initSegment"],
    spec: "nothing throws",
    strength: "bounded",
    domain: hostileFor("bytes"),
    reaches: ["forged"],
    implementation: linear,
    mutants: [
      mutant(SEGMENT, "this.#bytes?.length ?? 0", "this.#bytes?.length ?? 1"),
      mutant(SEGMENT, "this.#bytes = copyBytes(bytes);", "this.#bytes = bytes;"),
    ],
    check({ make }, reach, { DataSegment, IsolatedMemory }) {
      const memory = IsolatedMemory.create(1, 1);
      if (!memory.ok) return "there is no memory";
      const seen: unknown[] = [];
      const failure = isTotal(() => {
        const segment: linear.DataSegment = Reflect.construct(DataSegment, [make()]);
        const init = () => memory.value.initSegment(segment, 0, 0, 0).ok;
        seen.push(segment.length, init());
        segment.drop();
        seen.push(segment.length, init());
      });
      reach("forged");
      return failure ?? agrees(seen, [0, false, 0, true]);
    },
  }),
];

register(proofs);
