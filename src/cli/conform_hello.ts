/**
 * How an implementation introduces itself to the conformance driver.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { Case, Metering } from "./conform_case.ts";
import {
  type Capabilities,
  type Fields,
  fieldsOf,
  fieldsOfLine,
  type Hello,
  listFrom,
  PROTOCOL,
  PROTOCOL_VERSION,
  u64From,
  wordFrom,
} from "./conform_protocol.ts";
import { textOf } from "./exact_json.ts";

const DIALECTS = ["gray-paper", "javm"] as const;
const METERINGS: readonly Metering[] = [
  "instruction",
  "block",
  "pipeline",
  "unmetered",
];
const READ_ONLY_STORES: readonly Case["readOnlyStore"][] = [
  "panic",
  "page-fault",
];
const NAME_LENGTH_MAX = 100;

/** Reads capabilities; the first that is wrong is told. */
function readCapabilities(fields: Fields): Result<Capabilities, string> {
  let wrong: string | undefined;
  function read<T>(
    name: string,
    parse: (value: unknown) => T | undefined,
    otherwise: T,
  ): T {
    const value = fields.get(name) ?? undefined;
    const found = value === undefined ? otherwise : parse(value);
    if (found === undefined) wrong ??= `"${name}" is malformed`;
    return found ?? otherwise;
  }
  function words<T extends string>(
    name: string,
    known: readonly T[],
    otherwise: readonly T[],
  ) {
    const found = read(
      name,
      (value) => listFrom(value, (item) => wordFrom(item, known)),
      otherwise,
    );
    if (found.length === 0) {
      wrong ??= `"${name}" holds none of ${known.join(", ")}`;
    }
    return found;
  }
  const flag = (value: unknown) => typeof value === "boolean" ? value : undefined;
  const families = words("families", ["pvm"], []);
  const capabilities: Capabilities = {
    dialects: words("dialects", DIALECTS, ["gray-paper"]),
    gasModels: words("gasModels", METERINGS, []),
    readOnlyStore: words("readOnlyStore", READ_ONLY_STORES, READ_ONLY_STORES),
    hostCalls: read("hostCalls", flag, true),
    heap: read("heap", flag, false),
    malformed: read("malformed", flag, true),
    steps: read("steps", flag, false),
    gasMax: read("gasMax", u64From, 2n ** 64n - 1n),
  };
  if (families.length === 0) wrong ??= `"families" is missing`;
  return wrong === undefined ? ok(capabilities) : err(wrong);
}

function nameFrom(value: unknown): string | undefined {
  const text = textOf(value);
  const isName = text !== undefined && text !== "" && text.length <= NAME_LENGTH_MAX &&
    !/[\p{Cc}\p{Cf}]/u.test(text);
  return isName ? text : undefined;
}

/** Reads the answer to a hello. */
export function readHello(line: string): Result<Hello, string> {
  const fields = fieldsOfLine(line);
  if (!fields.ok) return fields;
  if (fields.value.get("type") !== "hello") return err(`"type" is not hello`);
  if (fields.value.get("protocol") !== PROTOCOL) {
    return err(`"protocol" is not ${PROTOCOL}`);
  }
  if (fields.value.get("version") !== PROTOCOL_VERSION) {
    return err(`"version" is not ${PROTOCOL_VERSION}`);
  }
  const name = nameFrom(fields.value.get("name"));
  if (name === undefined) return err(`"name" is missing or malformed`);
  const given = fieldsOf(fields.value.get("capabilities"));
  if (given === undefined) return err(`"capabilities" are missing`);
  const capabilities = readCapabilities(given);
  if (!capabilities.ok) return capabilities;
  const release = nameFrom(fields.value.get("release")) ?? "";
  return ok({ name, release, capabilities: capabilities.value });
}

/** Why an implementation cannot be asked to run a case; nothing when it can. */
export function whyNot(
  capabilities: Capabilities,
  input: Case,
): string | undefined {
  const { dialect, gasModel, readOnlyStore, gas, heap, steps } = input;
  if (!capabilities.dialects.includes(dialect)) return `dialect ${dialect}`;
  if (!capabilities.gasModels.includes(gasModel)) {
    return `gas model ${gasModel}`;
  }
  if (!capabilities.readOnlyStore.includes(readOnlyStore)) {
    return `${readOnlyStore} of stores`;
  }
  if (gas > capabilities.gasMax) return `gas above ${capabilities.gasMax}`;
  if (heap !== undefined && !capabilities.heap) return "a heap";
  return steps !== undefined && !capabilities.steps ? "single steps" : undefined;
}
