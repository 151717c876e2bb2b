/**
 * A guest in a page: source text and gas go in, the outcome comes out. The library asks nothing of a
 * browser that others lack. Without a page, this checks what it would show.
 *
 * Check it: `deno run examples/browser.ts`. Make the script of `examples/browser.html`, and open that:
 * `deno bundle --platform browser --format iife --output examples/browser.js examples/browser.ts`
 */

import { assemble, invoke } from "@ringfence/core/pvm";

/** What a page has to have: the elements `source`, `gas`, `run` and `outcome`. */
interface Page {
  getElementById(id: string): Element | null;
}

interface Element {
  value: string;
  textContent: string | null;
  addEventListener(kind: "click", listener: () => void): void;
}

/** What becomes of a source text under a gas budget, in words. */
function outcomeOf(source: string, gas: string): string {
  const assembled = assemble(source);
  if (!assembled.ok) {
    return assembled.error.map((error) =>
      error.kind === "assembly-error" ? `line ${error.line}: ${error.message}` : error.expected
    ).join("\n");
  }
  if (!/^\d{1,18}$/.test(gas)) return "the gas is a whole number of up to 18 digits";
  // A page has one thread: the gas bounds how long it stands still. A worker leaves it alone.
  const invoked = invoke(assembled.value.program, { gas: BigInt(gas), limitBytes: 1 << 24 });
  if (!invoked.ok) return invoked.error.kind;
  const { outcome, gasUsed } = invoked.value;
  const bytes = outcome.kind === "halt" ? ` with ${outcome.bytes.join(" ") || "no bytes"}` : "";
  return `${outcome.kind}${bytes}, for ${gasUsed} gas`;
}

/** Ties it to the elements of a page. */
function start(page: Page): void {
  const [source, gas, run, outcome] = ["source", "gas", "run", "outcome"].map((id) =>
    page.getElementById(id)
  );
  if (!source || !gas || !run || !outcome) return;
  run.addEventListener("click", () => outcome.textContent = outcomeOf(source.value, gas.value));
}

const EXAMPLE =
  "store_imm_ind_u8 [r1 - 1], 42\nadd_imm_64 r7, r1, -1\nload_imm r8, 1\njump_ind [r0]";
const page: Page | undefined = Reflect.get(Object(globalThis), "document");
if (page !== undefined) start(page);
else {
  const checks: readonly (readonly [source: string, gas: string, expected: string])[] = [
    [EXAMPLE, "100", "halt with 42, for 4 gas"],
    [EXAMPLE, "3", "out-of-gas, for 3 gas"],
    ["again: jump again", "1000000", "out-of-gas, for 1000000 gas"],
    ["store_u8 [0], r0", "100", "panic, for 1 gas"],
    ["jump nowhere", "100", `line 1: "nowhere" is not defined`],
    [EXAMPLE, "-1", "the gas is a whole number of up to 18 digits"],
  ];
  for (const [source, gas, expected] of checks) {
    const actual = outcomeOf(source, gas);
    if (actual !== expected) throw new Error(`${source}: ${actual}, not ${expected}`);
  }
  console.log("browser: the page would show what it should");
}
