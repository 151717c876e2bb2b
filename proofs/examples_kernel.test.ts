/** What the example of the kernel shows is as its host expects. */

import { readFileSync } from "node:fs";
import { SCENE_NAMES, SCENES } from "../examples/kernel/scenes.ts";
import { type KernelGuest, type SourceOf, sourceOf } from "../examples/kernel/source.ts";
import { agrees, defineProof, domain, type Mutant, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import type { Files } from "./_kit/cli.ts";
import { runKernel } from "./_kit/cli_kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

/** The sources of the guests, one of which is wrong: `from`, which stands once in it, becomes `to`. */
function guestMutant(name: KernelGuest, from: string, to: string): Mutant<SourceOf> {
  return {
    name: `${name}.pvmasm: ${from} → ${to}`,
    implementation() {
      const pieces = sourceOf(name).split(from);
      if (pieces.length !== 2) {
        throw new Error(`${name}.pvmasm holds ${pieces.length - 1} times, not once: ${from}`);
      }
      return (guest) => guest === name ? pieces.join(to) : sourceOf(guest);
    },
  };
}

const mutant = sourceMutants<typeof cli>("src/cli/mod.ts");

/** The files of the examples of the kernel. */
const EXAMPLES: Files = Object.fromEntries(
  ["call.json", "account.json", "adder.pvmasm", "caller.pvmasm", "account.pvmasm"].map((name) => {
    const place = new URL(`../examples/kernel/${name}`, import.meta.url);
    return [name, readFileSync(place, "utf8")];
  }),
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/kernel_scenes_end_as_expected",
    claim: "each scene of the example of the kernel gives the answer that its host expects",
    subject: ["Vm.invokeCached", "Vm.callResume", "publishImageV3", "genesisInstance"],
    spec: "docs/kernel.md",
    strength: "exhaustive",
    domain: domain.of(...SCENE_NAMES),
    reaches: SCENE_NAMES,
    implementation: sourceOf,
    mutants: [
      guestMutant("adder", "add_64 r7, r7, r8", "sub_64 r7, r7, r8"),
      guestMutant("caller", "move_reg r10, r8", "move_reg r10, r7"),
      guestMutant("asker", "mul_64 r7, r7, r7", "add_64 r7, r7, r7"),
      guestMutant("asker", ".equ MARKER, 2", ".equ MARKER, 4"),
      guestMutant("answerer", "load_imm r10, 0 ", "load_imm r10, 7 "),
      guestMutant("worker", "add_imm_64 r8, r8, -1", "add_imm_64 r8, r8, -2"),
      guestMutant("sponsor", "add_imm_64 r6, r6, 1", "add_imm_64 r6, r6, 2"),
      guestMutant("sponsor", ".equ METER, 7", ".equ METER, 8"),
      guestMutant("account", "sub_64 r7, r8, r7", "add_64 r7, r8, r7"),
      guestMutant("account", "        trap", "        ecalli HALT"),
      guestMutant("teller", "branch_lt_s_imm r7, 0, revert", "fallthrough"),
      guestMutant("teller", "load_imm r8, SNAPSHOT\n        ecalli COPY", "fallthrough"),
      guestMutant("mover", "load_imm r7, 1", "load_imm r7, 0"),
    ],
    check: (name, reach, source) => {
      reach(name);
      const shown = SCENES[name](source);
      return agrees(
        shown.map(({ what, actual }) => [what, actual]),
        shown.map(({ what, expected }) => [what, expected]),
      );
    },
  }),
  defineProof({
    id: "examples/kernel_manifests_give_their_value",
    claim: "each manifest of the examples is published and invoked, and gives its value",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(["call.json", "42"], ["account.json", "111"]),
    reaches: ["call.json", "account.json"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_run.ts", "args[index] ?? 0n", "args[index + 1] ?? 0n"),
      mutant("src/cli/kernel_build.ts", "slot: Number(plans[at]?.number)", "slot: 5"),
    ],
    check: ([name = "", expected], reach, face) => {
      reach(name);
      const { code, out, error } = runKernel(face, ["run", name], EXAMPLES);
      return agrees([code, out.split("\n")[1], error], [0, `value: ${expected}`, ""]);
    },
  }),
];

register(proofs);
