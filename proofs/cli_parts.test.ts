/** Parts of the command line at the ends of what they take, one by one. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as answers from "../src/cli/conform_answer.ts";
import type { Case, CaseEnd, CasePages } from "../src/cli/conform_case.ts";
import * as comparing from "../src/cli/conform_compare.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import * as drawing from "../src/cli/conform_lines.ts";
import * as peers from "../src/cli/conform_peer.ts";
import * as json from "../src/cli/exact_json.ts";
import * as reading from "../src/cli/kernel_reader.ts";
import * as inputs from "../src/cli/program_input.ts";
import { OPCODES } from "../src/pvm/mod.ts";
import { scripted } from "./_kit/conform.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const parts = {
  ...answers,
  ...drawing,
  ...comparing,
  ...peers,
  ...json,
  ...reading,
  ...inputs,
};
type Face = typeof parts;
const file = (name: string): string => `src/cli/${name}.ts`;
const FILES = [
  "conform_answer",
  "conform_compare",
  "conform_lines",
  "conform_peer",
  "exact_json",
  "kernel_reader",
];
const mutant = sourceMutants<Face>([...FILES, "program_input"].map(file));

/** What went wrong, in words. */
function wrongOf(result: { readonly ok: boolean }): unknown {
  const error: unknown = Reflect.get(result, "error");
  if (typeof error !== "object" || error === null) return error;
  return ["detail", "message"].map((name) => Reflect.get(error, name)).find((text) =>
    text !== undefined
  );
}

const page = (at: number, count = 1): CasePages => ({
  ...{ address: at * 4096, length: count * 4096, access: "read-write" },
});

/** An end with some pages. */
const endWith = (pages: readonly CasePages[]): CaseEnd => ({
  ...{ status: "trap", address: undefined, call: undefined, pc: 0, gas: 0n },
  ...{ registers: [], memory: [], pages },
});

/** Whether an implementation that gives some pages differs from what is wanted. */
function differs({ compareEnds }: Face, wanted: readonly CasePages[], pages: readonly CasePages[]) {
  const given = { ...endWith([]), pages };
  return compareEnds(endWith(wanted), given, new Set()).differences.map(({ field }) => field);
}

const TRAP: Case = {
  ...{ name: "x", dialect: "gray-paper", gasModel: "instruction", readOnlyStore: "panic" },
  ...{ program: Uint8Array.of(0, 0, 1, 0, 1), pc: 0, gas: 5n },
  ...{ registers: Array.from({ length: 13 }, () => 0n) },
  ...{ pages: [], memory: [], heap: undefined, steps: undefined },
};

/** What becomes of a case that is asked of an implementation with its own kind of answer. */
async function asked({ Peer }: Face, kind: string): Promise<unknown> {
  const answer = (line: string, index: number) =>
    index === 0 || kind === "result"
      ? answerLine(line)
      : JSON.stringify({ type: kind, id: index, reason: "so" });
  const peer = new Peer(() => scripted((line, index) => [answer(line, index)]), 1_000);
  const hello = await peer.start();
  if (!hello.ok) return hello.error;
  const reply = await peer.ask(TRAP);
  return reply.kind === "result" ? [reply.kind, reply.given.status] : [reply.kind, reply.reason];
}

const EVERY = OPCODES.map(({ mnemonic }) => mnemonic);
const any: reading.Read<unknown> = (value) => ({ ok: true, value });

/** What is asked of a part, and what it must answer. */
type Fact = readonly [what: string, ask: (face: Face) => unknown, answer: unknown];

const FACTS: readonly Fact[] = [
  [
    "a number of 4,096 characters is read",
    ({ parseExact }) => parseExact(`1${"0".repeat(4_095)}`).ok,
    true,
  ],
  [
    "a longer one is told",
    ({ parseExact }) => wrongOf(parseExact(`1${"0".repeat(4_096)}`)),
    "a number of more than 4096 characters",
  ],
  [
    "a quote in a string does not end it",
    ({ parseExact }) => parseExact('["a\\\\\\"12345678901234567890", 1]'),
    { ok: true, value: ['a\\"12345678901234567890', 1] },
  ],
  [
    "where no instruction may be drawn, a trap is",
    ({ paletteOf }) => paletteOf("gray-paper", new Set(EVERY), true).all.map(({ code }) => code),
    [0],
  ],
  [
    "an answer without a number is none",
    ({ readAnswer }) => wrongOf(readAnswer('{"type":"error"}')),
    '"id" is missing or malformed',
  ],
  [
    "an answer with a negative number is none",
    ({ readAnswer }) => wrongOf(readAnswer('{"type":"error","id":-1}')),
    '"id" is missing or malformed',
  ],
  [
    "pages that follow each other are one region",
    (face) =>
      differs(face, [page(16), page(32), page(48, 3)], [page(16), page(32), page(48), page(49, 2)]),
    [],
  ],
  [
    "pages with a hole are not",
    (face) => differs(face, [page(16), page(48, 3)], [page(16), page(48), page(50)]),
    ["pages"],
  ],
  ["a result is a result", (face) => asked(face, "result"), ["result", "panic"]],
  ["what is not done is told", (face) => asked(face, "unsupported"), ["unsupported", "so"]],
  ["a mistake is told", (face) => asked(face, "error"), ["error", "error: so"]],
  [
    "a list of 2^20 is read",
    ({ readList }) => readList(any)(new Array(2 ** 20).fill(0), "at").ok,
    true,
  ],
  [
    "a longer one is not",
    ({ readList }) => wrongOf(readList(any)(new Array(2 ** 20 + 1).fill(0), "at")),
    "expected a list of at most 1048576",
  ],
  [
    "a mistake in a source is told with its place",
    ({ readSource }) => String(wrongOf(readSource("a.pvmasm", "trap\n  bogus"))).split(" ")[0],
    "a.pvmasm:2:3:",
  ],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/parts_take_what_they_say",
    claim: "numbers, lists, answers, pages and sources are taken up to their ends, and no further",
    subject: [
      ...[
        "parseExact",
        "paletteOf",
        "readAnswer",
        "compareEnds",
        "Peer.start",
        "Peer.ask",
        "readList",
      ],
      ...["readSource"],
    ],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.of(...FACTS.map(([what]) => what)),
    reaches: ["answered"],
    implementation: parts,
    mutants: [
      mutant(file("exact_json"), "NUMBER_CHARACTERS_MAX = 4_096", "NUMBER_CHARACTERS_MAX = 4_095"),
      mutant(file("conform_answer"), "if (id === undefined) return", "if (id === 0) return"),
      mutant(file("conform_compare"), "const last = merged.at(-1);", "const last = merged.at(1);"),
      mutant(
        file("conform_peer"),
        '{ kind: "result", given: value.given }',
        '{ kind: "error", reason: "" }',
      ),
      mutant(file("kernel_reader"), "max: number = 2 ** 20", "max: number = 3 ** 20"),
      mutant(file("program_input"), 'mistake.kind === "assembly-error"', "false"),
    ],
    check: async (what, reach, face) => {
      const [, ask, answer] = FACTS.find(([name]) => name === what) ?? [];
      reach("answered");
      return agrees(await ask?.(face), answer);
    },
  }),
];

register(proofs);
