/** What a check of the workbench is, and what checks look at. */

import type { Browser, Page } from "playwright-core";
import { type Look, type Visit, visit } from "./workbench_browser.ts";
import type { Fault } from "./workbench_build.ts";

/** Where a check finds its page. */
export interface Place {
  readonly browser: Browser;
  /** The address of the page. */
  readonly url: string;
  /** The folder that it was built into. */
  readonly folder: string;
  /** Whether references are to be written instead of compared. */
  readonly isWriting: boolean;
}

/** A check. */
export interface Check {
  readonly name: string;
  /** Wrong pages; each has to be found out by this check. */
  readonly faults: readonly Fault[];
  /** Says what is wrong; nothing where all is well. */
  readonly run: (place: Place) => Promise<string | undefined>;
}

/** What the page shows of the machine. */
export interface Shown {
  readonly exit: string;
  readonly pc: string;
  readonly used: string;
  readonly left: string;
  readonly result: string;
  readonly guest: string;
  readonly registers: readonly string[];
  /** The registers that are marked as changed. */
  readonly changed: readonly string[];
}

/** Reads what the page shows of the machine. */
export async function shownBy(page: Page): Promise<Shown> {
  const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
  return {
    exit: await textOf("#exit"),
    pc: await textOf("#pc"),
    used: await textOf("#used"),
    left: await textOf("#left"),
    result: await textOf("#result"),
    guest: await textOf("#code-note"),
    registers: await page.locator("#registers .hex").allTextContents(),
    changed: await page.locator("#registers tr[data-changed] .name").allTextContents(),
  };
}

/** The first difference between two things, as JSON. */
export function difference(what: string, actual: unknown, expected: unknown): string | undefined {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  return one === other ? undefined : `${what}: ${one}, expected ${other}`;
}

/** The first problem of some. */
export function firstOf(...problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}

/** Waits until the machine rests at an exit that is not the one before. */
export async function waitForExit(page: Page, exit: string): Promise<void> {
  await page.locator("#exit", { hasText: new RegExp(`^${exit}$`) }).waitFor();
}

/** Opens the page, does something in it, and closes it. */
export async function inPage(
  { browser, url }: Place,
  act: (visit: Visit) => Promise<string | undefined>,
  look: Look = {},
): Promise<string | undefined> {
  const opened = await visit(browser, url, look);
  try {
    return await act(opened);
  } finally {
    await opened.close();
  }
}

/** A register as the page writes it, in decimal digits. */
export function asDecimal(hex: string): string {
  return BigInt(`0x${hex.replaceAll(" ", "")}`).toString();
}
