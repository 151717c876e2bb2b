/** Single rules of mode v3 about what is paid and what is told, to the last unit. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import {
  ecalli,
  type Line,
  load,
  loadByte,
  operation,
  storeByte,
  TRAP,
} from "./_kit/kernel_guest.ts";
import {
  called,
  endOf,
  heldBy,
  issued,
  move,
  postOf,
  putInstance,
  tablesOf,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Gas and quota";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const METERS = "src/kernel/v3/meters.ts";
const DRIVE = "src/kernel/v3/drive.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const [DROP, MINT_CNODE, YIELD, CALL] = [3, 5, 16, 26];
const [CHILD, QUOTA, GAS, MARKER, GAS_TOO] = [6, 8, 9, 12, 16];

const WRITES = storeByte(7, 0x1_0000);
const mapped = (...quotaSlots: readonly number[]) => ({
  memoryMappings: [{ start: 0x1_0000n, size: 4096n, source: [3] }],
  quotaSlots,
});

/** What costs so much of quota 0 or 1, and of nothing else. */
const COSTS = {
  "a page, of the host's quota": {
    lines: [load(7, 9n), WRITES],
    special: mapped(),
    id: 0n,
    cost: 4096n,
  },
  "a page, of an own quota": {
    lines: [load(7, 9n), WRITES],
    special: mapped(QUOTA),
    id: 1n,
    cost: 4096n,
  },
  "a cnode, of a named quota": {
    lines: operation(MINT_CNODE, 20, 4, QUOTA),
    special: {},
    id: 1n,
    cost: 32n,
  },
} as const;

/** What an instruction of the kernel costs, which begins a block that has nothing else to wait for. */
const BLOCK = 97n;

