/** The operations at 8 bits, inside those of the machine: what the width is a parameter of. */

import { OPERATIONS } from "../model/pvm_alu.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import { computer, machineFor } from "./_kit/pvm_alu.ts";
import { named } from "./_kit/pvm_assemble.ts";
import { register } from "./_kit/register.ts";

/** Operations, the opcodes that do them, and how bytes are extended so that the low byte is theirs. */
const ROWS: readonly (readonly [string, string, "zero" | "sign"])[] = [
  ...["add", "sub", "mul"].flatMap((name) =>
    ["32", "64"].flatMap((width) =>
      (["zero", "sign"] as const).map((extended) => [name, `${name}_${width}`, extended] as const)
    )
  ),
  ...["and", "xor", "or", "and_inv", "or_inv", "xnor"].map((name) => [name, name, "zero"] as const),
  ...["32", "64"].flatMap((width) => [
    ["div_u", `div_u_${width}`, "zero"] as const,
    ["rem_u", `rem_u_${width}`, "zero"] as const,
    ["div_s", `div_s_${width}`, "sign"] as const,
    ["rem_s", `rem_s_${width}`, "sign"] as const,
  ]),
  ["set_lt_u", "set_lt_u", "zero"],
  ["set_lt_s", "set_lt_s", "sign"],
  ["max", "max", "sign"],
  ["max_u", "max_u", "zero"],
  ["min", "min", "sign"],
  ["min_u", "min_u", "zero"],
];

const BYTES = Array.from({ length: 256 }, (_, byte) => BigInt(byte));
const EXTENSIONS: Readonly<Record<"zero" | "sign", (byte: bigint) => bigint>> = {
  zero: (byte) => byte,
  sign: (byte) => BigInt.asUintN(64, BigInt.asIntN(8, byte)),
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/alu_at_8_bits",
    claim: "the model's operations at 8 bits are the low byte of what the machine does with bytes",
    subject: ["Machine.run", "Machine.setRegister"],
    spec: "Gray Paper, appendix A.5",
    strength: "exhaustive",
    domain: domain.product({
      byte: domain.map(domain.range(0, 255), (byte) => (byte * 127 + 128) % 256),
      row: domain.of(...ROWS),
    }),
    reaches: ["zero", "sign"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/arithmetic.ts", "case 225: // or_inv", "case 235: // or_inv"),
      mutant("src/pvm/arithmetic.ts", "case 228: // max_u", "case 238: // max_u"),
      mutant(
        "src/pvm/lowering.ts",
        "...rows(REGISTERS_ONLY, 190, 190, 41)",
        "...rows(REGISTERS_ONLY, 190, 191, 40)",
      ),
    ],
    check: ({ byte, row: [name, mnemonic, extended] }, reach, implementation) => {
      const extend = EXTENSIONS[extended];
      const compute = machineFor(
        implementation,
        `${mnemonic} ${extended} at 8 bits`,
        () => computer(implementation, [named(mnemonic)], BYTES.map(extend)),
      );
      reach(extended);
      const results = compute(extend(BigInt(byte)));
      const wanted = BYTES.map((other) => OPERATIONS[name]?.(8n, BigInt(byte), other, 0n));
      return agrees(BYTES.map((_, place) => (results[place] ?? 0n) % 256n), wanted);
    },
  }),
];

register(proofs);
