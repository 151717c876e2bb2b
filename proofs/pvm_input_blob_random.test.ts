/** Random blobs: damaged ones, and both directions. */

import fc from "fast-check";
import * as model from "../model/pvm_program.ts";
import { littleEndian } from "../model/pvm_program_fields.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  type Proof,
  roundTrips,
  sampled,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { decodesAsTheModel, DEFECTS } from "./_kit/pvm_blobs.ts";
import { bigs, bytesOf, codes, damaged, damages, mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Gray Paper, appendix A.2, deblob";
const BLOB = "src/pvm/blob.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_blob_damaged_decodes_as_the_model",
    claim:
      "random blobs, whole, cut, extended or with changed bytes, and random bytes decode as the model does, and back",
    subject: ["decodeBlob", "encodeBlob"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ code: codes(40), damage: damages }) },
        { weight: 1, arbitrary: biased.bytes(40) },
      ),
      { runs: 2000, describe: "damaged blobs of up to 40 code bytes; random bytes" },
    ),
    reaches: [
      ...DEFECTS,
      "jump table length: too-large",
      "code length: too-large",
      "jump table: too-large",
    ],
    implementation: pvm,
    mutants: [
      mutant(
        BLOB,
        "return { bytes, starts: unpackMask(mask, bytes.length)",
        "return { bytes, starts: mask",
      ),
      mutant(BLOB, "    Uint8Array.of(jumpTable.width),\n", "    Uint8Array.of(1),\n"),
    ],
    check(input, reach, face) {
      if (input instanceof Uint8Array) return decodesAsTheModel(input, reach, face);
      const encoded = face.encodeBlob(input.code);
      return encoded.ok
        ? decodesAsTheModel(damaged(encoded.value, input.damage), reach, face)
        : "refused to encode code";
    },
  }),
  defineProof({
    id: "pvm/input_blob_round_trips_code",
    claim: "code encodes to the model's blob, which decodes to the same code",
    subject: ["encodeBlob", "decodeBlob"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(codes(300), { runs: 500, describe: "code of up to 300 bytes" }),
    reaches: ["long", "short"],
    implementation: pvm,
    mutants: [
      mutant(
        BLOB,
        "    naturalBytes(BigInt(bytes.length)),\n",
        "    Uint8Array.of(bytes.length),\n",
      ),
      mutant(BLOB, "    packMask(starts),\n", "    packMask(starts).fill(0),\n"),
    ],
    check(code, reach, { encodeBlob, decodeBlob }) {
      reach(code.bytes.length > 127 ? "long" : "short");
      const { count, width, bytes } = code.jumpTable;
      const entry = (index: number) => bigs(bytes.subarray(index * width, (index + 1) * width));
      const encoded = encodeBlob(code);
      if (!encoded.ok) return "refused code";
      return allOf(
        agrees(
          encoded.value,
          bytesOf(model.blob({
            code: bigs(code.bytes),
            starts: bigs(code.starts),
            width: BigInt(width),
            table: Array.from({ length: count }, (_, i) => littleEndian(entry(i))),
          })),
        ),
        roundTrips(() => encoded.value, (blob) => {
          const decoded = decodeBlob(blob);
          return decoded.ok ? decoded.value : decoded.error;
        }, code),
      );
    },
  }),
];

register(proofs);
