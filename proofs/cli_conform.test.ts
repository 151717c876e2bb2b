/** The conformance driver: engines that are right, implementations that misbehave, vectors. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/main.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import type { Launch } from "../src/cli/conform_link.ts";
import { vectorText } from "./_kit/cli.ts";
import { answering, reportOf, runWaiting, scripted } from "./_kit/conform.ts";
import {
  BUNDLE,
  emptied,
  type Fate,
  LASTING,
  MANY_STEPS,
  ofBundle,
  withPages,
} from "./_kit/conform_vectors.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/main.ts");
const PROTOCOL = "src/cli/conform_protocol.ts";
const SPEC = "Ringfence, conformance of other implementations";
const SUBJECT = ["mainAsync"];

/** An implementation whose answers are those of this library, changed. */
function changed(change: (answer: Record<string, unknown>) => object): Launch {
  return answering((line) => {
    const answer: Record<string, unknown> = JSON.parse(answerLine(line));
    return JSON.stringify(answer.type === "hello" ? answer : change(answer));
  });
}

/** An implementation that introduces itself, and then answers every request so. */
function after(reply: readonly string[] | { readonly ends: string }): Launch {
  return () => scripted((line, index) => index === 0 ? [answerLine(line)] : reply);
}

/** An implementation that introduces itself so. */
function hello(changes: object): Launch {
  return answering((line) => JSON.stringify({ ...JSON.parse(answerLine(line)), ...changes }));
}

const PAGE = '{"address":8192,"length":4096,"access":"read-only"}';
const HEAD = '{"type":"result","id":1,"status":"halt"';

/** Implementations that misbehave: the exit code, and what is said about it. */
const HOSTILE: Readonly<Record<string, readonly [Launch, number, RegExp]>> = {
  "never answers": [after([]), 1, /no answer within 50 ms/],
  "garbage": [after(["\u0000\u0007{{{"]), 1, /no answer: no JSON/],
  "a list": [after(["[]"]), 1, /no JSON object/],
  "dies": [after({ ends: "it ended with code 3" }), 1, /it ended with code 3/],
  "another id": [after([`{"type":"result","id":77,"status":"halt"}`]), 1, /an answer to 77/],
  "two answers": [after([`${HEAD}}`, `${HEAD}}`]), 1, /nobody asked for/],
  "no status": [after([`{"type":"result","id":1}`]), 1, /"status" is none of/],
  "an odd status": [after([`{"type":"result","id":1,"status":"fine"}`]), 1, /"status" is none of/],
  "too few registers": [after([`${HEAD},"registers":["1"]}`]), 1, /"registers" is malformed/],
  "an odd address": [after([`${HEAD},"memory":[{"address":-1,"bytes":""}]}`]), 1, /"memory" is/],
  "half a page": [after([`${HEAD},"pages":[${PAGE.replace("4096", "4095")}]}`]), 1, /"pages" is/],
  "a page twice": [after([`${HEAD},"pages":[${PAGE},${PAGE}]}`]), 1, /"pages" is malformed/],
  "half a byte": [after([`${HEAD},"memory":[{"address":1,"bytes":"0"}]}`]), 1, /"memory" is/],
  "too much gas": [after([`${HEAD},"gas":"18446744073709551616"}`]), 1, /"gas" is malformed/],
  "an error": [changed(({ id }) => ({ type: "error", id, reason: "no way" })), 1, /error: no way/],
  "knows nothing": [
    changed(({ id }) => ({ type: "unsupported", id, reason: "not yet" })),
    1,
    /nothing besides the status was compared/,
  ],
  "says nothing but the status": [
    changed(({ type, id, status }) => ({ type, id, status })),
    1,
    /never compared: pc, gas, registers, memory, pages|nothing besides the status/,
  ],
  "an end with a fault": [
    () => scripted((line) => [answerLine(line)], "it ended with code 3"),
    1,
    /FAILED it ended with code 3/,
  ],
  "no hello": [() => scripted(() => []), 69, /no hello: it says nothing/],
  "dead at once": [() => scripted(() => ({ ends: "it ended with code 1" })), 69, /with code 1/],
  "an odd hello": [answering(() => "hello"), 69, /no hello: no JSON/],
  "another type": [hello({ type: "result" }), 69, /"type" is not hello/],
  "another protocol": [hello({ protocol: "other" }), 69, /"protocol" is not/],
  "another version": [hello({ version: 2 }), 69, /"version" is not 1/],
  "no name": [hello({ name: "" }), 69, /"name" is missing/],
  "no capabilities": [hello({ capabilities: null }), 69, /"capabilities" are missing/],
  "no family": [hello({ capabilities: { gasModels: ["block"] } }), 69, /"families"/],
  "an unknown family": [hello({ capabilities: { families: ["wasm"] } }), 69, /"families"/],
  "no gas model": [hello({ capabilities: { families: ["pvm"] } }), 69, /"gasModels"/],
};

