/** Making, mapping and removing machines inside a machine: `machine`, `pages` and `expunge`. */

import { call } from "../model/pvm_host.ts";
import { coreWith } from "../model/pvm_host_core.ts";
import { BLANK, PAGE, withBytes } from "../model/pvm_host_memory.ts";
import type { Limits } from "../model/pvm_host_state.ts";
import { agreesWithModel, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { type Face, mutant } from "./_kit/pvm.ts";
import {
  AMPLE,
  answerOf,
  GUEST,
  type Host,
  memoryWith,
  realOf,
  registersOf,
  stateOf,
  stateOfModel,
} from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const CALLS = "src/pvm/host/inner_calls.ts";
const SLOTS = "src/pvm/host/inner_slots.ts";
const INNER = "src/pvm/host/inner_machine.ts";
const CORE = coreWith("panic");
const U64_MAX = 2n ** 64n - 1n;
/** The memory limit leaves room for two pages more than are mapped at first, and for parts of one. */
const TIGHT: Limits = { ...AMPLE, mappedBytes: 6n * PAGE };

const NAMES = new Map([
  [0n, "ok"],
  [U64_MAX - 3n, "who"],
  [U64_MAX - 4n, "full"],
  [U64_MAX - 8n, "huh"],
]);

/** Whether a call does what the model says, and what came of it in a word. */
function compare(
  face: Face,
  limits: Limits,
  id: bigint,
  before: Host,
  reach: (name: string) => void,
) {
  const expected = call(CORE, limits, id, before);
  const real = realOf(face, before, limits);
  const outcome = answerOf(real, id);
  const result = expected.state.registers[7] ?? 0n;
  reach(outcome === "continue" ? NAMES.get(result) ?? "value" : outcome);
  return agreesWithModel(
    { outcome, state: stateOf(real) },
    { outcome: expected.answer, state: stateOfModel(expected.state) },
  );
}

/** Two machines, in which the pages 16 to 18 and 20 are mapped; page 19 is a hole. */
const TWO: Host = {
  gas: 50n,
  registers: registersOf({}),
  memory: BLANK,
  inner: [
    { n: 0n, blob: GUEST, pc: 3n, memory: memoryWith({ 16: "read-only" }, 1n) },
    {
      n: 1n,
      blob: GUEST,
      pc: U64_MAX,
      memory: memoryWith({ 16: "read-write", 17: "read-only", 20: "read-write" }, 2n),
    },
  ],
};

/** A machine whose memory ends with a program blob, in front of a page that it cannot read. */
const END = 18n * PAGE;
const CALLER: Host = {
  ...TWO,
  memory: withBytes(
    memoryWith({ 16: "read-write", 17: "read-only" }, 0n),
    END - BigInt(GUEST.length),
    GUEST,
  ),
};

const codeBytes = BigInt(GUEST.length);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_pages_agrees_with_model",
    claim: "pages maps, unmaps, zeroes or keeps as the model does, with the model's order of tests",
    subject: ["InnerMachines.create"],
    spec: "Gray Paper, appendix B.8, pages",
    strength: "bounded",
    domain: domain.product({
      n: domain.of(0n, 1n, U64_MAX),
      first: domain.of(0n, 15n, 16n, 17n, 18n, 20n, 2n ** 20n - 2n, 2n ** 20n - 1n, U64_MAX),
      count: domain.of(0n, 1n, 2n, 3n, 5n, 2n ** 20n - 17n, 2n ** 20n - 16n, U64_MAX),
      kind: domain.of(0n, 1n, 2n, 3n, 4n, 5n, U64_MAX),
    }),
    reaches: ["ok", "who", "huh", "full"],
    implementation: pvm,
    mutants: [
      mutant(CALLS, "kind > 4n", "kind > 5n"),
      mutant(CALLS, "first < FIRST_PAGE", "first <= FIRST_PAGE"),
      mutant(CALLS, "const FIRST_PAGE = 16n;", "const FIRST_PAGE = 15n;"),
      mutant(CALLS, "first + count >= PAGES", "first + count > PAGES"),
      mutant(CALLS, "kind === 1n || kind === 3n", "kind === 1n"),
      mutant(CALLS, "access).ok ? OK : HUH", "access).ok ? OK : WHO"),
      mutant(CALLS, "  if (kind > 2n) {", "  if (kind > 3n) {"),
      mutant(SLOTS, "if (all + size <= mappedBytes) return true;", "return true;"),
      mutant(SLOTS, "return all - mappedThere + size <= mappedBytes;", "return false;"),
      mutant(SLOTS, "- mappedThere + size <= mapped", "- mappedThere + size < mapped"),
      mutant(SLOTS, "if (all + size <= mappedBytes)", "if (all + size <= mappedBytes + 1)"),
      mutant(SLOTS, "mappedBytes ?? 0), 0);", "mappedBytes ?? 0), -1);"),
      mutant.equivalent(
        SLOTS,
        "if (all + size <= mappedBytes) return true;",
        "",
        "it only spares the exact count, which never gives less room",
      ),
    ],
    check({ n, first, count, kind }, reach, face) {
      const registers = registersOf({ 7: n, 8: first, 9: count, 10: kind });
      const more = [0n, PAGE - 1n, -1n].at(Number(first + count + kind) % 3) ?? 0n;
      const limits = { ...TIGHT, mappedBytes: TIGHT.mappedBytes + more };
      return compare(face, limits, 11n, { ...TWO, registers }, reach);
    },
  }),
  defineProof({
    id: "pvm/host_machine_agrees_with_model",
    claim:
      "machine takes the smallest free number, refuses what is no program, and tells a full host from it",
    subject: ["InnerMachines.create", "InnerMachines.numbers", "InnerMachines.at"],
    spec: "Gray Paper, appendix B.8, machine",
    strength: "bounded",
    domain: domain.product({
      start: domain.of(
        0n,
        END - codeBytes - 1n,
        END - codeBytes,
        END - 1n,
        END,
        2n ** 32n,
        U64_MAX,
      ),
      length: domain.of(0n, 1n, codeBytes - 1n, codeBytes, codeBytes + 1n, U64_MAX),
      pc: domain.of(0n, U64_MAX),
      free: domain.of("none", "first", "second", "both"),
      limits: domain.of(
        { machines: 3n, codeBytes: 3n * codeBytes },
        { machines: 2n, codeBytes: 3n * codeBytes },
        { machines: 3n, codeBytes: 3n * codeBytes - 1n },
      ),
    }),
    reaches: ["panic", "huh", "full", "ok", "value"],
    implementation: pvm,
    mutants: [
      mutant(CALLS, "if (!slots.hasRoomFor(length)) return give(caller, FULL);", ""),
      mutant(CALLS, "inner === undefined ? HUH :", "inner === undefined ? FULL :"),
      mutant(CALLS, "length === 0n ? 0 : Number(start)", "Number(start)"),
      mutant(
        SLOTS,
        "inners.length < this.settings.machines",
        "inners.length <= this.settings.machines",
      ),
      mutant(SLOTS, "BigInt(all) + codeBytes <= this", "BigInt(all) + codeBytes < this"),
      mutant(
        SLOTS,
        "const n = free < 0 ? this.#slots.length : free;",
        "const n = this.#slots.length;",
      ),
      mutant(SLOTS, "this.#slots.indexOf(undefined)", "this.#slots.lastIndexOf(undefined)"),
      mutant(SLOTS, "this.#slots[Number(n)] = undefined;", "this.#slots.splice(Number(n), 1);"),
      mutant(INNER, "codeBytes: blob.length, pc }", "codeBytes: blob.length, pc: asU64(0n) }"),
    ],
    check({ start, length, pc, free, limits }, reach, face) {
      const registers = registersOf({ 7: start, 8: length, 9: pc });
      const expunged = free === "both"
        ? [1n, 0n]
        : free === "first"
        ? [0n]
        : free === "second"
        ? [1n]
        : [];
      const bounds = { ...AMPLE, ...limits };
      let before: Host = CALLER;
      const real = realOf(face, before, { ...AMPLE, codeBytes: bounds.codeBytes });
      if (expunged.length === 0) return compare(face, bounds, 8n, { ...before, registers }, reach);
      for (const n of expunged) {
        before = call(CORE, bounds, 13n, { ...before, registers: registersOf({ 7: n }) }).state;
        real.caller.setRegister(7, n);
        answerOf(real, 13n);
      }
      const expected = call(CORE, { ...bounds, machines: AMPLE.machines }, 8n, {
        ...before,
        registers,
      });
      for (const [index, each] of registers.entries()) real.caller.setRegister(index, each);
      const outcome = answerOf(real, 8n);
      reach(
        outcome === "continue" ? NAMES.get(expected.state.registers[7] ?? 0n) ?? "value" : outcome,
      );
      return agreesWithModel(
        { outcome, state: stateOf(real) },
        { outcome: expected.answer, state: stateOfModel(expected.state) },
      );
    },
  }),
  defineProof({
    id: "pvm/host_calls_cost_ten",
    claim:
      "every call takes 10 gas before it does anything, and with less takes what is left and does nothing",
    subject: ["InnerMachines.create", "charge"],
    spec: "Gray Paper, appendix B, host functions",
    strength: "exhaustive",
    domain: domain.product({
      id: domain.of(8n, 9n, 10n, 11n, 12n, 13n),
      gas: domain.of(0n, 1n, 9n, 10n, 11n, 2n ** 52n, 2n ** 52n + 1n, U64_MAX),
      r7: domain.of(0n, 5n, U64_MAX),
    }),
    reaches: ["out-of-gas", "panic", "who", "ok", "value"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/host/charge.ts", "const CALL_GAS = 10;", "const CALL_GAS = 9;"),
      mutant("src/pvm/host/charge.ts", "tank.available < gas", "tank.available <= gas"),
      mutant("src/pvm/host/charge.ts", "    tank.gas = 0n;\n", ""),
      mutant(
        "src/pvm/host/inner_machines.ts",
        "charge(machine) ?? call(slots, machine)",
        "call(slots, machine)",
      ),
    ],
    check({ id, gas, r7 }, reach, face) {
      const registers = registersOf({ 7: r7, 8: 16n * PAGE });
      return compare(face, AMPLE, id, { ...CALLER, gas, registers }, reach) ??
        charged(face, gas);
    },
  }),
];

/** Charging by itself takes the same. */
function charged(face: Face, gas: bigint): string | undefined {
  const { caller } = realOf(face, { ...TWO, gas, inner: [] }, AMPLE);
  const answer = face.charge(caller);
  return agreesWithModel(
    { outcome: answer?.kind ?? "paid", state: caller.gas },
    { outcome: gas < 10n ? "out-of-gas" : "paid", state: gas < 10n ? 0n : gas - 10n },
  );
}

register(proofs);
