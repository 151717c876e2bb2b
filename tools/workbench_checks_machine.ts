/// <reference lib="dom" />

/** Checks of the workbench: what its machine does. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { readCommandLine } from "../src/cli/command_line.ts";
import { RUN_OPTIONS, runCommand } from "../src/cli/run.ts";
import { err, ok } from "../src/result.ts";
import { ROOT } from "./process.ts";
import {
  asDecimal,
  type Check,
  difference,
  firstOf,
  inPage,
  shownBy,
  waitForExit,
} from "./workbench_check.ts";

/** What the command line says of a run: the same library, without a page. */
interface Run {
  readonly exit: string;
  readonly pc: number;
  readonly gas: { readonly used: string; readonly left: string };
  readonly registers: readonly string[];
  readonly result: string | null;
}

function runByCommandLine(path: string, options: readonly string[]): Run {
  const printed: string[] = [];
  const line = readCommandLine([path, "--json", ...options], RUN_OPTIONS);
  if (!line.ok) throw new Error(line.error.message);
  const io = {
    read: () => ok(new Uint8Array(readFileSync(join(ROOT, path)))),
    list: () => err("no folder"),
    write: () => err("no file"),
    out: (text: string) => printed.push(text),
    error: () => {},
    isTerminal: false,
    now: () => 0,
  };
  runCommand(line.value, io, false);
  return JSON.parse(printed.join(""));
}

function plain(text: string): string {
  return text.replaceAll(",", "");
}

/** What the page shows, against what the command line says. */
async function sameAs(page: Page, run: Run): Promise<string | undefined> {
  const shown = await shownBy(page);
  const hex = /result: \d+ bytes ([0-9a-f]*)/.exec(shown.result)?.[1] ?? null;
  return firstOf(
    difference("exit", shown.exit, run.exit),
    difference("pc", shown.pc, `${run.pc}`),
    difference("gas used", plain(shown.used), run.gas.used),
    difference("gas left", plain(shown.left), run.gas.left),
    difference("registers", shown.registers.map(asDecimal), run.registers),
    difference("result", hex, run.result === null ? null : run.result.slice(0, 128)),
  );
}

const EXAMPLES = [
  ["sieve", ["--args", "64000000"]],
  ["crc32", ["--text", "123456789"]],
  ["blake2b", ["--text", "abc"]],
] as const;

/** The gas by block, as the page shows it. */
async function gasByBlock(page: Page): Promise<number> {
  const cells = await page.locator("#blocks td:nth-child(4)").allTextContents();
  return cells.reduce((sum, text) => sum + Number(plain(text)), 0);
}

/** The checks of the machine. */
export const MACHINE_CHECKS: readonly Check[] = [
  {
    name: "an example runs to exactly what the command line says",
    faults: [{
      path: "workbench/machine/session.ts",
      from: "return this.plan.setting.gas - this.machine.gas;",
      to: "return this.plan.setting.gas - this.machine.gas + 1n;",
    }, {
      path: "workbench/view/numbers.ts",
      from: 'const digits = value.toString(16).padStart(16, "0");',
      to: 'const digits = value.toString(16).padStart(16, "1");',
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        for (const [name, options] of EXAMPLES) {
          await page.selectOption("#example", name);
          await page.click("#run");
          await waitForExit(page, "halt");
          const run = runByCommandLine(`examples/guests/${name}.pvmasm`, options);
          const problem = await sameAs(page, run);
          if (problem !== undefined) return `${name}: ${problem}`;
          const gas = await gasByBlock(page);
          const byBlock = difference(`${name}: gas by block`, `${gas}`, run.gas.used);
          if (byBlock !== undefined) return byBlock;
        }
        return undefined;
      }),
  },
  {
    name: "host calls are done and listed",
    faults: [{
      path: "workbench/machine/host.ts",
      from: "if (id === HOST_CALL.log && this.#log.ok) {",
      to: "if (id === HOST_CALL.pages && this.#log.ok) {",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        const rows = () => page.locator("#call-rows tr").allTextContents();
        await page.selectOption("#example", "greet");
        await page.click("#run");
        await waitForExit(page, "halt");
        const dids = await page.locator("#call-rows .did span:first-child").allTextContents();
        await page.selectOption("#example", "unknown_call");
        await page.click("#run");
        await waitForExit(page, "host-call 77");
        const stopped = await rows();
        await page.click("#run");
        await waitForExit(page, "halt");
        const own = (await shownBy(page)).result;
        await page.selectOption("#calls", "answer");
        await page.click("#run");
        await waitForExit(page, "halt");
        const what = (await shownBy(page)).result;
        return firstOf(
          difference("calls", dids, [
            "log 3 greet: and good bye",
            "gas: gave what is left",
            "log 2 greet: hello from a guest",
          ]),
          difference("calls of its own", stopped.length, 1),
          difference("untouched", own, "result: 8 bytes 0500000000000000"),
          difference("answered", what, "result: 8 bytes feffffffffffffff"),
        );
      }),
  },
  {
    name: "memory shows permissions, faults and changed bytes",
    faults: [{
      path: "workbench/view/memory.ts",
      from: 'access: access === "read-write" ? "rw" : "r-",',
      to: 'access: access === "read-write" ? "r-" : "rw",',
    }, {
      path: "workbench/machine/snapshot.ts",
      from: "byte !== (before?.[at] ?? 0)",
      to: "byte === (before?.[at] ?? 0) && byte > 1",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.selectOption("#example", "fault");
        await page.click("#step");
        const regions = await page.locator("#regions [role=option]").allTextContents();
        for (let step = 0; step < 3; step++) await page.click("#step");
        await page.locator("#regions [role=option]").first().click();
        await page.fill("#address", "r1");
        await page.press("#address", "Enter");
        const changed = await page.locator("#bytes .changed").allTextContents();
        const changes = await page.locator("#regions .changes").first().textContent();
        await page.click("#run");
        await waitForExit(page, "page-fault 0xfefdd000");
        return firstOf(
          difference("regions", regions, ["fefde000rw8 KiB"]),
          difference("changed byte", changed, ["aa"]),
          difference("changed page", changes?.trim(), "1 page changed"),
        );
      }),
  },
];
