/** The original's unit tests of the Vm, and the known gas and hashes, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { type Bench, benchOf, invoke, kindOf, put, putImage } from "./_kit/kernel_compat_unit.ts";
import { ecalli, FALLTHROUGH, guest, type Line, load, TRAP } from "./_kit/kernel_guest.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DRIVE = "src/kernel/compat/drive.ts";
const SETTLE = "src/kernel/compat/settle.ts";
const subject = ["Vm.invokeCached"];
const S: readonly Line[] = [load(7, 42n), ecalli(0)];
const M: readonly Line[] = [load(7, 9n), load(8, 0n), ecalli(26), ecalli(0)];

/** An Instance of a program, as the original's tests publish it. */
function publish(bench: Bench, lines: readonly Line[], child?: string): string {
  const { face } = bench;
  const source = lines[0] === TRAP && lines.length === 1
    ? { code: Uint8Array.of(0), packedBitmask: Uint8Array.of(255) }
    : guest(lines);
  const imageHash = putImage(bench, { lines: [], source });
  const slots = child === undefined ? [] : [{ slot: 9, target: child }];
  const rootCnode = put(bench, valueOf(face.CNodeCap.create(8, slots)));
  const chain = "aa".repeat(32);
  const options = { imageHashChain: chain, imageHash, rootCnode };
  return put(bench, valueOf(face.InstanceCap.create(options)));
}

/** Everything about a call: how it ended, gas used, r7 and the hash that it left. */
function full(face: Face, lines: readonly Line[], gas: bigint, child?: readonly Line[]): unknown {
  const bench = benchOf(face);
  const below = child === undefined ? undefined : publish(bench, child);
  const result = valueOf(invoke(bench, publish(bench, lines, below), gas));
  const { gasUsed } = result;
  const empty = bench.vm.stack.isEmpty;
  if (result.kind !== "halt") return [kindOf(result), gasUsed, empty];
  return ["halt", gasUsed, empty, result.returnValue, result.postInstanceHash];
}

const TESTS: Readonly<Record<string, Unit>> = {
  new_constructs_empty_vm: {
    subject: ["Vm.create", "Vm.stack", "Vm.imageCache", "Vm.mode", "Vm.kernelAssist", "Vm.is"],
    mutant: mutant(
      "src/kernel/vm_options.ts",
      "const MAX_DEPTH_DEFAULT = 256;",
      "const MAX_DEPTH_DEFAULT = 255;",
    ),
    check(face) {
      const { vm, assist } = benchOf(face);
      return agrees(
        [
          vm.stack.isEmpty,
          Number(vm.stack.maxDepth),
          vm.imageCache.isEmpty,
          vm.mode,
          face.Vm.is(vm),
          face.Vm.is({}),
        ],
        [true, 256, true, "compat", true, false],
      ) ?? (vm.kernelAssist === assist ? undefined : "another assist");
    },
  },
  invoke_cached_trap_returns_faulted: {
    subject,
    mutant: mutant(
      DRIVE,
      'default:\n      return fault(run, gas, frame, { kind: "trap" });',
      'default:\n      return fault(run, gas, frame, { kind: "panic" });',
    ),
    check: (face) => agrees(full(face, [TRAP], 1000n), ["trap", 1n, true]),
  },
  invoke_cached_ecalli_zero_halts: {
    subject,
    mutant: mutant(
      SETTLE,
      "gasRemaining: entry.machine.gas",
      "gasRemaining: entry.machine.register(0)",
    ),
    check: (face) =>
      agrees(full(face, [ecalli(0)], 1000n), [
        "halt",
        97n,
        true,
        0n,
        "e3ca541b6aaa2ac9640bf8fd9d6da66a128a0cb9090acf25b2d5913834a82236",
      ]),
  },
  invoke_cached_load_imm_then_reply: {
    subject,
    mutant: mutant(
      SETTLE,
      "regs: entry.machine.registers",
      "regs: new Array(13).fill(entry.machine.register(0))",
    ),
    check: (face) =>
      agrees(full(face, S, 1000n), [
        "halt",
        97n,
        true,
        42n,
        "bdb40d6038fbc4289bf696f7633f07d45826b8b895e68a6a15cdd5839133cbc6",
      ]),
  },
  invoke_cached_host_call_into_child_then_halts: {
    subject,
    mutant: mutant(DRIVE, "machine.setGas(child.now.machine.gas);", ""),
    check: (face) =>
      agrees(full(face, M, 100_000n, S), [
        "halt",
        292n,
        true,
        9n,
        "e7aad5c7f9b52f6742446102eae61ee9c9d39677a913355bebda04b86965e844",
      ]),
  },
  invoke_cached_oog_returns_faulted: {
    subject,
    mutant: mutant(
      DRIVE,
      'fault(run, gas, frame, { kind: "out-of-gas" })',
      'fault(run, gas, frame, { kind: "trap" })',
    ),
    check: (face) =>
      agrees(full(face, Array.from({ length: 50 }, () => FALLTHROUGH), 3n), [
        "out-of-gas",
        3n,
        true,
      ]),
  },
  compat_known_gas_of_whole_runs: {
    subject,
    mutant: mutant(DRIVE, "asU64(gas - now.machine.gas)", "asU64(gas - now.machine.gas + 1n)"),
    check: (face) =>
      allOf(
        agrees(full(face, [FALLTHROUGH], 1000n), ["trap", 2n, true]),
        agrees(full(face, [[200, 0x10, 2], TRAP], 1000n), ["trap", 1n, true]),
        agrees(full(face, [[203, 0x10, 2], TRAP], 1000n), ["trap", 57n, true]),
        agrees(full(face, [[52, 0, 0, 16, 0, 0], TRAP], 1000n), ["page-fault", 22n, true]),
        agrees(full(face, [[81, 0x10, 0, 4], TRAP], 1000n), ["trap", 2n, true]),
      ),
  },
  compat_jumps_into_a_block_pay_and_end: {
    subject,
    mutant: mutant(
      DRIVE,
      "return outOfGas(run, gas, frame);",
      'return fault(run, gas, frame, { kind: "trap" });',
    ),
    // The original would run for ever here, with any budget.
    check: (face) => {
      const lines = [FALLTHROUGH, [100, 0x10], [100, 0x10], [40, 0xfe, 0xff, 0xff, 0xff], TRAP];
      return agrees(full(face, lines, 1000n), ["out-of-gas", 1000n, true]);
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unit(name, "capabilities, 3.5, 4.3 and 6", test)
);

register(proofs);
