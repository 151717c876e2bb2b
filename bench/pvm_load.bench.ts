/**
 * Loading is linear: decoding and preparing takes as long for each byte of a large program as for
 * each byte of a small one. Both groups load about 500 KB in all.
 */

import { decodeBlob, encodeBlob, OPCODES, Program } from "../src/pvm/mod.ts";

const SMALL_BYTES = 5_000;
const TIMES = 100;

const CODES: readonly number[] = OPCODES.filter(({ dialects }) => dialects.includes("gray-paper"))
  .map(({ code }) => code);

/** A blob of so many bytes of code, all instructions by turns, each with four bytes of operands. */
function blobOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const starts = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const place = at % 5;
    starts[at] = place === 0 ? 1 : 0;
    bytes[at] = place === 0 ? CODES[(at / 5) % CODES.length] ?? 0 : (at * 7) % 256;
  }
  const blob = encodeBlob({
    bytes,
    starts,
    jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
  });
  return blob.ok ? blob.value : new Uint8Array(0);
}

const small = blobOf(SMALL_BYTES);
const large = blobOf(SMALL_BYTES * TIMES);

function load(blob: Uint8Array): void {
  const code = decodeBlob(blob);
  if (!code.ok || !Program.create(code.value).ok) throw new Error("the program cannot be loaded");
}

Deno.bench({
  name: `${TIMES} programs of ${SMALL_BYTES} bytes`,
  group: "load 500 KB",
  baseline: true,
  fn: () => {
    for (let time = 0; time < TIMES; time++) load(small);
  },
});

Deno.bench({
  name: `one program of ${SMALL_BYTES * TIMES} bytes`,
  group: "load 500 KB",
  fn: () => load(large),
});
