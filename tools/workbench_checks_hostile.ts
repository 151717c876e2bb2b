/// <reference lib="dom" />

/** Checks of the workbench: hostile guests, endless guests, and the engines side by side. */

import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import {
  type Check,
  difference,
  firstOf,
  inPage,
  shownBy,
  waitForExit,
} from "./workbench_check.ts";

/** Bytes that look like nothing, the same each time. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const MIB = 2 ** 20;

/** Files that are no guests. */
const HOSTILE: readonly (readonly [name: string, buffer: Buffer])[] = [
  ["noise.pvm", noise(4_096, 1)],
  ["noise.jam", noise(333, 2)],
  ["noise.bin", noise(65_536, 3)],
  ["empty.pvm", Buffer.alloc(0)],
  ["zeros.pvm", Buffer.alloc(100)],
  // A blob whose header claims 2^32 entries, and one that claims more code than there is.
  ["table.pvm", Buffer.from([0xf0, 0xff, 0xff, 0xff, 0xff, 4, 0])],
  ["code.pvm", Buffer.from([0, 0, 0xf0, 0xff, 0xff, 0xff, 0xff, 1])],
  ["huge.pvm", Buffer.alloc(3 * MIB, 1)],
  ["huge.pvmasm", Buffer.alloc(3 * MIB, 0x3b)],
  ["broken.pvmasm", Buffer.from("        load_imm r99, 1\nnothing\n")],
  ["broken.json", Buffer.from('{"name": "x", "program": [1, 2')],
  ["deep.json", Buffer.from("[".repeat(200_000))],
];

async function offer(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
}

/** How many milliseconds the page takes to answer. */
async function answerTime(page: Page): Promise<number> {
  const start = performance.now();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 0)));
  return performance.now() - start;
}

/** The longest the page may take to answer while a guest runs, on a slow machine. */
const PATIENCE_MS = 1_500;

