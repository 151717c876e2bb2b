/** The examples that are scripts do what they say, and would notice if they did not. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { exampleMutant, type ExampleName, runExample } from "./_kit/examples.ts";
import { register } from "./_kit/register.ts";

/** How the last line that each prints begins. */
const LAST_LINES: Readonly<Record<ExampleName, string>> = {
  plug_in: "plug-in: counted 2 visits",
  snapshot: "snapshot: halt, the sum is 500500",
  host_errors: "host errors: seven calls",
  engines: "engines: recompiler(), which falls back",
  page_faults: "page faults: 129 pages made, 8 held",
  dispatch: "dispatch: every call gave a result or a trap",
  two_machines: "two machines: the sum of what was sent is 328350",
  browser: "browser: the page would show what it should",
  fuzz: "fuzz: the wrong one is found out",
  own_function: "| id | subject | claim |",
};

const NAMES = [
  ...["plug_in", "snapshot", "host_errors", "engines", "page_faults", "dispatch"] as const,
  ...["two_machines", "browser", "fuzz", "own_function"] as const,
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "examples/scripts_show_what_they_say",
    claim: "each script of the examples ends with what it asserts, and says so in its last line",
    subject: ["runExample"],
    spec: "examples/README.md",
    strength: "exhaustive",
    domain: domain.of(...NAMES),
    reaches: NAMES,
    implementation: runExample,
    mutants: [
      exampleMutant("plug_in", "changed = new Map(store)", "changed = store"),
      exampleMutant("snapshot", "bytes: [...page.bytes]", "bytes: [...page.bytes].fill(0)"),
      exampleMutant("host_errors", "[...new TextDecoder().decode(read.value)]", "read.value"),
      exampleMutant("host_errors", "if (!read.ok) return give(machine, HOST_RESULT.OOB);", ""),
      exampleMutant("engines", "5n * ROUNDS + 2n", "5n * ROUNDS + 1n"),
      exampleMutant("page_faults", "held.push(address);", ""),
      exampleMutant("dispatch", "globals.top -= type", "globals.top -= 1"),
      exampleMutant("two_machines", "post.shift()", "post.pop()"),
      exampleMutant("browser", "/^\\d{1,18}$/", "/^-?\\d{1,18}$/"),
      exampleMutant("fuzz", "!ArrayBuffer.isView(bytes) ||", ""),
      exampleMutant("own_function", "let root = Math.ceil(n / 2)", "let root = Math.floor(n / 2)"),
    ],
    async check(name, reach, run) {
      const lines = await run(name);
      reach(name);
      return lines.some((line) => line.startsWith(LAST_LINES[name]))
        ? undefined
        : `${name} printed ${lines.join("\n")}`;
    },
  }),
];

register(proofs);
