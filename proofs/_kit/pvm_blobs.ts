/** Decoding blobs beside the model. */

import * as model from "../../model/pvm_program.ts";
import { agrees, allOf } from "../../src/proof/mod.ts";
import { bigs, blobOf, type Face, parsed, plain, reachedBy } from "./pvm_input.ts";

/** What short blobs come to. */
export const DEFECTS: readonly string[] = [
  "ok",
  "jump table length: truncated",
  "jump table length: not-shortest",
  "jump table entry width: truncated",
  "code length: truncated",
  "code length: not-shortest",
  "jump table: truncated",
  "code: truncated",
  "mask: truncated",
  "mask: padding",
  "end: trailing",
];

/** Decodes with both; where they agree on code, it encodes to the bytes again. */
export function decodesAsTheModel(
  bytes: Uint8Array,
  reach: (outcome: string) => void,
  { decodeBlob, encodeBlob }: Face,
): string | undefined {
  const expected = model.deblob(bigs(bytes));
  reach(reachedBy(expected));
  const actual = decodeBlob(bytes);
  return allOf(
    agrees(plain(actual, blobOf), parsed(expected)),
    actual.ok ? agrees(encodeBlob(actual.value), { ok: true, value: bytes }) : undefined,
  );
}
