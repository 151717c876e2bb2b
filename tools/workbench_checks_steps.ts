/// <reference lib="dom" />

/** Checks of the workbench: steps forward and back, breakpoints. */

import type { Page } from "playwright-core";
import {
  asDecimal,
  type Check,
  difference,
  firstOf,
  inPage,
  shownBy,
  waitForExit,
} from "./workbench_check.ts";

const SOURCE = `        load_imm r7, 40
        add_imm_64 r7, r7, 2
        store_ind_u8 [r1 - 1], r7
        jump_ind [r0]
`;

const LOOP = `        load_imm r2, 3
        fallthrough
loop:   add_imm_64 r2, r2, -1
        store_ind_u8 [r1 - 1], r2
        branch_ne_imm r2, 0, loop
        ecalli 0
        load_imm r8, 0
        jump_ind [r0]
`;
/** What it takes to the end. */
const LOOP_STEPS = 14;

/** Types a source, and loads it by its key. */
async function type(page: Page, source: string): Promise<void> {
  await page.locator("#source").fill(source);
  await page.locator("#source").press("Control+Enter");
}

async function marks(page: Page): Promise<readonly string[]> {
  return await page.locator("#code .line[aria-current]").evaluateAll((lines) =>
    lines.map((line) =>
      [".pc", ".mnemonic", ".operands", ".unseen"].map((part) =>
        line.querySelector(part)?.textContent ?? ""
      ).join(" ")
    )
  );
}

/** The checks of steps. */
export const STEP_CHECKS: readonly Check[] = [
  {
    name: "assembly is typed in and stepped",
    faults: [{
      path: "workbench/view/registers.ts",
      from: "before[index] !== value",
      to: "before[index] === value",
    }, {
      path: "workbench/view/listing.ts",
      from: "isNext: session.next === pc",
      to: "isNext: session.machine.pc + 1 === pc",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await type(page, SOURCE);
        const atStart = await shownBy(page);
        await page.click("#step");
        const once = await shownBy(page);
        const next = await marks(page);
        await page.click("#step");
        const twice = await shownBy(page);
        return firstOf(
          difference("guest", atStart.guest, "source, source, 4 instructions"),
          difference("r7 at first", asDecimal(atStart.registers[7] ?? ""), "4278124544"),
          difference("after one step", [asDecimal(once.registers[7] ?? ""), once.used], [
            "40",
            "1",
          ]),
          difference("changed", once.changed, ["r7"]),
          difference("next", next, ["3 add_imm_64 r7, r7, 2 next"]),
          difference("after two", [asDecimal(twice.registers[7] ?? ""), twice.used], ["42", "2"]),
        );
      }),
  },
  {
    name: "a step back is where the step before it was",
    faults: [{
      path: "workbench/machine/session.ts",
      from: "if (exit === undefined && !ends) {",
      to: "if (exit === undefined) {",
    }, {
      path: "workbench/machine/replay.ts",
      from: 'if (move === "block") fresh.stepWithinBlock();',
      to: "",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await type(page, LOOP);
        const forward: string[] = [];
        const look = async () => {
          const { pc, used, registers } = await shownBy(page);
          return JSON.stringify({ pc, used, registers, next: await marks(page) });
        };
        for (let step = 0; step < LOOP_STEPS; step++) {
          forward.push(await look());
          await page.click("#step");
        }
        await waitForExit(page, "halt");
        await page.click("#restart");
        await page.click("#run");
        await waitForExit(page, "halt");
        for (let step = LOOP_STEPS - 1; step >= 0; step--) {
          await page.click("#back");
          await waitForExit(page, "ready");
          const expected = forward[step] ?? "";
          await page.waitForFunction(
            (text) => document.querySelector("#used")?.textContent === text,
            /"used":"([^"]*)"/.exec(expected)?.[1],
            { timeout: 3_000 },
          ).catch(() => undefined);
          const problem = difference(`step ${step}`, await look(), expected);
          if (problem !== undefined) return problem;
        }
        return undefined;
      }),
  },
  {
    name: "breakpoints and the cursor stop a run",
    faults: [{
      path: "workbench/machine/session.ts",
      from: "each > place && stretchOf[each] === stretchOf[place]",
      to: "each > place && stretchOf[each] !== stretchOf[place]",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.locator('#code [data-pc="29"] .gutter').click();
        await page.click("#run");
        const first = await marks(page);
        await page.click("#run");
        const second = await shownBy(page);
        await page.locator('#code [data-pc="29"] .gutter').click();
        await page.locator('#code [data-pc="37"] .mnemonic').click();
        await page.click("#to-cursor");
        const third = await marks(page);
        return firstOf(
          difference("at the breakpoint", first, ["29 load_ind_u8 r6, [r5] next, breakpoint"]),
          difference("again", [second.pc, second.exit], ["29", "ready"]),
          difference("at the cursor", third, ["37 mul_64 r5, r4, r4 next"]),
        );
      }),
  },
];
