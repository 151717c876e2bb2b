/// <reference lib="dom" />

/** Checks of the workbench: that it needs no mouse. */

import type { Page } from "playwright-core";
import {
  type Check,
  difference,
  firstOf,
  inPage,
  shownBy,
  waitForExit,
} from "./workbench_check.ts";

/** What has the focus: its id, or the place of its row. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "";
    const parent = element.parentElement;
    const place = parent === null ? 0 : [...parent.children].indexOf(element);
    return element.id || element.getAttribute("data-page") || `${parent?.id}:${place}`;
  });
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes through the page by Tab; gives what had the focus, and where it could not be seen. */
async function tabThrough(page: Page): Promise<{ seen: string[]; unseen: string[] }> {
  const [seen, unseen]: [string[], string[]] = [[], []];
  for (let at = 0; at < 60; at++) {
    await page.keyboard.press("Tab");
    const id = await focused(page);
    if (seen.includes(id) || id === "" || id.startsWith("undefined")) break;
    seen.push(id);
    const isSeen = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null) return false;
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5;
    });
    if (!isSeen) unseen.push(id);
  }
  return { seen, unseen };
}

/** Everything on the machine's page that has to be reached by Tab. */
const REACHED = [
  ...[
    "machine",
    "engines",
    "proofs",
    "keys",
    "run",
    "step",
    "back",
    "to-cursor",
    "stop",
    "restart",
  ],
  ...["example", "file", "dialect", "gas-model", "gas", "args", "args-as", "calls", "assemble"],
  ...["source", "code", "registers:0", "address", "regions:0", "bytes-box"],
];

/** The session of somebody without a mouse. */
async function byKeyboard(page: Page): Promise<string | undefined> {
  await press(page, "1");
  const first = await focused(page);
  await press(page, "ArrowDown"); // the next example: crc32
  await press(page, "Escape", "2", "ArrowDown", "ArrowDown", "ArrowDown", "Space");
  const inCode = await focused(page);
  await press(page, "r");
  await waitForExit(page, "ready");
  const broken = await shownBy(page);
  await press(page, "s", "s", "b");
  await page.waitForTimeout(100);
  const stepped = await shownBy(page);
  await press(page, "ArrowUp", "Space", "r");
  await waitForExit(page, "halt");
  const halted = await shownBy(page);
  await press(page, "3", "ArrowDown", "ArrowDown", "End", "Home");
  for (let row = 0; row < 7; row++) await press(page, "ArrowDown");
  const register = await focused(page);
  await press(page, "Enter");
  const address = await page.locator("#bytes th").first().textContent();
  await press(page, "4", "ArrowDown");
  const below = await page.locator("#bytes th").first().textContent();
  await press(page, "6", "ArrowDown", "Enter", "a");
  const editor = await focused(page);
  await press(page, "Control+a", "Delete");
  await page.keyboard.type("        load_imm r7, 7\n        trap\n");
  await press(page, "Control+Enter", "Escape", "r");
  await waitForExit(page, "panic");
  await press(page, "e");
  const compare = await focused(page);
  await press(page, "Enter");
  await page.locator("#verdict", { hasText: /^Equal/ }).waitFor();
  await press(page, "l", "ArrowDown");
  const proof = await focused(page);
  await press(page, "/");
  await page.keyboard.type("hex_decode_empty");
  const found = await page.locator("#proofs-note").textContent();
  await press(page, "Escape", "?");
  const keys = await page.locator("#page-keys").isVisible();
  return firstOf(
    difference("1", first, "example"),
    difference("2", inCode, "code"),
    difference("breakpoint", [broken.pc, broken.used], ["13", "3"]),
    difference("steps", stepped.used, "4"),
    difference("halt", halted.exit, "halt"),
    difference("register", register, "registers:7"),
    difference("memory at r7", address, "00020400"),
    difference("memory below", below, "00020410"),
    difference("editor", editor, "source"),
    difference("compare", compare, "compare"),
    difference("proof", proof, "proofs:1"),
    found?.startsWith("1 of ") ? undefined : `the words choose ${found}`,
    keys ? undefined : "the keys are not shown",
  );
}

/** The checks of the keyboard. */
export const KEY_CHECKS: readonly Check[] = [
  {
    name: "a whole session by keyboard alone",
    faults: [{
      path: "workbench/page/roving.ts",
      from: 'case "ArrowDown":',
      to: 'case "Down":',
    }, {
      path: "workbench/page/keys.ts",
      from: "event.preventDefault();\n    command.run();",
      to: "event.preventDefault();",
    }],
    run: (place) => inPage(place, ({ page }) => byKeyboard(page)),
  },
  {
    name: "everything is reached by Tab, and the focus is seen",
    faults: [{
      path: "workbench/style.css",
      from: "outline: 2px solid var(--focus);",
      to: "outline: none;",
    }, {
      path: "workbench/index.html",
      from: 'class="scroll bytes" role="region" tabindex="0"',
      to: 'class="scroll bytes" role="region" tabindex="-1"',
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        const { seen, unseen } = await tabThrough(page);
        const missing = REACHED.filter((id) => !seen.includes(id));
        return firstOf(
          difference("not reached", missing, []),
          difference("not seen", unseen, []),
        );
      }),
  },
];
