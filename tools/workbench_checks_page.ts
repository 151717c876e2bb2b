/// <reference lib="dom" />

/** Checks of the workbench: accessibility, the ledger, what it asks the network for. */

import axe from "axe-core";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { workbenchData } from "./workbench_build.ts";
import {
  type Check,
  difference,
  firstOf,
  inPage,
  type Place,
  waitForExit,
} from "./workbench_check.ts";

const PAGES = ["machine", "engines", "proofs", "keys"] as const;

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const found: unknown = Reflect.get(globalThis, "axe");
    if (typeof found !== "object" || found === null) return ["axe is not there"];
    const run: unknown = Reflect.get(found, "run");
    if (typeof run !== "function") return ["axe cannot be run"];
    const { violations } = await run.call(found, document, { resultTypes: ["violations"] });
    const lines: string[] = [];
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      lines.push(`${impact} ${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
    }
    return lines;
  });
}

/** Checks that have to hold wherever the page comes from. */
async function withoutComplaint(place: Place): Promise<string | undefined> {
  return await inPage(place, async ({ page, complaints, requests }) => {
    const own = ["", "style.css", "workbench.js"].map((name) => `${place.url}${name}`);
    for (const name of PAGES) await page.click(`nav [data-page="${name}"]`);
    await page.click('nav [data-page="machine"]');
    await page.click("#run");
    await waitForExit(page, "halt");
    await page.click('nav [data-page="engines"]');
    await page.click("#compare");
    await page.locator("#verdict", { hasText: /^Equal/ }).waitFor();
    const refused = await page.evaluate(() =>
      fetch("https://example.org/").then(() => "reached", () => "refused")
    );
    const told = complaints.filter((text) => !text.includes("example.org"));
    // The one request that the check itself made is refused before it becomes one.
    const asked = requests.filter((url) =>
      !url.startsWith("data:") && !url.includes("example.org")
    );
    return firstOf(
      difference("complaints", told, []),
      difference("requests", asked.sort(), own.sort()),
      difference("a request to another host", refused, "refused"),
    );
  });
}

/** The checks of the page. */
export const PAGE_CHECKS: readonly Check[] = [
  {
    name: "no complaint, no request, no other host",
    faults: [{
      path: "workbench/index.html",
      from: '<main id="main"',
      to: '<img src="missing.png" alt=""><main id="main"',
    }, {
      path: "workbench/main.ts",
      from: "const store = new Store(firstState(data));",
      to: 'const store = new Store(firstState(data)); console.warn("x");',
    }],
    run: withoutComplaint,
  },
  {
    name: "it opens from a folder, without a server",
    faults: [{
      path: "workbench/index.html",
      from: 'src="workbench.js"',
      to: 'src="/workbench.js"',
    }],
    run: (place) =>
      inPage(
        { ...place, url: pathToFileURL(join(place.folder, "index.html")).href },
        async ({ page, complaints }) => {
          await page.click("#run");
          await waitForExit(page, "halt");
          await page.click('nav [data-page="engines"]');
          await page.click("#compare");
          await page.locator("#verdict", { hasText: /^Equal/ }).waitFor();
          return difference("complaints", complaints, []);
        },
      ),
  },
  {
    name: "axe finds nothing serious, in light and in dark",
    faults: [{
      path: "workbench/style.css",
      from: "--faint: #5d6771;",
      to: "--faint: #a9b3bd;",
    }, {
      path: "workbench/index.html",
      from: '<label for="gas">Gas',
      to: "<label>Gas",
    }],
    run: async (place) => {
      for (const scheme of ["light", "dark"] as const) {
        const problem = await inPage(place, async ({ page }) => {
          for (const name of PAGES) {
            await page.click(`nav [data-page="${name}"]`);
            if (name === "machine") {
              await page.selectOption("#example", "greet");
              for (let step = 0; step < 8; step++) await page.click("#step");
              await page.fill("#args", "x");
              await page.press("#args", "Enter");
            }
            if (name === "engines") {
              await page.click("#compare");
              await page.locator("#verdict", { hasText: /^Equal/ }).waitFor();
            }
            const found = await violations(page);
            if (found.length > 0) return `${scheme}, ${name}: ${found.join("\n")}`;
          }
          return undefined;
        }, { scheme });
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  },
  {
    name: "nothing moves for those who do not want it",
    faults: [{
      path: "workbench/style.css",
      from: "@media (prefers-reduced-motion: no-preference) {",
      to: "@media all {",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        const durations = await page.evaluate(() =>
          [...document.querySelectorAll("*")].map((each) =>
            getComputedStyle(each).transitionDuration + getComputedStyle(each).animationName
          )
        );
        return difference("motion", [...new Set(durations)], ["0snone"]);
      }, { isCalm: true }),
  },
  {
    name: "exits and errors are said to those who listen",
    faults: [{
      path: "workbench/main.ts",
      from: "setText(said, state.said);",
      to: "",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await page.click("#run");
        await waitForExit(page, "halt");
        const said = await page.locator('[role="status"][aria-live="polite"]').first()
          .textContent();
        await page.fill("#gas", "none");
        await page.press("#gas", "Enter");
        const alert = await page.locator('[role="alert"]').textContent();
        return firstOf(
          said?.startsWith("halt, at 95, 1,675 gas used") ? undefined : `it said "${said}"`,
          alert?.includes("The settings do not do") ? undefined : `it told "${alert}"`,
        );
      }),
  },
  {
    name: "the ledger is filtered by words, room and strength",
    faults: [{
      path: "workbench/view/proofs.ts",
      from: 'if (room !== "" && roomOf(row) !== room) return false;',
      to: "",
    }, {
      path: "workbench/view/proofs.ts",
      from: "return words.every(",
      to: "return words.some(",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        const { proofs } = workbenchData();
        const note = () => page.locator("#proofs-note").textContent();
        const inText = (count: number) => count.toLocaleString("en");
        const expected = (count: number) => `${inText(count)} of ${inText(proofs.length)}`;
        await page.click('nav [data-page="proofs"]');
        const all = await note();
        await page.selectOption("#filter-room", "arena");
        await page.selectOption("#filter-strength", "sampled");
        const chosen = await note();
        await page.fill("#filter-text", "hex decode");
        const words = await note();
        const ids = await page.locator("#proofs .id").allTextContents();
        await page.locator("#proofs tr").last().click();
        const claim = await page.locator("#proof dd").nth(1).textContent();
        const rows = proofs.filter(({ id, strength }) =>
          id.startsWith("arena/") && strength === "sampled"
        );
        const found = rows.filter((row) => {
          const text = JSON.stringify(row).toLowerCase();
          return text.includes("hex") && text.includes("decode");
        });
        return firstOf(
          difference("all", all, expected(proofs.length)),
          difference("room and strength", chosen, expected(rows.length)),
          difference("words", words, expected(found.length)),
          difference("rows", ids, found.map(({ id }) => id)),
          difference("the chosen one", claim, found.at(-1)?.claim),
          rows.length > found.length && found.length > 0 ? undefined : "the words choose nothing",
        );
      }),
  },
];
