/**
 * The other side of the conformance driver: this library as an implementation that is judged.
 *
 * @module
 */

import type { Engine } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type Case, type CaseEnd, runCase } from "./conform_case.ts";
import {
  chunksFrom,
  chunksOut,
  type Fields,
  fieldsOfLine,
  heapFrom,
  hexFrom,
  pagesFrom,
  pcFrom,
  PROTOCOL,
  PROTOCOL_VERSION,
  registersFrom,
  u32From,
  u64From,
  wordFrom,
} from "./conform_protocol.ts";

const CAPABILITIES = {
  families: ["pvm"],
  dialects: ["gray-paper", "javm"],
  gasModels: ["instruction", "block", "pipeline"],
  readOnlyStore: ["panic", "page-fault"],
  hostCalls: true,
  heap: true,
  malformed: true,
  steps: true,
} as const;

/** Reads the case of a request; the first field that is wrong is told. */
function readCase(fields: Fields): Result<Case, string> {
  let wrong: string | undefined;
  function need<T>(name: string, value: T | undefined, otherwise: T): T {
    if (value === undefined) wrong ??= `"${name}" is missing or malformed`;
    return value ?? otherwise;
  }
  const at = (name: string) => fields.get(name);
  const heap = (at("heap") ?? undefined) === undefined
    ? undefined
    : need("heap", heapFrom(at("heap"), "maxPages"), { base: 0, top: 0, maxPages: 0 });
  const steps = (at("steps") ?? undefined) === undefined
    ? undefined
    : need("steps", u32From(at("steps")), 0);
  const { dialects, gasModels, readOnlyStore } = CAPABILITIES;
  need("family", wordFrom(at("family"), CAPABILITIES.families), "pvm");
  const input: Case = {
    name: "",
    dialect: need("dialect", wordFrom(at("dialect"), dialects), "gray-paper"),
    gasModel: need(
      "gasModel",
      wordFrom(at("gasModel"), gasModels),
      "instruction",
    ),
    readOnlyStore: need(
      "readOnlyStore",
      wordFrom(at("readOnlyStore"), readOnlyStore),
      "panic",
    ),
    program: need("program", hexFrom(at("program")), new Uint8Array(0)),
    registers: need("registers", registersFrom(at("registers")), []),
    pc: need("pc", pcFrom(at("pc")), 0),
    gas: need("gas", u64From(at("gas")), 0n),
    pages: need("pages", pagesFrom(at("pages")), []),
    memory: need("memory", chunksFrom(at("memory")), []),
    heap,
    steps,
  };
  return wrong === undefined ? ok(input) : err(wrong);
}

/** What came of a case, as it is answered. */
export function endOut(
  { call, address, gas, registers, memory, ...rest }: CaseEnd,
): object {
  return {
    ...rest,
    address: address ?? null,
    call: call === undefined ? null : `${call}`,
    gas: `${gas}`,
    registers: registers.map(String),
    memory: chunksOut(memory),
  };
}

/** The answer to a request that cannot be followed. */
export function errorLine(id: number, reason: string): string {
  return JSON.stringify({ type: "error", id, reason });
}

/** The answer to a request to run. */
function runAnswer(fields: Fields, engine: Engine | undefined): object {
  const id = u32From(fields.get("id")) ?? 0;
  const input = readCase(fields);
  if (!input.ok) return { type: "error", id, reason: input.error };
  const end = runCase(input.value, engine);
  return end.ok
    ? { type: "result", id, ...endOut(end.value) }
    : { type: "unsupported", id, reason: end.error };
}

/**
 * Answers a request of the conformance driver.
 *
 * @param line The request, without the line break.
 * @param engine What runs programs; the interpreter when left out.
 * @param name What it is called.
 * @returns The answer, without a line break. A request that is none gets an answer of type `error`.
 */
export function answerLine(
  line: string,
  engine?: Engine,
  name = "ringfence",
): string {
  const fields = fieldsOfLine(line);
  if (!fields.ok) {
    return errorLine(0, fields.error);
  }
  const type = wordFrom(fields.value.get("type"), ["hello", "run"]);
  if (type === "run") return JSON.stringify(runAnswer(fields.value, engine));
  if (type === undefined) {
    return errorLine(0, `"type" is none of hello, run`);
  }
  return JSON.stringify({
    type: "hello",
    protocol: PROTOCOL,
    version: PROTOCOL_VERSION,
    name,
    capabilities: CAPABILITIES,
  });
}
