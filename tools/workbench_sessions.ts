/** Plans and sessions for the tests of the workbench. */

import { assert } from "@std/assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FORM, type Form, settingOf } from "../workbench/machine/form.ts";
import { loadSource } from "../workbench/machine/loading.ts";
import { type Plan, Session } from "../workbench/machine/session.ts";
import { ROOT } from "./process.ts";

/** How a source is run. */
export function planOf(source: string, change: Partial<Form> = {}): Plan {
  const loaded = loadSource("source", source);
  assert(loaded.ok);
  const form = { ...FORM, ...change };
  const setting = settingOf(form, loaded.value.input);
  assert(setting.ok);
  return { input: loaded.value.input, setting: setting.value, calls: form.calls };
}

/** A session at its start. */
export function sessionOf(plan: Plan): Session {
  const made = Session.create(plan);
  assert(made.ok);
  return made.value;
}

/** The source of a guest, by its path without the ending. */
export function sourceOf(path: string): string {
  return readFileSync(join(ROOT, `${path}.pvmasm`), "utf8");
}

/** Runs to the end. */
export function runAll(session: Session): void {
  for (let at = 0; at < 10_000 && !session.isOver; at++) session.run([], 100_000);
}
