/** Code that is none. */

import { type Code, OPCODES } from "../../src/pvm/mod.ts";
import type { Random } from "./fuzz_inputs.ts";

/** Bytes with any mask. */
export function garbage(random: Random): Code {
  const length = random.below(90);
  const bytes = random.bytes(length);
  const starts = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    if (random.below(2) === 0) bytes[at] = random.pick(OPCODES, OPCODES[0])?.code ?? 0;
    starts[at] = random.below(3) === 0 ? 1 : 0;
  }
  const count = random.below(8);
  const entries = Uint8Array.from({ length: count }, () => random.below(length + 1));
  return { bytes, starts, jumpTable: { count, width: 1, bytes: entries } };
}
