/** Chromium without a window: finding it, starting it, and showing it pages from this machine. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { type BrowserContext, chromium } from "playwright-core";

/** What the program is called, and what to say to those who do not have it. */
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
export const INSTALL_CHROMIUM =
  "Chromium is not there: install Debian's package chromium, or name the program in CHROMIUM";

/** Headless, and quiet: it talks to nobody but the pages that it is shown. */
const SWITCHES = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path of Chromium, from the variable `CHROMIUM` or the folders of `PATH`. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = env["CHROMIUM"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** A running Chromium. */
export interface Browser {
  readonly version: string;
  readonly context: BrowserContext;
}

/**
 * Starts Chromium with a profile of its own, and ends it when `use` has ended, whatever its pages do:
 * one that computes without end would not hear that it is to be closed.
 *
 * @param switches More switches of the command line.
 */
export async function withChromium<T>(
  executablePath: string,
  use: (browser: Browser) => Promise<T>,
  switches: readonly string[] = [],
): Promise<T> {
  const args = [...SWITCHES, ...switches];
  const server = await chromium.launchServer({ executablePath, headless: true, args });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    return await use({ version: browser.version(), context: await browser.newContext() });
  } finally {
    await server.kill();
  }
}

/** Answers a page's requests, by the path that it asks for. */
export type Answer = (path: string, request: Request) => Response | Promise<Response>;

/** Serves this machine alone while `use` runs; it is handed the address. */
export async function withServer<T>(
  answer: Answer,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(new URL(request.url).pathname, request),
  );
  try {
    return await use(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

/** A JavaScript module, as an answer. */
export function scriptResponse(text: string): Response {
  return new Response(text, { headers: { "content-type": "text/javascript; charset=utf-8" } });
}

/** A page, as an answer. */
export function pageResponse(text: string): Response {
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
}
