/** Programs as lines, and the engine's side of the protocol: sampled. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as draft from "../src/cli/conform_draft.ts";
import * as engine from "../src/cli/conform_engine.ts";
import * as words from "../src/cli/conform_words.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const draftMutant = sourceMutants<typeof draft>("src/cli/conform_draft.ts");
const engineMutant = sourceMutants<typeof engine>("src/cli/conform_engine.ts");
const wordsMutant = sourceMutants<typeof words>("src/cli/conform_words.ts");
const SPEC = "Ringfence, conformance of other implementations";
const DRAFT = "src/cli/conform_draft.ts";

/** Any code, mostly of jumps; its jump table entries fit their width. */
const CODE = fc.record({
  bytes: fc.array(fc.oneof(fc.nat(255), fc.constantFrom(40, 80, 81, 90, 170, 175, 1, 0)), {
    maxLength: 40,
  }),
  starts: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  width: fc.constantFrom(0, 1, 2, 8, 9),
  entries: fc.array(fc.nat(45), { maxLength: 4 }),
}).map(({ bytes, starts, width, entries }) => ({
  bytes: Uint8Array.from(bytes),
  starts: Uint8Array.from(bytes, (_, at) => starts[at] === true ? 1 : 0),
  jumpTable: {
    count: entries.length,
    width,
    bytes: Uint8Array.from(
      entries.flatMap((entry) =>
        Array.from({ length: width }, (_, place) => place === 0 ? entry : 0)
      ),
    ),
  },
}));

/** The fields of requests, and what may stand there. */
const VALUE = fc.oneof(
  fc.constantFrom<unknown>(null, "pvm", "gray-paper", "javm", "block", "panic", "0", "00", [], {}),
  fc.constantFrom<unknown>(
    0,
    1,
    -1,
    0.5,
    2 ** 53,
    true,
    "zz",
    Array.from({ length: 13 }, () => "1"),
  ),
  fc.string({ maxLength: 4 }),
  fc.constant([{ address: 65536, length: 4096, access: "read-write" }]),
);
const NAMES = [
  ...["id", "family", "dialect", "gasModel", "readOnlyStore", "program", "registers", "pc", "gas"],
  ...["pages", "memory", "heap", "steps"],
];
const SOUND = {
  ...{ id: 1, family: "pvm", dialect: "gray-paper", gasModel: "block", readOnlyStore: "panic" },
  ...{ program: "000001", registers: Array.from({ length: 13 }, () => "0"), pc: 0, gas: "9" },
  ...{ pages: [], memory: [], heap: null, steps: null },
};

/** Commands, and the words that they are; nothing where a quote is not closed or no word is there. */
const COMMANDS: readonly (readonly [string, readonly string[] | undefined])[] = [
  ["a b", ["a", "b"]],
  ["  a\t b  ", ["a", "b"]],
  [`"a b" c`, ["a b", "c"]],
  [`'a "b' c`, [`a "b`, "c"]],
  [`a"b c"d'e f'`, ["ab cde f"]],
  [String.raw`a\ b \"c\" \\`, ["a b", `"c"`, String.raw`\\`.slice(1)]],
  [String.raw`"a\"b" C:\dir\x.exe`, [`a"b`, String.raw`C:\dir\x.exe`]],
  [`a ""`, ["a", ""]],
  ["$HOME `x` ; | *", ["$HOME", "`x`", ";", "|", "*"]],
  [`a "b`, undefined],
  [`a 'b`, undefined],
  ["", undefined],
  ["   ", undefined],
  [`""`, undefined],
  [`"${"\\\\".repeat(5_000)}`, undefined],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_drafts_are_lossless",
    claim: "code that is taken apart into lines and put together again is the same code",
    subject: ["draftOf", "codeOf"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(CODE, { runs: 500, describe: "up to 40 bytes with any mask and table" }),
    reaches: ["jump", "no jump"],
    implementation: draft,
    mutants: [
      draftMutant(DRAFT, "delta: offset - (places[line] ?? 0) }", "delta: 0 }"),
      draftMutant(DRAFT, ".reduceRight(", ".reduce("),
      draftMutant(DRAFT, "if (isStart && own.length > 0) starts", "if (own.length > 0) starts"),
    ],
    check: (code, reach, { draftOf, codeOf }) => {
      const taken = draftOf(code);
      reach(taken.lines.some(({ jump }) => jump !== undefined) ? "jump" : "no jump");
      return agrees(codeOf(taken), code);
    },
  }),
  defineProof({
    id: "cli/engine_answers_every_line",
    claim: "every line gets an answer, on one line, that is a result only for a sound request",
    subject: ["answerLine"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.oneof(
        { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
        {
          weight: 6,
          arbitrary: fc.array(fc.tuple(fc.constantFrom(...NAMES), VALUE), { maxLength: 2 }).map(
            (changes) => JSON.stringify({ type: "run", ...SOUND, ...Object.fromEntries(changes) }),
          ),
        },
      ),
      { runs: 400, describe: "requests with up to two fields that are anything, and any text" },
    ),
    reaches: ["result", "error"],
    implementation: engine,
    mutants: [
      engineMutant(
        "src/cli/conform_engine.ts",
        "if (value === undefined) wrong ??=",
        "if (false) wrong ??=",
      ),
    ],
    check: (line, reach, { answerLine }) => {
      const text = answerLine(line);
      const answer: { readonly type: string; readonly registers?: readonly unknown[] } = JSON.parse(
        text,
      );
      if (["result", "error"].includes(answer.type)) reach(answer.type);
      return allOf(
        text.includes("\n") ? "more than one line" : undefined,
        answer.type === "result" ? agrees(answer.registers?.length, 13) : undefined,
      );
    },
  }),
  defineProof({
    id: "cli/conform_splits_words",
    claim: "a command is split at white space outside of quotes, and nothing else happens to it",
    subject: ["splitWords"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...COMMANDS),
    reaches: ["words", "refused"],
    implementation: words,
    mutants: [
      wordsMutant("src/cli/conform_words.ts", "      isInWord = false;\n", ""),
      wordsMutant("src/cli/conform_words.ts", "return escaped ??", "return bare ??"),
    ],
    check: ([command, expected], reach, { splitWords }) => {
      const split = splitWords(command);
      reach(split.ok ? "words" : "refused");
      return agrees(split.ok ? split.value : undefined, expected);
    },
  }),
];

register(proofs);
