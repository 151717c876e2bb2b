/**
 * What the conformance driver found, as text and as JSON.
 *
 * @module
 */

import { decodeBlob, disassemble } from "../pvm/mod.ts";
import type { Given } from "./conform_answer.ts";
import type { Case } from "./conform_case.ts";
import { shown } from "./conform_compare.ts";
import { endOut } from "./conform_engine.ts";
import { caseOut, chunksOut, type Hello } from "./conform_protocol.ts";
import { type Counts, type Finding, neverGiven, type RunReport } from "./conform_run.ts";
import { hexOf } from "./values.ts";

/** The source text of a case's program. */
function sourceOf({ program }: Case): string {
  const code = decodeBlob(program);
  if (!code.ok) return "        ; the blob is malformed\n";
  const text = disassemble(code.value);
  if (!text.ok) return "        ; too long to be shown\n";
  return text.value === "" ? "        ; no code\n" : text.value;
}

/** How many bytes of a chunk of memory are shown. */
const SHOWN_BYTES = 64;

/** What a case starts with, in lines. */
function startLines(input: Case): readonly string[] {
  const {
    dialect,
    gasModel,
    readOnlyStore,
    registers,
    pc,
    gas,
    pages,
    memory,
    heap,
  } = input;
  const set = registers.flatMap((value, index) =>
    value === 0n ? [] : [`r${index}=${shown(value)}`]
  );
  const lines = [
    `  blob ${hexOf(input.program)}`,
    `  ${dialect}, gas model ${gasModel}, a store to a read-only page gives ${readOnlyStore}`,
    `  pc ${pc}, gas ${gas}${set.length === 0 ? "" : `, ${set.join(" ")}`}`,
  ];
  if (input.steps !== undefined) lines.push(`  steps ${input.steps}`);
  if (heap !== undefined) {
    const { base, top, maxPages } = heap;
    lines.push(
      `  heap from ${shown(base)} to ${shown(top)}, at most ${maxPages} pages`,
    );
  }
  for (const { address, length, access } of pages) {
    lines.push(`  pages ${shown(address)}+${shown(length)} ${access}`);
  }
  for (const { address, bytes } of memory) {
    const more = bytes.length > SHOWN_BYTES ? "…" : "";
    lines.push(
      `  memory ${shown(address)}: ${hexOf(bytes.subarray(0, SHOWN_BYTES))}${more}`,
    );
  }
  return lines;
}

/** A finding in lines of text. */
function findingText(
  { name, fault, input, instructions, again }: Finding,
): string {
  const { before, after } = instructions;
  const size = `${after} instruction${after === 1 ? "" : "s"}${
    before > after ? ` of ${before}` : ""
  }`;
  const wrong = fault.kind === "failure"
    ? [`  ${fault.reason}`]
    : fault.differences.map(({ field, expected, given }) =>
      `  ${field}: expected ${expected}, given ${given}`
    );
  const lines = [
    `FAILED ${name}, ${size}:`,
    sourceOf(input).trimEnd(),
    ...startLines(input),
    ...wrong,
    ...(again > 0 ? [`  ${again} more like it`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function countsText(counts: Counts): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}

/** A run in lines of text. */
export function reportText(
  hello: Hello,
  report: RunReport,
  problems: readonly string[],
): string {
  const { pass, fail, skip, findings, missing, skipped } = report;
  const parts = findings.map(findingText);
  for (const problem of problems) parts.push(`FAILED ${problem}\n`);
  if (skipped.size > 0) parts.push(`skipped: ${countsText(skipped)}\n`);
  if (missing.size > 0) {
    parts.push(`not given, so not compared: ${countsText(missing)}\n`);
  }
  const never = neverGiven(report);
  if (never.length > 0) parts.push(`never compared: ${never.join(", ")}\n`);
  const name = `${hello.name} ${hello.release}`.trim();
  const cut = report.isCut ? ", stopped early" : "";
  const total = pass + fail + skip;
  parts.push(
    `${name}: ${pass} pass, ${fail} fail, ${skip} skip, ${total} total${cut}\n`,
  );
  return parts.join("");
}

function givenOut({ call, gas, registers, memory, ...rest }: Given): object {
  return {
    ...rest,
    call: call === undefined ? null : `${call}`,
    gas: gas === undefined ? null : `${gas}`,
    registers: registers?.map(String) ?? null,
    memory: memory === undefined ? null : chunksOut(memory),
  };
}

function findingOut(
  { name, fault, input, instructions, again }: Finding,
): object {
  return {
    name,
    kind: fault.kind,
    instructions: instructions.after,
    instructionsBefore: instructions.before,
    again,
    source: sourceOf(input),
    input: caseOut(input),
    expected: endOut(fault.expected),
    ...(fault.kind === "failure"
      ? { reason: fault.reason }
      : { differences: fault.differences, given: givenOut(fault.given) }),
  };
}

/** A run as a value for JSON. */
export function reportOut(
  hello: Hello,
  report: RunReport,
  problems: readonly string[],
): object {
  const { pass, fail, skip, skipped, compared, missing, findings, isCut } = report;
  return {
    implementation: { name: hello.name, release: hello.release },
    pass,
    fail,
    skip,
    total: pass + fail + skip,
    isCut,
    problems,
    skipped: Object.fromEntries(skipped),
    compared: Object.fromEntries(compared),
    missing: Object.fromEntries(missing),
    failures: findings.map(findingOut),
  };
}
