/** Tests the workbench in Chromium: `deno task workbench:test`. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { findChromium, INSTALL_CHROMIUM } from "./chromium.ts";
import { type Outcome, runSteps, type Step } from "./steps.ts";
import { launch } from "./workbench_browser.ts";
import { buildWorkbench, type Fault } from "./workbench_build.ts";
import type { Check, Place } from "./workbench_check.ts";
import { HOSTILE_CHECKS } from "./workbench_checks_hostile.ts";
import { KEY_CHECKS } from "./workbench_checks_keys.ts";
import { LOOK_CHECKS } from "./workbench_checks_look.ts";
import { MACHINE_CHECKS } from "./workbench_checks_machine.ts";
import { PAGE_CHECKS } from "./workbench_checks_page.ts";
import { STEP_CHECKS } from "./workbench_checks_steps.ts";
import { serve } from "./workbench_server.ts";

const USAGE = `usage: workbench_test [options]
  --filter TEXT   only the checks whose name holds this
  --faults        run each check on wrong pages too: it has to find out every one
  --write         write the reference pictures and structure anew
  --help          print this`;

const CHECKS: readonly Check[] = [
  ...MACHINE_CHECKS,
  ...STEP_CHECKS,
  ...HOSTILE_CHECKS,
  ...KEY_CHECKS,
  ...PAGE_CHECKS,
  ...LOOK_CHECKS,
];

/** What is wrong according to a check, also when it does not come to its end. */
async function judged(check: Check, place: Place): Promise<string | undefined> {
  try {
    return await check.run(place);
  } catch (mistake) {
    return mistake instanceof Error ? mistake.message : String(mistake);
  }
}

/** Runs a check on a page of its own. What it leaves behind is kept where a right page fails it. */
async function problemOf(
  check: Check,
  browser: Browser,
  isWriting: boolean,
  fault?: Fault,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-workbench-"));
  await buildWorkbench(folder, fault);
  const server = serve(folder);
  const problem = await judged(check, { browser, url: server.url, folder, isWriting });
  await server.stop();
  if (problem === undefined || fault !== undefined) rmSync(folder, { recursive: true });
  return problem;
}

function outcomeOf(problem: string | undefined): Outcome {
  return problem === undefined
    ? { ok: true, summary: "holds" }
    : { ok: false, summary: "does not hold", details: problem };
}

/** The same check on a wrong page, which it has to find out. */
function faultStep(check: Check, fault: Fault, browser: Browser): Step {
  return {
    name: `  with ${fault.path}: ${fault.to.trim().split("\n")[0] || "(nothing)"}`,
    run: async () => {
      const problem = await problemOf(check, browser, false, fault);
      return problem === undefined
        ? { ok: false, summary: "the fault was not found out" }
        : { ok: true, summary: "found out" };
    },
  };
}

/** What the command line asks for; nothing when it cannot be read. */
function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        filter: { type: "string", default: "" },
        faults: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch {
    return undefined;
  }
}

async function main(args: string[]): Promise<number> {
  const values = readOptions(args);
  if (values === undefined || values.help) {
    console.error(USAGE);
    return values === undefined ? 2 : 0;
  }
  const chosen = CHECKS.filter(({ name }) => name.includes(values.filter));
  if (chosen.length === 0) {
    console.error(`workbench_test: no check has "${values.filter}" in its name`);
    return 2;
  }
  const path = findChromium();
  if (path === undefined) {
    console.error(`workbench: ${INSTALL_CHROMIUM}`);
    return 69;
  }
  const browser = await launch(path);
  try {
    const steps = chosen.flatMap((check): Step[] => [
      {
        name: check.name,
        run: async () => outcomeOf(await problemOf(check, browser, values.write)),
      },
      ...(values.faults ? check.faults.map((fault) => faultStep(check, fault, browser)) : []),
    ]);
    return await runSteps(`workbench, Chromium ${browser.version()}`, steps) ? 0 : 1;
  } finally {
    await browser.close();
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
