/** How a process that is talked to is closed and ended, and what is told of it then. */

import process from "node:process";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as talking from "../src/cli/conform_process.ts";
import {
  type Event,
  FILE,
  heardOf,
  LET_GO,
  lines,
  linkedTo,
  mutant,
  SPEC,
} from "./_kit/conform_child.ts";
import { register } from "./_kit/register.ts";

const HAS_GROUPS = process.platform !== "win32";
const ENDED = ["kill SIGKILL", "unref", ...LET_GO];

/** How it is closed after some events, what is wrong with that, and what it is told meanwhile. */
const CLOSED: Readonly<
  Record<
    string,
    readonly [
      before: readonly Event[],
      after: readonly Event[],
      wrong: unknown,
      told: readonly string[],
    ]
  >
> = {
  "well": [[], [["close", 0, null]], undefined, LET_GO],
  "with a code": [[], [["close", 2, null]], "it ended with code 2", LET_GO],
  "in the midst of a line": [
    [["says", "a"]],
    [["close", 0, null]],
    "it ended with code 0, in the middle of a line",
    LET_GO,
  ],
  "with lines left": [
    [["says", lines(2)]],
    [["close", 0, null]],
    "it said 2 lines after its last answer",
    LET_GO,
  ],
  "never": [[], [], "it did not end when its input did", ENDED],
  "before": [[["close", 0, null]], [], undefined, LET_GO],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/processes_are_closed",
    claim: "closing a process ends its input and waits; what is wrong with its end is told",
    subject: ["launcher"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(...Object.keys(CLOSED)),
    reaches: ["closed"],
    implementation: talking,
    mutants: [
      mutant(FILE, "this.#child?.stdin.end();", ""),
      mutant(FILE, 'if (ended === undefined) return "it did not end when its input did";', ""),
      mutant(FILE, "if (surplus > 0) return", "if (surplus > 2) return"),
      mutant(FILE, "this.#code === 0 && ", ""),
      mutant(FILE, " && !this.#lines.isOpen", ""),
      mutant(FILE, "if (!this.#isGone) killAll(child);", ""),
      mutant(FILE, "if (!this.#isGone) killAll(child);", "killAll(child);"),
      mutant(FILE, "stream.destroy();", ""),
    ],
    check: async (name, reach, face) => {
      const [before, after, wrong, told] = CLOSED[name] ?? [[], [], undefined, []];
      const { child, link } = linkedTo(face);
      for (const event of before) child.happen(event);
      const closing = link.close(5);
      for (const event of after) child.happen(event);
      const result = await closing;
      const options = { stdio: ["pipe", "pipe", "pipe"], windowsHide: true, detached: HAS_GROUPS };
      reach("closed");
      return allOf(
        agrees(result, wrong),
        agrees(child.noted, [JSON.stringify(["prog", ["a", "b c"], options]), "end", ...told]),
      );
    },
  }),
  defineProof({
    id: "cli/processes_are_ended",
    claim:
      "a process that is stopped is ended once, hears nothing more, and leaves no listener behind",
    subject: ["launcher"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(1, 3),
    reaches: ["ended"],
    implementation: talking,
    mutants: [
      mutant(FILE, 'this.#end("it was ended");', ""),
      mutant(FILE, "release(this);", ""),
      mutant(FILE, "this.#child = undefined;", ""),
      mutant(FILE, "running.size > 0) return;", "running.size > 1) return;"),
      mutant(FILE, "if (running.size === 0 && HAS_GROUPS)", "if (HAS_GROUPS)"),
      mutant(FILE, "if (this.#ended === undefined) this.#child?.stdin", "this.#child?.stdin"),
    ],
    check: async (count, reach, face) => {
      const listeners = () => process.listenerCount("SIGTERM");
      const before = listeners();
      const all = Array.from({ length: count }, () => linkedTo(face));
      const counts = [listeners()];
      for (const { link } of all) link.send("hello");
      const found: unknown[] = [];
      for (const [index, { child, link }] of all.entries()) {
        // The last one ends by itself.
        if (index === count - 1) child.happen(["close", 0, null]);
        else link.stop();
        link.send("more");
        link.stop();
        found.push([child.noted.slice(1), await heardOf(link, 1)]);
        counts.push(listeners());
      }
      const wanted = all.map((_, index) =>
        index === count - 1
          ? [['write "hello\\n"', ...LET_GO], "it ended with code 0"]
          : [['write "hello\\n"', ...ENDED], "it was ended"]
      );
      reach("ended");
      const watching = HAS_GROUPS ? 1 : 0;
      return allOf(
        agrees(found, wanted),
        agrees(
          counts.map((number) => number - before),
          counts.map((_, index) => index < count ? watching : 0),
        ),
      );
    },
  }),
  defineProof({
    id: "cli/processes_that_cannot_be_started_have_ended",
    claim: "where starting a program throws, it has ended, and nothing that is done to it throws",
    subject: ["launcher"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("no words", "a program"),
    reaches: ["ended"],
    implementation: talking,
    mutants: [
      mutant(FILE, "this.#end(`it cannot be started: ${reasonOf(mistake)}`);", ""),
      mutant(FILE, 'const [program = "", ...args]', 'const [program = "x", ...args]'),
    ],
    check: async (name, reach, face) => {
      const words = name === "no words" ? [] : ["prog"];
      const link = face.launcher(10, (program) => {
        throw new Error(`cannot start "${program}"`);
      })(words);
      link.send("hello");
      const heard = await heardOf(link, 1);
      const wrong = await link.close(1);
      link.stop();
      reach("ended");
      const reason = `it cannot be started: cannot start "${words.join("")}"`;
      return agrees([heard, wrong, link.waiting()], [reason, reason, 0]);
    },
  }),
];

register(proofs);
