/** A process that is talked to: what is heard of it, whatever it does. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Link } from "../src/cli/conform_link.ts";
import * as talking from "../src/cli/conform_process.ts";
import { type Event, FILE, heardOf, lines, linkedTo, mutant, SPEC } from "./_kit/conform_child.ts";
import { register } from "./_kit/register.ts";

/** How long is waited for what surely comes, in milliseconds. */
const WAIT_MS = 2_500;

/** What happens, and what is heard after all of it, up to the end or until nothing more comes. */
const HEARD: Readonly<
  Record<string, readonly [events: readonly Event[], heard: readonly string[]]>
> = {
  "two lines": [[["says", "a\r\nb\n"]], ["a", "b", "silent"]],
  "a line in two pieces": [[["says", "a"], ["says", "b\n"]], ["ab", "silent"]],
  "as many lines as may wait": [[["says", lines(16)]], [...Array(16).fill("x"), "silent"]],
  "a line more than may wait": [[["says", lines(17)]], ["it says more than it is asked for"]],
  "lines more than may wait, in two pieces": [
    [["says", lines(16)], ["says", lines(1)]],
    ["it says more than it is asked for"],
  ],
  "a line of the most bytes": [[["says", "0123456789\n"]], ["0123456789", "silent"]],
  "a line of more bytes": [[["says", "0123456789a\n"]], ["it said a line of more than 10 bytes"]],
  "no text": [[["says", Uint8Array.of(0xff, 10)]], ["it said a line that is no UTF-8"]],
  "a code": [[["close", 3, null]], ["it ended with code 3"]],
  "a signal": [[["close", null, "SIGTERM"]], ["it was ended by SIGTERM"]],
  "a line and a code": [[["says", "a\n"], ["close", 0, null]], ["a", "it ended with code 0"]],
  "a code in the midst of a line": [
    [["says", "half"], ["close", 0, null]],
    ["it ended with code 0, in the middle of a line"],
  ],
  "a complaint": [
    [["complains", " bro"], ["complains", "ken\u001b[2J\n"], ["close", 1, null]],
    ["it ended with code 1: broken [2J"],
  ],
  "a long complaint": [
    [["complains", "a".repeat(1_500)], ["complains", "b".repeat(1_500)], ["close", 1, null]],
    [`it ended with code 1: ${"a".repeat(500)}${"b".repeat(1_500)}`],
  ],
  "no such program": [[["fails", "ENOENT"]], ["it cannot be started: ENOENT"]],
  "nothing more behind its end": [
    [["close", 0, null], ["says", "a\n"], ["close", 5, null]],
    ["it ended with code 0"],
  ],
};

/** What is heard only after its pipes were waited for. */
const LATE: Readonly<Record<string, readonly [events: readonly Event[], heard: string]>> = {
  "an exit": [[["exit", 4, null]], "it ended with code 4"],
  "an exit by a signal": [[["exit", null, "SIGKILL"]], "it was ended by SIGKILL"],
  "a closed output": [[["ends output"]], "it closed its output"],
  "an exit behind a closed output": [[["ends output"], ["exit", 6, null]], "it ended with code 6"],
};

/** All that is heard, up to the end or the first silence. */
async function allHeard(link: Link): Promise<readonly string[]> {
  const found: string[] = [];
  for (let more = true; more && found.length < 40;) {
    const isLine = link.waiting() > 0;
    found.push(await heardOf(link, 1));
    more = isLine;
  }
  return found;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/processes_are_heard",
    claim: "lines of a process are heard one by one, and then how it ended, or what it may not say",
    subject: ["launcher"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(HEARD)),
    reaches: ["heard"],
    implementation: talking,
    mutants: [
      mutant(FILE, "const WAITING_MAX = 16;", "const WAITING_MAX = 15;"),
      mutant(FILE, "const WAITING_MAX = 16;", "const WAITING_MAX = 17;"),
      mutant(FILE, "if (wrong !== undefined) this.#fail", "if (wrong === undefined) this.#fail"),
      mutant(FILE, 'if (text !== undefined) return { kind: "line", text };', ""),
      mutant(FILE, "const TAIL = 2_000;", "const TAIL = 1_999;"),
      mutant(FILE, "this.#ended ??= reason;", "this.#ended = reason;"),
      mutant(FILE, "this.#waiting.length = 0;", ""),
      mutant(FILE, "this.#end(reason);\n    this.stop();", "this.#end(reason);"),
      mutant(FILE, '.replaceAll(/[^\\P{Cc}\\n]+/gu, " ")', ""),
    ],
    check: async (name, reach, face) => {
      const [events, wanted] = HEARD[name] ?? [[], []];
      const { child, link } = linkedTo(face);
      for (const event of events) child.happen(event);
      const heard = await allHeard(link);
      const isKilled = child.noted.includes("kill SIGKILL");
      link.stop();
      reach("heard");
      // What says what it may not is ended at once; all others when they are let go.
      return agrees([heard, isKilled], [wanted, /^it sa(?:id|ys) /.test(wanted.at(-1) ?? "")]);
    },
  }),
  defineProof({
    id: "cli/processes_are_waited_for",
    claim:
      "what comes while somebody waits is heard at once, and an end only once its pipes had time",
    subject: ["launcher"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of("a line", ...Object.keys(LATE)),
    reaches: ["at once", "late"],
    implementation: talking,
    mutants: [
      mutant(FILE, "} else this.#wake();", "}"),
      mutant(FILE, "this.#drain = setTimeout(action, DRAIN_MS);", "action();"),
    ],
    check: async (name, reach, face) => {
      const { child, link } = linkedTo(face);
      if (name === "a line") {
        setTimeout(() => child.happen(["says", "a\n"]), 5);
        const start = performance.now();
        const heard = await heardOf(link, WAIT_MS);
        link.stop();
        reach("at once");
        return allOf(
          agrees(heard, "a"),
          performance.now() - start < WAIT_MS - 300 ? undefined : "waits longer",
        );
      }
      const [events, wanted] = LATE[name] ?? [[], ""];
      for (const event of events) child.happen(event);
      const soon = await heardOf(link, 1);
      const heard = await heardOf(link, WAIT_MS);
      link.stop();
      reach("late");
      return agrees([soon, heard], ["silent", wanted]);
    },
  }),
];

register(proofs);