/** The checks of hostile and endless guests, and of the engines. */
export const HOSTILE_CHECKS: readonly Check[] = [
  {
    name: "hostile files show an error and change nothing",
    faults: [{
      path: "workbench/actions.ts",
      from: "    if (!loaded.ok) {\n      this.fail(loaded.error);",
      to: '    if (!loaded.ok) {\n      this.#store.update({ source: "" });',
    }, {
      path: "workbench/actions.ts",
      from: 'this.#store.update({ trouble, said: "" });\n  }',
      to: "this.#store.update({ trouble, guest: undefined });\n  }",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.click("#step");
        const before = await shownBy(page);
        for (const [name, buffer] of HOSTILE) {
          await offer(page, name, buffer);
          const title = page.locator("#trouble-title", { hasText: /./ });
          await title.waitFor();
          const shown = await shownBy(page);
          const problem = firstOf(
            difference(`${name}: the machine`, shown, before),
            (await page.locator("#trouble").isVisible()) ? undefined : `${name}: no error`,
          );
          if (problem !== undefined) return problem;
          await page.click("#dismiss");
        }
        await page.click("#step");
        return difference("goes on", (await shownBy(page)).used, "2");
      }),
  },
  {
    name: "settings that do not do are told at their field",
    faults: [{
      path: "workbench/page/guest_panel.ts",
      from: "showError(gas, fieldErrors.gas);",
      to: "",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.click("#step");
        await page.fill("#gas", "-1");
        await page.press("#gas", "Enter");
        const message = await page.locator("#gas-error").textContent();
        const kept = await shownBy(page);
        await page.fill("#gas", "10");
        await page.press("#gas", "Enter");
        await page.click("#run");
        await waitForExit(page, "out-of-gas");
        const short = await shownBy(page);
        await page.selectOption("#gas-model", "pipeline");
        await page.fill("#gas", "1000000");
        await page.press("#gas", "Enter");
        await page.click("#run");
        await waitForExit(page, "halt");
        const pipeline = await shownBy(page);
        return firstOf(
          difference(
            "message",
            message,
            'Gas: "-1" is not a whole number from 0 to 18446744073709551615',
          ),
          difference("kept", [kept.used, kept.exit], ["1", "ready"]),
          difference("out of gas", [short.used, short.left], ["10", "0"]),
          pipeline.used === "1,675" ? "the pipeline costs what instructions do" : undefined,
        );
      }),
  },
  {
    name: "an endless guest leaves the page alive and is stopped",
    faults: [{
      path: "workbench/machine/slices.ts",
      from: "if (work.isStopped) return false;",
      to: "",
    }, {
      path: "workbench/machine/slices.ts",
      from: "const SLICE_MS = 24;",
      to: "const SLICE_MS = 4_000;",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.fill("#gas", "1000000000000000");
        await page.press("#gas", "Enter");
        await page.selectOption("#example", "endless");
        await page.click("#run");
        await waitForExit(page, "running");
        const times: number[] = [];
        for (let ask = 0; ask < 5; ask++) times.push(await answerTime(page));
        await page.click("#stop");
        await waitForExit(page, "ready");
        const stopped = await shownBy(page);
        await page.waitForTimeout(150);
        const later = await shownBy(page);
        await page.click("#step");
        const stepped = await shownBy(page);
        const slowest = Math.max(...times);
        return firstOf(
          slowest > PATIENCE_MS ? `the page took ${slowest.toFixed(0)} ms to answer` : undefined,
          difference("runs on", later.used, stopped.used),
          Number(stopped.used.replaceAll(",", "")) > 1_000 ? undefined : "it did not run",
          difference(
            "a step later",
            Number(stepped.used.replaceAll(",", "")),
            Number(stopped.used.replaceAll(",", "")) + 1,
          ),
        );
      }),
  },
  {
    name: "the engines are compared, and agree under every gas model",
    faults: [{
      path: "workbench/machine/compare.ts",
      from: "this.#right.setGas(left + this.#right.gas);",
      to: "this.#right.setGas(left + this.#right.gas + 1n);",
    }, {
      // A wrong recompiler is found out by the page.
      path: "src/pvm/recompiler/wasm_opcodes.ts",
      from: "I64_ADD = 0x7c",
      to: "I64_ADD = 0x7d",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        for (const model of ["usual", "block", "pipeline"]) {
          await page.click('nav [data-page="machine"]');
          await page.selectOption("#gas-model", model);
          await page.selectOption("#example", model === "usual" ? "greet" : "sieve");
          await page.click('nav [data-page="engines"]');
          await page.click("#compare");
          const verdict = page.locator("#verdict", { hasText: /^(Equal|Different) after/ });
          await verdict.waitFor();
          const text = (await verdict.textContent()) ?? "";
          if (!text.startsWith("Equal")) return `${model}: ${text}`;
          const equal = await page.locator("#observations .equal").allTextContents();
          const problem = difference(`${model}: equal`, equal, Array(18).fill("yes"));
          if (problem !== undefined) return problem;
          const runs = await page.locator("#speeds tr").count();
          if (runs < 1) return `${model}: no time is shown`;
        }
        return undefined;
      }),
  },
  {
    name: "an endless guest is compared in slices and stopped",
    faults: [{
      path: "workbench/actions.ts",
      from: 'await this.#during("comparing", () => race.value.advance(), show);',
      to: "for (let at = 0; at < 400 && race.value.advance(); at++) show();",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.fill("#gas", "1000000000000000");
        await page.press("#gas", "Enter");
        await page.selectOption("#example", "endless");
        await page.click('nav [data-page="engines"]');
        await page.click("#compare");
        await page.locator("#verdict", { hasText: /^Comparing/ }).waitFor();
        const time = await answerTime(page);
        await page.click("#compare-stop");
        await page.locator("#verdict", { hasText: /^Stopped after/ }).waitFor();
        return time > PATIENCE_MS ? `the page took ${time.toFixed(0)} ms to answer` : undefined;
      }),
  },
];
