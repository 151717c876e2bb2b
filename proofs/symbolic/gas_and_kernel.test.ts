/** Gas, for all 2^64 amounts of it; and the slots and trees of the kernel. */

import type { Proof } from "../../src/proof/mod.ts";
import * as s from "../../src/symbolic/mod.ts";
import type { Truth } from "../../src/symbolic/mod.ts";
import { register } from "../_kit/register.ts";
import { type Given, type Row, rowProof } from "../_kit/symbolic_rows.ts";

const U64 = s.range(0, 2n ** 64n - 1n);

const TANK = "src/pvm/gas_tank.ts";
const GAS = "Gray Paper, appendix A.3";
const AT_HAND = 2n ** 52n;

const GASES: readonly Row[] = [
  {
    id: "gas_spend",
    says: "what is spent of the available gas is gone, and no other: for all 2^64 amounts of gas",
    subject: "Machine.gas",
    spec: GAS,
    file: TANK,
    function: "spent",
    harness: `export function spent(gas, amount) {
      const tank = new GasTank();
      tank.gas = gas;
      const available = tank.available;
      if (amount <= available) tank.spend(amount);
      return [available, tank.gas];
    }`,
    inputs: { gas: U64, amount: s.range(0, 2n ** 31n - 1n) },
    given: (g) => ({ gas: s.big(g("gas")), amount: g("amount") }),
    shows: (g, { value }) => {
      const available = value.item(0).integer;
      const paid = s.atMost(g("amount"), available);
      return s.and(
        s.equal(available, s.choose(s.less(AT_HAND, g("gas")), AT_HAND, g("gas"))),
        s.equal(value.item(1).integer, s.subtract(g("gas"), s.choose(paid, g("amount"), 0n))),
      );
    },
    from: "this.#atHand += Number(moved)",
    to: "this.#atHand = Number(moved) - 1",
  },
  {
    id: "gas_spend_and_give_back",
    says: "gas that is given back is there again, beside what was moved from the reserve meanwhile",
    subject: "Machine.gas",
    spec: GAS,
    file: TANK,
    function: "returned",
    harness: `export function returned(gas, amount, back) {
      const tank = new GasTank();
      tank.gas = gas;
      if (amount > tank.available) return tank.gas + BigInt(amount) - BigInt(back);
      tank.spend(amount);
      const available = tank.available;
      tank.spend(-back);
      return tank.gas;
    }`,
    inputs: { gas: U64, amount: s.range(0, 2n ** 31n - 1n), back: s.range(0, 2n ** 31n - 1n) },
    where: (g) => s.and(s.atMost(g("back"), g("amount")), s.atMost(g("amount"), g("gas"))),
    given: (g) => ({ gas: s.big(g("gas")), amount: g("amount"), back: g("back") }),
    shows: (g, { value }) =>
      s.equal(value.integer, s.add(s.subtract(g("gas"), g("amount")), g("back"))),
    from: "this.#reserve -= moved",
    to: "this.#reserve -= moved - 1n",
  },
  ...[true, false].map((single): Row => ({
    id: single ? "gas_plan_of_one" : "gas_plan_of_blocks",
    says: single
      ? "one instruction is begun if and only if it can be paid for"
      : "blocks are begun with no more than the gas there is, and only when the first can be paid for",
    subject: single ? "Machine.step" : "Machine.run",
    spec: GAS,
    file: "src/pvm/interpreter.ts",
    function: "planned",
    harness: `export function planned(available, cost, paid, single) {
      const prepared = {
        layout: { words: [0, 0, 0, 0, 0, 0, 0, 0] },
        gasModel: "block",
        isTerminator: (operation) => true,
        costAt: (record, fuel) => cost,
      };
      const stretch = plan(prepared, available, 0, paid, single);
      return stretch === undefined ? undefined : [stretch.entryCost, stretch.fuel];
    }`,
    inputs: {
      available: s.range(0, AT_HAND),
      cost: s.range(0, 2n ** 31n - 1n),
      paid: s.range(0, 1),
    },
    given: (g) => ({
      available: g("available"),
      cost: g("cost"),
      paid: s.equal(g("paid"), 1n),
      single,
    }),
    shows: (g, { value }) => planShows(g, value, single),
    from: single ? "return cost > available" : "const fuel = Math.min(available, FUEL_MAX)",
    to: single ? "return cost >= available" : "const fuel = Math.min(available + 1, FUEL_MAX)",
  })),
];

function planShows(g: Given, value: s.View, single: boolean): Truth {
  const cost = s.choose(s.equal(g("paid"), 1n), 0n, g("cost"));
  const most = s.constant(2n ** 31n - 2n);
  const least = s.choose(s.less(most, g("available")), most, g("available"));
  const fuel = single ? cost : least;
  const begins = s.atMost(cost, single ? g("available") : least);
  return s.and(
    s.iff(value.isUndefined, s.not(begins)),
    s.implies(
      begins,
      s.and(s.equal(value.item(0).integer, cost), s.equal(value.item(1).integer, fuel)),
    ),
  );
}

const KERNEL: readonly Row[] = [
  {
    id: "kernel_slot_is_inside",
    says: "a slot lies in a cnode if and only if it is below the power of two that the cnode has",
    subject: "slotFits",
    spec: "JAVM kernel, cnodes",
    file: "src/kernel/slot.ts",
    function: "isInside",
    inputs: { slot: s.uint(32), sizeLog: s.uint(8) },
    shows: (g, { value }) => s.iff(value.truth, s.less(g("slot"), s.shiftLeft(1n, g("sizeLog")))),
    from: "slot < 2 ** sizeLog",
    to: "slot < 1 << sizeLog",
  },
  {
    id: "kernel_slot_fits",
    says:
      "slotFits takes exactly slots of 32 bits and sizes of 8, and tells whether the slot is inside",
    subject: "slotFits",
    spec: "JAVM kernel, cnodes",
    file: "src/kernel/slot.ts",
    function: "fitsOf",
    harness: `export function fitsOf(slot, sizeLog) {
      const result = slotFits(slot, sizeLog);
      return result.ok ? result.value : result.error.kind;
    }`,
    inputs: { slot: s.int(40), sizeLog: s.int(12) },
    contracts: { invalidArgument: () => ({ ok: false, error: { kind: "invalid-argument" } }) },
    shows: (g, { value }) => {
      const valid = s.and(
        s.within(g("slot"), 0n, 2n ** 32n - 1n),
        s.within(g("sizeLog"), 0n, 255n),
      );
      const size = s.shiftLeft(1n, s.unsigned(8, g("sizeLog")));
      return s.and(
        s.iff(value.isText("invalid-argument"), s.not(valid)),
        s.implies(valid, s.iff(value.truth, s.less(g("slot"), size))),
      );
    },
    from: "isInside(index.value, size.value)",
    to: "isInside(size.value, size.value)",
  },
  {
    id: "kernel_tree_depth",
    says: "the depth of a tree is the least with room for its leaves",
    subject: "DataCap.create",
    spec: "SSZ, merkleization",
    file: "src/kernel/ssz/merkle.ts",
    function: "depthFor",
    inputs: { leaves: s.range(0, 2n ** 32n) },
    shows: (g, { value }) => {
      const room = s.shiftLeft(1n, value.integer);
      return s.and(
        s.atMost(g("leaves"), room),
        s.or(s.equal(value.integer, 0n), s.less(s.divide(room, 2n), g("leaves"))),
      );
    },
    from: "2 ** depth < leaves",
    to: "2 ** depth <= leaves",
  },
];

export const proofs: readonly Proof[] = [...GASES, ...KERNEL].map(rowProof);

register(proofs);
