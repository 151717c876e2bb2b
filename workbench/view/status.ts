/** Where the machine is, in one line. */

import { reportOf, textOf } from "../../src/cli/report.ts";
import type { Session } from "../machine/session.ts";
import { exitText } from "./exit_text.ts";
import { grouped } from "./numbers.ts";

/** Where the machine is. */
export interface Status {
  /** The exit, in words. */
  readonly exit: string;
  /** How it ended: well, badly, or not yet. */
  readonly mood: "good" | "bad" | "open";
  readonly pc: string;
  readonly used: string;
  readonly left: string;
  /** What the guest gives, when it halted. */
  readonly result: string | undefined;
}

function resultOf(session: Session): string | undefined {
  const { exit, machine, plan: { input, setting } } = session;
  if (exit === undefined) return undefined;
  const facts = { file: "", form: input.form, limit: setting.gas, milliseconds: 0, log: [] };
  const lines = textOf(reportOf(exit, machine, facts)).split("\n");
  return lines.find((line) => line.startsWith("result: "))?.slice("result: ".length);
}

/** Where a machine is. */
export function statusOf(session: Session): Status {
  const { exit, machine } = session;
  const mood = exit === undefined || !session.isOver
    ? "open"
    : exit.kind === "halt"
    ? "good"
    : "bad";
  return {
    exit: exitText(exit),
    mood,
    pc: `${session.isOver ? machine.pc : session.next}`,
    used: grouped(session.gasUsed),
    left: grouped(machine.gas),
    result: resultOf(session),
  };
}

/** The same in a sentence, for those who listen. */
export function spoken({ exit, pc, used, left, result }: Status): string {
  const place = `at ${pc}, ${used} gas used, ${left} left`;
  return result === undefined ? `${exit}, ${place}` : `${exit}, ${place}, result ${result}`;
}
