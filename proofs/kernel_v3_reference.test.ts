/** The original's unit tests of the Vm and of calls, by their names, in mode v3. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import {
  ECALL,
  ecalli,
  FALLTHROUGH,
  type Line,
  load,
  operation,
  TRAP,
} from "./_kit/kernel_guest.ts";
import { type UnitV3, unitV3 } from "./_kit/kernel_v3_unit.ts";
import {
  called,
  endOf,
  heldBy,
  issued,
  move,
  postOf,
  putCNode,
  putData,
  putInstance,
  wentOn,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const DRIVE = "src/kernel/v3/drive.ts";
const LEAVE = "src/kernel/v3/leave.ts";
const ENTER = "src/kernel/v3/enter.ts";
const OPERATIONS = "src/kernel/v3/operations/mod.ts";
const CALLS = "src/kernel/v3/operations/calls.ts";
const subject = ["Vm.create", "Vm.invokeCached"];
const CHILD = 9;
const S: readonly Line[] = [load(7, 42n)];
const M: readonly Line[] = [load(7, 9n), load(8, 0n), ecalli(26)];

/** How a program ends that halts at its end, the gas used, and whether the stack is empty. */
function full(face: Face, lines: readonly Line[], gas: bigint, child?: readonly Line[]): unknown {
  const world = worldOf(face);
  const held = child === undefined ? {} : { [CHILD]: putInstance(world, child) };
  const result = called(world, putInstance(world, lines, held), { gas });
  return [endOf(result), BigInt(result.gasUsed), world.vm.stack.isEmpty];
}