/** Files of vectors: the exit code of a right engine, how many pass and are skipped, and a message. */
const VECTORS: Readonly<Record<string, Fate>> = {
  "an official one": [{ "v/a.json": vectorText() }, 0, 1, 0, /./],
  "with another gas": [{ "v/a.json": vectorText({ "expected-gas": 98 }) }, 1, 0, 0, /gas/],
  "with another register": [
    { "v/a.json": vectorText({ "expected-regs": Array.from({ length: 13 }, () => 1) }) },
    ...[1, 0, 0, /registers/] as const,
  ],
  "with other memory": [
    { "v/a.json": vectorText({ "expected-memory": [{ address: 131072, contents: [254] }] }) },
    ...[1, 0, 0, /memory/] as const,
  ],
  "a bundle": [ofBundle(BUNDLE), 0, 3, 1, /./],
  "a field too many": [{ "v/a.json": vectorText({ more: 1 }) }, 1, 0, 1, /nothing besides/],
  "half a page": withPages([{ address: 131072, length: 4095 }]),
  "half of another": withPages([{ address: 131073, length: 4096 }]),
  "a page twice": withPages([{ address: 4096, length: 8192 }, { address: 8192, length: 4096 }]),
  "pages beyond the end": withPages([{ address: 2 ** 32 - 4096, length: 8192 }]),
  "bytes beyond the end": [
    { "v/a.json": vectorText({ "initial-memory": [{ address: 2 ** 32 - 1, contents: [1, 2] }] }) },
    ...[65, 0, 0, /initial-memory/] as const,
  ],
  "no blob, and gas": emptied({ "expected-gas": 4 }),
  "no blob, and a place": emptied({ "expected-pc": 1 }),
  "no blob, and registers": emptied({ "expected-regs": Array.from({ length: 13 }, () => 1) }),
  "one that lasts": [ofBundle(LASTING), 1, 0, 1, /run here: it runs on after/],
  "one of many steps": [ofBundle(MANY_STEPS), 1, 0, 1, /run here: it goes on after/],
  "no vector": [{ "v/a.json": '{"schema": 1}' }, 66, 0, 0, /there is no vector/],
  "no JSON": [{ "v/a.json": "{" }, 65, 0, 0, /no vectors/],
  "too few registers": [
    { "v/a.json": vectorText({ "initial-regs": [1] }) },
    65,
    0,
    0,
    /initial-regs/,
  ],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_right_engines_pass",
    claim: "an engine that is right passes every random program, in every dialect and gas model",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ seed: domain.of("1", "2"), plain: domain.of(false, true) }),
    reaches: ["pass"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/conform_protocol.ts",
        "registers: registers.map(String),",
        "registers: registers.map((value) => `${value ^ 1n}`),",
      ),
      mutant("src/cli/conform_case.ts", "pc: machine.pc,", "pc: machine.pc + 1,"),
    ],
    check: async ({ seed, plain }, reach, face) => {
      const more = plain ? ["--plain"] : [];
      const args = ["conform", "--exec", "x", "--random", "60", "--seed", seed, "--json"];
      const few = ["--max-failures", "1", ...more];
      const outcome = await runWaiting(face, [...args, ...few], answering(answerLine));
      const { pass, fail, problems } = reportOf(outcome);
      reach("pass");
      return agrees([outcome.code, pass, fail, problems], [0, 60, 0, []]);
    },
  }),
  defineProof({
    id: "cli/conform_hostile_implementations",
    claim:
      "an implementation that misbehaves in any way ends the run with a message, and never well",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(HOSTILE)),
    reaches: ["1", "69"],
    implementation: cli,
    mutants: [
      mutant("src/cli/conform_peer.ts", "if (link.waiting() > 0)", "if (link.waiting() > 9)"),
      mutant("src/cli/conform_hello.ts", 'return err(`"type" is not hello`);', ";"),
      mutant("src/cli/conform_run.ts", 'field !== "status"', "field !== undefined"),
      mutant("src/cli/conform_answer.ts", "return wrong === undefined ?", "return wrong !== 0 ?"),
      mutant(
        "src/cli/conform.ts",
        "const problems = end.ok ? [] : [end.error];",
        "const problems = [];",
      ),
      mutant(
        "src/cli/conform_hello.ts",
        'wrong ??= `"${name}" holds none',
        "name.at(0) ?? `holds none",
      ),
    ],
    check: async (name, reach, face) => {
      const [launch, code, says] = HOSTILE[name] ?? [after([]), 0, /./];
      const args = ["conform", "--exec", "x", "--random", "3", "--timeout", "50"];
      const outcome = await runWaiting(face, args, launch);
      reach(`${outcome.code}`);
      const said = `${outcome.out}${outcome.error}`;
      return allOf(
        agrees(outcome.code, code),
        says.test(said) ? undefined : `it says ${said}`,
      );
    },
  }),
  defineProof({
    id: "cli/conform_reads_vectors",
    claim: "vectors are sent as they stand, and a right engine passes those that are right alone",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...Object.keys(VECTORS)),
    reaches: ["0", "1", "65", "66"],
    implementation: cli,
    mutants: [
      mutant("src/cli/conform_compare.ts", "value === given[index] ? [] : [index]", "[]"),
      mutant("src/cli/conform_compare.ts", "if (one === other) continue;", "continue;"),
      mutant(
        "src/cli/conform_vectors.ts",
        'status === "host-call" ?',
        'status === "ecall" ?',
      ),
      mutant("src/cli/conform.ts", "if (trials.length === before)", "if (trials.length < before)"),
      mutant(PROTOCOL, "start % PAGE_BYTES === 0 &&", ""),
      mutant(PROTOCOL, "bytes % PAGE_BYTES === 0 &&", ""),
      mutant(PROTOCOL, "&& end <= Number(ADDRESSES)", ""),
      mutant(PROTOCOL, "start + bytes.length > Number(ADDRESSES)", "start < 0"),
      mutant(PROTOCOL, "before.address + before.length <= address", "before.address <= address"),
      mutant(
        "src/cli/conform_vectors.ts",
        "reader.wrong ?? changeOf(input, wanted)",
        "reader.wrong",
      ),
      mutant(
        "src/cli/conform_vectors.ts",
        'const status = "running";',
        'const status = "malformed";',
      ),
      mutant("src/cli/conform_judge.ts", "gas > CASE_GAS_MAX ||", ""),
      mutant("src/cli/conform_judge.ts", "|| steps > CASE_STEPS_MAX", ""),
    ],
    check: async (name, reach, face) => {
      const [files, code, pass, skip, says] = VECTORS[name] ?? [{}, 0, 0, 0, /./];
      const args = ["conform", "--exec", "x", "--vectors", "v", "--json"];
      const outcome = await runWaiting(face, args, answering(answerLine), files);
      reach(`${outcome.code}`);
      const said = `${outcome.out}${outcome.error}`;
      const counts = outcome.code > 1 ? { pass: 0, skip: 0 } : reportOf(outcome);
      return allOf(
        agrees([outcome.code, counts.pass, counts.skip], [code, pass, skip]),
        says.test(said) ? undefined : `it says ${said}`,
      );
    },
  }),
];

register(proofs);
