/** Attacks on the Vm under the rules of the original: gas at its border. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { kindOf } from "./_kit/kernel_attack.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { BB, benchOf, invoke, leftBy, putInstance } from "./_kit/kernel_compat_unit.ts";
import { operation } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const MAX = 2n ** 64n - 1n;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/compat_gas_that_is_added_stays_within_its_range",
    claim: "gas that a yielder is given is added to its own, and is 2^64 - 1 where that is more",
    subject: ["Vm.invokeCached", "Vm.callResume"],
    spec: "this library: limits",
    strength: "bounded",
    domain: domain.of(0n, 1n, MAX - 1n, MAX),
    reaches: ["little", "all"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/compat/mod.ts",
        "sum > U64.max ? U64.max : asU64(sum)",
        "asU64(BigInt.asUintN(64, sum))",
      ),
    ],
    check(gas, reach, face) {
      const bench = benchOf(face);
      const catcher = bench.assist.yieldCatcherNew();
      bench.assist.yieldCatcherAdd(catcher, BB);
      const child = putInstance(bench, { lines: operation(16, 3) }, { 3: BB });
      const source = { yieldMarkerSlot: 6 };
      const slots = { 4: child, 6: catcher };
      const top = putInstance(bench, { lines: operation(26, 4, 0), source }, slots);
      const first = kindOf(invoke(bench, top));
      const result = bench.vm.callResume(bench.directory, { gas });
      reach(gas < 2n ? "little" : "all");
      const { gasRemaining } = leftBy(bench, valueOf(result)).fields;
      return allOf(
        agrees([first, kindOf(result)], ["paused", "halt"]),
        agrees(gasRemaining > MAX / 2n, gas >= 2n),
      );
    },
  }),
];

register(proofs);
