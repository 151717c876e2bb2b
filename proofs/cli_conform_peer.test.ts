/** An implementation that cannot be started again, is let go meanwhile, or answers another request. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Case } from "../src/cli/conform_case.ts";
import * as peers from "../src/cli/conform_peer.ts";
import type { Capabilities } from "../src/cli/conform_protocol.ts";
import * as running from "../src/cli/conform_run.ts";
import * as shrinking from "../src/cli/conform_shrink.ts";
import { scripted } from "./_kit/conform.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = { ...peers, ...running, ...shrinking };
type Face = typeof parts;
const FILES = ["peer", "run", "shrink"].map((name) => `src/cli/conform_${name}.ts`);
const mutant = sourceMutants<Face>(FILES);
const [PEER = "", RUN = "", SHRINK = ""] = FILES;
const SPEC = "the conformance protocol";

const TRAP: Case = {
  ...{ name: "case", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: Uint8Array.of(0, 0, 1, 0, 1), registers: new Array<bigint>(13).fill(0n) },
  ...{ pc: 0, gas: 9n, pages: [], memory: [], heap: undefined, steps: undefined },
};
const ABLE: Capabilities = {
  ...{ dialects: ["gray-paper"], gasModels: ["instruction"], readOnlyStore: ["panic"] },
  ...{ hostCalls: true, heap: true, malformed: true, steps: true, gasMax: 100n },
};
const HELLO = JSON.stringify({
  ...{ type: "hello", protocol: "ringfence-conform", version: 1, name: "name" },
  capabilities: { families: ["pvm"], gasModels: ["instruction"] },
});

/** What comes of a case, by what the implementation does. */
const ASKED: Readonly<Record<string, string>> = {
  "it cannot be started": "no hello: it is gone",
  "it is let go": "it is not running",
  "it errs at another": "error: out of order",
  "it answers another": "an answer to 7 instead of 1",
};

/** What it answers to a request that is not the first. */
const OTHER: Readonly<Record<string, object>> = {
  "it errs at another": { id: 7, type: "error", reason: "out of order" },
  "it answers another": { id: 7, type: "unsupported" },
};

/** No implementation: whatever is asked, there is no answer. */
const SILENT = {
  ask: () => Promise.resolve({ kind: "failure", reason: "it is gone" } as const),
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_peers_that_do_not_answer_fail",
    claim: "a case fails, with the reason, where it cannot be asked or another one is answered",
    subject: ["Peer.ask"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(ASKED)),
    reaches: ["failure"],
    implementation: parts,
    mutants: [
      mutant(PEER, "if (!started.ok) return failure(started.error);", ""),
      mutant(
        PEER,
        'if (link === undefined) return failure("it is not running");',
        'if (link === undefined) return failure("");',
      ),
      mutant(PEER, 'value.id !== this.#id && value.kind === "error"', "false"),
      mutant(PEER, 'value.id !== this.#id && value.kind === "error"', "value.id !== this.#id"),
    ],
    check: async (name, reach, { Peer }) => {
      const peer = new Peer(() =>
        scripted((_, index) => {
          if (name === "it cannot be started") return { ends: "it is gone" };
          return [index === 0 ? HELLO : JSON.stringify(OTHER[name])];
        }), 10);
      const asked = peer.ask(TRAP);
      if (name === "it is let go") await peer.dismiss();
      const reply = await asked;
      reach(reply.kind);
      return agrees(reply, { kind: "failure", reason: ASKED[name] });
    },
  }),
  defineProof({
    id: "cli/conform_malformed_findings_are_of_their_own",
    claim:
      "a blob that is none has no instruction, and is another finding than a program without one",
    subject: ["conformRun", "instructionsIn"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("none", "empty"),
    reaches: ["none", "empty"],
    implementation: parts,
    mutants: [
      mutant(RUN, ': ["malformed"];', ": [];"),
      mutant(SHRINK, ".length : 0;", ".length : 1;"),
    ],
    check: async (first, reach, { conformRun, instructionsIn }) => {
      const blobs = { none: new Uint8Array(0), empty: new Uint8Array(3) };
      const second = first === "none" ? "empty" : "none";
      const cases = [first, second] as const;
      const trials = cases.map((name) => ({
        ...{ input: { ...TRAP, program: blobs[name] }, wanted: undefined },
      }));
      const { findings } = await conformRun(trials, {
        ...{ peer: SILENT, capabilities: ABLE, ignored: new Set<never>(), failuresMax: 9 },
        ...{ now: () => 0, onCase: () => {} },
      });
      reach(first);
      return agrees(
        [findings.length, trials.map(({ input }) => instructionsIn(input))],
        [2, [0, 0]],
      );
    },
  }),
];

register(proofs);
