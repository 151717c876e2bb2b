/** The original's unit tests of operations on slots and of dispatch, by their names. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { AA, BB, benchOf, kindOf, ran, slotsLeft } from "./_kit/kernel_compat_unit.ts";
import { ECALL, ecalli, load, operation, TRAP } from "./_kit/kernel_guest.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const ECALL_FILE = "src/kernel/compat/ecall.ts";
const SLOTS = "src/kernel/compat/slots.ts";
const DRIVE = "src/kernel/compat/drive.ts";
const subject = ["Vm.invokeCached"];

/** What a program leaves in some slots, after it began with one target in slot 2. */
function leaves(
  lines: readonly (readonly number[])[],
  slots: readonly number[],
  expected: readonly (string | undefined)[],
  begin: Readonly<Record<number, string>> = { 2: AA },
): Unit["check"] {
  return (face) => {
    const bench = benchOf(face);
    const left = slotsLeft(bench, ran(bench, { lines }, begin));
    return agrees(slots.map((slot) => left.get(slot)), expected);
  };
}

const TESTS: Readonly<Record<string, Unit>> = {
  mgmt_copy_dispatch_via_ecalli: {
    subject,
    mutant: mutant(ECALL_FILE, "[1, mgmtCopy]", "[1, mgmtMove]"),
    check: leaves(operation(1, 2, 7), [2, 7], [AA, AA]),
  },
  mgmt_move_dispatch_via_ecalli: {
    subject,
    mutant: mutant(ECALL_FILE, "[2, mgmtMove]", "[2, mgmtCopy]"),
    check: leaves(operation(2, 2, 9), [2, 9], [undefined, AA]),
  },
  mgmt_drop_dispatch_via_ecalli: {
    subject,
    mutant: mutant(ECALL_FILE, "[3, mgmtDrop],", ""),
    check: leaves(operation(3, 2), [2], [undefined]),
  },
  mgmt_cnode_swap_swaps_slots: {
    subject,
    mutant: mutant(ECALL_FILE, "[4, mgmtSwap]", "[4, mgmtMove]"),
    check: leaves(operation(4, 2, 3), [2, 3], [BB, AA], { 2: AA, 3: BB }),
  },
  mgmt_cnode_mint_places_hash_at_dst: {
    subject,
    mutant: mutant(
      SLOTS,
      "CNodeCap.create(slotOf(frame, 8))",
      "CNodeCap.create(slotOf(frame, 7))",
    ),
    check(face) {
      const bench = benchOf(face);
      const left = slotsLeft(bench, ran(bench, { lines: operation(5, 5, 3) }));
      const cnode = face.CNodeCap.create(3);
      return agrees(cnode.ok && face.capHash(cnode.value), { ok: true, value: left.get(5) });
    },
  },
  mgmt_cnode_mint_publishes_cnode_when_cache_threaded: {
    subject,
    mutant: mutant(
      "src/kernel/compat/workspace.ts",
      "this.#pending.set(hash.value, cap);",
      "if (cap.kind !== 'cnode') this.#pending.set(hash.value, cap);",
    ),
    check(face) {
      const bench = benchOf(face);
      const left = slotsLeft(bench, ran(bench, { lines: operation(5, 5, 3) }));
      const minted = bench.directory.get(left.get(5) ?? "");
      return agrees(minted?.kind === "cnode" && Number(minted.sizeLog), 3);
    },
  },
  ecalli_reply_zero_exits_halt: {
    subject,
    mutant: mutant(ECALL_FILE, "const REPLY = 0;", "const REPLY = 1;"),
    check(face) {
      return agrees(kindOf(ran(benchOf(face), { lines: [ecalli(0), TRAP] })), "halt");
    },
  },
  plain_ecall_reads_op_from_phi11: {
    subject,
    mutant: mutant(DRIVE, "now.machine.register(11)", "now.machine.register(7)"),
    check: leaves([...operation(27, 2, 9), load(11, 1n + 2n ** 32n), ECALL], [2, 9], [AA, AA]),
  },
  unknown_op_continues_silently: {
    subject,
    mutant: mutant(ECALL_FILE, "return CONTINUE;", "return TRAP;"),
    check: leaves([ecalli(999), ecalli(27), ecalli(63), ecalli(64)], [2], [AA]),
  },
  make_image_stubbed_traps: {
    subject,
    mutant: mutant(ECALL_FILE, "[18, deriveSpawn],", "[18, deriveSpawn], [19, mgmtDrop],"),
    check(face) {
      return agrees(kindOf(ran(benchOf(face), { lines: operation(19, 2) }, { 2: AA })), "trap");
    },
  },
  cache_dependent_host_calls_without_cache_still_trap: {
    subject,
    mutant: mutant(
      "src/kernel/compat/data.ts",
      "if (!DataCap.is(cap.value)) return TRAP;",
      "if (!DataCap.is(cap.value)) return CONTINUE;",
    ),
    check(face) {
      const kinds = [21, 22, 23, 24, 25, 26].map((number) =>
        kindOf(ran(benchOf(face), { lines: operation(number, 2, 3, 4, 5) }, { 2: AA }))
      );
      return agrees(kinds, kinds.map(() => "trap"));
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unit(name, "capabilities, 3.6 and 4.3", test)
);

register(proofs);
