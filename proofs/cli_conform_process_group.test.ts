/** How a process that has a number is ended, and what is heard of one behind its end. */

import process from "node:process";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as talking from "../src/cli/conform_process.ts";
import { FILE, heardOf, LET_GO, linkedTo, mutant, SPEC } from "./_kit/conform_child.ts";
import { register } from "./_kit/register.ts";

const HAS_GROUPS = process.platform !== "win32";
const PID = 4_000_000;
/** Longer than what is left of an output may take. */
const LONG_MS = 600;

/** Runs something while ending a process does what is told instead. */
function withKill(kill: (pid: number, signal: unknown) => true, run: () => void): void {
  const { kill: own } = process;
  try {
    process.kill = kill;
    run();
  } finally {
    process.kill = own;
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/processes_are_ended_with_their_group",
    claim:
      "a process that has a number is ended with its group, and one that is gone by then is let go",
    subject: ["launcher"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("there", "gone"),
    reaches: ["there", "gone"],
    implementation: talking,
    mutants: [
      mutant(FILE, 'process.kill(-pid, "SIGKILL")', 'process.kill(pid, "SIGKILL")'),
      mutant(FILE, "HAS_GROUPS && pid !== undefined", "HAS_GROUPS && pid === undefined"),
      mutant(FILE, "// it has ended by itself, or has never begun", "child.unref();"),
    ],
    check: (name, reach, face) => {
      const { child, link } = linkedTo(face);
      Object.defineProperty(child, "pid", { value: PID });
      child.noted.length = 0;
      withKill((pid, signal) => {
        child.noted.push(`kill ${pid} ${signal}`);
        if (name === "gone") throw new Error("no such process");
        return true;
      }, () => link.stop());
      reach(name);
      const killed = HAS_GROUPS ? `kill ${-PID} SIGKILL` : "kill SIGKILL";
      const isLeft = HAS_GROUPS && name === "gone";
      return agrees(child.noted, [killed, ...(isLeft ? [] : ["unref"]), ...LET_GO]);
    },
  }),
  defineProof({
    id: "cli/processes_end_once",
    claim: "what is told of a process behind its end changes nothing of how it ended",
    subject: ["launcher"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("exit"),
    reaches: ["exit"],
    implementation: talking,
    mutants: [
      mutant(FILE, "if (this.#ended !== undefined) return;\n    clearTimeout", "clearTimeout"),
    ],
    check: async (name, reach, face) => {
      const { child, link } = linkedTo(face);
      child.happen(["fails", "no such program"]);
      child.happen(["exit", 0, null]);
      await new Promise((resolve) => setTimeout(resolve, LONG_MS));
      const heard = await heardOf(link, 1);
      reach(name);
      const reason = "it cannot be started: no such program";
      return agrees([heard, await link.close(1)], [reason, reason]);
    },
  }),
];

register(proofs);