const TESTS: Readonly<Record<string, UnitV3>> = {
  new_constructs_empty_vm: {
    differs: "it is the mode unless told, with an assist of its own",
    subject: ["Vm.create", "Vm.stack", "Vm.imageCache", "Vm.mode", "Vm.kernelAssist"],
    mutant: mutant("src/kernel/vm_options.ts", 'isMode), "v3")', 'isMode), "compat")'),
    check(face) {
      const vm = valueOf(face.Vm.create());
      const { stack, imageCache, mode, kernelAssist } = vm;
      return agrees(
        [stack.isEmpty, imageCache.isEmpty, mode, BigInt(kernelAssist.gasMeterGet(0n))],
        [true, true, "v3", 0n],
      );
    },
  },
  invoke_cached_trap_returns_faulted: {
    differs: "the same",
    subject,
    mutant: mutant(
      DRIVE,
      'case "trap":\n      return fault(run, frame, { kind: "trap" });',
      'case "trap":\n      return fault(run, frame, { kind: "panic" });',
    ),
    check: (face) => agrees(full(face, [TRAP], 1000n), ["trap", 1n, true]),
  },
  invoke_cached_ecalli_zero_halts: {
    differs: "reply halts, and the Instance that is left is idle without gas of its own",
    subject,
    mutant: mutant(LEAVE, "gasUsed: asU64(run.gasUsed),\n  };", "gasUsed: asU64(0n),\n  };"),
    check(face) {
      const world = worldOf(face);
      const instance = putInstance(world, []);
      const result = called(world, instance, { gas: 1000n });
      return allOf(
        agrees(full(face, [], 1000n), [0n, 97n, true]),
        agrees(postOf(result), instance), // nothing in it changed, whatever the budget
      );
    },
  },
  invoke_cached_load_imm_then_reply: {
    differs: "r7 is the value of the halt, and is not kept",
    subject,
    mutant: mutant(
      LEAVE,
      "const value = frame.machine.register(VALUE);",
      "const value = frame.machine.register(STATUS);",
    ),
    check(face) {
      const world = worldOf(face);
      const instance = putInstance(world, S);
      return allOf(
        agrees(full(face, S, 1000n), [42n, 97n, true]),
        agrees(postOf(called(world, instance)), instance),
      );
    },
  },
  invoke_cached_host_call_into_child_then_halts: {
    differs: "the nested call gives r7 and r8, 42 and 0 here, where the original leaves 9",
    subject,
    mutant: mutant(LEAVE, "caller.machine.setRegister(VALUE, ending.value);", ""),
    check: (face) =>
      allOf(
        agrees(full(face, M, 100_000n, S), [42n, 292n, true]),
        agrees(full(face, [...M, move(7, 8)], 100_000n, S), [0n, 292n, true]),
      ),
  },
  invoke_cached_oog_returns_faulted: {
    differs: "out of gas pauses to the host, which can go on with more",
    subject: [...subject, "Vm.callResume"],
    mutant: mutant(
      DRIVE,
      "return raiseOutOfGas(run, frame);",
      'return fault(run, frame, { kind: "out-of-gas" });',
    ),
    check(face) {
      const world = worldOf(face);
      const lines = Array.from({ length: 50 }, () => FALLTHROUGH);
      const first = called(world, putInstance(world, lines), { gas: 3n });
      if (first.kind !== "paused") return `it ended: ${endOf(first)}`;
      const second = wentOn(world, postOf(first), { gas: 1000n });
      return allOf(
        agrees([first.gasUsed, first.marker], [3n, issued(world, "oog_marker")]),
        agrees([endOf(second), BigInt(second.gasUsed)], [0n, 47n + 97n]),
      );
    },
  },
  plain_ecall_reads_op_from_phi11: {
    differs: "the same, with the low half of r11",
    subject,
    mutant: mutant(DRIVE, "const OPERATION_REGISTER = 11;", "const OPERATION_REGISTER = 10;"),
    check(face) {
      const run = (number: bigint) => full(face, [load(11, number), ECALL, TRAP], 1000n);
      return allOf(
        agrees(run(0n), [0n, 97n, true]),
        agrees(run(2n ** 32n), [0n, 97n, true]),
        agrees(run(999n), ["operation-failed", 97n, true]),
      );
    },
  },
  ecalli_reply_zero_exits_halt: {
    differs: "the same; what lies behind does not run",
    subject,
    mutant: mutant(CALLS, "0: halt,", "32: halt,"),
    check: (face) => agrees(full(face, [ecalli(0), TRAP], 1000n), [0n, 97n, true]),
  },
  unknown_op_continues_silently: {
    differs: "an unknown operation faults",
    subject,
    mutant: mutant(
      OPERATIONS,
      "operation === undefined ? FAILED",
      "operation === undefined ? { ok: true, value: undefined }",
    ),
    check: (face) => agrees(full(face, [ecalli(999)], 1000n), ["operation-failed", 97n, true]),
  },
  mgmt_op_on_empty_stack_traps: {
    differs: "no operation is done without an Instance; to call what is none is an error",
    subject,
    mutant: mutant(
      "src/kernel/v3/mod.ts",
      'return failure({ kind: "instance-not-found", target: hash });',
      'return failure({ kind: "blob-missing", hash });',
    ),
    check(face) {
      const world = worldOf(face);
      const args = [0n, 0n, 0n, 0n];
      const targets = ["aa".repeat(32), putData(world, 1), putCNode(world, 8)];
      return agrees(
        targets.map((target) => world.vm.invokeCached(world.directory, target, 0, args, 9n)),
        targets.map((target) => ({ ok: false, error: { kind: "instance-not-found", target } })),
      );
    },
  },
  cache_dependent_host_calls_without_cache_still_trap: {
    differs: "there is always a directory; what it lacks ends the invocation with an error",
    subject,
    mutant: mutant(
      "src/kernel/v3/workspace.ts",
      'if (found.value === undefined) return failure({ kind: "blob-missing", hash: target });',
      'if (found.value === undefined) return failure({ kind: "invariant", text: "" });',
    ),
    check(face) {
      const hash = "aa".repeat(32);
      const asks: readonly (readonly Line[])[] = [
        operation(21, 20, 21),
        operation(22, 20, 0, 0),
        operation(25, 20, 8),
        operation(26, 20, 0),
      ];
      return allOf(...asks.map((lines) => {
        const world = worldOf(face);
        const held = { 8: issued(world, "quota"), 20: hash };
        const instance = putInstance(world, lines, held);
        const args = [0n, 0n, 0n, 0n];
        return agrees(
          world.vm.invokeCached(world.directory, instance, 0, args, 1000n),
          { ok: false, error: { kind: "blob-missing", hash } },
        );
      }));
    },
  },
  host_call_cached_pushes_child_and_moves_slot0: {
    differs: "slot 0 comes back at the end; what cannot be entered leaves it alone",
    subject,
    mutant: mutant(ENTER, "withSlot(root.value, 0, payload)", "withSlot(root.value, 0, undefined)"),
    check(face) {
      const world = worldOf(face);
      const held = { [CHILD]: putInstance(world, operation(1, 0, 20)) };
      const [slot0, lines] = [putData(world, 5), operation(26, CHILD, 0)];
      const result = called(world, putInstance(world, lines, held), { slot0 });
      const wrong = called(world, putInstance(world, operation(26, CHILD, 9), held), { slot0 });
      const back = [result, wrong].map((each) => each.kind === "halt" ? each.reflectedSlot0 : "");
      const [had, gone] = [result, wrong].map((each) => heldBy(world, postOf(each), CHILD));
      return agrees([heldBy(world, had, 20), gone, ...back], [slot0, undefined, slot0, slot0]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unitV3(name, test)
);

register(proofs);
