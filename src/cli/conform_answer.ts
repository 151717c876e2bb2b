/**
 * What an implementation answers to a request of the conformance driver.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { type CaseEnd, type Status, STATUSES } from "./conform_case.ts";
import {
  chunksFrom,
  type Fields,
  fieldsOfLine,
  pagesFrom,
  pcFrom,
  registersFrom,
  u32From,
  u64From,
  wordFrom,
} from "./conform_protocol.ts";
import { textOf } from "./exact_json.ts";

/** What an implementation says came of a case; what it cannot say is `undefined`. */
export type Given =
  & { readonly status: Status }
  & {
    readonly [Field in Exclude<keyof CaseEnd, "status">]:
      | CaseEnd[Field]
      | undefined;
  };

/** An answer to a request to run. */
export type Answer =
  | { readonly kind: "result"; readonly id: number; readonly given: Given }
  | {
    readonly kind: "unsupported" | "error";
    readonly id: number;
    readonly reason: string;
  };

/** Reads what an answer gives; the first field that is wrong is told. */
export function readGiven(fields: Fields): Result<Given, string> {
  let wrong: string | undefined;
  function optional<T>(
    name: string,
    read: (value: unknown) => T | undefined,
  ): T | undefined {
    const value = fields.get(name) ?? undefined;
    if (value === undefined) return undefined;
    const found = read(value);
    if (found === undefined) wrong ??= `"${name}" is malformed`;
    return found;
  }
  const status = wordFrom(fields.get("status"), STATUSES);
  if (status === undefined) {
    return err(`"status" is none of ${STATUSES.join(", ")}`);
  }
  const given: Given = {
    status,
    address: optional("address", u32From),
    call: optional("call", u64From),
    pc: optional("pc", pcFrom),
    gas: optional("gas", u64From),
    registers: optional("registers", registersFrom),
    memory: optional("memory", chunksFrom),
    pages: optional("pages", pagesFrom),
  };
  return wrong === undefined ? ok(given) : err(wrong);
}

const REASON_LENGTH_MAX = 500;

/** A reason as it can be printed: on one line, without what terminals take for commands, and short. */
function printable(text: string): string {
  return text.slice(0, REASON_LENGTH_MAX).replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ");
}

/** Reads an answer to a request to run. */
export function readAnswer(line: string): Result<Answer, string> {
  const fields = fieldsOfLine(line);
  if (!fields.ok) return fields;
  const id = u32From(fields.value.get("id"));
  if (id === undefined) return err(`"id" is missing or malformed`);
  const type = wordFrom(fields.value.get("type"), [
    "result",
    "unsupported",
    "error",
  ]);
  if (type === undefined) {
    return err(`"type" is none of result, unsupported, error`);
  }
  if (type !== "result") {
    return ok({
      kind: type,
      id,
      reason: printable(textOf(fields.value.get("reason")) ?? "no reason given"),
    });
  }
  const given = readGiven(fields.value);
  return given.ok ? ok({ kind: "result", id, given: given.value }) : given;
}