/** Programs that end in every way that a caller is told of, and r7 of each. */
const ENDS: Readonly<Record<string, readonly [lines: readonly Line[], told: bigint]>> = {
  trap: [[TRAP], 1n],
  panic: [[[50, 0, 6, 0, 0, 0], TRAP], 2n],
  "page fault": [[loadByte(9, 0x1_2005)], 3n | 0x1_2000n << 8n],
  operation: [[ecalli(999)], 4n | 999n << 8n],
  marker: [operation(YIELD, MARKER), 5n],
  entry: [[], 6n | 3n << 8n],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_what_suffices_pays_to_the_last",
    claim:
      "a cost that is all of a quota is paid, and one that is a byte more pauses and takes nothing",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      what: domain.of(...Object.keys(COSTS)),
      over: domain.of(-1n, 0n, 1n),
    }),
    reaches: ["halt", "paused"],
    implementation: kernel,
    mutants: [
      mutant(METERS, "left.value >= cost ? { id: 0n", "left.value > cost ? { id: 0n"),
      mutant(METERS, "if (left.value >= cost) return", "if (left.value > cost) return"),
      mutant(METERS, "left.value >= BigInt(bytes) ?", "left.value > BigInt(bytes) ?"),
      mutant(METERS, "left.value >= BigInt(bytes) ?", "left.value + 1n >= BigInt(bytes) ?"),
      mutant(METERS, "id, left - cost)", "id, left - cost + 1n)"),
    ],
    check({ what, over }, reach, face) {
      const found = Object.entries(COSTS).find(([name]) => name === what)?.[1];
      if (found === undefined) return "no such cost";
      const { lines, special, id, cost } = found;
      const world = worldOf(face);
      const quota = cost + over;
      world.assist.storageQuotaSet(id, quota);
      const held = { [QUOTA]: issued(world, "quota", { id: 1n }) };
      const result = called(world, putInstance(world, lines, held, special));
      const isPaid = over >= 0n;
      reach(isPaid ? "halt" : "paused");
      return allOf(
        agrees(result.kind, isPaid ? "halt" : "paused"),
        agrees(world.assist.storageQuotaGet(id), isPaid ? over : quota),
      );
    },
  }),
  defineProof({
    id: "kernel/v3_an_instruction_that_cannot_be_paid_for_takes_what_is_left",
    claim:
      "what is left of a meter that does not pay for an instruction is used up, the next meter pays all of it, and the last unit pays too",
    subject: [...SUBJECT, "InProcessKernelAssist.gasMeterGet"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      one: domain.of(0n, 1n, 96n, 97n, 98n, 194n, 195n),
      other: domain.of(0n, 1n, 96n, 97n, 98n, 194n, 195n),
    }),
    reaches: ["halt", "paused"],
    implementation: kernel,
    mutants: [
      mutant(
        DRIVE,
        "return ok(undefined); // another",
        "return raiseOutOfGas(run, frame); // another",
      ),
      mutant(
        DRIVE,
        "  const { gas } = machine;\n",
        '  if (exit.kind === "out-of-gas") return raiseOutOfGas(run, frame);\n  const { gas } = machine;\n',
      ),
      mutant(DRIVE, "frame, 1n)", "frame, 2n)"),
      mutant(
        DRIVE,
        'setLeft(run, "gas", id, gas)',
        'setLeft(run, "gas", id, gas > 0n ? gas - 1n : gas)',
      ),
    ],
    check({ one, other }, reach, face) {
      const world = worldOf(face);
      world.assist.gasMeterSet(1n, one);
      world.assist.gasMeterSet(2n, other);
      const held = {
        [GAS]: issued(world, "gas", { id: 1n }),
        [GAS_TOO]: issued(world, "gas", { id: 2n }),
      };
      const gasSlots = [GAS, GAS_TOO];
      const result = called(world, putInstance(world, operation(DROP, 20), held, { gasSlots }));
      const meters: bigint[] = [one, other];
      let used = 0n;
      let paid = 0;
      for (let at = 0; at < 2 && paid < 2;) { // two blocks, each with an operation
        const left = meters[at] ?? 0n;
        const taken = left < BLOCK ? left : BLOCK;
        meters[at] = left - taken;
        used += taken;
        if (taken === BLOCK) paid++;
        else at++;
      }
      const kind = paid === 2 ? "halt" : "paused";
      reach(kind);
      return agrees(
        [result.kind, BigInt(result.gasUsed), ...tablesOf(world).slice(1, 3)],
        [kind, used, ...meters],
      );
    },
  }),
  defineProof({
    id: "kernel/v3_the_cause_of_a_fault_is_told",
    claim: "the caller of what faults finds 2 in r8 and the cause with its detail in r7",
    subject: SUBJECT,
    spec: "the kernel, mode v3: Calls",
    strength: "bounded",
    domain: domain.product({ end: domain.of(...Object.keys(ENDS)), tells: domain.of(7, 8) }),
    reaches: Object.keys(ENDS),
    implementation: kernel,
    mutants: [
      mutant(LEAVE, '"page-fault": 3n', '"page-fault": 2n'),
      mutant(LEAVE, "return reason.address;", "return 0;"),
      mutant(LEAVE, '"trap": 1n', '"trap": 0n'),
      mutant(LEAVE, '"panic": 2n', '"panic": 1n'),
      mutant(LEAVE, '"operation-failed": 4n', '"operation-failed": 5n'),
      mutant(LEAVE, '"unhandled-marker": 5n', '"unhandled-marker": 4n'),
      mutant(LEAVE, '"not-entered": 6n', '"not-entered": 7n'),
      mutant(LEAVE, "<< 8n", "<< 7n"),
      mutant(LEAVE, "status: FAULTED", "status: HALTED"),
      mutant("src/kernel/v3/enter.ts", "endpoint: 3, memory: 4", "endpoint: 4, memory: 3"),
    ],
    check({ end, tells }, reach, face) {
      const world = worldOf(face);
      const held = { [MARKER]: issued(world, "gas", { id: 77n }) };
      const [lines, told] = ENDS[end] ?? [[], 0n];
      const leaf = putInstance(world, []);
      const faulty = putInstance(world, lines, held);
      // What could not be entered is told to the one that called it.
      const inner = end === "entry" ? leaf : faulty;
      const call = operation(CALL, CHILD, end === "entry" ? 9 : 0);
      const top = putInstance(world, [...call, move(7, tells)], { ...held, [CHILD]: inner });
      const result = called(world, top);
      reach(end);
      return allOf(
        agrees(endOf(result), tells === 7 ? told : 2n),
        agrees(heldBy(world, postOf(result), CHILD), undefined),
      );
    },
  }),
];

register(proofs);
