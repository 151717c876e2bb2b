/// <reference lib="dom" />

/** Checks of the workbench: what it looks like, against references that lie in the repository. */

import { Buffer } from "node:buffer";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import mono from "@fontsource/dejavu-mono/package.json" with { type: "json" };
import sans from "@fontsource/dejavu-sans/package.json" with { type: "json" };
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { ROOT } from "./process.ts";
import type { Look } from "./workbench_browser.ts";
import { type Check, difference, inPage, type Place, waitForExit } from "./workbench_check.ts";

const REFERENCES = join(ROOT, "workbench", "references");
/** A pixel differs when its colour does by more than this part. */
const THRESHOLD = 0.2;
/** So great a part of the pixels may differ: the same font is drawn a little differently elsewhere. */
const PART_MAX = 0.004;

/** The fonts of the screenshots, from their packages, so that they are the same everywhere. */
const FONTS = [
  [mono.name, "Mono", 400],
  [mono.name, "Mono", 700],
  [sans.name, "Sans", 400],
  [sans.name, "Sans", 700],
] as const;

/** Puts the fonts beside the page, and has its style sheet use them. */
function useFonts(folder: string): void {
  const rules = FONTS.map(([name, family, weight]) => {
    const file = `${name.split("/").at(-1)}-latin-${weight}-normal.woff2`;
    const path = fileURLToPath(import.meta.resolve(`${name}/files/${file}`));
    copyFileSync(path, join(folder, file));
    return `@font-face { font-family: "Test ${family}"; font-weight: ${weight}; src: url("${file}"); }`;
  });
  const root = ':root { --sans: "Test Sans"; --mono: "Test Mono"; }';
  const sheet = join(folder, "style.css");
  const style = readFileSync(sheet, "utf8");
  if (!style.includes("Test Mono")) writeFileSync(sheet, [style, ...rules, root].join("\n"));
  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8");
  writeFileSync(page, html.replace("style-src 'self';", "style-src 'self'; font-src 'self';"));
}

/** Brings the page to what the references show, whatever version it is of. */
async function pose(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector("#version")?.replaceChildren("0.0.0"));
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.selectOption("#example", "greet");
  await page.click("#run");
  await waitForExit(page, "halt");
  await page.click("#restart");
  for (let step = 0; step < 8; step++) await page.click("#step");
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  await page.mouse.move(0, 0);
}

const SHOTS: readonly (readonly [name: string, look: Look])[] = [
  ["wide_light", { width: 1280, height: 800, scheme: "light", isCalm: true }],
  ["wide_dark", { width: 1280, height: 800, scheme: "dark", isCalm: true }],
  ["narrow_light", { width: 390, height: 844, scheme: "light", isCalm: true }],
];

/** What differs between two pictures; the difference is written beside the page. */
function compare(name: string, taken: Buffer, place: Place): string | undefined {
  const path = join(REFERENCES, `${name}.png`);
  if (place.isWriting) {
    mkdirSync(REFERENCES, { recursive: true });
    writeFileSync(path, taken);
    return undefined;
  }
  if (!existsSync(path)) return `there is no ${path}; --write makes it`;
  const [one, other] = [PNG.sync.read(taken), PNG.sync.read(readFileSync(path))];
  const { width, height } = other;
  if (one.width !== width || one.height !== height) {
    return `${name}: ${one.width} by ${one.height}, expected ${width} by ${height}`;
  }
  const marked = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, marked.data, width, height, {
    threshold: THRESHOLD,
  });
  if (count <= PART_MAX * width * height) return undefined;
  const where = join(place.folder, `${name}_difference.png`);
  writeFileSync(where, PNG.sync.write(marked));
  writeFileSync(join(place.folder, `${name}_taken.png`), taken);
  return `${name}: ${count} of ${width * height} pixels differ, see ${where}`;
}

/** The checks of what the page looks like. */
export const LOOK_CHECKS: readonly Check[] = [
  {
    name: "it looks as its references do",
    faults: [{
      path: "workbench/style.css",
      from: "  --accent-soft: #dff1ef;",
      to: "  --accent-soft: #ff80c0;",
    }, {
      path: "workbench/style.css",
      from: "grid-template-columns: 270px minmax(0, 1fr) 372px;",
      to: "grid-template-columns: 290px minmax(0, 1fr) 372px;",
    }],
    run: async (place) => {
      useFonts(place.folder);
      for (const [name, look] of SHOTS) {
        const problem = await inPage(place, async ({ page }) => {
          await pose(page);
          return compare(name, Buffer.from(await page.screenshot({ fullPage: true })), place);
        }, look);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  },
  {
    name: "its structure for those who do not see it is as its reference",
    faults: [{
      path: "workbench/index.html",
      from: 'aria-label="Control of the machine"',
      to: "",
    }],
    run: (place) =>
      inPage(place, async ({ page }) => {
        await pose(page);
        const taken = `${await page.locator("body").ariaSnapshot()}\n`;
        const path = join(REFERENCES, "structure.txt");
        if (place.isWriting) {
          mkdirSync(REFERENCES, { recursive: true });
          writeFileSync(path, taken);
          return undefined;
        }
        if (!existsSync(path)) return `there is no ${path}; --write makes it`;
        const [one, other] = [taken.split("\n"), readFileSync(path, "utf8").split("\n")];
        const at = one.findIndex((line, index) => line !== other[index]);
        return one.length === other.length && at < 0
          ? undefined
          : difference(`line ${at + 1}`, one[at], other[at]);
      }),
  },
];
