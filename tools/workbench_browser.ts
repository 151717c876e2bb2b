/** Chromium for the tests of the workbench. */

import { type Browser, chromium, type Page } from "playwright-core";

/** Starts Chromium, so that it draws the same everywhere and calls nobody. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
      "--disable-lcd-text",
      "--force-color-profile=srgb",
    ],
  });
}

/** A page that is tested, and what it did that it should not have done. */
export interface Visit {
  readonly page: Page;
  /** Errors, and warnings of the console. */
  readonly complaints: string[];
  /** The addresses that it asked for. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** How a page is looked at. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  readonly isCalm?: boolean;
}

/** Opens the workbench in a profile of its own. */
export async function visit(browser: Browser, url: string, look: Look = {}): Promise<Visit> {
  const { width = 1280, height = 800, scheme = "light", isCalm = false } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: isCalm ? "reduce" : "no-preference",
    locale: "en-US",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (mistake) => complaints.push(`error: ${mistake.message}`));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests, close: () => context.close() };
}
