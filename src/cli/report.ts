/**
 * How a run ended, as text and as JSON.
 *
 * @module
 */

import type { Exit, Machine } from "../pvm/mod.ts";
import { codeOfExit } from "./exit_code.ts";
import { hexOf } from "./values.ts";

/** How a run ended. Numbers of 64 bits are decimal digits. */
export interface RunReport {
  readonly file: string;
  /** What the file is. */
  readonly form: string;
  readonly exit: string;
  /** The page of a page fault, or the number of a call. */
  readonly detail: string | null;
  readonly exitCode: number;
  readonly pc: number;
  readonly gas: { readonly limit: string; readonly used: string; readonly left: string };
  readonly registers: readonly string[];
  /** The bytes that a standard program gives, in hexadecimal digits. */
  readonly result: string | null;
  readonly milliseconds: number;
  /** What the program wrote with the call `log`. */
  readonly log: readonly string[];
}

const RESULT_BYTES_MAX = 2n ** 20n;
const SHOWN_BYTES = 64;

/** The bytes that a program says it gives when it halts; nothing when they cannot be read. */
export function resultOf(exit: Exit, machine: Machine): Uint8Array | undefined {
  const [address, length] = [machine.register(7), machine.register(8)];
  if (exit.kind !== "halt" || length > RESULT_BYTES_MAX) return undefined;
  if (length === 0n) return new Uint8Array(0);
  if (!machine.memory.canRead(address, length)) return undefined;
  const bytes = machine.memory.read(Number(address), Number(length));
  return bytes.ok ? bytes.value : undefined;
}

function detailOf(exit: Exit): string | null {
  if (exit.kind === "page-fault") return `0x${exit.address.toString(16)}`;
  return exit.kind === "host-call" ? `${exit.id}` : null;
}

/** What is known before a run. */
export interface RunFacts {
  readonly file: string;
  readonly form: string;
  readonly limit: bigint;
  readonly milliseconds: number;
  readonly log: readonly string[];
}

/** Puts a report together. */
export function reportOf(exit: Exit, machine: Machine, facts: RunFacts): RunReport {
  const { file, form, limit, milliseconds, log } = facts;
  const result = form === "vector" ? undefined : resultOf(exit, machine);
  return {
    file,
    form,
    exit: exit.kind,
    detail: detailOf(exit),
    exitCode: codeOfExit(exit),
    pc: machine.pc,
    gas: { limit: `${limit}`, used: `${limit - machine.gas}`, left: `${machine.gas}` },
    registers: machine.registers.map(String),
    result: result === undefined ? null : hexOf(result),
    milliseconds,
    log,
  };
}

/** The bytes of a result as text, when they are some that can be printed. */
function printable(hex: string): string {
  const bytes = Uint8Array.from(
    { length: hex.length / 2 },
    (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
  const text = new TextDecoder().decode(bytes);
  return /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}\n\t]+$/u.test(text) && !text.includes("\ufffd")
    ? ` ${JSON.stringify(text)}`
    : "";
}

/** A report as lines of text. */
export function textOf(report: RunReport): string {
  const { gas, registers, result, milliseconds } = report;
  const lines = [
    `exit: ${report.exit}${report.detail === null ? "" : ` ${report.detail}`}`,
    `pc: ${report.pc}`,
    `gas: ${gas.used} used, ${gas.left} left`,
    `registers: ${
      registers.map((value, index) => `r${index}=${value}`).filter((text) => !text.endsWith("=0"))
        .join(" ")
    }`.trimEnd(),
  ];
  if (result !== null) {
    const shown = result.slice(0, 2 * SHOWN_BYTES);
    const more = result.length > shown.length
      ? ` and ${result.length / 2 - SHOWN_BYTES} bytes more`
      : "";
    lines.push(
      `result: ${result.length / 2} bytes ${shown}${more}${more === "" ? printable(result) : ""}`
        .trimEnd(),
    );
  }
  if (milliseconds > 0) {
    const speed = Number(gas.used) / milliseconds / 1000;
    lines.push(`time: ${milliseconds.toFixed(1)} ms, ${speed.toFixed(1)} million gas a second`);
  }
  return `${lines.join("\n")}\n`;
}
