/** Which operands typed writes take: all that their width has a place for, and none beyond. */

import * as model from "../model/paged.ts";
import * as paged from "../src/paged/mod.ts";
import { agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  BACKENDS,
  build,
  type Face,
  layout,
  nameOf,
  outcomeOf,
  settings,
  stateOf,
  stateOfModel,
  WIDTHS,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const TYPED = "src/paged/typed.ts";

/** Powers of two at which operands change their meaning, or end. */
const EDGES = [0, 7, 8, 15, 16, 31, 32, 62, 63, 64];

/** An operand around an edge, of the sort that the width asks for. */
function operandOf(width: number, edge: number, sign: number, off: number): number | bigint {
  const value = BigInt(sign) * 2n ** BigInt(edge) + BigInt(off);
  return width === 8 ? value : Number(value);
}

/** A typed write of a memory. */
function write(memory: ReturnType<typeof build>["real"], width: number, operand: number | bigint) {
  if (typeof operand === "bigint") return memory.writeU64(4, operand);
  if (width === 1) return memory.writeU8(4, operand);
  return width === 2 ? memory.writeU16(4, operand) : memory.writeU32(4, operand);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/writes_take_operands_up_to_their_edges",
    claim:
      "a typed write takes every operand around the powers of two that has a place in its sort, " +
      "signed or not, writes its low bytes, and refuses the others without a change",
    subject: ["FlatMemory", "SparseMemory"].flatMap((owner) =>
      [8, 16, 32, 64].map((bits) => `${owner}.writeU${bits}`)
    ),
    spec: "operands of the library; JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      width: domain.of(...WIDTHS),
      edge: domain.of(...EDGES),
      sign: domain.of(-1, 1),
      off: domain.of(-1, 0, 1),
    }),
    reaches: ["ok", "invalid-argument"],
    implementation: paged,
    mutants: [
      mutant(TYPED, "-(2n ** 63n)", "-(2n ** 62n)"),
      mutant(TYPED, "value >= 2n ** 64n", "value > 2n ** 64n"),
      mutant(TYPED, "value >= 2n ** 64n", "value >= 2n ** 63n"),
      mutant(TYPED, "-2_147_483_648, 4_294_967_295", "-2_147_483_647, 4_294_967_295"),
      mutant(TYPED, "-2_147_483_648, 4_294_967_295", "-2_147_483_648, 4_294_967_296"),
    ],
    check({ backend, width, edge, sign, off }, reach, face) {
      const { real, model: state } = build(
        face,
        settings(backend, 16),
        layout(16, ["read-write"]),
      );
      const operand = operandOf(width, edge, sign, off);
      const step = model.store(state, BigInt(width), 4, operand);
      const outcome = outcomeOf(write(real, width, operand));
      reach(nameOf(step.outcome));
      return agreesWithModel(
        { outcome, state: stateOf(real) },
        { outcome: step.outcome, state: stateOfModel(step.state) },
      );
    },
  }),
];

register(proofs);
