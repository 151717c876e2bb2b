/** What a byte of the mask stands for. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";
import { value } from "./_kit/paged.ts";

/** `load_imm r7, 1`, a jump to what follows it, and a trap; an instruction starts at 0, 3 and 5. */
const BYTES = Uint8Array.of(51, 7, 1, 40, 2, 0);
const STARTS = [0, 3, 5];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/mask_bytes_are_starts_or_none",
    claim: "every byte of the mask other than 0 says that an instruction starts there",
    subject: ["Program.create", "Machine.step"],
    spec: "JAVM, quirk 22: masks of other bytes than 0 and 1",
    strength: "exhaustive",
    domain: domain.product({
      byte: domain.range(0, 255),
      at: domain.of(...STARTS),
      dialect: domain.of("gray-paper", "javm"),
    }),
    reaches: ["start", "none"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/code.ts", "start === 0 ? 0 : 1", "start"),
      mutant("src/pvm/code.ts", "start === 0 ? 0 : 1", "start & 1"),
      mutant("src/pvm/code.ts", "start === 0 ? 0 : 1", "start < 128 ? Math.min(start, 1) : 0"),
    ],
    check({ byte, at, dialect }, reach, { Machine, Program }) {
      reach(byte === 0 ? "none" : "start");
      const trace = (mark: number): readonly unknown[] => {
        const starts = Uint8Array.from(BYTES, (_, place) => STARTS.includes(place) ? 1 : 0);
        starts[at] = mark;
        const code = {
          bytes: BYTES,
          starts,
          jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
        };
        const program = value(
          Program.create(code, {
            dialect: dialect === "javm" ? pvm.JAVM : pvm.GRAY_PAPER,
            gasModel: "instruction",
          }),
        );
        const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
        const machine = value(Machine.create(program, { memory, gas: 100n }));
        return [1, 2, 3].flatMap(() => [machine.step()?.kind, machine.pc, machine.register(7)]);
      };
      return agrees(trace(byte), trace(byte === 0 ? 0 : 1));
    },
  }),
];

register(proofs);
